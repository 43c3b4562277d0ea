// A terminal with a program in it, as a person has it: presses keys, waits until something is
// shown, looks at cells. Waiting has a deadline and is never a fixed sleep; what does not come
// fails the test and prints the screen. One thread. Tests.
#ifndef TESTS_SUPPORT_SCREEN_H
#define TESTS_SUPPORT_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/pty.h"

struct screen;

enum screen_button { BUTTON_LEFT = 1, BUTTON_MIDDLE, BUTTON_RIGHT };

enum screen_bits {
    SCREEN_BOLD = 1,
    SCREEN_DIM = 2,
    SCREEN_ITALIC = 4,
    SCREEN_UNDERLINE = 8,
    SCREEN_REVERSE = 16,
    SCREEN_BLINK = 32
};

enum { SCREEN_DEFAULT = -1, SCREEN_RGB = 1 << 24 };

struct screen_cell {
    char text[32]; // UTF-8; "" the right half of a wide one
    int width;
    unsigned bits;      // enum screen_bits
    int32_t fg, bg;     // SCREEN_DEFAULT, 0-255, or SCREEN_RGB | 0xrrggbb
    uint32_t ink, back; // 0xrrggbb as shown, before reverse
};

// What the program asked the terminal for.
struct screen_modes {
    bool alternate, mouse, drags, paste, cursor, cursor_keys;
};

// Starts the program. The caller ends it with screen_free(), which kills what still runs.
struct screen *screen_start(const struct pty_order *order);
// Fails the test where a sanitizer reported something about the program. NULL is allowed.
void screen_free(struct screen *s);
struct pty *screen_pty(struct screen *s);
// Seconds until waiting fails; 120 at first, and as many times more as LODE_PATIENCE says.
void screen_deadline(struct screen *s, double seconds);

// "j", "G", "C-d", "M-x", "S-Tab", "Space", "PageDown", "F10", "Enter", "Esc", "Up": as
// ui/term/event.h names them. After Esc it waits until the program took it for a key.
void screen_key(struct screen *s, const char *name);
bool screen_key_known(const char *name);
void screen_type(struct screen *s, const char *text);
// As the terminal does it: in brackets where the program asked for that.
void screen_paste(struct screen *s, const char *text);
void screen_bytes(struct screen *s, const void *bytes, size_t len);
// The mouse, in the encoding that the program asked for; nothing where it did not ask.
void screen_press(struct screen *s, int y, int x, enum screen_button button);
void screen_release(struct screen *s, int y, int x, enum screen_button button);
void screen_move(struct screen *s, int y, int x);
void screen_click(struct screen *s, int y, int x, enum screen_button button);
void screen_double_click(struct screen *s, int y, int x);
void screen_drag(struct screen *s, int y, int x, int to_y, int to_x);
void screen_wheel(struct screen *s, int y, int x, int steps); // below 0: up
void screen_resize(struct screen *s, int h, int w);
void screen_signal(struct screen *s, int signal);

// Each waits, and fails the test at the deadline or where the program ends before.
void screen_wait(struct screen *s, const char *text);
void screen_gone(struct screen *s, const char *text);
void screen_match(struct screen *s, const char *regex); // in a row; POSIX extended
// A row that holds both.
void screen_wait_row(struct screen *s, const char *text, const char *other);
// The terminal's cursor is shown in a row that holds text.
void screen_wait_cursor(struct screen *s, const char *text);
// All input was read, nothing runs, and no output comes any more.
void screen_quiet(struct screen *s);
// Until the program has ended; its exit status, or -signal.
int screen_end(struct screen *s);
// Takes in what arrives within ms, or what there is where that is 0. false: nothing came.
bool screen_take(struct screen *s, int ms);
// Until ok() is true. false at the deadline, or where the program ended and ok() is still false.
bool screen_until(struct screen *s, bool (*ok)(struct screen *s, void *self), void *self);

void screen_size(const struct screen *s, int *h, int *w);
// Row y without blanks at its end, and all rows, each with a newline; the caller frees them.
char *screen_row(const struct screen *s, int y);
char *screen_text(const struct screen *s);
// Where text stands for the nth time (from 1), by row and column of the screen.
bool screen_find(const struct screen *s, const char *text, int nth, int *y, int *x);
struct screen_cell screen_cell(const struct screen *s, int y, int x);
// false: it is hidden.
bool screen_cursor(const struct screen *s, int *y, int *x);
struct screen_modes screen_modes(struct screen *s);
const char *screen_title(const struct screen *s); // what the program called the window; ""
char *screen_clipboard(const struct screen *s);   // text that OSC 52 brought; the caller frees it
size_t screen_received(const struct screen *s);   // bytes of output so far
// Everything that the program wrote since the last call; the caller frees it. Kept from the first
// call on.
char *screen_raw(struct screen *s);

// What screen_fail() says before its sentence, e.g. the place in a script. "" at first.
void screen_note(struct screen *s, const char *note);
// Prints the sentence and the screen, and fails the test.
_Noreturn void screen_fail(struct screen *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
