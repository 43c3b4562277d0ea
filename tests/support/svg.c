// Pictures of a terminal as SVG. One thread. Tests.
#include "support/svg.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "support/svg_inside.h"

enum { MARGIN = 12, BAR = 30 }; // pixels

const struct svg_colours svg_dark = {
    .fg = 0xd7dae0,
    .bg = 0x16181d,
    .border = 0x3a3f4b,
    .palette = {0x2b303b, 0xe06c75, 0x98c379, 0xe5c07b, 0x61afef, 0xc678dd, 0x56b6c2, 0xc8ccd4,
                0x6b7280, 0xff7b86, 0xb5e890, 0xffd58a, 0x82c4ff, 0xe29bff, 0x7fdbe8, 0xffffff}};
const struct svg_colours svg_light = {
    .fg = 0x24292f,
    .bg = 0xfcfcfa,
    .border = 0xc9ccd1,
    .palette = {0x24292f, 0xb3261e, 0x1a7f37, 0x7d5700, 0x0550ae, 0x8250df, 0x0f6e84, 0xd8dbe0,
                0x6e7781, 0xd1242f, 0x2da44e, 0x9a6700, 0x0969da, 0xa475f9, 0x1b7c93, 0xffffff}};

struct svg_frame svg_look(const struct screen *s, double seconds)
{
    struct svg_frame f = {.seconds = seconds, .cursor_y = -1, .cursor_x = -1};
    int y, x;

    screen_size(s, &f.h, &f.w);
    f.cells = mem_array((size_t)(f.h * f.w), sizeof(*f.cells));
    for (int i = 0; i < f.h * f.w; i++)
        f.cells[i] = screen_cell(s, i / f.w, i % f.w);
    if (screen_cursor(s, &y, &x)) {
        f.cursor_y = y;
        f.cursor_x = x;
    }
    return f;
}

void svg_frame_free(struct svg_frame *f)
{
    free(f->cells);
    f->cells = NULL;
}

// A row as it stands from one moment of the film to another, in thousandths of its length.
static void add_span(const char *content, int from, int to, double seconds, struct str *out)
{
    if (!*content)
        return;
    if (from == 0 && to == 1000) {
        str_addf(out, "%s\n", content);
        return;
    }
    str_addf(out,
             "<g visibility=\"hidden\">%s<animate attributeName=\"visibility\" calcMode="
             "\"discrete\" dur=\"%.2fs\" repeatCount=\"indefinite\" ",
             content, seconds);
    if (from == 0)
        str_addf(out, "values=\"visible;hidden\" keyTimes=\"0;%d.%03d\"/></g>\n", to / 1000,
                 to % 1000);
    else if (to == 1000)
        str_addf(out, "values=\"hidden;visible\" keyTimes=\"0;0.%03d\"/></g>\n", from);
    else
        str_addf(out, "values=\"hidden;visible;hidden\" keyTimes=\"0;0.%03d;0.%03d\"/></g>\n", from,
                 to);
}

// Row y through the whole film: what stays the same from frame to frame is drawn once.
static void add_row(const struct svg_frame *frames, size_t n, int y, const int *times,
                    double seconds, const struct svg_colours *c, struct str *out)
{
    struct str now = {0}, next = {0};
    size_t began = 0;

    svg_row(&frames[0], y, c, &now);
    for (size_t i = 1; i <= n; i++) {
        str_clear(&next);
        if (i < n)
            svg_row(&frames[i], y, c, &next);
        if (i < n && str_eq(str_text(&now), str_text(&next)))
            continue;
        add_span(str_text(&now), times[began], times[i], seconds, out);
        began = i;
        str_clear(&now);
        str_add(&now, str_text(&next));
    }
    str_free(&now);
    str_free(&next);
}

static void add_window(int w, int h, const char *title, const struct svg_colours *c,
                       struct str *out)
{
    static const uint32_t dots[] = {0xff5f57, 0xfebc2e, 0x28c840};

    str_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 "
             "%d %d\" font-family=\"'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,'Noto Sans "
             "Mono CJK SC',monospace\" font-size=\"%d\">\n",
             w, h, w, h, SVG_FONT);
    str_addf(out, "<style>text{white-space:pre}path{fill:none}.c{fill:none;stroke:#%06x}</style>\n",
             c->fg);
    str_addf(out,
             "<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#%06x\" "
             "stroke=\"#%06x\"/>\n",
             w - 1, h - 1, c->bg, c->border);
    for (int i = 0; i < 3; i++)
        str_addf(out, "<circle cx=\"%d\" cy=\"15\" r=\"5.5\" fill=\"#%06x\"/>", 20 + 19 * i,
                 dots[i]);
    str_addf(out,
             "<text x=\"%d\" y=\"20\" text-anchor=\"middle\" fill=\"#%06x\" fill-opacity=\".7\">"
             "%s</text>\n",
             w / 2, c->fg, title);
}

void svg_write(const struct svg_frame *frames, size_t n, const char *title,
               const struct svg_colours *colours, struct str *out)
{
    int w = (frames->w * SVG_CELL_W + 999) / 1000 + 2 * MARGIN;
    int h = frames->h * SVG_CELL_H / 1000 + BAR + MARGIN;
    int *times = mem_array(n + 1, sizeof(*times));
    double seconds = 0, at = 0;

    for (size_t i = 0; i < n; i++)
        seconds += frames[i].seconds;
    for (size_t i = 0; i <= n; i++) {
        times[i] = i == 0 ? 0 : i == n ? 1000 : (int)(at / seconds * 1000);
        at += i < n ? frames[i].seconds : 0;
    }
    add_window(w, h, title, colours, out);
    str_addf(out, "<g transform=\"translate(%d %d)\" xml:space=\"preserve\" fill=\"#%06x\">\n",
             MARGIN, BAR, colours->fg);
    for (int y = 0; y < frames->h; y++)
        add_row(frames, n, y, times, seconds, colours, out);
    str_add(out, "</g>\n</svg>\n");
    free(times);
}
