// The requests that were sent, newest first. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/pane/request.h"
#include "ui/pane/when.h"
#include "ui/widget/row.h"

enum { TEXT_MAX = 200, FIRST_FAILURE = 400, NOTE_LEAST = 24, PATH_MORE = 18 };

enum {
    COLUMN_AT,
    COLUMN_STATUS,
    COLUMN_MS,
    COLUMN_METHOD,
    COLUMN_PATH,
    COLUMN_SIZE,
    COLUMN_REQUEST,
    COLUMN_NOTE
};

static const struct table_column columns[] = {
    [COLUMN_AT] = {.heading = "Time", .width = 8},
    [COLUMN_STATUS] = {.heading = "Status", .width = 6, .right = true},
    [COLUMN_MS] = {.heading = "ms", .width = 6, .right = true},
    [COLUMN_METHOD] = {.heading = "", .name = "Method", .width = 4},
    [COLUMN_PATH] = {.heading = "Path", .width = 30},
    [COLUMN_SIZE] = {.heading = "Bytes", .width = 9, .right = true},
    [COLUMN_REQUEST] = {.heading = "Request id", .width = 36},
    [COLUMN_NOTE] = {.heading = "Why no answer", .width = 160},
};

struct log_pane {
    struct pane pane;
    struct table_view view;
    struct table_column columns[ARRAY_LEN(columns)];
    struct trace_line line; // the one asked for last
    size_t row;             // which it is; only within one drawing
    uint64_t number;        // of the line under the cursor; 0: follow the newest
    char cell[TEXT_MAX];
    int w;
};

static struct log_pane *of(struct pane *p)
{
    return (struct log_pane *)p;
}

static size_t row_count(void *self)
{
    return trace_count(((struct log_pane *)self)->pane.desk->trace);
}

static const char *cell_at(struct log_pane *l)
{
    return when_clock(l->line.at_ms, l->cell);
}

static const char *number(struct log_pane *l, long long n)
{
    return count_text(n, l->cell);
}

static const char *cell_status(struct log_pane *l)
{
    return l->line.status ? number(l, l->line.status) : "none";
}

static const char *cell_ms(struct log_pane *l)
{
    return number(l, l->line.took_ms);
}

static const char *cell_method(struct log_pane *l)
{
    return l->line.method;
}

static const char *cell_path(struct log_pane *l)
{
    return l->line.path;
}

static const char *cell_size(struct log_pane *l)
{
    return number(l, (long long)l->line.received);
}

static const char *cell_request(struct log_pane *l)
{
    return l->line.request_id;
}

static const char *cell_note(struct log_pane *l)
{
    if (l->line.sendings <= 1)
        return l->line.note;
    (void)snprintf(l->cell, sizeof(l->cell), "sent %d times%s%s", l->line.sendings,
                   *l->line.note ? ": " : "", l->line.note);
    return l->cell;
}

static bool failed(const struct trace_line *t)
{
    return t->status == 0 || t->status >= FIRST_FAILURE;
}

static bool load(struct log_pane *l, size_t row)
{
    if (l->row == row)
        return true;
    l->row = row;
    return trace_line(l->pane.desk->trace, row, &l->line);
}

static const char *cell(void *self, size_t row, size_t column, enum role *role)
{
    static const char *(*const by_column[])(struct log_pane *) = {
        [COLUMN_AT] = cell_at,           [COLUMN_STATUS] = cell_status, [COLUMN_MS] = cell_ms,
        [COLUMN_METHOD] = cell_method,   [COLUMN_PATH] = cell_path,     [COLUMN_SIZE] = cell_size,
        [COLUMN_REQUEST] = cell_request, [COLUMN_NOTE] = cell_note,
    };
    struct log_pane *l = self;

    if (!load(l, row))
        return "";
    if (column == COLUMN_STATUS && failed(&l->line))
        *role = ROLE_ERROR;
    return by_column[column](l);
}

static const char *sign(void *self, size_t row, enum role *role)
{
    struct log_pane *l = self;

    *role = ROLE_ERROR;
    return load(l, row) && failed(&l->line) ? "!" : " ";
}

// Which request the cursor is on; at the top it follows the newest.
static void remember(struct log_pane *l)
{
    struct trace_line line;

    l->number = l->view.rows.at && trace_line(l->pane.desk->trace, l->view.rows.at, &line)
                    ? line.number
                    : 0;
}

// Where new requests came on top, the cursor stays on the one it was on.
static void follow(struct log_pane *l)
{
    struct trace_line newest;

    if (!l->number || !trace_line(l->pane.desk->trace, 0, &newest))
        return;
    l->view.rows.n = trace_count(l->pane.desk->trace);
    scroll_to(&l->view.rows, (size_t)(newest.number - l->number));
}

// A wide screen shows the paths in full before it gives the rest to the last column.
static void lay_out(struct log_pane *l, int w)
{
    int spare = w - row_gutter(true) - NOTE_LEAST;

    for (size_t i = 0; i < COLUMN_NOTE; i++)
        spare -= columns[i].width + 1;
    spare = spare > PATH_MORE ? PATH_MORE : spare;
    memcpy(l->columns, columns, sizeof(columns));
    if (spare > 0)
        l->columns[COLUMN_PATH].width += spare;
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct log_pane *l = of(p);

    l->w = a.w;
    lay_out(l, a.w);
    l->row = SIZE_MAX;
    if (!row_count(l)) {
        empty_say(a, ROLE_DIM,
                  "No request was sent yet: whatever is asked of the API stands here, "
                  "without secrets and people's data.");
        return;
    }
    follow(l);
    table_view_draw(&l->view, a, focused);
    l->row = SIZE_MAX;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    follow(of(p));
    table_step(p, &of(p)->view, of(p)->w, line);
    remember(of(p));
    return true;
}

static bool here(struct log_pane *l, struct trace_line *out, struct err *e)
{
    follow(l);
    return trace_line(l->pane.desk->trace, l->view.rows.at, out) ||
           err_set(e, ERR_INVALID, "there is no request here");
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct trace_line t;

    (void)line;
    if (!here(of(p), &t, e))
        return false;
    host_popup(p->host, request_open(p->desk, p->host, t.number));
    return true;
}

static bool copy_request(struct pane *p, const struct line *line, struct err *e)
{
    struct trace_line t;

    (void)line;
    return here(of(p), &t, e) && request_copy_curl(p->desk, p->host, t.number, e);
}

static bool copy_body(struct pane *p, const struct line *line, struct err *e)
{
    struct trace_line t;

    (void)line;
    return here(of(p), &t, e) && request_copy_body(p->desk, p->host, t.number, e);
}

// The request id: what the vendor's support asks for.
static bool copy_cell(struct pane *p, const struct line *line, struct err *e)
{
    struct trace_line t;

    (void)line;
    if (!here(of(p), &t, e))
        return false;
    if (host_copy(p->host, t.request_id))
        host_say(p->host, ROLE_TEXT, "Copied the request id %s.", t.request_id);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    bool taken = table_mouse(p, &of(p)->view, 0, of(p)->w, ev);

    remember(of(p));
    return taken;
}

static void status(const struct pane *p, struct str *out)
{
    char n[COUNT_MAX];

    str_addf(out, "%s kept", count_text((long long)trace_count(p->desk->trace), n));
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    *at = ((const struct log_pane *)p)->view.rows.at;
    *of_all = trace_count(p->desk->trace);
    return *of_all > 0;
}

static void close(struct pane *p)
{
    free(p);
}

static const struct sign_word words[] = {{"!", "failed"}, {NULL, NULL}};

static struct pane *open(struct desk *desk, struct host *host)
{
    struct log_pane *l = mem_zalloc(sizeof(*l));

    l->pane = (struct pane){.ops = &pane_log, .desk = desk, .host = host, .dirty = true};
    l->view.source = (struct table_source){l, row_count, cell, sign};
    l->view.words = words;
    l->view.columns = l->columns;
    lay_out(l, 0);
    l->view.n_columns = ARRAY_LEN(columns);
    return &l->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move),
    {"choose", choose},
    {"request", choose},
    {"copy-request", copy_request},
    {"copy-row", copy_request},
    {"copy-body", copy_body},
    {"copy-cell", copy_cell},
    {NULL, NULL},
};

const struct pane_ops pane_log = {
    .name = "log",
    .title = "Log",
    .about = "The last requests with status, time and request id. Enter shows one in full.",
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .watches = DESK_TRACE,
    .status = status,
    .place = place,
};
