// What the filters pane does for commands, keys and the mouse. UI thread. Floor: ui/pane.
#include "ui/pane/filters_pane.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/filters_around.h"
#include "ui/pane/input_picker.h"
#include "ui/pane/product_picker.h"
#include "ui/pane/value_picker.h"
#include "ui/pane/values_load.h"

// What a line has no room for is not cut off behind one's back.
static void edit_text(struct filters_pane *f, const struct input *in, const struct str *text)
{
    struct err e;

    if (text->len <= EDIT_MAX) {
        (void)form_edit(&f->form, str_text(text));
        return;
    }
    (void)err_set(
        &e, ERR_INVALID,
        "%s has more values than a line has room for; edit the filters as text (:edit-filters), "
        "load another list (:load-values), or take it away (:delete)",
        in->label);
    host_fail(f->pane.host, &e);
}

static void edit(struct filters_pane *f, const struct input *in)
{
    struct str text = {0};

    around_text(&f->pane.desk->filters.query, in, &text);
    edit_text(f, in, &text);
    str_free(&text);
}

struct pane *filters_pick(struct filters_pane *f, const struct input *in)
{
    const struct lookup_def *list = in->lookup ? lookup_find(in->lookup) : NULL;
    struct pane *popup = list && list->query ? product_picker_open(f->pane.desk, f->pane.host, in)
                                             : value_picker_open(f->pane.desk, f->pane.host, in);

    host_popup(f->pane.host, popup);
    return popup;
}

static void pick(struct filters_pane *f, const struct input *in)
{
    (void)filters_pick(f, in);
}

static void cycle(struct filters_pane *f, const struct input *in)
{
    const char *now = filter_told(in, desk_filter_get(f->pane.desk, in));
    const char *next = str_eq(now, "yes") ? "false" : str_eq(now, "no") ? "" : "true";
    struct err e;

    if (!desk_filter_set(f->pane.desk, in, next, &e))
        host_fail(f->pane.host, &e);
}

// An input that the account may not search by is only taken away.
bool filters_granted(struct filters_pane *f, const struct input *in)
{
    struct err e;

    if (!is_denied(f, in))
        return true;
    (void)err_set(&e, ERR_FORBIDDEN,
                  "%s is not in your account, its own field list says; ask the account manager",
                  in->label);
    host_fail(f->pane.host, &e);
    return false;
}

bool filters_choose(struct filters_pane *f, const struct input *in)
{
    static void (*const by_kind[])(struct filters_pane *, const struct input *) = {
        [INPUT_TEXT] = edit,   [INPUT_EXPRESSION] = edit, [INPUT_LOOKUP] = pick,
        [INPUT_CHOICE] = pick, [INPUT_ID] = edit,         [INPUT_NUMBER] = edit,
        [INPUT_DATE] = edit,   [INPUT_FLAG] = cycle,      [INPUT_PAGING] = edit,
    };

    if (!filters_granted(f, in))
        return false;
    by_kind[in->kind](f, in);
    return true;
}

// A radius is typed behind what it is around.
static void edit_radius(struct filters_pane *f, const struct input *centre)
{
    struct str text = {0};

    around_text(&f->pane.desk->filters.query, centre, &text);
    around_begin(&text);
    edit_text(f, centre, &text);
    str_free(&text);
}

static void add_chosen(struct pane *p, const struct input *input)
{
    struct filters_pane *f = filters_of(p);
    const struct input *centre = entity_centre(f->entity, input);

    f->rows.wanted = input;
    filters_refill(f);
    scroll_to(&f->form.scroll, filter_rows_find_input(&f->rows, input));
    if (!centre)
        (void)filters_choose(f, input);
    else if (filters_granted(f, input))
        edit_radius(f, centre);
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

static bool set_typed(struct filters_pane *f, const struct input *in, const char *typed,
                      struct err *e)
{
    return entity_radius(f->entity, in) ? around_set(f->pane.desk, in, typed, e)
                                        : desk_filter_set(f->pane.desk, in, typed, e);
}

// What was typed becomes the filter; where it cannot, it stays to be mended.
static void take_typed(struct filters_pane *f)
{
    const struct input *in = input_here(f);
    char *typed = mem_strdup(str_text(&f->form.edit.text));
    struct err e;

    if (in && !set_typed(f, in, str_trim(typed), &e)) {
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

// The group of the row under the cursor; false where it is not (below) a group, or so already.
static bool fold(struct filters_pane *f, bool unfolded)
{
    struct filter_row here = *row_here(f);

    if (here.group == GROUPS || f->rows.unfolded[here.group] == unfolded)
        return false;
    f->rows.unfolded[here.group] = unfolded;
    filters_refill(f);
    here = (struct filter_row){FILTER_GROUP, NULL, here.group};
    f->form.scroll.n = f->rows.n;
    scroll_to(&f->form.scroll, filter_rows_find(&f->rows, &here));
    return true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = filters_of(p);
    const struct input *in = fresh_input(f);

    if (give_key(f, line))
        return true;
    switch (row_here(f)->kind) {
    case FILTER_INPUT:
        (void)filters_choose(f, in);
        break;
    case FILTER_ADD:
        return add_filter(p, line, e);
    case FILTER_SEARCH:
        host_command(p->host, "search");
        break;
    case FILTER_GROUP:
        (void)fold(f, !f->rows.unfolded[row_here(f)->group]);
        break;
    case FILTER_SUBJECT:
        next_entity(f);
        break;
    }
    filters_refill(f);
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct filters_pane *f = filters_of(p);
    enum move where = action_move(line);

    (void)e;
    p->dirty = true;
    if (give_key(f, line) || f->form.editing)
        return true;
    if (where == MOVE_LEFT || where == MOVE_RIGHT)
        (void)fold(f, where == MOVE_RIGHT);
    else
        (void)form_move(&f->form, where);
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
    if (f->rows.wanted == in || (f->rows.wanted && entity_centre(f->entity, f->rows.wanted) == in))
        f->rows.wanted = NULL;
    ok = around_clear(p->desk, in, e);
    filters_refill(f);
    return ok;
}

// One step of undo; values that the twin has already stay with it.
static bool turn_round(struct desk *d, const struct input *from, const struct input *to,
                       const char *text, struct err *e)
{
    const char *there = desk_filter_get(d, to);
    char *both = *there ? str_format("%s, %s", there, text) : mem_strdup(text);
    const struct filter_values values[] = {{to, both}, {from, ""}};
    bool ok = desk_filters_set(d, values, ARRAY_LEN(values), e);

    free(both);
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
        (void)filters_choose(f, in);
        ok = true;
    } else {
        ok = turn_round(p->desk, in, twin, text, e);
    }
    free(text);
    filters_refill(f);
    return ok;
}

// Takes the nearest value where the list has not what is there.
static bool mend(struct pane *p, const struct line *line, struct err *e)
{
    const struct input *in = fresh_input(filters_of(p));

    (void)line;
    if (!in)
        return err_set(e, ERR_INVALID, "put the cursor on the filter to mend");
    return desk_filter_mend(p->desk, in, e);
}

static bool copy(struct pane *p, const struct line *line, struct err *e)
{
    const struct input *in = input_here(filters_of(p));
    struct str text = {0};
    bool ok;

    (void)line;
    if (in)
        around_text(&p->desk->filters.query, in, &text);
    ok = text.len || err_set(e, ERR_INVALID, "there is no value here to copy");
    if (ok)
        copy_told(p->desk, p->host, str_text(&text), in->label);
    str_free(&text);
    return ok;
}

// A list of values for the input under the cursor.
static void load_file(void *self, const char *path)
{
    struct pane *p = self;
    const struct input *in = input_here(filters_of(p));

    if (in && *path)
        values_load_file(p->desk, p->host, in, path);
}

static bool load_values(struct pane *p, const struct line *line, struct err *e)
{
    const struct input *in = fresh_input(filters_of(p));
    struct str path = {0};

    if (!in || !input_many(in))
        return err_set(e, ERR_INVALID, "put the cursor on a filter that takes several values");
    action_text(line, &path);
    if (path.len)
        load_file(p, str_text(&path));
    else
        host_ask_file(p->host, "Load a list of values", "FILE, or FILE:COLUMN of a table", "",
                      load_file, p);
    str_free(&path);
    return true;
}

// What cannot be searched by is told, with the cursor on it.
static bool search(struct pane *p, const struct line *line, struct err *e)
{
    const struct filters *now = &p->desk->filters;
    struct filters_pane *f = filters_of(p);
    const char *first = str_text(&now->faults), *end = strstr(first, ".\n");

    (void)line;
    if (!end)
        return action_up(e);
    (void)fresh_input(f);
    if (now->faulty && !f->form.editing)
        scroll_to(&f->form.scroll, filter_rows_find_input(&f->rows, now->faulty));
    p->dirty = true;
    return err_set(e, ERR_INVALID, "%.*s", (int)(end - first), first);
}

bool filters_event(struct pane *p, const struct event *ev)
{
    if (ev->kind != EVENT_PASTE || !fresh_input(filters_of(p)))
        return give_form(filters_of(p), ev);
    filters_paste(filters_of(p), ev);
    return true;
}

bool filters_offers(const struct pane *p, const char *command)
{
    const struct filters_pane *f = (const struct filters_pane *)p;
    const struct input *in = f->rows.n ? input_here(f) : NULL;

    if (str_eq(command, "delete"))
        return f->form.editing || (in && *desk_filter_get(p->desk, in));
    if (str_eq(command, "exclude"))
        return in && (in->exclude || entity_included(f->entity, in));
    if (str_eq(command, "mend"))
        return f->stale.len > 0;
    return !str_eq(command, "load-values") || (in && input_many(in));
}

const struct pane_action filters_actions[] = {
    MOVES_TO(move),
    {"choose", choose},
    {"back", back},
    {"delete", delete},
    {"exclude", exclude},
    {"mend", mend},
    {"load-values", load_values},
    {"add-filter", add_filter},
    {"search", search},
    {"copy-cell", copy},
    {NULL, NULL},
};
