// The filters being built: the most used fields first, whatever else is set below them, every field
// by its group; then how many records match, what asking costs, what is wrong with the filters and
// what the field under the cursor takes. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/cells.h"
#include "ui/pane/filters_around.h"
#include "ui/pane/filters_pane.h"
#include "ui/pane/input_words.h"
#include "ui/pane/panes.h"
#include "ui/pane/when.h"
#include "ui/widget/dialog.h"

enum {
    TEXT_MAX = 200,
    WAS_MAX = COUNT_MAX + 16,
    LABEL_MIN = 10,
    LABEL_MAX = 24,
    FOOT_LINES = 5,
    ABOUT_FROM = 16,
    MANY_FROM = 400
};

static size_t row_count(void *self)
{
    return ((struct filters_pane *)self)->rows.n;
}

const char *filter_told(const struct input *in, const char *text)
{
    if (in->kind != INPUT_FLAG)
        return text;
    return str_eq_case(text, "true") || str_eq(text, "1")    ? "yes"
           : str_eq_case(text, "false") || str_eq(text, "0") ? "no"
                                                             : text;
}

static void count_values(struct filters_pane *f, const struct input *in)
{
    const struct query *q = &f->pane.desk->filters.query;
    char n[COUNT_MAX];

    str_clear(&f->many);
    for (size_t i = 0; i < q->n_filters; i++) {
        if (q->filters[i].input == in)
            str_addf(&f->many, "%s value%s", count_text((long long)q->filters[i].n_values, n),
                     q->filters[i].n_values == 1 ? "" : "s");
    }
}

// What a person is looked for by is a person's value.
static const char *shown_value(struct filters_pane *f, const struct input *in)
{
    const struct desk *d = f->pane.desk;
    const char *text = desk_filter_get(d, in);

    if (strlen(text) > MANY_FROM) { // nobody reads a list of thousands here
        count_values(f, in);
        return str_text(&f->many);
    }
    return input_masked(d, in) && *text ? cell_mask() : text;
}

static const struct filter_stale *stale_of(const struct filters *now, const struct input *in)
{
    for (size_t i = 0; i < now->n_stale; i++) {
        if (now->stale[i].input == in)
            return &now->stale[i];
    }
    return NULL;
}

// The label of a row below a group is set in; what goes on with the row above has none.
static const char *input_label(struct filters_pane *f, size_t i, const struct input *subject)
{
    if (filter_rows_goes_on(&f->rows, f->entity, i))
        return "";
    if (f->rows.items[i].group == GROUPS)
        return subject->label;
    str_clear(&f->label);
    str_addf(&f->label, "  %s", subject->label);
    return str_text(&f->label);
}

static struct form_field input_field(struct filters_pane *f, size_t i)
{
    const struct input *in = f->rows.items[i].input, *included = entity_included(f->entity, in);
    const struct input *radius = entity_radius(f->entity, in);
    const char *text = shown_value(f, in);
    struct form_field field = {.label = input_label(f, i, included ? included : in)};
    bool denied = is_denied(f, in);

    str_clear(&f->value);
    if (*text || in->bound != BOUND_NONE || !*field.label)
        str_addf(&f->value, "%s %s", input_sign(f->entity, in), filter_told(in, text));
    if (radius && f->value.len)
        str_add_char(&f->value, ' ');
    if (radius)
        around_radius(&f->pane.desk->filters.query, radius, &f->value);
    field.value = str_text(&f->value);
    field.role = !*text || denied ? ROLE_DIM : included ? ROLE_WARNING : ROLE_TEXT;
    field.note = denied                    ? INPUT_DENIED
                 : radius && !*field.value ? "or 10001 within 25"
                 : !*text || in->unit      ? input_hint(in)
                                           : NULL;
    field.blocked = denied;
    if (stale_of(&f->pane.desk->filters, in)) {
        field.role = in->free_text ? ROLE_WARNING : ROLE_ERROR;
        field.note = "not in the list";
    }
    return field;
}

static struct form_field group_field(struct filters_pane *f, enum input_group group)
{
    size_t set, n = filter_rows_group(&f->pane.desk->filters.query, group, &set);

    str_clear(&f->label);
    str_addf(&f->label, "%s %s  %zu", f->rows.unfolded[group] ? "-" : "+", group_label(group), n);
    if (set)
        str_addf(&f->label, ", %zu set", set);
    return (struct form_field){
        .label = str_text(&f->label), .value = "", .role = ROLE_DIM, .button = true};
}

static struct form_field search_field(struct filters_pane *f)
{
    const struct filters *now = &f->pane.desk->filters;
    char n[COUNT_MAX];

    str_clear(&f->value);
    if (now->requests > 1)
        str_addf(&f->value, "%s searches", count_text(now->requests, n));
    else
        str_add(&f->value, "1 request a page");
    return (struct form_field){.label = now->changed ? "Search (changed)" : "Search",
                               .value =
                                   reads_lines(&f->pane) ? "choose searches" : "Enter searches",
                               .note = str_text(&f->value),
                               .role = now->changed ? ROLE_STRONG : ROLE_DIM,
                               .button = true};
}

static struct form_field field_at(void *self, size_t row)
{
    struct filters_pane *f = self;

    switch (f->rows.items[row].kind) {
    case FILTER_INPUT:
        return input_field(f, row);
    case FILTER_GROUP:
        return group_field(f, f->rows.items[row].group);
    case FILTER_ADD:
        return (struct form_field){
            .label = "+ another field", .value = "", .role = ROLE_DIM, .button = true};
    case FILTER_SEARCH:
        return search_field(f);
    default:
        return (struct form_field){
            .label = "Looking for", .value = f->entity->plural, .role = ROLE_STRONG};
    }
}

void filters_refill(struct filters_pane *f)
{
    struct filter_row here = *row_here(f);
    size_t place;

    if (f->entity != f->pane.desk->filters.entity) {
        f->entity = f->pane.desk->filters.entity;
        f->account = desk_inputs_known(f->pane.desk, f->entity);
        f->rows.wanted = NULL;
        f->form.editing = false;
        here.input = NULL;
    }
    filter_rows_fill(&f->rows, &f->pane.desk->filters.query);
    place = filter_rows_find(&f->rows, &here);
    if (place < f->rows.n)
        f->form.scroll.at = place;
    else if (f->form.scroll.at >= f->rows.n)
        f->form.scroll.at = f->rows.n - 1;
    f->pane.dirty = true;
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    filters_refill(filters_of(p));
}

// Where the count is that of rows which were kept: when they were fetched.
static void draw_as_of(struct area a, int x, const struct desk *d)
{
    char when[WHEN_MAX];

    if (d->filters.kept_ms)
        (void)area_textf(a, 0, x, a.w - x, ROLE_DIM, ", as of %s",
                         when_since(d->filters.kept_ms, desk_utc_ms(d), when));
}

static int draw_count(struct area a, const struct filters_pane *f)
{
    const struct filters *now = &f->pane.desk->filters;
    char n[COUNT_MAX], hits[COUNT_WORDS_MAX], reach[COUNT_MAX], text[TEXT_MAX], was[WAS_MAX] = "";
    int used;

    (void)count_text(now->hits, n);
    (void)count_words(now->hits, "hit", hits);
    if (now->hits >= 0 && now->state != COUNT_KNOWN)
        (void)snprintf(was, sizeof(was), "  (%s before)", n);
    switch (now->state) {
    case COUNT_KNOWN:
        (void)snprintf(text, sizeof(text), "%s%s", now->requests > 1 ? "at most " : "", hits);
        if (now->hits > f->entity->search.depth)
            (void)snprintf(text, sizeof(text), "%s, %s in reach", hits,
                           count_text(f->entity->search.depth, reach));
        used = area_text(a, 0, 1, a.w - 1, ROLE_STRONG, text);
        draw_as_of(a, 1 + used, f->pane.desk);
        return used > 0;
    case COUNT_WAITING:
        (void)snprintf(text, sizeof(text), "about to count: 1 request%s", was);
        break;
    case COUNT_ASKED:
        (void)snprintf(text, sizeof(text), "counting...%s", was);
        break;
    case COUNT_FAILED:
        return wrapped_text(area_part(a, 0, 1, a.h, a.w - 1), 0, ROLE_ERROR, now->err.text);
    default:
        (void)snprintf(text, sizeof(text), "not counted: %s counts, %s request%s%s",
                       host_key(f->pane.host, &f->pane, "count"), count_text(now->requests, n),
                       now->requests == 1 ? "" : "s", was);
    }
    return area_text(a, 0, 1, a.w - 1, ROLE_DIM, text) > 0;
}

// What stands below the count, each part with its role.
struct foot {
    struct {
        enum role role;
        const char *text;
    } lines[FOOT_LINES];
    size_t n;
};

static void add_foot(struct foot *foot, enum role role, const char *text)
{
    if (*text) {
        foot->lines[foot->n].role = role;
        foot->lines[foot->n++].text = text;
    }
}

static void say_stale(struct filters_pane *f)
{
    const struct filters *now = &f->pane.desk->filters;

    str_clear(&f->stale);
    for (size_t i = 0; i < now->n_stale; i++) {
        const struct filter_stale *s = &now->stale[i];

        str_addf(&f->stale, "%s: the list has no \"%s\"%s", s->input->label, s->value,
                 s->input->free_text ? ", which goes as typed" : " (any more)");
        if (s->nearest)
            str_addf(&f->stale, "; %s on it takes the nearest, \"%s\"",
                     host_key(f->pane.host, &f->pane, "mend"), s->nearest);
        str_add(&f->stale, ".\n");
    }
}

static struct foot foot_of(struct filters_pane *f, bool about)
{
    const struct filters *now = &f->pane.desk->filters;
    struct foot foot = {.n = 0};

    say_stale(f);
    str_clear(&f->about);
    if (about && input_here(f))
        input_about(f->entity, input_here(f), &f->about);
    if (now->state != COUNT_FAILED || !strstr(str_text(&now->faults), now->err.text))
        add_foot(&foot, ROLE_ERROR, str_text(&now->faults));
    add_foot(&foot, ROLE_WARNING, str_text(&f->stale));
    add_foot(&foot, ROLE_WARNING, str_text(&now->remarks));
    add_foot(&foot, ROLE_DIM, str_text(&f->about));
    return foot;
}

static int foot_rows(const struct filters_pane *f, const struct foot *foot, struct area a)
{
    const struct filters *now = &f->pane.desk->filters;
    struct area inner = area_part(a, 0, 1, a.h, a.w - 1);
    int rows = now->state == COUNT_FAILED ? wrapped_text(inner, 0, -1, now->err.text) : 1;

    for (size_t i = 0; i < foot->n; i++)
        rows += wrapped_text(inner, 0, -1, foot->lines[i].text);
    return rows < a.h / 2 ? rows : a.h / 2;
}

static void draw_foot(struct area below, const struct filters_pane *f, const struct foot *foot)
{
    int used;

    area_fill(below, ROLE_TEXT);
    used = draw_count(below, f);
    for (size_t i = 0; i < foot->n && used < below.h; i++)
        used += wrapped_text(area_part(below, used, 1, below.h - used, below.w - 1), 0,
                             foot->lines[i].role, foot->lines[i].text);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct filters_pane *f = filters_of(p);
    struct foot foot = foot_of(f, focused && a.h >= ABOUT_FROM);
    int rows = foot_rows(f, &foot, a);

    f->form.label_width = a.w * 2 / 5;
    if (f->form.label_width < LABEL_MIN)
        f->form.label_width = LABEL_MIN;
    if (f->form.label_width > LABEL_MAX)
        f->form.label_width = LABEL_MAX;
    form_draw(&f->form, area_part(a, 0, 0, a.h - rows, a.w), focused);
    draw_foot(area_part(a, a.h - rows, 0, rows, a.w), f, &foot);
}

static void shown(struct pane *p)
{
    (void)desk_inputs(p->desk, p->desk->filters.entity);
}

static bool typing(const struct pane *p)
{
    return ((const struct filters_pane *)p)->form.editing;
}

static void status(const struct pane *p, struct str *out)
{
    str_addf(out, "%s%s", p->desk->filters.entity->plural,
             p->desk->live_count ? "" : ", no live count");
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    const struct filters_pane *f = (const struct filters_pane *)p;

    *at = f->form.scroll.at;
    *of_all = f->rows.n;
    return true;
}

static void close(struct pane *p)
{
    struct filters_pane *f = filters_of(p);

    form_free(&f->form);
    filter_rows_free(&f->rows);
    str_free(&f->label);
    str_free(&f->value);
    str_free(&f->many);
    str_free(&f->stale);
    str_free(&f->about);
    free(f);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct filters_pane *f = mem_zalloc(sizeof(*f));

    f->pane = (struct pane){.ops = &pane_filters, .desk = desk, .host = host, .dirty = true};
    f->form.source = (struct form_source){f, row_count, field_at};
    f->entity = desk->filters.entity;
    f->account = desk_inputs_known(desk, f->entity);
    filter_rows_open(&f->rows);
    filter_rows_fill(&f->rows, &desk->filters.query);
    f->form.scroll.at = f->rows.n > 1;
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
    .shown = shown,
    .actions = filters_actions,
    .event = filters_event,
    .typing = typing,
    .watches = DESK_FILTERS | DESK_LISTS,
    .changed = changed,
    .status = status,
    .place = place,
    .offers = filters_offers,
};
