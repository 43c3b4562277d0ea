// Technologies by category, then vendor, then product: each step is a list, Enter goes on, Esc goes
// back. UI thread. Floor: ui/pane.
#include "ui/pane/product_picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/pane/chooser.h"
#include "ui/pane/values_load.h"
#include "ui/pane/values_tree.h"

enum { POPUP_H = 20, POPUP_W = 72, TEXT_MAX = 200 };

enum step { STEP_CATEGORY, STEP_VENDOR, STEP_PRODUCT, STEPS };

struct product_picker {
    struct chooser chooser;
    const struct input *input;
    enum step step;
    const struct desk_list *lists[STEPS];
    struct value_choices none; // of the tree: nothing is chosen in it
    struct values_tree tree;
    struct str parent, category, vendor; // as they were chosen
    struct str path;                     // of the products
    struct value_choices tags;           // that will be taken
    char text[TEXT_MAX];
};

static struct product_picker *of(struct pane *p)
{
    return (struct product_picker *)p;
}

static const struct lookup_list *values(const struct product_picker *v)
{
    return &v->lists[v->step]->list;
}

// Products have one item more: any of them.
static size_t count(void *self)
{
    const struct product_picker *v = self;
    size_t n = v->lists[v->step]->there ? values(v)->n : 0;

    return n && v->step == STEP_PRODUCT ? n + 1 : n;
}

static const char *text(void *self, size_t item)
{
    struct product_picker *v = self;
    const struct lookup_value *value;

    if (v->step == STEP_PRODUCT && item == 0) {
        (void)snprintf(v->text, sizeof(v->text), "any product of %s", str_text(&v->vendor));
        return v->text;
    }
    value = &values(v)->values[v->step == STEP_PRODUCT ? item - 1 : item];
    return *value->name ? value->name : value->id;
}

// The tag that the filter takes for an item of the products.
static void tag_of(const struct product_picker *v, size_t item, struct str *out)
{
    const struct lookup_value *value = &values(v)->values[item ? item - 1 : 0];

    lookup_value_tag(value, item > 0, out);
}

static const char *aside(void *self, size_t item)
{
    struct product_picker *v = self;
    const struct lookup_value *value;

    if (v->step == STEP_PRODUCT)
        return item ? values(v)->values[item - 1].id : "";
    value = &values(v)->values[item];
    return v->step == STEP_CATEGORY && value->parent ? value->parent : "";
}

static struct value_choice *chosen(const struct product_picker *v, size_t item)
{
    for (size_t i = 0; i < v->tags.len; i++) {
        if (v->tags.items[i].item == (long long)item)
            return &v->tags.items[i];
    }
    return NULL;
}

static const char *sign(void *self, size_t item, enum role *role)
{
    const struct product_picker *v = self;

    *role = ROLE_MARK;
    return v->step == STEP_PRODUCT && chosen(v, item) ? "=" : " ";
}

static void say_step(struct product_picker *v)
{
    static const char *const hints[STEPS] = {
        "1 of 3, a category: Right opens  Enter goes on  Esc leaves",
        "2 of 3, a vendor: Enter goes on  Esc goes back",
        "3 of 3, products: Enter takes  Esc goes back"};
    static const char *const nothing[STEPS] = {
        "The list is empty.", "The list is empty.",
        "That vendor has no product in this category. Esc goes back."};

    v->chooser.hint = hints[v->step];
    v->chooser.marking = v->step == STEP_PRODUCT ? "several" : NULL;
    chooser_wait(&v->chooser, v->lists[v->step], nothing[v->step]);
}

static void changed(struct pane *p, unsigned parts)
{
    struct product_picker *v = of(p);

    (void)parts;
    values_tree_update(&v->tree);
    v->chooser.tree = v->step == STEP_CATEGORY && v->tree.built ? &v->tree.view : NULL;
    say_step(v);
    list_view_update(&v->chooser.list);
    p->dirty = true;
}

static void go_to(struct product_picker *v, enum step step)
{
    v->step = step;
    edit_set(&v->chooser.list.edit, "");
    v->chooser.list.scroll = (struct scroll){0};
    *v->chooser.said = '\0';
    changed(&v->chooser.pane, ~0u);
}

static void set(struct str *to, const char *text_)
{
    str_clear(to);
    str_add(to, text_);
}

// A category is one that stands below another.
static bool take_category(struct product_picker *v, const struct lookup_value *value)
{
    if (!value || !value->parent)
        return false;
    set(&v->parent, value->parent);
    set(&v->category, value->id);
    v->lists[STEP_VENDOR] = desk_list(v->chooser.pane.desk, "tech/vendor");
    go_to(v, STEP_VENDOR);
    return true;
}

static void take_vendor(struct product_picker *v, const struct lookup_value *value)
{
    const struct lookup_query query[] = {{"vendor", value->id},
                                         {"parentCategory", str_text(&v->parent)},
                                         {"category", str_text(&v->category)}};

    set(&v->vendor, value->id);
    str_clear(&v->path);
    lookup_path(v->input->lookup, query, ARRAY_LEN(query), &v->path);
    v->lists[STEP_PRODUCT] = desk_list(v->chooser.pane.desk, str_text(&v->path));
    value_choices_free(&v->tags);
    go_to(v, STEP_PRODUCT);
}

static void toggle(struct product_picker *v, size_t item)
{
    struct value_choice *c = chosen(v, item);
    struct str tag = {0};

    tag_of(v, item, &tag);
    if (c)
        value_choices_take_out(&v->tags, c);
    else if (tag.len)
        value_choices_add(&v->tags, str_text(&tag), (long long)item, false);
    str_free(&tag);
    v->chooser.pane.dirty = true;
}

// What is chosen comes to what the filter has.
static bool put(struct product_picker *v, struct err *e)
{
    struct desk *d = v->chooser.pane.desk;
    struct str whole = {0}, tags = {0};
    bool ok;

    value_choices_text(&v->tags, false, &tags);
    str_addf(&whole, "%s%s%s", desk_filter_get(d, v->input),
             *desk_filter_get(d, v->input) ? ", " : "", str_text(&tags));
    ok = tags.len ? desk_filter_set(d, v->input, str_text(&whole), e)
                  : err_set(e, ERR_INVALID, "the API does not say which tag that is");
    str_free(&whole);
    str_free(&tags);
    return ok;
}

// A tag typed by hand: 333.202.28, 333.202.*
static bool take_typed(struct product_picker *v, struct err *e)
{
    const char *typed = str_text(&v->chooser.list.edit.text);

    if (!*typed)
        return true;
    if (typed[strspn(typed, "0123456789.*")])
        return err_set(e, ERR_INVALID,
                       "nothing is called so; take letters away, or type a tag like 333.202.*");
    value_choices_add(&v->tags, typed, -1, false);
    return put(v, e);
}

static long long item_here(const struct product_picker *v)
{
    return values_tree_here(&v->tree, &v->chooser);
}

static bool take_products(struct product_picker *v, size_t item, struct err *e)
{
    if (v->tags.len == 0)
        toggle(v, item);
    if (!put(v, e))
        return false;
    host_close(v->chooser.pane.host);
    return true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct product_picker *v = of(p);
    long long item = item_here(v);
    bool ok = true;

    (void)line;
    if (item < 0 && chooser_as_tree(&v->chooser)) {
        (void)tree_view_move(&v->tree.view, MOVE_RIGHT);
    } else if (item < 0) {
        bool typed = v->chooser.list.edit.text.len > 0;

        ok = take_typed(v, e);
        if (ok && typed)
            host_close(p->host);
    } else if (v->step == STEP_CATEGORY) {
        if (!take_category(v, &values(v)->values[item]) && chooser_as_tree(&v->chooser))
            (void)tree_view_move(&v->tree.view, MOVE_RIGHT);
    } else if (v->step == STEP_VENDOR) {
        take_vendor(v, &values(v)->values[item]);
    } else {
        ok = take_products(v, (size_t)item, e);
    }
    p->dirty = true;
    return ok || chooser_refuse(&v->chooser, e);
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    struct product_picker *v = of(p);

    (void)line;
    if (v->step == STEP_CATEGORY)
        return action_up(e);
    go_to(v, v->step - 1);
    return true;
}

// Fetches the list of this step anew.
static bool refresh(struct pane *p, const struct line *line, struct err *e)
{
    struct product_picker *v = of(p);
    const char *const paths[STEPS] = {"tech/category", "tech/vendor", str_text(&v->path)};

    (void)line;
    (void)e;
    desk_list_refresh(p->desk, paths[v->step]);
    p->dirty = true;
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct product_picker *v = of(p);
    bool mark = chooser_on_mark(&v->chooser, ev);

    if (values_load_instead(p, v->input, ev))
        return true;
    if (v->step == STEP_PRODUCT && item_here(v) >= 0 && (mark || chooser_on_sign(p, ev, false))) {
        toggle(v, (size_t)item_here(v));
        return true;
    }
    return chooser_event(p, ev);
}

static void status(const struct pane *p, struct str *out)
{
    const struct product_picker *v = (const struct product_picker *)p;

    str_add(out, v->input->label);
    if (v->step > STEP_CATEGORY)
        str_addf(out, ": %s", str_text(&v->category));
    if (v->step > STEP_VENDOR)
        str_addf(out, ", %s", str_text(&v->vendor));
}

static void close(struct pane *p)
{
    struct product_picker *v = of(p);

    chooser_free(&v->chooser);
    values_tree_close(&v->tree);
    value_choices_free(&v->tags);
    str_free(&v->parent);
    str_free(&v->category);
    str_free(&v->vendor);
    str_free(&v->path);
    free(v);
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {"back", back}, {"refresh", refresh}, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "values",
    .title = "Values",
    .about =
        "Technologies: a category, then a vendor, then products of it: Space takes several (Tab, "
        "once text is typed).",
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

struct pane *product_picker_open(struct desk *desk, struct host *host, const struct input *input)
{
    struct product_picker *v = mem_zalloc(sizeof(*v));
    const struct list_source source = {v, count, text, aside, sign, NULL};

    v->input = input;
    v->lists[STEP_CATEGORY] = desk_list(desk, "tech/category");
    values_tree_open(&v->tree, desk, "tech/category", &v->none);
    chooser_open(&v->chooser, &ops, desk, host, &source);
    v->chooser.unfit = "Take letters away to see more, or type a tag like 333.202.28 or 333.202.*.";
    changed(&v->chooser.pane, ~0u);
    return &v->chooser.pane;
}
