// The quote pane: empty and failed states, the price with its reasons, what is in the way of
// buying, the buttons, the fields, the outcome. What a button runs is a command: the frame confirms
// it.
#include "ui-pane/stage.h"

struct state {
    struct office office;
    struct desk *desk;
    struct host host;
    size_t next; // rows before this place were bought by earlier tests
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

static int fresh(void **state)
{
    struct state *s = *state;

    server_faults(s->office.server, "");
    s->desk = office_ready(&s->office);
    stage_search(s->desk, NULL);
    stage_open(&s->host, s->desk, &pane_quote);
    return 0;
}

static int closed(void **state)
{
    struct state *s = *state;

    server_faults(s->office.server, "");
    (void)desk_marks_clear(s->desk);
    stage_close(&s->host);
    desk_close(s->desk);
    return 0;
}

static void mark_fresh(struct state *s, size_t n)
{
    desk_look(s->desk, s->next, n);
    DESK_WAIT(s->desk, table_id(s->desk->results.table, s->next + n - 1) &&
                           table_id(s->desk->results.table, s->next));
    assert_int_equal(desk_mark(s->desk, s->next, s->next + n - 1, true), n);
    s->next += n;
}

static void quote(struct state *s)
{
    struct err e;

    STAGE_WAIT(&s->host, desk_rests(s->desk)); // what comes later would make it old
    assert_true(desk_quote(s->desk, NULL, &e));
    STAGE_WAIT(&s->host, s->desk->buying.state != BUYING_ASKED);
    assert_int_equal(s->desk->buying.state, BUYING_QUOTED);
}

static void unlock(struct state *s)
{
    struct err e;

    assert_true(desk_lock(s->desk, false, &e));
    stage_draw(&s->host, USUAL_H, USUAL_W);
}

static void test_nothing_quoted(void **state)
{
    struct state *s = *state;
    struct err e;

    SHOWS(&s->host, "No quote yet: mark records in the results (Space) and press e");
    assert_false(pane_quote.offers(s->host.pane, "trim"));
    assert_true(pane_quote.offers(s->host.pane, "quote"));
    assert_false(stage_run(&s->host, "choose", &e));
    assert_int_equal(e.kind, ERR_NONE);
    assert_false(stage_run(&s->host, "quote", &e)); // the frame's: it marks the first quote
    assert_int_equal(e.kind, ERR_NONE);
    REFUSED(&s->host, "copy-row", "no record");
    stage_draw(&s->host, 1, 1);
}

static void test_a_quote_that_fails(void **state)
{
    struct state *s = *state;
    struct err e;

    mark_fresh(s, 3);
    server_faults(s->office.server, "/lookup/usage 403");
    assert_true(desk_quote(s->desk, NULL, &e));
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "Working out the price: that is free");
    STAGE_WAIT(&s->host, s->desk->buying.state == BUYING_FAILED);
    SHOWS(&s->host, "Nothing was spent. e asks");
}

static void test_the_price(void **state)
{
    struct state *s = *state;
    struct str status = {0};
    size_t at, of;

    mark_fresh(s, 30);
    quote(s);
    SHOWS(&s->host, "new");
    SHOWS(&s->host, "not owned as far as Lode knows");
    SHOWS(&s->host, "credits");
    SHOWS(&s->host, "30");
    SHOWS(&s->host, " left, ");
    SHOWS(&s->host, "[>Cancel<]");
    SHOWS(&s->host, "The spend lock is on: nothing can be bought. L opens it.");
    SHOWS(&s->host, s->desk->buying.labels[0]);
    pane_quote.status(s->host.pane, &status);
    assert_true(str_starts(str_text(&status), "30 contacts, "));
    assert_non_null(strstr(str_text(&status), "fields (F)  as of "));
    str_free(&status);
    assert_true(pane_quote.place(s->host.pane, &at, &of));
    assert_int_equal(of, 30);
    stage_draw(&s->host, LARGE_H, LARGE_W);
    SHOWS(&s->host, s->desk->buying.labels[29]);
    stage_draw(&s->host, SMALL_H - 4, SMALL_W); // the buttons stay in sight
    SHOWS(&s->host, "Cancel");
    SHOWS(&s->host, "lock");
    DO(&s->host, "copy-row");
    assert_non_null(strstr(s->host.copied, s->desk->buying.selection.ids[0]));
    DO(&s->host, "down");
    DO(&s->host, "copy-row");
    assert_non_null(strstr(s->host.copied, s->desk->buying.selection.ids[1]));
}

// The default gives up; what is blocked cannot be chosen.
static void test_buttons(void **state)
{
    struct state *s = *state;

    mark_fresh(s, 8);
    quote(s);
    DO(&s->host, "choose");
    assert_string_equal(s->host.opened, "results");
    assert_null(s->host.commands);
    DO(&s->host, "right"); // all others are blocked
    DO(&s->host, "right");
    DO(&s->host, "choose");
    assert_null(s->host.commands);
    SHOWS_NOT(&s->host, "Trim"); // there is nothing to trim
    REFUSED(&s->host, "trim", "spend lock is on");
    unlock(s);
    SHOWS(&s->host, "Cancel is what Enter does at first");
    REFUSED(&s->host, "trim", "nothing to trim: it costs at most 8 credits, and ");
    DO(&s->host, "right");
    DO(&s->host, "choose");
    assert_string_equal(s->host.commands, "buy 5 5\n");
    DO(&s->host, "right");
    DO(&s->host, "choose");
    assert_string_equal(s->host.commands, "buy 5 5\nbuy 8\n");
    // Nothing was sent for all that: only the frame's confirmation does.
    assert_int_equal(s->desk->buying.state, BUYING_QUOTED);
    // Anew it stands on Cancel, whether the pane saw it being asked for or not.
    quote(s);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "[>Cancel<]");
    DO(&s->host, "right");
    DO(&s->host, "right");
    s->desk->buying.quoted_ms++;
    s->host.pane->ops->changed(s->host.pane, DESK_QUOTE);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "[>Cancel<]");
}

static void test_stale(void **state)
{
    struct state *s = *state;
    struct err e;

    mark_fresh(s, 3);
    quote(s);
    unlock(s);
    (void)desk_mark(s->desk, s->next - 1, s->next - 1, false);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    assert_int_equal(s->desk->buying.state, BUYING_STALE);
    SHOWS(&s->host, "This quote is stale");
    SHOWS(&s->host, "e quotes again");
    SHOWS_NOT(&s->host, "Buy for");
    DO(&s->host, "right");
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "[>Quote again<]");
    DO(&s->host, "choose"); // for the same fields
    assert_null(s->host.commands);
    STAGE_WAIT(&s->host, s->desk->buying.state == BUYING_QUOTED);
    assert_int_equal(s->desk->buying.selection.n, 2);
    SHOWS_NOT(&s->host, "stale");
    SHOWS(&s->host, "Buy for at most 2");
    s->desk->buying.quoted_ms -= QUOTE_FRESH_MS; // time goes by
    assert_false(desk_buy(s->desk, 2, 0, &e));
    STAGE_WAIT(&s->host, s->desk->buying.state == BUYING_STALE);
    SHOWS(&s->host, "Quote again");
    DO(&s->host, "quote");
    STAGE_WAIT(&s->host, s->desk->buying.state == BUYING_QUOTED);
    assert_null(desk_quote_fields(s->desk, &entity_contact)); // nobody chose others
    assert_false(stage_run(&s->host, "nothing", &e));
}

// Opens the fields of a quote; how many it is for.
static size_t choose_fields(struct state *s)
{
    mark_fresh(s, 2);
    quote(s);
    DO(&s->host, "fields");
    s->host.canvas.h = USUAL_H;
    s->host.canvas.w = 64;
    STAGE_WAIT(&s->host, desk_fields(s->desk, &entity_contact)->there);
    return s->desk->buying.selection.n_fields;
}

// Where a sentence has no room a shorter one says it.
static void test_a_small_screen(void **state)
{
    struct state *s = *state;

    mark_fresh(s, 2);
    quote(s);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "not owned as far as Lode knows: costs a credit");
    assert_false(pane_quote.offers(s->host.pane, "trim")); // there is no budget to trim to
    stage_draw(&s->host, SMALL_H, SMALL_W);
    SHOWS(&s->host, "  costs a credit each");
    SHOWS(&s->host, "Enter presses  :reasons why each");
}

static void test_fields(void **state)
{
    struct state *s = *state;
    size_t before = choose_fields(s);

    SHOWS(&s->host, "x E-mail");
    stage_type(&s->host, "employment history");
    assert_true(stage_key(&s->host, K_TAB));
    stage_draw(&s->host, USUAL_H, 64);
    SHOWS(&s->host, "Employment history");
    DO(&s->host, "choose");
    if (s->host.n_popups) { // not in this account: it says so
        stage_draw(&s->host, USUAL_H, 64);
        SHOWS(&s->host, "account");
        stage_close_popup(&s->host);
        return;
    }
    STAGE_WAIT(&s->host, s->desk->buying.state == BUYING_QUOTED);
    assert_true(s->desk->buying.selection.n_fields >= before);
}

// What is no name is said where it was typed; what is taken, asked about.
static void test_names_of_presets(void **state)
{
    struct state *s = *state;

    (void)choose_fields(s);
    DO(&s->host, "save-preset");
    assert_string_equal(s->host.asked, "Save what is chosen");
    s->host.typed(s->host.answered_self, "two words");
    assert_non_null(strstr(s->host.failed, "a preset's name is letters"));
    s->host.typed(s->host.answered_self, "crm");
    assert_non_null(strstr(s->host.failed, "none of the shipped ones'"));
    assert_string_equal(s->host.asked, "Save what is chosen");
    s->host.typed(s->host.answered_self, "mine");
    stage_draw(&s->host, USUAL_H, 64);
    SHOWS(&s->host, "preset mine");
    s->host.typed(s->host.answered_self, "mine");
    assert_non_null(strstr(s->host.asked, "Replace the preset?"));
    s->host.answered(s->host.answered_self, 1);
    stage_draw(&s->host, SMALL_H, SMALL_W); // what the keys do goes on in a second row
    SHOWS(&s->host, "preset mine");
    SHOWS(&s->host, "deletes a preset");
    stage_close_popup(&s->host);
}

static void test_no_fields(void **state)
{
    struct state *s = *state;

    mark_fresh(s, 2);
    quote(s);
    DO(&s->host, "fields");
    for (size_t i = 0; i < entity_contact.enrich.n_columns; i++) {
        struct str line = {0};

        stage_draw(&s->host, 120, 64);
        canvas_line(&s->host.canvas, (int)i + 1 + 2, &line); // plain and crm stand first
        if (strncmp(str_text(&line) + 1, "x ", 2) == 0)
            assert_true(stage_key(&s->host, ' '));
        str_free(&line);
        DO(&s->host, "down");
    }
    DO(&s->host, "choose");
    assert_int_equal(s->host.n_popups, 1);
    stage_draw(&s->host, USUAL_H, 64);
    SHOWS(&s->host, "at least one field");
}

// The text that narrowed the list is gone and the cursor stands on a preset: what was chosen holds.
static void test_fields_chosen_by_hand(void **state)
{
    struct state *s = *state;
    size_t before = choose_fields(s);

    stage_type(&s->host, "domains");
    assert_true(stage_key(&s->host, K_TAB));
    for (size_t i = 0; i < strlen("domains"); i++)
        assert_true(stage_key(&s->host, K_BACKSPACE));
    DO(&s->host, "top");
    stage_draw(&s->host, USUAL_H, 64);
    SHOWS(&s->host, ">  preset plain");
    DO(&s->host, "choose");
    assert_int_equal(s->host.n_popups, 0);
    STAGE_WAIT(&s->host, s->desk->buying.state == BUYING_QUOTED);
    assert_int_equal(s->desk->buying.selection.n_fields, before + 1);
}

static void buy(struct state *s, long long credits, size_t most)
{
    struct err e;

    assert_true(desk_lock(s->desk, false, &e));
    assert_true(desk_buy(s->desk, credits, most, &e));
}

static void test_buying(void **state)
{
    struct state *s = *state;
    char *bought, *charged;

    mark_fresh(s, 8);
    quote(s);
    buy(s, 8, 5);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "enrich 5 contacts");
    STAGE_WAIT(&s->host, s->desk->buying.state == BUYING_DONE);
    bought = str_format("%zu bought", s->desk->buying.done.bought);
    charged = str_format("Charged: %lld credits, ", s->desk->buying.done.credits);
    SHOWS(&s->host, bought);
    SHOWS(&s->host, charged);
    SHOWS(&s->host, "The quote said ");
    SHOWS(&s->host, "x exports");
    stage_draw(&s->host, SMALL_H, SMALL_W);
    SHOWS(&s->host, bought);
    SHOWS(&s->host, "the ledger.");
    free(bought);
    free(charged);
    quote(s); // what is owned now costs nothing
    SHOWS(&s->host, "held");
    SHOWS(&s->host, " until ");
}

static void test_in_doubt(void **state)
{
    struct state *s = *state;

    mark_fresh(s, 3);
    quote(s);
    server_faults(s->office.server, "POST /enrich/* reset-after-work");
    buy(s, 3, 0);
    STAGE_WAIT(&s->host,
               s->desk->buying.state == BUYING_FAILED || s->desk->buying.state == BUYING_DONE);
    SHOWS(&s->host, "in doubt: sent and not answered");
    SHOWS(&s->host, "never sent again");
    server_faults(s->office.server, "");
    quote(s);
    SHOWS(&s->host, "in doubt");
    SHOWS(&s->host, "0..3");
    unlock(s);
    SHOWS(&s->host, "There is nothing to buy");
}

// More than is left: the budget's end is offered.
static void test_over_budget(void **state)
{
    struct state *s = *state;
    struct meter *m;

    mark_fresh(s, 30);
    quote(s);
    unlock(s);
    m = &s->desk->usage.meters[METER_CREDITS]; // as if others of the account had bought
    m->remaining = 4;
    s->host.pane->ops->changed(s->host.pane, DESK_USAGE);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "It may cost 30, the account has 4: :trim trims it to that.");
    SHOWS(&s->host, "requests  2 ");
    SHOWS(&s->host, "Trim to 4");
    SHOWS(&s->host, "( Buy for at most 30 )");
    DO(&s->host, "trim");
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "[ Buy for at most 4 ]");
    SHOWS(&s->host, "Up to 26 left out: the account has 4. :reasons lists them.");
    assert_string_equal(s->host.said, "Up to 26 left out: the account has 4. :reasons lists them.");
    DO(&s->host, "reasons");
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "Left out (up to 26): over the 4 credits");
    // What is left out stands there alone.
    DO(&s->host, "bottom");
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "New (4), 1 credit each");
    stage_close_popup(&s->host);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "credits   4 ");
    SHOWS(&s->host, "records   4"); // and those that may be free already
    SHOWS(&s->host, "requests  1");
    DO(&s->host, "right");
    DO(&s->host, "choose");
    assert_string_equal(s->host.commands, "buy 4 5\n");
    DO(&s->host, "right");
    DO(&s->host, "choose");
    assert_string_equal(s->host.commands, "buy 4 5\nbuy 4\n");
}

// Nothing is left: there is nothing to trim to, nor to try.
static void test_nothing_is_left(void **state)
{
    struct state *s = *state;

    mark_fresh(s, 30);
    quote(s);
    unlock(s);
    s->desk->usage.meters[METER_CREDITS].remaining = 0;
    s->host.pane->ops->changed(s->host.pane, DESK_USAGE);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "( Try 5 )");
    SHOWS(&s->host, "( Buy for at most 30 )");
    SHOWS(&s->host, "No credits are left for this");
    SHOWS_NOT(&s->host, "Trim");
    SHOWS_NOT(&s->host, "trim");
    REFUSED(&s->host, "trim", "No credits are left for this");
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS(&s->host, "( Buy for at most 30 )");
}

static void test_privacy(void **state)
{
    struct state *s = *state;

    mark_fresh(s, 2);
    quote(s);
    SHOWS(&s->host, s->desk->buying.labels[0]);
    desk_set_privacy(s->desk, true);
    stage_draw(&s->host, USUAL_H, USUAL_W);
    SHOWS_NOT(&s->host, s->desk->buying.labels[0]);
    desk_set_privacy(s->desk, false);
}

static void test_mouse(void **state)
{
    struct state *s = *state;
    int y;

    mark_fresh(s, 6);
    quote(s);
    y = stage_find(&s->host, "[>Cancel<]");
    assert_true(stage_mouse(&s->host, MOUSE_PRESS, y, 5));
    assert_string_equal(s->host.opened, "results");
    assert_true(stage_mouse(&s->host, MOUSE_WHEEL_DOWN, y + 4, 5));
    assert_true(stage_mouse(&s->host, MOUSE_PRESS, y + 5, 5));
    assert_true(stage_mouse(&s->host, MOUSE_DOUBLE, y + 5, 5)); // no button is pressed by that
    assert_null(s->host.commands);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, closed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_nothing_quoted),
        TEST(test_a_quote_that_fails),
        TEST(test_the_price),
        TEST(test_buttons),
        TEST(test_stale),
        TEST(test_fields),
        TEST(test_no_fields),
        TEST(test_fields_chosen_by_hand),
        TEST(test_names_of_presets),
        TEST(test_a_small_screen),
        TEST(test_buying),
        TEST(test_in_doubt),
        TEST(test_over_budget),
        TEST(test_nothing_is_left),
        TEST(test_privacy),
        TEST(test_mouse),
    };

    return cmocka_run_group_tests_name("ui-pane/quote", tests, set_up, tear_down);
}
