// The search that a command line asks for. Main thread. Floor: cli.
#include "cli/asked.h"

#include <string.h>

#include "base/count.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/exit.h"
#include "flow/lists.h"
#include "model/query_text.h"

enum { TEXT_CAP = 1 << 20 };

static void tell(void *self, const char *sentence)
{
    struct err e;

    (void)self;
    (void)err_set(&e, ERR_INVALID, "%s", sentence);
    (void)cli_fail(&e);
}

// The text of --query, or none; false where it cannot be had, which is told.
static bool read_file(const char *path, struct str *text)
{
    struct err e;

    if (!path)
        return true;
    if (!file_read(path, TEXT_CAP, text, &e))
        tell(NULL, e.text);
    else if (strlen(str_text(text)) != text->len)
        tell(NULL, "the text of a search holds no NUL bytes");
    else
        return true;
    return false;
}

static size_t read_options(const struct invocation *in, struct query *q)
{
    const char *sort = opt_value(&in->opts, "sort", NULL);
    size_t faults = 0;
    struct err e;

    for (size_t i = 0; i < in->opts.n_seen; i++) {
        if (!str_eq(in->opts.seen[i].opt->name, "where") ||
            query_where(q, in->opts.seen[i].value, &e))
            continue;
        tell(NULL, e.text);
        faults++;
    }
    if (sort && !query_sort(q, sort, &e)) {
        tell(NULL, e.text);
        faults++;
    }
    return faults;
}

static void say_remarks(struct invocation *in, const struct query *q)
{
    struct str text = {0};
    char *rest;

    query_remarks(q, &text);
    lists_unlisted(&in->app, q, &text);
    lists_ungranted(&in->app, q, &text);
    rest = text.data;
    for (char *line; rest && (line = strsep(&rest, "\n")) != NULL;) {
        if (*line)
            app_say(&in->app, "%s", line);
    }
    str_free(&text);
}

// Values resolved by the lookups, all of it checked, remarked upon, and parted where it is long.
static int settle(struct asked *a, struct invocation *in, const struct query_faults *to)
{
    size_t faults;
    struct err e;

    if (!lists_resolve_all(&in->app, &a->query, to, &faults, &e))
        return cli_fail(&e);
    faults += query_check_all(&a->query, to);
    if (faults)
        return EXIT_USAGE;
    say_remarks(in, &a->query);
    if (!query_split(&a->query, &a->parts, &e))
        return cli_fail(&e);
    loaded_begin(&a->loaded, &a->parts);
    return EXIT_DONE;
}

// file: names the text, NULL: there is none. Returns how many faults there were.
static size_t read(struct asked *a, struct invocation *in, const char *text,
                   const struct query_faults *to)
{
    size_t faults = to->file ? query_text_read(text, &a->query, to) : 0;

    if (a->query.entity) {
        faults += read_options(in, &a->query);
        faults += loaded_read(&a->loaded, in, &a->query);
    } else if (!faults) {
        tell(NULL, "say what is searched: contact or company");
        faults++;
    }
    return faults;
}

static int open_text(struct asked *a, struct invocation *in, const char *name, const char *text,
                     bool resolve)
{
    const struct query_faults to = {.file = name, .fault = tell, .long_lists = true};
    struct err e;
    int status = EXIT_USAGE;

    if (!opt_int(&in->opts, "max-requests", 1, REQUESTS_MAX, &a->max_requests, &e)) {
        status = cli_fail(&e);
    } else if (read(a, in, text, &to) == 0) {
        query_write(&a->query, &a->text);
        status = resolve ? settle(a, in, &to) : EXIT_DONE;
    }
    if (status != EXIT_DONE)
        asked_close(a);
    return status;
}

int asked_open_text(struct asked *a, struct invocation *in, const char *name, const char *text)
{
    return open_text(a, in, name, text, true);
}

static int open_given(struct asked *a, struct invocation *in, bool resolve)
{
    const char *path = opt_value(&in->opts, "query", NULL);
    struct str text = {0};
    struct err e;
    int status = EXIT_USAGE;

    *a = (struct asked){0};
    if (in->n_args && !(a->query.entity = invocation_entity(in, &e)))
        return cli_fail(&e);
    if (read_file(path, &text))
        status = open_text(a, in, path && str_eq(path, "-") ? "standard input" : path,
                           str_text(&text), resolve);
    str_free(&text);
    return status;
}

int asked_open(struct asked *a, struct invocation *in)
{
    return open_given(a, in, true);
}

int asked_read(struct asked *a, struct invocation *in)
{
    return open_given(a, in, false);
}

void asked_close(struct asked *a)
{
    loaded_free(&a->loaded);
    query_parts_free(&a->parts);
    query_free(&a->query);
    str_free(&a->text);
}

static void say_long(const struct invocation *in, const struct query *q)
{
    char n[COUNT_MAX], fit[COUNT_MAX];

    for (size_t i = 0; i < q->n_filters; i++) {
        const struct filter *f = &q->filters[i];

        if (query_fits(f) < f->n_values && query_splits(q, f))
            app_say(&in->app,
                    "%s has %s values; one request takes %d characters, the first %s of them.",
                    f->input->label, count_text((long long)f->n_values, n), VALUE_MAX,
                    count_text((long long)query_fits(f), fit));
    }
}

int asked_price(const struct asked *a, const struct invocation *in)
{
    char n[COUNT_MAX], most[COUNT_WORDS_MAX];
    struct err e;

    if (a->parts.n == 1)
        return EXIT_DONE;
    say_long(in, &a->query);
    (void)count_text((long long)a->parts.n, n);
    app_say(&in->app,
            "This takes %s searches: %s requests at least, and one more for each further page of "
            "rows.",
            n, n);
    if (a->max_requests == 0 || a->max_requests >= (long long)a->parts.n)
        return EXIT_DONE;
    (void)err_set(&e, ERR_REFUSED, "--max-requests allows %s only; nothing was sent",
                  count_words(a->max_requests, "request", most));
    return cli_fail(&e);
}

// A lack of entitlement looks the same (FACTS 3): nobody is told that there is nothing.
void asked_say_none(const struct invocation *in)
{
    app_say(&in->app, "No results for this account.");
}

void asked_say(const struct invocation *in, const struct search_summary *sum)
{
    char rows[COUNT_WORDS_MAX], hits[COUNT_MAX], reach[COUNT_MAX];

    if (sum->hits == 0)
        asked_say_none(in);
    else if (sum->hits > 0)
        app_say(&in->app, "%s of %s records that match.", count_text(sum->rows, rows),
                count_text(sum->hits, hits));
    if (sum->duplicates)
        app_say(&in->app, "%s came twice while pages shifted and %s dropped.",
                count_words(sum->duplicates, "row", rows), sum->duplicates == 1 ? "was" : "were");
    if (sum->overlaps)
        app_say(&in->app, "%s came by several searches and %s given once.",
                count_words(sum->overlaps, "row", rows), sum->overlaps == 1 ? "is" : "are");
    if (sum->reach)
        app_say(&in->app, "Paging reaches only the first %s; narrow the search to see the rest.",
                count_text(sum->reach, reach));
    if (sum->capped)
        app_say(&in->app, "It stopped at --max-requests; there is more.");
}
