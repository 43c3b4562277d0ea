// What the frame says at the bottom: messages, and the hints. Tests.
#include "ui-frame/mini.h"

#include <stdio.h>

static void test_messages(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct str text = {0};

    (void)state;
    frame_say(&m->frame, ROLE_TEXT, "Twelve rows.");
    mini_draw(m);
    mini_wants(m, "Twelve rows.");
    // Nobody can have read it yet.
    mini_press(m, "j");
    mini_wants(m, "Twelve rows.");
    m->frame.message.at_ms -= 5000;
    mini_press(m, "j");
    assert_false(mini_shows(m, "Twelve rows."));
    for (int i = 0; i < 40; i++)
        str_addf(&text, "word%02d ", i);
    frame_say(&m->frame, ROLE_ERROR, "%s", str_text(&text));
    mini_draw(m);
    mini_wants(m, "word00");
    mini_wants(m, "word39");
    m->frame.message.at_ms -= 5000;
    mini_press(m, "j");
    assert_false(mini_shows(m, "word"));
    mini_wants(m, "9 Whole");
    str_free(&text);
    mini_close(m);
}

// One that comes before the last can have been read stands behind it, until a key is pressed.
static void test_messages_that_come_together(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct err e;

    (void)state;
    frame_say(&m->frame, ROLE_TEXT, "Charged 10 credits.");
    mini_draw(m);
    (void)err_set(&e, ERR_STORAGE, "the disk is full");
    frame_fail(&m->frame, &e);
    frame_say(&m->frame, ROLE_TEXT, "Ten rows are here.");
    mini_draw(m);
    mini_wants(m, "Charged 10 credits.  the disk is full  Ten rows are here.");
    assert_int_equal(m->frame.message.role, ROLE_ERROR);
    // The same again is said once.
    frame_say(&m->frame, ROLE_TEXT, "Ten rows are here.");
    mini_draw(m);
    mini_wants(m, "full  Ten rows are here.");
    assert_false(mini_shows(m, "here.  Ten"));
    // A key leaves it, for what comes of the key.
    mini_press(m, "j");
    mini_wants(m, "Ten rows are here.");
    frame_say(&m->frame, ROLE_TEXT, "Marked.");
    mini_draw(m);
    assert_false(mini_shows(m, "Charged"));
    mini_wants(m, "Marked.");
    // So does time.
    m->frame.message.at_ms -= 5000;
    frame_say(&m->frame, ROLE_TEXT, "Done.");
    mini_draw(m);
    assert_false(mini_shows(m, "Marked."));
    mini_close(m);
}

// All that the desk says between two looks.
static void test_every_message_of_the_desk(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct desk_message *d = &m->desk->message;

        (void)snprintf(d->text, sizeof(d->text), "Message %d.", i);
        m->desk->said[++d->number % DESK_SAID] = *d;
    }
    mini_draw(m);
    mini_wants(m, "Message 0.  Message 1.  Message 2.");
    mini_close(m);
}

static void test_hints_follow_the_bindings(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_wants(m, "? help");
    mini_run(m, "unbind all ?");
    mini_run(m, "bind all F6 help");
    mini_run(m, "unbind all F1");
    mini_wants(m, "F6 help");
    assert_false(mini_shows(m, "? help"));
    frame_size(&m->frame, 24, 120);
    mini_draw(m);
    // From here `back quit` leads out of Lode, from there to here.
    mini_wants(m, "q quit");
    mini_run(m, "open log");
    mini_wants(m, "q back");
    mini_run(m, "open results");
    mini_wants(m, "q quit");
    mini_press(m, "z");
    mini_wants(m, "q back");
    // A key that would begin a text is offered as none, the others are, and what else leads there.
    mini_pane(m, MINI_MAIN)->begins = "q";
    mini_draw(m);
    assert_false(mini_shows(m, "q back"));
    mini_wants(m, ": command");
    mini_pane(m, MINI_MAIN)->begins = "q:";
    mini_draw(m);
    assert_false(mini_shows(m, ": command"));
    mini_wants(m, "C-p palette");
    assert_string_equal(host_key(&m->frame.host, &mini_pane(m, MINI_MAIN)->pane, "command"),
                        ":command");
    mini_pane(m, MINI_MAIN)->begins = NULL;
    mini_draw(m);
    mini_wants(m, "q back");
    // What there is nothing for is not offered, from one moment to the next.
    mini_wants(m, "/ find");
    mini_pane(m, MINI_MAIN)->refuses = "find";
    mini_draw(m);
    assert_false(mini_shows(m, "/ find"));
    mini_pane(m, MINI_MAIN)->refuses = NULL;
    mini_draw(m);
    mini_wants(m, "/ find");
    mini_close(m);
}

// Of what the frame carries out itself likewise.
static void test_no_hint_where_there_is_nothing(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    assert_false(mini_shows(m, "x export"));
    assert_false(mini_shows(m, "u undo"));
    m->desk->marks.n = 1;
    mini_draw(m);
    mini_wants(m, "x export");
    m->desk->marks.n = 0;
    mini_draw(m);
    assert_false(mini_shows(m, "x export"));
    mini_close(m);
}

static void test_keys_that_ask_for_a_line(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    assert_true(frame_asks(&m->frame, ':') && frame_asks(&m->frame, '/'));
    assert_false(frame_asks(&m->frame, 'g') || frame_asks(&m->frame, 'j'));
    mini_run(m, "bind log g find");
    mini_run(m, "bind all j find it");
    mini_run(m, "unbind all :");
    assert_true(frame_asks(&m->frame, 'g') && frame_asks(&m->frame, '/'));
    assert_false(frame_asks(&m->frame, ':') || frame_asks(&m->frame, 'j'));
    mini_close(m);
}

static void test_another_pane_has_no_old_message(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct err e;

    (void)state;
    frame_say(&m->frame, ROLE_TEXT, "30 more marked.");
    mini_draw(m);
    mini_run(m, "open log");
    assert_false(mini_shows(m, "30 more marked."));
    frame_say(&m->frame, ROLE_TEXT, "said with the pane");
    mini_run(m, "open results");
    mini_wants(m, "said with the pane");
    (void)err_set(&e, ERR_OFFLINE, "what failed stays until it can have been read");
    frame_fail(&m->frame, &e);
    mini_draw(m);
    mini_run(m, "open log");
    mini_wants(m, "stays until");
    mini_close(m);
}

// What was asked for and done takes the place of what failed before it; moving about does not.
static void test_a_success_takes_an_error_away(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct err e;

    (void)state;
    (void)err_set(&e, ERR_INVALID, "it could not be marked");
    frame_fail(&m->frame, &e);
    mini_draw(m);
    mini_run(m, "down");
    mini_wants(m, "could not be marked");
    mini_run(m, "open log");
    mini_wants(m, "could not be marked");
    mini_run(m, "mark-page");
    assert_false(mini_shows(m, "could not be marked"));
    mini_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_messages_that_come_together),
        cmocka_unit_test(test_every_message_of_the_desk),
        cmocka_unit_test(test_hints_follow_the_bindings),
        cmocka_unit_test(test_no_hint_where_there_is_nothing),
        cmocka_unit_test(test_keys_that_ask_for_a_line),
        cmocka_unit_test(test_another_pane_has_no_old_message),
        cmocka_unit_test(test_a_success_takes_an_error_away),
    };

    return cmocka_run_group_tests_name("messages", tests, NULL, NULL);
}
