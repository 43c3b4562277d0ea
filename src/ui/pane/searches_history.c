// The last searches, to find one in by a few letters and bring it back. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/cells.h"
#include "ui/pane/chooser.h"
#include "ui/pane/panes.h"
#include "ui/pane/searches_bring.h"
#include "ui/pane/when.h"

enum { POPUP_H = 20, POPUP_W = 76, ASIDE_MAX = 80, TEXT_MAX = 400 };

struct history_popup {
    struct chooser chooser;
    struct str text;
    char aside[ASIDE_MAX];
};

static const struct past *item_at(const struct history_popup *h, size_t item)
{
    return &h->chooser.pane.desk->searches.past.items.items[item];
}

static size_t count(void *self)
{
    return ((struct history_popup *)self)->chooser.pane.desk->searches.past.items.len;
}

// A line "FIELD = VALUES"; what names a person is masked as in the filters.
static void add_line(struct history_popup *h, const struct entity *entity, const char *line,
                     size_t len)
{
    size_t room = h->text.len < TEXT_MAX ? TEXT_MAX - h->text.len : 0, name_len = 0;
    const struct input *in;
    char *name;

    while (name_len < len && line[name_len] != ' ')
        name_len++;
    name = mem_strndup(line, name_len);
    in = entity ? entity_input(entity, name, BOUND_NONE) : NULL;
    str_add(&h->text, h->text.len ? "; " : "");
    if (in && input_masked(h->chooser.pane.desk, in))
        str_addf(&h->text, "%s = %s", name, cell_mask());
    else
        str_add_len(&h->text, line, len < room ? len : room);
    free(name);
}

// Its lines as one, without the first, which says what is searched.
static const char *text(void *self, size_t item)
{
    struct history_popup *h = self;
    const struct past *one = item_at(h, item);
    const struct entity *entity = entity_find(one->entity);
    const char *line = strchr(one->text, '\n');

    str_clear(&h->text);
    while (line && line[1] && h->text.len < TEXT_MAX) {
        size_t len = strcspn(++line, "\n");

        add_line(h, entity, line, len);
        line = line[len] ? line + len : NULL;
    }
    return h->text.len ? str_text(&h->text) : "(no filters)";
}

static const char *aside(void *self, size_t item)
{
    struct history_popup *h = self;
    const struct past *one = item_at(h, item);
    char hits[COUNT_MAX] = "?", age[WHEN_MAX];

    if (one->hits >= 0)
        (void)count_text(one->hits, hits);
    (void)snprintf(h->aside, sizeof(h->aside), "%s  %s  %s", one->entity, hits,
                   when_age(one->at_ms, desk_utc_ms(h->chooser.pane.desk), age));
    return h->aside;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct history_popup *h = (struct history_popup *)p;
    long long item = list_view_item(&h->chooser.list);

    (void)line;
    return item < 0 || search_bring(p, item_at(h, (size_t)item)->text, NULL, e);
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    list_view_update(&((struct history_popup *)p)->chooser.list);
}

static void close(struct pane *p)
{
    chooser_free(&((struct history_popup *)p)->chooser);
    str_free(&((struct history_popup *)p)->text);
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct history_popup *h = mem_zalloc(sizeof(*h));
    struct list_source source = {h, count, text, aside, NULL, NULL};

    h->chooser.pane.desk = desk; // the source looks there
    chooser_open(&h->chooser, &pane_recent, desk, host, &source);
    h->chooser.hint = "Type to narrow  Enter brings the filters back  Esc leaves";
    h->chooser.nothing = "Nothing was searched for yet.";
    desk_searches_read(desk);
    return &h->chooser.pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

const struct pane_ops pane_recent = {
    .name = "recent",
    .title = "Searches so far",
    .about = "The last 200 searches, each once, with its count and when it was made last.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = chooser_event,
    .typing = chooser_typing,
    .watches = DESK_SEARCHES,
    .changed = changed,
};
