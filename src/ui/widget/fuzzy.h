// How well a text fits what was typed, prepared once for many texts. Values. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_FUZZY_H
#define LODE_UI_WIDGET_FUZZY_H

#include <stddef.h>
#include <stdint.h>

enum { FUZZY_TYPED = 32 };

// What was typed, as letters that text_plain() compares, without blanks.
struct fuzzy {
    uint32_t letters[FUZZY_TYPED];
    size_t n;
};

struct fuzzy fuzzy_start(const char *typed);
// 0: not at all; where nothing was typed all fit alike.
int fuzzy_rate(const struct fuzzy *f, const char *text);

#endif
