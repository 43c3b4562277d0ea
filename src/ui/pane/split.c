// A search past what paging reaches, in parts: by what, how many each has, and then all of them as
// the rows of one search. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "model/query_text.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/widget/dialog.h"
#include "ui/widget/list_view.h"

enum {
    POPUP_H = 20,
    POPUP_W = 76,
    HEAD = 3,
    LIST_LEAST = 3, // rows that the head leaves to the list, or it is cut
    ASIDE_MAX = 64,
    HEAD_MAX = 200,
    MORE_REQUESTS = 100, // of a count, for parts that are too long
    MORE_TIMES = 5       // as many, when it is counted on
};

struct parts_popup {
    struct pane pane;
    struct list_view list;
    const struct input *ways[PART_WAYS_MAX];
    size_t n_ways;
    bool planned; // the desk's plan is of these filters
    bool few;     // nothing needs to be parted
    char aside[ASIDE_MAX], head[HEAD][HEAD_MAX];
    int head_h; // rows that it took when it was drawn last
};

static struct parts_popup *of(struct pane *p)
{
    return (struct parts_popup *)p;
}

static const struct split_view *view(const struct parts_popup *s)
{
    return &s->pane.desk->searches.split;
}

static size_t count(void *self)
{
    const struct parts_popup *s = self;

    return s->planned ? view(s)->plan.parts.len : view(s)->task ? 0 : s->n_ways;
}

static const char *text(void *self, size_t item)
{
    const struct parts_popup *s = self;
    const char *label = s->planned ? view(s)->plan.parts.items[item].label : s->ways[item]->label;

    return *label ? label : "all of it";
}

static size_t values_of(const struct parts_popup *s, const struct input *by)
{
    const struct filter *f = query_filter(&s->pane.desk->filters.query, by);

    return f ? f->n_values : desk_list(s->pane.desk, by->lookup)->list.n;
}

static const char *aside(void *self, size_t item)
{
    struct parts_popup *s = self;
    char n[COUNT_WORDS_MAX];

    if (s->planned) {
        const struct split_part *part = &view(s)->plan.parts.items[item];

        (void)snprintf(s->aside, sizeof(s->aside), "%s%s", part->over ? "too many  " : "",
                       count_text(part->hits, n));
    } else {
        size_t values = values_of(s, s->ways[item]);

        (void)snprintf(s->aside, sizeof(s->aside), "%s",
                       values ? count_words((long long)values, "request", n) : "? requests");
    }
    return s->aside;
}

// Does one search reach all there is, as far as it was counted?
static bool reaches_all(const struct parts_popup *s)
{
    const struct filters *f = &s->pane.desk->filters;

    return f->state == COUNT_KNOWN && f->requests <= 1 && f->hits <= f->entity->search.depth;
}

static void head_of_few(struct parts_popup *s)
{
    char n[COUNT_WORDS_MAX];
    long long hits = s->pane.desk->filters.hits;

    (void)snprintf(s->head[0], HEAD_MAX, "%s: one search has %s, no parts needed.",
                   count_words(hits, "hit", n), hits == 1 ? "it" : "them all");
    *s->head[1] = *s->head[2] = '\0';
}

static void head_of_ways(struct parts_popup *s)
{
    const struct filters *f = &s->pane.desk->filters;
    char n[COUNT_WORDS_MAX];

    if (f->hits >= 0)
        (void)snprintf(s->head[0], HEAD_MAX, "%s. By the values of which field?",
                       count_words(f->hits, "hit", n));
    else
        (void)snprintf(s->head[0], HEAD_MAX, "By the values of which field?");
    (void)snprintf(s->head[1], HEAD_MAX,
                   "A request a value, and at most %d more for parts that are too long.",
                   MORE_REQUESTS);
    *s->head[2] = '\0';
}

static void head_of_plan(struct parts_popup *s)
{
    const struct split *plan = &view(s)->plan;
    char rows[COUNT_MAX], total[COUNT_MAX], n[COUNT_MAX], price[COUNT_MAX];

    (void)snprintf(s->head[0], HEAD_MAX, "%s part%s give%s %s of %s records",
                   count_text((long long)plan->parts.len, n), plan->parts.len == 1 ? "" : "s",
                   plan->parts.len == 1 ? "s" : "", count_text(split_rows(plan), rows),
                   count_text(plan->total, total));
    *s->head[1] = '\0';
    if (plan->capped)
        (void)snprintf(s->head[1], HEAD_MAX,
                       "Stopped at %s requests with parts too long: %s asks to count on",
                       count_text(plan->requests, n), host_key(s->pane.host, &s->pane, "count"));
    else if (plan->uncovered)
        (void)snprintf(s->head[1], HEAD_MAX, "%s are in no part: they have no value of the fields",
                       count_text(plan->uncovered, n));
    else if (plan->overlaps)
        (void)snprintf(s->head[1], HEAD_MAX, "%s are in two parts; each comes once",
                       count_text(plan->overlaps, n));
    (void)snprintf(s->head[2], HEAD_MAX, "to fetch all of them: %s request%s, no credits",
                   count_text(split_price(plan), price), split_price(plan) == 1 ? "" : "s");
}

static void head_of_work(struct parts_popup *s)
{
    const struct split_view *v = view(s);
    char n[COUNT_WORDS_MAX];

    if (v->fetching)
        (void)snprintf(s->head[0], HEAD_MAX, "Fetching the parts...");
    else
        (void)snprintf(s->head[0], HEAD_MAX, "Counting the parts... %s so far",
                       count_words(atomic_load(&v->counted), "request", n));
    *s->head[1] = *s->head[2] = '\0';
}

static void fill(struct parts_popup *s)
{
    const struct desk *d = s->pane.desk;
    const struct split_view *v = view(s);
    struct str now = {0}, then = {0};

    query_text(&d->filters.query, &now);
    if (v->query.entity == d->filters.entity)
        query_text(&v->query, &then);
    s->planned =
        v->there && v->query.entity == d->filters.entity && str_eq(str_text(&now), str_text(&then));
    s->few = !s->planned && reaches_all(s);
    s->n_ways = s->few ? 0 : query_part_ways(&d->filters.query, s->ways);
    str_free(&now);
    str_free(&then);
    if (v->task)
        head_of_work(s);
    else if (s->planned)
        head_of_plan(s);
    else if (s->few)
        head_of_few(s);
    else
        head_of_ways(s);
    list_view_update(&s->list);
    s->pane.dirty = true;
}

static const char *hint(const struct parts_popup *s)
{
    if (view(s)->task)
        return "Esc leaves it running  C-c in the rows stops it";
    if (s->few)
        return "Esc leaves";
    return s->planned ? "Enter fetches this part  A asks to fetch them all  Esc leaves"
                      : "Enter counts the parts  Esc leaves";
}

// Returns the rows it takes: one for each line where they are not to go on below.
static int draw_head(const struct parts_popup *s, struct area a, bool draw, bool wrap)
{
    int y = 0;

    for (int i = 0; i < HEAD; i++) {
        enum role role = i == 2 ? ROLE_PRICE : ROLE_TEXT;
        int rows = wrap ? wrapped_text(area_part(a, y, 1, a.h - y, a.w - 2), 0,
                                       draw ? (int)role : -1, s->head[i])
                        : 0;

        if (draw && !wrap)
            (void)area_text(a, y, 1, a.w - 2, role, s->head[i]);
        y += rows ? rows : 1;
    }
    return y;
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct parts_popup *s = of(p);
    const struct split_view *v = view(s);
    const char *wrong = v->err.kind != ERR_NONE && !v->task ? v->err.text : "";
    char buf[HINT_TEXT_MAX];
    const char *keys = hint_text(p, hint(s), buf);
    int foot =
        hint_draw(a, false, keys) + wrapped_text(area_part(a, 0, 1, a.h, a.w - 2), 0, -1, wrong);
    struct area below;

    area_fill(a, ROLE_TEXT);
    s->head_h = draw_head(s, a, true, draw_head(s, a, false, true) + LIST_LEAST + foot <= a.h);
    below = area_part(a, s->head_h, 0, a.h - s->head_h - foot, a.w);
    area_cursor(a, 0, 1); // where there is no list
    if (count(s))
        list_view_draw(&s->list, below, focused);
    else if (!v->task && !s->few)
        (void)wrapped_text(area_part(below, 0, 1, below.h, a.w - 2), 0, ROLE_DIM,
                           "These filters leave no field whose values could part the search.");
    (void)wrapped_text(area_part(a, 0, 1, a.h, a.w - 2), a.h - foot, ROLE_ERROR, wrong);
    (void)hint_draw(a, true, keys);
}

static bool fetch(struct parts_popup *s, long long part, struct err *e)
{
    if (!desk_split_fetch(s->pane.desk, part, e))
        return false;
    host_close(s->pane.host);
    host_open(s->pane.host, "results");
    return true;
}

static void all_answered(void *self, int button)
{
    struct parts_popup *s = self;
    struct err e;

    if (button == 1 && !fetch(s, SPLIT_ALL, &e))
        host_fail(s->pane.host, &e);
}

static bool fetch_all(struct pane *p, const struct line *line, struct err *e)
{
    struct parts_popup *s = of(p);
    char n[COUNT_WORDS_MAX], parts[COUNT_WORDS_MAX];
    char *text;

    (void)line;
    if (!s->planned || view(s)->task)
        return err_set(e, ERR_INVALID, "the parts are not counted yet");
    text = str_format("%s take %s, and no credits.",
                      count_words((long long)view(s)->plan.parts.len, "part", parts),
                      count_words(split_price(&view(s)->plan), "request", n));
    host_ask(p->host, "Fetch all parts?", text, "Cancel|Fetch", all_answered, s);
    free(text);
    return true;
}

static long long on_at_most(const struct parts_popup *s)
{
    return view(s)->plan.requests + (long long)MORE_TIMES * MORE_REQUESTS;
}

static void on_answered(void *self, int button)
{
    struct parts_popup *s = self;
    struct err e;

    if (button == 1 && !desk_split(s->pane.desk, view(s)->by, on_at_most(s), &e))
        host_fail(s->pane.host, &e);
}

// A count that came to its cap, once more and further.
static bool count_on(struct pane *p, const struct line *line, struct err *e)
{
    struct parts_popup *s = of(p);
    char n[COUNT_WORDS_MAX], *text;

    (void)line;
    if (!s->planned || view(s)->task || !view(s)->plan.capped)
        return err_set(e, ERR_INVALID, "there is nothing to count on: Enter counts by a field");
    text = str_format("It begins anew, and takes %s at most.",
                      count_words(on_at_most(s), "request", n));
    host_ask(p->host, "Count on?", text, "Cancel|Count on", on_answered, s);
    free(text);
    return true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct parts_popup *s = of(p);
    long long item = list_view_item(&s->list);

    (void)line;
    if (view(s)->task || item < 0)
        return true;
    if (s->planned)
        return fetch(s, item, e);
    return desk_split(p->desk, s->ways[item],
                      (long long)values_of(s, s->ways[item]) + MORE_REQUESTS, e);
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    p->dirty |= list_view_move(&of(p)->list, action_move(line));
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct event below = *ev;
    bool taken;

    below.y -= of(p)->head_h;
    taken = list_view_event(&of(p)->list, &below);
    p->dirty |= taken;
    if (taken && ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_DOUBLE)
        host_command(p->host, "choose");
    return taken;
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    fill(of(p));
}

static void close(struct pane *p)
{
    list_view_free(&of(p)->list);
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct parts_popup *s = mem_zalloc(sizeof(*s));
    struct list_source source = {s, count, text, aside, NULL, NULL};

    s->pane = (struct pane){.ops = &pane_parts, .desk = desk, .host = host, .dirty = true};
    list_view_init(&s->list, &source, false);
    fill(s);
    return &s->pane;
}

static const struct pane_action actions[] = {MOVES_TO(move),
                                             {"choose", choose},
                                             {"fetch-all", fetch_all},
                                             {"count", count_on},
                                             {NULL, NULL}};

static bool offers(const struct pane *p, const char *command)
{
    const struct parts_popup *s = (const struct parts_popup *)p;
    bool planned = s->planned && !view(s)->task;

    if (str_eq(command, "fetch-all"))
        return planned;
    return !str_eq(command, "count") || (planned && view(s)->plan.capped);
}

const struct pane_ops pane_parts = {
    .name = "parts",
    .title = "In parts",
    .about =
        "A search with more hits than paging reaches, as several that have no record in common.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .watches = DESK_SEARCHES | DESK_FILTERS | DESK_LISTS,
    .changed = changed,
    .offers = offers,
    .own_rows = true,
};
