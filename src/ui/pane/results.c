// What was found: a table over pages that are fetched as they are looked at, and below it the sums
// of what is marked. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/basis.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/pane/results_pane.h"

enum {
    TEXT_MAX = ERR_TEXT_MAX + 128,
    CELL_FROM = 8,    // rows from which on the cell under the cursor has one of its own
    FILTER_BRIEF = 12 // columns of what rows are filtered by, where there is no room
};

// What the title leaves out where there is no room, one after the other: its basis stays.
enum brevity { IN_FULL, WITHOUT_PAGE, FIRST_KEY, WITHOUT_LIBRARY, FILTER_CUT };

void results_take_place(struct results_pane *r)
{
    const struct results *now = &r->pane.desk->results;

    r->view.rows.at = now->place;
    r->view.rows.top = now->top;
    r->view.at = now->at < r->view.n_columns ? now->at : 0;
    r->view.left = now->left;
}

void results_keep_place(struct results_pane *r)
{
    desk_place(r->pane.desk, r->view.rows.at, r->view.rows.top, r->view.at, r->view.left);
    r->pane.moved = true;
}

// Where a search tells little more than ids: what its filters say of every row, as far as they
// include.
static void add_implied(const struct query *q, struct str *out)
{
    static const char *const bounds[] = {
        [BOUND_NONE] = "", [BOUND_LOW] = " >=", [BOUND_HIGH] = " <="};

    for (size_t i = 0; i < q->n_filters; i++) {
        const struct input *in = q->filters[i].input;

        if (!entity_included(q->entity, in))
            str_addf(out, "%s%s%s %s", out->len ? "; " : "", in->label, bounds[in->bound],
                     q->filters[i].text);
    }
}

static void changed(struct pane *p, unsigned parts)
{
    struct results_pane *r = results_of(p);

    if (parts & DESK_MARKS) {
        sums_take(&r->sums, &p->desk->marks);
    }
    if (parts & DESK_PLACE)
        results_take_place(r);
    if (!(parts & DESK_RESULTS))
        return;
    results_fill_columns(r);
    results_hold(r);
    results_take_place(r);
    str_clear(&r->implied);
    add_implied(&p->desk->results.query, &r->implied);
    if (r->arranged != p->desk->results.arranged) {
        r->arranged = p->desk->results.arranged;
        r->looked_n = 0;
    }
    if (r->asked_ms != p->desk->results.asked_ms || r->rows != results_rows(r)) {
        r->asked_ms = p->desk->results.asked_ms;
        r->rows = results_rows(r);
        r->looked_n = 0;
        r->owned_w = 0;
        r->view.ranging = false;
        results_drop(r);
    }
}

// What to do where there are no rows; false where there are some.
static bool draw_empty(const struct results_pane *r, struct area a)
{
    const struct pane *p = &r->pane;
    const struct results *now = &p->desk->results;
    char text[TEXT_MAX], filter[KEY_TEXT_MAX], search[KEY_TEXT_MAX], n[COUNT_MAX];
    bool failed = now->state == RESULTS_FAILED;

    if (!failed && now->table && table_rows(now->table))
        return false;
    (void)key_text(p, "filter", filter);
    (void)key_text(p, "search", search);
    if (failed)
        (void)snprintf(text, sizeof(text), "The search failed: %s. %s tries again.", now->err.text,
                       search);
    else if (now->state == RESULTS_ASKED)
        (void)snprintf(text, sizeof(text), "Searching %s...", now->entity->plural);
    else if (now->state == RESULTS_NONE)
        (void)snprintf(text, sizeof(text),
                       "No search yet: %s builds one, %s runs it. Searching costs requests, no "
                       "credits.",
                       filter, search);
    else if (now->filter)
        (void)snprintf(text, sizeof(text),
                       "None of the %s fetched rows holds \"%.80s\". %s shows all of them again.",
                       count_text((long long)table_fetched(now->table), n), now->filter_text,
                       reads_lines(p) ? "all-rows" : "Esc");
    else
        (void)snprintf(text, sizeof(text),
                       "0 hits: no results for this account. %s goes to the filters: take one away "
                       "and see how the count changes, to find the one that leaves nothing over.",
                       filter);
    empty_say(a, failed ? ROLE_ERROR : ROLE_DIM, text);
    return true;
}

static void draw_moving(const struct results_pane *r, struct area a)
{
    const struct table_view *v = &r->view;
    char undo[KEY_TEXT_MAX];

    if (v->held == v->onto)
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_MARK, "%s stays where it is",
                         r->columns[v->held].heading);
    else
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_MARK, "%s goes %s %s; %s undoes it",
                         r->columns[v->held].heading,
                         table_view_before(v, v->onto, v->held) ? "before" : "behind",
                         r->columns[v->onto].heading, key_text(&r->pane, "undo", undo));
}

// The last line: why a page did not come, the range being made, or the sums of what is marked.
static void draw_foot(const struct results_pane *r, struct area a)
{
    const struct desk *d = r->pane.desk;
    char key[KEY_TEXT_MAX];
    int used;

    area_fill(a, ROLE_TEXT);
    if (d->results.err.kind != ERR_NONE) {
        used = area_textf(a, 0, 1, a.w - 1, ROLE_ERROR,
                          "%s tries again: ", key_text(&r->pane, "refresh", key));
        (void)area_text(a, 0, 1 + used, a.w - 1 - used, ROLE_ERROR, d->results.err.text);
        return;
    }
    if (r->view.moving) {
        draw_moving(r, a);
        return;
    }
    if (r->view.ranging) {
        table_foot_range(&r->pane, a, &r->view);
        return;
    }
    used = 1 + (d->marks.n ? sums_draw(&r->sums, false, a)
                           : area_textf(a, 0, 1, a.w - 1, ROLE_DIM, "nothing marked: %s marks",
                                        key_text(&r->pane, "mark", key)));
    table_foot_place(a, used, &r->view);
}

// What can be shown as found: letters as they were typed.
static const char *found_plainly(const struct results *now)
{
    return now->found && pattern_kind(now->found) == PATTERN_PLAIN ? now->found_text : NULL;
}

// What the library has of the row, of its usual columns; returns how much room that took.
static int draw_library(struct results_pane *r, struct area a, int from)
{
    const struct results *now = &r->pane.desk->results;
    int used = from;

    for (size_t i = now->entity->search.n_columns; i < desk_n_columns(now); i++) {
        const struct column *c = desk_column(now, i);
        const char *text = desk_cell(r->pane.desk, r->view.rows.at, i);

        if (desk_column_source(now, i) != COLUMN_OF_LIBRARY || !(c->marks & COLUMN_SHOWN) ||
            !text || !*text)
            continue;
        used += area_textf(a, 0, used, a.w - used, ROLE_DIM, "%s%s ",
                           used == from ? "  library: " : "; ", c->heading);
        used +=
            area_text(a, 0, used, a.w - used, ROLE_DIM, cell_shown(r->pane.desk, c, text, r->cell));
    }
    return used - from;
}

// What else is known of the row: by the library, else by the filters; and how to know more.
static void draw_known(struct results_pane *r, struct area a, int used)
{
    char quote[KEY_TEXT_MAX], columns[KEY_TEXT_MAX], more[TEXT_MAX];
    int room;

    if (draw_library(r, a, used))
        return;
    (void)snprintf(more, sizeof(more), "  %s columns  %s quotes the rest",
                   key_text(&r->pane, "columns", columns), key_text(&r->pane, "quote", quote));
    room = a.w - used - text_width(more);
    if (r->implied.len)
        used += area_textf(a, 0, used, room, ROLE_DIM, "  filters: %s", str_text(&r->implied));
    (void)area_text(a, 0, used, a.w - used, ROLE_DIM, more);
}

// Why a cell is empty: of what is not owned nothing but the search's own is known.
static const char *nothing_of(const struct results *now, size_t column, bool known)
{
    if (known || desk_column_source(now, column) != COLUMN_OF_LIBRARY)
        return "nothing";
    return "not known: only enriching tells it";
}

// Of a row that is not fetched, why.
static void draw_missing(const struct results_pane *r, struct area a)
{
    static const char *const texts[] = {[ROW_AWAY] = "this row is not fetched yet",
                                        [ROW_FAILED] = "the page of this row did not come"};
    enum row_state state = desk_row_state(r->pane.desk, r->view.rows.at);
    char key[KEY_TEXT_MAX];
    int used = 1;

    if (state != ROW_THERE)
        used +=
            area_text(a, 0, 1, a.w - 1, state == ROW_FAILED ? ROLE_ERROR : ROLE_DIM, texts[state]);
    if (state == ROW_FAILED)
        (void)area_textf(a, 0, used, a.w - used, ROLE_DIM, "  %s asks for it again",
                         key_text(&r->pane, "refresh", key));
}

// The whole cell under the cursor, and what its marks mean.
static void draw_cell(struct results_pane *r, struct area a)
{
    const struct results *now = &r->pane.desk->results;
    const struct shown_column *shown = results_column(r, r->view.at);
    const struct column *c = shown ? desk_column(now, shown->column) : NULL;
    const char *text = c ? desk_cell(r->pane.desk, r->view.rows.at, shown->column) : NULL;
    const struct row_note *note;
    int used;

    area_fill(a, ROLE_TEXT);
    if (!text) {
        draw_missing(r, a);
        return;
    }
    note = table_note(now->table, r->view.rows.at);
    used = 1 + area_textf(a, 0, 1, a.w - 1, ROLE_DIM, "%s: ", c->heading);
    used += area_text(a, 0, used, a.w - used, ROLE_TEXT,
                      *text ? cell_told(r->pane.desk, c, text, r->cell)
                            : nothing_of(now, shown->column, note && note->free_until > 0));
    if (c->type == COLUMN_FLAG)
        (void)area_text(a, 0, used, a.w - used, ROLE_DIM, "   x yes  . no");
    if (now->more.n)
        draw_known(r, a, used);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct results_pane *r = results_of(p);
    struct area foot = area_part(a, a.h - 1, 0, 1, a.w);
    int below = a.h >= CELL_FROM ? 2 : 1;

    if (draw_empty(r, area_part(a, 0, 0, a.h - 1, a.w))) {
        area_fill(foot, ROLE_TEXT);
        if (p->desk->marks.n)
            (void)sums_draw(&r->sums, false, foot);
        return;
    }
    r->view.found = found_plainly(&p->desk->results);
    results_draw_table(r, area_part(a, 0, 0, a.h - below, a.w), focused);
    if (below == 2)
        draw_cell(r, area_part(a, a.h - 2, 0, 1, a.w));
    draw_foot(r, foot);
}

// Fetches what is missing of the rows on the screen, once for each window looked at.
static void shown(struct pane *p)
{
    struct results_pane *r = results_of(p);

    if (p->desk->results.table && table_looks(&r->view, &r->looked_at, &r->looked_n))
        desk_look(p->desk, r->looked_at, r->looked_n);
}

// Of the pages that are asked for.
static void add_page(const struct results *now, struct str *out)
{
    size_t rpp = (size_t)now->entity->search.rpp_max, rows = table_rows(now->table);
    char at[COUNT_MAX], of[COUNT_MAX];

    if (rows)
        str_addf(out, "  page %s of %s", count_text((long long)(now->place / rpp) + 1, at),
                 count_text((long long)((rows + rpp - 1) / rpp), of));
}

static const char *order_sign(const struct pane *p, bool ascending)
{
    if (reads_lines(p))
        return ascending ? "smallest first" : "largest first";
    return ascending ? "^" : "v";
}

static void add_keys(const struct pane *p, bool first, struct str *out)
{
    const struct results *now = &p->desk->results;

    for (size_t i = 0; i < (first ? 1 : now->n_keys); i++)
        str_addf(out, "%s%s %s", i ? ", " : "  sorted by ",
                 desk_column(now, now->keys[i].column)->heading,
                 order_sign(p, now->keys[i].ascending));
    if (first && now->n_keys > 1)
        str_addf(out, " +%zu", now->n_keys - 1);
}

static void add_sort(const struct pane *p, enum brevity brevity, struct str *out)
{
    const struct results *now = &p->desk->results;
    bool beyond = false, brief = brevity >= WITHOUT_LIBRARY;

    for (size_t i = 0; i < now->n_keys; i++)
        beyond = beyond || desk_column_source(now, now->keys[i].column) != COLUMN_OF_SEARCH;
    if (now->n_keys)
        add_keys(p, brevity >= FIRST_KEY, out);
    if (now->n_keys)
        str_add(out, !beyond ? ", fetched rows"
                     : brief ? ", fetched rows + library"
                             : ", fetched rows as the library has them");
    else if (now->query.sort_by)
        str_addf(out, "  server sort %s %s%s", now->query.sort_by,
                 order_sign(p, now->query.ascending), now->gathered ? ", search by search" : "");
}

static void add_status(const struct pane *p, enum brevity brevity, struct str *out)
{
    const struct results *now = &p->desk->results;

    basis_add(p->desk, brevity >= FILTER_CUT ? FILTER_BRIEF : BASIS_TEXT, out);
    if (now->state == RESULTS_ASKED)
        str_add(out, "  searching...");
    else if (now->arranging || now->finding)
        str_add(out, now->arranging ? "  ordering..." : "  finding...");
    add_sort(p, brevity, out);
    if (brevity < WITHOUT_PAGE)
        add_page(now, out);
}

static void status(const struct pane *p, struct str *out)
{
    size_t before = out->len;

    for (int brevity = IN_FULL; brevity <= FILTER_CUT && p->desk->results.table; brevity++) {
        str_cut(out, before);
        add_status(p, (enum brevity)brevity, out);
        if (!p->title_w || text_width(str_text(out) + before) <= p->title_w)
            return;
    }
}

static bool place(const struct pane *p, size_t *at, size_t *of)
{
    const struct results *now = &p->desk->results;

    *at = now->place;
    *of = now->table ? table_rows(now->table) : 0;
    return *of > 0;
}

static void close(struct pane *p)
{
    struct results_pane *r = results_of(p);

    free(r->columns);
    sums_free(&r->sums);
    str_free(&r->implied);
    free(r);
}

static size_t most_columns(void)
{
    size_t most = 0;

    for (const struct entity *const *e = entity_all(); *e; e++) {
        size_t n = (*e)->search.n_columns + (*e)->search.n_inputs + (*e)->enrich.n_columns;

        most = n > most ? n : most;
    }
    return most;
}

static const struct sign_word words[] = {
    {"*", "marked"}, {"!", "failed to come"}, {"|", "in the range"}, {NULL, NULL}};

static struct pane *open(struct desk *desk, struct host *host)
{
    struct results_pane *r = mem_zalloc(sizeof(*r));

    r->pane = (struct pane){.ops = &pane_results, .desk = desk, .host = host, .dirty = true};
    r->columns = mem_array(most_columns(), sizeof(*r->columns));
    r->view.source = (struct table_source){r, results_rows, results_cell, results_sign};
    r->view.words = words;
    r->view.pins = true;
    r->view.columns = r->columns;
    changed(&r->pane, DESK_RESULTS | DESK_MARKS);
    return &r->pane;
}

const struct pane_ops pane_results = {
    .name = "results",
    .title = "Results",
    .about = "What the search found. Rows are fetched as they are looked at; marks stay with their "
             "records whatever is searched next.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .woken = results_woken,
    .actions = results_actions,
    .event = results_event,
    .watches = DESK_RESULTS | DESK_PAGES | DESK_PLACE | DESK_MARKS | DESK_ACCOUNT,
    .changed = changed,
    .status = status,
    .place = place,
    .offers = results_offers,
};
