// Writing rows to a file: which, how, where; what travels with them, and that it is free. UI
// thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/widget/dialog.h"
#include "ui/widget/form.h"

enum { POPUP_H = 17, POPUP_W = 74, LABEL_WIDTH = 10, STAMP_MAX = 16, VALUE_MAX_BYTES = 160 };

enum {
    ROW_WHAT,
    ROW_FORMAT,
    ROW_FILE,
    ROW_CALLS,
    ROW_LINES,
    ROW_FORMULAS,
    ROW_MANIFEST,
    ROW_WRITE,
    ROWS
};

static const struct format {
    const char *name, *about;
} formats[] = {
    {"csv", "for spreadsheets"},  {"tsv", "tabs between"},       {"json", "one array"},
    {"jsonl", "a line a record"}, {"sqlite", "a table for SQL"},
};

static const struct line_ends {
    bool crlf, bom;
    const char *about;
} line_ends[] = {
    {false, false, "end with LF"},
    {true, false, "end with CR LF, as on Windows"},
    {true, true, "end with CR LF, after a byte order mark: for old spreadsheets"},
};

struct export_popup {
    struct pane pane;
    struct form form;
    enum export_what what;
    size_t format;
    size_t ends; // of lines
    enum export_dnc dnc;
    bool raw_formulas, manifest;
    struct str path;
    char value[VALUE_MAX_BYTES];
    char said[ERR_TEXT_MAX]; // why the last try was refused, or ""
};

static struct export_popup *of(struct pane *p)
{
    return (struct export_popup *)p;
}

static const struct entity *entity_of(const struct export_popup *x)
{
    const struct desk *d = x->pane.desk;

    return d->results.entity ? d->results.entity : d->filters.entity;
}

static size_t rows_of(const struct export_popup *x, enum export_what what)
{
    const struct desk *d = x->pane.desk;

    if (what == EXPORT_FETCHED)
        return d->results.table ? table_fetched(d->results.table) : 0;
    return d->marks.n;
}

static const char *value_what(struct export_popup *x)
{
    static const char *const texts[] = {
        [EXPORT_MARKED] = "the %s marked, as the search has them",
        [EXPORT_FETCHED] = "the %s fetched rows, in the order shown",
        [EXPORT_OWNED] = "of the %s marked what is owned, with all bought fields",
    };
    const char *text = texts[x->what], *at = strstr(text, "%s");
    char n[COUNT_MAX];

    (void)snprintf(x->value, sizeof(x->value), "%.*s%s%s", (int)(at - text), text,
                   count_text((long long)rows_of(x, x->what), n), at + 2);
    return x->value;
}

static const char *value_format(struct export_popup *x)
{
    const struct format *f = &formats[x->format];

    (void)snprintf(x->value, sizeof(x->value), "%s, %s", f->name, f->about);
    return x->value;
}

static const char *value_file(struct export_popup *x)
{
    return str_text(&x->path);
}

static const char *value_formulas(struct export_popup *x)
{
    return x->raw_formulas ? "left as they are" : "made harmless for spreadsheets";
}

static const char *value_calls(struct export_popup *x)
{
    static const char *const texts[] = {
        [DNC_KEEP] = "rows with a do-not-call flag are kept",
        [DNC_DROP] = "rows with a do-not-call flag are left out",
        [DNC_SPLIT] = "rows with a do-not-call flag go to a file of their own",
    };

    return texts[x->dnc];
}

static bool has_lines(const struct export_popup *x)
{
    return str_eq(formats[x->format].name, "csv") || str_eq(formats[x->format].name, "tsv");
}

static const char *value_lines(struct export_popup *x)
{
    return has_lines(x) ? line_ends[x->ends].about : "of CSV and TSV alone";
}

static const char *value_manifest(struct export_popup *x)
{
    return x->manifest ? "beside it: fields, filters, counts, basis, SHA-256" : "none";
}

static const char *value_write(struct export_popup *x)
{
    (void)x;
    return "Enter writes it: free, no request";
}

// The ending follows the format where it is one of theirs.
static void mend_ending(struct export_popup *x)
{
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
        char *ending = str_format(".%s", formats[i].name);

        if (str_ends(str_text(&x->path), ending)) {
            str_cut(&x->path, x->path.len - strlen(formats[i].name));
            str_add(&x->path, formats[x->format].name);
            i = ARRAY_LEN(formats);
        }
        free(ending);
    }
}

static void next_what(struct export_popup *x)
{
    x->what = x->what == EXPORT_OWNED ? EXPORT_MARKED : x->what + 1;
}

static void next_format(struct export_popup *x)
{
    x->format = (x->format + 1) % ARRAY_LEN(formats);
    mend_ending(x);
}

static void edit_file(struct export_popup *x)
{
    (void)form_edit(&x->form, str_text(&x->path));
}

static void next_formulas(struct export_popup *x)
{
    x->raw_formulas = !x->raw_formulas;
}

static void next_calls(struct export_popup *x)
{
    x->dnc = x->dnc == DNC_SPLIT ? DNC_KEEP : x->dnc + 1;
}

static void next_lines(struct export_popup *x)
{
    if (has_lines(x))
        x->ends = (x->ends + 1) % ARRAY_LEN(line_ends);
}

static void next_manifest(struct export_popup *x)
{
    x->manifest = !x->manifest;
}

static bool write_it(struct export_popup *x, bool replace, struct err *e)
{
    struct export_order order = {.what = x->what,
                                 .format = formats[x->format].name,
                                 .path = str_text(&x->path),
                                 .replace = replace,
                                 .raw_formulas = x->raw_formulas,
                                 .crlf = line_ends[x->ends].crlf,
                                 .bom = line_ends[x->ends].bom,
                                 .dnc = x->dnc,
                                 .manifest = x->manifest};

    return desk_export(x->pane.desk, &order, e);
}

static void refuse(struct export_popup *x, const struct err *e)
{
    (void)snprintf(x->said, sizeof(x->said), "%s", e->text);
    x->pane.dirty = true;
}

static void replace_answered(void *self, int button)
{
    struct export_popup *x = self;
    struct err e;

    if (button != 1)
        return;
    if (write_it(x, true, &e))
        host_close(x->pane.host);
    else
        refuse(x, &e);
}

static bool is_there(const char *path)
{
    const char *home = str_starts(path, "~/") ? getenv("HOME") : NULL;
    char *whole = home ? str_format("%s/%s", home, path + 2) : mem_strdup(path);
    bool there = access(whole, F_OK) == 0;

    free(whole);
    return there;
}

static void write_file(struct export_popup *x)
{
    struct err e;
    char *text;

    *x->said = '\0';
    if (write_it(x, false, &e)) {
        host_close(x->pane.host);
        return;
    }
    refuse(x, &e);
    if (e.kind != ERR_INVALID || !is_there(str_text(&x->path)))
        return;
    text = str_format("%s is there already. Put the new rows in its place?", str_text(&x->path));
    host_ask(x->pane.host, "Replace the file?", text, "Cancel|Replace", replace_answered, x);
    free(text);
}

static const struct export_row {
    const char *label;
    const char *(*value)(struct export_popup *x);
    void (*choose)(struct export_popup *x);
    enum role role;
} rows[ROWS] = {
    [ROW_WHAT] = {"Rows", value_what, next_what, ROLE_TEXT},
    [ROW_FORMAT] = {"Format", value_format, next_format, ROLE_TEXT},
    [ROW_FILE] = {"File", value_file, edit_file, ROLE_TEXT},
    [ROW_CALLS] = {"Calls", value_calls, next_calls, ROLE_TEXT},
    [ROW_LINES] = {"Lines", value_lines, next_lines, ROLE_TEXT},
    [ROW_FORMULAS] = {"Formulas", value_formulas, next_formulas, ROLE_TEXT},
    [ROW_MANIFEST] = {"Manifest", value_manifest, next_manifest, ROLE_TEXT},
    [ROW_WRITE] = {"Write", value_write, write_file, ROLE_STRONG},
};

static size_t row_count(void *self)
{
    (void)self;
    return ROWS;
}

static struct form_field field_at(void *self, size_t i)
{
    return (struct form_field){
        .label = rows[i].label, .value = rows[i].value(self), .role = rows[i].role};
}

static const char *duties(const struct entity *entity)
{
    for (size_t i = 0; i < entity->enrich.n_columns; i++) {
        if (entity->enrich.columns[i].marks & COLUMN_COMPLIANCE)
            return "Do-not-call and region flags, the notice date and where each record is from "
                   "travel with it. Who exports answers for what is done with it.";
    }
    return "Where each record is from and when travels with it.";
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct export_popup *x = of(p);
    struct area notes = area_part(a, ROWS + 1, 1, a.h - ROWS - 1, a.w - 2);
    int y = 0;

    area_fill(a, ROLE_TEXT);
    x->form.label_width = LABEL_WIDTH;
    form_draw(&x->form, area_part(a, 0, 0, ROWS < a.h ? ROWS : a.h, a.w), focused);
    if (*x->said)
        y = wrapped_text(notes, 0, ROLE_ERROR, x->said) + 1;
    (void)wrapped_text(notes, y, ROLE_DIM, duties(entity_of(x)));
}

static bool give_form(struct export_popup *x, const struct event *ev)
{
    enum form_result r = form_event(&x->form, ev);

    if (r == FORM_ENTERED && x->form.scroll.at == ROW_FILE) {
        str_clear(&x->path);
        str_add(&x->path, str_text(&x->form.edit.text));
        (void)form_move(&x->form, MOVE_BOTTOM);
    }
    if (r == FORM_CHOSEN)
        host_command(x->pane.host, "choose");
    x->pane.dirty |= r != FORM_NOT_MINE;
    return r != FORM_NOT_MINE;
}

static bool give_key(struct export_popup *x, const struct line *line)
{
    struct event ev;

    return x->form.editing && action_key(line, &ev) && give_form(x, &ev);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct export_popup *x = of(p);

    (void)e;
    if (!give_key(x, line))
        rows[x->form.scroll.at].choose(x);
    p->dirty = true;
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct export_popup *x = of(p);

    (void)e;
    if (!give_key(x, line) && !x->form.editing)
        (void)form_move(&x->form, action_move(line));
    p->dirty = true;
    return true;
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    return give_key(of(p), line) || action_up(e);
}

static bool event(struct pane *p, const struct event *ev)
{
    return give_form(of(p), ev);
}

static bool typing(const struct pane *p)
{
    return ((const struct export_popup *)p)->form.editing;
}

// The basis of what is fetched: never without it.
static void status(const struct pane *p, struct str *out)
{
    if (p->desk->results.table)
        desk_basis(p->desk, out);
}

static void close_export(struct pane *p)
{
    struct export_popup *x = of(p);

    form_free(&x->form);
    str_free(&x->path);
    free(x);
}

static void suggest_path(struct export_popup *x)
{
    int64_t utc_ms = desk_utc_ms(x->pane.desk);
    time_t seconds = (time_t)(utc_ms / 1000);
    char stamp[STAMP_MAX] = "";
    struct tm tm;

    if (localtime_r(&seconds, &tm))
        (void)strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M", &tm);
    str_addf(&x->path, "%s-%s.%s", entity_of(x)->plural, stamp, formats[x->format].name);
}

// What was bought, where all that is marked was.
static enum export_what first_choice(const struct marks *m)
{
    if (!m->n)
        return EXPORT_FETCHED;
    return m->summed && m->count[STANDING_HELD] == m->n ? EXPORT_OWNED : EXPORT_MARKED;
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct export_popup *x = mem_zalloc(sizeof(*x));

    x->pane = (struct pane){.ops = &pane_export, .desk = desk, .host = host, .dirty = true};
    x->form.source = (struct form_source){x, row_count, field_at};
    x->what = first_choice(&desk->marks);
    x->form.scroll = (struct scroll){.n = ROWS, .at = ROW_WRITE, .h = ROWS};
    x->manifest = true;
    suggest_path(x);
    return &x->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move), {"choose", choose}, {"back", back}, {NULL, NULL}};

const struct pane_ops pane_export = {
    .name = "export",
    .title = "Export",
    .about = "Writes rows to a file: free, without a request. Enter changes a line; the last one "
             "writes.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close_export,
    .draw = draw,
    .actions = actions,
    .event = event,
    .typing = typing,
    .watches = DESK_MARKS | DESK_RESULTS,
    .status = status,
};
