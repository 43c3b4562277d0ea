// Buying when things go wrong: faults, doubt, cancelling, closing, a second desk, a kill.
#include "desk/buying_stage.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void test_faults_at_the_purchase(void **state)
{
    static const struct {
        const char *rules;
        enum err_kind kind;
        enum standing after; // of the records of the call
    } cases[] = {
        {"POST /enrich/contact reset-after-work", ERR_IN_DOUBT, STANDING_IN_DOUBT},
        {"POST /enrich/contact reset-before-work", ERR_IN_DOUBT, STANDING_IN_DOUBT},
        {"POST /enrich/contact 503-after-work", ERR_IN_DOUBT, STANDING_IN_DOUBT},
        {"POST /enrich/contact bad-json", ERR_IN_DOUBT, STANDING_IN_DOUBT},
        {"POST /enrich/contact 403", ERR_FORBIDDEN, STANDING_NEW},
    };
    struct state *s = *state;
    struct desk *d = s->desk;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t first = s->next;

        (void)desk_marks_clear(d);
        mark_fresh(s, 4);
        quote(d);
        server_faults(s->office.server, cases[i].rules);
        buy(d, 4, 0);
        DESK_WAIT(d, d->buying.state != BUYING_RUNS);
        server_faults(s->office.server, "");
        assert_int_equal(d->buying.state, BUYING_FAILED);
        assert_int_equal(d->buying.err.kind, cases[i].kind);
        assert_int_equal(d->message.kind, cases[i].kind);
        assert_int_equal(d->buying.done.credits, 0);
        assert_int_equal(table_note(d->results.table, first)->standing, cases[i].after);
        quote(d); // what is in doubt is not sent again
        assert_int_equal(desk_quote_price(d), cases[i].after == STANDING_NEW ? 4 : 0);
    }
}

// A charge that is sent again: quoted once more where the quote is stale at once.
static void resend(struct desk *d, int64_t id)
{
    for (int again = 0; again == 0 || (d->buying.state == BUYING_STALE && again < 5); again++) {
        struct err e;

        if (!desk_resend(d, id, &entity_contact, &e))
            fail_msg("resend: %s", e.text);
        DESK_WAIT(d, d->buying.state != BUYING_ASKED);
    }
    if (d->buying.state != BUYING_QUOTED)
        fail_msg("resend: state %d %s", d->buying.state, d->buying.err.text);
}

// A field that the account may not buy goes once, and that is said where the outcome is.
static void test_a_refused_field_is_told(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    struct err e;

    mark_fresh(s, 3);
    assert_true(desk_quote(d, "email,mobilePhone", &e));
    DESK_WAIT(d, d->buying.state != BUYING_ASKED);
    if (d->buying.state == BUYING_STALE)
        quote(d);
    buy(d, 3, 0);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    assert_string_equal(d->buying.done.refused, "mobilephone");
    assert_non_null(strstr(d->tasks.items[d->tasks.n - 1]->said,
                           "without fields this account may not buy: Mobile phone"));
}

static void search_nobody(struct desk *d)
{
    struct err e;

    assert_true(desk_where(d, "First name=Nobodyatall", &e));
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state != RESULTS_ASKED);
    assert_int_equal(table_rows(d->results.table), 0);
}

// Buys four records; the call meets that fault and is left in doubt. Returns the charge's number.
static int64_t doubt(struct state *s, const char *fault)
{
    struct desk *d = s->desk;

    mark_fresh(s, 4);
    quote(d);
    server_faults(s->office.server, fault);
    buy(d, 4, 0);
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    server_faults(s->office.server, "");
    return charge_at(d, "state:in-doubt", 0)->id;
}

// A call that was not answered stands there with its records by name; the meters tell what became
// of it.
static void test_in_doubt_and_reconciled(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    int64_t id = doubt(s, "POST /enrich/contact reset-before-work");
    struct err e;

    assert_int_equal(charge_told(d, id)->records.n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(d->charges.told.records.items[i].id, d->marks.items[i].id);
        assert_string_equal(d->charges.told.records.items[i].label, d->marks.items[i].label);
        assert_int_equal(d->charges.told.records.items[i].fate, FATE_UNTOLD);
    }
    assert_true(desk_reconcile(d, &e));
    DESK_WAIT(d, desk_rests(d) && str_starts(d->message.text, "The call"));
    assert_string_equal(d->message.text, "The call in doubt was not charged.");
    assert_int_equal(charge_at(d, NULL, 0)->state, CHARGE_RECONCILED);
    quote(d); // and they can be bought
    assert_int_equal(desk_quote_price(d), 4);
}

// It goes again by id, through a quote, and only once that is bought.
static void test_in_doubt_and_sent_again(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    int64_t id = doubt(s, "POST /enrich/contact reset-after-work");
    long long calls, credits;
    char *names[4];
    struct err e;

    for (size_t i = 0; i < 4; i++)
        names[i] = mem_strdup(d->marks.items[i].label);
    quote(d);
    assert_true(d->buying.quoted.quote.unseen >= 4);
    assert_int_equal(d->buying.quoted.quote.doubted, 4);
    (void)desk_marks_clear(d);
    search_nobody(d);
    assert_int_equal(charge_told(d, id)->records.n, 4);
    calls = server_stat(s->office.server, "requests.POST /enrich/contact");
    credits = server_total(s->office.server, "credits");
    assert_true(desk_lock(d, true, &e));
    resend(d, id);
    assert_true(d->buying.again);
    assert_int_equal(d->buying.selection.n, 4);
    assert_int_equal(d->buying.quoted.quote.credits.min, 0);
    assert_int_equal(desk_quote_price(d), 4);
    for (size_t i = 0; i < 4; i++) { // an earlier search's rows have them
        assert_string_equal(d->charges.told.records.items[i].label, names[i]);
        assert_string_equal(d->buying.labels[i], names[i]);
        free(names[i]);
    }
    assert_false(desk_buy(d, 4, 0, &e)); // locked
    assert_int_equal(server_stat(s->office.server, "requests.POST /enrich/contact"), calls);
    buy(d, 4, 0);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    assert_int_equal(d->buying.done.given + d->buying.done.not_found, 4);
    assert_int_equal(server_total(s->office.server, "credits"), credits);
    assert_non_null(strstr(charge_at(d, NULL, 0)->origin, "sent again: charge "));
    assert_int_equal(charge_at(d, NULL, 1)->state, CHARGE_RECONCILED);
    assert_int_equal(d->ledger.totals.charges[CHARGE_IN_DOUBT], 0);
    assert_true(desk_resend(d, id, &entity_contact, &e));
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.err.kind, ERR_NOT_FOUND);
}

static void test_the_desk_is_usable_meanwhile(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    struct err e;

    mark_fresh(s, 3);
    quote(d);
    server_faults(s->office.server, "POST /enrich/contact hold");
    buy(d, 3, 0);
    assert_false(desk_quote(d, NULL, &e));
    assert_non_null(desk_unfinished(d));
    assert_true(desk_where(d, "Accuracy score>=95", &e));
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    assert_int_equal(d->buying.state, BUYING_RUNS);
    desk_entity(d, &entity_company); // it goes on behind another entity
    assert_int_equal(d->buying.state, BUYING_NONE);
    assert_false(desk_buy(d, 1, 0, &e));
    server_faults(s->office.server, "");
    DESK_WAIT(d, !desk_running(d));
    desk_entity(d, &entity_contact);
    assert_int_equal(d->buying.state, BUYING_DONE);
    assert_int_equal(d->buying.done.bought, 3);
    assert_null(desk_unfinished(d));
}

static void test_cancel_waits_for_what_is_under_way(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long calls = server_stat(s->office.server, "requests.POST /enrich/contact");
    const struct task_view *view;
    size_t charged;

    mark_fresh(s, 60);
    quote(d);
    server_faults(s->office.server, "POST /enrich/contact hold");
    buy(d, 60, 0);
    view = desk_running(d);
    DESK_WAIT(d, server_stat(s->office.server, "requests.POST /enrich/contact") > calls);
    assert_true(desk_cancel(d, view->id));
    server_faults(s->office.server, "");
    DESK_WAIT(d, view->state != TASK_RUNS);
    charged = (size_t)d->buying.done.credits;
    assert_int_equal(charged + d->buying.done.unsent + d->buying.done.not_found, 60);
    assert_int_equal(d->buying.done.doubtful, 0);
    assert_false(desk_cancel(d, view->id));
}

// What the lock stops stands paused, and goes on when it is told to, unlocked.
static void test_the_lock_pauses_what_buys(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long calls = server_stat(s->office.server, "requests.POST /enrich/contact");
    const struct task_view *view;
    const struct job_row *job;
    struct err e;

    mark_fresh(s, 400);
    quote(d);
    server_faults(s->office.server, "POST /enrich/contact hold");
    buy(d, 400, 0);
    assert_true(desk_spends(d));
    view = desk_running(d);
    DESK_WAIT(d, server_stat(s->office.server, "requests.POST /enrich/contact") > calls);
    assert_true(desk_lock(d, true, &e));
    assert_true(view->stopping);
    server_faults(s->office.server, "");
    DESK_WAIT(d, view->state != TASK_RUNS && desk_rests(d));
    assert_false(desk_spends(d));
    assert_true(d->buying.done.unsent > 0);
    if (d->buying.done.doubtful)
        fail_msg("%zu in doubt: %s", (size_t)d->buying.done.doubtful, d->message.text);
    calls = server_stat(s->office.server, "requests.POST /enrich/contact");
    job = desk_job(d, view->job);
    assert_true(job && job->state == JOB_PAUSED);
    assert_false(desk_job_resume(d, view->job, 400, &e));
    assert_true(desk_lock(d, false, &e));
    assert_true(desk_job_resume(d, view->job, 400, &e));
    DESK_WAIT(d, !desk_running(d) && desk_rests(d));
    assert_true(server_stat(s->office.server, "requests.POST /enrich/contact") > calls);
}

static void test_closing_waits_for_what_is_under_way(void **state)
{
    struct state *s = *state;
    struct money m;

    mark_fresh(s, 3);
    quote(s->desk);
    server_faults(s->office.server, "POST /enrich/contact stall ms=800");
    buy(s->desk, 3, 0);
    desk_serve_for(s->desk, 100);
    desk_close(s->desk);
    s->desk = NULL;
    m = money_read(&s->office.home, s->office.server);
    assert_int_equal(m.open, 0);
}

static void test_the_second_desk_browses(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk, *second = office_ready(&s->office);
    struct err e;

    search(second);
    (void)desk_mark(second, 0, 0, true);
    quote(second);
    assert_false(desk_lock(second, false, &e));
    assert_true(second->locked);
    assert_false(desk_buy(second, 1, 0, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_false(desk_resend(second, 0, &entity_contact, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_non_null(strstr(e.text, "send them again there"));
    assert_int_equal(second->buying.state, BUYING_QUOTED);
    desk_close(d);
    DESK_WAIT(second, (desk_serve_for(second, 20), desk_lock(second, false, &e)));
    assert_true(second->spender);
    s->desk = second;
}

// A purchase in a process of its own, which never comes to its end.
static void buy_and_stay(struct state *s, size_t n)
{
    void *state = s;

    (void)fresh(&state);
    server_faults(s->office.server, "POST /enrich/contact stall after=1");
    mark_fresh(s, n);
    quote(s->desk);
    buy(s->desk, (long long)n, 0);
    desk_serve_for(s->desk, 60 * 1000);
}

static void wait_for_calls(const struct state *s, long long calls)
{
    const struct timespec nap = {.tv_nsec = 10 * 1000 * 1000};

    for (int i = 0; i < 3000; i++) {
        if (server_stat(s->office.server, "requests.POST /enrich/contact") >= calls)
            return;
        (void)nanosleep(&nap, NULL);
    }
    fail_msg("the purchase did not begin");
}

static void test_killed_in_the_middle(void **state)
{
    struct state *s = *state;
    const size_t first = s->next, n = 75;
    long long calls = server_stat(s->office.server, "requests.POST /enrich/contact");
    struct money m, again;
    struct desk *d;
    size_t fresh_ones = 0, doubtful = 0;
    struct err e;
    pid_t pid;

    pid = fork();
    if (pid == 0) {
        buy_and_stay(s, n);
        _exit(1);
    }
    wait_for_calls(s, calls + 3);
    (void)kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    server_faults(s->office.server, "");
    s->next = first + n;

    d = s->desk = office_ready(&s->office);
    search(d);
    desk_look(d, first, n);
    DESK_WAIT(d, table_id(d->results.table, first) && table_id(d->results.table, first + n - 1));
    for (size_t i = first; i < first + n; i++) {
        fresh_ones += table_note(d->results.table, i)->standing == STANDING_NEW;
        doubtful += table_note(d->results.table, i)->standing == STANDING_IN_DOUBT;
    }
    assert_true(doubtful >= 25);
    DESK_WAIT(d, d->ledger.known);
    assert_true(d->ledger.totals.charges[CHARGE_IN_DOUBT] >= 1);
    m = money_read(&s->office.home, s->office.server);
    money_agrees(&m);

    (void)desk_mark(d, first, first + n - 1, true);
    quote(d);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_IN_DOUBT], doubtful);
    assert_int_equal(desk_quote_price(d), fresh_ones);
    buy(d, (long long)n, 0);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    again = money_read(&s->office.home, s->office.server);
    money_agrees(&again);
    assert_int_equal(again.charged_twice, 0);
    assert_int_equal(again.audited - m.audited, d->buying.done.credits);

    // What the kill left goes again at a person's word, and nothing is charged twice.
    assert_true(desk_resend(d, 0, NULL, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    buy(d, desk_quote_price(d), 0);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    again = money_read(&s->office.home, s->office.server);
    money_agrees(&again);
    assert_int_equal(again.charged_twice, 0);
    assert_int_equal(again.doubtful, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_refused_field_is_told, fresh, closed),
        cmocka_unit_test_setup_teardown(test_in_doubt_and_reconciled, fresh, closed),
        cmocka_unit_test_setup_teardown(test_in_doubt_and_sent_again, fresh, closed),
        cmocka_unit_test_setup_teardown(test_faults_at_the_purchase, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_desk_is_usable_meanwhile, fresh, closed),
        cmocka_unit_test_setup_teardown(test_cancel_waits_for_what_is_under_way, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_lock_pauses_what_buys, fresh, closed),
        cmocka_unit_test_setup_teardown(test_closing_waits_for_what_is_under_way, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_second_desk_browses, fresh, closed),
        cmocka_unit_test_teardown(test_killed_in_the_middle, closed),
    };

    return cmocka_run_group_tests_name("buying/trouble", tests, set_up, tear_down);
}
