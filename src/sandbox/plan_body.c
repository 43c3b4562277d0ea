// Answers whose JSON is not what is described. Any thread. Floor: sandbox.
#include "sandbox/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/mem.h"

enum { UNKNOWN_BYTES = 100 * 1000 };

static json_t *other_type(const json_t *value)
{
    char text[40];

    switch (json_typeof(value)) {
    case JSON_STRING:
        return json_integer((json_int_t)json_string_length(value));
    case JSON_INTEGER:
        (void)snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return json_string(text);
    case JSON_ARRAY:
        return json_pack("{s:O}", "items", value);
    case JSON_OBJECT:
        return json_string("an object");
    default:
        return json_string("neither true nor false");
    }
}

struct change {
    const char *field;  // "": every value that holds no other
    int64_t only, seen; // only the only-th from 0; -1: all
};

static json_t *changed(struct change *c, const char *key, json_t *value)
{
    bool holds = json_is_object(value) || json_is_array(value);
    bool meant = *c->field ? str_eq(c->field, key) : !holds;

    if (!meant || (c->seen++ != c->only && c->only >= 0))
        return NULL;
    return other_type(value);
}

// Depth is that of an answer of our own.
static void change_below(struct change *c, json_t *value) // NOLINT(misc-no-recursion)
{
    const char *key;
    void *next;
    size_t i;
    json_t *item, *instead;

    json_object_foreach_safe(value, next, key, item)
    {
        instead = changed(c, key, item);
        if (instead)
            (void)json_object_set_new(value, key, instead);
        else
            change_below(c, item);
    }
    json_array_foreach(value, i, item)
    {
        instead = changed(c, "", item);
        if (instead)
            (void)json_array_set_new(value, i, instead);
        else
            change_below(c, item);
    }
}

static void wrong_types(const struct fault_rule *rule, const struct str *body, struct str *out)
{
    struct change change = {rule->field, rule->at, 0};
    json_t *root = json_loadb(str_text(body), body->len, JSON_DECODE_ANY, NULL);
    char *text;

    if (root)
        change_below(&change, root);
    text = root ? json_dumps(root, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    str_add(out, text ? text : "[]");
    free(text);
    json_decref(root);
}

// Behind the closing quote of the text that starts at p.
static const char *text_end(const char *p)
{
    for (p++; *p && *p != '"'; p++)
        p += *p == '\\' && p[1];
    return p + (*p == '"');
}

static bool is_key(const char *end)
{
    return end[strspn(end, " \t\r\n")] == ':';
}

static bool is_named(const char *key, const char *name)
{
    size_t len = strlen(name);

    return !len || (key && strncmp(key + 1, name, len) == 0 && key[1 + len] == '"');
}

// Two bytes that are no UTF-8 at the start of the texts meant.
static void bad_utf8(const struct fault_rule *rule, const struct str *body, struct str *out)
{
    const char *at = str_text(body), *start, *key = NULL;
    int64_t seen = 0;

    while ((start = strchr(at, '"')) != NULL) {
        const char *end = text_end(start);
        bool meant = !is_key(end) && is_named(key, rule->field);

        str_add_len(out, at, (size_t)(start + 1 - at));
        if (meant && (seen++ == rule->at || rule->at < 0))
            str_add(out, "\xc3\x28");
        str_add_len(out, start + 1, (size_t)(end - start - 1));
        if (is_key(end))
            key = start;
        at = end;
    }
    str_add(out, at);
}

static void bad_json(const struct fault_rule *rule, const struct str *body, struct str *out)
{
    size_t at = rule->at >= 0 ? (size_t)rule->at : body->len - (body->len > 0);

    str_add_len(out, str_text(body), body->len);
    if (at < out->len)
        out->data[at] = '\001';
}

// A field that nobody knows at the start of the outermost object, of objects as a row has them.
static void unknown_fields(const struct fault_rule *rule, const struct str *body, struct str *out)
{
    const char *start = strchr(str_text(body), '{');
    size_t bytes = rule->by > 0 ? (size_t)rule->by : UNKNOWN_BYTES;
    size_t at = start ? (size_t)(start - str_text(body)) + 1 : 0;

    str_add_len(out, str_text(body), at);
    if (start) {
        str_add(out, "\"unknown\":[");
        for (size_t i = 0; out->len < at + bytes; i++)
            str_addf(out,
                     "{\"id\":%zu,\"title\":\"Vice President, Marketing\",\"score\":%zu.5,"
                     "\"tags\":[\"a\",\"b\",null,true]},",
                     i, i % 100);
        str_add(out, "null]");
        str_add(out, start[1] == '}' ? "" : ",");
    }
    str_add_len(out, str_text(body) + at, body->len - at);
}

void plan_change_body(const struct fault_rule *rule, const struct str *body, struct str *out)
{
    static void (*const changes[FAULT_ACTS])(const struct fault_rule *rule, const struct str *body,
                                             struct str *out) = {
        [FAULT_BAD_JSON] = bad_json,
        [FAULT_WRONG_TYPES] = wrong_types,
        [FAULT_BAD_UTF8] = bad_utf8,
        [FAULT_UNKNOWN_FIELDS] = unknown_fields,
    };

    changes[rule->kind->act](rule, body, out);
}
