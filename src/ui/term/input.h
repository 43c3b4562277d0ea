// What a terminal sends, as events: keys, mouse, pastes, answers. Bytes in, events out; knows no
// terminal and no clock, so that it can be tested on any bytes. UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_INPUT_H
#define LODE_UI_TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "ui/term/event.h"

// A string that a key of this terminal sends.
struct key_string {
    char *text;
    uint32_t key;
};

struct input {
    const struct key_string *keys; // the owner's
    size_t n_keys;
    // Does a key of this character ask for a line? NULL: none does.
    bool (*asks)(void *self, char c);
    // Is something being typed right now? NULL: always.
    bool (*types)(void *self);
    // Does a key of this character only move or show something else, so that it may run among
    // others that came at once? NULL: none does.
    bool (*moves)(void *self, char c);
    void *self;    // of all three
    bool answered; // the terminal said whether it knows synchronized updates:
    bool sync;     // it does

    struct str bytes; // read; those before `at` are done with
    size_t at;
    size_t fed_at;      // from here on those of the last read
    size_t run_end;     // up to here bytes are keys
    int64_t fed_ms;     // when the last ones came
    int64_t burst_ms;   // when text last came that no hand typed; 0: never
    bool burst_short;   // it was one only as nothing is being typed
    int64_t asked_ms;   // the same of keys behind one that asks for a line
    bool asking, asked; // the run asks for a line and is its text; the next of its keys is of that
    bool joined, mixed; // the keys of the run came with others
    bool pasting, paste_cut;
    struct str paste;
    int click_button, click_y, click_x; // the last press
    int64_t click_ms;
};

void input_free(struct input *in);
// now_ms: milliseconds that never go back, above 0.
void input_feed(struct input *in, const char *bytes, size_t len, int64_t now_ms);
// The next event; false: there is none yet. A paste lives until the next call.
bool input_next(struct input *in, int64_t now_ms, struct event *out);
// Milliseconds until input_next() may know more though no bytes come; -1: it waits for bytes.
int input_pending_ms(const struct input *in, int64_t now_ms);
// How many bytes wait.
size_t input_waiting(const struct input *in);

#endif
