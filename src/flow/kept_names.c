// What rows of earlier searches call records. Any thread but the UI's. Floor: flow.
#include "flow/kept_names.h"

#include <stdlib.h>

#include "base/mem.h"
#include "flow/kept.h"
#include "flow/searches.h"
#include "model/query_text.h"

struct naming {
    const struct entity *entity;
    const char *const *ids;
    char **names;
    size_t n, open; // open: without a name still
};

static char *name_of(const struct entity *entity, const struct table *t, size_t place)
{
    size_t n = entity->search.n_columns;
    const char **cells = mem_array(n, sizeof(*cells));
    char *name;

    for (size_t i = 0; i < n; i++) {
        const char *cell = table_cell(t, place, i);

        cells[i] = cell ? cell : "";
    }
    name = row_label(entity, cells);
    free(cells);
    return name;
}

static void name_by(struct naming *w, const struct table *t)
{
    for (size_t i = 0; i < w->n; i++) {
        long long place = *w->names[i] ? TABLE_NONE : table_place(t, w->ids[i]);

        if (place == TABLE_NONE)
            continue;
        free(w->names[i]);
        w->names[i] = name_of(w->entity, t, (size_t)place);
        w->open -= *w->names[i] != '\0';
    }
}

// What of it cannot be read tells nothing.
static void look(const struct app *a, struct naming *w, const struct past *past)
{
    struct query q = {0};
    struct kept kept = {0};
    struct err ignored;
    struct query_faults to = query_first_fault(&ignored);

    to.long_lists = true;
    if (query_text_read(past->text, &q, &to) == 0 && q.entity == w->entity &&
        kept_load(a, &q, false, &kept, &ignored) && kept.table)
        name_by(w, kept.table);
    if (kept.table)
        table_free(kept.table);
    query_free(&q);
}

void kept_names(struct app *a, const struct entity *entity, const char *const *ids, char **names,
                size_t n)
{
    struct naming w = {.entity = entity, .ids = ids, .names = names, .n = n};
    struct past_list past;
    struct err ignored;

    for (size_t i = 0; i < n; i++)
        w.open += *names[i] == '\0';
    if (!w.open || !history_list(a, &past, &ignored))
        return;
    for (size_t i = 0; i < past.items.len && w.open; i++) {
        if (str_eq(past.items.items[i].entity, entity->name))
            look(a, &w, &past.items.items[i]);
    }
    history_list_free(&past);
}
