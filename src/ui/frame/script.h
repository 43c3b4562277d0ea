// Commands that wait for their turn: -e, and what comes by a pipe. Each runs when the desk has come
// to rest after the one before. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_SCRIPT_H
#define LODE_UI_FRAME_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

struct script {
    char **items; // owned
    size_t len, cap, at;
};

void script_add(struct script *s, const char *command);
// The next one, which lives as long as the script; NULL: none is left.
const char *script_next(struct script *s);
bool script_waits(const struct script *s);
void script_free(struct script *s);

#endif
