// Numbers as pictures: meters, bars, sparklines. UI thread. Floor: ui/widget.
#include "ui/widget/chart.h"

#include <math.h>

#include "base/text.h"

enum { BARS_GAP = 1, METER_ENDS = 2 };

// Of a column, in eighths.
static const char *const parts[] = {"▏", "▎", "▍", "▌", "▋", "▊", "▉"};

// What part of the whole fills of width columns, in eighths of one: never nothing where there is
// something, never all where something is left.
static int eighths(double part, double whole, int width)
{
    int all = width * 8, n;

    if (!(part > 0) || !(whole > 0) || width <= 0)
        return 0;
    if (part >= whole)
        return all;
    n = (int)(part / whole * all);
    return n < 1 ? 1 : n < all ? n : all - 1;
}

// A bar of n whole columns.
static void draw_columns(struct area a, int y, int x, int n, enum role role)
{
    const char *full = text_is_utf8() ? "█" : "#";

    for (int i = 0; i < n; i++)
        (void)area_text(a, y, x + i, 1, role, full);
}

// Whole columns of so many eighths; at least one of any.
static int columns_of(int n)
{
    return n > 0 && n < 8 ? 1 : n / 8;
}

void chart_meter(struct area a, int y, int x, int width, long long used, long long limit)
{
    bool known = limit > 0;
    int n = known ? eighths((double)used, (double)limit, width - METER_ENDS) : 0;
    const char *rest = !known ? "?" : text_is_utf8() ? "·" : ".";
    int inside = width - METER_ENDS;

    if (inside < 1 || a.canvas->spoken)
        return;
    (void)area_text(a, y, x, 1, ROLE_METER_REST, "[");
    (void)area_text(a, y, x + width - 1, 1, ROLE_METER_REST, "]");
    for (int i = 0; i < inside; i++)
        (void)area_text(a, y, x + 1 + i, 1, known ? ROLE_METER_REST : ROLE_UNSURE, rest);
    draw_columns(a, y, x + 1, n / 8, ROLE_METER);
    if (n > 0 && n < 8) // something, and less than a column
        (void)area_text(a, y, x + 1, 1, ROLE_METER, text_is_utf8() ? parts[n - 1] : "|");
}

void chart_bar(struct area a, int y, int x, int width, double value, double most, enum role role)
{
    int n = eighths(value, most, width);

    area_fill(area_part(a, y, x, 1, width), ROLE_TEXT);
    if (a.canvas->spoken) // the number stands beside it
        return;
    if (!text_is_utf8()) {
        draw_columns(a, y, x, columns_of(n), role);
        return;
    }
    draw_columns(a, y, x, n / 8, role);
    if (n % 8)
        (void)area_text(a, y, x + n / 8, 1, role, parts[n % 8 - 1]);
}

static double largest(const double *values, size_t n)
{
    double most = 0;

    for (size_t i = 0; i < n; i++)
        most = isfinite(values[i]) && values[i] > most ? values[i] : most;
    return most;
}

void chart_spark(struct area a, int y, int x, int width, const double *values, size_t n,
                 enum role role)
{
    static const char *const fine[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const plain[] = {"_", "_", ".", ".", "-", "-", "=", "#"};
    const char *const *levels = text_is_utf8() ? fine : plain;
    size_t room = width > 0 ? (size_t)width : 0, shown = n < room ? n : room;
    double most = shown ? largest(values + (n - shown), shown) : 0;

    area_fill(area_part(a, y, x, 1, width), ROLE_TEXT);
    for (size_t i = 0; i < shown; i++) {
        int level = eighths(values[n - shown + i], most, 1);

        if (level)
            (void)area_text(a, y, x + width - (int)(shown - i), 1, role, levels[level - 1]);
    }
}

int chart_bars(struct area a, const struct bar *bars, size_t n)
{
    int labels = 0, texts = 0, rows = n < (size_t)a.h ? (int)n : a.h, bar_w;
    double most = 0;

    for (int i = 0; i < rows; i++) {
        int label = text_width(bars[i].label), text = text_width(bars[i].text);

        labels = label > labels ? label : labels;
        texts = text > texts ? text : texts;
        most = isfinite(bars[i].value) && bars[i].value > most ? bars[i].value : most;
    }
    labels = labels < a.w / 3 ? labels : a.w / 3;
    bar_w = a.w - labels - texts - 2 * BARS_GAP;
    for (int y = 0; y < rows; y++) {
        area_fill(area_part(a, y, 0, 1, a.w), ROLE_TEXT);
        (void)area_text(a, y, 0, labels, ROLE_LABEL, bars[y].label);
        chart_bar(a, y, labels + BARS_GAP, bar_w, bars[y].value, most, ROLE_METER);
        (void)area_text_right(a, y, 0, a.w, ROLE_TEXT, bars[y].text);
        if (area_said(a, y))
            str_addf(area_said(a, y), "%s: %s", bars[y].label, bars[y].text);
    }
    return rows;
}
