// Charges in doubt, judged by what the meters said: what of each is known, and that the ledger
// comes to what the account charged. Tests.
#include "store/box.h"

enum { VERDICTS_MAX = 8, STEPS_MAX = 128 };

// A story of calls, one behind the other: "look 4", the meter says that 4 credits are used;
// "doubt 1+3", records 1, 2 and 3 are sent and nothing is answered; "buy 2+2", 2 and 3 are
// answered; "buy L2+2", the same by lines of a file that name them; "buy 2+2=1", the meters before
// and behind it differ by one credit and its records (or, "=1/5", by 5 records; "=1@6", and before
// it 6 credits were used); "judge 4", doubts end that the meter tells of; "answers 4", those that
// later answers cleared up; "buy 1+3!OPT_OUT", the first of them is answered so, without a record;
// "lost 1+3", as "doubt", and never came there; "doubt O1+3", of records that are owned.
struct story {
    const char *steps;
    long long used;     // credits, by the meter at the end
    const char *told;   // of each doubt in order: charged, not charged, unclear
    long long credits;  // that the ledger comes to
    long long requests; // 0: not looked at
};

struct teller {
    struct box box;
    long long records; // sent so far: all of them count, whatever they cost
};

static void look(struct teller *t, long long credits)
{
    struct err e;

    if (!store_meters_mark(t->box.s, (struct meters_used){credits, t->records}, &e))
        fail_msg("%s", e.text);
}

static void leave_in_doubt(struct box *b, struct call *c)
{
    box_intend(b, c);
    call_end(c, CHARGE_IN_DOUBT);
    (void)box_settle(b, c);
}

// Whom a line names is known by a key of the line until it is answered.
static void name_by_lines(struct call *c, char keys[BOX_CALL][32])
{
    for (size_t i = 0; i < c->t.charge.n_records; i++) {
        (void)snprintf(keys[i], sizeof(keys[i]), "input:%s", c->names[i]);
        c->ids[i] = c->bought[i].input = keys[i];
    }
}

static void tell_moved(struct call *c, const char *text, struct meters_moved *out)
{
    char *end;

    if (*text != '=')
        return;
    out->credits = strtoll(text + 1, &end, 10);
    out->records = *end == '/' ? strtoll(end + 1, NULL, 10) : (long long)c->t.charge.n_records;
    out->used_before = *end == '@' ? strtoll(end + 1, NULL, 10) : -1;
    c->t.how.moved = out;
}

static void send(struct teller *t, const char *what, const char *records)
{
    bool lines = *records == 'L', owned = *records == 'O';
    char keys[BOX_CALL][32], *end;
    long long first = strtoll(records + (lines || owned), &end, 10), n = strtoll(end, &end, 10);
    struct meters_moved moved;
    struct call c;

    t->records += n;
    call_make(&c, first, (size_t)n);
    if (lines)
        name_by_lines(&c, keys);
    if (owned)
        c.t.charge.quoted_max = 0;
    if (str_eq(what, "lost"))
        t->records -= n;
    if (!str_eq(what, "buy")) {
        leave_in_doubt(&t->box, &c);
        return;
    }
    tell_moved(&c, end, &moved);
    if (*end == '!') {
        c.bought[0] = (struct bought){.id = c.names[0], .match_status = end + 1};
        t->records--;
    }
    box_intend(&t->box, &c);
    (void)box_settle(&t->box, &c);
}

static const char *verdicts(struct teller *t, long long credits, char out[VERDICTS_MAX])
{
    static const char letters[VERDICTS] = {'c', 'n', 'u'};
    struct judged *all;
    struct err e;
    size_t n;

    if (!store_reconcile_meters(t->box.s, (struct meters_used){credits, t->records}, &all, &n, &e))
        fail_msg("%s", e.text);
    assert_in_range(n, 0, VERDICTS_MAX - 1);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[all[i].verdict];
    out[n] = '\0';
    free(all);
    return out;
}

static void play(struct teller *t, const char *steps)
{
    char text[STEPS_MAX], *rest = text, *what, told[VERDICTS_MAX];
    long long ended;
    struct err e;

    assert_true(strlen(steps) < sizeof(text));
    (void)strcpy(text, steps);
    while ((what = strsep(&rest, " ")) != NULL) {
        if (str_eq(what, "answers")) {
            struct meters_used now = {strtoll(strsep(&rest, " "), NULL, 10), t->records};

            assert_true(store_reconcile_answered(t->box.s, now, &ended, &e));
        } else if (str_eq(what, "look"))
            look(t, strtoll(strsep(&rest, " "), NULL, 10));
        else if (str_eq(what, "judge"))
            (void)verdicts(t, strtoll(strsep(&rest, " "), NULL, 10), told);
        else
            send(t, what, strsep(&rest, " "));
    }
}

static void check(const struct story *s)
{
    struct teller t = {0};
    struct ledger_totals totals;
    char told[VERDICTS_MAX];

    box_make(&t.box);
    box_start(&t.box);
    play(&t, s->steps);
    if (!str_eq(verdicts(&t, s->used, told), s->told))
        fail_msg("%s: told %s, not %s", s->steps, told, s->told);
    totals = box_totals(&t.box);
    if (totals.credits != s->credits)
        fail_msg("%s: %lld credits, not %lld", s->steps, totals.credits, s->credits);
    if (s->requests) {
        assert_int_equal(totals.requests, s->requests);
        assert_int_equal(totals.records, t.records);
    }
    // What is clear has ended, what is not stays as it was.
    assert_string_equal(verdicts(&t, s->used, told), strchr(s->told, 'u') ? s->told : "");
    box_close(&t.box);
    assert_true(box_sql(&t.box, "ledger.db", "SELECT min(credits) FROM charge_event") >= 0);
    box_drop(&t.box);
}

static const struct story stories[] = {
    // What was sent again and answered is counted there, with a look between the two or none.
    {"look 0 doubt 1+16 buy 1+4", 16, "c", 16, 2},
    {"look 0 doubt 1+16 look 16 buy 1+4", 16, "c", 16, 2},
    // A call that counts the records of an earlier doubt anew counts too much, by which less
    // seems to be left for a later one: both charged, the former alone, the latter alone, and
    // where others use the account.
    {"look 0 doubt 1+4 look 4 buy 1+2 doubt 11+2", 6, "cc", 6, 0},
    {"look 0 doubt 1+4 look 4 buy 1+2 doubt 11+2", 4, "cn", 4, 0},
    {"look 0 doubt 1+4 look 0 buy 1+2 doubt 11+2", 4, "nc", 4, 0},
    {"look 0 doubt 1+4 look 1 buy 1+2 doubt 11+2", 3, "uu", 2, 0},
    // In doubt twice is charged once at the most.
    {"look 0 doubt 1+4 doubt 1+4", 4, "cc", 4, 0},
    {"look 0 doubt 1+4 doubt 1+4", 0, "nn", 0, 0},
    {"look 0 doubt 1+4 doubt 1+4", 3, "uu", 0, 0},
    {"look 0 doubt 1+4 doubt 1+4", 8, "uu", 0, 0},
    // What the account owned is answered for no credit, and counts as records all the same.
    {"look 0 doubt 1+4 look 4 doubt 1+4", 4, "cn", 4, 2},
    // Three count them, one was charged.
    {"look 0 doubt 1+4 doubt 1+4 buy 1+2 doubt 11+3", 7, "ccc", 7, 0},
    // Neither doubt costs less than nothing.
    {"look 0 doubt 1+3 look 3 doubt 1+4 look 4 buy 2+3", 4, "cc", 4, 0},
    // A doubt between the two hides nothing, be it cleared up by answers or free.
    {"look 0 doubt 1+3 look 3 doubt 3+2 look 4 buy 3+2 answers 4", 4, "c", 4, 0},
    {"look 0 doubt 1+5 look 5 doubt 1+2 look 5 buy 1+2 look 5 buy 11+1", 6, "cn", 6, 0},
    // The same people by lines of a file and by ids, which nothing joins: what the account
    // gave free is counted once.
    {"look 0 doubt L1+4 look 4 buy 1+3", 4, "c", 4, 2},
    {"look 0 doubt 1+4 look 4 buy L1+4", 4, "c", 4, 2},
    {"look 0 doubt L1+4 look 0 buy 1+3", 3, "n", 3, 0},
    {"look 0 doubt L1+4 look 4 doubt L11+2 look 6 buy 1+4 buy 11+2", 6, "cc", 6, 0},
    {"look 0 doubt L1+4 look 4 doubt L11+2 look 6 buy 11+2", 6, "cc", 6, 0},
    {"look 0 doubt L1+4 look 4 doubt L11+2 look 6 buy 1+4", 6, "cc", 6, 0},
    {"look 0 doubt 1+4 look 4 doubt L11+2 look 6 buy 1+4 answers 6", 6, "c", 6, 0},
    {"look 0 doubt 11+2 look 2 doubt L1+4 look 6 buy 1+4", 6, "cc", 6, 0},
    // Nothing is in doubt any more: the meter alone tells that it was free, of all or of some.
    {"look 0 doubt L1+4 judge 4 look 4 buy 1+4=0", 4, "", 4, 2},
    {"look 0 doubt L1+4 judge 4 look 4 buy 1+6=2 buy 1+6", 6, "", 6, 3},
    {"look 0 doubt L1+4 judge 4 look 4 buy 1+6=2 buy L1+6=0", 6, "", 6, 3},
    {"look 0 doubt 1+4 judge 4 look 4 buy L1+6=2", 6, "", 6, 2},
    // What is in doubt may be what was free: it counts until that has ended.
    {"look 0 doubt L1+4 look 4 buy 1+4=0 buy L1+4=0 answers 4", 4, "", 4, 3},
    {"look 0 doubt L1+4 judge 4 look 4 doubt L11+1 look 5 buy 1+4=0@5 buy 11+1=0@5", 5, "c", 5, 4},
    {"look 0 doubt L1+2 judge 2 look 2 doubt 1+3 judge 3 look 3 buy 1+6=3@3 answers 6", 6, "", 6,
     3},
    {"look 0 doubt 1+2 look 2 buy 1+4=2", 4, "c", 4, 2},
    {"look 0 doubt 1+2 look 2 buy 1+4=2 answers 4", 4, "", 4, 2},
    {"look 0 doubt 1+2 look 2 buy 1+4=1 answers 3", 3, "", 3, 2},
    // What can have cost nothing hides no look behind it, where others bought since, and is no more
    // for who is there no longer.
    {"look 0 buy 1+2=2@0 look 2 doubt O1+2 look 10 doubt 21+3 look 11 buy 31+4=0@11", 11, "uu", 3,
     0},
    {"look 0 doubt O1+2 buy 1+2!OPT_OUT answers 4", 4, "", 1, 2},
    // Whether the account was charged for it or only for what was answered, its records count.
    {"look 0 doubt 1+4 buy 1+4 answers 4", 4, "", 4, 2},
    {"look 0 lost 1+4 buy 1+4 answers 4", 4, "", 4, 1},
    // Who is not there any more may have been there then; who never was cost nothing.
    {"look 0 doubt 1+4 buy 1+4!OPT_OUT answers 4", 4, "", 4, 2},
    {"look 0 doubt 1+4 buy 1+4!NO_MATCH answers 3", 3, "", 3, 2},
    {"look 0 lost 1+4 buy 1+4!NO_MATCH answers 3", 3, "", 3, 1},
    {"look 0 lost 1+4 buy 1+4!INVALID_INPUT answers -1", 3, "", 3, 0},
    {"look 0 doubt 1+4 buy 1+4!OPT_OUT answers -1", 4, "c", 4, 2},
    {"look 0 doubt 1+4 look 4 doubt 11+2 look 6 buy 1+4!OPT_OUT answers 6", 6, "cc", 6, 3},
    {"look 0 doubt 1+4 look 3 doubt 11+2 look 5 buy 1+4!NO_MATCH answers 5 buy 11+2 answers 5", 5,
     "", 5, 4},
    // What was found of an earlier doubt was counted before this one.
    {"look 0 doubt 11+3 look 3 buy 11+2 look 3 doubt 1+6 judge 8 look 8 buy 1+7!NO_MATCH "
     "answers 9",
     9, "", 9, 0},
    {"look 0 doubt 1+4 look 4 lost 11+2 look 4 buy 1+4!OPT_OUT answers 4", 4, "cn", 4, 2},
    // A doubt was taken for what somebody else bought: the account does not own what is owned
    // here.
    {"look 0 doubt 1+4 judge 4 look 4 buy 1+4=4 buy 1+4", 8, "", 8, 3},
    {"look 0 doubt 1+4 judge 4 look 4 buy 1+6=5 buy 1+6", 9, "", 9, 3},
    {"look 0 buy 1+4=4 buy 1+6=2 buy 1+6=7", 6, "", 6, 3},
    // Where the records say otherwise others moved it as well, or it does not tell yet.
    {"look 0 buy 1+4=0/0", 4, "", 4, 0},
    {"look 0 buy 1+4=2/6", 4, "", 4, 0},
    {"look 0 buy 1+4=9/9", 9, "", 4, 0},
    // Others used it meanwhile, or it began to count anew: no less than that.
    {"look 0 doubt L1+4 look 4 buy 21+3", 9, "c", 7, 0},
    {"look 5 doubt L1+4 look 9 buy 31+1 look 0 buy 21+7", 7, "c", 12, 0},
};

static void the_ledger_comes_to_what_was_charged(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(stories); i++)
        check(&stories[i]);
}

// Before anything is reconciled: the same records cost once, however often they are in doubt.
static void what_is_in_doubt_twice_may_cost_once(void **state)
{
    static const struct {
        const char *steps;
        long long most;
    } cases[] = {
        {"doubt 1+4 doubt 1+4", 4}, {"doubt 1+4 doubt 3+4", 6},         {"doubt 1+4 doubt 11+4", 8},
        {"doubt 1+4 buy 1+4", 0},   {"doubt 1+4 buy 1+1 doubt 2+3", 3}, {"buy 1+4 doubt 1+4", 4},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct teller t = {0};

        box_make(&t.box);
        box_start(&t.box);
        play(&t, cases[i].steps);
        if (box_totals(&t.box).in_doubt_max != cases[i].most)
            fail_msg("%s: at most %lld", cases[i].steps, box_totals(&t.box).in_doubt_max);
        box_drop(&t.box);
    }
}

// A free window that had run out begins anew; one that runs does not.
static void what_was_bought_again_is_owned_anew(void **state)
{
    struct teller t = {0};
    struct box *b = &t.box;
    char told[VERDICTS_MAX];
    int64_t began_ms;
    struct call c;

    (void)state;
    box_make(b);
    box_start(b);
    play(&t, "buy 1+2");
    b->now_ms += 13 * 31 * 24 * HOUR_MS;
    play(&t, "buy 2+1");
    b->now_ms += 24 * HOUR_MS;
    began_ms = box_find(b, "2").bought_ms;
    look(&t, 3);
    call_make(&c, 1, 2);
    c.t.charge.quoted_max = 1;
    leave_in_doubt(b, &c);
    assert_true(box_find(b, "1").free_until < b->now_ms);
    assert_string_equal(verdicts(&t, 4, told), "c");
    assert_true(box_find(b, "1").free_until > b->now_ms);
    assert_int_equal(box_find(b, "2").bought_ms, began_ms);
    box_drop(b);
}

// Whom a line of a file named is not known by id while its answer is lost.
static void an_input_that_was_paid_for_is_free(void **state)
{
    struct teller t = {0};
    struct box *b = &t.box;
    char told[VERDICTS_MAX];
    struct call c;

    (void)state;
    box_make(b);
    box_start(b);
    look(&t, 0);
    call_make(&c, 1, 1);
    c.ids[0] = "input:0a";
    leave_in_doubt(b, &c);
    assert_string_equal(verdicts(&t, 1, told), "c");
    assert_true(box_find(b, "input:0a").free_until > b->now_ms);
    assert_false(box_find(b, "input:0a").held);
    call_make(&c, 1, 1);
    c.ids[0] = c.bought[0].input = "input:0a";
    box_intend(b, &c);
    assert_int_equal(box_settle(b, &c), 0);
    assert_true(box_find(b, "1").held);
    assert_int_equal(box_totals(b).credits, 1);
    box_close(b);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM record"), 1);
    box_drop(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ledger_comes_to_what_was_charged),
        cmocka_unit_test(what_is_in_doubt_twice_may_cost_once),
        cmocka_unit_test(what_was_bought_again_is_owned_anew),
        cmocka_unit_test(an_input_that_was_paid_for_is_free),
    };

    return cmocka_run_group_tests_name("judge", tests, NULL, NULL);
}
