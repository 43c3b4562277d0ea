// What a matchStatus means, the unknown ones included (FACTS 6).
#include "support/test.h"

#include "base/mem.h"
#include "base/str.h"
#include "model/match.h"

static const struct {
    const char *wire;
    bool has_row;
    const char *name;
    bool found, gone;
} cases[] = {
    {"FULL_MATCH", true, "FULL_MATCH", true, false},
    {"full_match", true, "FULL_MATCH", true, false},
    // Said to be found, yet nothing came: nothing to keep.
    {"FULL_MATCH", false, "FULL_MATCH", false, false},
    {"NO_MATCH", false, "NO_MATCH", false, false},
    {"NO_MATCH", true, "NO_MATCH", false, false},
    {"CONTACT_ONLY_MATCH", true, "CONTACT_ONLY_MATCH", false, false},
    // Company data under a person row.
    {"COMPANY_ONLY_MATCH", true, "COMPANY_ONLY_MATCH", false, false},
    {"NON_MATCH_BY_REQUIRED_FIELDS", false, "NON_MATCH_BY_REQUIRED_FIELDS", false, false},
    {"NON_MATCH_BY_LAST_UPDATED_DATE", false, "NON_MATCH_BY_LAST_UPDATED_DATE", false, false},
    {"NON_MATCH_BY_VALID_DATE", false, "NON_MATCH_BY_VALID_DATE", false, false},
    {"NON_MATCH_BY_CONTACT_ACCURACY_MIN", false, "NON_MATCH_BY_CONTACT_ACCURACY_MIN", false, false},
    {"INVALID_INPUT", false, "INVALID_INPUT", false, false},
    {"LIMIT_EXCEEDED", false, "LIMIT_EXCEEDED", false, false},
    {"OPT_OUT", false, "OPT_OUT", false, true},
    {"OPT_OUT", true, "OPT_OUT", false, true},
    {"SERVICE_ERROR", false, "SERVICE_ERROR", false, false},
    // The examples have no status at all.
    {NULL, true, "FULL_MATCH", true, false},
    {NULL, false, "NO_MATCH", false, false},
    {"", true, "FULL_MATCH", true, false},
    {"QUANTUM_MATCH", true, "UNKNOWN", true, false},
    {"QUANTUM_MATCH", false, "UNKNOWN", false, false},
};

static void test_statuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct match_status *m = match_status_find(cases[i].wire, cases[i].has_row);

        assert_non_null(m);
        assert_string_equal(m->name, cases[i].name);
        assert_int_equal(m->found, cases[i].found);
        assert_int_equal(m->gone, cases[i].gone);
        assert_true(*m->about);
        assert_int_equal(m->unserved,
                         str_eq(m->name, "LIMIT_EXCEEDED") || str_eq(m->name, "SERVICE_ERROR"));
        assert_ptr_equal(match_status_at(match_status_place(m)), m);
    }
}

// What came and was charged, or not, by the ledger, has none, but where it was withheld.
static void test_letters(void **state)
{
    (void)state;
    for (size_t i = 0; i < MATCH_STATUSES; i++) {
        const struct match_status *m = match_status_at(i);

        if (!m->found)
            assert_ptr_equal(match_status_of(m->letter), m);
    }
    assert_ptr_equal(match_status_of('w'), match_status_withheld());
    assert_ptr_equal(match_status_of('h'), match_status_withheld());
    for (const char *none = "com?"; *none; none++)
        assert_null(match_status_of(*none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_statuses),
                                       cmocka_unit_test(test_letters)};

    return cmocka_run_group_tests_name("model/match", tests, NULL, NULL);
}
