// How the screen was left, in words that only the frame understands. UI thread. Floor: desk.
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "desk/inside.h"

static struct view_note *find(const struct desk *d, const char *name)
{
    for (size_t i = 0; i < d->private->view.len; i++) {
        if (str_eq(d->private->view.items[i].name, name))
            return &d->private->view.items[i];
    }
    return NULL;
}

void view_put(struct desk *d, const char *name, const char *value)
{
    struct view_note *note = find(d, name);
    char *copy = mem_strdup(value);

    if (!note) {
        vec_push(&d->private->view, ((struct view_note){.name = mem_strdup(name), .value = copy}));
        return;
    }
    free(note->value);
    note->value = copy;
}

void view_free(struct desk *d)
{
    for (size_t i = 0; i < d->private->view.len; i++) {
        free(d->private->view.items[i].name);
        free(d->private->view.items[i].value);
    }
    vec_free(&d->private->view);
}

void desk_remember(struct desk *d, const char *name, const char *value)
{
    const char *known = desk_remembered(d, name);

    if (known && str_eq(known, value))
        return;
    view_put(d, name, value);
    session_touch(d);
}

const char *desk_remembered(const struct desk *d, const char *name)
{
    const struct view_note *note = find(d, name);

    return note ? note->value : NULL;
}
