// Where rows of text end. Values. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_WRAP_H
#define LODE_UI_WIDGET_WRAP_H

#include <stddef.h>

// The bytes of the first row in w columns of clean text, len bytes without a line end: it ends at a
// blank where there is one, else at a grapheme border, and is never empty where len is not 0.
// *next: where the row below begins, past the blanks between.
size_t wrap_row(const char *text, size_t len, int w, size_t *next);

#endif
