// Commands, keys, settings and roles as rows of text, for `lode keys`, help and the manual. Any
// thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_LISTS_H
#define LODE_UI_FRAME_LISTS_H

#include <stdbool.h>

enum lists_which {
    LISTS_COMMANDS, // name, arguments, help, topic
    LISTS_KEYS,     // context, key, command, help, where it is said
    LISTS_FAULTS,   // a sentence: what is wrong in lode.conf
    LISTS_SETTINGS, // name, kind, at first, help
    LISTS_ROLES,    // name, what it is for
    LISTS_THEMES    // name
};

// Gives every row to row(), until it returns false.
void lists_each(enum lists_which which, bool (*row)(void *self, const char *const *cells),
                void *self);

#endif
