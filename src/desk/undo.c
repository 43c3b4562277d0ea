// Undo and redo of filters, marks and columns. UI thread. Floor: desk.
#include "desk/undo.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "desk/inside.h"

static void forget(struct undo_step *steps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        steps[i].kind->free(&steps[i]);
}

void undo_free(struct undo *u)
{
    forget(u->back.items, u->back.len);
    forget(u->forth.items, u->forth.len);
    vec_free(&u->back);
    vec_free(&u->forth);
}

void undo_push(struct seat *s, struct undo_step step, const char *format, ...)
{
    struct undo *u = &s->undo;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(step.what, sizeof(step.what), format, args);
    va_end(args);
    forget(u->forth.items, u->forth.len);
    u->forth.len = 0;
    if (u->back.len == UNDO_KEPT) {
        forget(u->back.items, 1);
        memmove(u->back.items, u->back.items + 1, --u->back.len * sizeof(*u->back.items));
    }
    vec_push(&u->back, step);
}

bool desk_undo(struct desk *d, struct str *what, struct err *e)
{
    struct seat *s = desk_seat(d);
    struct undo_step step;

    if (s->marking)
        return err_set(e, ERR_REFUSED, "marks are being set; wait a moment");
    if (s->undo.back.len == 0)
        return err_set(e, ERR_REFUSED, "there is nothing to undo");
    step = s->undo.back.items[--s->undo.back.len];
    step.kind->swap(d, s, &step);
    step.undone = true;
    str_addf(what, "Undid %s.", step.what);
    vec_push(&s->undo.forth, step);
    return true;
}

bool desk_redo(struct desk *d, struct str *what, struct err *e)
{
    struct seat *s = desk_seat(d);
    struct undo_step step;

    if (s->marking)
        return err_set(e, ERR_REFUSED, "marks are being set; wait a moment");
    if (s->undo.forth.len == 0)
        return err_set(e, ERR_REFUSED, "there is nothing to redo");
    step = s->undo.forth.items[--s->undo.forth.len];
    step.kind->swap(d, s, &step);
    step.undone = false;
    str_addf(what, "Did %s again.", step.what);
    vec_push(&s->undo.back, step);
    return true;
}
