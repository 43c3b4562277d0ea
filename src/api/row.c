// Rows as JSON to cells. Any thread. Floor: api.
#include "api/row.h"

#include <stdlib.h>
#include <string.h>

#include "api/wire.h"

static char *picked_json(json_t *row, const struct row_want *want)
{
    json_t *object = json_object();
    char *text;

    for (size_t i = 0; i < want->n_columns; i++) {
        json_t *value = wire_at(row, want->columns[i]->path);

        (void)json_object_set_new(object, want->columns[i]->name, value ? value : json_null());
    }
    text = wire_dump(object);
    json_decref(object);
    return text;
}

static void add_cell(json_t *object, const struct column *c, struct str *out)
{
    json_t *value = wire_at(object, c->path);

    wire_text(value, out);
    if (c->type == COLUMN_OBJECT && strchr(str_text(out), '{')) {
        str_clear(out);
        wire_nested(value, out);
    }
    json_decref(value);
}

void wire_row(json_t *object, const struct entity *entity, const struct row_want *want,
              struct page *out)
{
    struct row *row = page_add(out, want->n_columns);
    struct str cell = {0};

    wire_cell(object, entity->id_path, &cell);
    row->id = page_text(out, str_text(&cell), cell.len);
    for (size_t i = 0; i < want->n_columns; i++) {
        str_clear(&cell);
        add_cell(object, want->columns[i], &cell);
        page_cell(out, row, i, str_text(&cell), cell.len);
    }
    str_free(&cell);
    if (want->raw) {
        char *raw = want->picked ? picked_json(object, want) : wire_dump(object);

        row->raw = page_text(out, raw, strlen(raw));
        free(raw);
    }
}

void row_from_json(const char *json, const struct entity *entity, const struct row_want *want,
                   struct page *out)
{
    json_t *object = json_loads(json, 0, NULL);

    wire_row(object, entity, want, out);
    json_decref(object);
}
