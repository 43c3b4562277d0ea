// The lines of the export popup: what stands in each, and what Enter does there. UI thread.
// Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "flow/preset.h"
#include "ui/pane/actions.h"
#include "ui/pane/export_pane.h"

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

const struct entity *export_entity(const struct export_popup *x)
{
    const struct desk *d = x->pane.desk;

    return d->results.entity ? d->results.entity : d->filters.entity;
}

static size_t rows_of(const struct export_popup *x, enum export_what what)
{
    const struct desk *d = x->pane.desk;

    if (what == EXPORT_FETCHED)
        return d->results.table ? table_fetched(d->results.table) : 0;
    return what == EXPORT_LIBRARY ? d->library.n : d->marks.n;
}

static const char *value_what(struct export_popup *x)
{
    static const char *const texts[] = {
        [EXPORT_MARKED] = "the %s marked, as the search has them",
        [EXPORT_FETCHED] = "the %s fetched rows, in the order shown",
        [EXPORT_OWNED] = "of the %s marked what is owned, with all bought fields",
        [EXPORT_LIBRARY] = "the %s found in the library, with all bought fields",
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
    return x->manifest ? "beside it: filters, counts, basis, SHA-256" : "none";
}

static const char *value_write(struct export_popup *x)
{
    if (!rows_of(x, x->what))
        return "there is nothing to write: search, or mark rows, first";
    return reads_lines(&x->pane) ? "choose writes it: free, no request"
                                 : "Enter writes it: free, no request";
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

const char *export_preset(struct export_popup *x)
{
    const char *at = str_text(&x->presets);

    for (size_t i = 0; i < x->preset; i++)
        at += strcspn(at, "|") + 1;
    (void)snprintf(x->name, sizeof(x->name), "%.*s", (int)strcspn(at, "|"), at);
    return x->name;
}

static const char *value_columns(struct export_popup *x)
{
    const char *name = export_preset(x);

    if (str_eq(name, "plain"))
        return x->what == EXPORT_OWNED || x->what == EXPORT_LIBRARY
                   ? "all that was bought, under their own names"
                   : "as shown, under their own names";
    if (str_eq(name, "crm"))
        return "preset crm: with the headings that CRM imports know";
    (void)snprintf(x->value, sizeof(x->value), "preset %s: your own", name);
    return x->value;
}

static void next_columns(struct export_popup *x)
{
    size_t n = 1;

    for (const char *p = str_text(&x->presets); *p; p++)
        n += *p == '|';
    x->preset = (x->preset + 1) % n;
}

void export_read_presets(struct export_popup *x, const char *name)
{
    size_t n = 1;

    str_clear(&x->presets);
    preset_names(&x->presets);
    for (const char *p = str_text(&x->presets); *p; p++)
        n += *p == '|';
    x->preset = x->preset < n ? x->preset : 0;
    for (size_t i = 0; name && i < n && !str_eq(export_preset(x), name); i++)
        next_columns(x);
    x->pane.dirty = true;
}

static void next_what(struct export_popup *x)
{
    const struct desk *d = x->pane.desk;
    bool library = d->library.n && d->library.entity == export_entity(x);

    x->what = (x->what + 1) % (library ? EXPORTS : EXPORT_LIBRARY);
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

static const struct export_row {
    const char *label;
    const char *(*value)(struct export_popup *x);
    void (*choose)(struct export_popup *x);
    enum role role;
} rows[ROWS] = {
    [ROW_WHAT] = {"Rows", value_what, next_what, ROLE_TEXT},
    [ROW_COLUMNS] = {"Columns", value_columns, next_columns, ROLE_TEXT},
    [ROW_FORMAT] = {"Format", value_format, next_format, ROLE_TEXT},
    [ROW_FILE] = {"File", value_file, edit_file, ROLE_TEXT},
    [ROW_CALLS] = {"Calls", value_calls, next_calls, ROLE_TEXT},
    [ROW_LINES] = {"Lines", value_lines, next_lines, ROLE_TEXT},
    [ROW_FORMULAS] = {"Formulas", value_formulas, next_formulas, ROLE_TEXT},
    [ROW_MANIFEST] = {"Manifest", value_manifest, next_manifest, ROLE_TEXT},
    [ROW_WRITE] = {"Write", value_write, export_write, ROLE_STRONG},
};

void export_choose(struct export_popup *x, size_t at)
{
    rows[at].choose(x);
}

static size_t row_count(void *self)
{
    (void)self;
    return ROWS;
}

static struct form_field field_at(void *self, size_t i)
{
    return (struct form_field){.label = rows[i].label,
                               .value = rows[i].value(self),
                               .role = rows[i].role,
                               .button = i == ROW_WRITE};
}

const struct form_source export_rows = {NULL, row_count, field_at};

struct export_order export_order_of(struct export_popup *x, bool replace)
{
    return (struct export_order){.what = x->what,
                                 .format = formats[x->format].name,
                                 .path = str_text(&x->path),
                                 .preset = export_preset(x),
                                 .replace = replace,
                                 .raw_formulas = x->raw_formulas,
                                 .crlf = line_ends[x->ends].crlf,
                                 .bom = line_ends[x->ends].bom,
                                 .dnc = x->dnc,
                                 .manifest = x->manifest};
}
