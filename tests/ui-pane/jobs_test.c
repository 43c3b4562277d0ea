// The Jobs pane: what runs and has ended, here and in another Lode, cancelling, going on.
#include "ui-pane/buying_stage.h"
#include "ui/pane/when.h"

// What stands right of the title, of the row under the cursor.
#define TITLE_SAYS(host_, text_)                                                                   \
    do {                                                                                           \
        struct str s_ = {0};                                                                       \
        stage_draw((host_), (host_)->canvas.h, (host_)->canvas.w);                                 \
        pane_jobs.status((host_)->pane, &s_);                                                      \
        assert_string_equal(str_text(&s_), (text_));                                               \
        str_free(&s_);                                                                             \
    } while (0)

// Milliseconds until the pane is drawn again by itself.
static int64_t rests_for(struct host *h)
{
    stage_draw(h, h->canvas.h, h->canvas.w);
    return h->wake_ms - desk_clock_ms();
}

static void test_no_jobs(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;
    struct err e;

    stage_open(&h, d, &pane_jobs);
    SHOWS(&h, "Nothing runs and nothing has run yet");
    TITLE_SAYS(&h, "");
    assert_true(rests_for(&h) > 2000); // nothing moves
    assert_false(stage_run(&h, "cancel", &e));
    assert_int_equal(e.kind, ERR_NONE); // the frame's: nothing runs
    REFUSED(&h, "choose", "there is no job here");
    REFUSED(&h, "detail", "there is no job here");
    REFUSED(&h, "resume", "there is no job here");
    REFUSED(&h, "raise", "there is no job here");
    REFUSED(&h, "copy-row", "no job");
    assert_false(pane_jobs.offers(h.pane, "choose"));
    assert_false(pane_jobs.offers(h.pane, "resume"));
    assert_true(pane_jobs.offers(h.pane, "cancel"));
    leave(&h, d);
}

// Looks as the pane does now and then, until something holds.
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

static void test_a_job_that_ended(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;
    struct err e;
    char *name, *copied;

    buy(d, 20, 4, true);
    name = mem_strdup(d->tasks.items[d->tasks.n - 1]->job);
    stage_open(&h, d, &pane_jobs);
    // Once the job is read its row is the purchase's too, under its name.
    LOOK_UNTIL(&h, desk_job(d, name) && desk_job(d, name)->state == JOB_DONE && desk_rests(d));
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, name);
    SHOWS(&h, "done");
    SHOWS(&h, "$"); // it spends
    SHOWS(&h, "4/4");
    SHOWS_NOT(&h, "enrich 4 contacts");
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "Charged 4 credits");
    TITLE_SAYS(&h, "done: :choose tells all, :delete forgets it");
    assert_true(pane_jobs.offers(h.pane, "choose"));
    assert_true(pane_jobs.offers(h.pane, "delete"));
    assert_false(pane_jobs.offers(h.pane, "resume"));
    assert_true(pane_jobs.offers(h.pane, "export"));
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, 74);
    SHOWS(&h, "4 bought");
    stage_close_popup(&h);
    DO(&h, "copy-row");
    copied = str_format("%s\tdone\t", name);
    assert_non_null(strstr(h.copied, copied));
    free(copied);
    free(name);
    assert_false(stage_run(&h, "cancel", &e));
    leave(&h, d);
}

// The purchase that runs, once its job is known.
static const struct task_view *named(struct host *h)
{
    const struct task_view *t = desk_running(h->desk);

    LOOK_UNTIL(h, *t->job);
    return t;
}

// So many a second, for so long that the time until it is drawn is none.
static void runs_at(struct host *h, double rate)
{
    enum { SECONDS = 1000000 };
    struct task_view *t = h->desk->tasks.items[h->desk->tasks.n - 1];

    atomic_store(&t->first_ms, 0);
    t->began_ms = desk_clock_ms() - SECONDS * 1000LL;
    atomic_store(&t->done, atomic_load(&t->first_done) + (long long)(rate * SECONDS));
    stage_draw(h, USUAL_H, USUAL_W);
}

// State, when it came into it, and how far it is, as a row has them; the caller frees it.
static char *since(const struct desk *d, const char *name, int64_t since_ms, const char *done)
{
    char when[WHEN_MAX];

    return str_format("%-9s %-6s %s", name, when_since(since_ms, desk_utc_ms(d), when), done);
}

static void tells_how_far_it_is(struct host *h, struct desk *d)
{
    struct host quote;

    // What it was answered, for that does not fall when it is paused.
    atomic_store(&d->tasks.items[d->tasks.n - 1]->done, 3);
    stage_draw(h, USUAL_H, USUAL_W);
    SHOWS(h, "[------] 0/4");
    stage_open(&quote, d, &pane_quote); // which counts the same
    SHOWS(&quote, "0 of 4 records");
    stage_close(&quote);
    // Tenths are for what is slow.
    runs_at(h, 70.5);
    SHOWS(h, " 70.5");
    runs_at(h, 66500.5);
    SHOWS(h, " 66,500");
}

// One that spends is not stopped without a question; and what came of it is told.
static void test_cancelling(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    struct host h;
    char *line, *running;

    server_faults(o->server, "POST /enrich/* hold");
    buy(d, 30, 4, false);
    stage_open(&h, d, &pane_jobs);
    SHOWS(&h, "runs");
    assert_true(rests_for(&h) <= 1000);
    TITLE_SAYS(&h, "runs: :pause pauses, :delete cancels"); // the cursor begins there
    line = str_format("Cancel %s?", named(&h)->job);
    DO(&h, "top");
    TITLE_SAYS(&h, "runs: :pause pauses, :delete cancels");
    tells_how_far_it_is(&h, d);
    // Of a row that has ended that is not said, and what runs is still named.
    DO(&h, "bottom");
    running =
        str_format("done: :choose tells all, :delete forgets it; C-c cancels %s", named(&h)->job);
    TITLE_SAYS(&h, running);
    stage_draw(&h, SMALL_H, SMALL_W);
    TITLE_SAYS(&h, "done: :choose tells all, :delete forgets it"); // there is no room
    stage_draw(&h, USUAL_H, USUAL_W);
    free(running);
    DO(&h, "cancel");
    assert_non_null(strstr(h.asked, line));
    free(line);
    assert_string_equal(h.buttons, "Go on|Pause it|Cancel it");
    h.answered(h.answered_self, 0);
    assert_int_equal(d->tasks.items[d->tasks.n - 1]->state, TASK_RUNS);
    DO(&h, "top");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "No more calls are begun");
    h.answered(h.answered_self, 1);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "Since");
    line = since(d, "stopping", d->jobs.items[0].row.changed_ms, "0 of 4");
    SHOWS(&h, line);
    free(line);
    SHOWS(&h, "No more calls are begun"); // under the table, of the same row as before
    DO(&h, "top");
    TITLE_SAYS(&h, "stopping: calls under way are waited for");
    server_faults(o->server, "");
    STAGE_WAIT(&h, !desk_running(d));
    STAGE_WAIT(&h, desk_rests(d));
    SHOWS_NOT(&h, " runs");
    SHOWS_NOT(&h, "stopping");
    SHOWS_NOT(&h, "The purchase was"); // once is enough
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

// Opens the pane with the cursor on a large job that stopped five minutes ago.
static struct job_row *open_stopped(struct host *h, struct desk *d, enum job_state state,
                                    const char *reason)
{
    struct job_row *r;

    DESK_WAIT(d, d->ledger.known && d->jobs.n);
    stage_open(h, d, &pane_jobs);
    // What the pane asked for is there, and puts nothing in its place.
    STAGE_WAIT(h, desk_rests(d));
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
    DO(h, "bottom");
    while (!foot_says(h, r->reason))
        DO(h, "up");
    r->state = state;
    r->reason = reason;
    d->jobs_read++;
    return r;
}

// What was bought, what is left, what is in doubt; and that nothing more can be done.
static void test_a_cancelled_job(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;
    const struct job_row *r = open_stopped(&h, d, JOB_CANCELLED, "cancelled on request");
    char *line;

    assert_true(foot_says(&h, "4,000 of 4,100 records answered for 3,900 of at most 4,100 credits, "
                              "25 credits in doubt, 75 left: cancelled on request"));
    line = since(d, "cancelled", r->changed_ms, "4,000 of 4,100");
    SHOWS(&h, line);
    free(line);
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

// The library had them, or whoever bought left them out.
static void test_a_job_that_left_some_out(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    (void)open_stopped(&h, d, JOB_DONE, "");
    assert_true(foot_says(&h, "25 credits in doubt, 75 not sent"));
    DO(&h, "detail");
    stage_draw(&h, LARGE_H, 74);
    SHOWS(&h, "Answered   4,000 of 4,100 records");
    SHOWS(&h, "Beside     75 not sent: owned, named twice, or left out");
    stage_close_popup(&h);
    leave(&h, d);
}

// A long reason has the rows it needs, else a key tells it; so has one that Enter goes on with.
static void test_a_long_reason(void **state)
{
    struct desk *d = office_ready(*state);
    struct host h;

    (void)open_stopped(
        &h, d, JOB_PAUSED,
        "the account's meter moved by 20 credits where Lode counted 0, twice in a row: somebody "
        "else may be using the account, or the quote was wrong; look at lode usage and lode "
        "ledger, and quote again before lastword");
    stage_draw(&h, 30, USUAL_W);
    SHOWS(&h, "lastword; chosen by");
    SHOWS_NOT(&h, "tells all");
    stage_draw(&h, 10, 58);
    SHOWS_NOT(&h, "lastword");
    SHOWS(&h, "… :detail tells all");
    DO(&h, "detail");
    stage_draw(&h, LARGE_H, 74);
    // How it stands, what held it, what is in doubt and what can be done.
    SHOWS(&h, "State      paused since 20");
    SHOWS(&h, "Answered   4,000 of 4,100 records");
    SHOWS(&h, "Charged    3,900 of at most 4,100 credits");
    SHOWS(&h, "In doubt   up to 25 credits");
    SHOWS(&h, "Left       75, not sent and not paid for");
    SHOWS(&h, "Why: the account's meter moved by 20 credits");
    SHOWS(&h, "lastword.");
    SHOWS(&h, "In doubt is what was sent and not answered");
    SHOWS(&h, "In Jobs :resume goes on with it, for what you say then; :delete");
    stage_close_popup(&h);
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
    server_faults(o->server, "POST /enrich/* hold");
    buy(d, 50, 40, false);
    stage_open(&h, beside, &pane_jobs);
    LOOK_UNTIL(&h, job_of(beside, JOB_RUNS));
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "elsewhere ");
    DO(&h, "top");
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "of 40 records answered");
    for (size_t i = 0; i < beside->jobs.n && !foot_says(&h, "Runs in another Lode"); i++)
        DO(&h, "down");
    assert_true(foot_says(&h, "Runs in another Lode"));
    assert_true(rests_for(&h) <= 2000);
    TITLE_SAYS(&h, "runs in another Lode: :pause pauses, :delete cancels");
    REFUSED(&h, "resume", "runs in another Lode");
    REFUSED(&h, "raise", "runs in another Lode");
    DO(&h, "delete");
    assert_non_null(strstr(h.asked, "It runs in another Lode"));
    h.answered(h.answered_self, 1);
    LOOK_UNTIL(&h, foot_says(&h, "the rest is cancelled"));
    TITLE_SAYS(&h, "stopping in another Lode");
    server_faults(o->server, "");
    DESK_WAIT(d, !desk_running(d));
    LOOK_UNTIL(&h, !job_of(beside, JOB_RUNS));
    SHOWS_NOT(&h, "elsewhere");
    stage_close(&h);
    desk_close(beside);
    (void)desk_marks_clear(d);
    desk_close(d);
}

// What is read of it goes on with it, until it is paused again.
static void its_detail_goes_on(const struct office *o, struct host *h, struct desk *d)
{
    struct str title = {0};

    DO(h, "detail");
    stage_draw(h, LARGE_H, 74);
    SHOWS(h, "State      runs since 20");
    runs_at(h, 70.5);
    stage_top(h)->ops->woken(stage_top(h));
    stage_draw(h, LARGE_H, 74);
    SHOWS(h, "70.5 a second");
    assert_true(desk_cancel(d, desk_running(d)->id));
    server_faults(o->server, "");
    STAGE_WAIT(h, !desk_running(d));
    LOOK_UNTIL(h, job_of(d, JOB_PAUSED));
    SHOWS(h, "State      paused since 20");
    SHOWS(h, "Why: ");
    stage_top(h)->ops->status(stage_top(h), &title);
    assert_true(str_ends(str_text(&title), ": paused"));
    str_free(&title);
    stage_close_popup(h);
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
    // What keeps it now is told beside what paused it.
    server_faults(o->server, "GET /lookup/usage 403");
    assert_true(desk_job_quote(d, job->name, &e));
    STAGE_WAIT(&h, d->job_quote.state == JOB_QUOTE_FAILED);
    server_faults(o->server, "");
    DO(&h, "detail");
    stage_draw(&h, LARGE_H, 74);
    SHOWS(&h, "Why: ");
    SHOWS(&h, "It cannot go on now: ");
    stage_close_popup(&h);
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "paused");
    job = desk_job(d, d->job_quote.name); // read again since
    SHOWS(&h, job->name);
    assert_true(stage_run(&h, "top", &e));
    TITLE_SAYS(&h, "paused: :choose goes on, :delete cancels, :detail tells all");
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
    server_faults(o->server, "POST /enrich/* hold");
    assert_true(desk_lock(d, false, &e));
    assert_true(desk_job_resume(d, d->jobs.items[0].row.name, 50, &e));
    stage_draw(&h, USUAL_H, USUAL_W);
    line = str_format("+1 %-18s runs      ", d->jobs.items[0].row.name);
    SHOWS(&h, line);
    free(line);
    REFUSED(&h, "resume", "runs already");
    its_detail_goes_on(o, &h, d);
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_jobs),         cmocka_unit_test(test_a_job_that_ended),
        cmocka_unit_test(test_cancelling),      cmocka_unit_test(test_jobs_of_another_lode),
        cmocka_unit_test(test_a_cancelled_job), cmocka_unit_test(test_a_job_that_left_some_out),
        cmocka_unit_test(test_a_long_reason),   cmocka_unit_test(test_a_paused_job_goes_on),
    };

    return cmocka_run_group_tests_name("ui-pane/jobs", tests, set_up, tear_down);
}
