// HTTP for tests. One thread a handle. Tests.
#include "support/http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/mem.h"
#include "support/test.h"

struct http {
    CURL *curl;
};

struct http *http_open(void)
{
    struct http *h = mem_zalloc(sizeof(*h));

    h->curl = curl_easy_init();
    if (!h->curl)
        abort();
    return h;
}

void http_close(struct http *h)
{
    if (!h)
        return;
    curl_easy_cleanup(h->curl);
    free(h);
}

struct body {
    struct str *to;
    size_t cap;
};

static size_t take_body(char *bytes, size_t size, size_t n, void *out)
{
    const struct body *b = out;

    if (b->cap && b->to->len + size * n > b->cap)
        return 0;
    str_add_len(b->to, bytes, size * n);
    return size * n;
}

static size_t take(char *bytes, size_t size, size_t n, void *out)
{
    str_add_len(out, bytes, size * n);
    return size * n;
}

// Only the head of the last answer is kept: a 100 Continue comes before it.
static size_t take_head(char *bytes, size_t size, size_t n, void *out)
{
    if (size * n > 5 && strncmp(bytes, "HTTP/", 5) == 0)
        str_clear(out);
    return take(bytes, size, n, out);
}

static struct curl_slist *add(struct curl_slist *list, const char *name, const char *value)
{
    char *line = str_format("%s: %s", name, value);

    list = curl_slist_append(list, line);
    free(line);
    return list;
}

static bool says(const struct http_ask *ask, const char *name)
{
    for (size_t i = 0; ask->headers && ask->headers[i]; i++) {
        if (strncasecmp(ask->headers[i], name, strlen(name)) == 0)
            return true;
    }
    return false;
}

static struct curl_slist *headers_of(const struct http_ask *ask)
{
    struct curl_slist *list = NULL;

    if (!says(ask, "User-Agent"))
        list = add(list, "User-Agent", "lode-test");
    if (ask->token) {
        char *bearer = str_format("Bearer %s", ask->token);

        list = add(list, "Authorization", bearer);
        free(bearer);
    }
    if (ask->body)
        list = add(list, "Content-Type", ask->type ? ask->type : "application/json");
    for (size_t i = 0; ask->headers && ask->headers[i]; i++)
        list = curl_slist_append(list, ask->headers[i]);
    return list;
}

static void set_up(CURL *c, const struct http_ask *ask, struct curl_slist *headers,
                   struct http_reply *r, struct body *body)
{
    curl_easy_reset(c);
    curl_easy_setopt(c, CURLOPT_URL, ask->url);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, ask->timeout_ms ? ask->timeout_ms : 30000L);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, &r->head);
    if (ask->body) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, ask->body);
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)strlen(ask->body));
    }
    if (ask->method)
        curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, ask->method);
    if (ask->gzip)
        curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
    if (ask->ca)
        curl_easy_setopt(c, CURLOPT_CAINFO, ask->ca);
    if (ask->fresh) {
        curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
    }
}

struct http_reply http_call(struct http *h, const struct http_ask *ask)
{
    struct http *own = h ? NULL : http_open();
    CURL *c = h ? h->curl : own->curl;
    struct http_reply r = {0};
    struct body body = {&r.body, ask->cap};
    struct curl_slist *headers = headers_of(ask);
    curl_off_t body_bytes = 0;

    set_up(c, ask, headers, &r, &body);
    r.curl = (int)curl_easy_perform(c);
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &r.status);
    curl_easy_getinfo(c, CURLINFO_SIZE_DOWNLOAD_T, &body_bytes);
    curl_easy_getinfo(c, CURLINFO_NUM_CONNECTS, &r.connects);
    curl_easy_getinfo(c, CURLINFO_TOTAL_TIME, &r.seconds);
    r.wire_body = (size_t)body_bytes;
    curl_slist_free_all(headers);
    http_close(own);
    return r;
}

struct http_reply http_get(const char *url, const char *token)
{
    return http_call(NULL, &(struct http_ask){.url = url, .token = token});
}

struct http_reply http_post(const char *url, const char *token, const char *body)
{
    return http_call(
        NULL, &(struct http_ask){.method = "POST", .url = url, .token = token, .body = body});
}

void http_reply_free(struct http_reply *r)
{
    str_free(&r->head);
    str_free(&r->body);
}

const char *http_header(const struct http_reply *r, const char *name, char *buf, size_t cap)
{
    char *start = str_format("\n%s:", name);
    const char *line = str_find_case(str_text(&r->head), start);
    size_t skip = strlen(start), len;

    free(start);
    if (!line)
        return NULL;
    line += skip;
    line += strspn(line, " \t");
    len = strcspn(line, "\r\n");
    len = len < cap ? len : cap - 1;
    memcpy(buf, line, len);
    buf[len] = '\0';
    return buf;
}

json_t *http_json(const struct http_reply *r)
{
    json_error_t wrong;
    json_t *json = json_loadb(str_text(&r->body), r->body.len, JSON_DECODE_ANY, &wrong);

    if (!json)
        fail_msg("status %ld, curl %d, no JSON (%s): %s", r->status, r->curl, wrong.text,
                 str_text(&r->body));
    return json;
}

static json_t *checked(struct http_reply *r, long status)
{
    json_t *json;

    if (r->curl != 0 || r->status != status)
        fail_msg("status %ld, not %ld (curl %d): %s", r->status, status, r->curl,
                 str_text(&r->body));
    json = http_json(r);
    http_reply_free(r);
    return json;
}

json_t *http_post_json(const char *url, const char *token, const char *body, long status)
{
    struct http_reply r = http_post(url, token, body);

    return checked(&r, status);
}

json_t *http_get_json(const char *url, const char *token, long status)
{
    struct http_reply r = http_get(url, token);

    return checked(&r, status);
}
