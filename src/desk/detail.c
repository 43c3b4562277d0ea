// One record in full: at once from its row, then with what the library has. UI thread, but for the
// run. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "flow/library_find.h"
#include "flow/quote.h"
#include "flow/row.h"

// What Lode itself knows of an owned record.
enum fact {
    FACT_NOTICE_BY,
    FACT_SOURCE,
    FACT_FETCHED,
    FACT_UNTIL,
    FACT_VERSIONS,
    FACT_TAGS,
    FACT_NOTE,
    FACTS
};

static const struct column facts[FACTS] = {
    [FACT_NOTICE_BY] = {"noticeBy", "", COLUMN_TEXT, "Notice due by", 30, COLUMN_COMPLIANCE},
    [FACT_SOURCE] = {"source", "", COLUMN_TEXT, "Source", 20, 0},
    [FACT_FETCHED] = {"fetched", "", COLUMN_DATE, "Fetched (UTC)", 20, 0},
    [FACT_UNTIL] = {"freeUntil", "", COLUMN_DATE, "Free until (UTC)", 20, 0},
    [FACT_VERSIONS] = {"versions", "", COLUMN_NUMBER, "Versions kept", 8, 0},
    [FACT_TAGS] = {"tags", "", COLUMN_TEXT, "Tags", 20, 0},
    [FACT_NOTE] = {"note", "", COLUMN_TEXT, "Note", 40, COLUMN_PERSONAL},
};

// The texts of the fields.
struct detail_private {
    struct page row, owned; // one row each, where there is one
    char *facts[FACTS];     // owned; NULL: none
    int64_t row_ms, owned_ms;
    char *owned_fields; // what the library's row was asked for; NULL: nothing is there
    char *owned_older;  // which of it came before owned_ms; NULL: nothing did
};

static void free_facts(char *all[FACTS])
{
    for (int i = 0; i < FACTS; i++) {
        free(all[i]);
        all[i] = NULL;
    }
}

void detail_free(struct detail *t)
{
    const struct entity *entity = t->entity;

    if (t->private) {
        page_free(&t->private->row);
        page_free(&t->private->owned);
        free(t->private->owned_fields);
        free(t->private->owned_older);
        free_facts(t->private->facts);
    }
    free(t->private);
    free(t->fields);
    free(t->id);
    *t = (struct detail){.entity = entity};
}

static const char search_section[] = "Search row", owned_section[] = "Owned",
                  compliance_section[] = "Compliance", library_section[] = "Library";

struct source {
    const struct page *page;
    const struct column *columns;
    size_t n;
    const char *section, *name;
    int64_t as_of_ms;
    const char *fields; // of the columns only these names, ',' between; NULL: all
    const char *older;  // which of them are of before as_of_ms; NULL: none
};

// A flag that the library has is not shown as the search told it too.
static bool is_told(const struct detail *t, const struct column *c)
{
    for (size_t i = 0; i < t->n_fields; i++) {
        if (c->marks & COLUMN_COMPLIANCE && str_eq(t->fields[i].column->path, c->path))
            return true;
    }
    return false;
}

static void add_fields(struct detail *t, const struct source *s, bool compliance)
{
    for (size_t i = 0; s->page->n_rows && i < s->n; i++) {
        const struct column *c = &s->columns[i];

        if (!(c->marks & COLUMN_COMPLIANCE) == compliance || is_told(t, c) ||
            (s->fields && !library_names(s->fields, c->name)))
            continue;
        t->fields[t->n_fields++] = (struct detail_field){
            .column = c,
            .section = compliance ? compliance_section : s->section,
            .text = s->page->rows[0].cells[i],
            .source = s->name,
            .as_of_ms = library_fetched(s->older, c->name, s->as_of_ms),
        };
    }
}

static void add_facts(struct detail *t)
{
    for (int i = 0; i < FACTS; i++) {
        if (t->private->facts[i])
            t->fields[t->n_fields++] = (struct detail_field){
                .column = &facts[i],
                .section =
                    facts[i].marks & COLUMN_COMPLIANCE ? compliance_section : library_section,
                .text = t->private->facts[i],
                .source = "library",
                .as_of_ms = t->private->owned_ms};
    }
}

static void make_fields(struct detail *t)
{
    const struct entity *entity = t->entity;
    const struct source sources[] = {
        {&t->private->owned, entity->enrich.columns, entity->enrich.n_columns, owned_section,
         "library", t->private->owned_ms, t->private->owned_fields, t->private->owned_older},
        {&t->private->row, entity->search.columns, entity->search.n_columns, search_section,
         "search", t->private->row_ms, NULL, NULL},
    };

    free(t->fields);
    t->fields =
        mem_array(entity->search.n_columns + entity->enrich.n_columns + FACTS, sizeof(*t->fields));
    t->n_fields = 0;
    for (int compliance = 0; compliance < 2; compliance++) {
        for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
            add_fields(t, &sources[i], compliance);
            if (!compliance && i == 0)
                add_facts(t);
        }
    }
}

static void take_row(const struct results *r, struct detail *t, long long place)
{
    size_t n = r->entity->search.n_columns;
    struct row *row = page_add(&t->private->row, n);

    for (size_t i = 0; i < n; i++) {
        const char *cell = table_cell(r->table, (size_t)place, i);

        page_cell(&t->private->row, row, i, cell ? cell : "", cell ? strlen(cell) : 0);
    }
    t->private->row_ms = r->asked_ms;
    if (table_note(r->table, (size_t)place))
        t->note = *table_note(r->table, (size_t)place);
}

struct reading {
    struct task task;
    struct seat *seat;
    const struct entity *entity;
    char *id;
    struct page owned;
    int64_t owned_ms;
    char *owned_fields, *owned_older;
    char *facts[FACTS];
    struct row_note note;
};

static char *notice_text(const struct entity *entity, const struct library_row *row)
{
    int64_t by = library_notice_by(entity, row);
    char day[CLOCK_ISO_MAX];

    return by ? str_format("%.10s, or at first contact (GDPR, Art. 14)", clock_iso(by, day)) : NULL;
}

static void take_facts(struct reading *r, const struct library_row *row)
{
    const struct owned_row *o = &row->owned;
    char fetched[CLOCK_ISO_MAX], until[CLOCK_ISO_MAX];

    r->facts[FACT_NOTICE_BY] = notice_text(r->entity, row);
    r->facts[FACT_SOURCE] = mem_strdup(o->source);
    r->facts[FACT_FETCHED] = mem_strdup(clock_iso(o->fetched_ms, fetched));
    if (o->bought_ms)
        r->facts[FACT_UNTIL] =
            mem_strdup(clock_iso(library_until(&r->task.app, r->entity, row), until));
    r->facts[FACT_VERSIONS] = str_format("%lld", row->earlier + 1);
    r->facts[FACT_TAGS] = row->tags ? mem_strdup(row->tags) : NULL;
    r->facts[FACT_NOTE] = row->note ? mem_strdup(row->note) : NULL;
}

static bool take_owned(void *self, const struct library_row *of)
{
    struct reading *r = self;
    const struct enrich_operation *op = &r->entity->enrich;
    const struct column **columns = mem_array(op->n_columns, sizeof(*columns));
    const struct enriched_row enriched = library_enriched(of), *row = &enriched;

    take_facts(r, of);
    for (size_t i = 0; i < op->n_columns; i++)
        columns[i] = &op->columns[i];
    row_as_cells(r->entity, row, columns, op->n_columns, &r->owned);
    r->owned_ms = row->fetched_ms;
    r->owned_fields = row->fields ? mem_strdup(row->fields) : NULL;
    r->owned_older = of->older ? mem_strdup(of->older) : NULL;
    free(columns);
    return true;
}

static bool run(struct task *t)
{
    struct reading *r = (struct reading *)t;
    const char *ids[] = {r->id};

    return quote_notes(&t->app, r->entity, ids, 1, &r->note, &t->err) &&
           (library_record(&t->app, r->entity, r->id, take_owned, r, &t->err) ||
            t->err.kind == ERR_NOT_FOUND);
}

static void done(struct desk *d, struct task *t)
{
    struct reading *r = (struct reading *)t;
    struct detail *detail = seat_face(d, r->seat).detail;

    if (!detail->id || !str_eq(detail->id, r->id))
        return; // another record is looked at
    detail->asked = false;
    desk_changed(d, DESK_DETAIL);
    if (!t->ok) {
        detail->err = t->err;
        return;
    }
    detail->note = r->note;
    page_free(&detail->private->owned);
    detail->private->owned = r->owned;
    detail->private->owned_ms = r->owned_ms;
    free(detail->private->owned_fields);
    free(detail->private->owned_older);
    detail->private->owned_fields = r->owned_fields;
    detail->private->owned_older = r->owned_older;
    free_facts(detail->private->facts);
    memcpy(detail->private->facts, r->facts, sizeof(r->facts));
    memset(r->facts, 0, sizeof(r->facts));
    r->owned = (struct page){0};
    r->owned_fields = r->owned_older = NULL;
    make_fields(detail);
    if (detail->private->row.n_rows == 0 && detail->private->owned.n_rows == 0)
        (void)err_set(&detail->err, ERR_NOT_FOUND,
                      "neither the rows fetched nor the library have this record");
}

static void release(struct task *t)
{
    struct reading *r = (struct reading *)t;

    page_free(&r->owned);
    free_facts(r->facts);
    free(r->owned_fields);
    free(r->owned_older);
    free(r->id);
}

static const struct task_kind kind = {
    .name = "detail", .lane = LANE_LOCAL, .run = run, .done = done, .free = release};

void detail_read(struct desk *d, struct seat *s)
{
    struct detail *t = seat_face(d, s).detail;
    struct reading *r;

    if (!t->id || !d->private->open)
        return;
    r = task_new(d, &kind, sizeof(*r), NULL);
    r->seat = s;
    r->entity = s->entity;
    r->id = mem_strdup(t->id);
    t->asked = true;
    task_start(&r->task);
}

static void look_at(struct detail *t, const char *id)
{
    char *copy = mem_strdup(id); // id may be the detail's own

    detail_free(t);
    t->id = copy;
    t->private = mem_zalloc(sizeof(*t->private));
}

void detail_restore(struct desk *d, struct seat *s, const char *id)
{
    look_at(seat_face(d, s).detail, id);
}

void detail_rows_came(struct desk *d, struct seat *s)
{
    const struct face at = seat_face(d, s);
    struct detail *t = at.detail;
    long long place = t->id ? table_place(at.results->table, t->id) : TABLE_NONE;

    if (place == TABLE_NONE || t->private->row.n_rows)
        return;
    take_row(at.results, t, place);
    t->err = (struct err){0};
    make_fields(t);
    desk_changed(d, DESK_DETAIL);
}

void desk_detail(struct desk *d, const char *id)
{
    struct detail *t = &d->detail;
    long long place;

    look_at(t, id);
    place = d->results.table ? table_place(d->results.table, t->id) : TABLE_NONE;
    if (place != TABLE_NONE)
        take_row(&d->results, t, place);
    make_fields(t);
    detail_read(d, desk_seat(d));
    session_touch(d);
    desk_changed(d, DESK_DETAIL);
}
