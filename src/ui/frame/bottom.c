// The bottom of the screen: the last message and the keys that work here. UI thread.
// Floor: ui/frame.
#include "ui/frame/bars.h"

#include <stdlib.h>

#include "base/text.h"
#include "ui/frame/frame.h"
#include "ui/widget/dialog.h"

enum {
    HINTS_WORTH = 24, // columns that hints need beside a message
    GAP = 2,
    MESSAGE_ROWS = 5
};

static void draw_hints(struct frame *f, struct area row, int x)
{
    f->bars.hints_x = x;
    area_fill(area_part(row, 0, x, 1, row.w - x), ROLE_TEXT);
    bars_make_hints(f);
    tabs_draw(f->bars.hints, f->bars.n_hints, -1, area_part(row, 0, x, 1, row.w - x));
}

// A message longer than its row, over the rows above.
static void draw_long(struct frame *f, struct area screen, const char *text)
{
    struct area all = area_part(screen, 0, 1, MESSAGE_ROWS, screen.w - 2);
    int rows = wrapped_text(all, 0, -1, text), y;

    rows = rows > MESSAGE_ROWS ? MESSAGE_ROWS : rows;
    f->bars.covers = rows > 1;
    y = f->layout.message_y - rows + 1;
    f->bars.message = (struct rect){y, 0, rows, screen.w};
    area_fill(area_part(screen, y, 0, rows, screen.w), f->message.role);
    (void)wrapped_text(area_part(screen, y, 1, rows, screen.w - 2), 0, (int)f->message.role, text);
}

void bars_draw_bottom(struct frame *f, struct area screen)
{
    const char *text = str_text(&f->message.text);
    struct area hints = area_part(screen, f->layout.hints_y, 0, 1, screen.w);
    struct area row = area_part(screen, f->layout.message_y, 0, 1, screen.w);
    char *clean = text_cleaned(text);
    int w = text_width(clean);
    bool shared = f->layout.message_y == f->layout.hints_y, fits = w + GAP <= screen.w;

    f->bars.n_hints = 0;
    f->bars.covers = false;
    f->bars.message = (struct rect){0};
    if (!shared)
        area_fill(row, ROLE_TEXT);
    if (!shared || !*text)
        draw_hints(f, hints, 1);
    if (*text && fits) {
        f->bars.message = (struct rect){f->layout.message_y, 0, 1, shared ? w + GAP : screen.w};
        area_fill(area_part(row, 0, 0, 1, f->bars.message.w), f->message.role);
        (void)area_text(row, 0, 1, screen.w, f->message.role, text);
        if (shared && screen.w - w - GAP >= HINTS_WORTH)
            draw_hints(f, hints, w + GAP);
        else if (shared)
            area_fill(area_part(row, 0, w + GAP, 1, screen.w), f->message.role);
    } else if (*text) {
        draw_long(f, screen, text);
    }
    free(clean);
}

bool bars_on_message(const struct bars *b, int y, int x)
{
    const struct rect *r = &b->message;

    return y >= r->y && y < r->y + r->h && x >= r->x && x < r->x + r->w;
}

static bool click_hint(const struct bars *b, int x, struct str *out)
{
    int hit = tabs_hit(b->hints, b->n_hints, x - b->hints_x);

    if (hit < 0)
        return false;
    str_add(out, b->hint_commands[hit]);
    return true;
}

static bool click_tab(const struct frame *f, int x, struct str *out)
{
    int hit = tabs_hit(f->bars.tabs, f->bars.n_tabs, x - f->bars.tabs_x);

    if (hit < 0)
        return false;
    str_addf(out, "open %s", f->deck.rows[f->bars.tab_panes[hit]].ops->name);
    return true;
}

bool bars_click(struct frame *f, int y, int x, struct str *out)
{
    const char *command;

    if (y == f->layout.hints_y)
        return click_hint(&f->bars, x, out);
    if (y == f->layout.tabs_y)
        return click_tab(f, x, out);
    command = y == 0 ? topbar_command(&f->bars.top, x) : NULL;
    if (command)
        str_add(out, command);
    return command != NULL;
}
