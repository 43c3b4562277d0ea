// One sending: the easy handle, its callbacks and caps. Network thread only. Floor: net.
#include "net/flight.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "net/libcurl.h"
#include "net/request.h"

enum { CONNECT_MS = 10000, HEADER_BYTES_MAX = 256 * 1024, STALL_S = 20 };

void flights_add(struct flights *l, struct flight *f)
{
    f->prev = l->last;
    f->next = NULL;
    if (l->last)
        l->last->next = f;
    else
        l->first = f;
    l->last = f;
    l->n++;
}

void flights_add_first(struct flights *l, struct flight *f)
{
    f->next = l->first;
    f->prev = NULL;
    if (l->first)
        l->first->prev = f;
    else
        l->last = f;
    l->first = f;
    l->n++;
}

void flights_remove(struct flights *l, struct flight *f)
{
    if (f->prev)
        f->prev->next = f->next;
    else
        l->first = f->next;
    if (f->next)
        f->next->prev = f->prev;
    else
        l->last = f->prev;
    f->next = f->prev = NULL;
    l->n--;
}

static size_t cap_of(const struct net_request *r)
{
    return r->cap ? r->cap : NET_BODY_CAP;
}

static size_t take_body(char *bytes, size_t size, size_t n, void *arg)
{
    struct flight *f = arg;
    struct net_request *r = f->request;
    size_t len = size * n;

    // Counted here, for a body without a length passes libcurl's own limit.
    if (len > cap_of(r) - r->answer.len) {
        f->too_long = true;
        return 0;
    }
    str_add_len(&r->answer, bytes, len);
    return len;
}

static size_t take_header(char *line, size_t size, size_t n, void *arg)
{
    struct flight *f = arg;
    size_t len = size * n;
    char *copy, *colon;

    f->header_bytes += len;
    if (f->header_bytes > HEADER_BYTES_MAX || f->request->n_headers == REQUEST_HEADERS_MAX) {
        f->too_long = true;
        return 0;
    }
    copy = mem_strndup(line, len);
    colon = strchr(copy, ':');
    if (str_starts(copy, "HTTP/")) {
        request_clear_answer(f->request); // an interim answer came before this one
    } else if (colon) {
        *colon = '\0';
        request_add_header(f->request, mem_strdup(copy), mem_strdup(str_trim(colon + 1)));
    }
    free(copy);
    return len;
}

// Called when the connection stands, before the first byte of the request.
static int about_to_send(void *arg, char *to, char *from, int to_port, int from_port)
{
    (void)to;
    (void)from;
    (void)to_port;
    (void)from_port;
    ((struct flight *)arg)->left = true;
    return CURL_PREREQFUNC_OK;
}

static void add_header(struct flight *f, const char *name, const char *value)
{
    char *line = str_format("%s: %s", name, value);

    f->headers = libcurl()->slist_append(f->headers, line);
    secret_wipe(line, strlen(line));
    free(line);
}

static void set_request(struct flight *f)
{
    const struct net_request *r = f->request;
    CURL *c = f->easy;

    if (str_eq(r->method, "POST")) {
        (void)libcurl()->easy_setopt(c, CURLOPT_POST, 1L);
        (void)libcurl()->easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.len);
        (void)libcurl()->easy_setopt(c, CURLOPT_POSTFIELDS, str_text(&r->body));
        // No waiting for "100 Continue", and no form type that nobody asked for.
        f->headers = libcurl()->slist_append(f->headers, "Expect:");
        if (!r->content_type)
            f->headers = libcurl()->slist_append(f->headers, "Content-Type:");
    } else if (!str_eq(r->method, "GET")) {
        (void)libcurl()->easy_setopt(c, CURLOPT_CUSTOMREQUEST, r->method);
    }
    if (r->content_type)
        add_header(f, "Content-Type", r->content_type);
    add_header(f, "Accept", "application/json");
    if (r->authorization.len)
        add_header(f, "Authorization", r->authorization.data);
    (void)libcurl()->easy_setopt(c, CURLOPT_HTTPHEADER, f->headers);
}

static void set_limits(struct flight *f, const struct net_config *config)
{
    const struct net_request *r = f->request;
    long stall = config->stall_s ? config->stall_s : STALL_S;

    (void)libcurl()->easy_setopt(f->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    (void)libcurl()->easy_setopt(f->easy, CURLOPT_TIMEOUT_MS,
                                 (long)(r->timeout_ms ? r->timeout_ms : NET_TIMEOUT_MS));
    (void)libcurl()->easy_setopt(f->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    (void)libcurl()->easy_setopt(f->easy, CURLOPT_LOW_SPEED_TIME, stall);
    (void)libcurl()->easy_setopt(f->easy, CURLOPT_FOLLOWLOCATION, 0L);
}

static bool set_safety(struct flight *f, const struct net_config *config)
{
    CURL *c = f->easy;
    const char *protocols = f->target.tls ? "https" : "http";
    bool once = f->request->repeat != NET_FREE;

    return libcurl()->easy_setopt(c, CURLOPT_PROTOCOLS_STR, protocols) == CURLE_OK &&
           libcurl()->easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) ==
               CURLE_OK &&
           libcurl()->easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           libcurl()->easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           (!config->ca_file ||
            libcurl()->easy_setopt(c, CURLOPT_CAINFO, config->ca_file) == CURLE_OK) &&
           // libcurl repeats any request by itself when a kept connection turns out to be dead.
           libcurl()->easy_setopt(c, CURLOPT_FRESH_CONNECT, (long)once) == CURLE_OK &&
           libcurl()->easy_setopt(c, CURLOPT_FORBID_REUSE, (long)once) == CURLE_OK &&
           libcurl()->easy_setopt(c, CURLOPT_PREREQFUNCTION, about_to_send) == CURLE_OK &&
           libcurl()->easy_setopt(c, CURLOPT_PREREQDATA, f) == CURLE_OK;
}

bool flight_prepare(struct flight *f, const struct net_config *config, struct err *e)
{
    CURL *c = libcurl()->easy_init();

    f->easy = c;
    f->left = f->too_long = false;
    f->header_bytes = 0;
    f->said[0] = '\0';
    f->certificate = (struct certificate){0};
    request_clear_answer(f->request);
    if (!c || !set_safety(f, config))
        return err_set(e, ERR_INTERNAL, "a request could not be prepared");
    set_request(f);
    set_limits(f, config);
    // The library of HTTP/2 has memory of its own, which nobody overwrites: no password goes there.
    if (f->request->repeat == NET_LONE)
        (void)libcurl()->easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    if (libcurl_on_openssl()) {
        (void)libcurl()->easy_setopt(c, CURLOPT_SSL_CTX_FUNCTION, certificate_watch);
        (void)libcurl()->easy_setopt(c, CURLOPT_SSL_CTX_DATA, &f->certificate);
    }
    (void)libcurl()->easy_setopt(c, CURLOPT_CURLU, f->target.url);
    (void)libcurl()->easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    (void)libcurl()->easy_setopt(c, CURLOPT_USERAGENT, config->user_agent);
    (void)libcurl()->easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    (void)libcurl()->easy_setopt(c, CURLOPT_PIPEWAIT, f->target.tls ? 1L : 0L);
    (void)libcurl()->easy_setopt(c, CURLOPT_ERRORBUFFER, f->said);
    (void)libcurl()->easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    (void)libcurl()->easy_setopt(c, CURLOPT_WRITEDATA, f);
    (void)libcurl()->easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    (void)libcurl()->easy_setopt(c, CURLOPT_HEADERDATA, f);
    (void)libcurl()->easy_setopt(c, CURLOPT_PRIVATE, f);
    return true;
}

void flight_clean(struct flight *f)
{
    for (struct curl_slist *h = f->headers; h; h = h->next)
        secret_wipe(h->data, strlen(h->data));
    libcurl()->slist_free_all(f->headers);
    f->headers = NULL;
    libcurl()->easy_cleanup(f->easy);
    f->easy = NULL;
}
