// Numbers as people read them. Any thread. Floor: base.
#ifndef LODE_BASE_COUNT_H
#define LODE_BASE_COUNT_H

enum { COUNT_MAX = 32, COUNT_WORDS_MAX = 64 };
// A number with thousands separated: "12,500"; returns buf.
char *count_text(long long n, char buf[static COUNT_MAX]);
// That many of a thing that takes an s: "1 row", "12,500 rows"; returns buf.
char *count_words(long long n, const char *thing, char buf[static COUNT_WORDS_MAX]);

#endif
