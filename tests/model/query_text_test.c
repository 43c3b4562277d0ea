// A whole search as text: written, read back, and every fault told with its place.
#include "support/test.h"

#include <locale.h>
#include <string.h>

#include "model/query_text.h"
#include "model/random_query.h"

static void tell(void *self, const char *sentence)
{
    str_addf(self, "%s\n", sentence);
}

static size_t read(const char *text, struct query *q, struct str *said)
{
    const struct query_faults to = {.file = "vps", .self = said, .fault = tell};

    str_clear(said);
    return query_text_read(text, q, &to);
}

static void assert_reads(const char *text, const char *as)
{
    struct query q = query_new(NULL);
    struct str said = {0}, out = {0};

    if (read(text, &q, &said))
        fail_msg("%s", str_text(&said));
    query_write(&q, &out);
    assert_string_equal(str_text(&out), as);
    str_free(&out);
    str_free(&said);
    query_free(&q);
}

static void test_texts(void **state)
{
    (void)state;
    assert_reads("entity = contact\n", "entity = contact\n");
    assert_reads(
        "\xef\xbb\xbf# VPs\r\nentity=Contacts\r\n\r\n  Management level = Director , \"A, B\""
        "\r\nAccuracy score >= 85\r\nsort=lastName:asc\r\n",
        "entity = contact\nmanagementLevel = Director , \"A, B\"\n"
        "contactAccuracyScoreMin = 85\nsort = lastName:asc\n");
    assert_reads(
        "entity = company\nhashTagString = #saas\n # sort = x\nMetro area != a\nsort=revenue",
        "entity = company\nhashTagString = #saas\nexcludedRegions = a\n"
        "sort = revenue:desc\n");
    // An apostrophe quotes nothing, and the same field again adds.
    assert_reads("entity = company\ncompanyName = Men's Club\ncompanyName = B # c",
                 "entity = company\ncompanyName = Men's Club, B # c\n");
}

static void test_every_fault_is_told_with_its_place(void **state)
{
    static const char text[] = "managementLevel = Director\n"
                               "entity = contacts\n"
                               "shoeSize = 43\n"
                               "  Employees >= many\n"
                               "firstName = Ana\n"
                               "companyId = 1, 2, two, 3\n"
                               "nothing\n"
                               "companyName = \"Initech\n"
                               "sort = shoeSize\n"
                               "Industry != software\n"
                               "entity = company\n"
                               "entity = scoop\n"
                               "school =\n"
                               "phone =\n";
    static const char *const said[] = {
        "vps:1:1: nothing says yet what is searched",
        "vps:3:1: searching contacts knows no field \"shoeSize\"",
        "vps:4:16: Employees: \"many\" is no whole number",
        "vps:6:19: Company id: \"two\" is no id",
        "vps:7:1: a filter is written FIELD=VALUE",
        "vps:8:15: Company name: \"\"Initech\" opens a double quote that is not closed",
        "vps:9:8: contacts cannot be sorted by \"shoeSize\"",
        "vps:10:1: Industry cannot be excluded",
        "vps:11:10: this searches companies, but contacts are asked for",
        "vps:12:10: \"scoop\" is no entity",
        "vps:13:9: School: \"\" is an empty value",
        "vps:14:8: Phone has no value",
    };
    struct query q = query_new(NULL);
    struct str out = {0};
    char *rest, *line;

    (void)state;
    assert_int_equal(read(text, &q, &out), ARRAY_LEN(said));
    assert_int_equal(q.n_filters, 1); // what is sound was read
    rest = out.data;
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        line = strsep(&rest, "\n");
        if (!str_starts(line, said[i]))
            fail_msg("%s\nis not %s", line, said[i]);
    }
    str_free(&out);
    query_free(&q);
}

// Values remember where they stood, so that what shows only later is told with its place too.
static void test_later_faults_have_places(void **state)
{
    static const char text[] = "entity = contact\n"
                               "Employees >= 11\n"
                               "zipCodeRadiusMiles = 10\n"
                               "country = a,\t\"b, c\"\n"
                               "Employees <= 10\n";
    struct query q = query_new(NULL), copy;
    struct str said = {0};
    const struct query_faults to = {.file = "vps", .self = &said, .fault = tell};
    struct err e;

    (void)state;
    assert_int_equal(read(text, &q, &said), 0);
    copy = query_copy(&q);
    assert_true(query_where(&copy, "country = \"d, e\"", &e));
    assert_int_equal(query_check_all(&copy, &to), 4);
    assert_string_equal(
        str_text(&said),
        "vps:4:14: Country: \"b, c\" holds a comma, which the API reads as the end of a value\n"
        "Country: \"d, e\" holds a comma, which the API reads as the end of a value\n"
        "vps:2:14: Employees: the least, 11, is above the most, 10\n"
        "vps:3:22: ZIP code radius needs ZIP code as well\n");
    assert_false(query_check(&copy, &e));
    assert_true(str_starts(e.text, "line 4, column 14: Country"));
    str_free(&said);
    query_free(&copy);
    query_free(&q);
}

static void add_sort(struct rng *r, struct query *q)
{
    size_t n = 0;

    while (q->entity->search.sorts[n])
        n++;
    n = rng_below(r, (uint32_t)n + 1);
    q->sort_by = q->entity->search.sorts[n]; // the last: none
    q->ascending = q->sort_by && rng_below(r, 2);
}

static struct query random_query(struct rng *r)
{
    struct query q = query_new(rng_below(r, 2) ? &entity_contact : &entity_company);

    for (unsigned n = rng_below(r, 20); n > 0; n--) {
        const struct input *in =
            &q.entity->search.inputs[rng_below(r, (uint32_t)q.entity->search.n_inputs)];
        char *line;
        struct err e;

        if (in->kind == INPUT_PAGING)
            continue;
        line = odd_line(r, in);
        if (!query_where(&q, line, &e))
            fail_msg("%s: %s", line, e.text);
        free(line);
    }
    add_sort(r, &q);
    return q;
}

static void test_any_search_survives(void **state)
{
    struct rng r = rng_seed(4);
    struct str text = {0}, again = {0}, said = {0};

    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct query q = random_query(&r), back = query_new(NULL);

        str_clear(&text);
        str_clear(&again);
        query_write(&q, &text);
        if (read(str_text(&text), &back, &said))
            fail_msg("%s\n%s", str_text(&text), str_text(&said));
        assert_ptr_equal(back.entity, q.entity);
        assert_same(&q, &back);
        assert_true(q.sort_by == back.sort_by && q.ascending == back.ascending);
        query_write(&back, &again);
        assert_string_equal(str_text(&text), str_text(&again));
        query_free(&q);
        query_free(&back);
    }
    str_free(&text);
    str_free(&again);
    str_free(&said);
}

// Nothing that a person may have typed harms.
static void test_any_bytes(void **state)
{
    static const char *const parts[] = {"entity",   "sort", "=", "contact",   "\n", "\r\n", "#",
                                        "jobTitle", "\"",   ",", "Employees", ">=", "\xff", "5"};
    struct rng r = rng_seed(9);
    struct str said = {0};

    (void)state;
    for (int i = 0; i < 5000; i++) {
        struct query q = query_new(NULL);
        struct str text = {0};

        for (unsigned n = rng_below(&r, 40); n > 0; n--) {
            str_add(&text, parts[rng_below(&r, ARRAY_LEN(parts))]);
            str_add(&text, rng_below(&r, 2) ? " " : "");
        }
        (void)read(str_text(&text), &q, &said);
        query_free(&q);
        str_free(&text);
    }
    str_free(&said);
}

static int locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_every_fault_is_told_with_its_place),
        cmocka_unit_test(test_later_faults_have_places),
        cmocka_unit_test(test_any_search_survives),
        cmocka_unit_test(test_any_bytes),
    };

    return cmocka_run_group_tests_name("model/query_text", tests, locale, NULL);
}
