// Rows to a file or a stream in one of the output formats. One owner at a time. Floor: flow.
#include "flow/sheet.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "flow/sheet_layout.h"
#include "model/date.h"
#include "store/table_file.h"

enum {
    BUFFER = 64 * 1024,
    AHEAD = 4 * 1024 * 1024, // so that the sync of a great file has little left to do
    MEASURED = 200           // rows of a table that are looked at before its widths are set
};

struct sheet_format {
    const char *name;
    bool json;
    bool measured;  // laid out in columns of a terminal
    char separator; // of CSV and TSV
    bool by_name;   // makes a file of its own
    void (*begin)(struct sheet *s);
    void (*row)(struct sheet *s, const char *const *cells, const char *json);
    void (*end)(struct sheet *s);
};

struct sheet {
    struct sheet_options o;
    struct str out;
    size_t ahead; // bytes that were written since the disk was last told to begin with them
    struct sheet_sums sums;
    size_t rows;
    char **held; // a table's first rows until its widths are set, n_columns texts each
    size_t n_held;
    struct sheet_layout layout;
    // Of the row at hand:
    struct str shown;            // texts that are shown otherwise than they came
    size_t *starts;              // where in it, or AS_IT_IS; one for each of these:
    size_t *others, n_others;    // columns whose texts may be shown otherwise
    const char **texts;          // one a column
    struct table_file *database; // where that is the format
};

#define AS_IT_IS SIZE_MAX

static struct csv_style style_of(const struct sheet *s)
{
    return (struct csv_style){
        .separator = s->o.format->separator, .crlf = s->o.crlf, .raw_formula = s->o.raw_formula};
}

static void csv_begin(struct sheet *s)
{
    struct csv_style style = style_of(s);

    str_add(&s->out, s->o.bom ? "\xef\xbb\xbf" : "");
    for (size_t i = 0; i < s->o.n_columns; i++)
        csv_cell(&s->out, &style, s->o.columns[i].name, i == 0, &s->sums.guarded);
    csv_line_end(&s->out, &style);
}

static void csv_row(struct sheet *s, const char *const *cells, const char *json)
{
    struct csv_style style = style_of(s);

    (void)json;
    csv_line(&s->out, &style, cells, s->o.n_columns, &s->sums.guarded);
}

static void nothing(struct sheet *s)
{
    (void)s;
}

static bool is_number(const struct sheet_column *c, const char *cell)
{
    double value;

    return (c->type == COLUMN_NUMBER || c->type == COLUMN_MONEY) && str_double(cell, &value);
}

static void object_of(const struct sheet *s, const char *const *cells, struct str *out)
{
    for (size_t i = 0; i < s->o.n_columns; i++) {
        const struct sheet_column *c = &s->o.columns[i];
        bool bare =
            is_number(c, cells[i]) ||
            (c->type == COLUMN_FLAG && (str_eq(cells[i], "true") || str_eq(cells[i], "false")));

        str_add_char(out, i ? ',' : '{');
        json_quote(c->name, out);
        str_add_char(out, ':');
        if (bare)
            str_add(out, cells[i]);
        else
            json_quote(cells[i], out);
    }
    str_add(out, "}");
}

static void jsonl_row(struct sheet *s, const char *const *cells, const char *json)
{
    if (json)
        str_add(&s->out, json);
    else
        object_of(s, cells, &s->out);
    str_add_char(&s->out, '\n');
}

static void json_begin(struct sheet *s)
{
    str_add_char(&s->out, '[');
}

static void json_row(struct sheet *s, const char *const *cells, const char *json)
{
    str_add(&s->out, s->rows ? ",\n" : "\n");
    jsonl_row(s, cells, json);
    str_cut(&s->out, s->out.len - 1);
}

static void json_end(struct sheet *s)
{
    str_add(&s->out, s->rows ? "\n]\n" : "]\n");
}

static bool right_aligned(const struct sheet_column *c)
{
    return c->type == COLUMN_NUMBER || c->type == COLUMN_MONEY;
}

static void table_line(struct sheet *s, const char *const *cells)
{
    const struct sheet_layout *l = &s->layout;

    for (size_t i = 0; i <= l->last; i++) {
        int width = l->widths[i], used = text_width(cells[i]);

        if (!width)
            continue;
        if (!s->o.width && used > width) // where nothing bounds it nothing is cut
            width = used;
        if (right_aligned(&s->o.columns[i])) {
            for (int n = used; n < width; n++)
                str_add_char(&s->out, ' ');
            text_fit(cells[i], width, false, &s->out);
        } else {
            text_fit(cells[i], width, i != l->last, &s->out);
        }
        for (int n = 0; n < SHEET_GAP && i != l->last; n++)
            str_add_char(&s->out, ' ');
    }
    str_add_char(&s->out, '\n');
}

static void table_heading(struct sheet *s)
{
    const char **headings = mem_array(s->o.n_columns, sizeof(*headings));

    for (size_t i = 0; i < s->o.n_columns; i++)
        headings[i] = s->o.columns[i].heading;
    table_line(s, headings);
    free(headings);
}

static void show_held(struct sheet *s)
{
    s->layout = sheet_layout_make(&s->o, (const char *const *)s->held, s->n_held);
    s->sums.left_out = s->layout.left_out;
    table_heading(s);
    for (size_t r = 0; r < s->n_held; r++)
        table_line(s, (const char *const *)&s->held[r * s->o.n_columns]);
    for (size_t i = 0; i < s->n_held * s->o.n_columns; i++)
        free(s->held[i]);
    free(s->held);
    s->held = NULL;
}

static void table_begin(struct sheet *s)
{
    s->held = mem_array(MEASURED * s->o.n_columns, sizeof(*s->held));
}

static void table_row(struct sheet *s, const char *const *cells, const char *json)
{
    char **texts;

    (void)json;
    if (!s->held) {
        table_line(s, cells);
        return;
    }
    texts = s->held + s->n_held++ * s->o.n_columns;
    for (size_t i = 0; i < s->o.n_columns; i++)
        texts[i] = mem_strdup(cells[i]);
    if (s->n_held == MEASURED)
        show_held(s);
}

static void table_end(struct sheet *s)
{
    if (s->held)
        show_held(s);
}

static void no_row(struct sheet *s, const char *const *cells, const char *json)
{
    (void)s;
    (void)cells;
    (void)json;
}

static const struct sheet_format formats[] = {
    {"table", false, true, 0, false, table_begin, table_row, table_end},
    {"csv", false, false, ',', false, csv_begin, csv_row, nothing},
    {"tsv", false, false, '\t', false, csv_begin, csv_row, nothing},
    {"json", true, false, 0, false, json_begin, json_row, json_end},
    {"jsonl", true, false, 0, false, nothing, jsonl_row, nothing},
    // Its rows go to the database at once: see sheet_row().
    {"sqlite", false, false, 0, true, nothing, no_row, nothing},
};

const struct sheet_format *sheet_format_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
        if (str_eq_case(formats[i].name, name))
            return &formats[i];
    }
    return NULL;
}

const struct sheet_format *sheet_format_by_ending(const char *ending)
{
    static const struct {
        const char *ending, *format;
    } others[] = {{"db", "sqlite"}, {"sqlite3", "sqlite"}, {"db3", "sqlite"}, {"txt", "table"}};

    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        if (str_eq_case(ending, others[i].ending))
            return sheet_format_find(others[i].format);
    }
    return sheet_format_find(ending);
}

const char *sheet_format_name(const struct sheet_format *format)
{
    return format->name;
}

bool sheet_needs_file(const struct sheet_format *format)
{
    return format->by_name;
}

bool sheet_wants_json(const struct sheet_format *format)
{
    return format->json;
}

bool sheet_for_people(const struct sheet_format *format)
{
    return format->measured;
}

const char *sheet_format_names(void)
{
    return "table|csv|tsv|json|jsonl|sqlite";
}

static bool flush(struct sheet *s, struct err *e)
{
    bool ok = file_write_all(s->o.fd, str_text(&s->out), s->out.len);

    s->ahead += s->out.len;
    if (s->ahead >= AHEAD) {
        (void)sync_file_range(s->o.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
        s->ahead = 0;
    }
    str_clear(&s->out);
    return ok || err_errno(e, ERR_STORAGE, "the output could not be written");
}

static bool begin_database(struct sheet *s, struct err *e)
{
    const char **names = mem_array(s->o.n_columns, sizeof(*names));
    enum column_type *types = mem_array(s->o.n_columns, sizeof(*types));

    for (size_t i = 0; i < s->o.n_columns; i++) {
        names[i] = s->o.columns[i].name;
        types[i] = s->o.columns[i].type;
    }
    s->database = table_file_open(s->o.fd, s->o.path, names, types, s->o.n_columns, e);
    free(names);
    free(types);
    return s->database != NULL;
}

struct sheet *sheet_open(const struct sheet_options *options, struct err *e)
{
    struct sheet *s = mem_zalloc(sizeof(*s));

    s->o = *options;
    if (s->o.format->by_name && !begin_database(s, e)) {
        free(s);
        return NULL;
    }
    s->starts = mem_array(s->o.n_columns, sizeof(*s->starts));
    s->others = mem_array(s->o.n_columns, sizeof(*s->others));
    for (size_t i = 0; i < s->o.n_columns; i++) {
        if (s->o.clean || s->o.format->measured || s->o.columns[i].type == COLUMN_DATE)
            s->others[s->n_others++] = i;
    }
    s->texts = mem_array(s->o.n_columns, sizeof(*s->texts));
    s->o.format->begin(s);
    return s;
}

// Dates in one form; on a terminal, texts that cannot drive it. false: it may be shown as it is.
static bool add_shown(const struct sheet *s, size_t i, const char *cell, struct str *out)
{
    char date[DATE_MAX];

    if (s->o.columns[i].type == COLUMN_DATE && date_normal(cell, date))
        str_add(out, date);
    else if (s->o.clean || s->o.format->measured)
        text_clean(cell, strlen(cell), out);
    else
        return false;
    str_add_char(out, '\0');
    return true;
}

static void show(struct sheet *s, const char *const *cells)
{
    memcpy(s->texts, cells, s->o.n_columns * sizeof(*s->texts));
    str_clear(&s->shown);
    for (size_t i = 0; i < s->n_others; i++) {
        size_t start = s->shown.len, column = s->others[i];

        s->starts[i] = add_shown(s, column, cells[column], &s->shown) ? start : AS_IT_IS;
    }
    for (size_t i = 0; i < s->n_others; i++) {
        if (s->starts[i] != AS_IT_IS)
            s->texts[s->others[i]] = s->shown.data + s->starts[i];
    }
}

bool sheet_row(struct sheet *s, const char *const *cells, const char *json, struct err *e)
{
    if (json && s->o.format->json) {
        str_clear(&s->shown);
        if (s->o.clean)
            text_clean(json, strlen(json), &s->shown);
        s->o.format->row(s, NULL, s->o.clean ? str_text(&s->shown) : json);
    } else {
        show(s, cells);
        s->o.format->row(s, s->texts, NULL);
    }
    s->rows++;
    if (s->database)
        return table_file_row(s->database, s->texts, e);
    return s->out.len < BUFFER || flush(s, e);
}

static void sheet_free(struct sheet *s)
{
    free(s->held);
    free(s->layout.widths);
    free(s->starts);
    free(s->others);
    free(s->texts);
    str_free(&s->shown);
    str_free(&s->out);
    free(s);
}

bool sheet_close(struct sheet *s, struct sheet_sums *out, struct err *e)
{
    bool ok;

    s->o.format->end(s);
    ok = s->database ? table_file_close(s->database, e) : flush(s, e);
    *out = s->sums;
    sheet_free(s);
    return ok;
}

void sheet_abort(struct sheet *s)
{
    struct sheet_sums sums;
    struct err ignored;

    if (s->rows) {
        (void)sheet_close(s, &sums, &ignored);
        return;
    }
    if (s->database)
        (void)table_file_close(s->database, &ignored);
    sheet_free(s);
}
