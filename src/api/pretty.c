// JSON laid out for people: only blanks change. Any thread. Floor: api.
#include "api/pretty.h"

#include <string.h>

#include "api/wire.h"

static void new_line(struct str *out, int depth)
{
    str_add_char(out, '\n');
    for (int i = 0; i < depth; i++)
        str_add(out, "  ");
}

static const char *string_end(const char *p)
{
    for (p++; *p != '"'; p++)
        p += *p == '\\';
    return p + 1;
}

static const char *after_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

// text is sound JSON.
static void lay_out(const char *p, struct str *out)
{
    int depth = 0;

    for (p = after_blanks(p); *p; p = after_blanks(p)) {
        const char *start = p, *next;

        if (*p == '"') {
            p = string_end(p);
            str_add_len(out, start, (size_t)(p - start));
            continue;
        }
        p++;
        next = after_blanks(p);
        if (*start == '}' || *start == ']')
            new_line(out, --depth);
        str_add_char(out, *start);
        if (*start == ':')
            str_add_char(out, ' ');
        if (*start == ',')
            new_line(out, depth);
        if (*start != '{' && *start != '[')
            continue;
        if (*next == '}' || *next == ']') {
            str_add_char(out, *next);
            p = next + 1;
        } else {
            new_line(out, ++depth);
        }
    }
}

bool pretty_json(const char *bytes, size_t len, struct str *out)
{
    struct err ignored;
    json_t *root = memchr(bytes, '\0', len) ? NULL : wire_parse(bytes, len, &ignored);
    struct str text = {0};

    if (!root)
        return false;
    json_decref(root);
    str_add_len(&text, bytes, len);
    lay_out(str_text(&text), out);
    str_free(&text);
    return true;
}
