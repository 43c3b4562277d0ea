// The filters being built: the most used fields first, whatever else is set below them, then how
// many records match and what asking costs. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/filter_rows.h"
#include "ui/pane/input_picker.h"
#include "ui/pane/panes.h"
#include "ui/pane/value_picker.h"
#include "ui/widget/dialog.h"
#include "ui/widget/form.h"

enum {
    TEXT_MAX = 200,
    WAS_MAX = COUNT_MAX + 16,
    LABEL_MIN = 10,
    LABEL_MAX = 24,
    BEFORE_INPUTS = 1,
    AROUND_INPUTS = 3
};

struct filters_pane {
    struct pane pane;
    struct form form;
    struct filter_rows rows;
    const struct entity *entity; // whose inputs the rows are
    struct str value;            // of the row asked for last
};

static struct filters_pane *of(struct pane *p)
{
    return (struct filters_pane *)p;
}

// The rows: what is looked for, the inputs, adding another one, searching.
static size_t row_count(void *self)
{
    return ((struct filters_pane *)self)->rows.n + AROUND_INPUTS;
}

static size_t add_row(const struct filters_pane *f)
{
    return f->rows.n + BEFORE_INPUTS;
}

static size_t search_row(const struct filters_pane *f)
{
    return add_row(f) + 1;
}

// The input of a row, or NULL.
static const struct input *input_at(const struct filters_pane *f, size_t row)
{
    return row >= BEFORE_INPUTS && row < add_row(f) ? f->rows.inputs[row - BEFORE_INPUTS] : NULL;
}

static const struct input *input_here(const struct filters_pane *f)
{
    return input_at(f, f->form.scroll.at);
}

// Values as they were given; flags as people say them.
static const char *told(const struct input *in, const char *text)
{
    if (in->kind != INPUT_FLAG)
        return text;
    return str_eq_case(text, "true") || str_eq(text, "1")    ? "yes"
           : str_eq_case(text, "false") || str_eq(text, "0") ? "no"
                                                             : text;
}

static struct form_field input_field(struct filters_pane *f, size_t i)
{
    const struct input *in = f->rows.inputs[i], *included = entity_included(f->entity, in);
    const char *text = desk_filter_get(f->pane.desk, in);
    struct form_field field = {.label = included ? included->label : in->label};

    if (filter_rows_goes_on(&f->rows, f->entity, i))
        field.label = "";
    str_clear(&f->value);
    if (*text || in->bound != BOUND_NONE)
        str_addf(&f->value, "%s %s", input_sign(f->entity, in), told(in, text));
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

static void refill(struct filters_pane *f)
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
    refill(of(p));
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
    struct filters_pane *f = of(p);
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

static void edit(struct filters_pane *f, const struct input *in)
{
    (void)form_edit(&f->form, desk_filter_get(f->pane.desk, in));
}

static void pick(struct filters_pane *f, const struct input *in)
{
    host_popup(f->pane.host, value_picker_open(f->pane.desk, f->pane.host, in));
}

static void cycle(struct filters_pane *f, const struct input *in)
{
    const char *now = told(in, desk_filter_get(f->pane.desk, in));
    const char *next = str_eq(now, "yes") ? "false" : str_eq(now, "no") ? "" : "true";
    struct err e;

    if (!desk_filter_set(f->pane.desk, in, next, &e))
        host_fail(f->pane.host, &e);
}

// What Enter does on a field, by what it takes.
static void choose_input(struct filters_pane *f, const struct input *in)
{
    static void (*const by_kind[])(struct filters_pane *, const struct input *) = {
        [INPUT_TEXT] = edit,   [INPUT_EXPRESSION] = edit, [INPUT_LOOKUP] = pick,
        [INPUT_CHOICE] = pick, [INPUT_ID] = edit,         [INPUT_NUMBER] = edit,
        [INPUT_DATE] = edit,   [INPUT_FLAG] = cycle,      [INPUT_PAGING] = edit,
    };

    by_kind[in->kind](f, in);
}

static void add_chosen(struct pane *p, const struct input *input)
{
    struct filters_pane *f = of(p);
    size_t at;

    f->rows.wanted = input;
    refill(f);
    at = filter_rows_find(&f->rows, input);
    scroll_to(&f->form.scroll, at + BEFORE_INPUTS);
    choose_input(f, input);
    p->dirty = true;
}

static bool add_filter(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_popup(p->host, input_picker_open(p->desk, p->host, add_chosen, p));
    return true;
}

static void next_entity(struct filters_pane *f)
{
    const struct entity *const *e = entity_all();

    while (*e && *e != f->entity)
        e++;
    if (*e)
        e++;
    desk_entity(f->pane.desk, *e ? *e : *entity_all());
}

// What was typed becomes the filter; where it cannot, it stays to be mended.
static void take_typed(struct filters_pane *f)
{
    const struct input *in = input_here(f);
    char *typed = mem_strdup(str_text(&f->form.edit.text));
    struct err e;

    if (in && !desk_filter_set(f->pane.desk, in, str_trim(typed), &e)) {
        host_fail(f->pane.host, &e);
        (void)form_edit(&f->form, typed);
    }
    free(typed);
}

static bool give_form(struct filters_pane *f, const struct event *ev)
{
    enum form_result r = form_event(&f->form, ev);

    if (r == FORM_ENTERED)
        take_typed(f);
    if (r == FORM_CHOSEN)
        host_command(f->pane.host, "choose");
    if (r != FORM_NOT_MINE)
        refill(f);
    return r != FORM_NOT_MINE;
}

// While a field is typed into, the command is a key of that line.
static bool give_key(struct filters_pane *f, const struct line *line)
{
    struct event ev;

    return f->form.editing && action_key(line, &ev) && give_form(f, &ev);
}

// The input under the cursor; the rows are those of the entity in front, whatever came before.
static const struct input *fresh_input(struct filters_pane *f)
{
    if (f->entity != f->pane.desk->filters.entity)
        refill(f);
    return input_here(f);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = of(p);
    const struct input *in = fresh_input(f);

    if (give_key(f, line))
        return true;
    if (in)
        choose_input(f, in);
    else if (f->form.scroll.at == add_row(f))
        return add_filter(p, line, e);
    else if (f->form.scroll.at == search_row(f))
        host_command(p->host, "search");
    else
        next_entity(f);
    refill(f);
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = of(p);

    (void)e;
    if (!give_key(f, line) && !f->form.editing)
        (void)form_move(&f->form, action_move(line));
    p->dirty = true;
    return true;
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    return give_key(of(p), line) || action_up(e);
}

static bool delete (struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = of(p);
    const struct input *in = fresh_input(f);
    bool ok;

    if (give_key(f, line))
        return true;
    if (!in)
        return err_set(e, ERR_INVALID, "put the cursor on a filter to take it away");
    if (f->rows.wanted == in)
        f->rows.wanted = NULL;
    ok = desk_filter_set(p->desk, in, "", e);
    refill(f);
    return ok;
}

// What is included is excluded from now on, or the other way round.
static bool exclude(struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = of(p);
    const struct input *in = fresh_input(f), *included = in ? entity_included(f->entity, in) : NULL;
    const struct input *twin = included;
    char *text;
    bool ok;

    (void)line;
    if (!in || (!included && !can_exclude(f->entity, in, e)))
        return in ? false : action_up(e);
    if (!twin)
        twin = entity_input(f->entity, in->exclude, BOUND_NONE);
    text = mem_strdup(desk_filter_get(p->desk, in));
    if (!*text) {
        choose_input(f, in);
        ok = true;
    } else {
        ok = desk_filter_set(p->desk, twin, text, e) && desk_filter_set(p->desk, in, "", e);
    }
    free(text);
    refill(f);
    return ok;
}

static bool copy(struct pane *p, const struct line *line, struct err *e)
{
    const struct input *in = input_here(of(p));

    (void)line;
    if (!in || !*desk_filter_get(p->desk, in))
        return err_set(e, ERR_INVALID, "there is no value here to copy");
    host_copy(p->host, desk_filter_get(p->desk, in));
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    return give_form(of(p), ev);
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
    struct filters_pane *f = of(p);

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
    refill(f);
    f->form.scroll.at = BEFORE_INPUTS;
    return &f->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move),       {"choose", choose},         {"back", back},      {"delete", delete},
    {"exclude", exclude}, {"add-filter", add_filter}, {"copy-cell", copy}, {NULL, NULL},
};

const struct pane_ops pane_filters = {
    .name = "filters",
    .title = "Filters",
    .about = "What to search for. Enter changes a field or opens the list of its values; the count "
             "below says how many records match.",
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .typing = typing,
    .watches = DESK_FILTERS,
    .changed = changed,
    .status = status,
    .place = place,
};
