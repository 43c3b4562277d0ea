// Waiting until something is shown. One thread. Tests.
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "support/screen_inside.h"

struct wanted {
    const char *text, *other;
    regex_t regex;
};

static bool is_shown(struct screen *s, void *self)
{
    const struct wanted *w = self;
    int y, x;

    return screen_find(s, w->text, 1, &y, &x);
}

static bool is_gone(struct screen *s, void *self)
{
    return !is_shown(s, self);
}

static bool any_row(struct screen *s, const struct wanted *w,
                    bool (*fits)(const struct wanted *w, const char *row))
{
    bool found = false;
    int h, width;

    screen_size(s, &h, &width);
    for (int y = 0; y < h && !found; y++) {
        char *row = screen_row(s, y);

        found = fits(w, row);
        free(row);
    }
    return found;
}

static bool fits_regex(const struct wanted *w, const char *row)
{
    return regexec(&w->regex, row, 0, NULL, 0) == 0;
}

static bool fits_both(const struct wanted *w, const char *row)
{
    return strstr(row, w->text) && strstr(row, w->other);
}

static bool matches(struct screen *s, void *self)
{
    return any_row(s, self, fits_regex);
}

static bool holds_both(struct screen *s, void *self)
{
    return any_row(s, self, fits_both);
}

static bool cursor_is_there(struct screen *s, void *self)
{
    const struct wanted *w = self;
    int y, x;
    bool there = screen_cursor(s, &y, &x);
    char *row = screen_row(s, y);

    there = there && strstr(row, w->text);
    free(row);
    return there;
}

void screen_wait(struct screen *s, const char *text)
{
    if (!screen_until(s, is_shown, &(struct wanted){.text = text}))
        screen_fail(s, "\"%s\" did not come", text);
}

// What is painted anew is gone for a moment too.
void screen_gone(struct screen *s, const char *text)
{
    struct wanted w = {.text = text};

    do {
        if (!screen_until(s, is_gone, &w))
            screen_fail(s, "\"%s\" did not go", text);
        screen_quiet(s);
    } while (is_shown(s, &w));
}

void screen_match(struct screen *s, const char *regex)
{
    struct wanted w = {0};
    bool ok;

    if (regcomp(&w.regex, regex, REG_EXTENDED | REG_NOSUB) != 0)
        screen_fail(s, "\"%s\" is no regular expression", regex);
    ok = screen_until(s, matches, &w);
    regfree(&w.regex);
    if (!ok)
        screen_fail(s, "no row came that matches \"%s\"", regex);
}

void screen_wait_row(struct screen *s, const char *text, const char *other)
{
    if (!screen_until(s, holds_both, &(struct wanted){.text = text, .other = other}))
        screen_fail(s, "no row came with \"%s\" and \"%s\"", text, other);
}

void screen_wait_cursor(struct screen *s, const char *text)
{
    if (!screen_until(s, cursor_is_there, &(struct wanted){.text = text}))
        screen_fail(s, "the cursor did not come to \"%s\"", text);
}
