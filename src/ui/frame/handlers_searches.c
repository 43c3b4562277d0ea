// Commands of the frame about saved searches, history, waterfall and parts. UI thread.
// Floor: ui/frame.
#include "ui/frame/handlers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "ui/frame/ask.h"
#include "ui/frame/frame.h"

// A name that is taken, while the person says whether the other one makes way.
struct naming {
    struct frame *frame;
    char *name;
};

static void naming_free(void *self)
{
    struct naming *n = self;

    free(n->name);
    free(n);
}

static void save(struct frame *f, const char *name, bool replace)
{
    struct err e;

    if (!desk_search_save(f->desk, name, "", replace, &e))
        frame_fail(f, &e);
}

static void replace(void *self, int button)
{
    struct naming *n = self;

    if (button == 1)
        save(n->frame, n->name, true);
}

static void named(void *self, const char *text)
{
    struct frame *f = self;
    char *copy = mem_strdup(text), *name = str_trim(copy);
    struct naming *n;
    char *said;

    if (!desk_search_named(f->desk, name)) {
        save(f, name, false);
    } else {
        n = mem_zalloc(sizeof(*n));
        *n = (struct naming){f, mem_strdup(name)};
        said = str_format("A search is saved as \"%s\". The filters as they are now would take its "
                          "place; its note stays.",
                          name);
        (void)ask_buttons(f, &(struct ask_buttons){"Replace it?", said, "Cancel|Replace", replace,
                                                   naming_free, n, 0});
        free(said);
    }
    free(copy);
}

bool do_save_search(struct frame *f, const struct line *line, struct err *e)
{
    struct str name = {0};

    (void)e;
    for (size_t i = 1; i < line->n; i++)
        str_addf(&name, "%s%s", i > 1 ? " " : "", line->words[i].text);
    desk_searches_read(f->desk);
    if (name.len)
        named(f, name.data);
    else
        host_ask_text(&f->host, "Save the search", "Name", "", named, f);
    str_free(&name);
    return true;
}

static bool show(struct frame *f, const char *pane)
{
    host_open(&f->host, pane);
    return true;
}

#define SHOWS(name)                                                                                \
    bool do_##name(struct frame *f, const struct line *line, struct err *e)                        \
    {                                                                                              \
        (void)line;                                                                                \
        (void)e;                                                                                   \
        return show(f, #name);                                                                     \
    }

SHOWS(searches)
SHOWS(recent)
SHOWS(changes)
SHOWS(waterfall)
SHOWS(parts)
