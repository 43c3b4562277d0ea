// The usage pane and the jobs: meters, burn rate, the ledger with what is in doubt, what runs and
// has ended, cancelling.
#include "ui-pane/stage.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", NULL};
    static struct office office;

    office_open(&office, options);
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

static void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    (void)desk_marks_clear(d);
    desk_close(d);
}

// Buys rows first..first+n-1 of a search; ended: it has come to its end.
static void buy(struct desk *d, size_t first, size_t n, bool ended)
{
    struct err e;

    stage_search(d, NULL);
    (void)desk_marks_clear(d);
    assert_int_equal(desk_mark(d, first, first + n - 1, true), n);
    assert_true(desk_quote(d, NULL, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_true(desk_lock(d, false, &e));
    assert_true(desk_buy(d, (long long)n, 0, &e));
    if (ended)
        DESK_WAIT(d, d->buying.state == BUYING_DONE || d->buying.state == BUYING_FAILED);
}

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
    SHOWS(&h, "No credits are left: the API answers 403 to what is new");
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

static void test_no_jobs(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;
    struct err e;

    stage_open(&h, d, &pane_jobs);
    SHOWS(&h, "Nothing runs and nothing has run yet");
    assert_false(stage_run(&h, "cancel", &e));
    assert_int_equal(e.kind, ERR_NONE); // the frame's: nothing runs
    REFUSED(&h, "choose", "there is no job here");
    REFUSED(&h, "resume", "there is no job here");
    REFUSED(&h, "raise", "there is no job here");
    REFUSED(&h, "copy-row", "no job");
    leave(&h, d);
}

static void test_a_job_that_ended(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;
    struct err e;

    buy(d, 20, 4, true);
    stage_open(&h, d, &pane_jobs);
    DO(&h, "down"); // below the job that was left in doubt
    SHOWS(&h, "enrich 4 contacts");
    SHOWS(&h, "done");
    SHOWS(&h, "$"); // it spends
    SHOWS(&h, "4/4");
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "Charged 4 credits");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, 74);
    SHOWS(&h, "4 bought");
    stage_close_popup(&h);
    DO(&h, "copy-row");
    assert_non_null(strstr(h.copied, "enrich 4 contacts\tdone\t"));
    assert_false(stage_run(&h, "cancel", &e));
    leave(&h, d);
}

// Looks as the pane does every two seconds, until something holds.
#define LOOK_UNTIL(host_, condition_)                                                              \
    do {                                                                                           \
        int64_t until_ = desk_clock_ms() + DESK_WAIT_MS;                                           \
        while (!(condition_)) {                                                                    \
            const struct timespec nap_ = {0, 20000000};                                            \
            desk_jobs_look((host_)->desk);                                                         \
            stage_draw((host_), LARGE_H, LARGE_W);                                                 \
            if (desk_clock_ms() > until_)                                                          \
                fail_msg("in vain: %s", #condition_);                                              \
            (void)nanosleep(&nap_, NULL);                                                          \
        }                                                                                          \
    } while (0)

// The purchase that runs, once its job is known.
static const struct task_view *named(struct host *h)
{
    const struct task_view *t = desk_running(h->desk);

    LOOK_UNTIL(h, *t->job);
    return t;
}

// One that spends is not stopped without a question; and what came of it is told.
static void test_cancelling(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    struct str status = {0};
    struct host h;
    char *line;

    server_faults(o->server, "POST /enrich/* stall-after-work ms=2000");
    buy(d, 30, 4, false);
    stage_open(&h, d, &pane_jobs);
    SHOWS(&h, "runs");
    assert_true(h.wake_ms > desk_clock_ms()); // drawn again by itself
    pane_jobs.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "enrich 4 contacts runs, C-c cancels"));
    str_clear(&status);
    line = str_format("Cancel %s?", named(&h)->job);
    DO(&h, "cancel");
    // What the title names, not the job that the cursor is on.
    assert_non_null(strstr(h.asked, line));
    free(line);
    assert_string_equal(h.buttons, "Go on|Pause it|Cancel it");
    h.answered(h.answered_self, 0);
    assert_int_equal(d->tasks.items[d->tasks.n - 1]->state, TASK_RUNS);
    h.answered(h.answered_self, 1);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "stopping  0 of 4 ");
    pane_jobs.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), "enrich 4 contacts stops"));
    str_free(&status);
    STAGE_WAIT(&h, !desk_running(d));
    STAGE_WAIT(&h, desk_rests(d));
    SHOWS_NOT(&h, " runs");
    SHOWS_NOT(&h, "stopping");
    SHOWS_NOT(&h, "The purchase was"); // once is enough
    server_faults(o->server, "");
    leave(&h, d);
}

// Is the text in what stands below the table?
static bool foot_says(struct host *h, const char *text)
{
    struct str s = {0};
    bool found;

    stage_draw(h, LARGE_H, LARGE_W);
    for (int y = LARGE_H - 3; y < LARGE_H; y++)
        canvas_line(&h->canvas, y, &s);
    found = strstr(str_text(&s), text);
    str_free(&s);
    return found;
}

static const struct job_row *job_of(const struct desk *d, enum job_state state)
{
    for (size_t i = 0; i < d->jobs.n; i++) {
        if (d->jobs.items[i].row.state == state)
            return &d->jobs.items[i].row;
    }
    return NULL;
}

// What was bought, what was not sent, what is in doubt; and that nothing more can be done.
static void test_a_cancelled_job(void **state)
{
    struct desk *d = office_ready(*state);
    struct job_row *r;
    struct host h;

    DESK_WAIT(d, d->ledger.known && d->jobs.n);
    stage_open(&h, d, &pane_jobs);
    r = &d->jobs.items[0].row;
    r->state = JOB_CANCELLED;
    r->n = 4100;
    r->answered = 4000;
    r->charged = 3900;
    r->in_doubt = 25;
    r->max_credits = 4100;
    r->reason = "cancelled on request";
    r->changed_ms = desk_utc_ms(d) - (int64_t)5 * 60 * 1000;
    d->jobs_read++;
    DO(&h, "bottom");
    while (!foot_says(&h, "cancelled on request"))
        DO(&h, "up");
    assert_true(foot_says(&h, "4,000 of 4,100 records answered for 3,900 of at most 4,100 credits, "
                              "25 credits in doubt, 75 not sent: cancelled on request"));
    SHOWS(&h, "cancelled 4,000 of 4,100 ");
    SHOWS(&h, "5 min ago");
    REFUSED(&h, "resume", "is cancelled: what is left of it is quoted anew");
    REFUSED(&h, "pause", "is cancelled");
    REFUSED(&h, "lower", "is cancelled");
    DO(&h, "delete");
    assert_non_null(strstr(h.asked, "Forget the job"));
    h.answered(h.answered_self, 0);
    DO(&h, "choose"); // there is something to read
    stage_close_popup(&h);
    // On a small screen the foot makes way.
    stage_draw(&h, 5, 40);
    stage_draw(&h, 1, 1);
    leave(&h, d);
}

// A second Lode has the same jobs before it, told of as another's, and its word reaches them.
static void test_jobs_of_another_lode(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o), *beside = office_ready(o);
    struct host h;

    assert_false(beside->spender);
    server_faults(o->server, "POST /enrich/* stall-after-work ms=1500");
    buy(d, 50, 40, false);
    stage_open(&h, beside, &pane_jobs);
    LOOK_UNTIL(&h, job_of(beside, JOB_RUNS));
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "other Lode");
    DO(&h, "top");
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "of 40 records answered");
    for (size_t i = 0; i < beside->jobs.n && !foot_says(&h, "Runs in another Lode"); i++)
        DO(&h, "down");
    assert_true(foot_says(&h, "Runs in another Lode"));
    REFUSED(&h, "resume", "runs in another Lode");
    REFUSED(&h, "raise", "runs in another Lode");
    DO(&h, "delete");
    assert_non_null(strstr(h.asked, "It runs in another Lode"));
    h.answered(h.answered_self, 1);
    LOOK_UNTIL(&h, foot_says(&h, "the rest is cancelled"));
    server_faults(o->server, "");
    DESK_WAIT(d, !desk_running(d));
    LOOK_UNTIL(&h, !job_of(beside, JOB_RUNS));
    SHOWS_NOT(&h, "other Lode");
    stage_close(&h);
    desk_close(beside);
    (void)desk_marks_clear(d);
    desk_close(d);
}

// What a cancelled purchase left stands first, with its price, and goes on through the frame alone.
static void test_a_paused_job_goes_on(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    const struct job_row *job = NULL;
    struct host h;
    struct err e;
    char *line;

    DESK_WAIT(d, d->ledger.known);
    for (size_t i = 0; !job && i < d->jobs.n; i++)
        job = d->jobs.items[i].row.state == JOB_PAUSED ? &d->jobs.items[i].row : NULL;
    assert_non_null(job);
    stage_open(&h, d, &pane_jobs);
    SHOWS(&h, "paused");
    SHOWS(&h, job->name);
    assert_true(stage_run(&h, "top", &e));
    assert_true(stage_run(&h, "resume", &e));
    line = str_format("resume-job %s", job->name);
    if (!strstr(h.commands, line)) // and the frame asks
        fail_msg("not %s: %s", line, h.commands);
    free(line);
    assert_false(stage_run(&h, "cancel", &e)); // nothing runs
    assert_int_equal(e.kind, ERR_NONE);
    DO(&h, "delete");
    line = str_format("Cancel for good the job %s?", job->name);
    assert_non_null(strstr(h.asked, line));
    free(line);
    h.answered(h.answered_self, 0);
    assert_true(stage_run(&h, "raise", &e));
    STAGE_WAIT(&h, d->jobs.n && d->jobs.items[0].row.priority == 1);
    // While it runs its own row says so, and is what `pause` stops.
    server_faults(o->server, "POST /enrich/* stall-after-work ms=2000");
    assert_true(desk_lock(d, false, &e));
    assert_true(desk_job_resume(d, d->jobs.items[0].row.name, 50, &e));
    stage_draw(&h, USUAL_H, USUAL_W);
    line = str_format("+1 %-18s runs", d->jobs.items[0].row.name);
    SHOWS(&h, line);
    free(line);
    REFUSED(&h, "resume", "runs already");
    assert_true(stage_run(&h, "pause", &e));
    STAGE_WAIT(&h, !desk_running(d));
    server_faults(o->server, "");
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meters),
        cmocka_unit_test(test_meters_where_it_is_narrow),
        cmocka_unit_test(test_an_empty_ledger),
        cmocka_unit_test(test_no_jobs),
        cmocka_unit_test(test_before_anybody_signed_in),
        cmocka_unit_test(test_the_ledger),
        cmocka_unit_test(test_in_doubt),
        cmocka_unit_test(test_sums_and_limits),
        cmocka_unit_test(test_burn_rate),
        cmocka_unit_test(test_a_job_that_ended),
        cmocka_unit_test(test_cancelling),
        cmocka_unit_test(test_jobs_of_another_lode),
        cmocka_unit_test(test_a_cancelled_job),
        cmocka_unit_test(test_a_paused_job_goes_on),
    };

    return cmocka_run_group_tests_name("ui-pane/usage", tests, set_up, tear_down);
}
