// What the library pane does for commands and the mouse. UI thread. Floor: ui/pane.
#include "ui/pane/library_pane.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"

static const struct library_line *line_at(const struct library_pane *l)
{
    return desk_library_line(l->pane.desk, l->view.rows.at);
}

static const char *id_at(const struct library_pane *l)
{
    const struct library_line *line = line_at(l);

    return line ? line->id : NULL;
}

static bool no_row(struct err *e)
{
    return err_set(e, ERR_INVALID, "there is no owned record here");
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    table_step(p, &library_of(p)->view, library_of(p)->w, line);
    return true;
}

// Rows first..last as far as they were read, in one step. Returns how many changed.
static size_t mark_rows(struct library_pane *l, size_t first, size_t last, bool on)
{
    size_t low = first < last ? first : last, high = first < last ? last : first, n = 0, changed;
    const char **ids = mem_array(high - low + 1, sizeof(*ids));
    const char **labels = mem_array(high - low + 1, sizeof(*labels));

    for (size_t i = low; i <= high; i++) {
        const struct library_line *line = desk_library_line(l->pane.desk, i);

        if (!line)
            continue;
        ids[n] = line->id;
        labels[n++] = line->label;
    }
    changed = desk_mark_records(l->pane.desk, ids, labels, n, on);
    free(ids);
    free(labels);
    l->pane.dirty = true;
    return changed;
}

static void end_range(struct library_pane *l, bool mark)
{
    char n[COUNT_MAX];

    l->view.ranging = false;
    l->pane.dirty = true;
    if (mark)
        host_say(l->pane.host, ROLE_TEXT, "%s more marked.",
                 count_text((long long)mark_rows(l, l->view.anchor, l->view.rows.at, true), n));
}

static bool mark(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);
    size_t at = l->view.rows.at;

    (void)line;
    if (l->view.ranging) {
        end_range(l, true);
        return true;
    }
    if (!id_at(l))
        return no_row(e);
    (void)mark_rows(l, at, at, !desk_marked(p->desk, id_at(l)));
    (void)table_view_move(&l->view, MOVE_DOWN);
    return true;
}

static bool mark_range(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);

    (void)line;
    if (l->view.ranging) {
        end_range(l, true);
        return true;
    }
    if (!library_rows_of(l))
        return no_row(e);
    l->view.ranging = true;
    l->view.anchor = l->view.rows.at;
    p->dirty = true;
    return true;
}

static bool mark_page(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);
    size_t first = l->view.rows.top, n = (size_t)l->view.rows.h;

    (void)line;
    if (!library_rows_of(l) || !n)
        return no_row(e);
    if (!mark_rows(l, first, first + n - 1, true))
        (void)mark_rows(l, first, first + n - 1, false);
    return true;
}

static bool mark_all(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return desk_library_mark_all(p->desk, e);
}

// `find TEXT` sifts the library itself: this is where its words are searched.
static bool find(struct pane *p, const struct line *line, struct err *e)
{
    struct str text = {0};

    (void)e;
    action_text(line, &text);
    desk_library_find(p->desk, str_text(&text));
    str_free(&text);
    library_of(p)->view.rows = (struct scroll){0};
    return true;
}

static bool expiring(struct pane *p, const struct line *line, struct err *e)
{
    char text[COUNT_MAX + 16];
    long long days = 30;

    if (line->n > 1 && (!str_int64(line->words[1].text, &days) || days < 0))
        return line_fault(e, &line->words[1], "\"%.20s\" is no number of days",
                          line->words[1].text);
    (void)snprintf(text, sizeof(text), "expiring:%lld", days);
    desk_library_find(p->desk, text);
    desk_library_order(p->desk, ORDER_EXPIRY, NULL, true);
    library_of(p)->view.rows = (struct scroll){0};
    return true;
}

static bool past_retention(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    if (!library_has_retention(p->desk, e))
        return false;
    desk_library_find(p->desk, "retention:past");
    desk_library_order(p->desk, ORDER_FETCHED, NULL, true);
    library_of(p)->view.rows = (struct scroll){0};
    return true;
}

static bool notices(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    desk_library_find(p->desk, "notice:due");
    desk_library_order(p->desk, ORDER_FETCHED, NULL, true);
    library_of(p)->view.rows = (struct scroll){0};
    return true;
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);

    (void)line;
    if (l->view.ranging) {
        end_range(l, false);
        return true;
    }
    if (!p->desk->library.typed)
        return action_up(e);
    desk_library_find(p->desk, NULL);
    return true;
}

// The bought field that stands where the name's last part stands: a person's last name.
static const struct column *name_field(const struct entity *entity)
{
    const struct enrich_operation *op = &entity->enrich;
    const struct column *found = NULL;

    for (size_t i = 0; i < entity->search.n_columns; i++) {
        const struct column *label = &entity->search.columns[i];

        for (size_t j = 0; entity_is_label(entity, label) && j < op->n_columns; j++) {
            if (str_eq(op->columns[j].path, label->path))
                found = &op->columns[j];
        }
    }
    return found;
}

static bool sort(struct library_pane *l, bool ascending, struct err *e)
{
    const struct library_column *c = l->view.at < l->view.n_columns ? &l->which[l->view.at] : NULL;
    struct desk *d = l->pane.desk;

    if (!c)
        return no_row(e);
    switch (c->cell) {
    case LIBRARY_FIELD:
        desk_library_order(d, ORDER_COLUMN, &l->entity->enrich.columns[c->field], ascending);
        return true;
    case LIBRARY_NAME:
        desk_library_order(d, ORDER_COLUMN, name_field(l->entity), ascending);
        return true;
    case LIBRARY_UNTIL:
        desk_library_order(d, ORDER_EXPIRY, NULL, ascending);
        return true;
    case LIBRARY_FETCHED:
        desk_library_order(d, ORDER_FETCHED, NULL, ascending);
        return true;
    default:
        return err_set(e, ERR_INVALID, "the library has no order by %s",
                       l->columns[l->view.at].heading);
    }
}

static bool sort_up(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return sort(library_of(p), true, e);
}

static bool sort_down(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return sort(library_of(p), false, e);
}

enum { WIDTH_STEP = 2, WIDTH_MIN = 3, WIDTH_MAX = 200 };

static bool resize(struct pane *p, int by)
{
    struct library_pane *l = library_of(p);
    struct table_column *c = &l->columns[l->view.at];

    if (c->width + by >= WIDTH_MIN && c->width + by <= WIDTH_MAX)
        c->width += by;
    p->dirty = true;
    return true;
}

static bool wider(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    return resize(p, WIDTH_STEP);
}

static bool narrower(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    return resize(p, -WIDTH_STEP);
}

// What is copied is the value itself, whatever mask lies over it.
static const char *raw_cell(struct library_pane *l, size_t column)
{
    const struct library_line *line = line_at(l);
    const struct library_column *c = &l->which[column];
    enum role role = ROLE_TEXT;

    if (c->cell == LIBRARY_FIELD)
        return line->cells[c->field];
    if (c->cell == LIBRARY_NAME)
        return line->label;
    return c->cell == LIBRARY_NOTE ? line->note : library_cell(l, l->view.rows.at, column, &role);
}

static bool copy_cell(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);

    (void)line;
    if (!line_at(l))
        return no_row(e);
    copy_told(p->desk, p->host, raw_cell(l, l->view.at), l->columns[l->view.at].heading);
    return true;
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);
    struct str row = {0};

    (void)line;
    if (!line_at(l))
        return no_row(e);
    for (size_t i = 0; i < l->view.n_columns; i++)
        str_addf(&row, "%s%s", i ? "\t" : "", raw_cell(l, i));
    copy_told(p->desk, p->host, str_text(&row), "the row, tabs between");
    str_free(&row);
    return true;
}

static bool detail(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    if (!desk_library_detail(p->desk, library_of(p)->view.rows.at, e))
        return false;
    host_open(p->host, "detail");
    return true;
}

static bool columns(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_popup(p->host, library_columns_open(library_of(p)));
    return true;
}

static bool note(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);
    const struct library_line *at = line_at(l);

    return record_note(p, &l->wait, at ? at->id : NULL, at ? at->note : NULL, line, e);
}

static bool tag(struct pane *p, const struct line *line, struct err *e)
{
    const char *here = p->desk->marks.n ? NULL : id_at(library_of(p));

    return record_tag(p, &library_of(p)->wait, here, line, e);
}

static bool history(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return record_history(p, &library_of(p)->wait, id_at(library_of(p)), e);
}

// The marked records, else the one under the cursor.
const char *library_which(const struct library_pane *l)
{
    return l->pane.desk->marks.n ? NULL : id_at(l);
}

static bool refresh_owned(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);

    (void)line;
    if (!desk_library_plan(p->desk, library_which(l), e))
        return false;
    l->wait.plan = true;
    return true;
}

// Without a file: what is found here, or what is marked where all of that is owned.
static bool export(struct pane *p, const struct line *line, struct err *e)
{
    const struct marks *m = &p->desk->marks;
    bool owned = m->n && m->summed && m->count[STANDING_HELD] == m->n;

    if (line->n > 1 || (!owned && !p->desk->library.n))
        return action_up(e);
    host_popup(p->host, export_popup_of(p->desk, p->host, owned ? EXPORT_OWNED : EXPORT_LIBRARY));
    return true;
}

const struct pane_action library_actions[] = {
    MOVES_TO(move),
    {"mark", mark},
    {"mark-range", mark_range},
    {"mark-page", mark_page},
    {"mark-all", mark_all},
    {"back", back},
    {"find", find},
    {"expiring", expiring},
    {"past-retention", past_retention},
    {"purge-past-retention", library_purge_past},
    {"notices", notices},
    {"sort-up", sort_up},
    {"sort-down", sort_down},
    {"wider", wider},
    {"narrower", narrower},
    {"copy-cell", copy_cell},
    {"copy-row", copy_row},
    {"choose", detail},
    {"detail", detail},
    {"note", note},
    {"tag", tag},
    {"untag", tag},
    {"history", history},
    {"refresh-owned", refresh_owned},
    {"purge", library_purge},
    {"columns", columns},
    {"export", export},
    {NULL, NULL},
};

// Where nothing is found other words may be typed.
bool library_offers(const struct pane *p, const char *command)
{
    const struct library_view *v = &p->desk->library;

    return v->n > 0 || str_eq(command, "back") || (v->typed && str_eq(command, "find"));
}
