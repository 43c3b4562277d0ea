// Looking at a file that is to be quoted. UI thread: its head alone is read. Floor: desk.
#include "desk/import.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/xdg.h"
#include "flow/match_file.h"
#include "flow/selection.h"

// A pipe could keep the screen waiting.
static bool is_ordinary(const char *path, struct err *e)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return err_errno(e, ERR_NOT_FOUND, "cannot open %s", path);
    return S_ISREG(st.st_mode) || err_set(e, ERR_INVALID, "%s is no ordinary file", path);
}

static bool look(struct import *i, const struct entity *entity, struct err *e)
{
    const struct selection ids = {.entity = entity};
    struct match_file f;
    bool ok, first;

    if (!match_file_open(&f, i->path, e))
        return false;
    i->plan = match_plan_guess(entity, (const char *const *)f.names.items, f.names.len);
    (void)selection_id_column(&ids, &f, &i->bare);
    i->firsts = mem_array(f.names.len, sizeof(*i->firsts));
    first = match_file_next(&f, e);
    ok = first || e->kind == ERR_NONE;
    for (size_t c = 0; c < f.names.len; c++)
        i->firsts[c] = mem_strdup(first ? f.cells.items[c] : "");
    match_file_close(&f);
    return ok;
}

bool import_look(struct import *out, const struct entity *entity, const char *path, struct err *e)
{
    *out = (struct import){.path = xdg_home_path(path)};
    if (is_ordinary(out->path, e) && look(out, entity, e))
        return true;
    import_free(out);
    return false;
}

bool import_suffices(const struct import *i, struct err *e)
{
    return i->bare || match_plan_suffices(&i->plan, e);
}

void import_free(struct import *i)
{
    for (size_t c = 0; i->firsts && c < i->plan.n; c++)
        free(i->firsts[c]);
    free(i->firsts);
    match_plan_free(&i->plan);
    free(i->path);
    *i = (struct import){0};
}
