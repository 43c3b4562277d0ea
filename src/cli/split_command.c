// lode count --split, lode search --split: a search past what paging reaches, in parts. Main
// thread. Floor: cli.
#include "cli/waterfall_command.h"

#include <stdio.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/split.h"

static const struct sheet_column columns[] = {
    {"part", "Part", COLUMN_TEXT}, {"hits", "Hits", COLUMN_NUMBER}, {"fits", "Fits", COLUMN_TEXT}};

// Each way with what the first count by it takes.
static void say_price(struct invocation *in, const struct asked *a, const struct input *by)
{
    struct split_ways ways;
    struct str list = {0};
    char n[COUNT_MAX];

    split_ways(&in->app, &a->query, &ways);
    for (size_t i = 0; i < ways.n; i++) {
        if (!by || ways.items[i].by == by)
            str_addf(&list, "%s%s takes %s", list.len ? ", " : "", ways.items[i].by->label,
                     count_text((long long)ways.items[i].values, n));
    }
    if (list.len)
        app_say(&in->app,
                "Parts are counted first, which takes requests for each search that is too long: "
                "%s.",
                list.data);
    str_free(&list);
}

static void say_plan(struct invocation *in, const struct split *s)
{
    char n[COUNT_WORDS_MAX], rows[COUNT_MAX], total[COUNT_MAX], price[COUNT_WORDS_MAX];
    size_t over = 0;

    for (size_t i = 0; i < s->parts.len; i++)
        over += s->parts.items[i].over;
    app_say(&in->app, "%s give%s %s of %s records; fetching them all takes %s.",
            count_words((long long)s->parts.len, "part", n), s->parts.len == 1 ? "s" : "",
            count_text(split_rows(s), rows), count_text(s->total, total),
            count_words(split_price(s), "request", price));
    if (s->uncovered)
        app_say(&in->app, "%s records are in no part: they have no value of what it is parted by.",
                count_text(s->uncovered, n));
    if (s->overlaps)
        app_say(&in->app,
                "Parts have records in common: %s more than there are; each is given "
                "once.",
                count_text(s->overlaps, n));
    if (over)
        app_say(&in->app, "%s parts are still past what paging reaches, %s.",
                count_text((long long)over, n),
                s->capped ? "for --max-requests came first" : "and cannot be parted further");
}

static bool make(struct invocation *in, const struct asked *a, struct split *out, struct err *e)
{
    const char *name = opt_value(&in->opts, "split", "auto");
    struct split_order order = {.query = &a->query, .max_requests = a->max_requests};

    *out = (struct split){0};
    if (a->parts.n > 1)
        return err_set(e, ERR_INVALID,
                       "a search with a list too long for one request is parted by "
                       "that list; leave --split out");
    if (!str_eq(name, "auto") && !(order.by = split_way_find(&a->query, name, e)))
        return false;
    say_price(in, a, order.by);
    return split_make(&in->app, &order, out, e);
}

static bool write_parts(struct invocation *in, const struct split *s, struct err *e)
{
    struct output out;
    bool ok = output_open(&out, in, columns, ARRAY_LEN(columns), e);

    for (size_t i = 0; ok && i < s->parts.len; i++) {
        char hits[24];
        const struct split_part *p = &s->parts.items[i];
        const char *cells[] = {*p->label ? p->label : "all", hits, p->over ? "no" : "yes"};

        (void)snprintf(hits, sizeof(hits), "%lld", p->hits);
        ok = output_row(&out, cells, NULL, e);
    }
    return ok && output_close(&out, e);
}

int split_show(struct invocation *in, struct asked *a)
{
    struct split s;
    struct err e;
    bool ok = make(in, a, &s, &e) && write_parts(in, &s, &e);

    if (ok)
        say_plan(in, &s);
    split_free(&s);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static bool within(struct asked *a, const struct split *s, struct err *e)
{
    if (a->max_requests == 0)
        return true;
    a->max_requests -= s->requests;
    return (!s->capped && a->max_requests > 0) ||
           err_set(e, ERR_REFUSED,
                   "--max-requests does not reach for counting the parts; no rows were fetched");
}

int split_parts(struct invocation *in, struct asked *a)
{
    struct split s;
    struct err e;
    bool ok = make(in, a, &s, &e);

    if (ok) {
        say_plan(in, &s);
        ok = within(a, &s, &e);
    }
    if (ok) {
        query_parts_free(&a->parts);
        a->counted = s.requests;
        a->parts = s.queries;
        s.queries = (struct query_parts){0};
        loaded_begin(&a->loaded, &a->parts);
    }
    split_free(&s);
    return ok ? EXIT_DONE : cli_fail(&e);
}
