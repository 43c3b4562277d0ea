// The inside of struct screen, for screen*.c alone. Tests.
#ifndef TESTS_SUPPORT_SCREEN_INSIDE_H
#define TESTS_SUPPORT_SCREEN_INSIDE_H

#include <vterm.h>

#include "base/str.h"
#include "support/screen.h"
#include "support/sgr.h"

struct screen {
    struct pty pty;
    const struct home *home;
    VTerm *vt;
    VTermScreen *cells;
    struct sgr sgr;
    struct str passed;    // output after sgr_pass(), for the terminal
    struct str pending;   // input that the program's terminal has not taken yet
    struct pty_rest sent; // who had the terminal when input was sent last, and how it stood
    struct str *probe;    // what the terminal would send goes here where it is set
    bool eof;             // nobody has the terminal open any more
    double deadline_s;
    bool alternate, hidden;
    int mouse; // VTERM_PROP_MOUSE_*
    struct str title, clipboard, raw, note;
    bool keep_raw;
    size_t received;
};

// Hands input to the program, taking its output meanwhile.
void screen_send(struct screen *s, const char *bytes, size_t len);
double screen_now(void); // seconds

#endif
