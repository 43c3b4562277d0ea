// Commands of the frame that the desk carries out: searching, marks, undo, export. UI thread.
// Floor: ui/frame.
#include "ui/frame/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/pane/import.h"

// The arguments from word number `from` on, with blanks between.
static char *rest(const struct line *line, size_t from)
{
    struct str s = {0};

    for (size_t i = from; i < line->n; i++)
        str_addf(&s, "%s%s", i > from ? " " : "", line->words[i].text);
    return str_take(&s);
}

static bool search(struct frame *f, struct err *e)
{
    if (!desk_search(f->desk, e))
        return false;
    host_open(&f->host, "results");
    return true;
}

static void search_all(void *self, int button)
{
    struct frame *f = self;
    struct err e;

    if (button == 1 && !search(f, &e))
        host_fail(&f->host, &e);
}

// The fault is mended where the filters are: they say which it is.
static bool to_the_fault(struct frame *f, struct err *e)
{
    if (str_eq(deck_focus(&f->deck)->ops->name, "filters"))
        return err_set(e, ERR_INVALID, "the filters cannot be searched by as they are");
    host_open(&f->host, "filters");
    frame_run(f, "search");
    return true;
}

// Where it takes several requests, the price first.
bool do_search(struct frame *f, const struct line *line, struct err *e)
{
    char n[COUNT_MAX], *text;

    (void)line;
    if (f->desk->filters.faults.len)
        return to_the_fault(f, e);
    if (f->desk->filters.requests <= 1)
        return search(f, e);
    text = str_format("The values go with %s searches: at least as many requests, no credits. "
                      "Their rows are put together by id.",
                      count_text(f->desk->filters.requests, n));
    host_ask(&f->host, "Search", text, "Cancel|Search", search_all, f);
    free(text);
    return true;
}

static bool is_seen(const struct frame *f, int pane)
{
    for (size_t i = 0; i < f->layout.n; i++) {
        if (f->layout.slots[i].pane == pane)
            return true;
    }
    return false;
}

// The filters show it; elsewhere it is said.
bool do_count(struct frame *f, const struct line *line, struct err *e)
{
    const char *here = deck_focus(&f->deck)->ops->name;
    bool shown =
        f->screen ? is_seen(f, panes_find(f->deck.rows, "filters")) : str_eq(here, "filters");
    char n[COUNT_MAX];
    long long requests = f->desk->filters.requests;

    (void)line;
    (void)e;
    desk_count(f->desk, !shown);
    if (!shown)
        frame_say(f, ROLE_TEXT, "Counting what the filters match: %s request%s.",
                  count_text(requests, n), requests == 1 ? "" : "s");
    return true;
}

bool do_where(struct frame *f, const struct line *line, struct err *e)
{
    char *text = rest(line, 1);
    bool ok = desk_where(f->desk, text, e);

    free(text);
    return ok;
}

bool do_clear(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    desk_filters_clear(f->desk);
    frame_say(f, ROLE_TEXT, "Every filter is gone; undo brings them back.");
    return true;
}

bool do_server_sort(struct frame *f, const struct line *line, struct err *e)
{
    return desk_server_sort(f->desk, line->n > 1 ? line->words[1].text : NULL, e);
}

bool do_entity(struct frame *f, const struct line *line, struct err *e)
{
    const struct word *name = &line->words[1];
    const struct entity *entity = entity_find(name->text);
    struct near near = near_start(name->text);

    if (entity) {
        desk_entity(f->desk, entity);
        return true;
    }
    for (const struct entity *const *all = entity_all(); *all; all++)
        near_try(&near, (*all)->name);
    return line_fault(e, name, "there is no entity \"%.40s\"%s%s", name->text,
                      near.best ? "; did you mean " : "", near.best ? near.best : "");
}

static void fetch_all(void *self, int button)
{
    struct frame *f = self;

    if (button == 1)
        desk_fetch_all(f->desk);
}

bool do_fetch_all(struct frame *f, const struct line *line, struct err *e)
{
    int requests = desk_fetch_all_requests(f->desk);
    char *text;

    (void)line;
    (void)e;
    if (requests <= 0) {
        frame_say(f, ROLE_TEXT, "Every row that paging can reach is fetched.");
        return true;
    }
    text = str_format("That takes %d requests. Searching costs no credits.", requests);
    host_ask(&f->host, "Fetch all rows", text, "Cancel|Fetch", fetch_all, f);
    free(text);
    return true;
}

bool do_mark_all(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    desk_mark_fetched(f->desk);
    return true;
}

bool do_mark_none(struct frame *f, const struct line *line, struct err *e)
{
    char n[COUNT_MAX];

    (void)line;
    (void)e;
    frame_say(f, ROLE_TEXT, "%s marks are gone; undo brings them back.",
              count_text((long long)desk_marks_clear(f->desk), n));
    return true;
}

bool do_mark_invert(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    desk_marks_invert(f->desk);
    return true;
}

// What is undone out of sight is told with the pane it shows in.
static bool turn_back(struct frame *f, const char *shows, struct err *e,
                      bool (*turn)(struct desk *d, struct str *what, struct err *e))
{
    int pane = shows ? panes_find(f->deck.rows, shows) : -1;
    struct str what = {0};
    bool ok = turn(f->desk, &what, e);

    if (ok && pane >= 0 && f->screen && !is_seen(f, pane)) {
        str_cut(&what, what.len - 1);
        str_addf(&what, ", in %s.", f->deck.rows[pane].ops->title);
    }
    if (ok)
        frame_say(f, ROLE_TEXT, "%s", str_text(&what));
    str_free(&what);
    return ok;
}

bool do_undo(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    return turn_back(f, desk_undo_pane(f->desk), e, desk_undo);
}

bool do_redo(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    return turn_back(f, desk_redo_pane(f->desk), e, desk_redo);
}

bool do_sandbox(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    if (f->desk->sandbox)
        return err_set(e, ERR_INVALID, "this is the sandbox already");
    desk_use_sandbox(f->desk);
    return true;
}

static const struct {
    const char *name;
    enum export_what what;
} whats[] = {{"marked", EXPORT_MARKED},
             {"fetched", EXPORT_FETCHED},
             {"owned", EXPORT_OWNED},
             {"library", EXPORT_LIBRARY}};

static const char *format_of(const char *path)
{
    static const char *const formats[] = {"csv", "tsv", "json", "jsonl", "sqlite"};
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot && i < ARRAY_LEN(formats); i++) {
        if (str_eq_case(dot + 1, formats[i]))
            return formats[i];
    }
    return formats[0];
}

static void import_named(void *self, const char *path)
{
    struct frame *f = self;
    struct err e;
    struct pane *popup = import_popup(f->desk, &f->host, path, &e);

    if (popup)
        host_popup(&f->host, popup);
    else
        host_fail(&f->host, &e);
}

bool do_import(struct frame *f, const struct line *line, struct err *e)
{
    struct pane *popup;

    if (line->n == 1) {
        host_ask_file(&f->host, "Import", "File of people or companies", "", import_named, f);
        return true;
    }
    popup = import_popup(f->desk, &f->host, line->words[1].text, e);
    if (popup)
        host_popup(&f->host, popup);
    return popup != NULL;
}

bool do_export(struct frame *f, const struct line *line, struct err *e)
{
    struct export_order order = {.what = f->desk->marks.n ? EXPORT_MARKED : EXPORT_FETCHED,
                                 .manifest = true};
    size_t at = 1;

    if (line->n == 1) {
        host_open(&f->host, "export");
        return true;
    }
    for (size_t i = 0; line->n > 1 && i < ARRAY_LEN(whats); i++) {
        if (str_eq(line->words[1].text, whats[i].name)) {
            order.what = whats[i].what;
            at = 2;
        }
    }
    if (line->n != at + 1)
        return line_fault(e, &line->words[0], "usage: export [marked|fetched|owned|library] FILE");
    order.path = line->words[at].text;
    order.format = format_of(order.path);
    return desk_export(f->desk, &order, e);
}
