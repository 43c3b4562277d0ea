// A prompt: history narrowed by what was typed, completion round and round, drawing.
#include "ui-widget/drawing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/widget/prompt.h"

// Offers the words that begin with the one before the cursor.
static void offer(void *self, const char *text, size_t at, size_t *start,
                  void (*add)(void *to, const char *word, const char *about), void *to)
{
    static const char *const words[][2] = {{"search", "run the filters"},
                                           {"set", NULL},
                                           {"sort", "order the rows"},
                                           {"quit", "leave"}};
    char *typed;

    assert_null(self);
    for (*start = at; *start > 0 && text[*start - 1] != ' ';)
        --*start;
    typed = mem_strndup(text + *start, at - *start);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (str_starts(words[i][0], typed))
            add(to, words[i][0], words[i][1]);
    }
    free(typed);
}

static const struct completion completing = {NULL, offer}, plain = {NULL, NULL};

static enum prompt_result press(struct prompt *p, uint32_t code)
{
    struct event ev = key(code);

    return prompt_event(p, &ev);
}

static void type(struct prompt *p, const char *text)
{
    for (; *text; text++)
        assert_int_equal(press(p, (uint32_t)*text), PROMPT_GOES_ON);
}

static void check(const struct prompt *p, const char *want)
{
    assert_string_equal(str_text(&p->edit.text), want);
    assert_int_equal(p->edit.at, strlen(want));
}

static void test_results(void **state)
{
    struct prompt p;
    struct event ev = paste("a\nb", 3), release = mouse(MOUSE_RELEASE, 0, 0);

    (void)state;
    prompt_init(&p, "Save as", "rows.csv", NULL, plain);
    check(&p, "rows.csv");
    assert_int_equal(press(&p, 'x'), PROMPT_GOES_ON);
    assert_int_equal(press(&p, K_F1), PROMPT_NOT_MINE);
    assert_int_equal(press(&p, K_UP), PROMPT_GOES_ON);
    assert_int_equal(press(&p, K_TAB), PROMPT_GOES_ON);
    assert_int_equal(prompt_event(&p, &release), PROMPT_NOT_MINE);
    assert_int_equal(prompt_event(&p, &ev), PROMPT_GOES_ON);
    check(&p, "rows.csvxa b");
    assert_int_equal(press(&p, K_ESCAPE), PROMPT_CANCELLED);
    assert_int_equal(press(&p, K_ENTER), PROMPT_DONE);
    prompt_free(&p);
    prompt_free(&p);
}

static void test_history(void **state)
{
    struct history h = {0};
    struct prompt p;

    (void)state;
    history_add(&h, "search");
    history_add(&h, "sort name");
    history_add(&h, "sort name");
    history_add(&h, "");
    history_add(&h, "quit");
    assert_int_equal(h.n, 3);
    prompt_init(&p, ":", "", &h, plain);
    press(&p, K_UP);
    check(&p, "quit");
    press(&p, K_UP);
    press(&p, K_UP);
    press(&p, K_UP); // the oldest stays
    check(&p, "search");
    press(&p, K_DOWN);
    check(&p, "sort name");
    press(&p, K_CTRL | 'n');
    press(&p, K_DOWN);
    press(&p, K_DOWN);
    check(&p, "");
    type(&p, "s");
    press(&p, K_CTRL | 'p');
    check(&p, "sort name");
    press(&p, K_UP);
    check(&p, "search");
    press(&p, K_DOWN);
    press(&p, K_DOWN);
    check(&p, "s");
    press(&p, K_UP);
    press(&p, K_BACKSPACE); // typing begins anew from what stands there
    press(&p, K_UP);
    check(&p, "sort name");
    prompt_free(&p);
    history_free(&h);
}

static void test_history_is_bounded(void **state)
{
    struct history h = {0};

    (void)state;
    for (int i = 0; i < HISTORY_MAX + 10; i++) {
        char *text = str_format("line %d", i);

        history_add(&h, text);
        free(text);
    }
    assert_int_equal(h.n, HISTORY_MAX);
    assert_string_equal(h.items[0], "line 10");
    assert_string_equal(h.items[h.n - 1], "line 509");
    history_free(&h);
}

static void test_completion_goes_round(void **state)
{
    struct prompt p;

    (void)state;
    prompt_init(&p, ":", "", NULL, completing);
    assert_int_equal(prompt_offered(&p), 4);
    type(&p, "x se");
    assert_int_equal(prompt_offered(&p), 2);
    press(&p, K_TAB);
    check(&p, "x search");
    press(&p, K_TAB);
    check(&p, "x set");
    press(&p, K_TAB);
    check(&p, "x se");
    press(&p, K_SHIFT | K_TAB);
    check(&p, "x set");
    type(&p, " q"); // a new word, new offers
    press(&p, K_TAB);
    check(&p, "x set quit");
    press(&p, K_BACKSPACE);
    assert_int_equal(prompt_offered(&p), 1);
    type(&p, "z");
    assert_int_equal(prompt_offered(&p), 0);
    press(&p, K_TAB);
    check(&p, "x set quiz");
    prompt_free(&p);
}

static void test_completion_within_the_line(void **state)
{
    struct prompt p;

    (void)state;
    prompt_init(&p, ":", "so name", NULL, completing);
    press(&p, K_HOME);
    press(&p, K_RIGHT);
    press(&p, K_RIGHT);
    press(&p, K_TAB);
    assert_string_equal(str_text(&p.edit.text), "sort name");
    assert_int_equal(p.edit.at, 4);
    prompt_free(&p);
}

static void test_drawing(void **state)
{
    struct prompt p;
    struct canvas c = {0};
    struct event click = mouse(MOUSE_PRESS, 2, 4);

    (void)state;
    prompt_init(&p, ":", "s", NULL, completing);
    prompt_draw(&p, fresh(&c, 5, 30), true);
    check_drawing(&c, "\n"
                      "  search  run the filters\n"
                      "  set\n"
                      "  sort    order the rows\n"
                      ":s\n");
    check_cursor(&c, 4, 2);
    press(&p, K_SHIFT | K_TAB);
    prompt_draw(&p, fresh(&c, 3, 30), true);
    check_drawing(&c, "  set\n"
                      "> sort  order the rows\n"
                      ":sort\n");
    check_role(&c, 1, 0, 30, ROLE_CURSOR);
    prompt_draw(&p, fresh(&c, 5, 30), true);
    assert_int_equal(prompt_event(&p, &click), PROMPT_GOES_ON);
    check(&p, "set");
    click.y = 0;
    assert_int_equal(prompt_event(&p, &click), PROMPT_NOT_MINE);
    prompt_draw(&p, fresh(&c, 1, 30), false);
    check_drawing(&c, ":set\n");
    check_cursor(&c, -1, -1);
    for (int h = 0; h < 4; h++) {
        for (int w = 0; w < 12; w++)
            prompt_draw(&p, fresh(&c, h, w), true);
    }
    prompt_free(&p);
    prompt_init(&p, "Save as", "a.csv", NULL, plain);
    prompt_draw(&p, fresh(&c, 1, 30), true);
    check_drawing(&c, "Save as a.csv\n");
    prompt_free(&p);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_history_is_bounded),
        cmocka_unit_test(test_completion_goes_round),
        cmocka_unit_test(test_completion_within_the_line),
        cmocka_unit_test(test_drawing),
    };

    return cmocka_run_group_tests_name("ui-widget-prompt", tests, use_utf8, NULL);
}
