// Watches the person's folder of lode.conf and themes, so that a change holds at once. UI thread.
// Floor: ui/frame.
#ifndef LODE_UI_FRAME_WATCH_H
#define LODE_UI_FRAME_WATCH_H

#include <stdbool.h>

struct watch {
    int fd; // for poll; -1: nothing is watched
    char *folder;
};

// The folder is made where it is not there yet. Watches nothing where that fails, or without
// inotify.
void watch_open(struct watch *w);
void watch_close(struct watch *w);
// Takes in what happened; true where lode.conf or a theme was written, moved in or taken away.
bool watch_changed(struct watch *w);

#endif
