// The records that a search on the command line finds. Main thread. Floor: cli.
#include "cli/found.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/enrich.h"
#include "cli/exit.h"
#include "cli/waterfall_command.h"
#include "flow/reach.h"
#include "flow/searches.h"

enum { LIMIT_MAX = 100000000, LINE_MAX = 400 };

static const char *const of_search[] = {"where", "where-from", "query",       "sort",
                                        "limit", "split",      "max-requests"};
static const char *const of_file[] = {"from", "map", "show-mapping"};

// The first of them that the line has, or NULL.
static const char *first_of(const struct invocation *in, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (opt_has(&in->opts, names[i]))
            return names[i];
    }
    return NULL;
}

bool found_wanted(const struct invocation *in)
{
    return first_of(in, of_search, ARRAY_LEN(of_search)) != NULL;
}

static bool read_limit(struct found *f, const struct invocation *in, struct err *e)
{
    f->limit = -1;
    return str_eq(opt_value(&in->opts, "limit", "all"), "all") ||
           opt_int(&in->opts, "limit", 1, LIMIT_MAX, &f->limit, e);
}

static bool check_line(struct found *f, const struct invocation *in, struct err *e)
{
    const char *file = first_of(in, of_file, ARRAY_LEN(of_file));
    long long ignored[2];

    if (file)
        return err_set(e, ERR_INVALID,
                       "--%s is of a search and --%s of a file: say which of both names the "
                       "records",
                       first_of(in, of_search, ARRAY_LEN(of_search)), file);
    return read_limit(f, in, e) && enrich_numbers(in, &ignored[0], &ignored[1], e);
}

// A line of the search's text; of a long list of values its beginning, and what tells it from
// others.
static void add_line(struct str *out, const char *line, size_t len)
{
    size_t shown = len <= LINE_MAX ? len : text_prev(line, len, LINE_MAX);

    str_addf(out, "%s%.*s", out->len ? "; " : "", (int)shown, line);
    if (shown < len)
        str_addf(out, "... (%zu bytes, %" PRIx64 ")", len, hash_bytes(line, len));
}

// The filters, and the order where the first few were taken by it.
static void tell_origin(struct found *f)
{
    const char *line = str_text(&f->asked.text), *end;

    for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        bool sort = strncmp(line, "sort = ", 7) == 0;

        if (strncmp(line, "entity = ", 9) != 0 && (!sort || f->limit >= 0))
            add_line(&f->origin, line, (size_t)(end - line));
    }
    if (f->limit >= 0)
        str_addf(&f->origin, "%sfirst %lld", f->origin.len ? "; " : "", f->limit);
    if (!f->origin.len)
        str_addf(&f->origin, "all %s", f->asked.query.entity->plural);
}

static int open_line(struct found *f, struct invocation *in,
                     int (*open)(struct asked *a, struct invocation *in))
{
    struct err e;
    int status = check_line(f, in, &e) ? open(&f->asked, in) : cli_fail(&e);

    if (status == EXIT_DONE)
        tell_origin(f);
    return status;
}

int found_open(struct found *f, struct invocation *in)
{
    *f = (struct found){0};
    return open_line(f, in, asked_open);
}

int found_same(struct invocation *in, const struct job_row *job)
{
    struct found f = {0};
    struct err e;
    int status;
    bool same;

    if (!found_wanted(in))
        return EXIT_DONE;
    status = open_line(&f, in, asked_read);
    if (status != EXIT_DONE)
        return status;
    same =
        str_eq(f.asked.query.entity->name, job->entity) && str_eq(str_text(&f.origin), job->origin);
    found_close(&f);
    if (same)
        return EXIT_DONE;
    (void)err_set(&e, ERR_INVALID,
                  "the job %s was not begun with this search: take another name, or go on with it "
                  "without the search",
                  job->name);
    return cli_fail(&e);
}

// Pages on their way into a selection.
struct reading {
    struct found *found;
    struct invocation *in;
    struct selection *to;
    long long reach;
    long long *hits; // of each part
    size_t told;     // parts whose first row has come
};

static bool refuse_reach(const struct reading *r, long long hits, struct err *e)
{
    bool one = r->found->asked.parts.n == 1;
    char n[COUNT_MAX], reach[COUNT_MAX];

    return err_set(e, ERR_INVALID,
                   "%s %s hits, and paging reaches only %s of them: say --limit %lld for the "
                   "first%s, or narrow it; nothing was quoted or bought",
                   one ? "the search has" : "one of the searches has", count_text(hits, n),
                   count_text(r->reach, reach), r->reach,
                   one ? ", --split auto to have it read in parts" : "");
}

// Whoever splits was told what the parts do not reach.
static bool reaches(const struct reading *r, long long hits, struct err *e)
{
    const struct found *f = r->found;
    bool past = hits > r->reach && (f->limit < 0 || f->limit - (long long)r->to->n > r->reach);

    return !past || opt_has(&r->in->opts, "split") || refuse_reach(r, hits, e);
}

// What one search takes is known by its first page.
static bool say_price(const struct reading *r, long long hits, struct err *e)
{
    const struct found *f = r->found;
    int rpp = f->asked.query.entity->search.rpp_max;
    long long rows = f->limit >= 0 && f->limit < hits ? f->limit : hits;
    long long pages = (rows + rpp - 1) / rpp;
    char n[COUNT_MAX], price[COUNT_WORDS_MAX], most[COUNT_MAX];

    if (f->asked.max_requests && pages > f->asked.max_requests)
        return err_set(e, ERR_REFUSED,
                       "reading %s of its hits takes %s, and --max-requests allows %s only; "
                       "nothing was quoted or bought",
                       count_text(rows, n), count_words(pages, "request", price),
                       count_text(f->asked.max_requests, most));
    if (pages > 1)
        app_say(&r->in->app, "The search has %s hits; looking at %s%s takes %s, no credits.",
                count_text(hits, n), rows < hits ? "the first " : "",
                rows < hits ? count_text(rows, most) : "them all",
                count_words(pages, "request", price));
    return true;
}

static bool begin_part(struct reading *r, size_t part, struct err *e)
{
    long long hits = r->hits[part];

    r->told = part + 1;
    if (hits < 0)
        return true; // the server does not say
    return reaches(r, hits, e) && (r->found->asked.parts.n > 1 || say_price(r, hits, e));
}

static struct merit *merit_next(struct found *f, size_t at)
{
    if (at == f->cap) {
        f->cap = f->cap ? f->cap * 2 : 64;
        f->merits = mem_regrow(f->merits, f->cap, sizeof(*f->merits));
    }
    f->merits[at] = (struct merit){.score = -1};
    return &f->merits[at];
}

static bool take_row(void *self, size_t part, const struct row *row, struct err *e)
{
    struct reading *r = self;
    const struct search_operation *op = &r->to->entity->search;
    struct merit *m;

    if (part >= r->told && !begin_part(r, part, e))
        return false;
    m = merit_next(r->found, r->to->n);
    selection_add(r->to, row->id);
    for (size_t i = 0; i < op->n_columns; i++)
        merit_take(m, &op->columns[i], row->cells[i]);
    return true;
}

static bool run(struct reading *r, struct err *e)
{
    const struct found *f = r->found;
    const struct search_order order = {.queries = f->asked.parts.items,
                                       .n = f->asked.parts.n,
                                       .limit = f->limit,
                                       .max_requests = f->asked.max_requests,
                                       .row = take_row,
                                       .self = r,
                                       .hits = r->hits};

    return search_run_whole(&r->in->app, &order, &r->found->sum, e);
}

// It ended early: paging reached less far than was known, or the cap on requests came first.
static bool is_whole(struct reading *r, struct err *e)
{
    const struct search_summary *sum = &r->found->sum;
    char n[COUNT_MAX], hits[COUNT_MAX];

    if (sum->capped)
        return err_set(e, ERR_REFUSED,
                       "--max-requests came first: %s of %s records that match were looked at; "
                       "nothing was quoted or bought",
                       count_text(sum->rows, n), count_text(sum->hits, hits));
    if (sum->reach) {
        r->reach = sum->reach;
        return reaches(r, sum->hits, e);
    }
    return true;
}

void found_basis(const struct found *f, struct str *out)
{
    char rows[COUNT_MAX], hits[COUNT_MAX];

    str_addf(out, "%s of %s records that match", count_text(f->sum.rows, rows),
             f->sum.hits < 0 ? "an unknown number of" : count_text(f->sum.hits, hits));
}

static void say(struct found *f, struct invocation *in)
{
    char n[COUNT_WORDS_MAX];

    history_remember(&in->app, &f->asked.query, f->sum.hits);
    asked_say(in, &f->sum);
    app_say(&in->app, "The search took %s and no credits; what follows is of enriching alone.",
            count_words(f->sum.requests + f->asked.counted, "request", n));
}

int found_read(struct found *f, struct invocation *in, struct selection *to)
{
    struct reading r = {.found = f, .in = in, .to = to};
    struct err e;
    int status =
        opt_has(&in->opts, "split") ? split_parts(in, &f->asked) : asked_price(&f->asked, in);

    if (status != EXIT_DONE)
        return status;
    r.reach = reach_of(&in->app, to->entity);
    r.hits = mem_array(f->asked.parts.n, sizeof(*r.hits));
    if (run(&r, &e) && is_whole(&r, &e))
        say(f, in);
    else
        status = cli_fail(&e);
    free(r.hits);
    return status;
}

void found_close(struct found *f)
{
    asked_close(&f->asked);
    free(f->merits);
    str_free(&f->origin);
}
