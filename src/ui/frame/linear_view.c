// The pane that has the keys, as lines. Main thread. Floor: ui/frame.
#include "ui/frame/linear_view.h"

#include <string.h>

#include "base/count.h"
#include "ui/frame/frame.h"

enum { BORDER = 2 };

static void draw(struct frame *f, struct pane *p)
{
    int h = p->ops->popup_h > BORDER ? p->ops->popup_h - BORDER : f->h;

    f->canvas.spoken = true;
    canvas_size(&f->canvas, h, f->w);
    p->dirty = true;
    p->ops->draw(p, canvas_area(&f->canvas), true);
    p->dirty = p->moved = false;
}

static void add_place(const struct pane *p, struct str *out)
{
    char a[COUNT_MAX], b[COUNT_MAX];
    size_t at = 0, of = 0;

    if (p->ops->place && p->ops->place(p, &at, &of) && of)
        str_addf(out, " %s of %s:", count_text((long long)at + 1, a), count_text((long long)of, b));
}

static void add_head(struct frame *f, const struct pane *p, struct str *out)
{
    size_t before;

    str_addf(out, "%s", p->ops->title);
    before = out->len;
    str_add(out, ". ");
    if (p->ops->status)
        p->ops->status(p, out);
    if (out->len == before + 2)
        str_cut(out, before);
    str_add(out, ".");
    add_place(p, out);
    if (f->canvas.cursor_y >= 0) {
        struct str row = {0};

        canvas_line(&f->canvas, f->canvas.cursor_y, &row);
        str_addf(out, " %s", str_text(&row) + strspn(str_text(&row), " "));
        str_free(&row);
    }
    str_add(out, "\n");
}

void linear_view(struct frame *f, bool whole, struct str *out)
{
    struct pane *p = deck_focus(&f->deck);

    draw(f, p);
    add_head(f, p, out);
    for (int y = 0; whole && y < f->canvas.h; y++) {
        size_t before = out->len;

        canvas_line(&f->canvas, y, out);
        if (out->len > before)
            str_add(out, "\n");
    }
    if (p->ops->shown)
        p->ops->shown(p);
}
