// The little of HTTP/1.1 that the fault front needs. The thread of the connection. Floor: sandbox.
#include "sandbox/http1.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_MAX = 1 << 16, BODY_MAX = 1 << 24 };

// Where the line of a header starts, or NULL; the first line is not one.
static char *find_line(const struct str *head, const char *name)
{
    size_t len = strlen(name);
    char *line = head->data ? strstr(head->data, "\r\n") : NULL;

    for (; line && line[2]; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, len) == 0 && line[2 + len] == ':')
            return line + 2;
    }
    return NULL;
}

bool http1_header(const struct str *head, const char *name, char *out, size_t cap)
{
    const char *value = find_line(head, name);
    size_t len;

    if (!value)
        return false;
    value += strlen(name) + 1;
    value += strspn(value, " \t");
    len = strcspn(value, "\r");
    return snprintf(out, cap, "%.*s", (int)len, value) < (int)cap;
}

void http1_drop(struct str *head, const char *name)
{
    char *line = find_line(head, name), *next;

    if (!line)
        return;
    next = strstr(line, "\r\n") + 2;
    memmove(line, next, strlen(next) + 1);
    head->len -= (size_t)(next - line);
}

// Moves the first len bytes of from to the end of to.
static void move(struct str *from, size_t len, struct str *to)
{
    str_add_len(to, str_text(from), len);
    memmove(from->data, from->data + len, from->len - len);
    str_cut(from, from->len - len);
}

static bool read_first_line(struct http1_request *r)
{
    const char *line = str_text(&r->head), *space = strchr(line, ' ');
    size_t len;

    if (!space || space - line >= HTTP1_METHOD_MAX)
        return false;
    len = strcspn(space + 1, " ?\r");
    if (len >= HTTP1_PATH_MAX)
        return false;
    (void)snprintf(r->method, sizeof(r->method), "%.*s", (int)(space - line), line);
    (void)snprintf(r->path, sizeof(r->path), "%.*s", (int)len, space + 1);
    return true;
}

static bool read_headers(struct wire *w, struct http1_request *r)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    char value[64];
    long long length;

    if (http1_header(&r->head, "Content-Length", value, sizeof(value))) {
        if (!str_int64(value, &length) || length < 0 || length > BODY_MAX)
            return false;
        r->length = (size_t)length;
    }
    r->last =
        http1_header(&r->head, "Connection", value, sizeof(value)) && str_eq_case(value, "close");
    if (find_line(&r->head, "Transfer-Encoding"))
        return false;
    return !find_line(&r->head, "Expect") || wire_send(w, go_on, sizeof(go_on) - 1);
}

bool http1_read_head(struct wire *w, struct http1_request *out)
{
    const char *end;

    *out = (struct http1_request){0};
    while (!(end = strstr(str_text(&w->in), "\r\n\r\n"))) {
        if (w->in.len > HEAD_MAX || !wire_fill(w))
            return false;
    }
    move(&w->in, (size_t)(end - w->in.data) + 2, &out->head);
    memmove(w->in.data, w->in.data + 2, w->in.len - 2);
    str_cut(&w->in, w->in.len - 2);
    return read_first_line(out) && read_headers(w, out);
}

bool http1_read_body(struct wire *w, struct http1_request *r, size_t want)
{
    for (;;) {
        size_t missing = r->length - r->body.len;

        if (w->in.len && missing)
            move(&w->in, w->in.len < missing ? w->in.len : missing, &r->body);
        if (r->body.len >= want)
            return true;
        if (!wire_fill(w))
            return false;
    }
}

void http1_request_free(struct http1_request *r)
{
    str_free(&r->head);
    str_free(&r->body);
}

static int dial(uint16_t port)
{
    const struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0) {
        (void)close(fd);
        fd = -1;
    }
    return fd;
}

// Undoes chunks; the answer came whole, so that it needs no care.
static void join_chunks(const struct str *raw, struct str *body)
{
    const char *at = str_text(raw), *end = at + raw->len;

    while (at < end) {
        char *line_end;
        size_t n = strtoul(at, &line_end, 16);

        if (n == 0 || (size_t)(end - line_end) < n + 2)
            return;
        str_add_len(body, line_end + 2, n);
        at = line_end + 2 + n + 2;
    }
}

static bool take_apart(struct str *all, struct http1_answer *out)
{
    const char *end = strstr(str_text(all), "\r\n\r\n");
    char value[64];

    if (!end)
        return false;
    move(all, (size_t)(end - all->data) + 2, &out->head);
    str_add_len(&out->raw, all->data + 2, all->len - 2);
    if (http1_header(&out->head, "Transfer-Encoding", value, sizeof(value)))
        join_chunks(&out->raw, &out->body);
    else
        str_add_len(&out->body, str_text(&out->raw), out->raw.len);
    http1_drop(&out->head, "Connection");
    return true;
}

static bool ask(struct wire *up, const struct http1_request *r, bool plain,
                struct http1_answer *out)
{
    static const char close_it[] = "Connection: close\r\n\r\n";
    struct str head = {0};
    bool ok;

    str_add_len(&head, r->head.data, r->head.len);
    http1_drop(&head, "Connection");
    http1_drop(&head, "Expect");
    if (plain)
        http1_drop(&head, "Accept-Encoding");
    str_add(&head, close_it);
    str_add_len(&head, str_text(&r->body), r->body.len);
    ok = wire_send(up, head.data, head.len);
    str_free(&head);
    while (ok && wire_fill(up))
        ;
    return ok && take_apart(&up->in, out);
}

bool http1_forward(uint16_t port, const struct http1_request *r, bool plain,
                   struct http1_answer *out)
{
    struct wire up;
    int fd = dial(port);
    bool ok;

    *out = (struct http1_answer){0};
    if (fd < 0)
        return false;
    ok = wire_open(&up, fd, NULL) && ask(&up, r, plain, out);
    wire_end(&up);
    (void)close(fd);
    return ok;
}

void http1_answer_free(struct http1_answer *a)
{
    str_free(&a->head);
    str_free(&a->raw);
    str_free(&a->body);
}
