// Text from outside on its way to people: strict UTF-8, nothing that drives a terminal, widths as
// the terminal lays out. Any thread; setlocale() must have run for widths. Floor: base.
#ifndef LODE_BASE_TEXT_H
#define LODE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

// Decodes one code point at p (len > 0 bytes left) into *cp; returns its bytes, or 0 where they are
// no UTF-8 (overlong, surrogate, past U+10FFFF, cut short).
size_t text_decode(const char *p, size_t len, uint32_t *cp);
void text_encode(uint32_t cp, struct str *out);
bool text_valid(const char *p, size_t len);
// Does the locale's encoding take every character?
bool text_is_utf8(void);
// Appends text made harmless: bad bytes become U+FFFD; control, bidi, zero-width, tag and
// non-characters are shown as <U+202E>, and so is what the locale cannot print (outside UTF-8 all
// but ASCII); a tab or line end becomes one blank; at most four combining marks stay on a base; of
// joined emoji the first stays. The result of this function is the only outside text a terminal
// may get.
void text_clean(const char *p, size_t len, struct str *out);
// A harmless copy; the caller frees it.
char *text_cleaned(const char *s);
// Columns on the terminal of clean text: the same as wcswidth(), by which ncurses lays out.
int text_width(const char *s);
// Appends clean text cut to at most width columns at a grapheme border, with … (or ~ outside UTF-8)
// where something was cut, then blanks up to width where pad is set.
void text_fit(const char *s, int width, bool pad, struct str *out);
// Bytes of the longest run of whole graphemes of clean text, len bytes, within width columns;
// *used: its columns.
size_t text_fitting(const char *s, size_t len, int width, int *used);
// The grapheme border behind the one at `at`, and the one before it; s is UTF-8 of len bytes and
// need not be clean. The second walks back only to where two ASCII characters meet.
size_t text_next(const char *s, size_t len, size_t at);
size_t text_prev(const char *s, size_t len, size_t at);
// A letter for comparing what people type: small, without its accents; 0 for a mark, which counts
// for nothing. What stands for a syllable or a word (Kana, Han, Hangul) stays as it is.
uint32_t text_plain(uint32_t cp);
// Where needle stands in hay by text_plain(), *len bytes long; NULL: nowhere, or needle is empty.
const char *text_find(const char *hay, const char *needle, size_t *len);
// Case-folded, accents kept; for comparing what people type. The caller frees it.
char *text_fold(const char *s);

#endif
