// lode searches export, import, history. Main thread. Floor: cli.
#include "cli/searches_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/searches.h"

static bool write_text(struct invocation *in, const struct str *text, struct err *e)
{
    const char *path = opt_value(&in->opts, "output", "-");

    if (!str_eq(path, "-"))
        return searches_file_write(path, text, opt_has(&in->opts, "force"), e);
    output_bytes(text);
    return true;
}

int searches_export_action(struct invocation *in, char **args, size_t n)
{
    struct str text = {0};
    size_t count = n;
    bool ok = true;
    char n_text[COUNT_MAX];
    struct err e;

    for (size_t i = 0; ok && i < n; i++) {
        struct saved s;

        ok = searches_find(&in->app, args[i], &s, &e);
        if (ok)
            searches_write(&s, &text);
        saved_free(&s);
    }
    ok = ok && (n > 0 || searches_write_all(&in->app, &text, &count, &e)) &&
         write_text(in, &text, &e);
    str_free(&text);
    if (!ok)
        return cli_fail(&e);
    app_say(&in->app, "%s saved %s as text.", count_text((long long)count, n_text),
            count == 1 ? "search" : "searches");
    return EXIT_DONE;
}

int searches_import_action(struct invocation *in, char **args, size_t n)
{
    struct str names = {0};
    struct err e;
    bool ok = true;

    for (size_t i = 0; ok && i < n; i++)
        ok = searches_file_import(&in->app, args[i], opt_has(&in->opts, "force"), &names, &e);
    output_bytes(&names);
    if (!ok && names.len)
        app_say(&in->app, "Those named are saved; the rest is not.");
    str_free(&names);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static const struct sheet_column past_columns[] = {
    {"number", "No", COLUMN_NUMBER},   {"when", "When", COLUMN_TEXT},
    {"entity", "Entity", COLUMN_TEXT}, {"hits", "Hits", COLUMN_NUMBER},
    {"times", "Times", COLUMN_NUMBER}, {"search", "Search", COLUMN_TEXT}};

static bool write_past(struct output *out, const struct past *p, size_t number, struct err *e)
{
    char when[CLOCK_ISO_MAX], no[24], hits[24] = "", times[24], *text = searches_line(p->text);
    const char *cells[] = {no, searches_when(p->at_ms, when), p->entity, hits, times, text};
    bool ok;

    (void)snprintf(no, sizeof(no), "%zu", number);
    if (p->hits >= 0)
        (void)snprintf(hits, sizeof(hits), "%lld", p->hits);
    (void)snprintf(times, sizeof(times), "%lld", p->times);
    ok = output_row(out, cells, NULL, e);
    free(text);
    return ok;
}

static bool write_pasts(struct invocation *in, const struct past_list *l, struct err *e)
{
    struct output out;
    bool ok = output_open(&out, in, past_columns, ARRAY_LEN(past_columns), e);

    for (size_t i = 0; ok && i < l->items.len; i++)
        ok = write_past(&out, &l->items.items[i], i + 1, e);
    return ok && output_close(&out, e);
}

static bool print_past(const struct past_list *l, const char *number, struct err *e)
{
    struct str text = {0};
    long long n;

    if (!str_int64(number, &n) || n < 1 || n > (long long)l->items.len)
        return err_set(e, ERR_INVALID, "the history has searches 1 to %zu, not \"%.20s\"",
                       l->items.len, number);
    str_add(&text, l->items.items[n - 1].text);
    output_bytes(&text);
    str_free(&text);
    return true;
}

int searches_history_action(struct invocation *in, char **args, size_t n)
{
    struct past_list l;
    struct err e;
    bool ok = history_list(&in->app, &l, &e) &&
              (n ? print_past(&l, args[0], &e) : write_pasts(in, &l, &e));

    history_list_free(&l);
    return ok ? EXIT_DONE : cli_fail(&e);
}
