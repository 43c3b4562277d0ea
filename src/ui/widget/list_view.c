// A list with a fuzzy filter line: type to narrow, best first. UI thread. Floor: ui/widget.
#include "ui/widget/list_view.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/widget/fuzzy.h"

enum { FILTER_X = 2, COUNT_MIN_WIDTH = 40, COUNT_WIDTH = 20, BYTES = 256 };

struct list_rank {
    size_t item;
    int score; // FUZZY_MOST at most
};

void list_view_init(struct list_view *l, const struct list_source *source, bool filtering)
{
    *l = (struct list_view){.source = *source, .filtering = filtering};
    list_view_update(l);
}

void list_view_free(struct list_view *l)
{
    free(l->ranks);
    free(l->fits);
    edit_free(&l->edit);
    *l = (struct list_view){0};
}

// By eight bits of the score, the largest first; what is alike there stays in its order.
static void order_by(const struct list_rank *from, struct list_rank *to, size_t n, int shift)
{
    size_t ends[BYTES + 1] = {0};

    for (size_t i = 0; i < n; i++)
        ends[BYTES - (from[i].score >> shift & (BYTES - 1))]++;
    for (size_t i = 1; i <= BYTES; i++)
        ends[i] += ends[i - 1];
    for (size_t i = 0; i < n; i++)
        to[ends[BYTES - 1 - (from[i].score >> shift & (BYTES - 1))]++] = from[i];
}

// Better first; those that fit alike in their order. Scores have sixteen bits.
static void order(struct list_rank *ranks, size_t n)
{
    struct list_rank *other = mem_array(n, sizeof(*other));

    order_by(ranks, other, n, 0);
    order_by(other, ranks, n, 8);
    free(other);
}

static void make_room(struct list_view *l, size_t n)
{
    if (l->cap >= n)
        return;
    l->ranks = mem_regrow(l->ranks, n, sizeof(*l->ranks));
    l->fits = mem_regrow(l->fits, n, sizeof(*l->fits));
    l->cap = n;
}

// narrower: nothing fits that did not before, in the same items.
static void update(struct list_view *l, bool narrower)
{
    const struct list_source *s = &l->source;
    struct fuzzy f = fuzzy_start(str_text(&l->edit.text));
    size_t all = s->count(s->self), n;

    narrower = narrower && all == l->n_all;
    n = narrower ? l->n_ranks : all;
    make_room(l, all);
    l->n_all = all;
    l->n_ranks = 0;
    for (size_t i = 0; i < n; i++) {
        size_t item = narrower ? l->fits[i] : i;
        int score = f.n ? fuzzy_rate(&f, s->text(s->self, item)) : 1;

        if (!score)
            continue;
        l->fits[l->n_ranks] = item;
        l->ranks[l->n_ranks++] = (struct list_rank){item, score};
    }
    if (f.n && l->n_ranks)
        order(l->ranks, l->n_ranks);
    if (f.n)
        l->scroll.at = 0;
    scroll_fit(&l->scroll, l->n_ranks, l->scroll.h);
}

void list_view_update(struct list_view *l)
{
    update(l, false);
}

static void draw_filter(struct list_view *l, struct area a, bool focused)
{
    char fit[COUNT_MAX], all[COUNT_MAX], counts[2 * COUNT_MAX + 4];
    int count = a.w >= COUNT_MIN_WIDTH ? COUNT_WIDTH : 0;

    area_fill(area_part(a, 0, 0, 1, a.w), ROLE_TEXT);
    (void)area_text(a, 0, 0, 1, ROLE_KEY, "/");
    edit_draw(&l->edit, area_part(a, 0, FILTER_X, 1, a.w - FILTER_X - count), focused,
              "type to narrow");
    (void)count_text((long long)l->n_ranks, fit);
    (void)count_text((long long)l->source.count(l->source.self), all);
    (void)snprintf(counts, sizeof(counts), "%s of %s", fit, all);
    (void)area_text_right(a, 0, a.w - count, count, ROLE_DIM, counts);
}

static void draw_item(const struct list_view *l, struct area a, int y, size_t item, bool at,
                      bool focused)
{
    const struct list_source *s = &l->source;
    enum role role = row_role(at, focused), sign_role = ROLE_TEXT;
    const char *sign = s->sign ? s->sign(s->self, item, &sign_role) : NULL;
    const char *reason = s->blocked ? s->blocked(s->self, item) : NULL;
    const char *aside = reason || !s->aside ? reason : s->aside(s->self, item);
    enum role text_role = at || !reason ? role : ROLE_DIM;

    area_fill(area_part(a, y, 0, 1, a.w), role);
    row_signs(a, y, role, at ? ROW_CURSOR : "", sign, sign_role);
    row_text(a, y, row_gutter(s->sign != NULL), text_role, s->text(s->self, item),
             at ? role : ROLE_DIM, aside);
    row_say_item(row_say(a, y, at ? ROW_CURSOR : "", sign, l->words), s->text(s->self, item),
                 aside);
    if (at && focused && !l->filtering)
        area_cursor(a, y, row_gutter(s->sign != NULL));
}

void list_view_draw(struct list_view *l, struct area a, bool focused)
{
    struct area items = area_part(a, l->filtering, 0, a.h, a.w);

    scroll_fit(&l->scroll, l->n_ranks, items.h);
    area_fill(items, ROLE_TEXT);
    for (int y = 0; y < items.h && (size_t)y < l->n_ranks - l->scroll.top; y++) {
        size_t i = l->scroll.top + (size_t)y;

        draw_item(l, items, y, l->ranks[i].item, i == l->scroll.at, focused);
    }
    if (l->n_ranks == 0) {
        (void)area_text(items, 0, row_gutter(false), items.w, ROLE_DIM,
                        l->edit.text.len ? "nothing fits" : "nothing here");
        if (focused)
            area_cursor(items, 0, 0);
    }
    if (l->filtering)
        draw_filter(l, a, focused);
}

bool list_view_move(struct list_view *l, enum move move)
{
    static const uint32_t keys[MOVES] = {
        [MOVE_LEFT] = K_LEFT, [MOVE_RIGHT] = K_RIGHT, [MOVE_FIRST] = K_HOME, [MOVE_LAST] = K_END};
    size_t before = l->edit.at;

    if (!l->filtering || !keys[move])
        return scroll_move(&l->scroll, move);
    (void)edit_event(&l->edit, &(struct event){.kind = EVENT_KEY, .key = keys[move]});
    return l->edit.at != before;
}

static bool type(struct list_view *l, const struct event *ev)
{
    unsigned before = l->edit.changes;
    char *was = l->filtering ? mem_strdup(str_text(&l->edit.text)) : NULL;
    bool taken = l->filtering && edit_event(&l->edit, ev);

    if (taken && l->edit.changes != before) {
        l->scroll.at = 0;
        update(l, str_starts(str_text(&l->edit.text), was));
    }
    free(was);
    return taken;
}

bool list_view_event(struct list_view *l, const struct event *ev)
{
    size_t place;

    if (ev->kind != EVENT_MOUSE)
        return type(l, ev);
    if (scroll_wheeled(&l->scroll, ev))
        return true;
    if (!scroll_clicked(&l->scroll, ev, l->filtering, &place))
        return false;
    scroll_to(&l->scroll, place);
    return true;
}

long long list_view_item(const struct list_view *l)
{
    return l->n_ranks ? (long long)l->ranks[l->scroll.at].item : -1;
}
