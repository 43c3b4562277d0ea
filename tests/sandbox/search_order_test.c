// The order of search answers, and that pages stay the same: from the cache, in any thread.
#include "sandbox/search_support.h"

#include <pthread.h>

static int setup(void **state)
{
    *state = fixture_open(&(struct search_options){.depth = FIXTURE_CONTACTS});
    return 0;
}

static int teardown(void **state)
{
    fixture_close(*state);
    return 0;
}

static int order_of(const struct world *w, const char *by, uint32_t a, uint32_t b)
{
    static const int rank[] = {4, 3, 2, 1, 0, 5};
    const struct world_contacts *c = &w->contacts;

    if (str_eq(by, "contactAccuracyScore"))
        return c->score[a] - c->score[b];
    if (str_eq(by, "lastName"))
        return strcasecmp(w->names.words[c->last[a]].text, w->names.words[c->last[b]].text);
    if (str_eq(by, "companyName"))
        return strcasecmp(world_company_name(w, c->company[a]),
                          world_company_name(w, c->company[b]));
    if (str_eq(by, "hierarchy"))
        return (c->flags[a] & CONTACT_BOARD ? 5 : rank[w->titles[c->title[a]].level]) -
               (c->flags[b] & CONTACT_BOARD ? 5 : rank[w->titles[c->title[b]].level]);
    if (str_eq(by, "sourceCount"))
        return c->sources[a] - c->sources[b];
    if (str_eq(by, "lastMentioned"))
        return (world_when(w, c->valid[a]) > world_when(w, c->valid[b])) -
               (world_when(w, c->valid[a]) < world_when(w, c->valid[b]));
    return 0;
}

static int firm_order_of(const struct world *w, const char *by, uint32_t a, uint32_t b)
{
    const struct world_companies *c = &w->companies;

    if (str_eq(by, "name"))
        return strcasecmp(world_company_name(w, a), world_company_name(w, b));
    if (str_eq(by, "employeeCount"))
        return (c->employees[a] > c->employees[b]) - (c->employees[a] < c->employees[b]);
    return (c->revenue[a] > c->revenue[b]) - (c->revenue[a] < c->revenue[b]);
}

static bool ascii_only(const char *text)
{
    for (; *text; text++) {
        if (*text & 0x80)
            return false;
    }
    return true;
}

// strcasecmp() tells the order of ASCII texts only: rows with others are left out of the check.
static bool comparable(const struct world *w, enum search_entity entity, uint32_t row)
{
    if (entity == SEARCH_COMPANY)
        return ascii_only(world_company_name(w, row));
    return ascii_only(world_company_name(w, w->contacts.company[row])) &&
           ascii_only(w->names.words[w->contacts.last[row]].text);
}

// All pages of a body, in order; the caller frees them.
static uint32_t *ordered(struct fixture *f, enum search_entity entity, const char *text,
                         uint32_t *n)
{
    uint32_t *rows = mem_array(FIXTURE_CONTACTS, sizeof(*rows));
    json_t *body = json_of(text);
    struct search_result page = {.n_rows = 100};
    struct search_error e = {0};

    json_object_set_new(body, "rpp", json_integer(100));
    for (*n = 0; *n < FIXTURE_CONTACTS && page.n_rows == 100; *n += page.n_rows) {
        json_object_set_new(body, "page", json_integer(*n / 100 + 1));
        if (!search_run(f->search, entity, body, &page, &e))
            break;
        memcpy(rows + *n, page.rows, page.n_rows * sizeof(*rows));
    }
    search_error_free(&e);
    json_decref(body);
    return rows;
}

static void check_order(struct fixture *f, enum search_entity entity, const char *by,
                        const char *order, int sign)
{
    int (*const of)(const struct world *, const char *, uint32_t, uint32_t) =
        entity == SEARCH_CONTACT ? order_of : firm_order_of;
    char *body = str_format("{\"sortBy\":\"%s\"%s%s%s}", by, *order ? ",\"sortOrder\":\"" : "",
                            order, *order ? "\"" : "");
    uint32_t n, last = UINT32_MAX, *rows = ordered(f, entity, body, &n);
    int diff, changes = 0;

    assert_int_equal(n, fixture_rows(f, entity));
    for (uint32_t i = 0; i < n; i++) {
        if (!comparable(f->world, entity, rows[i]))
            continue;
        diff = last == UINT32_MAX ? 0 : sign * of(f->world, by, last, rows[i]);
        if (diff > 0 || (diff == 0 && last != UINT32_MAX && last > rows[i]))
            fail_msg("%s: rows %u and %u", body, last, rows[i]);
        changes += diff < 0;
        last = rows[i];
    }
    if (!str_eq(by, "relevance") && changes == 0)
        fail_msg("%s: all rows are alike", body);
    free(rows);
    free(body);
}

static void test_order(void **state)
{
    static const char *const contact[] = {
        "contactAccuracyScore", "lastName",      "companyName", "hierarchy",
        "sourceCount",          "lastMentioned", "relevance"};
    static const char *const company[] = {"name", "employeeCount", "revenue"};

    for (size_t i = 0; i < ARRAY_LEN(contact); i++) {
        check_order(*state, SEARCH_CONTACT, contact[i], "", -1);
        check_order(*state, SEARCH_CONTACT, contact[i], "descending", -1);
        check_order(*state, SEARCH_CONTACT, contact[i], "ASC", 1);
    }
    for (size_t i = 0; i < ARRAY_LEN(company); i++) {
        check_order(*state, SEARCH_COMPANY, company[i], "desc", -1);
        check_order(*state, SEARCH_COMPANY, company[i], "ascending", 1);
    }
}

static void same_page(struct fixture *f, const struct search_result *wanted, const char *text)
{
    struct search_result page = answer(f, SEARCH_CONTACT, text);

    assert_int_equal(page.max_results, wanted->max_results);
    assert_int_equal(page.n_rows, wanted->n_rows);
    assert_memory_equal(page.rows, wanted->rows, wanted->n_rows * sizeof(*wanted->rows));
}

// The same answer from the cache, after others have pushed it out, and whatever the key order.
static void test_cache(void **state)
{
    const char *body = "{\"contactAccuracyScoreMin\":\"90\",\"sortBy\":\"lastName\",\"page\":3}";
    const char *turned = "{\"page\":3,\"SORTBY\":\"lastName\",\"contactaccuracyscoremin\":\"90\"}";
    struct search_result fresh = answer(*state, SEARCH_CONTACT, body);
    char *other;

    same_page(*state, &fresh, body);
    same_page(*state, &fresh, turned);
    for (int i = 0; i < 40; i++) {
        other = str_format("{\"contactAccuracyScoreMin\":\"%d\"}", 60 + i);
        (void)answer(*state, SEARCH_CONTACT, other);
        free(other);
    }
    same_page(*state, &fresh, body);
}

struct walker {
    struct fixture *f;
    char body[64];
    uint32_t wanted;
    bool good;
};

static void *walk_on(void *arg)
{
    struct walker *t = arg;
    json_t *body = json_of(t->body);
    struct search_result page;
    struct search_error e = {0};

    t->good = true;
    for (int i = 0; i < 30; i++) {
        json_object_set_new(body, "page", json_integer(i % 3 + 1));
        t->good = t->good && search_run(t->f->search, SEARCH_CONTACT, body, &page, &e) &&
                  page.max_results == t->wanted;
    }
    json_decref(body);
    return NULL;
}

static void test_threads(void **state)
{
    struct walker walkers[4];
    pthread_t threads[4];

    for (int i = 0; i < 4; i++) {
        walkers[i].f = *state;
        (void)snprintf(walkers[i].body, sizeof(walkers[i].body),
                       "{\"contactAccuracyScoreMin\":\"%d\",\"sortBy\":\"companyName\"}",
                       80 + i / 2);
        walkers[i].wanted = answer(*state, SEARCH_CONTACT, walkers[i].body).max_results;
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, walk_on, &walkers[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_true(walkers[i].good);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_cache),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests_name("sandbox-search-order", tests, setup, teardown);
}
