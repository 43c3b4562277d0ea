// How fast answers become rows and rows become CSV, without a network. Bench.
#include "bench/decode.h"

#include <stdlib.h>
#include <time.h>

#include "api/search.h"
#include "base/csv.h"
#include "base/mem.h"
#include "support/http.h"

enum { TIMES = 1000 };

static double now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct net_request *real_page(const struct server *s)
{
    struct net_request *r = net_request_new("POST", mem_strdup("http://127.0.0.1/search/contact"));
    char *url = server_at(s, "/search/contact"), *token = server_token(s);
    struct http_reply reply = http_post(url, token, "{\"rpp\":100}");

    r->status = (int)reply.status;
    str_add_len(&r->answer, str_text(&reply.body), reply.body.len);
    http_reply_free(&reply);
    free(url);
    free(token);
    return r;
}

static void decode(const struct net_request *r, bool raw, struct page *page)
{
    const struct column *columns[64];
    struct row_want want = {columns, 0, raw, false};
    struct err e;
    int depth;

    for (size_t i = 0; i < entity_contact.search.n_columns && want.n_columns < 64; i++) {
        if (entity_contact.search.columns[i].marks & COLUMN_SHOWN)
            columns[want.n_columns++] = &entity_contact.search.columns[i];
    }
    if (!search_decode(r, &entity_contact, &want, page, &depth, &e))
        abort();
}

static double decode_rate(const struct net_request *r, bool raw)
{
    double began = now();

    for (int i = 0; i < TIMES; i++) {
        struct page page;

        decode(r, raw, &page);
        page_free(&page);
    }
    return TIMES * (double)r->answer.len / (now() - began) / 1e6;
}

static double csv_rate(const struct net_request *r)
{
    const struct csv_style style = {.separator = ','};
    struct str out = {0};
    struct page page;
    uint64_t guarded = 0;
    double began, bytes = 0;

    decode(r, false, &page);
    began = now();
    for (int i = 0; i < TIMES; i++) {
        for (size_t k = 0; k < page.n_rows; k++) {
            for (size_t c = 0; c < 8; c++)
                csv_cell(&out, &style, page.rows[k].cells[c], c == 0, &guarded);
            csv_line_end(&out, &style);
        }
        bytes += (double)out.len;
        str_clear(&out);
    }
    str_free(&out);
    page_free(&page);
    return bytes / (now() - began) / 1e6;
}

void bench_decode(const struct server *s, bench_row *row)
{
    struct net_request *r = real_page(s);

    row("decode a page of 100 contacts to cells", decode_rate(r, false), "MB/s", "");
    row("decode the same, keeping each row's JSON", decode_rate(r, true), "MB/s", "");
    row("write its cells as CSV", csv_rate(r), "MB/s", "");
    net_request_free(r);
}
