// A line of tabs or key hints that can be clicked. UI thread. Floor: ui/widget.
#include "ui/widget/tabs.h"

#include <string.h>

#include "base/text.h"

enum { GAP = 2, NARROW_GAP = 1, AROUND = 2 }; // chosen: [ and ] stand around it, else blanks

static int width_of(const struct tab *t)
{
    int label = text_width(t->label), key = t->key ? text_width(t->key) : 0;

    return label + key + (label && key);
}

static void draw_tab(const struct tab *t, bool at, struct area a)
{
    enum role role = at ? ROLE_CHOSEN : ROLE_CHOICE;
    int x = t->x;

    if (at) {
        (void)area_text(a, 0, x - 1, 1, role, "[");
        (void)area_text(a, 0, x + t->w, 1, role, "]");
    }
    if (t->key) {
        x += area_text(a, 0, x, t->w, at ? role : ROLE_KEY, t->key);
        x += area_text(a, 0, x, t->x + t->w - x, role, " ");
    }
    (void)area_text(a, 0, x, t->x + t->w - x, role, t->label);
}

static int total(const struct tab *tabs, size_t n, int gap)
{
    int w = AROUND;

    for (size_t i = 0; i < n; i++)
        w += width_of(&tabs[i]) + (i ? gap : 0);
    return w;
}

int tabs_width(const struct tab *tabs, size_t n)
{
    return total(tabs, n, GAP);
}

int tabs_narrow(const struct tab *tabs, size_t n)
{
    return total(tabs, n, NARROW_GAP);
}

static void draw(struct tab *tabs, size_t n, int at, int gap, struct area a)
{
    int x = AROUND / 2;
    bool room = a.h > 0;

    for (size_t i = 0; i < n; i++) {
        int w = width_of(&tabs[i]);

        room = room && w + AROUND / 2 <= a.w - x;
        tabs[i].x = x;
        tabs[i].w = room ? w : 0;
        if (room)
            draw_tab(&tabs[i], (int)i == at, a);
        x += w + gap;
    }
}

void tabs_draw(struct tab *tabs, size_t n, int at, struct area a)
{
    draw(tabs, n, at, GAP, a);
}

void tabs_draw_narrow(struct tab *tabs, size_t n, int at, struct area a)
{
    draw(tabs, n, at, tabs_width(tabs, n) > a.w ? NARROW_GAP : GAP, a);
}

int tabs_hit(const struct tab *tabs, size_t n, int x)
{
    for (size_t i = 0; i < n; i++) {
        if (x >= tabs[i].x && x < tabs[i].x + tabs[i].w)
            return (int)i;
    }
    return -1;
}
