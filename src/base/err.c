// What went wrong, in the caller's own struct. Any thread. Floor: base.
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void print(char text[static ERR_TEXT_MAX], const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
static void fill(struct err *e, enum err_kind kind, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

// Text that did not fit may end in half a UTF-8 sequence: away with it.
static void end_at_character(char *text)
{
    size_t n = strlen(text);

    while (n && ((unsigned char)text[n - 1] & 0xc0) == 0x80)
        n--;
    if (n && (unsigned char)text[n - 1] >= 0xc0)
        text[n - 1] = '\0';
}

static void print(char text[static ERR_TEXT_MAX], const char *format, va_list args)
{
    if (vsnprintf(text, ERR_TEXT_MAX, format, args) >= ERR_TEXT_MAX)
        end_at_character(text);
}

static void append(char text[static ERR_TEXT_MAX], const char *more)
{
    size_t n = strlen(text), room = ERR_TEXT_MAX - n;

    if (snprintf(text + n, room, ": %s", more) >= (int)room)
        end_at_character(text);
}

// The arguments may point into e->text.
static void fill(struct err *e, enum err_kind kind, const char *format, va_list args)
{
    struct err made = {.kind = kind, .retry_after = -1};

    print(made.text, format, args);
    *e = made;
}

bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill(e, kind, format, args);
    va_end(args);
    return false;
}

bool err_errno(struct err *e, enum err_kind kind, const char *format, ...)
{
    int saved = errno;
    va_list args;

    va_start(args, format);
    fill(e, kind, format, args);
    va_end(args);
    append(e->text, strerror(saved));
    return false;
}

bool err_prefix(struct err *e, const char *format, ...)
{
    char text[ERR_TEXT_MAX];
    va_list args;

    va_start(args, format);
    print(text, format, args);
    va_end(args);
    append(text, e->text);
    memcpy(e->text, text, sizeof(text));
    return false;
}
