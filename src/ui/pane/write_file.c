// A file that a pane writes: its name is asked for, and whether one that is there may go. UI
// thread. Floor: ui/pane.
#include "ui/pane/write_file.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

static void replaced(void *self, int button)
{
    struct write_file *w = self;
    struct err e;

    if (button == 1 && !w->write(w->pane, w->path, true, &e))
        host_fail(w->pane->host, &e);
}

// A file that is there goes at the person's word alone.
static void named(void *self, const char *path)
{
    struct write_file *w = self;
    char *question;
    struct err e;

    free(w->path);
    w->path = mem_strdup(path);
    if (w->write(w->pane, w->path, false, &e))
        return;
    if (e.kind != ERR_EXISTS) {
        host_fail(w->pane->host, &e);
        return;
    }
    question = str_format("%s exists. The new file takes its place once it is whole.", path);
    host_ask(w->pane->host, "Replace it?", question, "Cancel|Replace", replaced, w);
    free(question);
}

void write_file(struct write_file *w, const char *path, const char *title, const char *proposed)
{
    if (path)
        named(w, path);
    else
        host_ask_file(w->pane->host, title, "File", proposed, named, w);
}
