// What was typed at `:`, kept in the state folder. UI thread. Floor: ui/frame.
#include "ui/frame/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/xdg.h"
#include "ui/frame/frame.h"

#define HISTORY_FILE "history"

enum { HISTORY_BYTES = 1 << 20 };

static char *history_path(struct err *e)
{
    char *folder = xdg_make(XDG_STATE, NULL, e), *path = NULL;

    if (folder)
        path = str_format("%s/" HISTORY_FILE, folder);
    free(folder);
    return path;
}

static void read_lines(struct history *h, char *text)
{
    for (char *line; (line = strsep(&text, "\n"));)
        history_add(h, line);
}

void history_need(struct frame *f)
{
    struct str text = {0};
    struct err e;
    char *path;

    if (f->history_read)
        return;
    f->history_read = true;
    path = history_path(&e);
    if (path && file_read(path, HISTORY_BYTES, &text, &e) && text.len)
        read_lines(&f->history, text.data);
    str_free(&text);
    free(path);
}

void history_save(struct frame *f)
{
    struct file_new file;
    struct str text = {0};
    struct err e;
    char *path;

    if (!f->history_typed)
        return;
    path = history_path(&e);
    for (size_t i = 0; i < f->history.n; i++)
        str_addf(&text, "%s\n", f->history.items[i]);
    // A history that cannot be kept is no reason to hold anybody up.
    if (path && file_new_open(&file, path, true, &e)) {
        if (file_write_all(file.fd, str_text(&text), text.len))
            (void)file_new_commit(&file, &e);
        else
            file_new_abort(&file);
    }
    str_free(&text);
    free(path);
}
