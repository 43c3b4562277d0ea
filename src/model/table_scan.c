// Which rows of a page hold a pattern: each distinct text of a column is looked at once, and plain
// ASCII in all texts of a column at a stroke. One owner at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/table_inside.h"

struct scan scan_begin(const struct table *t, const struct pattern *pattern, const size_t *columns,
                       size_t n)
{
    return (struct scan){.reader = {.t = t, .whole = n > 1},
                         .pattern = pattern,
                         .columns = columns,
                         .n = n,
                         .texts = mem_array(UINT16_MAX + 1, 1),
                         .hits = mem_array(UINT16_MAX + 1, 1)};
}

void scan_end(struct scan *s)
{
    reader_end(&s->reader);
    free(s->texts);
    free(s->hits);
    str_free(&s->folded);
}

// Small letters, and a line end in place of each NUL, for strstr() takes great strides. In bytes
// and without a branch: compilers take many at once then.
static void fold(struct str *out, const char *texts, size_t len)
{
    const unsigned char *from = (const unsigned char *)texts;
    unsigned char *restrict to;

    str_clear(out);
    str_reserve(out, len);
    to = (unsigned char *)out->data;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = from[i], place = (unsigned char)(c - 'A');
        unsigned char small = place < 26 ? 'a' - 'A' : 0, end = c == 0 ? '\n' : 0;

        to[i] = (unsigned char)(c + small + end);
    }
    to[len - 1] = '\0';
}

// The text whose bytes hold the one at `at`.
static size_t text_at(const struct packed_column *c, size_t at)
{
    size_t low = 0, high = c->n_texts;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if ((size_t)(packed_text(c, middle) - c->texts) <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

// No text reaches over its end, so that what is found in the run stands in one of them.
static bool look_in_run(struct scan *s, const struct packed_column *c)
{
    const char *needle = pattern_text(s->pattern), *at;
    size_t from = 0;

    fold(&s->folded, c->texts, c->len);
    at = strstr(s->folded.data, needle);
    if (!at || !packed_column_sound(c))
        return false;
    memset(s->texts, 0, c->n_texts);
    for (; at; at = strstr(s->folded.data + from, needle)) {
        size_t text = text_at(c, (size_t)(at - s->folded.data));

        s->texts[text] = true;
        if (text + 1 == c->n_texts)
            break;
        from = (size_t)(packed_text(c, text + 1) - c->texts);
    }
    return true;
}

static bool look_at_texts(struct scan *s, const struct packed_column *c)
{
    bool any = false;

    for (size_t i = 0; i < c->n_texts; i++) {
        s->texts[i] = pattern_holds(s->pattern, packed_text(c, i));
        any = any || s->texts[i];
    }
    return any;
}

static bool scan_column(struct scan *s, const struct packed_column *c)
{
    bool plain = pattern_kind(s->pattern) == PATTERN_PLAIN, any;

    if (plain && c->ascii && !pattern_is_ascii(s->pattern))
        return false;
    if (plain && c->ascii)
        any = look_in_run(s, c);
    else
        any = packed_column_sound(c) && look_at_texts(s, c);
    for (size_t i = 0; any && i < c->n_rows; i++)
        s->hits[i] |= s->texts[packed_code(c, i)];
    return any;
}

size_t scan_page(struct scan *s, size_t at)
{
    size_t n_rows = s->reader.t->pages[at].n_rows, n = 0;
    struct packed_column c;
    bool any = false;

    memset(s->hits, 0, n_rows);
    for (size_t i = 0; i < s->n; i++) {
        if (reader_run(&s->reader, at, s->columns[i] + 1, &c) && c.len)
            any = scan_column(s, &c) || any;
    }
    for (size_t i = 0; any && i < n_rows; i++)
        n += s->hits[i];
    return n;
}
