// The values of a lookup or choice filter: a fuzzy list, Space includes (Tab behind text that is
// typed), ! excludes, Enter takes. UI thread. Floor: ui/pane.
#include "ui/pane/value_picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/query_value.h"
#include "ui/pane/chooser.h"
#include "ui/pane/values.h"
#include "ui/pane/values_load.h"
#include "ui/pane/values_tree.h"
#include "ui/pane/when.h"

enum { POPUP_H = 20, POPUP_W = 62, HINT_MAX = 160 };

struct value_picker {
    struct chooser chooser;
    const struct input *input, *exclude; // exclude NULL: has no twin
    const struct desk_list *list;        // NULL: a choice
    struct lookup_list own;              // its values
    struct value_choices choices;
    struct values_tree tree;
    unsigned version; // of the list that the choices were found in
    bool there;       // the list has come and the choices were found in it
    bool touched;     // something was chosen by hand: Enter adds nothing more
    char hint[HINT_MAX];
};

static struct value_picker *of(struct pane *p)
{
    return (struct value_picker *)p;
}

static const struct lookup_list *values_of(const struct value_picker *v)
{
    return v->list ? &v->list->list : &v->own;
}

static size_t count(void *self)
{
    struct value_picker *v = self;

    return v->there ? values_of(v)->n : 0;
}

static const char *text(void *self, size_t item)
{
    const struct lookup_value *value = &values_of(self)->values[item];

    return *value->name ? value->name : value->id;
}

// What tells values of one name apart.
static const char *aside(void *self, size_t item)
{
    const struct lookup_value *value = &values_of(self)->values[item];

    if (value->parent)
        return value->parent;
    return str_eq_case(value->id, value->name) || !*value->name ? "" : value->id;
}

static const char *sign(void *self, size_t item, enum role *role)
{
    const struct value_picker *v = self;
    const struct value_choice *c = value_choices_find(&v->choices, item);

    if (!c)
        return " ";
    *role = c->excluded ? ROLE_WARNING : ROLE_MARK;
    return c->excluded ? "!" : "=";
}

bool can_exclude(const struct entity *entity, const struct input *input, struct err *e)
{
    struct query q = query_new(entity);
    char *line = str_format("%s!=x", input->name);
    bool ok = input->exclude || query_where(&q, line, e);

    free(line);
    query_free(&q);
    return ok;
}

static void say_hint(struct value_picker *v)
{
    (void)snprintf(v->hint, sizeof(v->hint), "Enter takes  %s%sEsc leaves",
                   v->exclude ? "! not this  " : "", v->chooser.tree ? "Right opens  " : "");
    v->chooser.hint = v->hint;
    v->chooser.marking = input_many(v->input) ? "several" : NULL;
}

// What was found in an older list is found anew: places in it mean nothing any more.
static void changed(struct pane *p, unsigned parts)
{
    struct value_picker *v = of(p);
    const struct desk_list *l = v->list;

    (void)parts;
    p->dirty = true;
    if (l && !l->there) {
        v->there = false;
        chooser_wait(&v->chooser, l, NULL);
        list_view_update(&v->chooser.list);
        return;
    }
    values_tree_update(&v->tree);
    v->chooser.tree = v->tree.built ? &v->tree.view : NULL;
    say_hint(v);
    if (v->there && (!l || v->version == l->version))
        return;
    v->there = true;
    v->version = l ? l->version : 0;
    v->chooser.nothing = "The list is empty.";
    value_choices_match(&v->choices, values_of(v));
    values_tree_mark(&v->tree);
    list_view_update(&v->chooser.list);
}

// Both sides put in place, as one step of undo; true where they hold now.
static bool put(struct value_picker *v, struct err *e)
{
    const struct desk *d = v->chooser.pane.desk;
    struct str texts[2] = {{0}, {0}};
    struct filter_values values[] = {{v->input, NULL}, {v->exclude, NULL}};
    size_t n = v->exclude ? 2 : 1;
    bool same = true, ok;

    for (size_t i = 0; i < n; i++) {
        value_choices_text(&v->choices, i == 1, &texts[i]);
        values[i].values = str_text(&texts[i]);
        same = same && str_eq(desk_filter_get(d, values[i].input), values[i].values);
    }
    ok = same || desk_filters_set(v->chooser.pane.desk, values, n, e);
    str_free(&texts[0]);
    str_free(&texts[1]);
    return ok;
}

static bool no_such_value(const struct value_picker *v, const char *typed, struct err *e)
{
    const struct lookup_value *near = lookup_value_nearest(values_of(v), typed);
    char *shown = value_shown(typed);

    (void)err_set(e, ERR_INVALID, "%s has no value \"%s\"%s%s%s; take letters away to see more",
                  v->input->label, shown, near ? "; the nearest is \"" : "",
                  near ? lookup_value_said(values_of(v), near) : "", near ? "\"" : "");
    free(shown);
    return false;
}

// What was typed as it stands: an id of the list, or what there is no list to choose from, or a
// place's free text.
static bool take_typed(struct value_picker *v, struct err *e)
{
    const char *typed = str_text(&v->chooser.list.edit.text);
    const struct lookup_value *known = v->there ? lookup_value_find(values_of(v), typed) : NULL;

    if (!*typed)
        return true;
    if (v->there && !known && !v->input->free_text)
        return no_such_value(v, typed, e);
    if (!input_many(v->input))
        value_choices_free(&v->choices);
    value_choices_add(&v->choices, typed, known ? known - values_of(v)->values : -1, false);
    return true;
}

static long long value_here(const struct value_picker *v)
{
    return values_tree_here(&v->tree, &v->chooser);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct value_picker *v = of(p);
    long long item = value_here(v);
    bool holder = item < 0 && chooser_as_tree(&v->chooser);
    const struct value_choice *had =
        item < 0 ? NULL : value_choices_find(&v->choices, (size_t)item);

    (void)line;
    if (holder && !v->touched) {
        (void)tree_view_move(&v->tree.view, MOVE_RIGHT);
        p->dirty = true;
        return true;
    }
    if (item < 0 && !holder && !take_typed(v, e))
        return chooser_refuse(&v->chooser, e);
    if (item >= 0 && !v->touched && !had)
        value_choices_toggle(&v->choices, values_of(v), (size_t)item, false, input_many(v->input));
    if (!put(v, e))
        return chooser_refuse(&v->chooser, e);
    host_close(p->host);
    return true;
}

static bool on_side(const struct value_picker *v, long long item, bool excluded)
{
    const struct value_choice *c = value_choices_find(&v->choices, (size_t)item);

    return c && c->excluded == excluded;
}

// All values below a node that is none itself: on that side, or off where all of them are on it.
static bool toggle_below(struct value_picker *v, bool excluded, struct err *e)
{
    size_t node = (size_t)tree_view_item(&v->tree.view), end = values_tree_end(&v->tree, node);
    bool all = true;

    if (!input_many(v->input))
        return err_set(e, ERR_INVALID, "%s takes one value; Right opens this one", v->input->label);
    for (int round = 0; round < 2; round++) {
        for (size_t i = node; i < end; i++) {
            long long item = values_tree_value(&v->tree, i);

            if (item < 0)
                continue;
            if (round == 0)
                all = all && on_side(v, item, excluded);
            else if (on_side(v, item, excluded) == all)
                value_choices_toggle(&v->choices, values_of(v), (size_t)item, excluded, true);
        }
    }
    return true;
}

static bool toggle_here(struct value_picker *v, bool excluded, struct err *e)
{
    long long item = value_here(v);

    if (excluded && !can_exclude(v->chooser.pane.desk->filters.entity, v->input, e))
        return false;
    if (item < 0)
        return toggle_below(v, excluded, e);
    value_choices_toggle(&v->choices, values_of(v), (size_t)item, excluded, input_many(v->input));
    return true;
}

static bool anything_here(const struct value_picker *v)
{
    return value_here(v) >= 0 ||
           (chooser_as_tree(&v->chooser) && tree_view_item(&v->tree.view) >= 0);
}

static void toggle(struct value_picker *v, bool excluded)
{
    struct err e;

    *v->chooser.said = '\0';
    if (!toggle_here(v, excluded, &e))
        (void)chooser_refuse(&v->chooser, &e);
    v->touched = true;
    values_tree_mark(&v->tree);
    v->chooser.pane.dirty = true;
}

static bool refresh(struct pane *p, const struct line *line, struct err *e)
{
    struct value_picker *v = of(p);

    (void)line;
    if (!v->list)
        return err_set(e, ERR_INVALID, "the values of %s are fixed; there is no list to fetch",
                       v->input->label);
    desk_list_refresh(p->desk, v->input->lookup);
    values_tree_refresh(&v->tree);
    p->dirty = true;
    return true;
}

// Round and round: taken, excluded where that goes, neither.
static void toggle_on(struct value_picker *v)
{
    long long item = value_here(v);
    const struct value_choice *c = item < 0 ? NULL : value_choices_find(&v->choices, (size_t)item);

    toggle(v, c && (c->excluded || v->exclude));
}

static bool event(struct pane *p, const struct event *ev)
{
    bool mark = chooser_on_mark(&of(p)->chooser, ev), out = ev->kind == EVENT_KEY && ev->key == '!';

    if (values_load_instead(p, of(p)->input, ev))
        return true;
    if ((mark || out) && anything_here(of(p))) {
        toggle(of(p), out);
        return true;
    }
    if (chooser_on_sign(p, ev, false)) {
        toggle_on(of(p));
        return true;
    }
    return chooser_event(p, ev);
}

static void status(const struct pane *p, struct str *out)
{
    const struct value_picker *v = (const struct value_picker *)p;
    char day[WHEN_MAX];

    str_add(out, v->input->label);
    if (v->list && v->list->there)
        str_addf(out, ", list of %s%s", when_day(v->list->fetched_ms, desk_utc_ms(p->desk), day),
                 v->list->fresh ? "" : ", fetching a newer one");
}

static void close(struct pane *p)
{
    struct value_picker *v = of(p);

    chooser_free(&v->chooser);
    values_tree_close(&v->tree);
    value_choices_free(&v->choices);
    lookup_free(&v->own);
    free(v);
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {"refresh", refresh}, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "values",
    .title = "Values",
    .about = "The values a filter can have: type to narrow, Space takes several (Tab, once text "
             "is typed), ! leaves one out.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = event,
    .typing = chooser_typing,
    .watches = DESK_LISTS,
    .changed = changed,
    .status = status,
};

static void add_choices(struct value_picker *v)
{
    char *copy = mem_strdup(v->input->choices), *rest = copy;

    for (char *each = strsep(&rest, "|"); each; each = strsep(&rest, "|"))
        lookup_add(&v->own, each, "", NULL, "");
    free(copy);
}

struct pane *value_picker_open(struct desk *desk, struct host *host, const struct input *input)
{
    struct value_picker *v = mem_zalloc(sizeof(*v));
    const struct entity *entity = desk->filters.entity;
    const struct input *included = entity_included(entity, input);
    struct list_source source = {v, count, text, aside, sign, NULL};

    v->input = included ? included : input;
    v->exclude = v->input->exclude ? entity_input(entity, v->input->exclude, BOUND_NONE) : NULL;
    if (v->input->lookup) {
        v->list = desk_list(desk, v->input->lookup);
        values_tree_open(&v->tree, desk, v->input->lookup, &v->choices);
    } else {
        add_choices(v);
    }
    value_choices_read(&v->choices, &desk->filters.query, v->input, false);
    value_choices_read(&v->choices, &desk->filters.query, v->exclude, true);
    chooser_open(&v->chooser, &ops, desk, host, &source);
    v->chooser.unfit = v->input->free_text
                           ? "Enter takes it as typed: the API takes free text of places."
                           : "Take letters away to see more, or fetch the list again (F5).";
    say_hint(v);
    changed(&v->chooser.pane, ~0u);
    return &v->chooser.pane;
}
