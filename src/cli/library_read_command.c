// lode library search, expiring, show, history: what is owned, read without the network. Main
// thread. Floor: cli.
#include "cli/library_command.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/columns.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/library_find.h"
#include "flow/row.h"
#include "model/notice.h"

enum { DAYS_MAX = 36500, LIMIT = 25 };

// What stands behind the columns of a search of the library.
static const struct sheet_column notes[] = {{"freeUntil", "Free until", COLUMN_DATE},
                                            {"tags", "Tags", COLUMN_TEXT},
                                            {"note", "Note", COLUMN_TEXT},
                                            {"noticeBy", "Notice by", COLUMN_DATE}};

// The last one is of people alone.
static size_t n_notes(const struct entity *entity)
{
    return ARRAY_LEN(notes) - !notice_of(entity);
}

// What is told of a record beside its fields, as text; "" for none.
struct dates {
    char fetched[CLOCK_ISO_MAX], until[CLOCK_ISO_MAX], notice[CLOCK_ISO_MAX];
    struct export_duties duties;
};

struct listing {
    const struct entity *entity;
    struct columns columns;
    struct output out;
    // A record where no JSON is wanted.
    bool (*write)(struct listing *l, const struct library_row *row, const struct dates *dates);
    struct err err;
};

static bool is_note(const char *name)
{
    for (size_t i = 0; i < ROW_NOTES; i++) {
        if (str_eq_case(row_notes[i].name, name))
            return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
        if (str_eq_case(notes[i].name, name))
            return true;
    }
    return false;
}

// The names of --columns without those that stand behind them anyway.
static char *names_of_fields(const char *names, const struct entity *entity)
{
    char *copy = mem_strdup(names), *rest = copy, *name;
    struct str out = {0};

    while ((name = strsep(&rest, ",")) != NULL) {
        if (!is_note(str_trim(name)))
            str_addf(&out, "%s%s", out.len ? "," : "", name);
    }
    free(copy);
    if (!out.len)
        str_add(&out, entity->id_path);
    return str_take(&out);
}

// As exports have it: where a personal value is given, the flags that must travel with it come too.
static bool choose_columns(const struct invocation *in, struct listing *l, struct err *e)
{
    const struct enrich_operation *op = &l->entity->enrich;
    struct columns *c = &l->columns;
    const char *given = opt_value(&in->opts, "columns", NULL);
    char *names = given ? names_of_fields(given, l->entity) : NULL;
    bool ok = columns_choose(c, l->entity, op->columns, op->n_columns, names, e);

    free(names);
    if (!ok)
        return false;
    columns_comply(c, op->columns, op->n_columns);
    for (size_t i = 0; i < ROW_NOTES; i++)
        columns_add(c, row_notes[i]);
    for (size_t i = 0; i < n_notes(l->entity); i++)
        columns_add(c, notes[i]);
    return true;
}

static char *as_json(const struct listing *l, const struct library_row *row,
                     const struct dates *dates)
{
    const struct enriched_row enriched = library_enriched(row);
    const char *const values[] = {dates->until, row->tags ? row->tags : "",
                                  row->note ? row->note : "", dates->notice};
    char *plain = row_as_json(l->entity, &enriched, dates->fetched);
    struct str out = {0};

    str_add_len(&out, plain, strlen(plain) - 1);
    free(plain);
    for (size_t i = 0; i < n_notes(l->entity); i++) {
        str_add_char(&out, ',');
        json_quote(notes[i].name, &out);
        str_add_char(&out, ':');
        json_quote(values[i], &out);
    }
    str_add_char(&out, '}');
    return str_take(&out);
}

static bool write_cells(struct listing *l, const struct library_row *row, const struct dates *dates)
{
    const struct enriched_row enriched = library_enriched(row);
    struct columns *c = &l->columns;
    const char **cells = mem_array(c->n_sheet, sizeof(*cells));
    const char *const behind[ROW_NOTES + ARRAY_LEN(notes)] = {
        row->owned.match_status,    row->owned.source,          dates->fetched, dates->until,
        row->tags ? row->tags : "", row->note ? row->note : "", dates->notice};
    struct page page = {0};
    bool ok;

    row_as_cells(l->entity, &enriched, c->from, c->n, &page);
    for (size_t i = 0; i < c->n; i++)
        cells[i] = page.rows[0].cells[i];
    for (size_t i = 0; c->n + i < c->n_sheet; i++)
        cells[c->n + i] = behind[i];
    ok = output_record(&l->out, cells, NULL, dates->duties, &l->err);
    page_free(&page);
    free(cells);
    return ok;
}

static bool write_row(void *arg, const struct library_row *row)
{
    struct listing *l = arg;
    int64_t by = library_notice_by(l->entity, row);
    struct dates dates = {.notice = "", .duties.notice_by_ms = by};
    char *json;
    bool ok;

    (void)clock_iso(row->owned.fetched_ms, dates.fetched);
    (void)clock_iso(library_until(&l->out.in->app, l->entity, row), dates.until);
    if (by)
        (void)clock_iso(by, dates.notice);
    if (!l->out.json)
        return l->write(l, row, &dates);
    json = as_json(l, row, &dates);
    ok = output_record(&l->out, NULL, json, dates.duties, &l->err);
    free(json);
    return ok;
}

static bool read_limit(const struct invocation *in, size_t *limit, struct err *e)
{
    long long n = LIMIT;

    *limit = SIZE_MAX;
    if (str_eq(opt_value(&in->opts, "limit", ""), "all"))
        return true;
    if (!opt_int(&in->opts, "limit", 1, LLONG_MAX, &n, e))
        return false;
    *limit = (size_t)n;
    return true;
}

static int list(struct invocation *in, struct library_wish *w)
{
    struct listing l = {.entity = w->entity, .write = write_cells};
    char given[COUNT_MAX], all[COUNT_MAX];
    int64_t *numbers = NULL;
    size_t n = 0, limit;
    struct err e;
    bool ok;

    if (!read_limit(in, &limit, &e) || !library_find(&in->app, w, &numbers, &n, &e) ||
        !choose_columns(in, &l, &e)) {
        free(numbers);
        return cli_fail(&e);
    }
    ok = output_open_named(&l.out, in, l.columns.sheet, l.columns.n_sheet, &e);
    limit = limit < n ? limit : n;
    if (ok) {
        ok = library_rows(&in->app, numbers, limit, write_row, &l, &e) && l.err.kind == ERR_NONE;
        if (l.err.kind != ERR_NONE)
            e = l.err;
        if (ok)
            ok = output_close(&l.out, &e);
        else
            output_abort(&l.out);
    }
    columns_free(&l.columns);
    free(numbers);
    if (!ok)
        return cli_fail(&e);
    app_say(&in->app, "%s of %s %s of the library that fit; no request was made.",
            count_text((long long)limit, given), count_text((long long)n, all), w->entity->plural);
    return EXIT_DONE;
}

int library_search_action(struct invocation *in, const struct entity *entity, char **args, size_t n)
{
    struct library_wish w;
    struct err e;
    int status;

    if (!library_wish(in, entity, args, n, &w, &e))
        return cli_fail(&e);
    status = list(in, &w);
    wish_free(&w);
    return status;
}

int library_expiring_action(struct invocation *in, const struct entity *entity, char **args,
                            size_t n)
{
    struct library_wish w;
    long long days = 30;
    struct err e;
    int status;

    if (n && (!str_int64(args[0], &days) || days < 0 || days > DAYS_MAX)) {
        (void)err_set(&e, ERR_INVALID, "expiring takes a number of days, not \"%.20s\"", args[0]);
        return cli_fail(&e);
    }
    if (!library_wish(in, entity, NULL, 0, &w, &e))
        return cli_fail(&e);
    w.expiring = days;
    if (w.order == ORDER_BEST) {
        w.order = ORDER_EXPIRY;
        w.ascending = true;
    }
    status = list(in, &w);
    wish_free(&w);
    return status;
}

static const struct sheet_column show_columns[] = {{"field", "Field", COLUMN_TEXT},
                                                   {"value", "Value", COLUMN_TEXT}};

static bool line(struct listing *l, const char *field, const char *value)
{
    const char *cells[] = {field, value};

    return !value || !*value || output_row(&l->out, cells, NULL, &l->err);
}

// What the newest answer was not asked for came with others.
static bool show_older(struct listing *l, const char *older)
{
    char fetched[CLOCK_ISO_MAX];
    struct str names = {0};
    bool ok = true;
    int64_t ms;

    while (ok && library_older(&older, &ms, &names)) {
        char *text = str_format("%s: %s", clock_iso(ms, fetched), str_text(&names));

        ok = line(l, "Fetched before", text);
        free(text);
    }
    str_free(&names);
    return ok;
}

static bool show_lines(struct listing *l, const struct library_row *row, const struct dates *dates)
{
    const struct enriched_row enriched = library_enriched(row);
    const struct enrich_operation *op = &l->entity->enrich;
    const struct column **all = mem_array(op->n_columns, sizeof(*all));
    struct page page = {0};
    char earlier[COUNT_MAX];
    bool ok = true;

    for (size_t i = 0; i < op->n_columns; i++)
        all[i] = &op->columns[i];
    row_as_cells(l->entity, &enriched, all, op->n_columns, &page);
    for (size_t i = 0; ok && i < op->n_columns; i++)
        ok = line(l, all[i]->heading, page.rows[0].cells[i]);
    (void)count_text(row->earlier, earlier);
    ok = ok && line(l, "Match", row->owned.match_status) && line(l, "Source", row->owned.source) &&
         line(l, "Fetched", dates->fetched) && show_older(l, row->older) &&
         line(l, "Free until", dates->until) && line(l, "Notice due by", dates->notice) &&
         line(l, "Asked for", row->owned.fields) && line(l, "Earlier versions", earlier) &&
         line(l, "Tags", row->tags) && line(l, "Note", row->note);
    page_free(&page);
    free(all);
    return ok;
}

int library_show_action(struct invocation *in, const struct entity *entity, char **args, size_t n)
{
    struct listing l = {.entity = entity, .write = show_lines};
    struct err e;
    bool ok;

    (void)n;
    if (!output_open(&l.out, in, show_columns, ARRAY_LEN(show_columns), &e))
        return cli_fail(&e);
    ok = library_record(&in->app, entity, args[0], write_row, &l, &e);
    if (ok && l.err.kind != ERR_NONE) {
        e = l.err;
        ok = false;
    }
    if (!ok) {
        output_abort(&l.out);
        return cli_fail(&e);
    }
    return output_close(&l.out, &e) ? EXIT_DONE : cli_fail(&e);
}

static const struct sheet_column history_columns[] = {{"fetchedAt", "Fetched", COLUMN_TEXT},
                                                      {"field", "Field", COLUMN_TEXT},
                                                      {"before", "Before", COLUMN_TEXT},
                                                      {"after", "After", COLUMN_TEXT},
                                                      {"source", "Source", COLUMN_TEXT}};

// Versions come newest first; each is told by how it differs from the one before it.
struct history {
    struct listing l;
    struct {
        char *raw, *fields, *source; // owned
        int64_t fetched_ms;
    } newer;
    char fetched[CLOCK_ISO_MAX];
    size_t versions, told;
};

static void write_difference(void *arg, const struct difference *d)
{
    struct history *h = arg;
    const char *cells[] = {h->fetched, h->l.out.json ? d->column->name : d->column->heading,
                           d->before, d->after, h->newer.source};

    h->told++;
    (void)output_row(&h->l.out, cells, NULL, &h->l.err);
}

static void write_event(struct history *h, int64_t fetched_ms, const char *what, const char *source)
{
    const char *cells[] = {clock_iso(fetched_ms, h->fetched), what, "", "", source};

    (void)output_row(&h->l.out, cells, NULL, &h->l.err);
}

static void forget_newer(struct history *h)
{
    free(h->newer.raw);
    free(h->newer.fields);
    free(h->newer.source);
}

static bool tell_version(void *arg, const struct library_version *v)
{
    struct history *h = arg;

    if (h->versions++) {
        const struct library_version newer = {.raw = h->newer.raw, .fields = h->newer.fields};

        h->told = 0;
        (void)clock_iso(h->newer.fetched_ms, h->fetched);
        library_differences(h->l.entity, v, &newer, write_difference, h);
        if (!h->told)
            write_event(h, h->newer.fetched_ms, "(no other values)", h->newer.source);
    }
    forget_newer(h);
    h->newer.raw = mem_strdup(v->raw);
    h->newer.fields = mem_strdup(v->fields);
    h->newer.source = mem_strdup(v->source);
    h->newer.fetched_ms = v->fetched_ms;
    return h->l.err.kind == ERR_NONE;
}

int library_history_action(struct invocation *in, const struct entity *entity, char **args,
                           size_t n)
{
    struct history h = {.l = {.entity = entity}};
    struct err e;
    bool ok;

    (void)n;
    if (!output_open(&h.l.out, in, history_columns, ARRAY_LEN(history_columns), &e))
        return cli_fail(&e);
    ok = library_versions(&in->app, entity, args[0], tell_version, &h, &e);
    if (ok && !h.versions)
        ok = err_set(&e, ERR_NOT_FOUND, "the library has no %s %.40s", entity->name, args[0]);
    if (ok)
        write_event(&h, h.newer.fetched_ms, "(first kept)", h.newer.source);
    forget_newer(&h);
    if (ok && h.l.err.kind != ERR_NONE) {
        e = h.l.err;
        ok = false;
    }
    if (!ok) {
        output_abort(&h.l.out);
        return cli_fail(&e);
    }
    return output_close(&h.l.out, &e) ? EXIT_DONE : cli_fail(&e);
}
