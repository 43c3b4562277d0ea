// One sending of a request over libcurl. Network thread. Floor: net.
#include "net/transfer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "job/cancel.h"
#include "net/request.h"

enum {
    CONNECT_TIMEOUT_MS = 10000,
    STALL_S = 20,
    CONNECTION_LIFE_S = 600,
    HEAD_BYTES_MAX = 256 * 1024
};

// The last moment before the request is written. What has left once does not leave again behind our
// back: libcurl repeats a request of any method where a kept connection turns out to be dead.
static int about_to_send(void *arg, char *to, char *from, int to_port, int from_port)
{
    struct transfer *t = arg;

    (void)to;
    (void)from;
    (void)to_port;
    (void)from_port;
    if (cancel_fired(t->request->job.cancel))
        return CURL_PREREQFUNC_ABORT;
    t->starts++;
    if (t->starts > 1)
        return CURL_PREREQFUNC_ABORT;
    t->request->sendings++;
    return CURL_PREREQFUNC_OK;
}

static size_t take_body(char *bytes, size_t size, size_t n, void *arg)
{
    struct transfer *t = arg;
    struct net_request *r = t->request;
    size_t cap = r->cap ? r->cap : NET_BODY_CAP;

    t->in_body = true;
    if (size * n > cap - r->answer.len) {
        t->excess = EXCESS_BODY;
        return 0;
    }
    str_add_len(&r->answer, bytes, size * n);
    return size * n;
}

static void add_header(struct net_request *r, const char *line, size_t len)
{
    const char *colon = memchr(line, ':', len);
    char *value;

    if (!colon)
        return;
    value = mem_strndup(colon + 1, len - (size_t)(colon + 1 - line));
    request_add_header(r, mem_strndup(line, (size_t)(colon - line)), mem_strdup(str_trim(value)));
    free(value);
}

// An answer of 1xx is followed by another head, which takes its place.
static size_t take_header(char *line, size_t size, size_t n, void *arg)
{
    struct transfer *t = arg;
    size_t len = size * n;

    t->head_bytes += len;
    if (t->head_bytes > HEAD_BYTES_MAX || t->request->n_headers == REQUEST_HEADERS_MAX) {
        t->excess = EXCESS_HEADERS;
        return 0;
    }
    if (t->in_body)
        return len;
    if (len >= 5 && memcmp(line, "HTTP/", 5) == 0)
        request_clear_answer(t->request);
    else
        add_header(t->request, line, len);
    return len;
}

static struct curl_slist *append(struct curl_slist *list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(list, line);

    if (!longer)
        abort();
    return longer;
}

// libcurl's own Content-Type and its waiting for "100 Continue" are off.
static struct curl_slist *headers_of(const struct net_request *r)
{
    struct curl_slist *list = append(NULL, "Expect:");
    struct str line = {0};

    str_reserve(&line, 64 + r->authorization.len);
    str_addf(&line, "Content-Type:%s%s", r->content_type ? " " : "",
             r->content_type ? r->content_type : "");
    list = append(list, line.data);
    if (r->authorization.len) {
        str_clear(&line);
        str_add(&line, "Authorization: ");
        str_add_len(&line, r->authorization.data, r->authorization.len);
        list = append(list, line.data);
        secret_wipe(line.data, line.cap);
    }
    str_free(&line);
    return list;
}

static void free_headers(struct curl_slist *list)
{
    for (struct curl_slist *at = list; at; at = at->next)
        secret_wipe(at->data, strlen(at->data));
    curl_slist_free_all(list);
}

static void set_method(CURL *easy, const struct net_request *r)
{
    if (str_eq(r->method, "GET") && !r->body.len)
        return;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, str_text(&r->body));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.len);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, r->method);
}

// A charging call has a connection to itself: nothing is multiplexed onto it, nothing kept.
static void set_connection(CURL *easy, const struct net_request *r, const struct target *target)
{
    bool once = r->repeat == NET_ONCE;

    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     once ? (long)CURL_HTTP_VERSION_1_1 : (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, target->tls && !once ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, once ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, once ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_MAXLIFETIME_CONN, (long)CONNECTION_LIFE_S);
    // Plain http must not reach another machine by way of a proxy either.
    if (target->loopback)
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

static void set_security(CURL *easy, const struct net_config *config, const struct target *target)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, target->tls ? "https" : "http");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (config->ca_file) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, config->ca_file);
        curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    }
}

// QUICK_EXIT: a name look-up that hangs is left to end by itself instead of being waited for.
static void set_limits(CURL *easy, const struct net_request *r, const struct net_config *config)
{
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIMEOUT_MS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                     (long)(r->timeout_ms ? r->timeout_ms : NET_TIMEOUT_MS));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
                     (long)(config->stall_s ? config->stall_s : STALL_S));
}

static void set_callbacks(CURL *easy, struct transfer *t)
{
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->why);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, about_to_send);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, t);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
}

void transfer_start(struct transfer *t, CURLM *multi, struct net_request *r,
                    const struct net_config *config, const struct target *target, void *context)
{
    *t = (struct transfer){.easy = curl_easy_init(), .request = r};
    if (!t->easy)
        abort();
    request_clear_answer(r);
    t->headers = headers_of(r);
    curl_easy_setopt(t->easy, CURLOPT_CURLU, target->url);
    curl_easy_setopt(t->easy, CURLOPT_PRIVATE, context);
    curl_easy_setopt(t->easy, CURLOPT_USERAGENT, config->user_agent);
    curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
    set_method(t->easy, r);
    set_connection(t->easy, r, target);
    set_security(t->easy, config, target);
    set_limits(t->easy, r, config);
    set_callbacks(t->easy, t);
    if (curl_multi_add_handle(multi, t->easy) != CURLM_OK)
        abort();
}

static void clean_up(struct transfer *t, CURLM *multi)
{
    (void)curl_multi_remove_handle(multi, t->easy);
    curl_easy_cleanup(t->easy);
    free_headers(t->headers);
    t->easy = NULL;
    t->headers = NULL;
}

struct transfer_end transfer_finish(struct transfer *t, CURLM *multi, CURLcode code)
{
    struct transfer_end end = {.code = code, .left = t->starts > 0, .excess = t->excess};
    curl_off_t bytes = 0;
    long status = 0;

    end.stale = t->starts > 1;
    (void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &end.proxy_status);
    (void)curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    t->request->status = (int)status;
    end.bytes = (uint64_t)bytes;
    clean_up(t, multi);
    return end;
}

bool transfer_drop(struct transfer *t, CURLM *multi)
{
    clean_up(t, multi);
    return t->starts > 0;
}
