// lode.conf: defaults below the system's file below the person's, faults with their place, themes
// and roles, and the folder that is watched. Tests.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <poll.h>

#include "base/mem.h"
#include "support/temp.h"
#include "ui/frame/config.h"
#include "ui/frame/themes.h"
#include "ui/frame/watch.h"
#include "ui/term/event.h"

static char *root;

static char *place(const char *path)
{
    return str_format("%s/%s", root, path);
}

static void put(const char *path, const char *text)
{
    char *name = place(path);
    FILE *f = fopen(name, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    free(name);
}

static void make(const char *path)
{
    char *name = place(path);

    assert_int_equal(mkdir(name, 0700), 0);
    free(name);
}

static void point(const char *variable, const char *path)
{
    char *name = place(path);

    assert_int_equal(setenv(variable, name, 1), 0);
    free(name);
}

static int begin(void **state)
{
    (void)state;
    root = temp_make();
    make("own");
    make("own/lode");
    make("own/lode/themes");
    make("system");
    make("system/lode");
    point("HOME", "");
    point("XDG_CONFIG_HOME", "own");
    point("XDG_CONFIG_DIRS", "system");
    return 0;
}

static int end(void **state)
{
    (void)state;
    temp_remove(root);
    free(root);
    return 0;
}

static struct config load(void)
{
    struct config c;

    config_init(&c, panes_all());
    config_load(&c);
    return c;
}

static void test_defaults(void **state)
{
    struct config c = load();

    (void)state;
    assert_string_equal(str_text(&c.fault), "");
    assert_non_null(keymap_find(&c.keys, "all", 'q'));
    assert_string_equal(keymap_find(&c.keys, "all", 'q')->from, "keys.conf");
    assert_string_equal(settings_text(&c.settings, SETTING_THEME), "default");
    assert_int_equal(settings_int(&c.settings, SETTING_MOUSE), 1);
    config_free(&c);
}

static void test_person_over_system(void **state)
{
    struct config c;

    (void)state;
    put("system/lode/lode.conf", "set mouse off\nset split 50\nbind all q zoom\n");
    put("own/lode/lode.conf", "set split 20\nunbind all Q\nbind all F7 open log\n");
    c = load();
    assert_string_equal(str_text(&c.fault), "");
    assert_int_equal(settings_int(&c.settings, SETTING_MOUSE), 0);
    assert_int_equal(settings_int(&c.settings, SETTING_SPLIT), 20);
    assert_string_equal(keymap_find(&c.keys, "all", 'q')->command, "zoom");
    assert_null(keymap_find(&c.keys, "all", 'Q'));
    assert_string_equal(keymap_find(&c.keys, "all", K_F1 + 6)->command, "open log");
    config_free(&c);
}

static void test_faults(void **state)
{
    struct config c;
    char *wanted;

    (void)state;
    put("own/lode/lode.conf", "set split 20\n"
                              "set split wide\n"
                              "  set muose on\n"
                              "search\n"
                              "theme nosuch\n"
                              "role cursor fg=#12\n"
                              "bind all j\n"
                              "set split 40\n");
    c = load();
    assert_int_equal(settings_int(&c.settings, SETTING_SPLIT), 40);
    wanted = str_format(
        "%s/own/lode/lode.conf:2:11: split is a number from 10 to 90, not \"wide\"\n"
        "%s/own/lode/lode.conf:3:7: there is no setting \"muose\"; did you mean "
        "mouse\n"
        "%s/own/lode/lode.conf:4:1: \"search\" is no line of lode.conf; it takes "
        "set, theme, role, bind and unbind\n"
        "%s/own/lode/lode.conf:5:7: there is no theme \"nosuch\"; there are dark, default, ",
        root, root, root, root);
    if (strncmp(str_text(&c.fault), wanted, strlen(wanted)) != 0)
        assert_string_equal(str_text(&c.fault), wanted);
    assert_non_null(strstr(c.fault.data, "lode.conf:6:13:"));
    assert_non_null(strstr(c.fault.data, "lode.conf:7:1: too few words; it goes: bind"));
    assert_int_equal(c.faults, 6);
    free(wanted);
    config_free(&c);
}

// It is told where it stands, with the nearest right one; what was set before holds.
static void test_a_theme_that_is_none(void **state)
{
    struct config c;

    (void)state;
    put("own/lode/lode.conf", "set theme light\nset theme lihgt\nset theme a/b\ntheme ''\n");
    c = load();
    assert_non_null(
        strstr(c.fault.data, "lode.conf:2:11: there is no theme \"lihgt\"; did you mean light\n"));
    assert_non_null(strstr(c.fault.data, "lode.conf:3:11: there is no theme \"a/b\""));
    assert_non_null(strstr(c.fault.data, "lode.conf:4:7: there is no theme \"\""));
    assert_int_equal(c.faults, 3);
    assert_string_equal(settings_text(&c.settings, SETTING_THEME), "light");
    config_free(&c);
}

static void test_own_theme_and_roles(void **state)
{
    struct theme_names names;
    struct config c;
    bool listed = false;

    (void)state;
    put("own/lode/themes/mine.theme", "role cursor fg=#010203\nrole title fg=#040506\n");
    put("own/lode/lode.conf", "role title fg=#070809\ntheme mine\n");
    c = load();
    assert_string_equal(str_text(&c.fault), "");
    assert_int_equal(c.theme.styles[ROLE_CURSOR].fg, COLOUR_RGB | 0x010203);
    assert_int_equal(c.theme.styles[ROLE_TITLE].fg, COLOUR_RGB | 0x070809);
    config_free(&c);
    names = themes_list();
    for (size_t i = 0; i < names.len; i++)
        listed |= str_eq(names.items[i], "mine");
    assert_true(listed);
    themes_free(&names);
}

static void test_every_built_in_theme_is_sound(void **state)
{
    struct theme_names names = themes_list();

    (void)state;
    for (size_t i = 0; i < names.len; i++) {
        char *text = str_format("theme %s\n", names.items[i]);
        struct config c;

        put("own/lode/lode.conf", text);
        c = load();
        assert_string_equal(str_text(&c.fault), "");
        config_free(&c);
        free(text);
    }
    themes_free(&names);
}

static void test_what_is_watched(void **state)
{
    struct watch w;
    struct pollfd fd;

    (void)state;
    put("own/lode/lode.conf", "");
    watch_open(&w);
    assert_true(w.fd >= 0);
    assert_false(watch_changed(&w));
    put("own/lode/other", "x");
    assert_false(watch_changed(&w));
    put("own/lode/lode.conf", "set mouse off\n");
    fd = (struct pollfd){.fd = w.fd, .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 5000), 1);
    assert_true(watch_changed(&w));
    put("own/lode/themes/mine.theme", "role cursor bold\n");
    assert_int_equal(poll(&fd, 1, 5000), 1);
    assert_true(watch_changed(&w));
    assert_false(watch_changed(&w));
    watch_close(&w);
}

static void test_a_folder_made_later_is_watched(void **state)
{
    struct watch w;
    struct pollfd fd;

    (void)state;
    point("XDG_CONFIG_HOME", "fresh");
    watch_open(&w);
    fd = (struct pollfd){.fd = w.fd, .events = POLLIN};
    put("fresh/lode/lode.conf", "set mouse off\n");
    assert_int_equal(poll(&fd, 1, 5000), 1);
    assert_true(watch_changed(&w));
    make("fresh/lode/themes");
    assert_int_equal(poll(&fd, 1, 5000), 1);
    assert_true(watch_changed(&w));
    put("fresh/lode/themes/mine.theme", "role cursor bold\n");
    assert_int_equal(poll(&fd, 1, 5000), 1);
    assert_true(watch_changed(&w));
    watch_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_defaults, begin, end),
        cmocka_unit_test_setup_teardown(test_person_over_system, begin, end),
        cmocka_unit_test_setup_teardown(test_faults, begin, end),
        cmocka_unit_test_setup_teardown(test_a_theme_that_is_none, begin, end),
        cmocka_unit_test_setup_teardown(test_own_theme_and_roles, begin, end),
        cmocka_unit_test_setup_teardown(test_every_built_in_theme_is_sound, begin, end),
        cmocka_unit_test_setup_teardown(test_what_is_watched, begin, end),
        cmocka_unit_test_setup_teardown(test_a_folder_made_later_is_watched, begin, end),
    };

    return cmocka_run_group_tests_name("ui-frame-config", tests, NULL, NULL);
}
