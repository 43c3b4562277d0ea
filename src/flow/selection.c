// Which records of an entity, and which of their fields. One owner at a time. Floor: flow.
#include "flow/selection.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "flow/lists.h"
#include "flow/preset.h"

enum { HEADING_MAX = 60 };

void selection_empty(struct selection *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->ids[i]);
        if (s->matches)
            free(s->matches[i]);
    }
    s->n = 0;
}

void selection_clear(struct selection *s)
{
    selection_empty(s);
    s->n_odd = 0;
    s->n_wrong = 0;
}

void selection_free(struct selection *s)
{
    selection_clear(s);
    free(s->matches);
    free(s->ids);
    free(s->fields);
    free(s->required);
    free(s->fields_key);
    free(s->odd);
    *s = (struct selection){0};
}

char *selection_id(const char *text)
{
    const char *digits = text + (*text == '-');
    long long number;

    return *digits == '0' && str_int64(text, &number) ? str_format("%lld", number)
                                                      : mem_strdup(text);
}

void selection_add(struct selection *s, const char *id)
{
    if (s->n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 64;
        s->ids = mem_regrow(s->ids, s->cap, sizeof(*s->ids));
        if (s->matches)
            s->matches = mem_regrow(s->matches, s->cap, sizeof(*s->matches));
    }
    if (s->matches)
        s->matches[s->n] = NULL;
    s->ids[s->n++] = selection_id(id);
}

void selection_add_input(struct selection *s, struct enrich_input input)
{
    selection_add(s, input.id);
    if (!input.match)
        return;
    if (!s->matches)
        s->matches = mem_array(s->cap, sizeof(*s->matches));
    s->matches[s->n - 1] = mem_strdup(input.match);
}

struct enrich_input selection_input(const struct selection *s, size_t i)
{
    return (struct enrich_input){s->ids[i], s->matches ? s->matches[i] : NULL};
}

// Is name one of the '|'-separated names, without case?
static bool among(const char *names, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = names; n; p++) {
        size_t len = strcspn(p, "|");

        if (len == n && strncasecmp(p, name, n) == 0)
            return true;
        p += len;
        if (!*p)
            break;
    }
    return false;
}

static bool is_id(const char *text)
{
    long long number;

    return str_int64(text, &number);
}

// A lone column of ids needs no heading.
size_t selection_id_column(const struct selection *s, const struct match_file *f, bool *bare)
{
    size_t i = 0;

    *bare = f->names.len == 1 && is_id(f->names.items[0]);
    while (!*bare && i < f->names.len && !among(s->entity->id_names, f->names.items[i]))
        i++;
    return i;
}

static bool no_id_column(const struct selection *s, const struct match_file *f, struct err *e)
{
    struct str found = {0};

    for (size_t i = 0; i < f->names.len && found.len < HEADING_MAX; i++) {
        str_add(&found, i ? ", " : "");
        text_clean(f->names.items[i], strlen(f->names.items[i]), &found);
    }
    (void)err_set(e, ERR_INVALID, "%s has no column with %s ids (one of %s); its columns are: %.*s",
                  f->path, s->entity->name, s->entity->id_names, HEADING_MAX * 2, str_text(&found));
    str_free(&found);
    return false;
}

static bool is_empty(const struct match_file *f)
{
    size_t i = 0;

    while (i < f->cells.len && !*f->cells.items[i])
        i++;
    return i == f->cells.len;
}

static void add_odd(struct selection *s, size_t line, const char *why)
{
    s->odd = mem_regrow(s->odd, s->n_odd + 1, sizeof(*s->odd));
    s->odd[s->n_odd++] = (struct selection_odd){line, why};
}

static void take_record(struct selection *s, const struct match_file *f, size_t at)
{
    const char *id = f->cells.items[at];

    if (f->fault || (!*id && !is_empty(f))) {
        add_odd(s, f->line, f->fault ? f->fault : "it has no id");
    } else if (*id) {
        selection_add(s, id);
        s->n_wrong += !is_id(id);
    }
}

bool id_reader_open(struct id_reader *r, const struct selection *s, struct match_file *f,
                    struct err *e)
{
    *r = (struct id_reader){.file = f};
    r->at = selection_id_column(s, f, &r->first);
    return r->at < f->names.len || no_id_column(s, f, e);
}

bool id_reader_next(struct id_reader *r, struct selection *s, size_t most, struct err *e)
{
    s->from_outside = true;
    if (r->first)
        selection_add(s, r->file->names.items[0]);
    r->first = false;
    e->kind = ERR_NONE;
    while (s->n < most && match_file_next(r->file, e))
        take_record(s, r->file, r->at);
    return e->kind == ERR_NONE;
}

bool selection_take(struct selection *s, struct match_file *f, struct err *e)
{
    struct id_reader r;

    return id_reader_open(&r, s, f, e) && id_reader_next(&r, s, SIZE_MAX, e);
}

bool selection_has_any(const struct selection *s, const struct match_file *f, struct err *e)
{
    if (s->n)
        return true;
    if (s->n_odd)
        return err_set(e, ERR_INVALID, "%s holds no %s ids; line %zu: %s", f->path, s->entity->name,
                       s->odd[0].line, s->odd[0].why);
    return err_set(e, ERR_INVALID, "%s holds no %s ids", f->path, s->entity->name);
}

bool selection_read(struct selection *s, const char *path, struct err *e)
{
    struct match_file f;
    bool ok =
        match_file_open(&f, path, e) && selection_take(s, &f, e) && selection_has_any(s, &f, e);

    match_file_close(&f);
    return ok;
}

static void add_field(struct selection *s, const struct column *c)
{
    for (size_t i = 0; i < s->n_fields; i++) {
        if (s->fields[i] == c)
            return;
    }
    s->fields = mem_regrow(s->fields, s->n_fields + 1, sizeof(*s->fields));
    s->fields[s->n_fields++] = c;
}

static void add_marked(struct selection *s, unsigned marks)
{
    const struct enrich_operation *op = &s->entity->enrich;

    for (size_t i = 0; i < op->n_columns; i++) {
        if (op->columns[i].marks & marks)
            add_field(s, &op->columns[i]);
    }
}

static void require(struct selection *s, const struct column *c)
{
    for (size_t i = 0; i < s->n_required; i++) {
        if (s->required[i] == c)
            return;
    }
    s->required = mem_regrow(s->required, s->n_required + 1, sizeof(*s->required));
    s->required[s->n_required++] = c;
}

static bool add_unknown(const struct selection *s, const char *name, struct err *e)
{
    const struct enrich_operation *op = &s->entity->enrich;
    const char *near = column_nearest(op->columns, op->n_columns, name);

    return err_set(e, ERR_INVALID, "enriching a %s has no field \"%.60s\"%s%s%s", s->entity->name,
                   name, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

// One name, with what may stand around it: "!email", and of a preset "?phone = Phone".
static bool add_name(struct selection *s, char *name, struct err *e)
{
    const struct enrich_operation *op = &s->entity->enrich;
    bool must, may_lack;
    const struct column *c;

    name[strcspn(name, "=")] = '\0';
    name = str_trim(name);
    must = *name == '!';
    may_lack = *name == '?';
    name = str_trim(name + (must || may_lack));
    c = column_find(op->columns, op->n_columns, name);
    if (!c)
        return may_lack || add_unknown(s, name, e);
    add_field(s, c);
    if (must)
        require(s, c);
    return true;
}

static bool add_list(struct selection *s, const char *names, struct err *e)
{
    char *copy = mem_strdup(names), *rest = copy, *name;
    bool ok = true;

    while (ok && (name = strsep(&rest, ",")) != NULL)
        ok = add_name(s, name, e);
    free(copy);
    return ok;
}

// A shipped preset may name none: the usual ones.
static bool add_preset(struct selection *s, const char *name, struct err *e)
{
    struct str names = {0};
    bool ok = preset_get(name, s->entity, &names, e);

    if (ok && names.len)
        ok = add_list(s, names.data, e);
    else if (ok)
        add_marked(s, COLUMN_SHOWN);
    str_free(&names);
    return ok;
}

bool selection_named(struct selection *s, const char *names, struct err *e)
{
    char *copy = mem_strdup(names), *rest = copy, *name;
    bool ok = true, plain = false;

    while (ok && (name = strsep(&rest, ",")) != NULL) {
        name = str_trim(name);
        plain = plain || *name != '!';
        ok = *name == '@' ? add_preset(s, name + 1, e) : add_name(s, name, e);
    }
    free(copy);
    if (ok && !plain)
        add_marked(s, COLUMN_SHOWN);
    return ok;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void make_key(struct selection *s)
{
    const char **names = mem_array(s->n_fields, sizeof(*names));
    struct str key = {0};

    for (size_t i = 0; i < s->n_fields; i++)
        names[i] = s->fields[i]->name;
    qsort(names, s->n_fields, sizeof(*names), by_text);
    for (size_t i = 0; i < s->n_fields; i++) {
        str_add(&key, i ? "," : "");
        str_add(&key, names[i]);
    }
    free(names);
    free(s->fields_key);
    s->fields_key = str_take(&key);
}

bool selection_drop_fields(struct selection *s, const char *names)
{
    size_t kept = 0, dropped = 0, before = s->n_fields;

    for (size_t i = 0; i < before; i++) {
        char *bars = mem_strdup(names);

        for (char *p = bars; *p; p++)
            *p = *p == ',' ? '|' : *p;
        if (!among(bars, s->fields[i]->name))
            s->fields[kept++] = s->fields[i];
        else
            dropped += i >= 1 && i <= s->named;
        free(bars);
    }
    s->n_fields = kept;
    s->named -= dropped;
    make_key(s);
    return kept < before;
}

bool selection_requires(const struct selection *s, const char *names)
{
    char *bars = mem_strdup(names);
    bool found = false;

    for (char *p = bars; *p; p++)
        *p = *p == ',' ? '|' : *p;
    for (size_t i = 0; i < s->n_required; i++)
        found = found || among(bars, s->required[i]->name);
    free(bars);
    return found;
}

void selection_names(const struct selection *s, struct str *out)
{
    for (size_t i = 0; i < s->n_fields; i++)
        str_addf(out, "%s%s%s", i ? "," : "", selection_requires(s, s->fields[i]->name) ? "!" : "",
                 s->fields[i]->name);
}

// Takes out what the account may not use, and says so. Of the usual fields, those that its own list
// does not even name go silently: that list is the account's, ours the product's (FACTS 4).
static bool drop_denied(struct selection *s, struct app *a, bool usual, struct err *e)
{
    char *operation = str_format("%s/enrich", s->entity->name);
    struct map granted = {0}, denied = {0};
    struct str named = {0}, unnamed = {0};
    bool ok;

    lists_fields(a, operation, &granted, &denied);
    for (size_t i = 0; i < s->n_fields; i++) {
        const char *name = s->fields[i]->name;

        if (lists_name(&denied, name))
            str_addf(&named, "%s%s", named.len ? "," : "", name);
        else if (usual && granted.len && !lists_name(&granted, name))
            str_addf(&unnamed, "%s%s", unnamed.len ? "," : "", name);
    }
    ok = !named.len || !selection_requires(s, named.data) ||
         err_set(e, ERR_FORBIDDEN, "what is required must be in your account, and is not all: %s",
                 named.data);
    if (unnamed.len)
        (void)selection_drop_fields(s, unnamed.data);
    if (ok && named.len && selection_drop_fields(s, named.data) && !usual)
        app_say(a, "Left out, because this account may not use them: %s.", named.data);
    str_free(&named);
    str_free(&unnamed);
    map_free(&granted, NULL);
    map_free(&denied, NULL);
    free(operation);
    return ok;
}

static bool any_personal(const struct selection *s)
{
    for (size_t i = 0; i < s->n_fields; i++) {
        if (s->fields[i]->marks & COLUMN_PERSONAL)
            return true;
    }
    return false;
}

bool selection_fields(struct selection *s, struct app *a, const char *names, struct err *e)
{
    const struct column *id;

    id = column_find(s->entity->enrich.columns, s->entity->enrich.n_columns, s->entity->id_path);
    if (id)
        add_field(s, id);
    if (!names)
        add_marked(s, COLUMN_SHOWN);
    else if (!selection_named(s, names, e))
        return false;
    s->named = names ? s->n_fields - 1 : 0;
    s->any_named = s->named > 0;
    if (any_personal(s))
        add_marked(s, COLUMN_COMPLIANCE);
    if (!drop_denied(s, a, names == NULL, e))
        return false;
    make_key(s);
    return selection_brings(s) ||
           err_set(e, ERR_FORBIDDEN,
                   "this account may use none of the fields asked for, so nothing is worth buying; "
                   "lode fields %s says which it may",
                   s->entity->name);
}

bool selection_brings(const struct selection *s)
{
    return s->n_fields > 0 && (!s->any_named || s->named > 0);
}
