// What the filters pane does for commands, keys and the mouse. UI thread. Floor: ui/pane.
#include "ui/pane/filters_pane.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/input_picker.h"
#include "ui/pane/value_picker.h"

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
    const char *now = filter_told(in, desk_filter_get(f->pane.desk, in));
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
    struct filters_pane *f = filters_of(p);
    size_t at;

    f->rows.wanted = input;
    filters_refill(f);
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
        filters_refill(f);
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
        filters_refill(f);
    return input_here(f);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = filters_of(p);
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
    filters_refill(f);
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = filters_of(p);

    (void)e;
    if (!give_key(f, line) && !f->form.editing)
        (void)form_move(&f->form, action_move(line));
    p->dirty = true;
    return true;
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    return give_key(filters_of(p), line) || action_up(e);
}

static bool delete (struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = filters_of(p);
    const struct input *in = fresh_input(f);
    bool ok;

    if (give_key(f, line))
        return true;
    if (!in)
        return err_set(e, ERR_INVALID, "put the cursor on a filter to take it away");
    if (f->rows.wanted == in)
        f->rows.wanted = NULL;
    ok = desk_filter_set(p->desk, in, "", e);
    filters_refill(f);
    return ok;
}

// What is included is excluded from now on, or the other way round.
static bool exclude(struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = filters_of(p);
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
    filters_refill(f);
    return ok;
}

static bool copy(struct pane *p, const struct line *line, struct err *e)
{
    const struct input *in = input_here(filters_of(p));

    (void)line;
    if (!in || !*desk_filter_get(p->desk, in))
        return err_set(e, ERR_INVALID, "there is no value here to copy");
    host_copy(p->host, desk_filter_get(p->desk, in));
    return true;
}

bool filters_event(struct pane *p, const struct event *ev)
{
    return give_form(filters_of(p), ev);
}

const struct pane_action filters_actions[] = {
    MOVES_TO(move),       {"choose", choose},         {"back", back},      {"delete", delete},
    {"exclude", exclude}, {"add-filter", add_filter}, {"copy-cell", copy}, {NULL, NULL},
};
