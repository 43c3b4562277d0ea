// Cells out of rows kept as JSON in one pass. Floor: api.
#include "api/scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api/plain.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum { DEPTH_MAX = 64, NONE = -1 };

// A place in a row that some path leads to or through.
struct node {
    const char *key; // not NUL-terminated; NULL: any element of a list
    size_t len;
    int column;      // whose path ends here, or NONE
    int child, next; // first below it, next beside it, or NONE
    int expected; // child that comes behind the one found last: rows have their keys in one order
    uint64_t has; // a bit for each child, see bit_of()
};

struct scan {
    struct node *nodes; // the first is the row itself
    int n_nodes;
    struct str *texts; // one a column
    int *same;         // another column with the same path, or NONE
    size_t n;
};

// By which most keys are known not to be among the children.
static uint64_t bit_of(const char *key, size_t len)
{
    size_t sum = key && len ? len * 7 + (unsigned char)key[0] * 3 + (unsigned char)key[len - 1] : 0;

    return UINT64_C(1) << (sum & 63);
}

static int add_node(struct scan *s, int parent, const char *key, size_t len)
{
    int i = s->n_nodes++, *last;

    s->nodes = mem_regrow(s->nodes, (size_t)s->n_nodes, sizeof(*s->nodes));
    s->nodes[i] = (struct node){key, len, NONE, NONE, NONE, NONE, 0};
    if (parent == NONE)
        return i;
    s->nodes[parent].has |= bit_of(key, len);
    for (last = &s->nodes[parent].child; *last != NONE; last = &s->nodes[*last].next)
        ;
    *last = i;
    return i;
}

static bool is_key(const struct node *n, const char *key, size_t len)
{
    return key ? n->key && n->len == len && memcmp(n->key, key, len) == 0 : !n->key;
}

static int find_among(const struct scan *s, int from, int to, const char *key, size_t len)
{
    for (int i = from; i != to; i = s->nodes[i].next) {
        if (is_key(&s->nodes[i], key, len))
            return i;
    }
    return NONE;
}

static int find_child(struct scan *s, int parent, const char *key, size_t len)
{
    struct node *n = &s->nodes[parent];
    int i;

    if (!(n->has & bit_of(key, len)))
        return NONE;
    i = find_among(s, n->expected, NONE, key, len);
    if (i == NONE)
        i = find_among(s, n->child, n->expected, key, len);
    if (i != NONE)
        n->expected = s->nodes[i].next;
    return i;
}

static int step(struct scan *s, int at, const char *key, size_t len)
{
    int child = find_child(s, at, key, len);

    return child != NONE ? child : add_node(s, at, key, len);
}

static void add_path(struct scan *s, const char *path, int column)
{
    int at = 0;

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
    s->same[column] = s->nodes[at].column;
    s->nodes[at].column = column;
}

struct scan *scan_new(const struct column *const *columns, size_t n)
{
    struct scan *s = mem_zalloc(sizeof(*s));

    s->n = n;
    s->texts = mem_array(n + 1, sizeof(*s->texts));
    s->same = mem_array(n + 1, sizeof(*s->same));
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
        str_free(&s->texts[i]);
    free(s->texts);
    free(s->same);
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

// The text of the string from p to end, its quotes included.
static void add_string(const char *p, const char *end, struct str *out)
{
    const char *stop = end - 1;

    for (p++; p < stop;) {
        const char *slash = memchr(p, '\\', (size_t)(stop - p));

        str_add_len(out, p, (size_t)((slash ? slash : stop) - p));
        p = slash ? add_escaped(slash, out) : stop;
    }
}

static bool is_null(const char *p)
{
    return strncmp(p, "null", 4) == 0;
}

static void add_text(const char *p, const char *end, struct str *out)
{
    if (*p == '"')
        add_string(p, end, out);
    else if (!is_null(p))
        str_add_len(out, p, (size_t)(end - p));
}

static void join(struct str *out)
{
    if (out->len)
        str_add(out, "; ");
}

// The value as a cell: the elements of a list are joined.
static bool add_value(const char *p, const char *end, struct str *out)
{
    if (*p != '[') {
        add_text(p, end, out);
        return true;
    }
    for (p++; *p != ']'; p += *p == ',') {
        const char *stop = plain_skip(p);

        if (!stop)
            return false;
        join(out);
        add_text(p, stop, out);
        p = stop;
    }
    return true;
}

// in_list: it is one of several values of its columns, each of which counts for itself.
static bool take(struct scan *s, int node, const char *p, const char *end, bool in_list)
{
    for (int i = s->nodes[node].column; i != NONE; i = s->same[i]) {
        struct str *out = &s->texts[i];

        if (in_list && is_null(p))
            continue;
        if (in_list) {
            join(out);
            add_text(p, end, out);
        } else if (!add_value(p, end, out)) {
            return false;
        }
    }
    return true;
}

// One container, its members or elements one by one; the value is at p.
static const char *walk(struct scan *s, int node, const char *p, bool in_list, int depth);

static const char *walk_members(struct scan *s, int node, const char *p, bool in_list, int depth)
{
    for (p++; *p != '}'; p += *p == ',') {
        const char *key = p + 1, *behind = *p == '"' ? plain_skip(p) : NULL;
        int child;

        if (!behind || *behind != ':')
            return NULL;
        child = find_child(s, node, key, (size_t)(behind - 1 - key));
        p = child == NONE ? plain_skip(behind + 1) : walk(s, child, behind + 1, in_list, depth);
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
        p = walk(s, child, p, true, depth);
        if (!p)
            return NULL;
    }
    return p + 1;
}

static const char *walk(struct scan *s, int node, const char *p, bool in_list, int depth)
{
    const struct node *n = &s->nodes[node];
    const char *end = n->column != NONE ? plain_skip(p) : NULL;

    if (depth == DEPTH_MAX || (n->column != NONE && (!end || !take(s, node, p, end, in_list))))
        return NULL;
    if (n->child != NONE && *p == '{')
        return walk_members(s, node, p, in_list, depth + 1);
    if (n->child != NONE && *p == '[')
        return walk_elements(s, node, p, depth + 1);
    return end ? end : plain_skip(p);
}

const char *scan_at(struct scan *s, const char *json, const char **cells)
{
    const char *end;

    for (size_t i = 0; i < s->n; i++)
        str_clear(&s->texts[i]);
    end = *json == '{' ? walk(s, 0, json, false, 0) : NULL;
    for (size_t i = 0; i < s->n; i++)
        cells[i] = str_text(&s->texts[i]);
    return end;
}

bool scan_row(struct scan *s, const char *json, const char **cells)
{
    const char *end = scan_at(s, json, cells);

    return end && !*end;
}
