// jansson for the files of this folder only. Any thread. Floor: api.
#include "api/wire.h"

#include <string.h>

#include "base/mem.h"

enum { DEPTH_MAX = 64 };

static bool too_deep(const char *p, size_t len)
{
    int depth = 0;
    bool quoted = false;

    for (const char *end = p + len; p < end; p++) {
        if (quoted) {
            if (*p == '\\')
                p++;
            else if (*p == '"')
                quoted = false;
        } else if (*p == '"') {
            quoted = true;
        } else if (*p == '{' || *p == '[') {
            if (++depth > DEPTH_MAX)
                return true;
        } else if (*p == '}' || *p == ']') {
            depth--;
        }
    }
    return false;
}

json_t *wire_parse(const char *bytes, size_t len, struct err *e)
{
    json_error_t why;
    json_t *root;

    if (too_deep(bytes, len)) {
        (void)err_set(e, ERR_OFFLINE, "the answer nests deeper than %d levels", DEPTH_MAX);
        return NULL;
    }
    root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &why);
    if (!root)
        (void)err_set(e, ERR_OFFLINE, "the answer is not sound JSON (line %d, column %d)", why.line,
                      why.column);
    return root;
}

// Puts what stands at path into list, walking every element at [].
static void gather(json_t *value, const char *path, json_t *list)
{
    size_t len = strcspn(path, ".[");
    json_t *found = len ? json_object_getn(value, path, len) : value;

    path += len;
    if (!found) {
        return;
    } else if (path[0] == '[') {
        size_t i;
        json_t *item;

        path += path[2] == '.' ? 3 : 2;
        json_array_foreach(found, i, item) gather(item, path, list);
    } else if (path[0] == '.') {
        gather(found, path + 1, list);
    } else if (!json_is_null(found)) {
        (void)json_array_append(list, found);
    }
}

static json_t *follow(json_t *value, const char *path)
{
    for (;;) {
        size_t len = strcspn(path, ".");

        value = json_object_getn(value, path, len);
        if (!value || !path[len])
            return value;
        path += len + 1;
    }
}

json_t *wire_at(json_t *row, const char *path)
{
    json_t *list;

    if (!strchr(path, '['))
        return json_incref(follow(row, path));
    list = json_array();
    gather(row, path, list);
    return list;
}

// printf is slow where ten thousand rows have three numbers each.
static void add_integer(json_int_t value, struct str *out)
{
    char digits[24], *p = digits + sizeof(digits);
    unsigned long long rest = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;

    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--p = '-';
    str_add_len(out, p, (size_t)(digits + sizeof(digits) - p));
}

static void add_text(const json_t *value, struct str *out)
{
    if (json_is_string(value)) {
        str_add_len(out, json_string_value(value), json_string_length(value));
    } else if (json_is_boolean(value)) {
        str_add(out, json_is_true(value) ? "true" : "false");
    } else if (json_is_integer(value)) {
        add_integer(json_integer_value(value), out);
    } else if (value && !json_is_null(value)) {
        char *text = wire_dump(value);

        str_add(out, text);
        free(text);
    }
}

void wire_text(json_t *value, struct str *out)
{
    size_t i, start = out->len;
    json_t *item;

    if (!json_is_array(value)) {
        add_text(value, out);
    } else {
        json_array_foreach(value, i, item)
        {
            if (out->len > start)
                str_add(out, "; ");
            add_text(item, out);
        }
    }
}

void wire_cell(json_t *row, const char *path, struct str *out)
{
    json_t *value = wire_at(row, path);

    wire_text(value, out);
    json_decref(value);
}

const char *wire_string(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

bool wire_int(const json_t *value, long long *out)
{
    if (json_is_integer(value)) {
        *out = json_integer_value(value);
        return true;
    }
    return json_is_string(value) && str_int64(json_string_value(value), out);
}

char *wire_dump(const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

    return text ? text : mem_strdup("null");
}
