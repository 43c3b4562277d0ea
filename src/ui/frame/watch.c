// Watches the person's folder of lode.conf and themes. UI thread. Floor: ui/frame.
#include "ui/frame/watch.h"

#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/str.h"
#include "ui/frame/config.h"

enum { EVENTS = 4096, WATCHED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE };

void watch_open(struct watch *w)
{
    char *folder = config_folder(), *themes;

    w->fd = folder ? inotify_init1(IN_NONBLOCK | IN_CLOEXEC) : -1;
    if (w->fd >= 0) {
        themes = str_format("%s/themes", folder);
        if (inotify_add_watch(w->fd, folder, WATCHED) < 0)
            watch_close(w);
        else
            (void)inotify_add_watch(w->fd, themes, WATCHED);
        free(themes);
    }
    free(folder);
}

void watch_close(struct watch *w)
{
    if (w->fd >= 0)
        (void)close(w->fd);
    w->fd = -1;
}

bool watch_changed(struct watch *w)
{
    _Alignas(struct inotify_event) char bytes[EVENTS];
    bool changed = false;
    ssize_t n;

    while (w->fd >= 0 && (n = read(w->fd, bytes, sizeof(bytes))) > 0) {
        for (const char *p = bytes; p < bytes + n;) {
            const struct inotify_event *ev = (const struct inotify_event *)(const void *)p;

            changed |= ev->len && (str_eq(ev->name, CONFIG_FILE) || str_ends(ev->name, ".theme"));
            p += sizeof(*ev) + ev->len;
        }
    }
    return changed;
}
