// Screens kept in files and compared with what is shown. What changes from run to run (times,
// ports, request ids) is masked on both sides. One thread. Tests.
#ifndef TESTS_SUPPORT_SAVED_H
#define TESTS_SUPPORT_SAVED_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "support/screen.h"

struct mask {
    regex_t regex;
    char *instead; // owned; NULL: a # for each character
};

struct masks {
    struct mask *items;
    size_t len, cap;
};

// Those that hold for every screen. The caller frees them with masks_free().
struct masks masks_usual(void);
// false where it is no regular expression (POSIX extended).
bool masks_add(struct masks *m, const char *regex, const char *instead);
void masks_free(struct masks *m);

// The screen's rows, masked, and a last line that says where the cursor is.
void saved_text(const struct screen *s, const struct masks *m, struct str *out);
// How its cells look: a letter for each look, and a legend.
void saved_looks(const struct screen *s, struct str *out);
// The bit (enum screen_bits) of a look's name, 0: there is none of that name.
unsigned saved_bit(const char *name);
// Waits until the screen is the one in the file, or fails the test and shows the difference.
// With record, waits until it is quiet and writes the file instead.
void saved_compare(struct screen *s, const struct masks *m, const char *path, bool looks,
                   bool record);
// "-" and "+" lines where two texts differ, others with a blank.
void saved_difference(const char *expected, const char *found, struct str *out);

#endif
