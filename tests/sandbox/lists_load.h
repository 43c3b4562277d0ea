// Reading the lookup lists and the contract's examples of them; a file that cannot be read fails
// the test at hand. One thread. Floor: tests.
#ifndef TESTS_SANDBOX_LISTS_LOAD_H
#define TESTS_SANDBOX_LISTS_LOAD_H

#include "support/test.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/str.h"

#define LISTS SOURCE_DIR "/assets/sandbox/lookups/"
#define SAMPLES SOURCE_DIR "/tests/contract/lookups/"

// The text under key, which must be there; lives as long as row.
static inline const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));

    if (!text)
        fail_msg("an element without a text in \"%s\"", key);
    return text;
}

// folder with its slash, name without ".json"; the caller lets go of the answer.
static inline json_t *load(const char *folder, const char *name)
{
    char *path = str_format("%s%s.json", folder, name);
    json_error_t e;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &e);

    if (!root)
        fail_msg("%s, line %d: %s", path, e.line, e.text);
    free(path);
    return root;
}

// The rows by their text under key, those without one left out; the caller lets go of the answer.
static inline json_t *index_by(const json_t *rows, const char *key)
{
    json_t *index = json_object(), *row;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        const char *text = json_string_value(json_object_get(row, key));

        if (text)
            json_object_set(index, text, row);
    }
    return index;
}

#endif
