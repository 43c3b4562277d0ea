// Memory that never fails: running out of it aborts the program. Any thread. Floor: base.
#ifndef LODE_BASE_MEM_H
#define LODE_BASE_MEM_H

#include <stddef.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

void *mem_alloc(size_t size);
void *mem_zalloc(size_t size);
void *mem_realloc(void *p, size_t size);
// An array of n items; aborts where n * size overflows.
void *mem_array(size_t n, size_t size);
void *mem_regrow(void *p, size_t n, size_t size);
char *mem_strdup(const char *s);
// At most len bytes of s, which needs no NUL then.
char *mem_strndup(const char *s, size_t len);
// A copy of len bytes; p may be NULL where len is 0.
void *mem_dup(const void *p, size_t len);
// Gives the system back what stands free, and pages of program and libraries, which come again from
// their files once they are needed: most were for starting alone. Takes about a millisecond.
void mem_give_back(void);

#endif
