// What is taken for plain JSON the parser takes too, and would write the same; answers read either
// way are the same. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "api/enrich.h"
#include "api/plain.h"
#include "api/search.h"
#include "api/wire.h"
#include "base/mem.h"
#include "base/rng.h"

enum { BODIES = 2000, DEPTH = 4, MATCHES = 4 };

static json_t *any(struct rng *rng, int depth)
{
    static const char *const texts[] = {"",
                                        "x",
                                        "eight or more of them, and \"quoted\"",
                                        "line\nend\ttab\\ / \b\f",
                                        "\x01\x1f",
                                        "\xc3\xa9\xe6\x9d\x8e \xf0\x9f\x98\x80",
                                        "{[,:]}\x7f"};
    uint32_t n = rng_below(rng, 4);
    json_t *value;

    switch (rng_below(rng, depth ? 12 : 8)) {
    case 0:
        return json_null();
    case 1:
        return json_boolean(rng_below(rng, 2));
    case 2:
        return json_integer((json_int_t)rng_below(rng, 1000000) * 7919 - 1000000000);
    case 3:
        return rng_below(rng, 8) ? json_integer(0) : json_real(rng_below(rng, 1000) / 8.0);
    case 8:
    case 9:
        value = json_array();
        for (uint32_t i = 0; i < n; i++)
            (void)json_array_append_new(value, any(rng, depth - 1));
        return value;
    case 10:
    case 11:
        value = json_object();
        for (uint32_t i = 0; i < n; i++) {
            char key[3] = {(char)('a' + rng_below(rng, 6)), n > 2 ? '\t' : '\0', '\0'};

            (void)json_object_set_new(value, key, any(rng, depth - 1));
        }
        return value;
    default:
        return json_string(texts[rng_below(rng, ARRAY_LEN(texts))]);
    }
}

static char *any_text(struct rng *rng)
{
    json_t *body = json_object();
    char *text;

    for (char key[] = "a"; *key <= 'f'; ++*key)
        (void)json_object_set_new(body, key, any(rng, DEPTH));
    text = json_dumps(body, JSON_COMPACT);
    json_decref(body);
    return text;
}

static bool is_plain(const char *text)
{
    size_t len = strlen(text);
    json_t *parsed;
    struct err e;
    char *dumped;

    if (!plain_is(text, len))
        return false;
    parsed = wire_parse(text, len, &e);
    if (!parsed)
        fail_msg("taken for plain, but \"%s\": %s", e.text, text);
    dumped = wire_dump(parsed);
    assert_string_equal(dumped, text);
    free(dumped);
    json_decref(parsed);
    return true;
}

static void nothing_is_plain_that_the_parser_takes_otherwise(void **state)
{
    static const char bytes[] = "\"\\{}[],:0-1.eEtfn u/\x01\x80\xc3\xff";
    struct rng rng = rng_seed(5);
    int plain = 0, broken = 0;

    (void)state;
    for (int i = 0; i < BODIES; i++) {
        char *text = any_text(&rng), *cut;
        size_t len = strlen(text);
        bool odd = strstr(text, "\\u") || strchr(text, '.');

        if (is_plain(text) == odd)
            fail_msg("%s: %s", odd ? "taken for plain" : "not taken", text);
        plain += !odd;
        cut = mem_strndup(text, rng_below(&rng, (uint32_t)len));
        assert_false(plain_is(cut, strlen(cut)));
        free(cut);
        text[rng_below(&rng, (uint32_t)len)] = bytes[rng_below(&rng, sizeof(bytes) - 1)];
        broken += !is_plain(text);
        free(text);
    }
    assert_true(plain > BODIES / 8);
    assert_true(broken > BODIES / 8);
}

static void what_the_parser_changes_or_refuses_is_not_plain(void **state)
{
    static const char *const bodies[] = {
        "",
        "7",
        "[1]",
        "{} {}",
        "{\"a\":1 }",
        "{\"a\":-0}",
        "{\"a\":01}",
        "{\"a\":1.0}",
        "{\"a\":1e3}",
        "{\"a\":1234567890123456789}",
        "{\"a\":\"\\/\"}",
        "{\"a\":\"\\u0041\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"c\":1,\"b\":1}}",
        "{\"a\":[1,]}",
        "{\"a\":nul}",
        "{\"a\":-}",
        "{,}",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
        assert_false(plain_is(bodies[i], strlen(bodies[i])));
    assert_true(plain_is("{}\r\n", 4));
    assert_true(plain_is("{\"a\":{\"a\":-10},\"b\":[{\"a\":0}]}", 29));
    assert_false(plain_is("{\"a\":\"\0\"}", 9));
}

static struct net_request *answered(char *body)
{
    struct net_request *r = net_request_new("POST", mem_strdup("http://127.0.0.1/x"));

    r->status = 200;
    r->repeat = NET_ONCE;
    str_add(&r->answer, body);
    free(body);
    return r;
}

// An answer to MATCHES inputs, mostly sound.
static json_t *any_answer(struct rng *rng)
{
    static const char *const statuses[] = {"FULL_MATCH", "NO_MATCH", "OPT_OUT", "", "ODD\n"};
    json_t *list = json_array(), *body;

    for (int i = 0; i < MATCHES + (rng_below(rng, 8) == 0); i++) {
        json_t *record = any(rng, 0), *result = json_object();

        if (rng_below(rng, 8)) {
            record = (json_decref(record), json_object());
            if (rng_below(rng, 8))
                (void)json_object_set_new(record, "id", json_integer(rng_below(rng, 8) ? i : 77));
            if (rng_below(rng, 4))
                (void)json_object_set_new(record, "jobTitle", any(rng, DEPTH));
        }
        (void)json_object_set_new(
            result, "matchStatus",
            json_string(statuses[rng_below(rng, 30) ? rng_below(rng, 3) : rng_below(rng, 5)]));
        (void)json_object_set_new(result, "data",
                                  rng_below(rng, 4) ? json_pack("[o]", record) : record);
        (void)json_array_append_new(list, result);
    }
    body = rng_below(rng, 2) ? json_pack("{s:{s:o}}", "data", "result", list)
                             : json_pack("{s:o}", rng_below(rng, 2) ? "data" : "result", list);
    (void)json_object_set_new(body, "success", json_boolean(rng_below(rng, 16)));
    return body;
}

static const char *or_none(const char *text)
{
    return text ? text : "(none)";
}

static void compare(const struct enrich_answer *a, const struct enrich_answer *b)
{
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        assert_string_equal(a->rows[i].id, b->rows[i].id);
        assert_string_equal(a->rows[i].status_name, b->rows[i].status_name);
        assert_string_equal(or_none(a->rows[i].raw), or_none(b->rows[i].raw));
        assert_ptr_equal(a->rows[i].status, b->rows[i].status);
    }
}

static void an_answer_reads_the_same_with_and_without_a_tree(void **state)
{
    const struct enrich_input inputs[MATCHES] = {
        {"0", NULL}, {"1", NULL}, {"2", NULL}, {"m", "{\"emailAddress\":\"a@b.example\"}"}};
    struct rng rng = rng_seed(9);
    int sound = 0;

    (void)state;
    for (int i = 0; i < BODIES; i++) {
        json_t *body = any_answer(&rng);
        struct net_request *tight = answered(json_dumps(body, JSON_COMPACT));
        struct net_request *loose = answered(json_dumps(body, JSON_INDENT(1)));
        struct enrich_answer a, b;
        struct err why, why_too;
        bool ok = enrich_decode(tight, &entity_contact, inputs, MATCHES, &a, &why);

        assert_int_equal(enrich_decode(loose, &entity_contact, inputs, MATCHES, &b, &why_too), ok);
        if (!ok)
            assert_string_equal(why.text, why_too.text);
        compare(&a, &b);
        sound += ok;
        enrich_answer_free(&a);
        enrich_answer_free(&b);
        net_request_free(tight);
        net_request_free(loose);
        json_decref(body);
    }
    assert_true(sound > BODIES / 8);
    assert_true(sound < BODIES * 7 / 8);
}

static const struct column columns[] = {{.name = "a", .path = "a"},
                                        {.name = "b", .path = "b.a"},
                                        {.name = "c", .path = "c[]"},
                                        {.name = "d", .path = "d[].a"}};

static json_t *any_page(struct rng *rng)
{
    json_t *list = json_array(), *body = json_pack("{s:o}", "data", list);

    for (uint32_t i = rng_below(rng, 4); i > 0; i--) {
        json_t *row = json_object();

        for (char key[] = "a"; *key <= 'd'; ++*key)
            (void)json_object_set_new(row, key, any(rng, 2));
        (void)json_object_set_new(row, "id", any(rng, 0));
        (void)json_array_append_new(list,
                                    rng_below(rng, 16) ? row : (json_decref(row), any(rng, 1)));
    }
    if (rng_below(rng, 4))
        (void)json_object_set_new(body, "maxResults", any(rng, 0));
    if (rng_below(rng, 4))
        (void)json_object_set_new(body, "currentPage", json_integer(rng_below(rng, 100)));
    return body;
}

static void compare_pages(const struct page *a, const struct page *b)
{
    assert_int_equal(a->hits, b->hits);
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->n_rows, b->n_rows);
    for (size_t i = 0; i < a->n_rows; i++) {
        assert_string_equal(a->rows[i].id, b->rows[i].id);
        assert_string_equal(a->rows[i].raw, b->rows[i].raw);
        for (size_t c = 0; c < ARRAY_LEN(columns); c++)
            assert_string_equal(a->rows[i].cells[c], b->rows[i].cells[c]);
    }
}

static void a_page_reads_the_same_with_and_without_a_tree(void **state)
{
    const struct column *all[] = {&columns[0], &columns[1], &columns[2], &columns[3]};
    const struct row_want want = {.columns = all, .n_columns = ARRAY_LEN(all), .raw = true};
    struct rng rng = rng_seed(11);

    (void)state;
    for (int i = 0; i < BODIES; i++) {
        json_t *body = any_page(&rng);
        struct net_request *tight = answered(json_dumps(body, JSON_COMPACT));
        struct net_request *loose = answered(json_dumps(body, JSON_INDENT(1)));
        struct page a, b;
        struct err e;
        int depth;

        assert_true(search_decode(tight, &entity_contact, &want, &a, &depth, &e));
        assert_true(search_decode(loose, &entity_contact, &want, &b, &depth, &e));
        compare_pages(&a, &b);
        page_free(&a);
        page_free(&b);
        net_request_free(tight);
        net_request_free(loose);
        json_decref(body);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_plain_that_the_parser_takes_otherwise),
        cmocka_unit_test(what_the_parser_changes_or_refuses_is_not_plain),
        cmocka_unit_test(an_answer_reads_the_same_with_and_without_a_tree),
        cmocka_unit_test(a_page_reads_the_same_with_and_without_a_tree),
    };

    return cmocka_run_group_tests_name("plain", tests, NULL, NULL);
}
