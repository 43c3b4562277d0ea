// HTTP and HTTPS over libmicrohttpd. Started and stopped by the main thread; everything else here
// runs in the thread of a connection. Floor: sandbox.
#include "sandbox/httpd.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/file.h"
#include "base/mem.h"
#include "sandbox/gate.h"
#include "sandbox/gzip.h"
#include "sandbox/options.h"
#include "sandbox/sandbox.h"
#include "sandbox/stats.h"
#include "sandbox/uuid.h"

enum {
    BODY_MAX = 1 << 20,
    CHUNK = 1 << 14,
    // Memory of a connection: headers and one chunk. More would be a mapping of its own.
    POOL = 1 << 15,
    // Small enough for the C library to keep it for the next connection: making and undoing the
    // mapping stops all processors.
    STACK = 1 << 19,
    PEM_MAX = 1 << 20,
    GZIP_FROM = 256, // bytes from which packing pays
    CONNECTIONS_MAX = 4096
};

struct httpd {
    struct sandbox *sandbox;
    struct MHD_Daemon *daemon;
    struct str cert, key;
    bool count;
};

struct call {
    struct request request;
    struct reply reply;
    bool too_long;
};

const char *request_header(const struct request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

const char *request_query(const struct request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, name);
}

static ssize_t read_body(void *self, uint64_t at, char *buffer, size_t room)
{
    const struct str *body = self;
    size_t n = body->len - (size_t)at;

    if (n == 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    n = n < room ? n : room;
    memcpy(buffer, body->data + at, n);
    return (ssize_t)n;
}

static void free_body(void *self)
{
    str_free(self);
    free(self);
}

// Of unknown length, so that it goes out in chunks.
static struct MHD_Response *respond(struct str *body)
{
    struct str *kept = mem_dup(body, sizeof(*body));

    *body = (struct str){0};
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, CHUNK, read_body, kept, free_body);
}

static bool pack(const struct request *r, struct str *body)
{
    const char *accepted = request_header(r, "Accept-Encoding");
    struct str packed = {0};

    if (body->len < GZIP_FROM || !accepted || !str_find_case(accepted, "gzip"))
        return false;
    gzip_pack(body->data, body->len, &packed);
    str_free(body);
    *body = packed;
    return true;
}

static void add_date(const struct sandbox *s, struct MHD_Response *response)
{
    time_t now = (time_t)(sandbox_now_ms(s) / 1000);
    struct tm tm;
    char text[40];

    if (gmtime_r(&now, &tm) && strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &tm) > 0)
        (void)MHD_add_response_header(response, "Date", text);
}

static enum MHD_Result answer(const struct sandbox *s, struct MHD_Connection *connection,
                              struct call *call)
{
    struct reply *reply = &call->reply;
    bool packed = pack(&call->request, &reply->body);
    struct MHD_Response *response = respond(&reply->body);
    enum MHD_Result result;

    (void)MHD_add_response_header(response, "Content-Type", reply->type);
    (void)MHD_add_response_header(response, "X-Request-Id", reply->id);
    add_date(s, response);
    if (packed)
        (void)MHD_add_response_header(response, "Content-Encoding", "gzip");
    for (size_t i = 0; i < reply->n_headers; i++)
        (void)MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    result = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return result;
}

static struct call *new_call(struct MHD_Connection *connection, const char *url, const char *method)
{
    struct call *call = mem_zalloc(sizeof(*call));

    call->request = (struct request){.method = method, .path = url, .connection = connection};
    call->reply.status = 200;
    call->reply.type = "application/json;charset=utf-8";
    uuid_new(call->reply.id);
    return call;
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **state)
{
    struct httpd *httpd = self;
    struct call *call = *state;

    (void)version;
    if (!call) {
        *state = new_call(connection, url, method);
        return MHD_YES;
    }
    if (*upload_len) {
        call->too_long = call->too_long || call->request.body.len + *upload_len > BODY_MAX;
        if (!call->too_long)
            str_add_len(&call->request.body, upload, *upload_len);
        *upload_len = 0;
        return MHD_YES;
    }
    if (call->too_long)
        reply_error(&call->reply, 413, "Request body is too long");
    else
        gate_handle(httpd->sandbox, &call->request, &call->reply);
    return answer(httpd->sandbox, connection, call);
}

static void on_completed(void *self, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    struct call *call = *state;

    (void)self;
    (void)connection;
    (void)code;
    if (!call)
        return;
    str_free(&call->request.body);
    str_free(&call->reply.body);
    free(call);
    *state = NULL;
}

static void on_connection(void *self, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode code)
{
    struct httpd *httpd = self;

    (void)connection;
    (void)state;
    if (httpd->count && code == MHD_CONNECTION_NOTIFY_STARTED)
        stats_connection(httpd->sandbox->stats);
}

// Clients that break off are part of the tests: nothing to print.
static void on_log(void *self, const char *format, va_list args)
{
    (void)self;
    (void)format;
    (void)args;
}

static struct MHD_Daemon *start(struct httpd *httpd, int listen_fd, bool tls)
{
    const struct MHD_OptionItem tls_options[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, httpd->cert.data},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, httpd->key.data},
        {MHD_OPTION_END, 0, NULL},
    };
    unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
                     MHD_USE_POLL | MHD_USE_ITC | MHD_USE_SUPPRESS_DATE_NO_CLOCK |
                     MHD_USE_ERROR_LOG | (tls ? MHD_USE_TLS : 0);

    // clang-format off
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, httpd,
                            MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
                            MHD_OPTION_LISTEN_SOCKET, listen_fd,
                            MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX,
                            MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, httpd,
                            MHD_OPTION_ARRAY, tls ? tls_options : tls_options + 2,
                            MHD_OPTION_END);
    // clang-format on
}

struct httpd *httpd_start(struct sandbox *s, int listen_fd, bool tls, bool count, struct err *e)
{
    struct httpd *httpd = mem_zalloc(sizeof(*httpd));

    httpd->sandbox = s;
    httpd->count = count;
    if (tls && !(file_read(s->options->cert, PEM_MAX, &httpd->cert, e) &&
                 file_read(s->options->key, PEM_MAX, &httpd->key, e))) {
        (void)close(listen_fd);
        httpd_stop(httpd);
        return NULL;
    }
    httpd->daemon = start(httpd, listen_fd, tls);
    if (httpd->daemon)
        return httpd;
    (void)err_set(e, ERR_INVALID, "cannot serve%s",
                  tls ? ": the files of --tls hold no PEM that belongs together" : "");
    httpd_stop(httpd);
    return NULL;
}

void httpd_stop(struct httpd *httpd)
{
    if (!httpd)
        return;
    if (httpd->daemon)
        MHD_stop_daemon(httpd->daemon);
    str_free(&httpd->cert);
    str_free(&httpd->key);
    free(httpd);
}
