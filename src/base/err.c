// What went wrong, in the caller's own struct. Any thread. Floor: base.
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct err *e, enum err_kind kind, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static void fill(struct err *e, enum err_kind kind, const char *format, va_list args)
{
    *e = (struct err){.kind = kind, .retry_after = -1};
    (void)vsnprintf(e->text, sizeof(e->text), format, args);
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
    size_t n;

    va_start(args, format);
    fill(e, kind, format, args);
    va_end(args);
    n = strlen(e->text);
    (void)snprintf(e->text + n, sizeof(e->text) - n, ": %s", strerror(saved));
    return false;
}

bool err_prefix(struct err *e, const char *format, ...)
{
    char text[ERR_TEXT_MAX];
    va_list args;
    size_t n;

    memcpy(text, e->text, sizeof(text));
    va_start(args, format);
    (void)vsnprintf(e->text, sizeof(e->text), format, args);
    va_end(args);
    n = strlen(e->text);
    (void)snprintf(e->text + n, sizeof(e->text) - n, ": %.*s", (int)sizeof(text) - 1, text);
    return false;
}

const char *err_kind_name(enum err_kind kind)
{
    static const char *const names[] = {
        [ERR_NONE] = "none",
        [ERR_UNAUTHORISED] = "unauthorised",
        [ERR_FORBIDDEN] = "forbidden",
        [ERR_NOT_FOUND] = "not found",
        [ERR_INVALID] = "invalid",
        [ERR_RATE_LIMITED] = "rate limited",
        [ERR_OUT_OF_CREDITS] = "out of credits",
        [ERR_REFUSED] = "refused",
        [ERR_OFFLINE] = "offline",
        [ERR_IN_DOUBT] = "in doubt",
        [ERR_CANCELLED] = "cancelled",
        [ERR_STORAGE] = "storage",
        [ERR_INTERNAL] = "internal",
    };
    return names[kind];
}
