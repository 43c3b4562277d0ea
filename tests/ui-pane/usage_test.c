// The usage pane and the ledger's: meters, burn rate, charges, what is in doubt.
#include "ui-pane/buying_stage.h"

static void test_meters(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    stage_open(&h, d, &pane_usage);
    SHOWS(&h, "0 of 10,000 used, 10,000 left");
    SHOWS(&h, "requests");
    SHOWS(&h, "as of ");
    SHOWS(&h, "F5 asks again, 1 request");
    SHOWS(&h, "burn rate: unknown before two days");
    STAGE_WAIT(&h, d->ledger.known);
    SHOWS(&h, "The ledger is empty");
    DO(&h, "choose");
    assert_string_equal(h.opened, "ledger");
    DO(&h, "down");
    stage_draw(&h, 1, 1);
    leave(&h, d);
}

// A narrow screen takes from the bars, then a word, and no figure; the package goes on below.
static void test_meters_where_it_is_narrow(void **state)
{
    enum { NARROW_H = 14, NARROW_W = 60, NARROWER_W = 56 };
    struct desk *d = office_ready(*state);
    struct host h;

    stage_open(&h, d, &pane_usage);
    d->usage.meters[METER_RECORDS] =
        (struct meter){.known = true, .used = 123456, .limit = 1000000, .remaining = 876544};
    h.pane->ops->changed(h.pane, DESK_USAGE);
    stage_draw(&h, NARROW_H, NARROW_W);
    SHOWS(&h, "123,456 of 1,000,000 used, 876,544 left");
    SHOWS(&h, "requests (100 x).");
    stage_draw(&h, NARROW_H, NARROWER_W);
    SHOWS(&h, "123,456 of 1,000,000, 876,544 left");
    leave(&h, d);
}

static void test_an_empty_ledger(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    stage_open(&h, d, &pane_ledger);
    STAGE_WAIT(&h, d->charges.state == CHARGES_THERE);
    SHOWS(&h, "The ledger is empty");
    REFUSED(&h, "choose", "no charge here");
    REFUSED(&h, "copy-row", "no charge here");
    REFUSED(&h, "copy-cell", "no charge here");
    REFUSED(&h, "export", "no charge to write");
    REFUSED(&h, "resend", "no charge here");
    assert_false(pane_ledger.offers(h.pane, "find"));
    assert_false(pane_ledger.offers(h.pane, "reconcile"));
    assert_false(pane_ledger.offers(h.pane, "all-rows"));
    DO(&h, "find nobody");
    assert_true(pane_ledger.offers(h.pane, "find"));
    assert_true(pane_ledger.offers(h.pane, "all-rows"));
    stage_draw(&h, 1, 1);
    leave(&h, d);
}

static void test_before_anybody_signed_in(void **state)
{
    struct desk *d = desk_open(&(struct desk_config){.rate = -1});
    struct host h;

    (void)state;
    stage_open(&h, d, &pane_usage);
    SHOWS(&h, "the account was not asked yet");
    SHOWS(&h, "? of ? used, ? left");
    leave(&h, d);
}

// The newest charge is read and drawn.
static void ledger_shown(struct host *h)
{
    struct desk *d = h->desk;

    STAGE_WAIT(h, d->charges.state == CHARGES_THERE && d->charges.n && desk_charge(d, 0));
    stage_draw(h, USUAL_H, USUAL_W);
}

// While a call is under way it stands in the ledger, and each look at it is a second after the
// last.
static void test_the_ledger_while_something_is_bought(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    struct host h;
    size_t before, at, of;
    int64_t id;

    DESK_WAIT(d, d->ledger.known && desk_rests(d));
    stage_open(&h, d, &pane_ledger);
    STAGE_WAIT(&h, d->charges.state == CHARGES_THERE && desk_rests(d));
    assert_true(h.wake_ms == 0); // nobody is woken
    before = d->charges.n;
    server_faults(o->server, "POST /enrich/* hold");
    id = desk_charge_id(d, 0); // the cursor's: it stays on that
    buy(d, 60, 4, false);
    STAGE_WAIT(&h, d->charges.n > before);
    assert_true(pane_ledger.place(h.pane, &at, &of) && at == of - before);
    assert_int_equal(desk_charge_id(d, at), id);
    assert_int_equal(d->buying.state, BUYING_RUNS);
    assert_true(h.wake_ms - desk_clock_ms() <= 1000);
    server_faults(o->server, "");
    STAGE_WAIT(&h, d->buying.state == BUYING_DONE && desk_rests(d));
    leave(&h, d);
}

static void test_the_ledger(void **state)
{
    struct desk *d = office_ready(*state);
    struct str status = {0};
    struct host h;

    buy(d, 0, 4, true);
    DESK_WAIT(d, desk_rests(d));
    stage_open(&h, d, &pane_ledger);
    ledger_shown(&h);
    SHOWS(&h, "charged");
    SHOWS(&h, "4 new: marked contacts");
    pane_ledger.status(h.pane, &status);
    assert_string_equal(str_text(&status), "1 call");
    str_free(&status);
    DO(&h, "choose");
    STAGE_WAIT(&h, h.n_popups == 1);
    stage_draw(&h, LARGE_H, 74);
    SHOWS(&h, "Quoted:    4 credits");
    SHOWS(&h, "Charged:   4 credits, 4 records, 1 request");
    SHOWS(&h, "Meters:    moved by 4 credits, 4 records, 1 request");
    SHOWS(&h, "Who:       analyst@example.com");
    SHOWS(&h, "charged: 1 credit");
    SHOWS(&h, d->marks.items[0].label);
    stage_close_popup(&h);
    ledger_shown(&h);
    DO(&h, "copy-row");
    assert_non_null(strstr(h.copied, "\tPOST /enrich/contact\t4\t"));
    DO(&h, "copy-cell");
    REFUSED(&h, "resend", "is not in doubt");
    DO(&h, "filter-rows state:in-doubt");
    STAGE_WAIT(&h, d->charges.state == CHARGES_THERE && !d->charges.n);
    SHOWS(&h, "No charge fits \"state:in-doubt\"");
    DO(&h, "back");
    ledger_shown(&h);
    REFUSED(&h, "find state:odd", "no charge has the state");
    DO(&h, "find ENRICH/contact day:today");
    STAGE_WAIT(&h, d->charges.state == CHARGES_THERE && d->charges.n == 1);
    DO(&h, "all-rows");
    ledger_shown(&h);
    stage_draw(&h, SMALL_H, SMALL_W);
    SHOWS(&h, "charged");
    leave(&h, d);
}

static void test_in_doubt(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    struct host h;

    server_faults(o->server, "POST /enrich/* reset-after-work");
    buy(d, 10, 3, true);
    server_faults(o->server, "");
    stage_open(&h, d, &pane_ledger);
    STAGE_WAIT(&h, d->ledger.known && d->ledger.totals.charges[CHARGE_IN_DOUBT]);
    ledger_shown(&h);
    SHOWS(&h, "! 1 call in doubt: up to 3 credits");
    SHOWS(&h, "IN DOUBT");
    SHOWS(&h, "0..3");
    stage_draw(&h, LARGE_H, LARGE_W);
    assert_true(stage_mouse(&h, MOUSE_PRESS, stage_find(&h, "IN DOUBT"), 10));
    assert_true(stage_mouse(&h, MOUSE_DOUBLE, stage_find(&h, "IN DOUBT"), 10));
    STAGE_WAIT(&h, h.n_popups == 1);
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "broke before the answer was whole");
    SHOWS(&h, d->marks.items[0].label);
    stage_close_popup(&h);
    DO(&h, "resend");
    assert_string_equal(h.opened, "quote");
    STAGE_WAIT(&h, d->buying.state == BUYING_QUOTED);
    assert_true(d->buying.again);
    // What the meters tell, call by call, with records and reason.
    DO(&h, "reconcile");
    STAGE_WAIT(&h, h.n_popups == 1);
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "was charged 3 credits; its records can be fetched again for none.");
    SHOWS(&h, "The meter moved by 3 credits, all that was in doubt.");
    SHOWS(&h, " on a call quotes its records again, by id");
    SHOWS(&h, d->marks.items[0].label);
    SHOWS(&h, "  charged");
    stage_close_popup(&h);
    DESK_WAIT(d, desk_rests(d));
    ledger_shown(&h);
    SHOWS(&h, "cleared up");
    // Its answer is still to be had, for nothing.
    DO(&h, "resend");
    STAGE_WAIT(&h, d->buying.state == BUYING_QUOTED);
    assert_int_equal(d->buying.selection.n, 3);
    assert_int_equal(desk_quote_price(d), 0);
    assert_int_equal(d->buying.quoted.quote.records.max, 3);
    leave(&h, d);
}

// Lines as old as they would be after a month of use.
static void test_sums_and_limits(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    stage_open(&h, d, &pane_usage);
    STAGE_WAIT(&h, d->ledger.known);
    stage_draw(&h, USUAL_H, LARGE_W);
    SHOWS(&h, "Package: 10,000 credits, 1,000,000 records (100 x), 1,000,000 requests (100 x).");
    SHOWS(&h, "credits by day");
    SHOWS(&h, d->ledger.spending[SPENT_BY_DAY].items[0].key);
    DO(&h, "by profile");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "credits by profile");
    SHOWS(&h, d->profile);
    DO(&h, "by search");
    stage_draw(&h, SMALL_H, SMALL_W);
    SHOWS(&h, "credits by search");
    REFUSED(&h, "by moon", "usage: by");
    stage_draw(&h, 1, 1);
    REFUSED(&h, "by ledger", "usage: by");
    // A quota that is used up, in plain words.
    d->usage.meters[METER_CREDITS].remaining = 0;
    h.pane->ops->changed(h.pane, DESK_USAGE);
    stage_draw(&h, USUAL_H, LARGE_W);
    SHOWS(&h, "No credits are left: the API answers 400 to what is new");
    leave(&h, d);
}

static void test_burn_rate(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    stage_open(&h, d, &pane_usage);
    STAGE_WAIT(&h, d->ledger.known);
    burn_add(&d->ledger.burn, desk_utc_ms(d) - (int64_t)10 * 24 * 3600 * 1000, 1000,
             desk_utc_ms(d));
    h.pane->ops->changed(h.pane, DESK_USAGE);
    stage_draw(&h, USUAL_H, LARGE_W);
    SHOWS(&h, " credits a day, ");
    SHOWS(&h, " days left at that rate");
    SHOWS(&h, "last 30 days");
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meters),
        cmocka_unit_test(test_meters_where_it_is_narrow),
        cmocka_unit_test(test_an_empty_ledger),
        cmocka_unit_test(test_before_anybody_signed_in),
        cmocka_unit_test(test_the_ledger),
        cmocka_unit_test(test_the_ledger_while_something_is_bought),
        cmocka_unit_test(test_in_doubt),
        cmocka_unit_test(test_sums_and_limits),
        cmocka_unit_test(test_burn_rate),
    };

    return cmocka_run_group_tests_name("ui-pane/usage", tests, set_up, tear_down);
}
