// The library: every record that is owned, searched without a request, with its source, its age and
// until when it is free. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/actions.h"
#include "ui/pane/library_pane.h"
#include "ui/pane/panes.h"

enum { TEXT_MAX = ERR_TEXT_MAX + 128, TYPED_MAX = 40 };

static void plan_answered(void *self, int button)
{
    struct library_pane *l = self;
    struct err e;

    if (button != 1)
        return;
    if (!desk_library_refresh(l->pane.desk, &e)) {
        host_fail(l->pane.host, &e);
        return;
    }
    l->wait.changes = true;
    l->wait.number = l->pane.desk->library.changes.number;
}

// The price, and the person's word for it.
static void ask_refresh(struct library_pane *l, const struct refresh *r)
{
    char left[COUNT_MAX];
    long long records = (long long)r->records;
    struct str text = {0};

    if (!r->records) {
        host_say(l->pane.host, ROLE_WARNING,
                 "None of them can be fetched again for no credit: not owned any more, or "
                 "suppressed.");
        return;
    }
    str_add(&text, "Fetching again costs 0 credits, ");
    add_counted(&text, (struct span){records, records}, "record");
    str_add(&text, ", ");
    add_counted(&text, (struct span){r->requests, r->requests}, "request");
    str_add(&text, ".");
    if (r->not_owned + r->suppressed)
        str_addf(&text, " %s are left alone: not owned any more, or suppressed.",
                 count_text((long long)(r->not_owned + r->suppressed), left));
    host_ask(l->pane.host, "Fetch again", str_text(&text), "Cancel|Fetch", plan_answered, l);
    str_free(&text);
}

static void changed(struct pane *p, unsigned parts)
{
    struct library_pane *l = library_of(p);
    const struct library_plan *plan = desk_library_planned(p->desk);

    if (parts & DESK_MARKS) {
        sums_take(&l->sums, &p->desk->marks);
    }
    library_fill_columns(l);
    library_show_order(l);
    if (l->found != p->desk->library.found) {
        l->found = p->desk->library.found;
        l->looked_n = 0;
        l->view.ranging = false;
    }
    if (parts & DESK_DETAIL && p->desk->detail.of_library && p->desk->detail.at < l->view.rows.n)
        scroll_to(&l->view.rows, p->desk->detail.at);
    record_changed(p, &l->wait, parts);
    if (l->wait.plan && plan && plan->known) {
        l->wait.plan = false;
        ask_refresh(l, &plan->refresh);
    }
}

// What is said where there are no rows; false where there are some.
static bool draw_empty(struct library_pane *l, struct area a)
{
    const struct library_view *v = &l->pane.desk->library;
    char text[TEXT_MAX], key[KEY_TEXT_MAX];

    if (library_rows_of(l))
        return false;
    if (v->state == LIBRARY_FAILED && v->err.kind == ERR_INVALID)
        (void)snprintf(text, sizeof(text), "Nothing is shown: %s; %s shows all.", v->err.text,
                       key_text(&l->pane, "back", key));
    else if (v->state == LIBRARY_FAILED)
        (void)snprintf(text, sizeof(text), "The library could not be read: %s.", v->err.text);
    else if (v->state == LIBRARY_NONE)
        (void)snprintf(text, sizeof(text), "Opening the library...");
    else if (v->state == LIBRARY_ASKED)
        (void)snprintf(text, sizeof(text), "Reading the library...");
    else if (v->typed)
        (void)snprintf(text, sizeof(text), "Nothing that is owned fits \"%.200s\"; %s shows all.",
                       v->typed, key_text(&l->pane, "back", key));
    else
        (void)snprintf(text, sizeof(text),
                       "Nothing is owned yet: every %s that is bought stands here from then on, "
                       "searched without a request.",
                       l->entity->name);
    empty_say(a, v->state == LIBRARY_FAILED ? ROLE_ERROR : ROLE_DIM, text);
    return true;
}

// The sums of what is marked, or how to find.
static void draw_foot(const struct library_pane *l, struct area a)
{
    char key[KEY_TEXT_MAX];
    int used;

    area_fill(a, ROLE_TEXT);
    if (l->view.ranging) {
        table_foot_range(&l->pane, a, &l->view);
        return;
    }
    if (l->pane.desk->marks.n)
        used = 1 + sums_draw(&l->sums, true, a);
    else
        used = 1 + area_textf(a, 0, 1, a.w - 1, ROLE_DIM,
                              "%s words, \"a phrase\", tag:NAME expiring:30 dnc:yes",
                              key_text(&l->pane, "find", key));
    table_foot_place(a, used, &l->view);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct library_pane *l = library_of(p);

    l->w = a.w;
    if (draw_empty(l, a))
        return;
    table_view_draw(&l->view, area_part(a, 0, 0, a.h - 1, a.w), focused);
    draw_foot(l, area_part(a, a.h - 1, 0, 1, a.w));
}

// Reads what is missing of the rows on the screen; the first time, the library itself.
static void shown(struct pane *p)
{
    struct library_pane *l = library_of(p);

    if (p->desk->library.state == LIBRARY_NONE) {
        desk_library_find(p->desk, NULL);
        return;
    }
    if (library_rows_of(l) && table_looks(&l->view, &l->looked_at, &l->looked_n))
        desk_library_look(p->desk, l->looked_at, l->looked_n);
}

static void status(const struct pane *p, struct str *out)
{
    const struct library_view *v = &p->desk->library;
    long long past = library_past(p->desk);
    char n[COUNT_MAX];

    if (!v->numbers)
        return;
    str_addf(out, "%s %s", count_text((long long)v->n, n), v->typed ? "found" : "owned");
    if (v->typed) {
        char *clean = text_cleaned(v->typed);

        str_add(out, ": ");
        text_fit(clean, TYPED_MAX, false, out);
        free(clean);
    }
    if (past)
        str_addf(out, ", %s past retention", count_text(past, n));
    if (v->state == LIBRARY_ASKED)
        str_add(out, "  reading...");
}

static bool place(const struct pane *p, size_t *at, size_t *of)
{
    *at = ((const struct library_pane *)p)->view.rows.at;
    *of = p->desk->library.n;
    return *of > 0;
}

static bool event(struct pane *p, const struct event *ev)
{
    return table_mouse(p, &library_of(p)->view, 0, library_of(p)->w, ev);
}

static void close(struct pane *p)
{
    struct library_pane *l = library_of(p);

    record_free(&l->wait);
    sums_free(&l->sums);
    free(l->which);
    free(l->columns);
    free(l);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct library_pane *l = mem_zalloc(sizeof(*l));

    l->pane = (struct pane){.ops = &pane_library, .desk = desk, .host = host, .dirty = true};
    l->view.source = (struct table_source){l, library_rows_of, library_cell, library_sign};
    changed(&l->pane, DESK_MARKS);
    return &l->pane;
}

const struct pane_ops pane_library = {
    .name = "library",
    .title = "Library",
    .about = "Every record that is owned, searched without a request: its source, its age, until "
             "when it is free, notes, tags and history.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .actions = library_actions,
    .event = event,
    .watches = DESK_LIBRARY | DESK_MARKS | DESK_ACCOUNT | DESK_RESULTS | DESK_DETAIL,
    .changed = changed,
    .status = status,
    .place = place,
    .offers = library_offers,
    .own_rows = true,
};
