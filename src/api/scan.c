// Cells out of rows kept as JSON in one pass. Floor: api.
#include "api/scan.h"

#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api/plain.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/vec.h"

enum {
    DEPTH_MAX = 64,
    MEMBERS_MAX = 256, // of one object that are known by sight
    NONE = -1
};

// A member that rows had: its key in quotes and with the colon, and which node it leads to, or
// NONE.
struct member {
    char *key; // owned
    size_t len;
    int child;
};

// A place in a row that some path leads to or through.
struct node {
    const char *key; // not NUL-terminated; NULL: any element of a list
    size_t len;
    int column;      // whose path ends here, or NONE
    int child, next; // first below it, next beside it, or NONE
    // In the order in which rows have them, which is nearly always the same.
    VEC(struct member) members;
};

// The cell of a column.
struct cell {
    bool many;         // of several values of a list
    struct str joined; // those
    size_t start;      // of a single one, in texts; NO_TEXT
    int same;          // another column with the same path, or NONE
};

#define NO_TEXT SIZE_MAX

struct scan {
    struct node *nodes; // the first is the row itself
    int n_nodes;
    struct cell *cells; // one a column
    size_t n;
    struct str texts; // of this row, NUL-separated
    const char *end;  // of the text the row stands in
};

// A value as it stands, a text with its quotes.
struct value {
    const char *at, *end;
    bool escaped;
};

static int add_node(struct scan *s, int parent, const char *key, size_t len)
{
    int i = s->n_nodes++, *last;

    s->nodes = mem_regrow(s->nodes, (size_t)s->n_nodes, sizeof(*s->nodes));
    s->nodes[i] =
        (struct node){.key = key, .len = len, .column = NONE, .child = NONE, .next = NONE};
    if (parent == NONE)
        return i;
    for (last = &s->nodes[parent].child; *last != NONE; last = &s->nodes[*last].next)
        ;
    *last = i;
    return i;
}

static int find_child(const struct scan *s, int parent, const char *key, size_t len)
{
    for (int i = s->nodes[parent].child; i != NONE; i = s->nodes[i].next) {
        const struct node *n = &s->nodes[i];

        if (key ? n->key && n->len == len && memcmp(n->key, key, len) == 0 : !n->key)
            return i;
    }
    return NONE;
}

static int step(struct scan *s, int at, const char *key, size_t len)
{
    int child = find_child(s, at, key, len);

    return child != NONE ? child : add_node(s, at, key, len);
}

static void add_path(struct scan *s, const char *path, int column)
{
    int at = 0;

    s->cells[column].many = strchr(path, '[') != NULL;
    while (*path) {
        size_t len = strcspn(path, ".[");

        if (len)
            at = step(s, at, path, len);
        path += len;
        if (*path == '[') {
            at = step(s, at, NULL, 0);
            path += 2;
        }
        path += *path == '.';
    }
    s->cells[column].same = s->nodes[at].column;
    s->nodes[at].column = column;
}

struct scan *scan_new(const struct column *const *columns, size_t n)
{
    struct scan *s = mem_zalloc(sizeof(*s));

    s->n = n;
    s->cells = mem_array(n + 1, sizeof(*s->cells));
    (void)add_node(s, NONE, NULL, 0);
    for (size_t i = 0; i < n; i++)
        add_path(s, columns[i]->path, (int)i);
    return s;
}

void scan_free(struct scan *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n; i++)
        str_free(&s->cells[i].joined);
    for (int i = 0; i < s->n_nodes; i++) {
        for (size_t m = 0; m < s->nodes[i].members.len; m++)
            free(s->nodes[i].members.items[m].key);
        vec_free(&s->nodes[i].members);
    }
    str_free(&s->texts);
    free(s->cells);
    free(s->nodes);
    free(s);
}

static unsigned hex4(const char *p)
{
    char digits[5] = {p[0], p[1], p[2], p[3], '\0'};

    return (unsigned)strtoul(digits, NULL, 16);
}

// The escape at p, which begins with a backslash; returns what is behind it.
static const char *add_escaped(const char *p, struct str *out)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *at = strchr(from, p[1]);
    unsigned code;

    if (p[1] != 'u') {
        str_add_char(out, at ? to[at - from] : p[1]);
        return p + 2;
    }
    code = hex4(p + 2);
    p += 6;
    if (code >= 0xd800 && code < 0xdc00 && p[0] == '\\' && p[1] == 'u') {
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(p + 2) - 0xdc00);
        p += 6;
    }
    text_encode(code, out);
    return p;
}

static void add_string(const char *p, const char *stop, struct str *out)
{
    while (p < stop) {
        const char *slash = memchr(p, '\\', (size_t)(stop - p));

        str_add_len(out, p, (size_t)((slash ? slash : stop) - p));
        p = slash ? add_escaped(slash, out) : stop;
    }
}

static bool is_null(const struct value *v)
{
    return *v->at == 'n';
}

static void add_text(const struct value *v, struct str *out)
{
    size_t quotes = *v->at == '"';

    if (v->escaped)
        add_string(v->at + 1, v->end - 1, out);
    else if (!is_null(v))
        str_add_len(out, v->at + quotes, (size_t)(v->end - v->at) - 2 * quotes);
}

static void join(struct str *out)
{
    if (out->len)
        str_add(out, "; ");
}

// The first quote or backslash from p on, or the end.
static const char *find_stop(const char *p, const char *end)
{
    const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;

    for (; end - p >= 8; p += 8) {
        uint64_t x, quote, slash, found;

        memcpy(&x, p, sizeof(x));
        x = le64toh(x);
        quote = x ^ (each * '"');
        slash = x ^ (each * '\\');
        found = (((quote - each) & ~quote) | ((slash - each) & ~slash)) & high;
        if (found)
            return p + (__builtin_ctzll(found) >> 3);
    }
    while (p < end && *p != '"' && *p != '\\')
        p++;
    return p;
}

// The value at p; at NULL where it never ends.
static struct value value_at(const char *p, const char *end)
{
    struct value v = {.at = p};

    if (*p == '{' || *p == '[') {
        v.end = plain_skip(p);
    } else if (*p == '"') {
        v.end = find_stop(p + 1, end);
        v.escaped = *v.end == '\\';
        v.end = v.escaped ? plain_skip(p) : *v.end ? v.end + 1 : NULL;
    } else {
        while (*p && *p != ',' && *p != '}' && *p != ']')
            p++;
        v.end = p > v.at ? p : NULL;
    }
    return v;
}

// The value as a cell: the elements of a list are joined.
static bool add_value(const struct scan *s, const struct value *v, struct str *out)
{
    size_t start = out->len;

    if (*v->at != '[') {
        add_text(v, out);
        return true;
    }
    for (const char *p = v->at + 1; *p != ']'; p += *p == ',') {
        struct value element = value_at(p, s->end);

        if (!element.end)
            return false;
        str_add(out, out->len > start ? "; " : "");
        add_text(&element, out);
        p = element.end;
    }
    return true;
}

// Of several values of a list each counts for itself.
static bool take(struct scan *s, int column, const struct value *v)
{
    struct str *texts = &s->texts;
    size_t start = texts->len, quotes = *v->at == '"', len = (size_t)(v->end - v->at) - 2 * quotes;

    if (s->cells[column].many) {
        for (int i = column; i != NONE && !is_null(v); i = s->cells[i].same) {
            join(&s->cells[i].joined);
            add_text(v, &s->cells[i].joined);
        }
        return true;
    }
    if (quotes && !v->escaped) {
        str_reserve(texts, len);
        memcpy(texts->data + start, v->at + 1, len);
        texts->len += len;
    } else if (!add_value(s, v, texts)) {
        return false;
    }
    str_add_char(texts, '\0');
    for (int i = column; i != NONE; i = s->cells[i].same)
        s->cells[i].start = start;
    return true;
}

// One that was not met yet: it comes behind the one before it.
static const char *meet(struct scan *s, int node, const char *p, size_t *at, int *child)
{
    struct node *n = &s->nodes[node];
    struct value key = value_at(p, s->end);

    if (*p != '"' || !key.end || *key.end != ':')
        return NULL;
    *child = find_child(s, node, p + 1, (size_t)(key.end - p) - 2);
    if (n->members.len < MEMBERS_MAX) {
        size_t len = (size_t)(key.end - p) + 1;

        vec_push(&n->members, ((struct member){0}));
        memmove(&n->members.items[*at + 1], &n->members.items[*at],
                (n->members.len - 1 - *at) * sizeof(*n->members.items));
        n->members.items[*at] = (struct member){mem_strndup(p, len), len, *child};
        ++*at;
    }
    return key.end + 1;
}

// Behind the key at p: its value. *at: the member that probably comes next; those between are not
// in this row. NULL: it is no key.
static const char *find_member(struct scan *s, int node, const char *p, size_t *at, int *child)
{
    const struct node *n = &s->nodes[node];
    size_t k = *at;

    for (size_t i = 0; i < n->members.len; i++, k++) {
        const struct member *m;

        k = k < n->members.len ? k : 0;
        m = &n->members.items[k];
        if (p[0] != '"' || p[1] != m->key[1] || strncmp(p, m->key, m->len) != 0)
            continue;
        *at = k + 1;
        *child = m->child;
        return p + m->len;
    }
    return meet(s, node, p, at, child);
}

// One container, its members or elements one by one; the value is at p.
static const char *walk(struct scan *s, int node, const char *p, int depth);

static const char *walk_members(struct scan *s, int node, const char *p, int depth)
{
    size_t at = 0;
    int child;

    for (p++; *p != '}'; p += *p == ',') {
        p = find_member(s, node, p, &at, &child);
        if (!p)
            return NULL;
        p = child == NONE ? value_at(p, s->end).end : walk(s, child, p, depth);
        if (!p)
            return NULL;
    }
    return p + 1;
}

static const char *walk_elements(struct scan *s, int node, const char *p, int depth)
{
    int child = find_child(s, node, NULL, 0);

    if (child == NONE)
        return plain_skip(p);
    for (p++; *p != ']'; p += *p == ',') {
        p = walk(s, child, p, depth);
        if (!p)
            return NULL;
    }
    return p + 1;
}

static const char *walk(struct scan *s, int node, const char *p, int depth)
{
    const struct node *n = &s->nodes[node];
    bool inside = n->child != NONE && (*p == '{' || *p == '[');

    if (n->column != NONE || !inside) {
        struct value v = value_at(p, s->end);

        if (!v.end || (n->column != NONE && !take(s, n->column, &v)))
            return NULL;
        if (!inside)
            return v.end;
    }
    if (depth == DEPTH_MAX)
        return NULL;
    return *p == '{' ? walk_members(s, node, p, depth + 1) : walk_elements(s, node, p, depth + 1);
}

const char *scan_at(struct scan *s, const char *json, const char *end, const char **cells)
{
    const char *behind;

    s->end = end;
    str_clear(&s->texts);
    for (size_t i = 0; i < s->n; i++) {
        s->cells[i].start = NO_TEXT;
        if (s->cells[i].many)
            str_clear(&s->cells[i].joined);
    }
    behind = *json == '{' ? walk(s, 0, json, 0) : NULL;
    for (size_t i = 0; i < s->n; i++) {
        const struct cell *c = &s->cells[i];

        cells[i] = c->many               ? str_text(&c->joined)
                   : c->start == NO_TEXT ? ""
                                         : s->texts.data + c->start;
    }
    return behind;
}

bool scan_row(struct scan *s, const char *json, const char **cells)
{
    const char *end = json + strlen(json);

    return scan_at(s, json, end, cells) == end;
}
