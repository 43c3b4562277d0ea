// lode count --waterfall. Main thread. Floor: cli.
#include "cli/waterfall_command.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/waterfall.h"

static const struct sheet_column columns[] = {{"without", "Without", COLUMN_TEXT},
                                              {"hits", "Hits", COLUMN_NUMBER},
                                              {"more", "More by", COLUMN_NUMBER},
                                              {"note", "Note", COLUMN_TEXT}};

struct falling {
    const struct query *query;
    struct output *out;
    long long whole;
};

static bool take(void *self, size_t step, long long hits, const struct err *why, struct err *e)
{
    struct falling *f = self;
    const struct filter *filter = step ? &f->query->filters[step - 1] : NULL;
    char *label = filter ? str_format("%s = %s", filter->input->label, filter->text)
                         : mem_strdup("(nothing)");
    char count[24] = "", more[24] = "";
    const char *cells[] = {label, count, more, why ? why->text : ""};
    bool ok;

    if (step == 0)
        f->whole = hits;
    if (hits >= 0)
        (void)snprintf(count, sizeof(count), "%lld", hits);
    if (hits >= 0 && step > 0 && f->whole >= 0)
        (void)snprintf(more, sizeof(more), "%lld", hits - f->whole);
    ok = output_row(f->out, cells, NULL, e);
    free(label);
    return ok;
}

static bool allowed(struct invocation *in, const struct asked *a, struct err *e)
{
    size_t price = waterfall_price(&a->query);
    char n[COUNT_WORDS_MAX];

    if (a->parts.n > 1)
        return err_set(e, ERR_INVALID,
                       "a search with a list too long for one request cannot be "
                       "counted without each filter");
    app_say(&in->app, "This takes %s.", count_words((long long)price, "request", n));
    return a->max_requests == 0 || a->max_requests >= (long long)price ||
           err_set(e, ERR_REFUSED, "--max-requests allows %s only; nothing was sent",
                   count_words(a->max_requests, "request", n));
}

int waterfall_show(struct invocation *in, const struct asked *a)
{
    struct output out;
    struct falling f = {&a->query, &out, -1};
    const struct waterfall_order order = {&a->query, take, &f};
    struct err e;

    if (!allowed(in, a, &e) || !output_open(&out, in, columns, ARRAY_LEN(columns), &e))
        return cli_fail(&e);
    if (!waterfall_run(&in->app, &order, &e)) {
        output_abort(&out);
        return cli_fail(&e);
    }
    return output_close(&out, &e) ? EXIT_DONE : cli_fail(&e);
}
