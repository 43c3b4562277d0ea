// Ids that stand in places, read in slices. Floor: store.
#include "store/places.h"

#include "store/owner.h"

bool places_each(struct store *s,
                 bool (*read)(struct store *s, struct store_task *task, struct err *e), int64_t of,
                 bool (*each)(void *arg, const char *id), void *arg, struct err *e)
{
    struct places p = {
        .task = {.kind = TASK_ALONE, .work = read}, .of = of, .after = -1, .slice = {.width = 2}};
    bool ok, more = true;

    do {
        ok = store_do(s, &p.task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&p.slice); i++) {
            p.after = slice_int(&p.slice, i, 1);
            more = each(arg, slice_text(&p.slice, i, 0));
        }
    } while (ok && more && slice_full(&p.slice));
    slice_free(&p.slice);
    return ok;
}
