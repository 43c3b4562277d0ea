// Marks that the explorer left for its next start. Any thread. Floor: flow.
#include "flow/session_marks.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/line.h"
#include "base/map.h"
#include "base/str.h"
#include "base/xdg.h"

enum { SESSION_CAP = 64 << 20 };

struct sweep {
    struct map ids;
    struct str kept;
    bool any; // a mark went
};

static bool is_gone(const struct sweep *s, const char *text)
{
    struct line line;
    struct err ignored;
    bool gone;

    if (!str_starts(text, "mark ") || !line_split(text, 0, &line, &ignored))
        return false;
    gone = line.n > 1 && map_has(&s->ids, line.words[1].text);
    line_free(&line);
    return gone;
}

static bool take(void *self, const char *text, int number, struct err *e)
{
    struct sweep *s = self;

    (void)number;
    (void)e;
    if (is_gone(s, text))
        s->any = true;
    else
        str_addf(&s->kept, "%s\n", text);
    return true;
}

static void pass(void *self, const char *sentence)
{
    (void)self;
    (void)sentence;
}

static bool write_back(const char *path, const struct str *text, struct err *e)
{
    struct file_new file;

    if (!file_new_open(&file, path, true, e))
        return false;
    if (file_write_all(file.fd, str_text(text), text->len))
        return file_new_commit(&file, e);
    (void)err_errno(e, ERR_STORAGE, "cannot write %s", path);
    file_new_abort(&file);
    return false;
}

bool session_marks_drop(const char *profile, const char *const *ids, size_t n, struct err *e)
{
    struct sweep s = {0};
    const struct raw_reader reader = {&s, take, pass};
    char *folder = xdg_make(XDG_STATE, profile, e), *path;
    struct str text = {0};
    bool ok;

    if (!folder)
        return false;
    path = str_format("%s/session", folder);
    for (size_t i = 0; i < n; i++)
        (void)map_put(&s.ids, ids[i], &s);
    ok = file_read(path, SESSION_CAP, &text, e);
    if (ok)
        (void)lines_read_raw(NULL, str_text(&text), &reader);
    else
        ok = e->kind == ERR_NOT_FOUND;
    ok = ok && (!s.any || write_back(path, &s.kept, e));
    map_free(&s.ids, NULL);
    str_free(&s.kept);
    str_free(&text);
    free(path);
    free(folder);
    return ok;
}
