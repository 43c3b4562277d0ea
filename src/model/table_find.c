// Finding text in a table's fetched rows. One owner at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/table_inside.h"

struct needle {
    char *text; // folded; owned
    bool ascii;
};

static bool is_ascii(const char *text, size_t len)
{
    unsigned char bits = 0;

    for (size_t i = 0; i < len; i++)
        bits |= (unsigned char)text[i];
    return bits < 0x80;
}

static bool holds(const char *cell, const struct needle *n)
{
    char *folded;
    bool found;

    if (is_ascii(cell, strlen(cell)))
        return n->ascii && str_find_case(cell, n->text);
    folded = text_fold(cell);
    found = strstr(folded, n->text);
    free(folded);
    return found;
}

// Is there any hope of finding it on a page? Looks at each distinct text of all columns once.
static bool on_page(const struct packed *rows, const struct needle *n)
{
    size_t len;
    const char *at = packed_texts(rows, &len), *end = at + len;

    for (; at < end; at += strlen(at) + 1) {
        if (holds(at, n))
            return true;
    }
    return false;
}

enum hope { HOPE_UNKNOWN, HOPE_NONE, HOPE_SOME };

struct search {
    const struct table *t;
    const size_t *columns;
    size_t n;
    struct needle needle;
    unsigned char *hopes; // one a page
};

static bool row_holds(struct search *s, uint32_t row)
{
    unsigned char *hope = &s->hopes[row / s->t->rpp];

    if (*hope == HOPE_UNKNOWN)
        *hope = on_page(s->t->pages[row / s->t->rpp].rows, &s->needle) ? HOPE_SOME : HOPE_NONE;
    for (size_t i = 0; *hope == HOPE_SOME && i < s->n; i++) {
        if (holds(row_cell(s->t, row, s->columns[i]), &s->needle))
            return true;
    }
    return false;
}

static long long look(struct search *s, size_t from, int step)
{
    size_t places = s->t->order ? s->t->fetched : table_rows(s->t);
    uint32_t row;

    if (from >= places)
        from = step > 0 ? places - 1 : 0;
    for (size_t i = 0; i < places; i++) {
        if (step > 0)
            from = from + 1 < places ? from + 1 : 0;
        else
            from = from > 0 ? from - 1 : places - 1;
        if (row_at(s->t, from, &row) && row_holds(s, row))
            return (long long)from;
    }
    return TABLE_NONE;
}

long long table_find(const struct table *t, const char *text, const size_t *columns, size_t n,
                     size_t from, int step)
{
    struct search s = {.t = t, .columns = columns, .n = n};
    long long place;

    if (!*text || t->fetched == 0)
        return TABLE_NONE;
    s.needle.text = text_fold(text);
    s.needle.ascii = is_ascii(s.needle.text, strlen(s.needle.text));
    s.hopes = mem_array(t->n_pages, sizeof(*s.hopes));
    place = look(&s, from, step);
    free(s.hopes);
    free(s.needle.text);
    return place;
}
