// A growing byte string, always NUL-terminated. A zeroed struct is an empty string. Any thread.
// Floor: base.
#ifndef LODE_BASE_STR_H
#define LODE_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    char *data; // NULL until the first byte; owned
    size_t len, cap;
};

void str_add(struct str *s, const char *text);
void str_add_len(struct str *s, const char *bytes, size_t len);
void str_add_char(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
// For str_reserve() alone.
void str_grow(struct str *s, size_t more);
// Room for so many bytes more.
static inline void str_reserve(struct str *s, size_t more)
{
    if (more >= s->cap - s->len)
        str_grow(s, more);
}
// Puts len bytes in place of the `gone` bytes at `at`.
void str_splice(struct str *s, size_t at, size_t gone, const char *bytes, size_t len);
// Shortens to len; a longer len is an assertion.
void str_cut(struct str *s, size_t len);
void str_clear(struct str *s);
void str_free(struct str *s);
// Gives the bytes to the caller, who frees them; s is empty after. Never NULL.
char *str_take(struct str *s);
// The text as a C string: "" where nothing was added. Lives until the next change.
const char *str_text(const struct str *s);
// A new string by printf; the caller frees it.
char *str_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

// In sight of its callers: most strings that are compared differ in the first byte.
static inline bool str_eq(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

// An ASCII capital as a small letter, anything else as it is, whatever the locale.
char str_lower(char c);
// Equal by ASCII letters without case.
bool str_eq_case(const char *a, const char *b);
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
// Where needle starts in hay by ASCII letters without case, or NULL.
const char *str_find_case(const char *hay, const char *needle);
// A whole decimal integer and nothing else; false leaves *out alone. Locale-free.
bool str_int64(const char *s, long long *out);
// A whole decimal number ("3", "-2.5") and nothing else; false leaves *out alone. Locale-free.
bool str_double(const char *s, double *out);
// Trims ASCII blanks at both ends in place and returns the start.
char *str_trim(char *s);

#endif
