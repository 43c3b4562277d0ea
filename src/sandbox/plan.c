// What the fault front sends for one request. Any thread. Floor: sandbox.
#include "sandbox/plan.h"

#include <inttypes.h>

#include "base/mem.h"
#include "sandbox/gzip.h"

enum { OFF_BY = 100, FILLER = 400000, LAST = -1 };

void plan_end(enum plan_end end, struct plan *out)
{
    *out = (struct plan){.end = end};
}

void plan_free(struct plan *p)
{
    str_free(&p->bytes);
}

void plan_pass(const struct http1_answer *a, struct plan *out)
{
    *out = (struct plan){0};
    str_add_len(&out->bytes, a->head.data, a->head.len);
    str_add(&out->bytes, "\r\n");
    str_add_len(&out->bytes, str_text(&a->raw), a->raw.len);
}

// The head without what frames the body, then headers of our own and the empty line.
static void add_head(const struct http1_answer *a, const char *headers, struct str *out)
{
    struct str head = {0};

    str_add_len(&head, a->head.data, a->head.len);
    http1_drop(&head, "Transfer-Encoding");
    http1_drop(&head, "Content-Length");
    http1_drop(&head, "Content-Encoding");
    str_add_len(out, head.data, head.len);
    str_add(out, headers);
    str_add(out, "\r\n");
    str_free(&head);
}

static void add_chunk(const char *bytes, size_t len, struct str *out)
{
    if (!len)
        return;
    str_addf(out, "%zx\r\n", len);
    str_add_len(out, bytes, len);
    str_add(out, "\r\n");
}

static size_t place(int64_t wanted, size_t fallback, size_t len)
{
    size_t at = wanted >= 0 ? (size_t)wanted : fallback;

    return at < len ? at : len;
}

static void chunked(const struct http1_answer *a, const struct str *body, const char *headers,
                    struct str *out)
{
    char *all = str_format("%sTransfer-Encoding: chunked\r\n", headers);

    add_head(a, all, out);
    free(all);
    add_chunk(str_text(body), body->len, out);
    str_add(out, "0\r\n\r\n");
}

static void truncated(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    size_t keep = place(rule->at, a->body.len / 2, a->body.len);

    add_head(a, "Transfer-Encoding: chunked\r\n", &p->bytes);
    str_addf(&p->bytes, "%zx\r\n", a->body.len + 1);
    str_add_len(&p->bytes, str_text(&a->body), keep);
    p->end = PLAN_CLOSE;
}

static void wrong_length(const struct fault_rule *rule, const struct http1_answer *a,
                         struct plan *p)
{
    int64_t by = rule->by > 0 ? rule->by : OFF_BY, len = (int64_t)a->body.len;
    char *header;

    len += rule->kind->act == FAULT_LENGTH_LONG ? by : -by;
    header = str_format("Content-Length: %" PRId64 "\r\n", len > 0 ? len : 0);
    add_head(a, header, &p->bytes);
    free(header);
    str_add_len(&p->bytes, str_text(&a->body), a->body.len);
    p->end = PLAN_CLOSE;
}

static void bad_chunk(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    size_t half = a->body.len / 2;

    (void)rule;
    add_head(a, "Transfer-Encoding: chunked\r\n", &p->bytes);
    add_chunk(str_text(&a->body), half, &p->bytes);
    str_add(&p->bytes, "not-a-size\r\n");
    str_add_len(&p->bytes, str_text(&a->body) + half, a->body.len - half);
    p->end = PLAN_CLOSE;
}

static void bad_gzip(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    struct str packed = {0};
    size_t at;

    gzip_pack(str_text(&a->body), a->body.len, &packed);
    at = place(rule->at, packed.len / 2, packed.len - 1);
    packed.data[at] = (char)~packed.data[at];
    chunked(a, &packed, "Content-Encoding: gzip\r\n", &p->bytes);
    str_free(&packed);
}

static void endless(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    add_head(a, "Transfer-Encoding: chunked\r\n", &p->bytes);
    add_chunk(str_text(&a->body), a->body.len, &p->bytes);
    p->tail = rule->by > 0 ? rule->by : LAST;
    p->end = PLAN_CLOSE;
}

static void huge_header(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    size_t n = rule->by > 0 ? (size_t)rule->by : FILLER;
    struct str header = {0};

    while (header.len < n)
        str_add(&header,
                "X-Filler: a line that says nothing at all, again and again and again\r\n");
    chunked(a, &a->body, header.data, &p->bytes);
    str_free(&header);
}

static void changed(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    struct str body = {0};

    plan_change_body(rule, &a->body, &body);
    chunked(a, &body, "", &p->bytes);
    str_free(&body);
}

static void dropped(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    (void)a;
    p->end = rule->kind->act == FAULT_RESET ? PLAN_RESET : PLAN_CLOSE;
}

static void canned(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    (void)a;
    plan_canned(rule, p);
}

static void held(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    plan_pass(a, p);
    p->hold_ms = rule->ms;
    if (rule->kind->act == FAULT_STALL_ANSWER)
        p->hold_at = place(rule->at, p->bytes.len / 2, p->bytes.len);
}

static void let_go(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    (void)rule;
    plan_pass(a, p);
}

static void cut_off(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    plan_pass(a, p);
    str_cut(&p->bytes, place(rule->at, p->bytes.len / 2, p->bytes.len));
    p->end = PLAN_RESET;
}

static void slow(const struct fault_rule *rule, const struct http1_answer *a, struct plan *p)
{
    plan_pass(a, p);
    p->bps = rule->bps > 0 ? rule->bps : OFF_BY;
}

void plan_mangle(const struct fault_rule *rule, const struct http1_answer *a, struct plan *out)
{
    static void (*const mangles[FAULT_ACTS])(const struct fault_rule *, const struct http1_answer *,
                                             struct plan *) = {
        [FAULT_RESET] = dropped,
        [FAULT_CLOSE] = dropped,
        [FAULT_STALL] = held,
        [FAULT_HOLD] = let_go,
        [FAULT_CANNED] = canned,
        [FAULT_RESET_ANSWER] = cut_off,
        [FAULT_STALL_ANSWER] = held,
        [FAULT_DRIP] = slow,
        [FAULT_TRUNCATE] = truncated,
        [FAULT_LENGTH_SHORT] = wrong_length,
        [FAULT_LENGTH_LONG] = wrong_length,
        [FAULT_BAD_CHUNK] = bad_chunk,
        [FAULT_BAD_GZIP] = bad_gzip,
        [FAULT_ENDLESS] = endless,
        [FAULT_HUGE_HEADER] = huge_header,
        [FAULT_BAD_JSON] = changed,
        [FAULT_WRONG_TYPES] = changed,
        [FAULT_UNKNOWN_FIELDS] = changed,
        [FAULT_BAD_UTF8] = changed,
    };

    *out = (struct plan){0};
    mangles[rule->kind->act](rule, a, out);
}
