// Reading back how the desk was left: a line that is at fault costs only itself. UI thread.
// Floor: desk.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/line.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "desk/inside.h"

enum { FILE_CAP = 64 << 20 };

struct reader {
    struct desk *d;
    struct seat *seat;          // that the lines speak of; NULL before the first "in"
    const struct seat *dressed; // whose columns are being listed
    size_t faults;
    char first[ERR_TEXT_MAX]; // the first fault
};

static bool unknown(const struct word *w, const char *what, struct err *e)
{
    return line_fault(e, w, "there is no %s \"%.60s\"", what, w->text);
}

static struct seat *seat_named(struct desk *d, const char *name)
{
    for (size_t i = 0; i < d->private->n_seats; i++) {
        if (str_eq(d->private->seats[i].entity->name, name))
            return &d->private->seats[i];
    }
    return NULL;
}

static bool read_entity(struct reader *r, const struct line *l, struct err *e)
{
    const struct seat *s = seat_named(r->d, l->words[1].text);

    if (!s)
        return unknown(&l->words[1], "entity", e);
    desk_entity(r->d, s->entity);
    return true;
}

static bool read_switch(const struct line *l, bool *out, struct err *e)
{
    bool on = str_eq(l->words[1].text, "on");

    if (!on && !str_eq(l->words[1].text, "off"))
        return line_fault(e, &l->words[1], "%s is on or off", l->words[0].text);
    *out = on;
    return true;
}

static bool read_live_count(struct reader *r, const struct line *l, struct err *e)
{
    return read_switch(l, &r->d->live_count, e);
}

static bool read_privacy(struct reader *r, const struct line *l, struct err *e)
{
    return read_switch(l, &r->d->privacy, e);
}

static bool read_view(struct reader *r, const struct line *l, struct err *e)
{
    (void)e;
    view_put(r->d, l->words[1].text, l->words[2].text);
    return true;
}

static bool read_in(struct reader *r, const struct line *l, struct err *e)
{
    r->seat = seat_named(r->d, l->words[1].text);
    return r->seat || unknown(&l->words[1], "entity", e);
}

static bool read_where(struct reader *r, const struct line *l, struct err *e)
{
    return query_read(&seat_face(r->d, r->seat).filters->query, l->words[1].text, e);
}

static bool read_fields(struct reader *r, const struct line *l, struct err *e)
{
    struct selection s = {.entity = r->seat->entity};
    bool ok = selection_named(&s, l->words[1].text, e);

    selection_free(&s);
    if (!ok)
        return false;
    free(r->seat->fields);
    r->seat->fields = mem_strdup(l->words[1].text);
    return true;
}

static bool read_found(struct reader *r, const struct line *l, struct err *e)
{
    (void)l;
    (void)e;
    r->seat->had_rows = true;
    return true;
}

static bool read_found_by(struct reader *r, const struct line *l, struct err *e)
{
    return query_read(&seat_face(r->d, r->seat).results->query, l->words[1].text, e);
}

static bool find_column(const struct reader *r, const struct word *w, size_t *out, struct err *e)
{
    *out = desk_column_find(seat_face(r->d, r->seat).results, w->text);
    return *out != SIZE_MAX || unknown(w, "column", e);
}

static bool read_number(const struct word *w, size_t *out, struct err *e)
{
    long long n;

    if (!str_int64(w->text, &n) || n < 0)
        return line_fault(e, w, "\"%.40s\" is no number from 0 on", w->text);
    *out = (size_t)n;
    return true;
}

static bool read_column(struct reader *r, const struct line *l, struct err *e)
{
    struct results *results = seat_face(r->d, r->seat).results;
    size_t column = desk_column_find(results, l->words[1].text), width = 0;

    if (column == SIZE_MAX)
        return unknown(&l->words[1], "column", e);
    if ((l->n > 2 && !read_number(&l->words[2], &width, e)))
        return false;
    if (r->dressed != r->seat)
        results->n_shown = 0; // the first of a list takes the place of the usual ones
    r->dressed = r->seat;
    return columns_show(results, column, (int)width,
                        l->n > 3 && str_eq(l->words[3].text, "pinned")) ||
           line_fault(e, &l->words[1], "the column %s is there already", l->words[1].text);
}

static bool read_order(struct reader *r, const struct line *l, struct err *e)
{
    struct results *to = seat_face(r->d, r->seat).results;
    size_t column;

    if (!find_column(r, &l->words[1], &column, e))
        return false;
    if (to->n_keys == SORT_KEYS_MAX)
        return line_fault(e, &l->words[1], "rows are ordered by %d columns at most", SORT_KEYS_MAX);
    to->keys[to->n_keys++] = (struct sort_key){column, desk_column(to, column)->type,
                                               l->n > 2 && str_eq(l->words[2].text, "asc")};
    return true;
}

static bool read_rows_with(struct reader *r, const struct line *l, struct err *e)
{
    struct pattern *pattern = pattern_read(l->words[1].text, e);

    if (pattern)
        rows_filter_set(seat_face(r->d, r->seat).results, pattern, l->words[1].text, SIZE_MAX);
    return pattern != NULL;
}

static bool read_rows_of(struct reader *r, const struct line *l, struct err *e)
{
    struct results *to = seat_face(r->d, r->seat).results;
    const char *value = l->words[2].text;
    size_t column;

    if (!find_column(r, &l->words[1], &column, e))
        return false;
    rows_filter_set(to, pattern_value(value, desk_column(to, column)->type), value, column);
    return true;
}

static bool read_place(struct reader *r, const struct line *l, struct err *e)
{
    struct results *to = seat_face(r->d, r->seat).results;
    size_t *const numbers[] = {&to->place, &to->top, &to->at, &to->left};

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (!read_number(&l->words[i + 1], numbers[i], e))
            return false;
    }
    return true;
}

static bool read_detail(struct reader *r, const struct line *l, struct err *e)
{
    (void)e;
    detail_restore(r->d, r->seat, l->words[1].text);
    return true;
}

static bool read_mark(struct reader *r, const struct line *l, struct err *e)
{
    (void)e;
    marks_add(r->d, r->seat, l->words[1].text, l->words[2].text);
    return true;
}

static const struct {
    const char *name;
    size_t words;   // at least, itself among them
    bool of_a_seat; // stands behind an "in"
    bool (*read)(struct reader *r, const struct line *l, struct err *e);
} lines[] = {
    {"entity", 2, false, read_entity},
    {"live-count", 2, false, read_live_count},
    {"privacy", 2, false, read_privacy},
    {"view", 3, false, read_view},
    {"in", 2, false, read_in},
    {"where", 2, true, read_where},
    {"fields", 2, true, read_fields},
    {"found", 1, true, read_found},
    {"found-by", 2, true, read_found_by},
    {"detail", 2, true, read_detail},
    {"column", 2, true, read_column},
    {"order", 2, true, read_order},
    {"rows-with", 2, true, read_rows_with},
    {"rows-of", 3, true, read_rows_of},
    {"place", 5, true, read_place},
    {"mark", 3, true, read_mark},
};

static bool run(void *self, const struct line *l, struct err *e)
{
    struct reader *r = self;

    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        if (!str_eq(lines[i].name, l->words[0].text))
            continue;
        if (l->n < lines[i].words)
            return line_fault(e, &l->words[0], "%s is not whole", lines[i].name);
        if (lines[i].of_a_seat && !r->seat)
            return line_fault(e, &l->words[0], "%s stands before any entity", lines[i].name);
        return lines[i].read(r, l, e);
    }
    return unknown(&l->words[0], "line", e);
}

static void fault(void *self, const char *sentence)
{
    struct reader *r = self;

    if (r->faults++ == 0)
        (void)snprintf(r->first, sizeof(r->first), "%s", sentence);
}

static void finish(struct desk *d)
{
    for (size_t i = 0; i < d->private->n_seats; i++) {
        struct face at = seat_face(d, &d->private->seats[i]);

        filters_look(d, at.filters);
        at.results->at = at.results->at < at.results->n_shown ? at.results->at : 0;
        at.marks->summed = at.marks->n == 0;
    }
}

void session_restore(struct desk *d)
{
    struct reader r = {.d = d};
    const struct line_reader reader = {&r, run, fault};
    char *state = xdg_folder(XDG_STATE, &(struct err){0}), *path;
    struct str text = {0};
    struct err e;

    if (!state || !*d->profile) {
        free(state);
        return;
    }
    path = str_format("%s/%s/session", state, d->profile);
    if (file_read(path, FILE_CAP, &text, &e))
        (void)lines_read("session", str_text(&text), &reader);
    else if (e.kind != ERR_NOT_FOUND)
        desk_tell(d, &e);
    finish(d);
    d->private->touched = false;
    if (r.faults)
        desk_say(d, ERR_INVALID, "%zu line%s of the last session could not be read: %s", r.faults,
                 r.faults == 1 ? "" : "s", r.first);
    str_free(&text);
    free(path);
    free(state);
}
