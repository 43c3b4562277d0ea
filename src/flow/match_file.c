// A file of people or companies to be found. Floor: flow.
#include "flow/match_file.h"

#include <stdlib.h>
#include <string.h>

#include "api/flat.h"
#include "base/text.h"
#include "model/match_check.h"

enum { LOOKED_AT = 100, HEAD = 16 * 1024, COLUMNS_MAX = 1000 };

static const char bom[] = "\xef\xbb\xbf";

static void add_name(struct match_file *f, const char *name)
{
    char *trimmed = mem_strdup(name);

    vec_push(&f->names, mem_strdup(str_trim(trimmed)));
    free(trimmed);
    vec_push(&f->cells, "");
    vec_push(&f->starts, 0);
}

static void see_path(void *self, const char *path, const char *text)
{
    struct match_file *f = self;

    (void)text;
    if (map_has(&f->places, path) || f->names.len == COLUMNS_MAX)
        return;
    add_name(f, path);
    (void)map_put(&f->places, path, (void *)(uintptr_t)f->names.len);
}

// The paths of the lines that are in the first block; all of them come again.
static bool look_ahead(struct match_file *f, struct err *e)
{
    const char *p = str_text(&f->feed.bytes), *end = p + f->feed.bytes.len;

    for (int i = 0; i < LOOKED_AT && p < end; i++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        struct err ignored;

        if (!stop && !f->feed.eof && i > 0)
            break;
        stop = stop ? stop : end;
        (void)flat_object(p, (size_t)(stop - p), see_path, f, &ignored);
        p = stop + 1;
    }
    return f->names.len || err_set(e, ERR_INVALID, "%s: line 1 is no JSON object", f->path);
}

// A lone column of addresses needs no heading.
static void name_column(struct match_file *f)
{
    const char *value = f->feed.csv.values[0];

    f->held = f->feed.csv.n_values == 1 && strchr(value, '@') != NULL;
    if (f->held)
        add_name(f, "email");
}

static bool is_utf8(const char *const *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!text_valid(cells[i], strlen(cells[i])))
            return false;
    }
    return true;
}

// What would be lost without a word where the first line is a person.
static bool is_heading(const struct match_file *f, struct err *e)
{
    const struct csv_reader *csv = &f->feed.csv;

    if (!is_utf8(csv->values, csv->n_values))
        return err_set(e, ERR_INVALID,
                       "line 1 of %s is no UTF-8: save it as CSV in UTF-8, if it is a table at all",
                       f->path);
    for (size_t i = 0; !f->held && i < csv->n_values; i++) {
        if (strchr(csv->values[i], '@') && !match_check(MATCH_EMAIL, csv->values[i]))
            return err_set(e, ERR_INVALID,
                           "line 1 of %s holds an e-mail address, so it is no heading: put a line "
                           "above it that says what the columns are, like firstName,lastName,email",
                           f->path);
    }
    return true;
}

static bool read_heading(struct match_file *f, struct err *e)
{
    if (!feed_csv(&f->feed, e))
        return e->kind != ERR_NONE ? err_prefix(e, "%s", f->path)
                                   : err_set(e, ERR_INVALID, "%s is empty", f->path);
    name_column(f);
    if (!is_heading(f, e))
        return false;
    for (size_t i = 0; !f->held && i < f->feed.csv.n_values && i < COLUMNS_MAX; i++)
        add_name(f, f->feed.csv.values[i]);
    return true;
}

static bool read_columns(struct match_file *f, struct err *e)
{
    const char *first;

    while (f->feed.bytes.len < HEAD && feed_more(&f->feed, e))
        ;
    if (!f->feed.eof && e->kind != ERR_NONE)
        return err_prefix(e, "%s", f->path);
    first = str_text(&f->feed.bytes);
    if (str_starts(first, "\xff\xfe") || str_starts(first, "\xfe\xff"))
        return err_set(e, ERR_INVALID, "%s is UTF-16: save it as CSV in UTF-8", f->path);
    first += strspn(first, " \t\r\n");
    if (*first == '[')
        return err_set(e, ERR_INVALID, "%s is a JSON array; write its objects a line each",
                       f->path);
    f->json = *first == '{' || (str_starts(first, bom) && first[strlen(bom)] == '{');
    if (f->json && *first != '{')
        feed_drop(&f->feed, strlen(bom));
    return f->json ? look_ahead(f, e) : read_heading(f, e);
}

bool match_file_open(struct match_file *f, const char *path, struct err *e)
{
    *f = (struct match_file){.path = mem_strdup(str_eq(path, "-") ? "standard input" : path)};
    *e = (struct err){0};
    if (!feed_open(&f->feed, path, e)) {
        free(f->path);
        f->path = NULL;
        return false;
    }
    if (read_columns(f, e))
        return true;
    match_file_close(f);
    return false;
}

void match_file_close(struct match_file *f)
{
    if (!f->path)
        return;
    feed_close(&f->feed);
    for (size_t i = 0; i < f->names.len; i++)
        free(f->names.items[i]);
    vec_free(&f->names);
    vec_free(&f->cells);
    vec_free(&f->starts);
    map_free(&f->places, NULL);
    str_free(&f->text);
    free(f->path);
    *f = (struct match_file){0};
}

static void take_value(void *self, const char *path, const char *text)
{
    struct match_file *f = self;
    uintptr_t place = (uintptr_t)map_get(&f->places, path);

    if (!place)
        return;
    f->starts.items[place - 1] = f->text.len;
    str_add_len(&f->text, text, strlen(text) + 1);
}

// The values are put one behind another first, for the text moves while it grows.
static void read_object(struct match_file *f, const struct str *line)
{
    struct err ignored;

    str_clear(&f->text);
    str_add_char(&f->text, '\0');
    for (size_t i = 0; i < f->names.len; i++)
        f->starts.items[i] = 0;
    if (!flat_object(str_text(line), line->len, take_value, f, &ignored))
        f->fault = "it is no JSON object";
    for (size_t i = 0; i < f->names.len; i++)
        f->cells.items[i] = f->fault ? "" : f->text.data + f->starts.items[i];
}

static bool next_object(struct match_file *f, struct err *e)
{
    struct str line = {0};
    bool got;

    do {
        got = feed_line(&f->feed, &line, e);
        f->line += got;
    } while (got && line.len == 0);
    if (got)
        read_object(f, &line);
    str_free(&line);
    return got;
}

static bool next_record(struct match_file *f, struct err *e)
{
    const struct csv_reader *csv = &f->feed.csv;

    if (!f->held && !feed_csv(&f->feed, e))
        return false;
    f->held = false;
    f->line = csv->line;
    if (csv->n_values > f->names.len)
        f->fault = "it has more values than the heading";
    else if (!is_utf8(csv->values, csv->n_values))
        f->fault = "it is no UTF-8: save the file as UTF-8";
    for (size_t i = 0; i < f->names.len; i++)
        f->cells.items[i] = i < csv->n_values ? csv->values[i] : "";
    return true;
}

bool match_file_next(struct match_file *f, struct err *e)
{
    bool got;

    f->fault = NULL;
    e->kind = ERR_NONE;
    got = f->json ? next_object(f, e) : next_record(f, e);
    if (!got && e->kind != ERR_NONE)
        (void)err_prefix(e, "%s", f->path);
    return got;
}
