// One element of matchPersonInput or matchCompanyInput, read into texts. Any thread.
// Floor: sandbox/world.
#include "sandbox/world/given.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

static char *text_of(const json_t *value)
{
    char *text = NULL;

    if (json_is_string(value)) {
        char *copy = mem_strdup(json_string_value(value));

        text = mem_strdup(str_trim(copy));
        free(copy);
    } else if (json_is_integer(value)) {
        text = str_format("%lld", (long long)json_integer_value(value));
    }
    if (text && !*text) {
        free(text);
        text = NULL;
    }
    return text;
}

struct given given_read(const json_t *input, const char *const *names, size_t n, const char *prefix)
{
    struct given g = {{NULL}};
    const char *key;
    json_t *value;
    void *at;

    for (at = json_object_iter((json_t *)(uintptr_t)input); at;
         at = json_object_iter_next((json_t *)(uintptr_t)input, at)) {
        key = json_object_iter_key(at);
        value = json_object_iter_value(at);
        if (!strncasecmp(key, prefix, strlen(prefix)))
            key += strlen(prefix);
        for (size_t i = 0; i < n; i++) {
            if (str_eq_case(key, names[i]) && !g.values[i])
                g.values[i] = text_of(value);
        }
    }
    return g;
}

void given_free(struct given *g)
{
    for (size_t i = 0; i < GIVEN_MAX; i++)
        free(g->values[i]);
}

int64_t given_id(const struct given *g, int input)
{
    long long id = INT64_MIN;

    (void)str_int64(g->values[input], &id);
    return id;
}

static bool is_ascii(const char *text)
{
    while (*text && !(*text & 0x80))
        text++;
    return !*text;
}

bool given_same(const char *text, const char *given)
{
    char *a, *b;
    bool same = str_eq_case(text, given);

    if (same || (is_ascii(text) && is_ascii(given)))
        return same;
    a = text_fold(text);
    b = text_fold(given);
    same = str_eq(a, b);
    free(a);
    free(b);
    return same;
}
