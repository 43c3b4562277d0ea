// Nothing is spent without the person's word: questions before buying, and keys that cannot. Tests.
#include "ui-frame/mini.h"

// A desk as it is when a quote has just come and spending was unlocked.
static struct mini_frame *quoted(void)
{
    struct mini_frame *m = mini_open(24, 80);

    m->desk->state = DESK_READY;
    m->desk->spender = true;
    m->desk->locked = false;
    m->desk->buying.state = BUYING_QUOTED;
    m->desk->usage.meters[METER_CREDITS] = (struct meter){true, 10000, 0, 10000};
    return m;
}

static void close_quoted(struct mini_frame *m)
{
    assert_int_equal(m->desk->buying.state, BUYING_QUOTED);
    m->desk->buying.state = BUYING_NONE;
    m->desk->state = DESK_NOBODY;
    mini_close(m);
}

static void test_a_purchase_is_asked_for(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "buy 7");
    assert_string_equal(mini_focus(m), "ask");
    mini_wants(m, "at most 7 credits");
    mini_wants(m, "At least 9,993 credits");
    // The default is no, and so is Esc.
    mini_press(m, "Enter");
    assert_string_equal(mini_focus(m), "results");
    mini_run(m, "buy 7 5");
    mini_wants(m, "of those not owned");
    mini_press(m, "Esc");
    assert_string_equal(mini_focus(m), "results");
    close_quoted(m);
}

static void test_a_large_one_is_typed(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "buy 101");
    assert_string_equal(mini_focus(m), "ask-text");
    mini_wants(m, "Type 101 to buy");
    mini_press(m, "Enter");
    mini_wants(m, "nothing was bought");
    // It stays, with what was typed.
    mini_type(m, "10");
    mini_press(m, "Enter");
    mini_wants(m, "\"10\" is not the number asked for");
    assert_string_equal(mini_focus(m), "ask-text");
    mini_type(m, "2");
    mini_press(m, "Enter");
    mini_wants(m, "\"102\" is not the number asked for");
    mini_press(m, "Esc");
    assert_string_equal(mini_focus(m), "results");
    mini_run(m, "set typed-above 500");
    mini_run(m, "buy 101");
    assert_string_equal(mini_focus(m), "ask");
    mini_press(m, "Esc");
    m->desk->buying.quoted.quote.credits = (struct span){0, 300};
    mini_run(m, "buy 101");
    mini_wants(m, "as far as 101 credits go");
    mini_press(m, "Esc");
    close_quoted(m);
}

static void press_with_others(struct mini_frame *m, uint32_t key, bool mixed)
{
    mini_event_in(m,
                  &(struct event){.kind = EVENT_KEY, .key = key, .joined = true, .mixed = mixed});
}

// What came at once with other keys may have been pasted: it answers no question.
static void test_what_came_at_once_buys_nothing(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "buy 7");
    press_with_others(m, 'b', false);
    press_with_others(m, 'B', true);
    press_with_others(m, 'l', false);
    press_with_others(m, K_ENTER, false);
    press_with_others(m, ' ', false);
    assert_string_equal(mini_focus(m), "ask");
    mini_wants(m, "[>Cancel<]");
    mini_wants(m, "one by one");
    mini_press(m, "Esc");
    mini_run(m, "buy 101");
    press_with_others(m, '1', true);
    press_with_others(m, '0', true);
    press_with_others(m, '1', true);
    press_with_others(m, K_ENTER, true);
    assert_string_equal(mini_focus(m), "ask-text");
    mini_wants(m, "press it alone");
    mini_press(m, "Esc");
    // Nor does it run what is not for moving.
    press_with_others(m, 'L', true);
    assert_false(m->desk->locked);
    press_with_others(m, '9', true);
    assert_string_equal(mini_focus(m), "log");
    close_quoted(m);
}

// Which keys may come at once with others.
static void test_which_keys_only_move(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    // Sorting may be the server's, which costs requests.
    for (const char *c = "hjklgGnN019fz/:~<>^"; *c; c++)
        assert_true(frame_moves(&m->frame, *c));
    for (const char *c = "qQLeBxoasyuE,bK[]{}"; *c; c++)
        assert_false(frame_moves(&m->frame, *c));
    mini_pane(m, MINI_MAIN)->begins = "j";
    assert_false(frame_moves(&m->frame, 'j'));
    mini_pane(m, MINI_MAIN)->begins = NULL;
    mini_run(m, "buy 7");
    assert_false(frame_moves(&m->frame, 'j'));
    mini_press(m, "Esc");
    close_quoted(m);
}

static void test_more_than_there_is_is_not_asked_for(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    m->desk->usage.meters[METER_CREDITS].remaining = 1100;
    mini_run(m, "buy 1101");
    assert_string_equal(mini_focus(m), "results");
    mini_wants(m, "buy 1100 at the most: only 1,100 credits are left");
    close_quoted(m);
}

static void test_terms_are_numbers(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "buy many");
    mini_wants(m, "\"many\" is no number of credits");
    mini_run(m, "buy 5 -1");
    mini_wants(m, "\"-1\" is no number of records");
    assert_string_equal(mini_focus(m), "results");
    close_quoted(m);
}

static void test_no_key_spends(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "bind all B buy 5");
    mini_wants(m, "buy spends, and no key spends");
    for (size_t i = 0; i < m->frame.config.keys.len; i++) {
        const struct binding *b = &m->frame.config.keys.items[i];

        assert_false(b->cmd->flags & CMD_SPENDS);
    }
    close_quoted(m);
}

static void test_the_gate_stands_before_the_question(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    m->desk->locked = true;
    mini_run(m, "buy 5");
    mini_wants(m, "the spend lock is on: L opens it");
    assert_string_equal(mini_focus(m), "results");
    m->desk->locked = false;
    // What was true when it was asked is tested again when it is answered.
    mini_run(m, "buy 5");
    m->desk->locked = true;
    mini_press(m, "Right Enter");
    mini_wants(m, "the spend lock is on: L opens it");
    // What would have to be typed is asked for where it can be used, else it is told what stands
    // in the way.
    m->desk->buying.state = BUYING_NONE;
    mini_run(m, "best");
    mini_wants(m, "best needs a fresh quote: run quote first");
    m->desk->buying.state = BUYING_QUOTED;
    mini_run(m, "best");
    mini_wants(m, "How many");
    mini_press(m, "Esc");
    close_quoted(m);
}

// Two jobs: 60 of 100 records are answered; of the other all that is left is in doubt.
static void add_jobs(struct mini_frame *m)
{
    static const char *const names[] = {"contact-1", "in doubt"};

    m->desk->jobs.items = mem_array(ARRAY_LEN(names), sizeof(*m->desk->jobs.items));
    m->desk->jobs.n = ARRAY_LEN(names);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        m->desk->jobs.items[i].row = (struct job_row){.name = names[i],
                                                      .entity = "contact",
                                                      .fields = "id",
                                                      .reason = "",
                                                      .origin = "",
                                                      .file = {.path = ""},
                                                      .state = JOB_PAUSED,
                                                      .n = 100,
                                                      .answered = 60,
                                                      .charged = 50,
                                                      .in_doubt = i ? 40 : 0,
                                                      .doubts = i > 0,
                                                      .max_credits = 70};
}

// As when the price of going on with one has just come.
static void price(struct mini_frame *m, const char *name, struct span credits, long long rows)
{
    struct job_quote *q = &m->desk->job_quote;

    *q = (struct job_quote){.state = JOB_QUOTE_THERE,
                            .quoted_ms = frame_now_ms(&m->frame),
                            .quote = {.credits = credits,
                                      .records = {rows, rows},
                                      .requests = {(rows + 24) / 25, (rows + 24) / 25}}};
    (void)snprintf(q->name, sizeof(q->name), "%s", name);
    q->quote.before.meters[METER_CREDITS] = (struct meter){true, 10000, 500, 9500};
}

// What is left costs, what the job may cost, and what the account has after it: before the word.
static void test_going_on_with_a_job_shows_its_price(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    add_jobs(m);
    price(m, "contact-1", (struct span){30, 40}, 40);
    mini_run(m, "resume-job contact-1");
    assert_string_equal(mini_focus(m), "ask");
    mini_wants(m, "60 of 100 records are answered");
    mini_wants(m, "30..40 credits, 40 records, 2");
    mini_wants(m, "after 20 credits of that");
    mini_wants(m, "at least 9,480");
    mini_press(m, "Enter");
    assert_string_equal(mini_focus(m), "results");
    // It was for that question alone.
    assert_int_equal(m->desk->job_quote.state, JOB_QUOTE_NONE);
    // What is in doubt is left alone, and that is said.
    price(m, "contact-1", (struct span){0, 0}, 0);
    m->desk->job_quote.quote.count[STANDING_IN_DOUBT] = 40;
    mini_run(m, "resume-job contact-1");
    mini_wants(m, "is sent, for what is left is in doubt");
    mini_press(m, "Enter");
    price(m, "contact-1", (struct span){40, 40}, 40);
    mini_run(m, "resume-job contact-1 500");
    mini_wants(m, "500");
    mini_wants(m, "at least 9,460");
    mini_press(m, "Esc");
    price(m, "contact-1", (struct span){0, 0}, 0);
    mini_run(m, "resume-job contact-1");
    mini_wants(m, "on costs nothing");
    mini_press(m, "Esc");
    price(m, "in doubt", (struct span){0, 40}, 40);
    mini_run(m, "resume-job \"in doubt\"");
    mini_wants(m, "doubt goes again, for 0..40 credits");
    mini_wants(m, "130 credits");
    mini_press(m, "Esc");
    close_quoted(m);
}

// The number is what going on costs, not what the job has cost before; and all of it is to be read.
static void test_a_large_rest_is_typed(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    add_jobs(m);
    m->desk->jobs.items[0].row.max_credits = 4050;
    price(m, "contact-1", (struct span){0, 4000}, 4000);
    mini_run(m, "resume-job contact-1");
    assert_string_equal(mini_focus(m), "ask-text");
    mini_wants(m, "0..4,000 credits");
    mini_wants(m, "Type 4000 to buy");
    mini_press(m, "Esc");
    // Below the number that is typed the whole purchase may be above it.
    price(m, "contact-1", (struct span){0, 40}, 40);
    mini_run(m, "resume-job contact-1");
    assert_string_equal(mini_focus(m), "ask");
    mini_press(m, "Esc");
    close_quoted(m);
}

static void test_a_price_comes_before_the_question(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    add_jobs(m);
    mini_run(m, "resume-job nobody");
    mini_wants(m, "there is no job \"nobody\"");
    mini_run(m, "resume-job nobody 5");
    assert_string_equal(mini_focus(m), "results");
    // A file that has changed says so in the place of the question.
    m->frame.priced.line = mem_strdup("resume-job contact-1");
    m->frame.priced.focus = deck_focus(&m->frame.deck);
    m->desk->job_quote.state = JOB_QUOTE_ASKED;
    mini_draw(m);
    assert_non_null(m->frame.priced.line);
    m->desk->job_quote.state = JOB_QUOTE_FAILED;
    (void)err_set(&m->desk->job_quote.err, ERR_REFUSED, "people.csv has changed");
    mini_draw(m);
    assert_null(m->frame.priced.line);
    assert_string_equal(mini_focus(m), "results");
    mini_wants(m, "people.csv has changed");
    price(m, "contact-1", (struct span){40, 40}, 40);
    mini_run(m, "resume-job contact-1 many");
    mini_wants(m, "\"many\" is no number of credits");
    close_quoted(m);
}

// While the price was on its way the keys went elsewhere: no question comes between.
static void test_a_price_disturbs_nobody(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    add_jobs(m);
    m->frame.priced.line = mem_strdup("resume-job contact-1");
    m->frame.priced.focus = deck_focus(&m->frame.deck);
    m->desk->job_quote.state = JOB_QUOTE_ASKED;
    mini_run(m, "open export");
    price(m, "contact-1", (struct span){40, 40}, 40);
    mini_draw(m);
    assert_string_equal(mini_focus(m), "export");
    mini_wants(m, "contact-1 is priced");
    mini_press(m, "Esc");
    mini_run(m, "resume-job contact-1");
    assert_string_equal(mini_focus(m), "ask");
    mini_press(m, "Esc");
    m->frame.priced.line = mem_strdup("resume-job contact-1");
    m->frame.priced.focus = deck_focus(&m->frame.deck);
    price(m, "contact-1", (struct span){40, 40}, 40);
    mini_draw(m);
    assert_string_equal(mini_focus(m), "ask");
    mini_press(m, "Esc");
    close_quoted(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_purchase_is_asked_for),
        cmocka_unit_test(test_a_large_one_is_typed),
        cmocka_unit_test(test_what_came_at_once_buys_nothing),
        cmocka_unit_test(test_which_keys_only_move),
        cmocka_unit_test(test_more_than_there_is_is_not_asked_for),
        cmocka_unit_test(test_terms_are_numbers),
        cmocka_unit_test(test_no_key_spends),
        cmocka_unit_test(test_the_gate_stands_before_the_question),
        cmocka_unit_test(test_going_on_with_a_job_shows_its_price),
        cmocka_unit_test(test_a_large_rest_is_typed),
        cmocka_unit_test(test_a_price_comes_before_the_question),
        cmocka_unit_test(test_a_price_disturbs_nobody),
    };

    return cmocka_run_group_tests_name("ui-frame-money", tests, NULL, NULL);
}
