// Numbers as people read them. Any thread. Floor: base.
#ifndef LODE_BASE_COUNT_H
#define LODE_BASE_COUNT_H

enum { COUNT_MAX = 32 };
// A number with thousands separated: "12,500"; returns buf.
char *count_text(long long n, char buf[static COUNT_MAX]);

#endif
