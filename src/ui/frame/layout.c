// Where everything stands on a screen of some size. Any thread. Floor: ui/frame.
#include "ui/frame/layout.h"

enum {
    LEFT_MIN = 24, // columns
    MAIN_MIN = 40,
    STACKED_MIN = 8, // rows
    PERCENT = 100,
    PANES_Y = 1 // below the top bar
};

static int between(int low, int value, int high)
{
    if (value > high)
        value = high;
    return value < low ? low : value;
}

static void add(struct layout *l, int pane, struct rect box)
{
    l->slots[l->n++] =
        (struct slot){pane, box, {box.y + 1, box.x, box.h > 1 ? box.h - 1 : 0, box.w}};
}

// The panes' own rectangle, without the screen's bars and side lines.
static struct rect room(const struct layout *l)
{
    int side = l->sides ? 1 : 0;

    return (struct rect){PANES_Y, side, l->tabs_y - PANES_Y, l->w - 2 * side};
}

// Two panes with a line between them; the left one w columns wide.
static struct rect beside(struct layout *l, int pane, struct rect in, int w)
{
    add(l, pane, (struct rect){in.y, in.x, in.h, w});
    return (struct rect){in.y, in.x + w + 1, in.h, in.w - w - 1};
}

// As wide as was asked for, as long as the others get what they need.
static int left_width(const struct layout_wish *wish, int w, bool three)
{
    int others = MAIN_MIN + 1 + (three ? LEFT_MIN + 1 : 0);

    return between(LEFT_MIN, w * wish->percent[DIVIDER_LEFT] / PERCENT, w - others);
}

static void place_wide(struct layout *l, const struct layout_wish *wish)
{
    struct rect in = room(l);
    bool three = l->w >= LAYOUT_VERY_WIDE && wish->left >= 0 && wish->beside >= 0;

    if (wish->left >= 0 && (three || wish->focus != wish->beside)) {
        in = beside(l, wish->left, in, left_width(wish, in.w, three));
        l->divider[DIVIDER_LEFT] = in.x - 1;
    }
    if (wish->beside >= 0 && (three || wish->focus == wish->beside)) {
        int w = in.w - in.w * wish->percent[DIVIDER_BESIDE] / PERCENT;

        in = beside(l, wish->main, in, between(MAIN_MIN, w, in.w - LEFT_MIN - 1));
        l->divider[DIVIDER_BESIDE] = in.x - 1;
        add(l, wish->beside, in);
    } else {
        add(l, wish->main, in);
    }
}

static void place_tall(struct layout *l, const struct layout_wish *wish)
{
    struct rect in = room(l);
    int other = wish->focus == wish->beside ? wish->beside : wish->left;
    int h = between(STACKED_MIN, in.h / 3, in.h);
    struct rect upper = {in.y, in.x, h, in.w}, lower = {in.y + h, in.x, in.h - h, in.w};

    add(l, other, upper);
    add(l, wish->main, lower);
}

static void place(struct layout *l, const struct layout_wish *wish)
{
    bool alone = wish->alone || wish->main < 0 || (wish->left < 0 && wish->beside < 0);

    if (alone || (l->w < LAYOUT_WIDE && l->h < LAYOUT_TALL))
        add(l, wish->focus, room(l));
    else if (l->w >= LAYOUT_WIDE)
        place_wide(l, wish);
    else
        place_tall(l, wish);
}

struct layout layout_make(const struct layout_wish *wish)
{
    struct layout l = {.h = wish->h, .w = wish->w, .divider = {-1, -1}};

    if (l.h < LAYOUT_MIN_H || l.w < LAYOUT_MIN_W) {
        l.too_small = true;
        return l;
    }
    l.sides = l.w >= LAYOUT_WIDE;
    l.hints_y = l.h - 1;
    l.message_y = l.h >= LAYOUT_ROOMY ? l.h - 2 : l.hints_y;
    l.tabs_y = l.message_y - 1;
    place(&l, wish);
    return l;
}

int layout_at(const struct layout *l, int y, int x)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct rect *r = &l->slots[i].box;

        if (y >= r->y && y < r->y + r->h && x >= r->x && x < r->x + r->w)
            return (int)i;
    }
    return -1;
}

int layout_percent(const struct layout *l, enum divider divider, int x)
{
    struct rect in = room(l);
    int left = l->divider[DIVIDER_LEFT] + 1;

    if (divider == DIVIDER_LEFT)
        return (x - in.x) * PERCENT / in.w;
    left = left ? left : in.x;
    return (in.x + in.w - x) * PERCENT / (in.x + in.w - left);
}

struct rect layout_popup(const struct layout *l, int h, int w)
{
    int most = l->hints_y - PANES_Y;

    h = between(0, h, most);
    w = between(0, w, l->w);
    return (struct rect){PANES_Y + (most - h) / 2, (l->w - w) / 2, h, w};
}
