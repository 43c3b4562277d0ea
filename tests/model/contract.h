// The contract as tests read it, and what they find wrong, counted.
#ifndef TESTS_MODEL_CONTRACT_H
#define TESTS_MODEL_CONTRACT_H

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/entity.h"

struct contract {
    json_t *api;
    int faults;
};

__attribute__((format(printf, 2, 3))) static inline void fault(struct contract *c,
                                                               const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
    c->faults++;
}

static inline json_t *load(const char *path)
{
    char *whole = str_format("%s/contract/%s", TEST_DIR, path);
    json_t *root = json_load_file(whole, 0, NULL);

    if (!root)
        fail_msg("cannot read %s", whole);
    free(whole);
    return root;
}

// One of the four field lists of an entity; the caller's.
static inline json_t *fields(const char *side, const struct entity *e, const char *verb)
{
    char *path = str_format("lookups/fields/%sfields_%s_%s.json", side, e->name, verb);
    json_t *list = load(path);

    free(path);
    assert_true(json_array_size(list) > 0);
    return list;
}

static inline json_t *endpoint(struct contract *c, const char *path)
{
    json_t *each;
    size_t i;

    json_array_foreach(json_object_get(c->api, "endpoints"), i, each)
    {
        if (str_eq(json_string_value(json_object_get(each, "path")), path))
            return each;
    }
    fail_msg("the contract has no %s", path);
    return NULL;
}

static inline const char *text(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

// Is name one of the NULL-terminated names?
static inline bool among(const char *const *names, const char *name)
{
    for (; *names; names++) {
        if (str_eq(*names, name))
            return true;
    }
    return false;
}

static inline int contract_open(void **state)
{
    struct contract *c = (struct contract *)mem_zalloc(sizeof(*c));

    c->api = load("enterprise-api.json");
    *state = c;
    return 0;
}

static inline int contract_close(void **state)
{
    struct contract *c = (struct contract *)*state;

    json_decref(c->api);
    free(c);
    return 0;
}

static inline json_t *first(json_t *list)
{
    return json_array_get(list, 0);
}

#endif
