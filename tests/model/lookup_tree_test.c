// Lookup values below those they belong to, by each list's rule.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/lookup_tree.h"

static struct lookup_list list_of(const char *const *ids)
{
    struct lookup_list l = {0};

    for (; *ids; ids++) {
        char *id = mem_strdup(*ids), *bar = strchr(id, '|');

        if (bar)
            *bar++ = '\0';
        lookup_add(&l, id, id, bar, "{}");
        free(id);
    }
    return l;
}

// "usa > usa.alaska > usa.alaska.anchorage"; what no list has in brackets.
static char *way_text(const struct lookup_source *sources, size_t n, size_t i)
{
    struct lookup_tree tree;
    struct str out = {0};
    const char *ids[LOOKUP_LEVELS];
    bool named[LOOKUP_LEVELS];
    size_t k = 0;
    long long at = NODE_NONE;

    lookup_tree_build(sources, n, &tree);
    for (size_t node = 0; node < tree.n; node++)
        at = tree.nodes[node].step.value == &sources[0].list->values[i] ? (long long)node : at;
    for (; at != NODE_NONE; at = tree.nodes[at].parent, k++) {
        ids[k] = tree.nodes[at].step.id;
        named[k] = !tree.nodes[at].step.value;
    }
    while (k-- > 0)
        str_addf(&out, named[k] ? "%s[%s]" : "%s%s", out.len ? " > " : "", ids[k]);
    lookup_tree_free(&tree);
    return str_take(&out);
}

static void check_ways(const char *path, const char *const *ids, const char *const *ways)
{
    struct lookup_list l = list_of(ids);
    struct lookup_source source = {path, &l};

    for (size_t i = 0; i < l.n; i++) {
        char *way = way_text(&source, 1, i);

        assert_string_equal(way, ways[i]);
        free(way);
    }
    lookup_free(&l);
}

static void test_rules(void **state)
{
    static const char *const industries[] = {
        "software", "software.security", "mm.metals", "a.b.c", "a.b", ".x", NULL};
    static const char *const industry_ways[] = {"software",         "software > software.security",
                                                "[mm] > mm.metals", "[a] > a.b > a.b.c",
                                                "[a] > a.b",        ".x"};
    static const char *const codes[] = {"01", "011", "0111", "0299", "9", "99999", NULL};
    static const char *const code_ways[] = {"01",   "01 > 011", "01 > 011 > 0111",
                                            "0299", "9",        "9 > 99999"};
    static const char *const products[] = {"25|P > C > V", "26|P > C", "P", "27", NULL};
    static const char *const product_ways[] = {"P > [C] > [V] > 25", "P > [C] > 26", "P", "27"};
    static const char *const levels[] = {"Director", "a.b", NULL};

    (void)state;
    check_ways("industry", industries, industry_ways);
    check_ways("siccode", codes, code_ways);
    check_ways("naicscode", codes, code_ways);
    check_ways("tech/product?vendor=V", products, product_ways);
    check_ways("managementLevel", levels, levels); // no levels
    assert_null(lookup_above("managementLevel"));
    assert_null(lookup_above("industr"));
    assert_non_null(lookup_above("industry"));
}

static void test_parents_in_other_lists(void **state)
{
    static const char *const metros[] = {"usa.alaska.anchorage", "france.paris", "usa.nowhere.x",
                                         NULL};
    static const char *const states[] = {"usa.alaska", NULL}, *const countries[] = {"usa", "france",
                                                                                    NULL};
    struct lookup_list m = list_of(metros), s = list_of(states), c = list_of(countries);
    const struct lookup_source all[] = {{"metroarea", &m}, {"state", &s}, {"country", &c}};
    static const char *const ways[] = {"usa > usa.alaska > usa.alaska.anchorage",
                                       "france > france.paris",
                                       "usa > [usa.nowhere] > usa.nowhere.x"};
    char *way;

    (void)state;
    assert_string_equal(lookup_above("metroarea")[0], "state");
    assert_string_equal(lookup_above("metroarea")[1], "country");
    assert_null(lookup_above("metroarea")[2]);
    for (size_t i = 0; i < m.n; i++) {
        way = way_text(all, 3, i);
        assert_string_equal(way, ways[i]);
        free(way);
    }
    way = way_text(all, 1, 0); // the other lists could not be had
    assert_string_equal(way, "[usa] > [usa.alaska] > usa.alaska.anchorage");
    free(way);
    lookup_free(&m);
    lookup_free(&s);
    lookup_free(&c);
}

static char *tree_text(const struct lookup_tree *t)
{
    struct str out = {0};

    for (size_t i = 0; i < t->n; i++) {
        if (!t->nodes[i].hidden)
            str_addf(&out, "%*s%s\n", t->nodes[i].depth, "", t->nodes[i].step.id);
    }
    return str_take(&out);
}

static void test_tree_and_match(void **state)
{
    static const char *const ids[] = {"b.y", "a", "a.x", "b", "a.w", "c.z", NULL};
    struct lookup_list l = list_of(ids);
    const struct lookup_source source = {"industry", &l};
    struct lookup_tree t;
    char *text;

    (void)state;
    lookup_tree_build(&source, 1, &t);
    text = tree_text(&t);
    assert_string_equal(text, "b\n b.y\na\n a.x\n a.w\nc\n c.z\n");
    free(text);
    assert_non_null(t.nodes[0].step.value); // b was named before it came
    assert_null(t.nodes[5].step.value);
    assert_int_equal(t.nodes[4].parent, 2);
    assert_int_equal(lookup_tree_match(&t, "w"), 1);
    text = tree_text(&t);
    assert_string_equal(text, "a\n a.w\n");
    free(text);
    assert_int_equal(lookup_tree_match(&t, "nothing"), 0);
    text = tree_text(&t);
    assert_string_equal(text, "");
    free(text);
    lookup_tree_free(&t);
    lookup_free(&l);
}

// Each value once, parents first, whatever the ids.
static void test_any_list(void **state)
{
    struct lookup_list l = {0};
    struct lookup_source source = {"siccode", &l};
    struct lookup_tree t;
    struct map seen = {0};
    char id[32];

    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        (void)snprintf(id, sizeof(id), "%u", i * 7919u % 100003u);
        lookup_add(&l, id, "", NULL, "{}");
    }
    lookup_add(&l, "", "", NULL, "{}");
    lookup_add(&l, "a.b.c.d.e.f.g.h.i.j.k", "", NULL, "{}");
    for (size_t k = 0; k < 2; k++) {
        source.path = k ? "industry" : "siccode";
        lookup_tree_build(&source, 1, &t);
        for (size_t i = 0; i < t.n; i++) {
            const struct lookup_node *node = &t.nodes[i];

            assert_true(node->parent < (long long)i);
            assert_int_equal(node->depth,
                             node->parent == NODE_NONE ? 0 : t.nodes[node->parent].depth + 1);
            if (node->step.value && k == 0)
                assert_null(map_put(&seen, node->step.id, &l));
        }
        assert_true(t.n >= l.n);
        lookup_tree_free(&t);
    }
    assert_int_equal(seen.len, l.n);
    map_free(&seen, NULL);
    lookup_free(&l);
    lookup_tree_build(&source, 1, &t);
    assert_int_equal(t.n, 0);
    lookup_tree_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_parents_in_other_lists),
        cmocka_unit_test(test_tree_and_match),
        cmocka_unit_test(test_any_list),
    };

    return cmocka_run_group_tests_name("model/lookup_tree", tests, NULL, NULL);
}
