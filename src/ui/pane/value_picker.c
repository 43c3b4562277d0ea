// The values of a lookup or choice filter: a fuzzy list, Space includes, ! excludes, Enter takes.
// UI thread. Floor: ui/pane.
#include "ui/pane/value_picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/pane/chooser.h"
#include "ui/pane/values.h"
#include "ui/pane/when.h"

enum { POPUP_H = 20, POPUP_W = 62, HINT_MAX = 160 };

struct value_picker {
    struct chooser chooser;
    const struct input *input, *exclude; // exclude NULL: has no twin
    const struct desk_list *list;        // NULL: a choice
    struct lookup_list own;              // its values
    struct value_choices choices;
    bool there;   // the list has come and the choices were found in it
    bool touched; // something was chosen by hand: Enter adds nothing more
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
                   input_many(v->input) ? "Space several  " : "", v->exclude ? "! not this  " : "");
    v->chooser.hint = v->hint;
}

static void changed(struct pane *p, unsigned parts)
{
    struct value_picker *v = of(p);
    const struct desk_list *l = v->list;

    (void)parts;
    if (v->there || (l && !l->there)) {
        if (l && l->asked && !v->there)
            v->chooser.nothing = l->err.kind ? l->err.text : "Fetching the list...";
        return;
    }
    v->there = true;
    v->chooser.nothing = "The list is empty.";
    value_choices_match(&v->choices, values_of(v));
    list_view_update(&v->chooser.list);
    p->dirty = true;
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

// What was typed as it stands: where there is no list to choose from, or as a place's free text.
static bool take_typed(struct value_picker *v, struct err *e)
{
    const char *typed = str_text(&v->chooser.list.edit.text);

    if (!*typed)
        return true;
    if (v->there && v->input->group != GROUP_PLACE)
        return err_set(e, ERR_INVALID, "%s has no such value; take letters away to see more",
                       v->input->label);
    if (!input_many(v->input))
        value_choices_free(&v->choices);
    value_choices_add(&v->choices, typed, -1, false);
    return true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct value_picker *v = of(p);
    long long item = list_view_item(&v->chooser.list);
    const struct value_choice *had =
        item < 0 ? NULL : value_choices_find(&v->choices, (size_t)item);

    (void)line;
    if (item < 0 && !take_typed(v, e))
        return chooser_refuse(&v->chooser, e);
    if (item >= 0 && !v->touched && !had)
        value_choices_toggle(&v->choices, values_of(v), (size_t)item, false, input_many(v->input));
    if (!put(v, e))
        return chooser_refuse(&v->chooser, e);
    host_close(p->host);
    return true;
}

static void toggle(struct value_picker *v, bool excluded)
{
    long long item = list_view_item(&v->chooser.list);
    struct err e;

    if (item < 0)
        return;
    if (excluded && !can_exclude(v->chooser.pane.desk->filters.entity, v->input, &e)) {
        (void)chooser_refuse(&v->chooser, &e);
        return;
    }
    value_choices_toggle(&v->choices, values_of(v), (size_t)item, excluded, input_many(v->input));
    v->touched = true;
    *v->chooser.said = '\0';
    v->chooser.pane.dirty = true;
}

static bool event(struct pane *p, const struct event *ev)
{
    bool key = ev->kind == EVENT_KEY;

    if (key && (ev->key == ' ' || ev->key == '!')) {
        toggle(of(p), ev->key == '!');
        return true;
    }
    if (ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_DOUBLE) {
        struct line line = {0};
        struct err e;

        return chooser_event(p, ev) && choose(p, &line, &e);
    }
    return chooser_event(p, ev);
}

static void status(const struct pane *p, struct str *out)
{
    const struct value_picker *v = (const struct value_picker *)p;
    char day[WHEN_MAX];

    str_add(out, v->input->label);
    if (v->list && v->list->there)
        str_addf(out, ", list of %s", when_day(v->list->fetched_ms, desk_utc_ms(p->desk), day));
}

static void close(struct pane *p)
{
    struct value_picker *v = of(p);

    chooser_free(&v->chooser);
    value_choices_free(&v->choices);
    lookup_free(&v->own);
    free(v);
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "values",
    .title = "Values",
    .about = "The values a filter can have: type to narrow, Space takes several, ! leaves one out.",
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
    if (v->input->lookup)
        v->list = desk_list(desk, v->input->lookup);
    else
        add_choices(v);
    value_choices_read(&v->choices, &desk->filters.query, v->input, false);
    value_choices_read(&v->choices, &desk->filters.query, v->exclude, true);
    chooser_open(&v->chooser, &ops, desk, host, &source);
    say_hint(v);
    changed(&v->chooser.pane, ~0u);
    return &v->chooser.pane;
}
