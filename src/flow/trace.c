// The last requests as they went and came. Any thread. Floor: flow.
#include "flow/trace.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/lookup.h"
#include "api/pretty.h"
#include "base/clock.h"
#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "net/net.h"

struct body {
    char *bytes; // NULL: there is none, or it is not kept
    size_t len;
};

struct entry {
    struct trace_line line;
    bool secret;         // a sign-in: its bodies are never kept
    char *url, *headers; // headers of the answer, a line each; owned
    const char *type;    // of what was sent; a literal or NULL
    struct body sent, got;
};

struct trace {
    pthread_mutex_t lock;
    struct clock clock;
    void (*news)(void *self);
    void *self;
    // Under the lock:
    struct entry *ring;   // by (number - 1) % TRACE_KEPT
    uint64_t newest;      // number; 0: none yet
    uint64_t bodies_from; // entries before this number have no bodies any more
    size_t bytes;         // of all bodies
    struct usage usage;
    uint64_t told;
    int64_t told_ms; // boot clock: when the answer came that told them
};

struct trace *trace_new(void)
{
    struct trace *t = mem_zalloc(sizeof(*t));

    (void)pthread_mutex_init(&t->lock, NULL);
    t->clock = clock_system();
    t->ring = mem_array(TRACE_KEPT, sizeof(*t->ring));
    t->bodies_from = 1;
    return t;
}

static void entry_clear(struct entry *e)
{
    free(e->url);
    free(e->headers);
    free(e->sent.bytes);
    free(e->got.bytes);
    *e = (struct entry){0};
}

void trace_free(struct trace *t)
{
    for (size_t i = 0; i < TRACE_KEPT; i++)
        entry_clear(&t->ring[i]);
    free(t->ring);
    (void)pthread_mutex_destroy(&t->lock);
    free(t);
}

void trace_watch(struct trace *t, void (*news)(void *self), void *self)
{
    t->news = news;
    t->self = self;
}

static struct entry *entry_of(struct trace *t, uint64_t number)
{
    return &t->ring[(number - 1) % TRACE_KEPT];
}

static void drop_body(struct trace *t, struct body *b)
{
    t->bytes -= b->bytes ? b->len : 0;
    free(b->bytes);
    b->bytes = NULL;
}

static void keep_body(struct trace *t, struct body *b, const struct str *bytes)
{
    if (bytes->len == 0 || bytes->len > TRACE_BODY_MAX)
        return;
    b->bytes = mem_dup(bytes->data, bytes->len);
    b->len = bytes->len;
    t->bytes += b->len;
}

// The oldest bodies go until those that are left fit.
static void fit_bodies(struct trace *t)
{
    for (; t->bytes > TRACE_BODIES_MAX; t->bodies_from++) {
        drop_body(t, &entry_of(t, t->bodies_from)->sent);
        drop_body(t, &entry_of(t, t->bodies_from)->got);
    }
}

static bool is_secret(const char *header)
{
    static const char *const names[] = {"Set-Cookie", "Authorization", "Cookie"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_eq_case(names[i], header))
            return true;
    }
    return false;
}

static char *headers_of(const struct net_request *r)
{
    struct str out = {0};

    for (size_t i = 0; i < r->n_headers; i++) {
        const struct net_header *h = &r->headers[i];

        text_clean(h->name, strlen(h->name), &out);
        str_add(&out, ": ");
        if (is_secret(h->name))
            str_add(&out, "(kept back)");
        else
            text_clean(h->value, strlen(h->value), &out);
        str_add_char(&out, '\n');
    }
    return str_take(&out);
}

// As much of a text as fits, whole characters only.
static void copy_text(char *to, size_t size, const char *text)
{
    size_t n = strlen(text);

    if (n >= size) {
        n = size - 1;
        while (n && ((unsigned char)text[n] & 0xc0) == 0x80)
            n--;
    }
    memcpy(to, text, n);
    to[n] = '\0';
}

static void copy_clean(char *to, size_t size, const char *text)
{
    char *clean = text_cleaned(text);

    copy_text(to, size, clean);
    free(clean);
}

static const char *path_of(const char *url)
{
    const char *host = strstr(url, "://"), *path = host ? strchr(host + 3, '/') : NULL;

    return path ? path : "/";
}

static void describe(const struct trace *t, const struct net_request *r, struct trace_line *line)
{
    int64_t ago = clock_boot_ms(&t->clock) - r->began_ms;

    line->at_ms = clock_utc_ms(&t->clock) - (r->sendings ? ago : 0);
    line->took_ms = r->sendings ? r->took_ms : 0;
    line->method = r->method;
    line->status = r->status;
    line->sendings = r->sendings;
    line->sent = r->body.len;
    line->received = r->answer.len;
    copy_clean(line->path, sizeof(line->path), path_of(r->url));
    copy_clean(line->request_id, sizeof(line->request_id), answer_request_id(r));
    if (r->err.kind != ERR_NONE)
        copy_text(line->note, sizeof(line->note), r->err.text);
}

// The lookup tells them in its body, all others in their headers (FACTS 2, 3).
static void told_meters(const struct net_request *r, struct usage *said)
{
    struct err ignored;

    if (str_ends(path_of(r->url), "/lookup/usage"))
        (void)usage_decode(r, said, &ignored);
    else
        answer_meters(r, said);
}

// Of answers to requests that ran at the same time the last to come need not be the last that was
// counted: among them the lower rest holds, since a rest only falls.
static void learn_usage(struct trace *t, const struct net_request *r)
{
    bool overlaps = r->began_ms <= t->told_ms, any = false;
    struct usage said = {0};

    told_meters(r, &said);
    for (size_t i = 0; i < METERS; i++) {
        struct meter *m = &t->usage.meters[i];

        if (!said.meters[i].known)
            continue;
        any = true;
        if (!overlaps || !m->known || said.meters[i].remaining < m->remaining)
            *m = said.meters[i];
    }
    if (!any)
        return;
    t->told_ms = clock_boot_ms(&t->clock);
    t->told++;
}

// Makes room for one more line.
static void retire_oldest(struct trace *t)
{
    struct entry *oldest = entry_of(t, t->newest + 1);

    if (t->newest < TRACE_KEPT)
        return;
    drop_body(t, &oldest->sent);
    drop_body(t, &oldest->got);
    entry_clear(oldest);
    if (t->bodies_from + TRACE_KEPT <= t->newest + 1)
        t->bodies_from++;
}

void trace_seen(void *trace, const struct net_request *r)
{
    struct trace *t = trace;
    struct entry fresh = {.secret = r->ungated, .type = r->content_type};

    describe(t, r, &fresh.line);
    fresh.url = text_cleaned(r->url);
    fresh.headers = headers_of(r);
    (void)pthread_mutex_lock(&t->lock);
    retire_oldest(t);
    fresh.line.number = ++t->newest;
    if (!fresh.secret) {
        keep_body(t, &fresh.sent, &r->body);
        keep_body(t, &fresh.got, &r->answer);
    }
    *entry_of(t, t->newest) = fresh;
    fit_bodies(t);
    learn_usage(t, r);
    (void)pthread_mutex_unlock(&t->lock);
    if (t->news)
        t->news(t->self);
}

uint64_t trace_usage(struct trace *t, struct usage *u)
{
    uint64_t told;

    (void)pthread_mutex_lock(&t->lock);
    for (size_t i = 0; i < METERS; i++) {
        if (t->usage.meters[i].known)
            u->meters[i] = t->usage.meters[i];
    }
    told = t->told;
    (void)pthread_mutex_unlock(&t->lock);
    return told;
}

void trace_forget_usage(struct trace *t)
{
    (void)pthread_mutex_lock(&t->lock);
    t->usage = (struct usage){0};
    (void)pthread_mutex_unlock(&t->lock);
}

static size_t count(const struct trace *t)
{
    return t->newest < TRACE_KEPT ? (size_t)t->newest : TRACE_KEPT;
}

size_t trace_count(struct trace *t)
{
    size_t n;

    (void)pthread_mutex_lock(&t->lock);
    n = count(t);
    (void)pthread_mutex_unlock(&t->lock);
    return n;
}

bool trace_line(struct trace *t, size_t i, struct trace_line *out)
{
    bool there;

    (void)pthread_mutex_lock(&t->lock);
    there = i < count(t);
    if (there)
        *out = entry_of(t, t->newest - i)->line;
    (void)pthread_mutex_unlock(&t->lock);
    return there;
}

static struct body body_copy(const struct body *b)
{
    return (struct body){b->bytes ? mem_dup(b->bytes, b->len) : NULL, b->len};
}

// A copy to be read without the lock; entry_clear() frees it.
static bool copy_entry(struct trace *t, uint64_t number, struct entry *out)
{
    bool there;

    (void)pthread_mutex_lock(&t->lock);
    there = number > 0 && number <= t->newest && number + count(t) > t->newest;
    if (there) {
        *out = *entry_of(t, number);
        out->url = mem_strdup(out->url);
        out->headers = mem_strdup(out->headers);
        out->sent = body_copy(&out->sent);
        out->got = body_copy(&out->got);
    }
    (void)pthread_mutex_unlock(&t->lock);
    return there;
}

// Text of any kind, line by line, harmless.
static void add_lines(const char *bytes, size_t len, struct str *out)
{
    const char *end = bytes + len;

    while (bytes < end) {
        const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
        size_t n = (size_t)((stop ? stop : end) - bytes);

        text_clean(bytes, n, out);
        str_add_char(out, '\n');
        bytes += n + 1;
    }
}

// JSON indented, anything else as it is.
static void add_bytes(const struct body *b, struct str *out)
{
    struct str pretty = {0};

    if (pretty_json(b->bytes, b->len, &pretty))
        add_lines(pretty.data, pretty.len, out);
    else
        add_lines(b->bytes, b->len, out);
    str_free(&pretty);
}

static void add_body(const struct entry *e, const struct body *b, size_t len, struct str *out)
{
    char n[COUNT_WORDS_MAX];

    if (len == 0)
        return;
    str_add_char(out, '\n');
    if (e->secret)
        str_addf(out, "(%s of a sign-in, never kept)\n", count_words((long long)len, "byte", n));
    else if (!b->bytes)
        str_addf(out, "(%s, too many or too old to be kept)\n",
                 count_words((long long)len, "byte", n));
    else
        add_bytes(b, out);
}

static void add_answer(const struct entry *e, struct str *out)
{
    if (e->line.status)
        str_addf(out, "\nHTTP %d in %lld ms\n%s", e->line.status, (long long)e->line.took_ms,
                 e->headers);
    else
        str_addf(out, "\nNo answer: %s\n", e->line.note);
    if (e->line.sendings > 1)
        str_addf(out, "(sent %d times)\n", e->line.sendings);
    add_body(e, &e->got, e->line.received, out);
}

bool trace_text(struct trace *t, uint64_t number, struct str *out)
{
    struct entry e;

    if (!copy_entry(t, number, &e))
        return false;
    str_addf(out, "%s %s\n", e.line.method, e.url);
    if (!e.secret)
        str_add(out, "Authorization: Bearer $TOKEN\n");
    if (e.type)
        str_addf(out, "Content-Type: %s\n", e.type);
    add_body(&e, &e.sent, e.line.sent, out);
    add_answer(&e, out);
    entry_clear(&e);
    return true;
}

// In single quotes for a shell.
static void add_quoted(const char *bytes, size_t len, struct str *out)
{
    str_add_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '\'')
            str_add(out, "'\\''");
        else
            str_add_char(out, bytes[i]);
    }
    str_add_char(out, '\'');
}

bool trace_curl(struct trace *t, uint64_t number, struct str *out)
{
    struct entry e;
    bool whole;

    if (!copy_entry(t, number, &e))
        return false;
    whole = e.line.sent == 0 || e.sent.bytes;
    if (whole) {
        str_addf(out, "curl -sS --compressed -X %s ", e.line.method);
        add_quoted(e.url, strlen(e.url), out);
        str_add(out, " -H \"Authorization: Bearer $TOKEN\"");
        if (e.type)
            str_addf(out, " -H 'Content-Type: %s'", e.type);
        if (e.sent.bytes) {
            str_add(out, " --data-raw ");
            add_quoted(e.sent.bytes, e.sent.len, out);
        }
        str_add_char(out, '\n');
    }
    entry_clear(&e);
    return whole;
}

bool trace_answer(struct trace *t, uint64_t number, struct str *out)
{
    struct entry e;
    bool whole;

    if (!copy_entry(t, number, &e))
        return false;
    whole = e.got.bytes;
    if (whole)
        add_bytes(&e.got, out);
    entry_clear(&e);
    return whole;
}
