// A tree of items that open and close. UI thread. Floor: ui/widget.
#include "ui/widget/tree_view.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ui/widget/row.h"

enum { INDENT = 2, FOLD_WIDTH = 2, DEPTH_MOST = 64 };

struct tree_node {
    size_t first_child, next; // NONE: there is none
    size_t last_child;        // while the tree is built
    int depth;
    bool open;
};

static const size_t NONE = (size_t)-1;

static long long parent_of(const struct tree_view *t, size_t item)
{
    long long parent = t->source.parent(t->source.self, item);

    return parent >= 0 && (size_t)parent < item ? parent : -1;
}

// Hangs item below its parent, or behind the root before it.
static void hang(struct tree_view *t, size_t item, size_t *last_root)
{
    long long parent = parent_of(t, item);
    struct tree_node *n = &t->nodes[item], *above = parent < 0 ? NULL : &t->nodes[parent];
    size_t *last = above ? &above->last_child : last_root;

    n->first_child = n->last_child = n->next = NONE;
    n->depth = above ? above->depth + 1 : 0;
    if (*last != NONE)
        t->nodes[*last].next = item;
    else if (above)
        above->first_child = item;
    *last = item;
}

// The item below `item` as it is shown, NONE at the end.
static size_t below(const struct tree_view *t, size_t item)
{
    const struct tree_node *n = &t->nodes[item];

    if (n->open && n->first_child != NONE)
        return n->first_child;
    while (t->nodes[item].next == NONE) {
        long long parent = parent_of(t, item);

        if (parent < 0)
            return NONE;
        item = (size_t)parent;
    }
    return t->nodes[item].next;
}

// The place of an item among those shown, or n_shown.
static size_t place_of(const struct tree_view *t, size_t item)
{
    size_t place = 0;

    while (place < t->n_shown && t->shown[place] != item)
        place++;
    return place;
}

// Lists what is shown; the cursor stays on item `at`, or goes to the nearest above it that is
// shown. The first item is always a root.
static void list_shown(struct tree_view *t, long long at)
{
    size_t i = t->n_nodes ? 0 : NONE;

    t->n_shown = 0;
    for (; i != NONE; i = below(t, i))
        t->shown[t->n_shown++] = i;
    while (at >= 0 && place_of(t, (size_t)at) == t->n_shown)
        at = parent_of(t, (size_t)at);
    scroll_fit(&t->scroll, t->n_shown, t->scroll.h);
    scroll_to(&t->scroll, at < 0 ? 0 : place_of(t, (size_t)at));
}

void tree_view_init(struct tree_view *t, const struct tree_source *source)
{
    *t = (struct tree_view){.source = *source};
    tree_view_update(t);
}

void tree_view_free(struct tree_view *t)
{
    free(t->nodes);
    free(t->shown);
    *t = (struct tree_view){0};
}

void tree_view_update(struct tree_view *t)
{
    size_t n = t->source.count(t->source.self), last_root = NONE;
    long long at = tree_view_item(t);

    t->nodes = mem_regrow(t->nodes, n + 1, sizeof(*t->nodes));
    t->shown = mem_regrow(t->shown, n + 1, sizeof(*t->shown));
    for (size_t i = t->n_nodes; i < n; i++)
        t->nodes[i].open = false;
    t->n_nodes = n;
    for (size_t i = 0; i < n; i++)
        hang(t, i, &last_root);
    list_shown(t, at < (long long)n ? at : -1);
}

// Which sign a node has: open, closed, or none below it.
static const char *fold_sign(const struct tree_node *n)
{
    if (n->first_child == NONE)
        return "  ";
    return n->open ? "- " : "+ ";
}

// Where the open or closed sign of an item stands. Deep ones keep half of the width.
static int fold_x(const struct tree_view *t, size_t item, int w)
{
    int depth = t->nodes[item].depth < DEPTH_MOST ? t->nodes[item].depth : DEPTH_MOST;
    int x = row_gutter(t->source.sign != NULL) + depth * INDENT;

    return x > w / 2 ? w / 2 : x;
}

// How deep it hangs, and whether what is below it is shown.
static void say_item(const struct tree_view *t, struct area a, int y, size_t item, bool at,
                     const char *sign, const char *aside)
{
    const struct tree_node *n = &t->nodes[item];
    struct str *said = row_say(a, y, at ? ROW_CURSOR : "", sign, NULL);

    if (!said)
        return;
    if (n->depth)
        str_addf(said, "level %d, ", (int)n->depth + 1);
    if (n->first_child != NONE)
        str_add(said, n->open ? "open, " : "closed, ");
    row_say_item(said, t->source.text(t->source.self, item), aside);
}

static void draw_item(const struct tree_view *t, struct area a, int y, size_t item, bool at,
                      bool focused)
{
    const struct tree_source *s = &t->source;
    enum role role = row_role(at, focused), sign_role = ROLE_TEXT;
    const char *sign = s->sign ? s->sign(s->self, item, &sign_role) : NULL;
    const char *aside = s->aside ? s->aside(s->self, item) : NULL;
    int x = fold_x(t, item, a.w);

    area_fill(area_part(a, y, 0, 1, a.w), role);
    row_signs(a, y, role, at ? ROW_CURSOR : "", sign, sign_role);
    (void)area_text(a, y, x, FOLD_WIDTH, role, fold_sign(&t->nodes[item]));
    row_text(a, y, x + FOLD_WIDTH, role, s->text(s->self, item), at ? role : ROLE_DIM, aside);
    say_item(t, a, y, item, at, sign, aside);
    if (at && focused)
        area_cursor(a, y, x + FOLD_WIDTH);
}

void tree_view_draw(struct tree_view *t, struct area a, bool focused)
{
    scroll_fit(&t->scroll, t->n_shown, a.h);
    t->w = a.w;
    area_fill(a, ROLE_TEXT);
    for (int y = 0; y < a.h && (size_t)y < t->n_shown - t->scroll.top; y++) {
        size_t i = t->scroll.top + (size_t)y;

        draw_item(t, a, y, t->shown[i], i == t->scroll.at, focused);
    }
    if (t->n_shown == 0) {
        (void)area_text(a, 0, row_gutter(false), a.w, ROLE_DIM, "nothing here");
        if (focused)
            area_cursor(a, 0, 0);
    }
}

static bool fold(struct tree_view *t, size_t item, bool open)
{
    struct tree_node *n = &t->nodes[item];

    if (n->first_child == NONE || n->open == open)
        return false;
    n->open = open;
    list_shown(t, (long long)item);
    return true;
}

static bool go_to(struct tree_view *t, long long item)
{
    if (item < 0)
        return false;
    scroll_to(&t->scroll, place_of(t, (size_t)item));
    return true;
}

bool tree_view_move(struct tree_view *t, enum move move)
{
    long long item = tree_view_item(t);

    if (item < 0)
        return false;
    if (move == MOVE_LEFT)
        return fold(t, (size_t)item, false) || go_to(t, parent_of(t, (size_t)item));
    if (move == MOVE_RIGHT) {
        size_t child = t->nodes[item].first_child;

        return fold(t, (size_t)item, true) || go_to(t, child == NONE ? -1 : (long long)child);
    }
    return scroll_move(&t->scroll, move);
}

bool tree_view_event(struct tree_view *t, const struct event *ev)
{
    size_t place, item;
    int x;

    if (scroll_wheeled(&t->scroll, ev))
        return true;
    if (!scroll_clicked(&t->scroll, ev, 0, &place))
        return false;
    item = t->shown[place];
    x = fold_x(t, item, t->w);
    scroll_to(&t->scroll, place);
    if (ev->mouse == MOUSE_PRESS && ev->x >= x && ev->x < x + FOLD_WIDTH)
        (void)fold(t, item, !t->nodes[item].open);
    return true;
}

long long tree_view_item(const struct tree_view *t)
{
    return t->n_shown ? (long long)t->shown[t->scroll.at] : -1;
}
