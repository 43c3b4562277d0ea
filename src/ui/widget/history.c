// What was typed before at a prompt. UI thread. Floor: ui/widget.
#include "ui/widget/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool history_add(struct history *h, const char *text)
{
    if (!*text || (h->n && str_eq(h->items[h->n - 1], text)))
        return false;
    if (h->n == HISTORY_MAX) {
        free(h->items[0]);
        memmove(h->items, h->items + 1, (h->n - 1) * sizeof(*h->items));
        h->n--;
    }
    if (h->n == h->cap) {
        h->cap = h->cap ? h->cap * 2 : 16;
        h->items = mem_regrow(h->items, h->cap, sizeof(*h->items));
    }
    h->items[h->n++] = mem_strdup(text);
    return true;
}

void history_free(struct history *h)
{
    for (size_t i = 0; i < h->n; i++)
        free(h->items[i]);
    free(h->items);
    *h = (struct history){0};
}
