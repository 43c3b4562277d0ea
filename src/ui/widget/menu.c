// A menu bar with drop-downs. UI thread. Floor: ui/widget.
#include "ui/widget/menu.h"

#include <string.h>

#include "base/text.h"
#include "ui/widget/row.h"

enum { TITLE_AROUND = 2, BORDERS = 2, ASIDE_GAP = 2, BELOW_BAR = 1 };

static size_t n_menus(const struct menu *m)
{
    return m->source.menus(m->source.self);
}

static size_t n_items(const struct menu *m)
{
    return n_menus(m) ? m->source.items(m->source.self, m->menu) : 0;
}

static struct menu_item item_at(const struct menu *m, size_t i)
{
    return m->source.item(m->source.self, m->menu, i);
}

static int title_width(const struct menu *m, size_t i)
{
    return text_width(m->source.title(m->source.self, i)) + TITLE_AROUND;
}

// Where the title of menu i stands; the bar is moved to the left until the open one is in sight.
static int title_x(const struct menu *m, size_t i)
{
    int x = 0, end = 0;

    for (size_t k = 0; k < i; k++)
        x += title_width(m, k);
    for (size_t k = 0; k <= m->menu && k < n_menus(m); k++)
        end += title_width(m, k);
    return end > m->w ? x - (end - m->w) : x;
}

// The open menu's place in the area, with its border.
static struct area box_of(const struct menu *m, struct area a)
{
    int labels = 0, asides = 0, x = title_x(m, m->menu), w, h = (int)n_items(m) + BORDERS;

    for (size_t i = 0; i < n_items(m); i++) {
        struct menu_item item = item_at(m, i);
        int label = text_width(item.label) + (item.blocked ? 2 : 0);
        int aside = item.aside && *item.aside ? text_width(item.aside) + ASIDE_GAP : 0;

        labels = label > labels ? label : labels;
        asides = aside > asides ? aside : asides;
    }
    // Half of a row is for what stands at its right.
    w = labels > asides ? labels + asides : 2 * asides;
    w += row_gutter(false) + BORDERS;
    if (x + w > a.w)
        x = a.w - w;
    return area_part(a, BELOW_BAR, x < 0 ? 0 : x, h, w);
}

static void draw_bar(const struct menu *m, struct area a)
{
    area_fill(area_part(a, 0, 0, 1, a.w), ROLE_BAR);
    for (size_t i = 0; i < n_menus(m); i++) {
        bool at = i == m->menu;

        (void)area_textf(a, 0, title_x(m, i), title_width(m, i), at ? ROLE_CHOSEN : ROLE_BAR,
                         "%s%s%s", at ? "[" : " ", m->source.title(m->source.self, i),
                         at ? "]" : " ");
    }
}

static void draw_item(const struct menu *m, struct area a, int y, size_t i)
{
    struct menu_item item = item_at(m, i);
    bool at = i == m->item;
    enum role role = row_role(at, true), dim = at ? role : ROLE_DIM;
    int x = row_gutter(false), used = 0;

    area_fill(area_part(a, y, 0, 1, a.w), role);
    row_signs(a, y, role, at ? ROW_CURSOR : "", NULL, role);
    if (item.blocked)
        used = area_text(a, y, x, 1, dim, "(");
    row_text(a, y, x + used, item.blocked ? dim : role, item.label, at ? role : ROLE_KEY,
             item.aside);
    if (item.blocked)
        (void)area_text(a, y, x + used + text_width(item.label), 1, dim, ")");
    if (at)
        area_cursor(a, y, x);
}

// How many more there are above and below, on the border.
static void draw_more(const struct menu *m, struct area box, int h)
{
    size_t above = m->scroll.top, below = m->scroll.n - above;

    below = below > (size_t)h ? below - (size_t)h : 0;
    if (above)
        (void)area_textf(box, 0, 2, box.w - 2 * BORDERS, ROLE_DIM, " %zu more ", above);
    if (below)
        (void)area_textf(box, box.h - 1, 2, box.w - 2 * BORDERS, ROLE_DIM, " %zu more ", below);
}

void menu_draw(struct menu *m, struct area a)
{
    struct area box, inside;

    m->h = a.h;
    m->w = a.w;
    m->menu = m->menu < n_menus(m) ? m->menu : 0;
    m->item = m->item < n_items(m) ? m->item : 0;
    draw_bar(m, a);
    box = box_of(m, a);
    inside = area_part(box, 1, 1, box.h - BORDERS, box.w - BORDERS);
    scroll_fit(&m->scroll, n_items(m), inside.h);
    scroll_to(&m->scroll, m->item);
    area_box(box, ROLE_BORDER_FOCUS);
    draw_more(m, box, inside.h);
    for (int y = 0; y < inside.h && (size_t)y < m->scroll.n - m->scroll.top; y++)
        draw_item(m, inside, y, m->scroll.top + (size_t)y);
}

// Round and round.
static size_t step(size_t at, size_t n, bool back)
{
    return n == 0 ? 0 : back ? (at + n - 1) % n : (at + 1) % n;
}

static enum menu_result go_to_menu(struct menu *m, size_t menu)
{
    m->menu = menu;
    m->item = 0;
    return MENU_GOES_ON;
}

static enum menu_result go_to_item(struct menu *m, size_t item)
{
    m->item = item;
    return MENU_GOES_ON;
}

static enum menu_result choose(struct menu *m)
{
    return m->item < n_items(m) && !item_at(m, m->item).blocked ? MENU_CHOSEN : MENU_GOES_ON;
}

static uint32_t first_letter(const char *text)
{
    uint32_t point = 0;

    (void)text_decode(text, strnlen(text, 4), &point);
    return text_plain(point);
}

static enum menu_result go_to_letter(struct menu *m, uint32_t key)
{
    size_t n = n_items(m), i = m->item;

    for (size_t tries = 0; tries < n; tries++) {
        i = step(i, n, false);
        if (first_letter(item_at(m, i).label) == text_plain(key))
            return go_to_item(m, i);
    }
    return MENU_GOES_ON;
}

static enum menu_result press(struct menu *m, uint32_t key)
{
    size_t n = n_items(m);

    switch (key) {
    case K_LEFT:
    case K_SHIFT | K_TAB:
        return go_to_menu(m, step(m->menu, n_menus(m), true));
    case K_RIGHT:
    case K_TAB:
        return go_to_menu(m, step(m->menu, n_menus(m), false));
    case K_UP:
    case K_DOWN:
        return go_to_item(m, step(m->item, n, key == K_UP));
    case K_HOME:
        return go_to_item(m, 0);
    case K_END:
        return go_to_item(m, n ? n - 1 : 0);
    case K_ENTER:
        return choose(m);
    case K_ESCAPE:
    case K_F1 + 9:
        return MENU_LEFT;
    default:
        return key < K_SPECIAL ? go_to_letter(m, key) : MENU_GOES_ON;
    }
}

static enum menu_result click(struct menu *m, int y, int x)
{
    struct area whole = {NULL, 0, 0, m->h, m->w};
    struct area box = box_of(m, whole);

    for (size_t i = 0; y == 0 && i < n_menus(m); i++) {
        if (x >= title_x(m, i) && x < title_x(m, i) + title_width(m, i))
            return go_to_menu(m, i);
    }
    if (y < box.y || y >= box.y + box.h || x < box.x || x >= box.x + box.w)
        return MENU_LEFT;
    if (y == box.y || y == box.y + box.h - 1)
        return MENU_GOES_ON;
    m->item = m->scroll.top + (size_t)(y - box.y - 1);
    return choose(m);
}

enum menu_result menu_event(struct menu *m, const struct event *ev)
{
    if (ev->kind == EVENT_KEY)
        return press(m, ev->key);
    if (ev->kind != EVENT_MOUSE)
        return MENU_GOES_ON;
    if (ev->mouse == MOUSE_WHEEL_UP || ev->mouse == MOUSE_WHEEL_DOWN)
        return go_to_item(m, step(m->item, n_items(m), ev->mouse == MOUSE_WHEEL_UP));
    return ev->mouse == MOUSE_PRESS ? click(m, ev->y, ev->x) : MENU_GOES_ON;
}
