// Watches the person's folder of lode.conf and themes. UI thread. Floor: ui/frame.
#include "ui/frame/watch.h"

#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xdg.h"
#include "ui/frame/config.h"

enum { EVENTS = 4096, WATCHED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_CREATE };

static void watch_themes(struct watch *w)
{
    char *path = str_format("%s/themes", w->folder);

    (void)inotify_add_watch(w->fd, path, WATCHED);
    free(path);
}

void watch_open(struct watch *w)
{
    // Made where it is not there yet: else it could not be watched.
    w->folder = xdg_make(XDG_CONFIG, NULL, &(struct err){0});
    w->fd = w->folder ? inotify_init1(IN_NONBLOCK | IN_CLOEXEC) : -1;
    if (w->fd < 0)
        return;
    if (inotify_add_watch(w->fd, w->folder, WATCHED) < 0)
        watch_close(w);
    else
        watch_themes(w);
}

void watch_close(struct watch *w)
{
    if (w->fd >= 0)
        (void)close(w->fd);
    w->fd = -1;
    free(w->folder);
    w->folder = NULL;
}

static bool take(struct watch *w, const struct inotify_event *ev)
{
    if (!ev->len)
        return false;
    if ((ev->mask & IN_ISDIR) && str_eq(ev->name, "themes")) {
        watch_themes(w);
        return true;
    }
    return str_eq(ev->name, CONFIG_FILE) || str_ends(ev->name, ".theme");
}

bool watch_changed(struct watch *w)
{
    _Alignas(struct inotify_event) char bytes[EVENTS];
    bool changed = false;
    ssize_t n;

    while (w->fd >= 0 && (n = read(w->fd, bytes, sizeof(bytes))) > 0) {
        for (const char *p = bytes; p < bytes + n;) {
            const struct inotify_event *ev = (const struct inotify_event *)(const void *)p;

            changed |= take(w, ev);
            p += sizeof(*ev) + ev->len;
        }
    }
    return changed;
}
