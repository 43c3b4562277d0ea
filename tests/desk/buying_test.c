// Quoting and buying through the desk: what may be bought, what is told afterwards, and what stays
// true when the network, the person or kill -9 comes between.
#include "support/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "support/desk.h"
#include "support/money.h"

struct state {
    struct office office;
    struct desk *desk; // of the test at hand
    size_t next;       // rows before this place were bought by earlier tests
};

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", NULL};
    static struct state s;

    office_open(&s.office, options);
    *state = &s;
    return 0;
}

static int tear_down(void **state)
{
    office_close(&((struct state *)*state)->office);
    return 0;
}

static void search(struct desk *d)
{
    struct err e;

    desk_set_live_count(d, false);
    assert_true(desk_server_sort(d, "lastName:asc", &e));
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
}

// A desk of its own with rows to buy from.
static int fresh(void **state)
{
    struct state *s = *state;

    server_faults(s->office.server, "");
    s->desk = office_ready(&s->office);
    search(s->desk);
    return 0;
}

static int closed(void **state)
{
    struct state *s = *state;
    struct money m;

    if (s->desk)
        desk_close(s->desk);
    s->desk = NULL;
    server_faults(s->office.server, "");
    m = money_read(&s->office.home, s->office.server);
    money_agrees(&m);
    return 0;
}

// Marks n rows that no test has touched yet.
static void mark_fresh(struct state *s, size_t n)
{
    struct desk *d = s->desk;

    desk_look(d, s->next, n);
    DESK_WAIT(d,
              table_id(d->results.table, s->next + n - 1) && table_id(d->results.table, s->next));
    assert_int_equal(desk_mark(d, s->next, s->next + n - 1, true), n);
    s->next += n;
}

static void quote_once(struct desk *d)
{
    struct err e;

    if (!desk_quote(d, NULL, &e))
        fail_msg("quote: %s", e.text);
    assert_int_equal(d->buying.state, BUYING_ASKED);
    DESK_WAIT(d, d->buying.state != BUYING_ASKED);
}

// As a person does: where the answer to a page that was still under way tells that credits have
// gone (a call in doubt was charged after all), the quote is stale at once and asked for again.
static void quote(struct desk *d)
{
    quote_once(d);
    for (int again = 0; d->buying.state == BUYING_STALE && again < 5; again++)
        quote_once(d);
    if (d->buying.state != BUYING_QUOTED)
        fail_msg("quote: state %d %s", d->buying.state, d->buying.err.text);
}

static void buy(struct desk *d, long long max_credits, size_t most)
{
    struct err e;

    assert_true(desk_lock(d, false, &e));
    if (!desk_buy(d, max_credits, most, &e))
        fail_msg("buy: %s", e.text);
    assert_int_equal(d->buying.state, BUYING_RUNS);
}

// The charge at a place among those that fit, once it was read.
static const struct ledger_row *charge_at(struct desk *d, const char *typed, size_t at)
{
    uint64_t found;
    struct err e;

    DESK_WAIT(d, desk_rests(d)); // it is looked for again after each purchase
    found = d->charges.found;
    if (!desk_charges_find(d, typed, &e))
        fail_msg("%s", e.text);
    DESK_WAIT(d, d->charges.found > found && d->charges.state == CHARGES_THERE);
    assert_true(d->charges.n > at);
    desk_charges_look(d, at, 1);
    DESK_WAIT(d, desk_charge(d, at));
    return desk_charge(d, at);
}

static const struct charge_told *charge_told(struct desk *d, int64_t id)
{
    uint64_t number = d->charges.told.number;

    desk_charge_tell(d, id);
    DESK_WAIT(d, d->charges.told.number > number);
    assert_int_equal(d->charges.told.row.id, id);
    return &d->charges.told;
}

static void test_quote_try_and_buy(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long before = server_total(s->office.server, "credits"), left;
    const struct ledger_row *row;
    size_t first = s->next;
    struct err e;

    assert_false(desk_quote(d, NULL, &e)); // nothing is marked
    assert_false(desk_buy(d, 10, 0, &e));
    mark_fresh(s, 30);
    quote(d);
    assert_int_equal(d->buying.selection.n, 30);
    assert_string_equal(d->buying.labels[3], d->marks.items[3].label);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_NEW], 30);
    assert_int_equal(desk_quote_price(d), 30);
    left = desk_budget_left(d);
    assert_true(left >= 9000);

    assert_false(desk_buy(d, 30, 0, &e)); // locked
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_true(desk_lock(d, false, &e));
    assert_false(desk_buy(d, left + 1, 0, &e));
    assert_false(desk_buy(d, -1, 0, &e));
    assert_int_equal(server_total(s->office.server, "credits"), before);

    buy(d, 30, 5);
    assert_string_equal(desk_running(d)->label, "enrich 5 contacts");
    assert_true(desk_running(d)->spends);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    assert_int_equal(d->buying.done.bought, 5);
    assert_int_equal(d->buying.done.credits, 5);
    assert_null(desk_running(d));
    assert_int_equal(server_total(s->office.server, "credits"), before + 5);
    assert_int_equal(table_note(d->results.table, first)->standing, STANDING_HELD);
    assert_true(table_note(d->results.table, first)->free_until > desk_utc_ms(d));
    assert_int_equal(table_note(d->results.table, first + 5)->standing, STANDING_NEW);
    DESK_WAIT(d, d->marks.summed && d->ledger.known && d->ledger.totals.credits == 5);
    assert_int_equal(d->marks.count[STANDING_HELD], 5);
    assert_int_equal(d->marks.credits.max, 25);
    row = charge_at(d, NULL, 0);
    assert_int_equal(row->state, CHARGE_CHARGED);
    assert_int_equal(row->credits, 5);
    assert_int_equal(row->moved.credits, 5);
    assert_false(ledger_row_drifts(row));
    assert_string_equal(row->why, "5 new");
    assert_string_equal(row->origin, "marked contacts");
    assert_string_equal(row->who, "analyst@example.com");
    assert_string_equal(row->profile, d->profile);
    assert_true(row->sent_ms >= row->began_ms && row->ended_ms >= row->sent_ms);
    DESK_WAIT(d, desk_budget_left(d) == left - 5);
    assert_false(desk_buy(d, 30, 0, &e)); // once a quote

    quote(d);
    assert_int_equal(desk_quote_price(d), 25);
    buy(d, 10, 0);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    assert_int_equal(d->buying.done.bought, 10);
    assert_int_equal(d->buying.done.left, 15);
    assert_int_equal(d->buying.done.from_library, 5);
    assert_int_equal(server_total(s->office.server, "credits"), before + 15);
    assert_string_equal(d->message.text, "Charged 10 credits: 10 bought, 5 in the library already, "
                                         "15 left, for the cap was reached.");
}

static void test_the_detail_of_what_is_owned(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    bool email = false, flags = false;
    size_t first = s->next;

    mark_fresh(s, 2);
    desk_detail(d, table_id(d->results.table, first));
    quote(d);
    buy(d, 2, 0);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    DESK_WAIT(d, d->detail.note.standing == STANDING_HELD);
    for (size_t i = 0; i < d->detail.n_fields; i++) {
        const struct detail_field *f = &d->detail.fields[i];

        if (!str_eq(f->source, "library"))
            continue;
        assert_true(f->as_of_ms >= d->results.asked_ms);
        assert_string_not_equal(f->column->name, "picture"); // nobody asked for it
        email = email || str_eq(f->column->name, "email");
        flags = flags || (str_eq(f->column->name, "withinEu") && str_eq(f->section, "Compliance"));
    }
    assert_true(email && flags);
}

static void test_quotes_go_stale(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    struct err e;

    mark_fresh(s, 3);
    quote(d);
    assert_true(desk_lock(d, false, &e));
    (void)desk_mark(d, s->next - 1, s->next - 1, false);
    assert_int_equal(d->buying.state, BUYING_STALE);
    assert_false(desk_buy(d, 3, 0, &e));
    assert_true(desk_quote(d, NULL, &e));
    (void)desk_mark(d, s->next - 1, s->next - 1, true); // while it is on its way
    DESK_WAIT(d, d->buying.state != BUYING_ASKED);
    assert_int_equal(d->buying.state, BUYING_STALE);
    assert_int_equal(d->buying.selection.n, 2);
    assert_true(desk_quote(d, "shoeSize", &e));
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    assert_non_null(strstr(d->buying.err.text, "shoeSize"));
}

static bool has_job_of(const struct desk *d, const char *field)
{
    bool found = false;

    for (size_t i = 0; i < d->jobs.n; i++)
        found = found || strstr(d->jobs.items[i].row.fields, field);
    return found;
}

// What is required may be lacking: nothing is certain then, and the job remembers it.
static void test_what_is_required_is_kept(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    struct err e;

    mark_fresh(s, 3);
    assert_true(desk_quote(d, "!phone,lastName", &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED || d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.state, BUYING_QUOTED);
    assert_int_equal(d->buying.selection.n_required, 1);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_UNSURE], 3);
    assert_int_equal(d->buying.quoted.quote.credits.min, 0);
    assert_int_equal(desk_quote_price(d), 3);
    assert_true(desk_lock(d, false, &e));
    buy(d, 3, 0);
    DESK_WAIT(d, d->buying.state != BUYING_RUNS);
    assert_int_equal(d->buying.done.bought + d->buying.done.not_found, 3);
    DESK_WAIT(d, has_job_of(d, "!phone"));
    desk_quote(d, "!nothing", &e);
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    assert_non_null(strstr(d->buying.err.text, "no field \"nothing\""));
}

static void test_faults_at_the_quote(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long before = server_total(s->office.server, "credits");
    struct err e;

    mark_fresh(s, 3);
    server_faults(s->office.server, "GET /lookup/usage 403");
    assert_true(desk_quote(d, NULL, &e));
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.err.kind, ERR_FORBIDDEN);
    assert_true(desk_lock(d, false, &e));
    assert_false(desk_buy(d, 3, 0, &e));
    assert_int_equal(server_total(s->office.server, "credits"), before);
}

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

// A call that was not answered stands there with its records by name; the meters tell what became
// of it; it goes again by id, through a quote, and only once that is bought.
static void test_in_doubt_and_sent_again(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long calls, credits;
    int64_t id;
    struct err e;

    mark_fresh(s, 4);
    quote(d);
    server_faults(s->office.server, "POST /enrich/contact reset-before-work");
    buy(d, 4, 0);
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    server_faults(s->office.server, "");
    id = charge_at(d, "state:in-doubt", 0)->id;
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

    quote(d);
    server_faults(s->office.server, "POST /enrich/contact reset-after-work");
    buy(d, 4, 0);
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    server_faults(s->office.server, "");
    id = charge_at(d, "state:in-doubt", 0)->id;
    (void)desk_marks_clear(d);
    calls = server_stat(s->office.server, "requests.POST /enrich/contact");
    credits = server_total(s->office.server, "credits");
    assert_true(desk_lock(d, true, &e));
    assert_true(desk_resend(d, id, &entity_contact, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_true(d->buying.again);
    assert_int_equal(d->buying.selection.n, 4);
    assert_int_equal(d->buying.quoted.quote.credits.min, 0);
    assert_int_equal(desk_quote_price(d), 4);
    assert_true(*d->buying.labels[0]);
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

// What the filter shows goes to a file, whole, and over another only when that is wanted.
static void test_the_ledger_as_a_file(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    char *path = str_format("%s/ledger.csv", ((struct state *)*state)->office.home.path);
    struct str text = {0};
    size_t lines = 0;
    struct err e;

    (void)charge_at(d, "state:charged", 0);
    assert_true(desk_charges_export(d, path, false, &e));
    DESK_WAIT(d, strstr(d->message.text, " in /"));
    if (!file_read(path, 1 << 20, &text, &e))
        fail_msg("%s", e.text);
    for (const char *p = text.data; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, d->charges.n + 1);
    assert_true(str_starts(text.data, "charge,began,state,"));
    assert_null(strstr(text.data, ",reconciled,"));
    assert_false(desk_charges_export(d, path, false, &e));
    assert_int_equal(e.kind, ERR_EXISTS);
    assert_true(desk_charges_export(d, path, true, &e));
    assert_false(desk_charges_find(d, "state:odd", &e));
    assert_false(desk_charges_find(d, "day:then", &e));
    str_free(&text);
    free(path);
}

static void test_the_desk_is_usable_meanwhile(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    struct err e;

    mark_fresh(s, 3);
    quote(d);
    server_faults(s->office.server, "POST /enrich/contact stall ms=1500");
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
    server_faults(s->office.server, "POST /enrich/contact stall ms=500");
    buy(d, 60, 0);
    view = desk_running(d);
    DESK_WAIT(d, server_stat(s->office.server, "requests.POST /enrich/contact") > calls);
    assert_true(desk_cancel(d, view->id));
    DESK_WAIT(d, view->state != TASK_RUNS);
    charged = (size_t)d->buying.done.credits;
    assert_int_equal(charged + d->buying.done.unsent + d->buying.done.not_found, 60);
    assert_int_equal(d->buying.done.doubtful, 0);
    assert_false(desk_cancel(d, view->id));
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
        cmocka_unit_test_setup_teardown(test_quote_try_and_buy, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_detail_of_what_is_owned, fresh, closed),
        cmocka_unit_test_setup_teardown(test_quotes_go_stale, fresh, closed),
        cmocka_unit_test_setup_teardown(test_what_is_required_is_kept, fresh, closed),
        cmocka_unit_test_setup_teardown(test_faults_at_the_quote, fresh, closed),
        cmocka_unit_test_setup_teardown(test_in_doubt_and_sent_again, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_ledger_as_a_file, fresh, closed),
        cmocka_unit_test_setup_teardown(test_faults_at_the_purchase, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_desk_is_usable_meanwhile, fresh, closed),
        cmocka_unit_test_setup_teardown(test_cancel_waits_for_what_is_under_way, fresh, closed),
        cmocka_unit_test_setup_teardown(test_closing_waits_for_what_is_under_way, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_second_desk_browses, fresh, closed),
        cmocka_unit_test_teardown(test_killed_in_the_middle, closed),
    };

    return cmocka_run_group_tests_name("buying", tests, set_up, tear_down);
}
