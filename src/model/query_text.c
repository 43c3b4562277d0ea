// A whole search as a small text. Not shared between threads. Floor: model.
#include "model/query_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "base/mem.h"

static const char blanks[] = " \t\r\n";

void query_text(const struct query *q, struct str *out)
{
    query_print(q, out);
    if (q->sort_by)
        str_addf(out, "sort = %s:%s\n", q->sort_by, q->ascending ? "asc" : "desc");
}

void query_write(const struct query *q, struct str *out)
{
    str_addf(out, "entity = %s\n", q->entity->name);
    query_text(q, out);
}

bool query_same(const struct query *a, const struct query *b)
{
    struct str x = {0}, y = {0};
    bool same;

    query_write(a, &x);
    query_write(b, &y);
    same = str_eq(str_text(&x), str_text(&y));
    str_free(&x);
    str_free(&y);
    return same;
}

// Where the value of a line "KEY = VALUE" begins, or NULL where it is none. No field has such a
// name.
static const char *value_of(const char *line, const char *key)
{
    const char *p = line + strspn(line, blanks);

    if (!str_starts(p, key))
        return NULL;
    p += strlen(key);
    p += strspn(p, blanks);
    return *p == '=' ? p + 1 + strspn(p + 1, blanks) : NULL;
}

static bool read_sort(struct query *q, const char *value, struct err *e)
{
    char *copy = mem_strdup(value);
    bool ok = query_sort(q, str_trim(copy), e);

    free(copy);
    return ok;
}

static bool read_entity(struct query *q, const char *value, struct err *e)
{
    char *copy = mem_strdup(value), *name = str_trim(copy);
    const struct entity *entity = entity_find(name);
    bool ok = true;

    if (!entity)
        ok =
            err_set(e, ERR_INVALID, "\"%.40s\" is no entity; it is one of: contact, company", name);
    else if (q->entity && q->entity != entity)
        ok = err_set(e, ERR_INVALID, "this searches %s, but %s are asked for", entity->plural,
                     q->entity->plural);
    else
        q->entity = entity;
    free(copy);
    return ok;
}

static bool read_line(struct query *q, const char *line, int number, int *column, struct err *e)
{
    const char *start = line + strspn(line, blanks), *entity = value_of(line, "entity");
    const char *sort = value_of(line, "sort");

    *column = 1 + (int)((entity ? entity : sort ? sort : start) - line);
    if (!*start || *start == '#')
        return true;
    if (entity)
        return read_entity(q, entity, e);
    if (!q->entity)
        return err_set(e, ERR_INVALID,
                       "nothing says yet what is searched; put \"entity = contact\" or \"entity = "
                       "company\" before this line");
    return sort ? read_sort(q, sort, e) : query_where_at(q, line, number, column, e);
}

bool query_read(struct query *q, const char *line, struct err *e)
{
    int ignored;

    return read_line(q, line, 0, &ignored, e);
}

// lines_read_raw() tells faults by self alone.
struct reading {
    struct query *q;
    const struct query_faults *to;
};

static bool take_line(void *self, const char *text, int number, struct err *e)
{
    struct word at = {0};
    struct err why;

    return read_line(((struct reading *)self)->q, text, number, &at.column, &why) ||
           line_fault(e, &at, "%s", why.text);
}

static void tell(void *self, const char *sentence)
{
    const struct query_faults *to = ((struct reading *)self)->to;

    to->fault(to->self, sentence);
}

size_t query_text_read(const char *text, struct query *q, const struct query_faults *to)
{
    struct reading reading = {q, to};
    const struct raw_reader reader = {&reading, take_line, tell};

    return lines_read_raw(to->file, text, &reader);
}
