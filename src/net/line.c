// Requests inside the network thread, in lines. Network thread. Floor: net.
#include "net/line.h"

#include <stddef.h>

void line_add(struct line *l, struct flight *f)
{
    struct flight *before = l->last;

    while (before && before->order > f->order)
        before = before->prev;
    f->prev = before;
    f->next = before ? before->next : l->first;
    if (f->prev)
        f->prev->next = f;
    else
        l->first = f;
    if (f->next)
        f->next->prev = f;
    else
        l->last = f;
    l->len++;
}

void line_remove(struct line *l, struct flight *f)
{
    if (f->prev)
        f->prev->next = f->next;
    else
        l->first = f->next;
    if (f->next)
        f->next->prev = f->prev;
    else
        l->last = f->prev;
    f->next = f->prev = NULL;
    l->len--;
}
