// Undo and redo of filters, marks, columns and orders. UI thread. Floor: desk.
#include "desk/undo.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
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

static void forget_kind(struct undo_step *steps, size_t *n, const struct undo_kind *kind)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        if (steps[i].kind == kind)
            forget(steps + i, 1);
        else
            steps[kept++] = steps[i];
    }
    *n = kept;
}

void undo_forget(struct seat *s, const struct undo_kind *kind)
{
    forget_kind(s->undo.back.items, &s->undo.back.len, kind);
    forget_kind(s->undo.forth.items, &s->undo.forth.len, kind);
}

// What is under way now becomes a step, or is one.
static bool may_turn(const struct seat *s, struct err *e)
{
    if (s->marking)
        return err_set(e, ERR_REFUSED, "marks are being set; wait a moment");
    if (s->searching && s->ordering)
        return err_set(e, ERR_REFUSED, "the server puts the rows in order; wait a moment");
    return true;
}

// The i-th step of one stack becomes the last of the other.
static struct undo_step *move(struct undo_steps *from, size_t i, struct undo_steps *to)
{
    struct undo_step step = from->items[i];

    memmove(from->items + i, from->items + i + 1, (--from->len - i) * sizeof(*from->items));
    step.undone = !step.undone;
    step.asked = false;
    vec_push(to, step);
    return &to->items[to->len - 1];
}

// Through the last step of a stack; it becomes the other's at once, or when the server has answered.
static bool turn(struct desk *d, bool back, struct str *what, struct err *e)
{
    struct seat *s = desk_seat(d);
    struct undo_steps *from = back ? &s->undo.back : &s->undo.forth;
    struct undo_step *step;

    if (!may_turn(s, e))
        return false;
    if (from->len == 0)
        return err_set(e, ERR_REFUSED, "there is nothing to %s", back ? "undo" : "redo");
    step = &from->items[from->len - 1];
    if (!step->kind->swap(d, s, step, e))
        return false;
    if (step->asked) {
        str_addf(what, back ? "Undoing %s: one request." : "Doing %s again: one request.",
                 step->what);
        return true;
    }
    str_addf(what, back ? "Undid %s." : "Did %s again.", step->what);
    (void)move(from, from->len - 1, back ? &s->undo.forth : &s->undo.back);
    return true;
}

bool desk_undo(struct desk *d, struct str *what, struct err *e)
{
    return turn(d, true, what, e);
}

bool desk_redo(struct desk *d, struct str *what, struct err *e)
{
    return turn(d, false, what, e);
}

static bool find_asked(const struct undo_steps *steps, size_t *i)
{
    for (*i = 0; *i < steps->len; ++*i) {
        if (steps->items[*i].asked)
            return true;
    }
    return false;
}

struct undo_step *undo_came(struct seat *s)
{
    struct undo *u = &s->undo;
    size_t i;

    if (find_asked(&u->back, &i))
        return move(&u->back, i, &u->forth);
    return find_asked(&u->forth, &i) ? move(&u->forth, i, &u->back) : NULL;
}

void undo_stays(struct seat *s)
{
    size_t i;

    if (find_asked(&s->undo.back, &i))
        s->undo.back.items[i].asked = false;
    if (find_asked(&s->undo.forth, &i))
        s->undo.forth.items[i].asked = false;
}

const char *desk_undo_pane(const struct desk *d)
{
    const struct undo *u = &d->private->seats[d->private->at].undo;

    return u->back.len ? u->back.items[u->back.len - 1].kind->pane : NULL;
}

const char *desk_redo_pane(const struct desk *d)
{
    const struct undo *u = &d->private->seats[d->private->at].undo;

    return u->forth.len ? u->forth.items[u->forth.len - 1].kind->pane : NULL;
}
