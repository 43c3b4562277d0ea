// Rows copied out of a query. Floor: store.
#include "store/slice.h"

#include <stdlib.h>

enum { ROWS_MAX = 512, BYTES_MAX = 256 * 1024 };

static struct slice_cell take(struct slice *s, const struct rows *rows, int column)
{
    struct slice_cell cell = {.at = SLICE_NULL};
    const char *text;
    size_t len;

    switch (rows_kind(rows, column)) {
    case ROWS_NULL:
        break;
    case ROWS_INT:
        cell = (struct slice_cell){SLICE_NUMBER, rows_int(rows, column)};
        break;
    case ROWS_BYTES:
        text = rows_blob(rows, column, &len);
        cell.at = s->bytes.len;
        str_add_len(&s->bytes, text, len);
        str_add_len(&s->bytes, "", 1);
    }
    return cell;
}

void slice_take(struct slice *s, const struct rows *rows)
{
    for (size_t i = 0; i < s->width; i++)
        vec_push(&s->cells, take(s, rows, (int)i));
}

size_t slice_rows(const struct slice *s)
{
    return s->cells.len / s->width;
}

bool slice_full(const struct slice *s)
{
    return slice_rows(s) >= ROWS_MAX || s->bytes.len >= BYTES_MAX;
}

bool slice_is_null(const struct slice *s, size_t row, size_t column)
{
    return s->cells.items[row * s->width + column].at == SLICE_NULL;
}

const char *slice_text(const struct slice *s, size_t row, size_t column)
{
    size_t at = s->cells.items[row * s->width + column].at;

    return at >= SLICE_NUMBER ? NULL : s->bytes.data + at;
}

int64_t slice_int(const struct slice *s, size_t row, size_t column)
{
    return s->cells.items[row * s->width + column].number;
}

bool slice_fill(struct slice *s, struct rows rows, struct err *e)
{
    slice_clear(s);
    while (!slice_full(s) && rows_next(&rows))
        slice_take(s, &rows);
    return rows_close(&rows, e);
}

bool slice_append(struct slice *s, struct rows rows, struct err *e)
{
    while (rows_next(&rows))
        slice_take(s, &rows);
    return rows_close(&rows, e);
}

bool slice_fill_by(struct slice *s, struct db *db, size_t *next, size_t n,
                   bool (*read)(void *self, size_t i, struct err *e), void *self, struct err *e)
{
    bool ok = true;

    slice_clear(s);
    if (!db_begin_read(db, e))
        return false;
    for (; ok && *next < n && !slice_full(s); ++*next)
        ok = read(self, *next, e);
    db_end(db);
    return ok;
}

void slice_clear(struct slice *s)
{
    str_clear(&s->bytes);
    s->cells.len = 0;
}

void slice_free(struct slice *s)
{
    str_free(&s->bytes);
    vec_free(&s->cells);
}
