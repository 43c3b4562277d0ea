// What libraries write to standard error while the screen is up: kept, so that it does not paint
// over it, and said afterwards. UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_STRAY_H
#define LODE_UI_TERM_STRAY_H

enum { STRAY_MAX = 64 * 1024, STRAY_SAID = 8 * 1024 };

struct stray {
    int real; // standard error as it was, or -1: nothing is kept
    int kept; // what came meanwhile, at most STRAY_MAX bytes
};

// Takes standard error where that is a terminal.
void stray_open(struct stray *s);
// Gives it back for a while, and takes it again.
void stray_leave(const struct stray *s);
void stray_return(const struct stray *s);
// Gives it back and says what was kept, the last STRAY_SAID bytes.
void stray_close(struct stray *s);
// The same for a signal handler: nothing is freed.
void stray_say(const struct stray *s);

#endif
