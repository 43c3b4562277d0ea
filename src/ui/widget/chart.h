// Numbers as pictures: meters, bars, sparklines; with plain characters outside UTF-8, and always
// the number beside. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_CHART_H
#define LODE_UI_WIDGET_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/term/canvas.h"

// used of limit as a bar of width columns in row y, never empty where something is used, never full
// where something is left; limit <= 0: unknown, drawn as ?.
void chart_meter(struct area a, int y, int x, int width, long long used, long long limit);
// One bar: value of most.
void chart_bar(struct area a, int y, int x, int width, double value, double most, enum role role);
// n values, the newest at the right, a column each; of the largest shown. 0 is a blank.
void chart_spark(struct area a, int y, int x, int width, const double *values, size_t n,
                 enum role role);

struct bar {
    const char *label;
    double value;
    const char *text; // the number as people read it
};

// A row a bar: label, bar, number. Returns the rows drawn.
int chart_bars(struct area a, const struct bar *bars, size_t n);

#endif
