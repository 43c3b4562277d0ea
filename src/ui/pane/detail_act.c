// What the detail pane does for commands and the mouse. UI thread. Floor: ui/pane.
#include "ui/pane/detail_pane.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/reader.h"

static const struct detail_field *field_here(const struct detail_pane *d)
{
    return detail_field_of(d, d->form.scroll.at);
}

static bool no_field(struct err *e)
{
    return err_set(e, ERR_INVALID, "there is no value here");
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    const struct detail_field *f = field_here(detail_of(p));
    char buf[CELL_MAX];

    (void)line;
    if (!f || !*f->text)
        return no_field(e);
    host_popup(p->host, reader_open(p->desk, p->host, f->column->heading,
                                    cell_told(p->desk, f->column, f->text, buf)));
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    p->dirty |= form_move(&detail_of(p)->form, action_move(line));
    return true;
}

static bool copy_cell(struct pane *p, const struct line *line, struct err *e)
{
    const struct detail_field *f = field_here(detail_of(p));

    (void)line;
    if (!f)
        return no_field(e);
    copy_told(p->desk, p->host, f->text, f->column->heading);
    return true;
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    const struct detail *now = &p->desk->detail;
    struct str all = {0};

    (void)line;
    if (!now->n_fields)
        return no_field(e);
    for (size_t i = 0; i < now->n_fields; i++) {
        if (*now->fields[i].text)
            str_addf(&all, "%s\t%s\n", now->fields[i].column->heading, now->fields[i].text);
    }
    copy_told(p->desk, p->host, str_text(&all), "the record, a line a field");
    str_free(&all);
    return true;
}

// The first https address in a value, as long as it goes; the caller frees it. NULL: there is none.
static char *address_in(const char *text)
{
    const char *at = strstr(text, "https://");

    return at ? mem_strndup(at, strcspn(at, " ;,\"'<>")) : NULL;
}

static bool open_url(struct pane *p, const struct line *line, struct err *e)
{
    const struct detail_field *f = field_here(detail_of(p));
    char *url = f ? address_in(f->text) : NULL;
    bool ok = url && desk_browse(url, e);

    (void)line;
    if (!url)
        return err_set(e, ERR_INVALID, "there is no https address in this field");
    if (ok)
        host_say(p->host, ROLE_TEXT, "Given to the browser: %s", url);
    free(url);
    return ok;
}

static bool step(struct pane *p, int by, struct err *e)
{
    const struct results *now = &p->desk->results;
    long long at =
        p->desk->detail.id && now->table ? table_place(now->table, p->desk->detail.id) : TABLE_NONE;
    const char *id;

    if (p->desk->detail.of_library)
        return desk_library_step(p->desk, by, e);
    if (at == TABLE_NONE)
        return err_set(e, ERR_INVALID, "this record is not among the results shown");
    at += by;
    if (at < 0 || at >= (long long)table_rows(now->table))
        return err_set(e, ERR_INVALID, "this is the %s row", by < 0 ? "first" : "last");
    desk_place(p->desk, (size_t)at, now->top, now->at, now->left);
    id = table_id(now->table, (size_t)at);
    if (!id) {
        desk_look(p->desk, (size_t)at, 1);
        return err_set(e, ERR_INVALID, "that row is being fetched; try again in a moment");
    }
    desk_detail(p->desk, id);
    return true;
}

static bool next_record(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return step(p, 1, e);
}

static bool prev_record(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return step(p, -1, e);
}

static bool row_holds(struct detail_pane *d, size_t i, const char *text)
{
    struct form_field f = detail_row_at(d, i);

    return f.value && (str_find_case(f.label, text) || str_find_case(f.value, text));
}

static bool find(struct detail_pane *d, int by, struct err *e)
{
    size_t n = d->rows.len, at = d->form.scroll.at;

    for (size_t i = 0; d->found.len && i < n; i++) {
        at = (at + n + (size_t)by) % n;
        if (row_holds(d, at, str_text(&d->found))) {
            scroll_to(&d->form.scroll, at);
            d->pane.dirty = true;
            return true;
        }
    }
    return err_set(e, ERR_NOT_FOUND, "no field holds \"%s\"", str_text(&d->found));
}

static bool find_text(struct pane *p, const struct line *line, struct err *e)
{
    str_clear(&detail_of(p)->found);
    action_text(line, &detail_of(p)->found);
    return find(detail_of(p), 1, e);
}

static bool find_next(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return find(detail_of(p), 1, e);
}

static bool find_prev(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return find(detail_of(p), -1, e);
}

// What stands in the note of the record, as the library has it.
static const char *note_of(const struct detail *now)
{
    for (size_t i = 0; i < now->n_fields; i++) {
        if (str_eq(now->fields[i].column->name, "note"))
            return now->fields[i].text;
    }
    return NULL;
}

static bool note(struct pane *p, const struct line *line, struct err *e)
{
    const struct detail *now = &p->desk->detail;

    return record_note(p, &detail_of(p)->wait, now->id, note_of(now), line, e);
}

// Of what is shown, whatever is marked.
static bool tag(struct pane *p, const struct line *line, struct err *e)
{
    const char *id = p->desk->detail.id;

    return id ? record_tag(p, &detail_of(p)->wait, id, line, e)
              : err_set(e, ERR_INVALID, "there is no record here");
}

static bool history(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return record_history(p, &detail_of(p)->wait, p->desk->detail.id, e);
}

bool detail_event(struct pane *p, const struct event *ev)
{
    struct event within = *ev;
    enum form_result r;

    within.y--; // below where the record stands
    r = form_event(&detail_of(p)->form, &within);
    if (r == FORM_CHOSEN)
        host_command(p->host, "choose");
    p->dirty |= r != FORM_NOT_MINE;
    return r != FORM_NOT_MINE;
}

const struct pane_action detail_actions[] = {
    MOVES_TO(move),
    {"choose", choose},
    {"copy-cell", copy_cell},
    {"copy-row", copy_row},
    {"open-url", open_url},
    {"next-record", next_record},
    {"prev-record", prev_record},
    {"find", find_text},
    {"find-next", find_next},
    {"find-prev", find_prev},
    {"note", note},
    {"tag", tag},
    {"untag", tag},
    {"history", history},
    {NULL, NULL},
};

bool detail_offers(const struct pane *p, const char *command)
{
    (void)command;
    return p->desk->detail.id;
}
