// Lists of values from files. Main thread. Floor: cli.
#include "cli/loaded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/count.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"

// The parts of FIELD=FILE or FIELD=FILE:COLUMN.
struct source {
    char *copy, *field, *path, *column;
};

// A file may have a colon in its name.
static bool cut(struct source *s, const char *text, struct err *e)
{
    char *equals, *colon;

    s->copy = mem_strdup(text);
    equals = strchr(s->copy, '=');
    if (!equals || equals[1] == '\0')
        return err_set(e, ERR_INVALID,
                       "--where-from takes FIELD=FILE or FIELD=FILE:COLUMN, not \"%.60s\"", text);
    *equals = '\0';
    s->field = str_trim(s->copy);
    s->path = equals + 1;
    colon = strrchr(s->path, ':');
    if (colon && access(s->path, F_OK) != 0) {
        *colon = '\0';
        s->column = colon + 1;
    }
    return true;
}

static const struct input *find_input(const struct query *q, const char *field, struct err *e)
{
    const struct input *in = entity_input(q->entity, field, BOUND_NONE);
    const char *near = in ? NULL : entity_nearest_input(q->entity, field);

    if (in && in->kind != INPUT_PAGING && input_many(in))
        return in;
    if (in)
        (void)err_set(e, ERR_INVALID, "%s takes one value, no list of them", in->label);
    else
        (void)err_set(e, ERR_INVALID, "searching %s knows no field \"%.60s\"%s%s%s",
                      q->entity->plural, field, near ? "; did you mean \"" : "", near ? near : "",
                      near ? "\"?" : "");
    return NULL;
}

static const struct listed_value *first_refused(const struct value_list *list)
{
    for (size_t i = 0; i < list->values.len; i++) {
        if (list->values.items[i].why)
            return &list->values.items[i];
    }
    return NULL;
}

static void say_list(const struct invocation *in, const struct value_list *list, const char *path)
{
    const struct listed_value *bad = first_refused(list);
    char n[COUNT_MAX], again[COUNT_MAX], refused[COUNT_MAX];

    (void)count_text((long long)list->values.len, n);
    (void)count_text((long long)list->repeated, again);
    (void)count_text((long long)list->refused, refused);
    app_say(&in->app, "%s: %s values for %s; %s stood there again and were left out.", path, n,
            list->input->label, again);
    if (bad)
        app_say(&in->app, "%s of them cannot be sent; the first, in line %zu: %s.", refused,
                bad->line, bad->why);
}

static bool read_source(struct loaded *l, struct invocation *in, struct query *q,
                        const struct source *s, struct err *e)
{
    const char *path = str_eq(s->path, "-") ? "standard input" : s->path;
    const struct input *input = find_input(q, s->field, e);
    struct value_list list;

    if (!input || !value_list_read(&list, input, s->path, s->column, e))
        return false;
    if (!value_list_resolve(&list, &in->app, e)) {
        value_list_free(&list);
        return false;
    }
    say_list(in, &list, path);
    value_list_put(&list, q);
    vec_push(&l->lists, list);
    return list.refused < list.values.len ||
           err_set(e, ERR_INVALID, "none of the values in %s can be sent", path);
}

size_t loaded_read(struct loaded *l, struct invocation *in, struct query *q)
{
    size_t faults = 0;

    for (size_t i = 0; i < in->opts.n_seen; i++) {
        struct source s = {0};
        struct err e;

        if (!str_eq(in->opts.seen[i].opt->name, "where-from"))
            continue;
        if (!cut(&s, in->opts.seen[i].value, &e) || !read_source(l, in, q, &s, &e)) {
            (void)cli_fail(&e);
            faults++;
        }
        free(s.copy);
    }
    return faults;
}

void loaded_begin(struct loaded *l, const struct query_parts *parts)
{
    for (size_t i = 0; i < l->lists.len; i++) {
        struct value_match m;

        value_match_begin(&m, &l->lists.items[i], parts);
        vec_push(&l->matches, m);
    }
}

const struct column *loaded_column(const struct loaded *l, size_t list)
{
    return l->matches.items[list].column;
}

static void say_fates(const struct invocation *in, const struct value_match *m)
{
    char n[FATES][COUNT_MAX], price[COUNT_MAX];
    size_t unclear = value_match_count(m, FATE_UNCLEAR);

    for (int i = 0; i < FATES; i++)
        (void)count_text((long long)value_match_count(m, (enum value_fate)i), n[i]);
    app_say(&in->app, "%s: %s values found something, %s found nothing, %s could not be sent.",
            m->list->input->label, n[FATE_MATCHED], n[FATE_UNMATCHED], n[FATE_REFUSED]);
    if (unclear && !opt_has(&in->opts, "each"))
        app_say(&in->app,
                "Of %s more it is unclear, since they went together or not at all: --each "
                "asks for them apart, %s requests at the most.",
                n[FATE_UNCLEAR], count_text(value_match_price(m), price));
    else if (unclear)
        app_say(&in->app, "Of %s more it stayed unclear, because --max-requests was reached.",
                n[FATE_UNCLEAR]);
}

static const char *fate_text(const struct value_match *m, size_t i)
{
    static const char *const names[FATES] = {[FATE_UNCLEAR] = "unclear",
                                             [FATE_MATCHED] = "matched",
                                             [FATE_UNMATCHED] = "found nothing",
                                             [FATE_REFUSED] = "not sent"};

    return names[m->fates[i]];
}

static void add_unmatched(const struct value_match *m, struct str *out)
{
    const struct csv_style style = {.separator = ','};
    uint64_t guarded = 0;

    for (size_t i = 0; i < m->list->values.len; i++) {
        const struct listed_value *v = &m->list->values.items[i];
        char line[24];

        if (m->fates[i] == FATE_MATCHED)
            continue;
        (void)snprintf(line, sizeof(line), "%zu", v->line);
        csv_cell(out, &style, v->text, true, &guarded);
        csv_cell(out, &style, line, false, &guarded);
        csv_cell(out, &style, fate_text(m, i), false, &guarded);
        csv_cell(out, &style, v->why ? v->why : "", false, &guarded);
        csv_line_end(out, &style);
    }
}

static bool write_unmatched(const struct loaded *l, const struct invocation *in, struct err *e)
{
    const char *path = opt_value(&in->opts, "unmatched", NULL);
    struct str text = {0};
    struct file_new f;
    bool ok;

    if (!path)
        return true;
    str_add(&text, "value,line,outcome,why\n");
    for (size_t i = 0; i < l->matches.len; i++)
        add_unmatched(&l->matches.items[i], &text);
    ok = file_new_open(&f, path, opt_has(&in->opts, "force"), e);
    if (ok && !file_write_all(f.fd, text.data, text.len)) {
        ok = err_errno(e, ERR_STORAGE, "%s could not be written", path);
        file_new_abort(&f);
    }
    ok = ok && file_new_commit(&f, e);
    str_free(&text);
    if (ok)
        app_say(&in->app, "The values that did not match are in %s.", path);
    return ok;
}

static bool ask_each(struct value_match *m, struct invocation *in, struct err *e)
{
    long long most = 0;
    char n[COUNT_WORDS_MAX];

    if (!opt_has(&in->opts, "each") || value_match_count(m, FATE_UNCLEAR) == 0)
        return true;
    if (!opt_int(&in->opts, "max-requests", 1, REQUESTS_MAX, &most, e))
        return false;
    app_say(&in->app, "Asking for the values apart takes %s at the most.",
            count_words(value_match_price(m), "request", n));
    if (!value_match_each(m, &in->app, most, e))
        return false;
    app_say(&in->app, "It took %s.", count_words(m->requests, "request", n));
    return true;
}

int loaded_tell(struct loaded *l, struct invocation *in, const long long *hits, bool whole)
{
    struct err e;

    for (size_t i = 0; i < l->matches.len; i++) {
        struct value_match *m = &l->matches.items[i];

        for (size_t part = 0; part < m->parts->n; part++)
            value_match_hits(m, part, hits[part], whole);
        if (!ask_each(m, in, &e))
            return cli_fail(&e);
        say_fates(in, m);
    }
    return l->matches.len == 0 || write_unmatched(l, in, &e) ? EXIT_DONE : cli_fail(&e);
}

void loaded_free(struct loaded *l)
{
    for (size_t i = 0; i < l->matches.len; i++)
        value_match_end(&l->matches.items[i]);
    for (size_t i = 0; i < l->lists.len; i++)
        value_list_free(&l->lists.items[i]);
    vec_free(&l->matches);
    vec_free(&l->lists);
}
