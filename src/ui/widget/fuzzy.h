// How well a text fits what was typed, prepared once for many texts. Values. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_FUZZY_H
#define LODE_UI_WIDGET_FUZZY_H

#include <stddef.h>
#include <stdint.h>

enum {
    FUZZY_TYPED = 32, // letters that count
    FUZZY_TEXT = 256, // of a text are looked at
    FUZZY_MOST = 0xffff
};

// What was typed, as letters that text_plain() compares, without blanks.
struct fuzzy {
    uint32_t letters[FUZZY_TYPED];
    size_t n;
    // Of the text at hand; kept here, for clearing it costs more than filling it.
    struct {
        uint32_t letters[FUZZY_TEXT], points[FUZZY_TEXT]; // points: as they were written
        int n, ends[FUZZY_TEXT];
        int first[FUZZY_TYPED]; // where each letter typed is met at the soonest
    } text;
};

struct fuzzy fuzzy_start(const char *typed);
// 0: not at all, FUZZY_MOST at best; where nothing was typed all fit alike.
int fuzzy_rate(struct fuzzy *f, const char *text);

#endif
