// The command table and the default keys fit each other and the panes. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "ui/frame/cmd.h"
#include "ui/frame/keymap.h"
#include "ui/frame/panes.h"
#include "ui/term/event.h"

static void test_every_row_is_whole(void **state)
{
    int topic = 0;

    (void)state;
    for (const struct cmd *c = cmd_all(); c->name; c++) {
        assert_true(*c->name && *c->help);
        assert_ptr_equal(cmd_find(c->name), c);
        assert_true(c->min_args >= 0 && (c->max_args < 0 || c->max_args >= c->min_args));
        assert_int_equal(*c->args != '\0', c->max_args != 0);
        assert_int_equal(c->takes[0] != ARG_NONE, c->max_args != 0);
        assert_true(strlen(c->help) <= 78);
        // Topics stand together, so that help has each heading once.
        assert_true((int)c->topic >= topic);
        topic = (int)c->topic;
    }
    assert_int_equal(topic, CMD_TOPICS - 1);
}

static void test_pane_actions_are_commands(void **state)
{
    (void)state;
    for (const struct pane_row *r = panes_all(); r->ops; r++) {
        for (const struct pane_action *a = r->ops->actions; a && a->command; a++) {
            if (!cmd_find(a->command))
                fail_msg("%s acts on \"%s\", which is no command", r->ops->name, a->command);
        }
    }
}

static bool carried_out(const struct cmd *c)
{
    if (c->run)
        return true;
    for (const struct pane_row *r = panes_all(); r->ops; r++) {
        for (const struct pane_action *a = r->ops->actions; a && a->command; a++) {
            if (str_eq(a->command, c->name))
                return true;
        }
    }
    return false;
}

static void test_somebody_carries_each_out(void **state)
{
    (void)state;
    for (const struct cmd *c = cmd_all(); c->name; c++) {
        if (!carried_out(c))
            fail_msg("nobody carries out \"%s\"", c->name);
    }
}

static const struct pane_row *place_of(const struct cmd *c)
{
    for (const struct pane_row *r = panes_all(); r->ops; r++) {
        for (const struct pane_action *a = r->ops->actions; a && a->command; a++) {
            if (str_eq(a->command, c->name))
                return r;
        }
    }
    return NULL;
}

static void test_what_is_done_in_one_pane_has_it(void **state)
{
    (void)state;
    for (const struct cmd *c = cmd_all(); c->name; c++) {
        if (!(c->flags & CMD_THERE))
            continue;
        if (c->run || !place_of(c) || place_of(c)->side == SIDE_POPUP)
            fail_msg("\"%s\" is done in no pane that can be opened first", c->name);
    }
}

static void test_panes_are_whole(void **state)
{
    (void)state;
    for (const struct pane_row *r = panes_all(); r->ops; r++) {
        assert_int_equal(panes_find(panes_all(), r->ops->name), r - panes_all());
        assert_true(*r->ops->title && *r->ops->about);
        assert_true(r->ops->open && r->ops->close && r->ops->draw);
        assert_int_equal(r->side == SIDE_POPUP, r->ops->popup_h > 0);
    }
    assert_true(panes_find(panes_all(), "nowhere") < 0);
}

struct defaults {
    struct keymap keys;
    struct str seen, problems;
};

static bool take(void *self, const struct line *line, struct err *e)
{
    struct defaults *d = self;
    char *key = str_format("|%s %s|", line->words[1].text, line->n > 2 ? line->words[2].text : "");

    if (d->seen.len && strstr(d->seen.data, key))
        str_addf(&d->problems, "%s is bound twice\n", key);
    str_add(&d->seen, key);
    free(key);
    return keymap_line(&d->keys, panes_all(), "keys.conf", line, e);
}

static void tell(void *self, const char *sentence)
{
    str_addf(&((struct defaults *)self)->problems, "%s\n", sentence);
}

// Whoever is in the pane of that context carries it out, or the frame does.
static void check_reachable(const struct binding *b, struct str *problems)
{
    int pane = panes_find(panes_all(), b->context);

    if (pane < 0 || b->cmd->run)
        return;
    for (const struct pane_action *a = panes_all()[pane].ops->actions; a && a->command; a++) {
        if (str_eq(a->command, b->cmd->name))
            return;
    }
    str_addf(problems, "%s does not act on %s\n", b->context, b->cmd->name);
}

static void test_default_keys(void **state)
{
    struct defaults d = {0};
    const struct line_reader reader = {&d, take, tell};
    struct str text = {0};
    struct err e;

    (void)state;
    assert_true(file_read(SOURCE_DIR "/assets/keys.conf", 1 << 20, &text, &e));
    (void)lines_read("keys.conf", str_text(&text), &reader);
    for (size_t i = 0; i < d.keys.len; i++)
        check_reachable(&d.keys.items[i], &d.problems);
    assert_string_equal(str_text(&d.problems), "");
    assert_true(d.keys.len > 60);
    keymap_free(&d.keys);
    str_free(&text);
    str_free(&d.seen);
    str_free(&d.problems);
}

static void test_faults_say_what_is_near(void **state)
{
    struct word word = {.column = 3};
    struct err e;

    (void)state;
    word.text = str_format("serach");
    assert_null(cmd_named(&word, &e));
    assert_string_equal(e.text, "column 3: there is no command \"serach\"; did you mean search");
    free(word.text);
}

static void test_usage(void **state)
{
    struct line line;
    struct err e;

    (void)state;
    assert_true(line_split("open", 0, &line, &e));
    assert_false(cmd_takes(cmd_find("open"), line.words, line.n, &e));
    assert_string_equal(e.text, "column 1: too few words; it goes: open PANE");
    line_free(&line);
    assert_true(line_split("zoom in", 0, &line, &e));
    assert_false(cmd_takes(cmd_find("zoom"), line.words, line.n, &e));
    assert_string_equal(e.text, "column 6: one word too many; it goes: zoom");
    line_free(&line);
    assert_true(line_split("find a b c", 0, &line, &e));
    assert_true(cmd_takes(cmd_find("find"), line.words, line.n, &e));
    line_free(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_is_whole),
        cmocka_unit_test(test_pane_actions_are_commands),
        cmocka_unit_test(test_somebody_carries_each_out),
        cmocka_unit_test(test_what_is_done_in_one_pane_has_it),
        cmocka_unit_test(test_panes_are_whole),
        cmocka_unit_test(test_default_keys),
        cmocka_unit_test(test_faults_say_what_is_near),
        cmocka_unit_test(test_usage),
    };

    return cmocka_run_group_tests_name("ui-frame-commands", tests, NULL, NULL);
}
