// Columns beyond those that a search tells, where it tells little: what the filters say of every
// row, and what the library may have of one. UI thread. Floor: desk.
#include "desk/inside.h"

size_t desk_n_columns(const struct results *r)
{
    return r->entity->search.n_columns + r->more.n;
}

const struct column *desk_column(const struct results *r, size_t column)
{
    const struct search_operation *op = &r->entity->search;

    return column < op->n_columns ? &op->columns[column] : &r->more.items[column - op->n_columns];
}

enum column_source desk_column_source(const struct results *r, size_t column)
{
    size_t n = r->entity->search.n_columns;

    return column < n                       ? COLUMN_OF_SEARCH
           : column < n + r->more.n_filters ? COLUMN_OF_FILTER
                                            : COLUMN_OF_LIBRARY;
}

size_t desk_column_find(const struct results *r, const char *name)
{
    const struct search_operation *op = &r->entity->search;
    const struct column *c = column_find(op->columns, op->n_columns, name);

    if (c)
        return (size_t)(c - op->columns);
    c = column_find(r->more.items, r->more.n, name);
    return c ? op->n_columns + (size_t)(c - r->more.items) : SIZE_MAX;
}

static const char *filter_cell(const struct results *r, size_t column)
{
    return more_filter(&r->more, column - r->entity->search.n_columns, &r->query);
}

bool desk_column_offered(const struct results *r, size_t column)
{
    return desk_column_source(r, column) != COLUMN_OF_FILTER || *filter_cell(r, column);
}

const char *desk_cell_of(const struct desk *d, const char *id, size_t column)
{
    const struct results *r = &d->results;

    switch (desk_column_source(r, column)) {
    case COLUMN_OF_LIBRARY:
        return known_cell(r, id, column - r->entity->search.n_columns - r->more.n_filters);
    case COLUMN_OF_FILTER:
        return filter_cell(r, column);
    default:
        return table_cell_of(r->table, id, column);
    }
}

const char *desk_cell(const struct desk *d, size_t place, size_t column)
{
    const struct results *r = &d->results;
    const char *id;

    if (desk_column_source(r, column) == COLUMN_OF_SEARCH)
        return table_cell(r->table, place, column);
    id = table_id(r->table, place);
    return id ? desk_cell_of(d, id, column) : NULL;
}
