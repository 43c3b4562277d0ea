// Which columns are taken for which inputs, and which lines are worth sending. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/match_check.h"
#include "model/match_plan.h"

// Headings of the exports of usual programs and the inputs they stand for.
static const struct {
    const struct entity *entity;
    const char *names[8], *inputs[8];
} guesses[] = {
    {&entity_contact,
     {"Email", "First Name", "Last Name", "Account Name", "Title", "Phone"},
     {"emailAddress", "firstName", "lastName", "companyName", "jobTitle", "phone"}},
    {&entity_contact,
     {"E-mail address", "name", "company", "LinkedIn URL", "notes"},
     {"emailAddress", "fullName", "companyName", "externalURL", NULL}},
    {&entity_contact,
     {"personEmailAddress", "person_first_name", "SURNAME", "companyId"},
     {"emailAddress", "firstName", "lastName", "companyId"}},
    {&entity_contact, {"email_sha256", "email"}, {"hashedEmail", "emailAddress"}},
    // Of two that would give the same the first one does.
    {&entity_contact, {"work email", "email"}, {"emailAddress", NULL}},
    {&entity_company,
     {"Company", "Website", "Ticker", "Billing Street", "Billing City", "Billing Postal Code"},
     {"companyName", "companyWebsite", "companyTicker", "companyStreet", "companyCity",
      "companyZipCode"}},
    {&entity_company, {"id", "Domain", "phone"}, {"companyId", "companyWebsite", "companyPhone"}},
};

static size_t count(const char *const *names)
{
    size_t n = 0;

    while (n < 8 && names[n])
        n++;
    return n;
}

static void headings_are_guessed(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(guesses); i++) {
        struct match_plan p =
            match_plan_guess(guesses[i].entity, guesses[i].names, count(guesses[i].names));

        for (size_t c = 0; c < p.n; c++) {
            const char *got = p.inputs[c] ? p.inputs[c]->name : "none";
            const char *want = guesses[i].inputs[c] ? guesses[i].inputs[c] : "none";

            if (!str_eq(got, want))
                fail_msg("\"%s\" is taken as %s, not %s", p.names[c], got, want);
        }
        match_plan_free(&p);
    }
}

static void a_mapping_holds_over_the_guess(void **state)
{
    static const char *const names[] = {"email", "other", "company"};
    struct match_plan p = match_plan_guess(&entity_contact, names, 3);
    struct err e;

    (void)state;
    assert_true(match_plan_map(&p, "other=E-mail", &e));
    assert_null(p.inputs[0]);
    assert_string_equal(p.inputs[1]->name, "emailAddress");
    assert_true(match_plan_map(&p, "1=hashedEmail", &e));
    assert_string_equal(p.inputs[0]->name, "hashedEmail");
    assert_true(match_plan_map(&p, "EMAIL=", &e));
    assert_null(p.inputs[0]);
    assert_true(match_plan_suffices(&p, &e));
    assert_true(match_plan_map(&p, "other=", &e));
    assert_false(match_plan_suffices(&p, &e));
    assert_non_null(strstr(e.text, "e-mail; "));
    assert_false(match_plan_map(&p, "mail=emailAddress", &e));
    assert_non_null(strstr(e.text, "did you mean email?"));
    assert_false(match_plan_map(&p, "email=emailAdress", &e));
    assert_non_null(strstr(e.text, "did you mean emailAddress?"));
    assert_false(match_plan_map(&p, "email", &e));
    match_plan_free(&p);
}

static void labels_are_told_as_words_and_abbreviations_stay(void **state)
{
    struct str needs = {0};

    (void)state;
    match_plan_needs(&entity_company, &needs);
    assert_non_null(strstr(needs.data, "; IP address; street + city or ZIP code"));
    assert_true(str_starts(needs.data, "company id; "));
    str_free(&needs);
}

// Each combination suffices with one of its alternatives each, and not with any need left out.
static void each_combination_suffices_and_no_part_of_it(void **state)
{
    (void)state;
    for (const struct entity *const *e = entity_all(); *e; e++) {
        const struct enrich_operation *op = &(*e)->enrich;

        for (size_t i = 0; i < op->n_combinations; i++) {
            const char *needs[MATCH_NEEDS] = {0};
            char *firsts[MATCH_NEEDS] = {0};
            struct err err;
            size_t n = 0;

            for (; n < MATCH_NEEDS && op->combinations[i].needs[n]; n++) {
                const char *all = op->combinations[i].needs[n];

                needs[n] = firsts[n] = mem_strndup(all, strcspn(all, "|"));
            }
            for (size_t cut = 0; cut < 2; cut++) {
                struct match_plan p = match_plan_guess(*e, needs, n - cut);

                assert_int_equal(match_plan_suffices(&p, &err), cut == 0);
                match_plan_free(&p);
            }
            for (size_t k = 0; k < n; k++)
                free(firsts[k]);
        }
    }
}

static const struct {
    const char *email, *hash, *phone, *first, *last, *company;
    const char *json;   // NULL: it is not sent
    const char *reason; // part of it
} lines[] = {
    {" a@b.example ", "", "", "", "", "", "{\"emailAddress\":\"a@b.example\"}", NULL},
    {"", "D41D8CD98F00B204E9800998ECF8427E", "", "", "", "",
     "{\"hashedEmail\":\"D41D8CD98F00B204E9800998ECF8427E\"}", NULL},
    {"", "", "+1 (802) 555-69", "", "", "", "{\"phone\":\"+1 (802) 555-69\"}", NULL},
    {"", "", "", "Ana", "Ruiz", "Initech \"&\" Sons",
     "{\"firstName\":\"Ana\",\"lastName\":\"Ruiz\",\"companyName\":\"Initech \\\"&\\\" Sons\"}",
     NULL},
    // What is wrong is left out where the rest suffices.
    {"nobody", "", "", "Ana", "Ruiz", "Initech",
     "{\"firstName\":\"Ana\",\"lastName\":\"Ruiz\",\"companyName\":\"Initech\"}", NULL},
    {"nobody", "", "", "", "", "", NULL, "email is no e-mail address, and nothing else suffices"},
    {"a@b", "", "", "", "", "", NULL, "no e-mail address"},
    {"a@@b.c", "", "", "", "", "", NULL, "no e-mail address"},
    {"a b@c.d", "", "", "", "", "", NULL, "no e-mail address"},
    {"", "d41d8", "", "", "", "", NULL, "hash"},
    {"", "", "55-69", "", "", "", NULL, "too few digits"},
    {"", "", "", "Ana", "Ruiz", "", NULL, "what is given does not suffice"},
    {"", "", "", "", "", "", NULL, "no value names a record"},
    {"\xff@b.example", "", "", "", "", "", NULL, "no UTF-8"},
};

// A number with more digits than any id is refused in words, whatever it comes to.
static void an_id_is_no_longer_than_ids_are(void **state)
{
    static const char *const names[] = {"personId"};
    const char *sound[] = {"0000000000000000000000007"}, *cells[1];
    struct match_plan p = match_plan_guess(&entity_contact, names, 1);
    struct match_line l = {0};
    char zeros[80];

    (void)state;
    memset(zeros, '0', sizeof(zeros));
    zeros[sizeof(zeros) - 2] = '7';
    zeros[sizeof(zeros) - 1] = '\0';
    cells[0] = zeros;
    assert_true(match_line_read(&p, sound, &l));
    assert_false(match_line_read(&p, cells, &l));
    assert_non_null(strstr(l.reason, "is longer than any id"));
    match_line_free(&l);
    match_plan_free(&p);
}

static void lines_are_checked_before_they_are_sent(void **state)
{
    static const char *const names[] = {"email",     "hashedEmail", "phone",
                                        "firstName", "lastName",    "companyName"};
    struct match_plan p = match_plan_guess(&entity_contact, names, 6);
    struct match_line l = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        const char *cells[] = {lines[i].email, lines[i].hash, lines[i].phone,
                               lines[i].first, lines[i].last, lines[i].company};

        assert_int_equal(match_line_read(&p, cells, &l), lines[i].json != NULL);
        if (lines[i].json)
            assert_string_equal(str_text(&l.json), lines[i].json);
        else if (!strstr(l.reason, lines[i].reason))
            fail_msg("line %zu: \"%s\" does not say \"%s\"", i, l.reason, lines[i].reason);
    }
    match_line_free(&l);
    match_plan_free(&p);
}

static void the_same_is_known_as_the_same(void **state)
{
    static const struct {
        enum match_check check;
        const char *a, *b;
        bool same;
    } pairs[] = {
        {MATCH_EMAIL, "Ana@B.example", "ana@b.EXAMPLE", true},
        {MATCH_PHONE, "(802) 555-6932", "802.555 6932", true},
        {MATCH_PHONE, "802 555 6932", "802 555 6933", false},
        {MATCH_SITE, "https://www.B.example/", "b.example", true},
        {MATCH_SITE, "b.example/a", "b.example", false},
        {MATCH_ANY, "  ANA   Ruiz", "ana ruiz", true},
        {MATCH_ANY, "ÉVA", "éva", true},
        {MATCH_ANY, "Ana Ruiz", "AnaRuiz", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        struct str a = {0}, b = {0};

        match_fold(pairs[i].check, pairs[i].a, &a);
        match_fold(pairs[i].check, pairs[i].b, &b);
        if (str_eq(str_text(&a), str_text(&b)) != pairs[i].same)
            fail_msg("%s, %s: %s, %s", pairs[i].a, pairs[i].b, str_text(&a), str_text(&b));
        str_free(&a);
        str_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_guessed),
        cmocka_unit_test(a_mapping_holds_over_the_guess),
        cmocka_unit_test(labels_are_told_as_words_and_abbreviations_stay),
        cmocka_unit_test(each_combination_suffices_and_no_part_of_it),
        cmocka_unit_test(an_id_is_no_longer_than_ids_are),
        cmocka_unit_test(lines_are_checked_before_they_are_sent),
        cmocka_unit_test(the_same_is_known_as_the_same),
    };

    return cmocka_run_group_tests_name("match_plan", tests, NULL, NULL);
}
