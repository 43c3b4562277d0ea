// One record in full: what the search said, what is owned with its source and age, the flags that
// duties hang on, and what was not bought. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/detail_pane.h"
#include "ui/pane/money.h"
#include "ui/pane/panes.h"
#include "ui/pane/when.h"

enum { LABEL_MAX = 26, TEXT_MAX = ERR_TEXT_MAX + 64, DAY_LEN = 10 };

static size_t row_count(void *self)
{
    return ((struct detail_pane *)self)->rows.len;
}

static bool is_flagged(const struct detail_field *f)
{
    return f->column->marks & COLUMN_COMPLIANCE && f->column->type == COLUMN_FLAG &&
           (str_eq_case(f->text, "true") || str_eq_case(f->text, "yes") || str_eq(f->text, "1"));
}

// Absence means something of its own where a duty hangs on the field (FACTS 11).
static const char *absent(const struct column *c)
{
    return c->marks & COLUMN_COMPLIANCE ? "not said, which permits nothing" : "-";
}

static const char *source_text(struct detail_pane *d, const struct detail_field *f)
{
    char age[WHEN_MAX];

    (void)snprintf(d->note, sizeof(d->note), "%s, %s", f->source,
                   when_age(f->as_of_ms, desk_utc_ms(d->pane.desk), age));
    return d->note;
}

// Its source and age stand at the head of its section; here where they are others.
static struct form_field field_row(struct detail_pane *d, const struct detail_field *f,
                                   const struct detail_field *head)
{
    struct form_field row = {.label = f->column->heading, .role = ROLE_TEXT};

    row.value = cell_told(d->pane.desk, f->column, f->text, d->value);
    if (!*f->text) {
        row.value = absent(f->column);
        row.role = ROLE_DIM;
    } else if (is_flagged(f)) {
        row.role = ROLE_WARNING;
    }
    if (!str_eq(f->source, head->source) || f->as_of_ms != head->as_of_ms)
        row.note = source_text(d, f);
    return row;
}

const struct detail_field *detail_field_of(const struct detail_pane *d, size_t i)
{
    const struct detail *now = &d->pane.desk->detail;
    const struct detail_row *row = i < d->rows.len ? &d->rows.items[i] : NULL;

    return row && !row->heading && !row->missing && row->field < now->n_fields
               ? &now->fields[row->field]
               : NULL;
}

// "Owned (library, 3 d)"
static struct form_field heading_row(struct detail_pane *d, const struct detail_row *row, size_t i)
{
    const struct detail_field *first = detail_field_of(d, i + 1);

    (void)snprintf(d->heading, sizeof(d->heading), "%s%s%s%s", row->heading, first ? " (" : "",
                   first ? source_text(d, first) : "", first ? ")" : "");
    return (struct form_field){.label = d->heading};
}

struct form_field detail_row_at(void *self, size_t i)
{
    struct detail_pane *d = self;
    const struct detail_row *row = &d->rows.items[i];
    const struct detail_field *f = detail_field_of(d, i), *head = detail_field_of(d, row->head);

    if (row->missing)
        return (struct form_field){
            .label = row->missing->heading, .value = "not bought", .role = ROLE_DIM};
    if (f)
        return field_row(d, f, head ? head : f);
    return heading_row(d, row, i);
}

// Is what a column tells known already, be it from the search?
static bool has_field(const struct detail *now, const struct column *c)
{
    for (size_t i = 0; i < now->n_fields; i++) {
        const struct detail_field *f = &now->fields[i];

        if (f->column == c || (*f->text && str_eq(f->column->path, c->path)))
            return true;
    }
    return false;
}

static void add_missing(struct detail_pane *d, const struct detail *now)
{
    const struct enrich_operation *op = &now->entity->enrich;
    size_t before = d->rows.len;

    for (size_t i = 0; i < op->n_columns; i++) {
        if (has_field(now, &op->columns[i]))
            continue;
        if (d->rows.len == before)
            vec_push(&d->rows, ((struct detail_row){.heading = "Not bought"}));
        vec_push(&d->rows, ((struct detail_row){.missing = &op->columns[i]}));
    }
}

static const struct column *row_column(const struct detail_pane *d, size_t i)
{
    const struct detail_row *row = i < d->rows.len ? &d->rows.items[i] : NULL;

    return !row ? NULL : row->missing ? row->missing : row->column;
}

// The cursor stays with its field, wherever that stands now; at the head it stays at the head.
static void follow(struct detail_pane *d, const struct column *c)
{
    struct scroll *s = &d->form.scroll;

    for (size_t i = 0; c && s->at > 1 && i < d->rows.len; i++) {
        if (row_column(d, i) != c)
            continue;
        s->top = s->top + i > s->at ? s->top + i - s->at : 0;
        s->at = i;
        return;
    }
    if (s->at <= 1)
        *s = (struct scroll){.at = d->rows.len > 1 ? 1 : 0};
}

static void make_rows(struct detail_pane *d, const struct detail *now)
{
    const char *section = NULL;
    size_t head = 0;

    d->rows.len = 0;
    for (size_t i = 0; i < now->n_fields; i++) {
        const struct detail_field *f = &now->fields[i];

        if (!section || !str_eq(section, f->section)) {
            vec_push(&d->rows, ((struct detail_row){.heading = f->section}));
            head = d->rows.len;
        }
        section = f->section;
        vec_push(&d->rows, ((struct detail_row){.field = i, .head = head, .column = f->column}));
    }
    if (now->id && now->entity && !now->asked)
        add_missing(d, now);
}

static void changed(struct pane *p, unsigned parts)
{
    struct detail_pane *d = detail_of(p);
    const struct detail *now = &p->desk->detail;
    const struct column *at = row_column(d, d->form.scroll.at);

    record_changed(p, &d->wait, parts);
    if (!(parts & ~(unsigned)DESK_LIBRARY))
        return;
    make_rows(d, now);
    if (!now->id || !d->id || !str_eq(d->id, now->id)) {
        free(d->id);
        d->id = now->id ? mem_strdup(now->id) : NULL;
        d->form.scroll = (struct scroll){.at = d->rows.len > 1 ? 1 : 0};
    } else {
        follow(d, at);
    }
    p->dirty = true;
}

// One line above all: where the record stands.
static void draw_standing(const struct pane *p, struct area a)
{
    const struct detail *now = &p->desk->detail;
    char until[WHEN_MAX], cost[SPAN_MAX];
    enum role role;
    bool free_now = now->note.known && now->note.free_until > desk_utc_ms(p->desk);

    (void)cost_text(&now->entity->charging, now->note, cost, &role);
    if (now->err.kind != ERR_NONE)
        (void)area_text(a, 0, 1, a.w - 1, ROLE_ERROR, now->err.text);
    else if (now->asked)
        (void)area_text(a, 0, 1, a.w - 1, ROLE_DIM, "looking into the library...");
    else if (free_now)
        (void)area_textf(a, 0, 1, a.w - 1, role, "owned, free until %.*s", DAY_LEN,
                         when_second(now->note.free_until, until));
    else
        (void)area_textf(a, 0, 1, a.w - 1, role, "%s: costs %s credit%s",
                         now->note.known ? standing_defs()[now->note.standing].name : "unsure",
                         cost, str_eq(cost, "1") ? "" : "s");
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct detail_pane *d = detail_of(p);
    char text[TEXT_MAX], key[KEY_TEXT_MAX];

    if (!p->desk->detail.id || !p->desk->detail.entity) {
        (void)snprintf(text, sizeof(text),
                       "No record yet: %s goes to the results, %s there shows one in full.",
                       key_text(p, "open results", key), reads_lines(p) ? "detail" : "Enter");
        empty_say(a, ROLE_DIM, text);
        return;
    }
    area_fill(area_part(a, 0, 0, 1, a.w), ROLE_TEXT);
    draw_standing(p, a);
    d->form.label_width = a.w / 2 < LABEL_MAX ? a.w / 2 : LABEL_MAX;
    form_draw(&d->form, area_part(a, 1, 0, a.h - 1, a.w), focused);
}

// Where no record was asked for yet, the row under the results' cursor is the one.
static void shown(struct pane *p)
{
    const struct results *now = &p->desk->results;
    const char *id = !p->desk->detail.id && now->table ? table_id(now->table, now->place) : NULL;

    if (id)
        desk_detail(p->desk, id);
}

static void status(const struct pane *p, struct str *out)
{
    const struct detail *now = &p->desk->detail;

    if (now->id && now->entity)
        str_addf(out, "%s %s", now->entity->name, now->id);
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    const struct detail_pane *d = (const struct detail_pane *)p;

    *at = d->form.scroll.at;
    *of_all = d->rows.len;
    return d->rows.len > 0;
}

static void close(struct pane *p)
{
    struct detail_pane *d = detail_of(p);

    form_free(&d->form);
    vec_free(&d->rows);
    str_free(&d->found);
    record_free(&d->wait);
    free(d->id);
    free(d);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct detail_pane *d = mem_zalloc(sizeof(*d));

    d->pane = (struct pane){.ops = &pane_detail, .desk = desk, .host = host, .dirty = true};
    d->form.source = (struct form_source){d, row_count, detail_row_at};
    changed(&d->pane, DESK_DETAIL);
    return &d->pane;
}

const struct pane_ops pane_detail = {
    .name = "detail",
    .title = "Detail",
    .about = "One record in full: what the search said of it, what is owned and until when, and "
             "what was not bought. Each value with where it is from and how old it is.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .actions = detail_actions,
    .event = detail_event,
    .watches = DESK_DETAIL | DESK_LIBRARY,
    .changed = changed,
    .status = status,
    .place = place,
    .offers = detail_offers,
};
