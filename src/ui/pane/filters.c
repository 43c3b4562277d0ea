// The filters being built: the most used fields first, whatever else is set below them, then how
// many records match and what asking costs. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/cells.h"
#include "ui/pane/filters_pane.h"
#include "ui/pane/input_picker.h"
#include "ui/pane/panes.h"
#include "ui/widget/dialog.h"

enum { TEXT_MAX = 200, WAS_MAX = COUNT_MAX + 16, LABEL_MIN = 10, LABEL_MAX = 24 };

static size_t row_count(void *self)
{
    return ((struct filters_pane *)self)->rows.n + AROUND_INPUTS;
}

const char *filter_told(const struct input *in, const char *text)
{
    if (in->kind != INPUT_FLAG)
        return text;
    return str_eq_case(text, "true") || str_eq(text, "1")    ? "yes"
           : str_eq_case(text, "false") || str_eq(text, "0") ? "no"
                                                             : text;
}

// What a person is looked for by is a person's value.
static const char *shown_value(const struct desk *d, const struct input *in)
{
    const char *text = desk_filter_get(d, in);

    return d->privacy && in->group == GROUP_WHO && *text ? cell_mask() : text;
}

static struct form_field input_field(struct filters_pane *f, size_t i)
{
    const struct input *in = f->rows.inputs[i], *included = entity_included(f->entity, in);
    const char *text = shown_value(f->pane.desk, in);
    struct form_field field = {.label = included ? included->label : in->label};

    if (filter_rows_goes_on(&f->rows, f->entity, i))
        field.label = "";
    str_clear(&f->value);
    if (*text || in->bound != BOUND_NONE)
        str_addf(&f->value, "%s %s", input_sign(f->entity, in), filter_told(in, text));
    field.value = str_text(&f->value);
    field.role = !*text ? ROLE_DIM : included ? ROLE_WARNING : ROLE_TEXT;
    field.note = *text ? in->unit : NULL;
    return field;
}

static struct form_field field_at(void *self, size_t row)
{
    struct filters_pane *f = self;

    if (input_at(f, row))
        return input_field(f, row - BEFORE_INPUTS);
    if (row == add_row(f))
        return (struct form_field){.label = "+ another field", .value = "", .role = ROLE_DIM};
    if (row == search_row(f))
        return (struct form_field){
            .label = "Search",
            .value = f->pane.desk->filters.changed ? "changed: Enter searches" : "Enter searches",
            .note = "1 request a page",
            .role = f->pane.desk->filters.changed ? ROLE_STRONG : ROLE_DIM};
    return (struct form_field){
        .label = "Looking for", .value = f->entity->plural, .role = ROLE_STRONG};
}

void filters_refill(struct filters_pane *f)
{
    const struct input *here = f->rows.n ? input_here(f) : NULL;
    size_t from_end = f->rows.n + AROUND_INPUTS - f->form.scroll.at;

    if (f->entity != f->pane.desk->filters.entity) {
        f->entity = f->pane.desk->filters.entity;
        f->rows.wanted = here = NULL;
        f->form.editing = false;
    }
    filter_rows_fill(&f->rows, &f->pane.desk->filters.query);
    if (here && filter_rows_find(&f->rows, here) < f->rows.n)
        f->form.scroll.at = filter_rows_find(&f->rows, here) + BEFORE_INPUTS;
    else if (f->form.scroll.at > 0 && from_end < AROUND_INPUTS)
        f->form.scroll.at = f->rows.n + AROUND_INPUTS - from_end;
    if (f->form.scroll.at >= row_count(f))
        f->form.scroll.at = row_count(f) - 1;
    f->pane.dirty = true;
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    filters_refill(filters_of(p));
}

static int draw_count(struct area a, const struct filters_pane *f)
{
    const struct filters *now = &f->pane.desk->filters;
    char n[COUNT_MAX], text[TEXT_MAX], was[WAS_MAX] = "";

    (void)count_text(now->hits, n);
    if (now->hits >= 0 && now->state != COUNT_KNOWN)
        (void)snprintf(was, sizeof(was), "  (%s before)", n);
    switch (now->state) {
    case COUNT_KNOWN:
        (void)snprintf(text, sizeof(text), "%s hits", n);
        return area_text(a, 0, 1, a.w - 1, ROLE_STRONG, text) > 0;
    case COUNT_WAITING:
        (void)snprintf(text, sizeof(text), "about to count: 1 request%s", was);
        break;
    case COUNT_ASKED:
        (void)snprintf(text, sizeof(text), "counting...%s", was);
        break;
    case COUNT_FAILED:
        return wrapped_text(area_part(a, 0, 1, a.h, a.w - 1), 0, ROLE_ERROR, now->err.text);
    default:
        (void)snprintf(text, sizeof(text), "not counted: %s counts, 1 request%s",
                       host_key(f->pane.host, &f->pane, "count"), was);
    }
    return area_text(a, 0, 1, a.w - 1, ROLE_DIM, text) > 0;
}

static int foot_rows(const struct filters_pane *f, struct area a)
{
    const struct filters *now = &f->pane.desk->filters;
    struct area inner = area_part(a, 0, 1, a.h, a.w - 1);
    int rows = now->state == COUNT_FAILED ? wrapped_text(inner, 0, -1, now->err.text) : 1;

    if (now->remarks.len)
        rows += wrapped_text(inner, 0, -1, str_text(&now->remarks));
    return rows < a.h / 2 ? rows : a.h / 2;
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct filters_pane *f = filters_of(p);
    int foot = foot_rows(f, a), used;
    struct area below = area_part(a, a.h - foot, 0, foot, a.w);

    f->form.label_width = a.w * 2 / 5;
    if (f->form.label_width < LABEL_MIN)
        f->form.label_width = LABEL_MIN;
    if (f->form.label_width > LABEL_MAX)
        f->form.label_width = LABEL_MAX;
    form_draw(&f->form, area_part(a, 0, 0, a.h - foot, a.w), focused);
    area_fill(below, ROLE_TEXT);
    used = draw_count(below, f);
    (void)wrapped_text(area_part(below, used, 1, below.h - used, below.w - 1), 0, ROLE_WARNING,
                       str_text(&p->desk->filters.remarks));
}

static bool typing(const struct pane *p)
{
    return ((const struct filters_pane *)p)->form.editing;
}

static void status(const struct pane *p, struct str *out)
{
    str_add(out, p->desk->filters.entity->plural);
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    const struct filters_pane *f = (const struct filters_pane *)p;

    *at = f->form.scroll.at;
    *of_all = f->rows.n + AROUND_INPUTS;
    return true;
}

static void close(struct pane *p)
{
    struct filters_pane *f = filters_of(p);

    form_free(&f->form);
    filter_rows_free(&f->rows);
    str_free(&f->value);
    free(f);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct filters_pane *f = mem_zalloc(sizeof(*f));

    f->pane = (struct pane){.ops = &pane_filters, .desk = desk, .host = host, .dirty = true};
    f->form.source = (struct form_source){f, row_count, field_at};
    f->entity = desk->filters.entity;
    filter_rows_open(&f->rows);
    filters_refill(f);
    f->form.scroll.at = BEFORE_INPUTS;
    return &f->pane;
}

const struct pane_ops pane_filters = {
    .name = "filters",
    .title = "Filters",
    .about = "What to search for. Enter changes a field or opens the list of its values; the count "
             "below says how many records match.",
    .open = open,
    .close = close,
    .draw = draw,
    .actions = filters_actions,
    .event = filters_event,
    .typing = typing,
    .watches = DESK_FILTERS,
    .changed = changed,
    .status = status,
    .place = place,
};
