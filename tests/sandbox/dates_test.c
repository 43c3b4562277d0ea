// The dates of records stay where they are, whatever the day is that the sandbox starts on.
#include "support/test.h"

#include "base/str.h"
#include "sandbox/facts/lookups.h"
#include "sandbox/world/json.h"
#include "sandbox/world/world.h"

enum { DAY_MINUTES = 24 * 60, YEAR_MINUTES = 365 * DAY_MINUTES };

static const int64_t day_ms = (int64_t)DAY_MINUTES * 60 * 1000;
static const int64_t first_ms = (int64_t)20786 * DAY_MINUTES * 60 * 1000; // a midnight

static struct world *on_day(const struct lookups *lookups, int days)
{
    const struct world_options o = {
        .seed = 1, .companies = 500, .contacts = 5000, .now_ms = first_ms + days * day_ms};

    return world_build(&o, lookups);
}

// Of 1000, how many have the same moment on both days.
static uint32_t same(const struct world *a, const uint32_t *x, const struct world *b,
                     const uint32_t *y, uint32_t n)
{
    uint32_t alike = 0;

    for (uint32_t i = 0; i < n; i++)
        alike += world_when(a, x[i]) == world_when(b, y[i]);
    return alike * 1000 / n;
}

static uint32_t same_days(const struct world *a, const uint16_t *x, const struct world *b,
                          const uint16_t *y, uint32_t n)
{
    uint32_t alike = 0;

    for (uint32_t i = 0; i < n; i++)
        alike +=
            x[i] == WORLD_NEVER ? y[i] == WORLD_NEVER : world_day(a, x[i]) == world_day(b, y[i]);
    return alike * 1000 / n;
}

static void test_stay_where_they_are(void **state)
{
    struct lookups *lookups = lookups_load();
    struct world *a = on_day(lookups, 0), *b = on_day(lookups, 1), *c = on_day(lookups, 30);

    (void)state;
    assert_true(same(a, a->contacts.updated, b, b->contacts.updated, a->n_contacts) >= 990);
    assert_in_range(same(a, a->contacts.updated, c, c->contacts.updated, a->n_contacts), 800, 980);
    assert_in_range(same(a, a->contacts.valid, c, c->contacts.valid, a->n_contacts), 850, 990);
    assert_in_range(same(a, a->companies.updated, c, c->companies.updated, a->n_companies), 850,
                    990);
    assert_true(same_days(a, a->contacts.position_start, c, c->contacts.position_start,
                          a->n_contacts) >= 900);
    assert_true(
        same_days(a, a->companies.funding_day, c, c->companies.funding_day, a->n_companies) >= 950);
    for (uint32_t i = 0; i < a->n_contacts; i++) {
        assert_int_equal(a->contacts.score[i], c->contacts.score[i]);
        assert_int_equal(a->contacts.title[i], c->contacts.title[i]);
        assert_int_equal(world_contact_id(a, i), world_contact_id(c, i));
    }
    world_free(a);
    world_free(b);
    world_free(c);
    lookups_free(lookups);
}

// However long it lives, some were updated lately and none will be.
static void test_they_do_not_grow_old(void **state)
{
    struct lookups *lookups = lookups_load();

    (void)state;
    for (int years = -9; years <= 9; years += 9) {
        struct world *w = on_day(lookups, years * 365);
        uint32_t lately = 0;

        for (uint32_t i = 0; i < w->n_contacts; i++) {
            assert_true(w->contacts.updated[i] <= 2 * YEAR_MINUTES);
            lately += w->contacts.updated[i] < YEAR_MINUTES / 12;
        }
        assert_in_range(lately * 1000 / w->n_contacts, 50, 200);
        world_free(w);
    }
    lookups_free(lookups);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stay_where_they_are),
        cmocka_unit_test(test_they_do_not_grow_old),
    };

    return cmocka_run_group_tests_name("sandbox-dates", tests, NULL, NULL);
}
