// A list of values for one input, read from a file or pasted. One owner at a time. Floor: flow.
#include "flow/value_list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "flow/lists.h"
#include "model/query_value.h"

enum { FILE_CAP = 64 << 20, HEADINGS_MAX = 200, LOOKED_AT = 20 };

// What reading goes on.
struct reading {
    struct value_list *list;
    struct map seen; // folded
};

// Takes a copy of a value; false: there are too many.
static bool take(struct reading *r, const char *text, size_t line, struct err *e)
{
    struct value_list *l = r->list;
    char *copy = mem_strdup(text), *value = mem_strdup(str_trim(copy)), *folded = text_fold(value);
    struct listed_value v = {.line = line};
    struct err why;
    bool again = !*value || map_has(&r->seen, folded);

    if (*value && again)
        l->repeated++;
    if (!again) {
        (void)map_put(&r->seen, folded, r);
        v.text = value_phrase(l->input, value);
        value = NULL;
        if (!query_settle(l->input, &v.text, &why)) {
            v.why = mem_strdup(why.text);
            l->refused++;
        }
        vec_push(&l->values, v);
    }
    free(value);
    free(folded);
    free(copy);
    return l->values.len <= VALUE_LIST_MAX ||
           err_set(e, ERR_INVALID, "there are more than %d values, and no list may have more",
                   VALUE_LIST_MAX);
}

// Letters and digits only, small: "ZIP code", "zip_code" and "zipCode" are one heading.
static char *plain(const char *name)
{
    struct str out = {0};

    for (; *name; name++) {
        if (isalnum((unsigned char)*name))
            str_add_char(&out, str_lower(*name));
    }
    return str_take(&out);
}

static bool same_plain(const char *a, const char *b)
{
    char *x = plain(a), *y = plain(b);
    bool same = *x && str_eq(x, y);

    free(x);
    free(y);
    return same;
}

static bool names_input(const struct input *in, const char *heading)
{
    return same_plain(heading, in->name) || same_plain(heading, in->label);
}

// The column asked for, or the one that is called as the input is; n_values where there is none.
static size_t find_column(const struct csv_reader *csv, const struct input *in, const char *column)
{
    for (size_t i = 0; i < csv->n_values; i++) {
        if (column ? same_plain(csv->values[i], column) : names_input(in, csv->values[i]))
            return i;
    }
    return csv->n_values;
}

static bool no_column(const struct csv_reader *csv, const char *column, struct err *e)
{
    struct str found = {0};

    for (size_t i = 0; i < csv->n_values && found.len < HEADINGS_MAX; i++) {
        str_add(&found, i ? ", " : "");
        text_clean(csv->values[i], strlen(csv->values[i]), &found);
    }
    (void)err_set(e, ERR_INVALID, "it has no column \"%.60s\"; its columns are: %s", column,
                  str_text(&found));
    str_free(&found);
    return false;
}

static bool take_column(struct reading *r, struct csv_reader *csv, size_t at, struct err *e)
{
    while (csv_next(csv, e)) {
        if (at < csv->n_values && !take(r, csv->values[at], csv->line, e))
            return false;
    }
    return e->kind == ERR_NONE;
}

// A line's text without the quotes around all of it.
static char *line_value(const char *text, size_t len)
{
    char *copy = mem_strndup(text, len), *value = str_trim(copy), *out;
    size_t n = strlen(value);

    if (n >= 2 && *value == '"' && value[n - 1] == '"' && !memchr(value + 1, '"', n - 2))
        out = mem_strndup(value + 1, n - 2);
    else
        out = mem_strdup(value);
    free(copy);
    return out;
}

static bool take_lines(struct reading *r, const char *text, struct err *e)
{
    text += str_starts(text, "\xef\xbb\xbf") ? 3 : 0;
    for (size_t number = 1; *text; number++) {
        size_t len = strcspn(text, "\n");
        char *value = line_value(text, len);
        bool heading = number == 1 && names_input(r->list->input, value);
        bool ok = heading || take(r, value, number, e);

        free(value);
        if (!ok)
            return false;
        text += len + (text[len] == '\n');
    }
    return true;
}

static size_t count(const char *text, size_t len, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += text[i] == c;
    return n;
}

// One line longer than any value may be: it is written as it would be typed, with separators.
static bool is_one_row(const struct csv_reader *csv, const char *text)
{
    const char *end = strchr(text, '\n');

    return csv->n_values > 1 && strlen(text) > VALUE_MAX && (!end || !end[strspn(end, "\r\n ")]);
}

static bool take_row(struct reading *r, const struct csv_reader *csv, struct err *e)
{
    for (size_t i = 0; i < csv->n_values; i++) {
        if (!take(r, csv->values[i], csv->line, e))
            return false;
    }
    return true;
}

// Do the first lines all have the same number of separators, and is that no chance? A name may well
// have one comma in it.
static bool looks_like_table(const char *text, char separator)
{
    size_t want = 0, lines = 0;

    for (; *text && lines < LOOKED_AT; lines++) {
        size_t len = strcspn(text, "\n"), n = count(text, len, separator);

        if (n == 0 || (lines > 0 && n != want))
            return false;
        want = n;
        text += len + (text[len] == '\n');
    }
    return lines > 1 && (want > 1 || separator == '\t');
}

static bool parse(struct reading *r, struct csv_reader *csv, const char *text, const char *column,
                  struct err *e)
{
    const struct input *in = r->list->input;
    bool read = csv_next(csv, e);
    size_t at = read ? find_column(csv, in, column) : 0;

    if (read && at < csv->n_values)
        return take_column(r, csv, at, e);
    if (column && read)
        return no_column(csv, column, e);
    if (column && e->kind != ERR_NONE)
        return false;
    if (read && is_one_row(csv, text))
        return take_row(r, csv, e);
    if (looks_like_table(text, csv->separator))
        return err_set(e, ERR_INVALID,
                       "it looks like a table, and none of its columns is called \"%s\" or \"%s\"; "
                       "say which column to take: FILE:COLUMN",
                       in->name, in->label);
    return take_lines(r, text, e);
}

bool value_list_parse(struct value_list *l, const struct input *input, const char *text, size_t len,
                      const char *column, struct err *e)
{
    struct reading r = {.list = l};
    struct csv_reader csv;
    bool ok;

    *l = (struct value_list){.input = input};
    *e = (struct err){0};
    if (strlen(text) != len)
        return err_set(e, ERR_INVALID, "it holds a NUL byte; is it a text?");
    csv = csv_open(text, len);
    ok = parse(&r, &csv, text, column, e);
    csv_close(&csv);
    map_free(&r.seen, NULL);
    if (ok && l->values.len == 0)
        ok = err_set(e, ERR_INVALID, "it holds no values");
    if (!ok)
        value_list_free(l);
    return ok;
}

bool value_list_read(struct value_list *l, const struct input *input, const char *path,
                     const char *column, struct err *e)
{
    struct str bytes = {0};
    bool ok = file_read(path, FILE_CAP, &bytes, e);

    *l = (struct value_list){.input = input};
    if (ok) {
        ok = value_list_parse(l, input, str_text(&bytes), bytes.len, column, e) ||
             err_prefix(e, "%s", str_eq(path, "-") ? "standard input" : path);
    }
    str_free(&bytes);
    return ok;
}

static void resolve_value(struct value_list *l, struct listed_value *v,
                          const struct lookup_list *list)
{
    const struct lookup_value *known = lookup_value_find(list, v->text), *near;

    if (known) {
        free(v->text);
        v->text = mem_strdup(known->id);
        return;
    }
    near = lookup_value_nearest(list, v->text);
    v->why = str_format("%s has no value \"%.80s\"%s%.80s%s", l->input->label, v->text,
                        near ? "; the nearest is \"" : "",
                        near ? *near->name ? near->name : near->id : "", near ? "\"" : "");
    l->refused++;
}

bool value_list_resolve(struct value_list *l, struct app *a, struct err *e)
{
    const struct lookup_def *def = l->input->lookup ? lookup_find(l->input->lookup) : NULL;
    struct lookup_list list = {0};
    int64_t when;

    if (!def || def->query || l->input->free_text)
        return true;
    if (!lists_get(a, def->path, false, &list, &when, e)) {
        if (e->kind == ERR_CANCELLED || e->kind == ERR_UNAUTHORISED)
            return false;
        app_say(a, "The values of %s go as they are: %s.", l->input->label, e->text);
        return true;
    }
    for (size_t i = 0; i < l->values.len; i++) {
        if (!l->values.items[i].why)
            resolve_value(l, &l->values.items[i], &list);
    }
    lookup_free(&list);
    return true;
}

void value_list_put(const struct value_list *l, struct query *q)
{
    const char **values = mem_array(l->values.len, sizeof(*values));
    size_t n = 0;

    for (size_t i = 0; i < l->values.len; i++) {
        if (!l->values.items[i].why)
            values[n++] = l->values.items[i].text;
    }
    query_put(q, l->input, values, n);
    free(values);
}

void value_list_free(struct value_list *l)
{
    for (size_t i = 0; i < l->values.len; i++) {
        free(l->values.items[i].text);
        free(l->values.items[i].why);
    }
    vec_free(&l->values);
    *l = (struct value_list){0};
}
