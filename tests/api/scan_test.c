// The scan gives the cells that the parser gives, of every row. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "api/row.h"
#include "api/scan.h"
#include "base/mem.h"
#include "base/rng.h"

enum { ROWS = 3000, DEPTH = 4 };

static const struct column columns[] = {
    {.name = "a", .path = "a"},       {.name = "b", .path = "b.a"},
    {.name = "c", .path = "c[]"},     {.name = "d", .path = "d[].a"},
    {.name = "e", .path = "d[].b.c"}, {.name = "f", .path = "b.c[].d"},
    {.name = "g", .path = "d"},       {.name = "h", .path = "e.f[]"},
    {.name = "a twice", .path = "a"},
};

static json_t *any(struct rng *rng, int depth)
{
    static const char *const texts[] = {"",
                                        "x",
                                        "a \"quoted\" one",
                                        "line\nend\ttab",
                                        "\\ / \b\f",
                                        "\xc3\xa9\xe6\x9d\x8e",
                                        "\xf0\x9f\x98\x80",
                                        "{[,:]}",
                                        "; "};
    json_t *value;
    uint32_t n = rng_below(rng, 4);

    switch (rng_below(rng, depth ? 9 : 7)) {
    case 0:
        return json_null();
    case 1:
        return json_boolean(rng_below(rng, 2));
    case 2:
        return json_integer((json_int_t)rng_below(rng, 1000000) * 7919 - 1000000000);
    case 3:
        return json_real(rng_below(rng, 1000) / 8.0);
    case 7:
        value = json_array();
        for (uint32_t i = 0; i < n; i++)
            (void)json_array_append_new(value, any(rng, depth - 1));
        return value;
    case 8:
        value = json_object();
        for (uint32_t i = 0; i < n; i++) {
            char key[2] = {(char)('a' + rng_below(rng, 6)), '\0'};

            (void)json_object_set_new(value, key, any(rng, depth - 1));
        }
        return value;
    default:
        return json_string(texts[rng_below(rng, ARRAY_LEN(texts))]);
    }
}

static void compare(struct scan *s, const struct column *const *all, const char *json)
{
    const struct row_want want = {.columns = all, .n_columns = ARRAY_LEN(columns)};
    const char *cells[ARRAY_LEN(columns)];
    struct page page = {0};

    row_from_json(json, &entity_contact, &want, &page);
    if (!scan_row(s, json, cells))
        fail_msg("not taken: %s", json);
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        if (strcmp(cells[i], page.rows[0].cells[i]) != 0)
            fail_msg("%s of %s: \"%s\", not \"%s\"", columns[i].path, json, cells[i],
                     page.rows[0].cells[i]);
    }
    page_free(&page);
}

static void rows_of_any_shape_give_the_same_cells(void **state)
{
    const struct column *all[ARRAY_LEN(columns)];
    struct rng rng = rng_seed(3);
    struct scan *s;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        all[i] = &columns[i];
    s = scan_new(all, ARRAY_LEN(columns));
    for (int i = 0; i < ROWS; i++) {
        json_t *row = json_object();
        char *text;

        for (char key[] = "a"; *key <= 'f'; ++*key)
            (void)json_object_set_new(row, key, any(&rng, DEPTH));
        text = json_dumps(row, JSON_COMPACT);
        compare(s, all, text);
        free(text);
        json_decref(row);
    }
    scan_free(s);
}

// Cut anywhere it is refused, and nothing past its end is read.
static void what_is_cut_is_refused(void **state)
{
    static const char whole[] =
        "{\"a\":\"x\\u00e9\\ud83d\\ude00\\/\",\"b\":{\"a\":[1,2,{\"c\":null}]},\"c\":[\"p\","
        "true],\"d\":[{\"a\":1}]}";
    const struct column *all[ARRAY_LEN(columns)];
    const char *cells[ARRAY_LEN(columns)];
    struct scan *s;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        all[i] = &columns[i];
    s = scan_new(all, ARRAY_LEN(columns));
    for (size_t len = 0; len < sizeof(whole) - 1; len++) {
        char *cut = mem_strndup(whole, len);

        assert_false(scan_row(s, cut, cells));
        free(cut);
    }
    assert_true(scan_row(s, whole, cells));
    assert_string_equal(cells[0], "x\xc3\xa9\xf0\x9f\x98\x80/");
    scan_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_any_shape_give_the_same_cells),
        cmocka_unit_test(what_is_cut_is_refused),
    };

    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
