// The `:` line, palette, menu, theme picker, help and questions. Tests.
#include "ui-frame/mini.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "ui/frame/ask.h"
#include "ui/frame/complete.h"
#include "ui/frame/help.h"

static void test_command_line(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, ":");
    mini_type(m, "open log");
    mini_wants(m, ":open log");
    mini_press(m, "Enter");
    assert_string_equal(mini_focus(m), "log");
    mini_press(m, ":");
    mini_type(m, "opne log");
    mini_press(m, "Enter");
    mini_wants(m, "did you mean open");
    // History: the last but one.
    mini_run(m, "open results");
    mini_press(m, ": Up Up Enter");
    assert_string_equal(mini_focus(m), "log");
    mini_press(m, ":");
    mini_type(m, "qu");
    mini_press(m, "Esc");
    assert_string_equal(mini_focus(m), "log");
    mini_close(m);
}

struct kept {
    struct mini_frame *m;
    char *path;
};

static struct kept open_kept(void)
{
    struct mini_frame *m = mini_open(24, 80);

    return (struct kept){m, str_format("%s/.local/state/lode/history", m->home)};
}

static void close_kept(struct kept *k)
{
    free(k->path);
    mini_close(k->m);
}

static void enter(struct mini_frame *m, const char *text)
{
    mini_press(m, ":");
    mini_type(m, text);
    mini_press(m, "Enter");
}

static void write_history(const struct kept *k, const char *text)
{
    int fd = open(k->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0 && file_write_all(fd, text, strlen(text)));
    assert_int_equal(close(fd), 0);
}

// All of it, the caller's.
static char *read_history(const struct kept *k)
{
    enum { MOST = 1 << 17 };
    struct str text = {0};
    struct err e;

    if (!file_read(k->path, MOST, &text, &e))
        fail_msg("%s", e.text);
    return str_take(&text);
}

static void check_history(const struct kept *k, const char *want)
{
    char *text = read_history(k);

    assert_string_equal(text, want);
    free(text);
}

static void test_history_is_kept_for_its_owner(void **state)
{
    struct kept k = open_kept();
    struct mini_frame *m = k.m;

    (void)state;
    enter(m, "zoom");
    check_history(&k, "zoom\n"); // at once: nobody knows how this Lode ends
    frame_free(&m->frame);
    frame_init(&m->frame, mini_rows, m->desk, NULL, true);
    frame_size(&m->frame, 24, 80);
    deck_show(&m->frame.deck, MINI_MAIN);
    mini_press(m, ": Up");
    mini_wants(m, ":zoom");
    close_kept(&k);
}

static void test_history_of_another_lode_stays(void **state)
{
    struct kept k = open_kept();

    (void)state;
    enter(k.m, "zoom");
    // What another entered, killed before the line had its end.
    write_history(&k, "zoom\nredraw\nopen log");
    enter(k.m, "down");
    check_history(&k, "zoom\nredraw\nopen log\ndown\n");
    close_kept(&k);
}

// Nobody waits for who holds it: it is read all the same, and what is entered then is kept here.
static void test_history_that_is_held(void **state)
{
    struct kept k = open_kept();
    int held;

    (void)state;
    mini_press(k.m, ": Esc");
    assert_int_equal(access(k.path, F_OK), -1); // reading makes no file
    k.m->frame.history_read = false;
    write_history(&k, "zoom\nopen log\n");
    held = open(k.path, O_RDWR);
    assert_true(held >= 0 && flock(held, LOCK_EX) == 0);
    mini_press(k.m, ": Up");
    mini_wants(k.m, ":open log");
    mini_press(k.m, "Esc");
    enter(k.m, "redraw");
    check_history(&k, "zoom\nopen log\n");
    mini_press(k.m, ": Up");
    mini_wants(k.m, ":redraw");
    mini_press(k.m, "Esc");
    assert_int_equal(close(held), 0);
    enter(k.m, "down");
    check_history(&k, "zoom\nopen log\ndown\n");
    close_kept(&k);
}

static void test_history_is_bounded(void **state)
{
    enum { LINES = 40000 };
    struct kept k = open_kept();
    struct str text = {0};
    char *left;

    (void)state;
    enter(k.m, "zoom");
    for (int i = 0; i < LINES; i++)
        str_addf(&text, "down %d\n", i);
    write_history(&k, str_text(&text));
    str_free(&text);
    enter(k.m, "redraw");
    left = read_history(&k);
    assert_true(str_starts(left, "down "));
    assert_non_null(strstr(left, "down 39999\nredraw\n"));
    free(left);
    close_kept(&k);
}

struct offered {
    struct str words;
    size_t start;
};

static void add(void *to, const char *word, const char *about)
{
    (void)about;
    str_addf(&((struct offered *)to)->words, "%s|", word);
}

static void check_offers(struct mini_frame *m, const char *text, size_t start, const char *words)
{
    struct offered o = {0};

    complete_offer(&m->frame, text, strlen(text), &o.start, add, &o);
    assert_int_equal(o.start, start);
    assert_string_equal(str_text(&o.words), words);
    str_free(&o.words);
}

static void test_completion(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    check_offers(m, "fetc", 0, "fetch-all|");
    check_offers(m, "ope", 0, "open |open-url|");
    check_offers(m, "open fi", 5, "filters|");
    check_offers(m, "open lt", 5, "filters|results|");
    check_offers(m, "open log x", 9, "");
    check_offers(m, "entity co", 7, "contact|company|");
    check_offers(m, "set mou", 4, "mouse|");
    check_offers(m, "set mouse ", 10, "on|off|");
    check_offers(m, "bind all F1 hel", 12, "help|");
    check_offers(m, "bind po", 5, "popup|export|");
    check_offers(m, "where 'Company na", 6, "'Company name='|");
    check_offers(m, "set budget-day ", 15, "none|");
    check_offers(m, "by ", 3, "day|search|profile|");
    check_offers(m, "by s", 3, "search|");
    check_offers(m, "back ", 5, "quit|");
    check_offers(m, "goto ", 5, "");
    check_offers(m, "find x", 5, "");
    mini_close(m);
}

// Tab completes where one argument is asked for, and inserts nothing where none can be known.
static void test_completion_of_what_is_asked_for(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, ":");
    mini_type(m, "open");
    mini_press(m, "Enter");
    assert_string_equal(mini_focus(m), "ask-text");
    mini_wants(m, "filters");
    mini_type(m, "lo");
    mini_press(m, "Tab Enter");
    assert_string_equal(mini_focus(m), "log");
    mini_run(m, "open results");
    mini_run(m, "set");
    mini_type(m, "live");
    mini_press(m, "Tab");
    mini_type(m, " of");
    mini_press(m, "Tab Enter");
    assert_string_equal(mini_focus(m), "results");
    assert_int_equal(settings_int(&m->frame.config.settings, SETTING_LIVE_COUNT), 0);
    mini_press(m, "/");
    mini_type(m, "ab");
    mini_press(m, "Tab S-Tab");
    mini_type(m, "c");
    mini_press(m, "Enter");
    assert_string_equal(mini_pane(m, MINI_MAIN)->did, "find abc");
    mini_press(m, ":");
    mini_type(m, "find x");
    mini_press(m, "Tab Enter");
    assert_string_equal(mini_pane(m, MINI_MAIN)->did, "find x");
    mini_close(m);
}

// Without its words a command asks for them, as its key does.
static void test_a_command_without_words_asks(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, ":");
    mini_type(m, "find");
    mini_press(m, "Enter");
    assert_string_equal(mini_focus(m), "ask-text");
    mini_type(m, "y");
    mini_press(m, "Enter");
    assert_string_equal(mini_pane(m, MINI_MAIN)->did, "find y");
    mini_close(m);
}

static void test_palette(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, "C-p");
    assert_string_equal(mini_focus(m), "palette");
    mini_type(m, "zoom");
    mini_wants(m, "zoom");
    mini_press(m, "Enter");
    assert_true(m->frame.deck.zoom);
    // What its row has no room for stands below the rows.
    mini_press(m, "C-p");
    mini_type(m, "marksame");
    mini_wants(m, "mark the fetched rows with the same value in this column");
    mini_press(m, "Esc");
    // A command that needs words is put on the line.
    mini_press(m, "C-p");
    mini_type(m, "split");
    mini_press(m, "Enter");
    mini_wants(m, ":split");
    mini_press(m, "Esc C-p Esc");
    assert_string_equal(mini_focus(m), "results");
    // A pane by its title, before the commands that only speak of such.
    mini_press(m, "C-p");
    mini_type(m, "whol");
    mini_wants(m, "> Whole");
    mini_press(m, "Enter");
    assert_string_equal(mini_focus(m), "log");
    mini_close(m);
}

static void test_menu(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, "F10");
    assert_string_equal(mini_focus(m), "menu");
    mini_wants(m, "Moving");
    mini_wants(m, "one row up");
    // This pane knows no such move: it says so, and cannot be chosen.
    mini_wants(m, "(up)");
    mini_press(m, "Enter");
    assert_string_equal(mini_focus(m), "menu");
    mini_press(m, "Right");
    mini_wants(m, "next-pane");
    mini_wants(m, "show a pane and give it the keys");
    mini_press(m, "Right Right Right End");
    mini_wants(m, "import needs somebody signed in");
    mini_press(m, "Esc");
    assert_string_equal(mini_focus(m), "results");
    // Where not all of them fit it says how many more there are.
    frame_size(&m->frame, 12, 60);
    mini_draw(m);
    mini_press(m, "F10 Right Right");
    mini_wants(m, " more ");
    mini_press(m, "Esc");
    mini_close(m);
}

static void test_theme_picker_brings_the_old_one_back(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct theme before = m->frame.config.theme;

    (void)state;
    mini_press(m, "T");
    mini_wants(m, "> default");
    mini_press(m, "Down Down");
    assert_string_not_equal(settings_text(&m->frame.config.settings, SETTING_THEME), "default");
    mini_press(m, "Esc");
    assert_string_equal(settings_text(&m->frame.config.settings, SETTING_THEME), "default");
    assert_memory_equal(before.styles, m->frame.config.theme.styles, sizeof(before.styles));
    mini_run(m, "theme nosuch");
    mini_wants(m, "there is no theme \"nosuch\"");
    assert_string_equal(settings_text(&m->frame.config.settings, SETTING_THEME), "default");
    mini_close(m);
}

static void test_help_is_made_from_the_bindings(void **state)
{
    struct mini_frame *m = mini_open(24, 80);
    struct str text = {0};

    (void)state;
    mini_run(m, "bind results F7 split 40");
    help_text(&m->frame, NULL, &text);
    assert_non_null(strstr(text.data, "F7            split 40: how much"));
    assert_ptr_equal(strstr(text.data, "# Main"), text.data);
    for (const struct cmd *c = cmd_all(); c->name; c++)
        assert_non_null(strstr(text.data, c->name));
    str_clear(&text);
    help_text(&m->frame, cmd_find("buy"), &text);
    assert_non_null(strstr(text.data, "no key spends"));
    mini_run(m, "help zoom");
    mini_wants(m, "the pane on the whole screen, and back");
    str_free(&text);
    mini_close(m);
}

static int answer;
static int asked_freed;

static void answered(void *self, int button)
{
    (void)self;
    answer = button;
}

static void freed(void *self)
{
    (void)self;
    asked_freed++;
}

static void ask(struct mini_frame *m)
{
    answer = -1;
    ask_buttons(&m->frame,
                &(struct ask_buttons){"Quit", "Really?", "Stay|Quit", answered, freed, m, 0});
    mini_draw(m);
    mini_wants(m, "Really?");
}

static void test_questions(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    ask(m);
    mini_press(m, "Esc");
    assert_int_equal(answer, 0);
    ask(m);
    mini_press(m, "Enter");
    assert_int_equal(answer, 0);
    ask(m);
    mini_press(m, "Right Enter");
    assert_int_equal(answer, 1);
    ask(m);
    mini_press(m, "C-c");
    assert_int_equal(answer, 0);
    assert_int_equal(asked_freed, 4);
    assert_string_equal(mini_focus(m), "results");
    // Other keys of the same commands do the same, and those that are text for a line press
    // nothing.
    ask(m);
    mini_press(m, "l h l Enter");
    assert_int_equal(answer, 1);
    mini_run(m, "unbind all l");
    mini_run(m, "bind popup F right");
    ask(m);
    mini_press(m, "l Enter");
    assert_int_equal(answer, 0);
    ask(m);
    mini_press(m, "F");
    mini_event_in(m, &(struct event){.kind = EVENT_KEY, .key = 's', .asked = true});
    assert_int_equal(answer, -1);
    mini_press(m, "Enter");
    assert_int_equal(answer, 1);
    mini_close(m);
}

static void test_cancel_asks_before_it_quits(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, "? C-c");
    assert_string_equal(mini_focus(m), "results");
    mini_press(m, "C-c");
    mini_wants(m, "Nothing would be lost.");
    mini_press(m, "Enter");
    assert_false(m->frame.leave);
    mini_press(m, "C-c C-c");
    assert_true(m->frame.leave);
    mini_close(m);
}

static void test_what_is_forgotten(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, ":");
    mini_type(m, "type hunter2");
    mini_press(m, "Enter");
    assert_int_equal(m->frame.history.n, 0);
    mini_close(m);
}

static void test_a_missing_argument_is_asked_for(void **state)
{
    struct mini_frame *m = mini_open(24, 80);

    (void)state;
    mini_press(m, "/");
    mini_type(m, "VP of IT");
    mini_press(m, "Enter");
    assert_string_equal(mini_pane(m, MINI_MAIN)->did, "find VP of IT");
    mini_press(m, "/ Esc");
    assert_string_equal(mini_focus(m), "results");
    mini_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_command_line),
        cmocka_unit_test(test_history_is_kept_for_its_owner),
        cmocka_unit_test(test_history_of_another_lode_stays),
        cmocka_unit_test(test_history_that_is_held),
        cmocka_unit_test(test_history_is_bounded),
        cmocka_unit_test(test_completion),
        cmocka_unit_test(test_completion_of_what_is_asked_for),
        cmocka_unit_test(test_a_command_without_words_asks),
        cmocka_unit_test(test_palette),
        cmocka_unit_test(test_menu),
        cmocka_unit_test(test_theme_picker_brings_the_old_one_back),
        cmocka_unit_test(test_help_is_made_from_the_bindings),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_cancel_asks_before_it_quits),
        cmocka_unit_test(test_what_is_forgotten),
        cmocka_unit_test(test_a_missing_argument_is_asked_for),
    };

    return cmocka_run_group_tests_name("ui-frame-pickers", tests, NULL, NULL);
}
