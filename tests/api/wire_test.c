// Parsing into memory that goes at once: the same trees and the same refusals as parsing by
// jansson's own means. Tests.
#include "support/test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "api/wire.h"
#include "base/mem.h"
#include "base/rng.h"

static const char *const sound[] = {
    "{}",
    "[]",
    "[1,-2,3.5,1e3,true,false,null,\"\",\"a\"]",
    "{\"a\":{\"b\":[{\"c\":\"d\"},{\"c\":\"\\u00e9\\ud83d\\ude00\\n\"}]},\"e\":\"\xc3\xa9\"}",
    "{\"id\":9223372036854775807,\"low\":-9223372036854775808}",
};

static const char *const unsound[] = {
    "",
    "{",
    "[1,]",
    "{\"a\":1,\"a\":2}",
    "{\"a\":\"\xff\"}",
    "{\"a\":}",
    "[1] [2]",
    "\"open",
    "[99999999999999999999]",
    "{\"a\" 1}",
    "[\"\\ud800\"]",
    "nul",
};

static void the_tree_is_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sound); i++) {
        struct wire_doc doc;
        struct err e;
        json_t *other = wire_parse(sound[i], strlen(sound[i]), &e);

        assert_true(wire_open(&doc, sound[i], strlen(sound[i]), &e));
        assert_non_null(other);
        assert_true(json_equal(doc.root, other));
        json_decref(other);
        wire_close(&doc);
    }
}

static void the_refusals_are_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(unsound); i++) {
        struct wire_doc doc;
        struct err a, b;

        assert_null(wire_parse(unsound[i], strlen(unsound[i]), &a));
        assert_false(wire_open(&doc, unsound[i], strlen(unsound[i]), &b));
        assert_int_equal(a.kind, b.kind);
        assert_string_equal(a.text, b.text);
    }
}

// What is made while a document is open, or of its parts, is dropped as ever.
static void what_is_made_of_it_is_its_own(void **state)
{
    struct wire_doc doc;
    struct err e;
    json_t *list, *whole;
    char *text;

    (void)state;
    assert_true(wire_open(&doc, sound[3], strlen(sound[3]), &e));
    list = wire_at(doc.root, "a.b[].c");
    whole = json_deep_copy(doc.root);
    text = wire_dump(list);
    json_decref(list);
    wire_close(&doc);
    assert_string_equal(text, "[\"d\",\"\xc3\xa9\xf0\x9f\x98\x80\\n\"]");
    assert_string_equal(json_string_value(json_object_get(whole, "e")), "\xc3\xa9");
    json_decref(whole);
    free(text);
}

static char *big(uint64_t seed, size_t rows)
{
    struct rng rng = rng_seed(seed);
    struct str text = {0};

    str_add_char(&text, '[');
    for (size_t i = 0; i < rows; i++)
        str_addf(&text, "%s{\"id\":%u,\"name\":\"%0*d\",\"list\":[%u,%u]}", i ? "," : "",
                 rng_below(&rng, 1000), (int)rng_below(&rng, 3000) + 1, 7, rng_below(&rng, 9),
                 rng_below(&rng, 9));
    str_add_char(&text, ']');
    return str_take(&text);
}

static void *parse_many(void *arg)
{
    for (uint64_t i = 0; i < 40; i++) {
        char *text = big(*(uint64_t *)arg + i, 100);
        struct wire_doc doc;
        struct err e;
        json_t *other = json_loads(text, 0, NULL);

        if (!wire_open(&doc, text, strlen(text), &e) || !json_equal(doc.root, other))
            abort();
        json_decref(other);
        wire_close(&doc);
        free(text);
    }
    return NULL;
}

static void threads_do_not_meet(void **state)
{
    enum { THREADS = 4 };

    pthread_t threads[THREADS];
    uint64_t seeds[THREADS];

    (void)state;
    for (size_t i = 0; i < THREADS; i++) {
        seeds[i] = 1000 * i;
        assert_int_equal(pthread_create(&threads[i], NULL, parse_many, &seeds[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        (void)pthread_join(threads[i], NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_is_the_same),
        cmocka_unit_test(the_refusals_are_the_same),
        cmocka_unit_test(what_is_made_of_it_is_its_own),
        cmocka_unit_test(threads_do_not_meet),
    };

    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
