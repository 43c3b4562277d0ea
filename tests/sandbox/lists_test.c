// The lookup lists the sandbox serves: whole, in the contract's shapes, with all its values.
// One thread. Floor: tests.
#include "support/test.h"

#include <ctype.h>
#include <dirent.h>
#include <string.h>

#include "base/file.h"
#include "sandbox/lists_load.h"

enum shape { PAIR, ORDERED, TEXT, TOPIC, CATEGORY, PRODUCT, GROUP };

// The keys every element of a shape holds; NULL: the elements are plain strings.
static const char *const shape_keys[][7] = {
    [PAIR] = {"Id", "Name"},
    [ORDERED] = {"Id", "Name", "order"},
    [TEXT] = {NULL},
    [TOPIC] = {"Name", "Category", "Department", "JobFunction", "Description"},
    [CATEGORY] = {"Id", "Name", "categories"},
    [PRODUCT] = {"Id", "Name", "attribute", "vendor", "parentCategory", "category"},
    [GROUP] = {"Id", "Name", "accessLevel", "isDefault", "personas"},
};

// clang-format off
// least: the count of a list that is known to be complete, else what makes it worth using.
static const struct list {
    const char *name;
    enum shape shape;
    size_t least;
} lists[] = {
    {"boardMember", PAIR, 3},
    {"buyinggroups", GROUP, 2},
    {"companyranking", PAIR, 6},
    {"companytype", PAIR, 6},
    {"continent", PAIR, 7},
    {"country", PAIR, 249},
    {"department", PAIR, 11},
    {"employee-category-band", PAIR, 3},
    {"employeecount", PAIR, 11},
    {"hashtag", PAIR, 150},
    {"hierarchy-code", PAIR, 3},
    {"industry", PAIR, 169},
    {"intent_topics", TOPIC, 120},
    {"jobfunction", PAIR, 88},
    {"jobtitlehierarchy", ORDERED, 5},
    {"managementLevel", PAIR, 6},
    {"metroarea", PAIR, 230},
    {"naicscode", PAIR, 2129},
    {"news_categories", TEXT, 7},
    {"revenue-category-band", PAIR, 3},
    {"revenuerange", PAIR, 12},
    {"scoopdepartment", PAIR, 10},
    {"scooptopic", PAIR, 120},
    {"scooptype", PAIR, 24},
    {"siccode", PAIR, 1504},
    {"state", PAIR, 69},
    {"subunittypes", PAIR, 6},
    {"tech-skills", PAIR, 300},
    {"tech_category", CATEGORY, 19},
    {"tech_product", PRODUCT, 173},
    {"tech_vendor", PAIR, 103},
    {"years-of-experience", PAIR, 5},
};
// clang-format on
#define LISTS_LEN (sizeof lists / sizeof lists[0])

// What the tests share: every list, parsed, and by its Id and its Name where it has them.
struct loaded {
    json_t *rows[LISTS_LEN], *by_id[LISTS_LEN], *by_name[LISTS_LEN];
};

static int setup(void **state)
{
    struct loaded *l = calloc(1, sizeof *l);
    size_t i;

    for (i = 0; l && i < LISTS_LEN; i++) {
        l->rows[i] = load(LISTS, lists[i].name);
        assert_true(json_is_array(l->rows[i]));
        l->by_id[i] = index_by(l->rows[i], "Id");
        l->by_name[i] = index_by(l->rows[i], "Name");
    }
    *state = l;
    return l ? 0 : -1;
}

static int teardown(void **state)
{
    struct loaded *l = *state;
    size_t i;

    for (i = 0; i < LISTS_LEN; i++) {
        json_decref(l->by_name[i]);
        json_decref(l->by_id[i]);
        json_decref(l->rows[i]);
    }
    free(l);
    return 0;
}

// The place of a list in the table, or LISTS_LEN.
static size_t find(const char *name)
{
    size_t i = 0;

    while (i < LISTS_LEN && !str_eq(lists[i].name, name))
        i++;
    return i;
}

static void expect_name(void **state, const char *list, const char *name)
{
    if (!json_object_get(((struct loaded *)*state)->by_name[find(list)], name))
        fail_msg("%s has no name \"%s\"", list, name);
}

static bool is_list_path(const char *path)
{
    return str_starts(path, "/lookup/") && !str_starts(path, "/lookup/inputfields/") &&
           !str_starts(path, "/lookup/outputfields/") && !str_eq(path, "/lookup/usage");
}

static void test_every_documented_list_is_there(void **state)
{
    json_t *root = load(SOURCE_DIR "/tests/contract/", "enterprise-api"), *endpoint;
    size_t i, count = 0;

    (void)state;
    json_array_foreach(json_object_get(root, "endpoints"), i, endpoint)
    {
        const char *path = text_of(endpoint, "path");
        char *name, *slash;

        if (!is_list_path(path))
            continue;
        name = str_format("%s", path + strlen("/lookup/"));
        while ((slash = strchr(name, '/')))
            *slash = '_';
        if (find(name) == LISTS_LEN)
            fail_msg("%s has no list", path);
        free(name);
        count++;
    }
    assert_int_equal(count, LISTS_LEN);
    json_decref(root);
}

static void test_every_file_answers_a_path(void **state)
{
    DIR *dir = opendir(LISTS);
    const struct dirent *entry;
    size_t count = 0;

    (void)state;
    assert_non_null(dir);
    while ((entry = readdir(dir))) {
        char *name = str_format("%s", entry->d_name), *dot = strrchr(name, '.');

        if (name[0] != '.') {
            assert_non_null(dot);
            assert_string_equal(dot, ".json");
            *dot = '\0';
            assert_true(find(name) < LISTS_LEN);
            count++;
        }
        free(name);
    }
    closedir(dir);
    assert_int_equal(count, LISTS_LEN);
}

static void check_keys(const struct list *list, const json_t *row)
{
    const char *const *keys = shape_keys[list->shape];
    size_t i;

    for (i = 0; keys[i]; i++)
        if (!json_object_get(row, keys[i]))
            fail_msg("%s: an element without \"%s\"", list->name, keys[i]);
    assert_int_equal(json_object_size(row), i);
    // Only NAICS leaves names empty, as the API's own examples do.
    if (!*text_of(row, "Name") && !str_eq(list->name, "naicscode"))
        fail_msg("%s: an element without a name", list->name);
}

static void test_shapes_and_counts(void **state)
{
    const struct loaded *l = *state;
    size_t i, j;

    for (i = 0; i < LISTS_LEN; i++) {
        json_t *row;

        if (json_array_size(l->rows[i]) < lists[i].least)
            fail_msg("%s has only %zu elements", lists[i].name, json_array_size(l->rows[i]));
        json_array_foreach(l->rows[i], j, row)
        {
            if (lists[i].shape == TEXT)
                assert_true(json_string_length(row) > 0);
            else
                check_keys(&lists[i], row);
        }
    }
}

// Topics have no id: their name is what requests hold.
static void test_ids_are_unique(void **state)
{
    const struct loaded *l = *state;
    size_t i;

    for (i = 0; i < LISTS_LEN; i++) {
        const json_t *index = lists[i].shape == TOPIC ? l->by_name[i] : l->by_id[i];

        if (lists[i].shape == TEXT)
            continue;
        if (json_object_size(index) != json_array_size(l->rows[i]) || json_object_get(index, ""))
            fail_msg("%s: an id is empty or there twice", lists[i].name);
    }
}

// The parser has refused anything but UTF-8 already.
static void test_bytes_are_clean_and_one_element_a_line(void **state)
{
    const struct loaded *l = *state;
    size_t i, j;

    for (i = 0; i < LISTS_LEN; i++) {
        char *path = str_format(LISTS "%s.json", lists[i].name);
        struct str bytes = {0};
        struct err e = {0};
        size_t lines = 0;

        assert_true(file_read(path, 1 << 20, &bytes, &e));
        assert_null(strstr(str_text(&bytes), "\xEF\xBF\xBD"));
        for (j = 0; j < bytes.len; j++) {
            if (iscntrl((unsigned char)bytes.data[j]) && bytes.data[j] != '\n')
                fail_msg("%s: a control byte at %zu", path, j);
            lines += bytes.data[j] == '\n';
        }
        assert_int_equal(lines, json_array_size(l->rows[i]) + 2);
        str_free(&bytes);
        free(path);
    }
}

static bool holds(const json_t *row, json_t *sample)
{
    const char *key;
    json_t *value;

    if (!json_is_object(sample))
        return json_equal(row, sample);
    json_object_foreach(sample, key, value)
    {
        if (!json_equal(json_object_get(row, key), value))
            return false;
    }
    return true;
}

static bool any_holds(const json_t *rows, json_t *sample)
{
    json_t *row;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        if (holds(row, sample))
            return true;
    }
    return false;
}

// Every value of the examples; the two bands and the hierarchy code have none.
static void test_every_example_is_contained(void **state)
{
    const struct loaded *l = *state;
    size_t i, j, with_examples = 0;

    for (i = 0; i < LISTS_LEN; i++) {
        char *path = str_format(SAMPLES "%s.json", lists[i].name);
        json_t *samples = json_load_file(path, 0, NULL), *sample;

        json_array_foreach(samples, j, sample)
        {
            if (!any_holds(l->rows[i], sample))
                fail_msg("%s: element %zu is missing", path, j);
        }
        with_examples += samples != NULL;
        json_decref(samples);
        free(path);
    }
    assert_int_equal(with_examples, LISTS_LEN - 3);
}

static void test_every_known_name_is_contained(void **state)
{
    static const char *const named[] = {"jobfunction", "scoopdepartment", "scooptype"};
    size_t i, j;

    for (i = 0; i < sizeof named / sizeof named[0]; i++) {
        char *file = str_format("%s_names", named[i]);
        json_t *names = load(SAMPLES, file), *name;

        assert_true(json_array_size(names) > 0);
        json_array_foreach(names, j, name)
        {
            expect_name(state, named[i], json_string_value(name));
        }
        json_decref(names);
        free(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_documented_list_is_there),
        cmocka_unit_test(test_every_file_answers_a_path),
        cmocka_unit_test(test_shapes_and_counts),
        cmocka_unit_test(test_ids_are_unique),
        cmocka_unit_test(test_bytes_are_clean_and_one_element_a_line),
        cmocka_unit_test(test_every_example_is_contained),
        cmocka_unit_test(test_every_known_name_is_contained),
    };

    return cmocka_run_group_tests_name("sandbox lists", tests, setup, teardown);
}
