// Profiles as files: what is written comes back, nothing secret is in them, faults are told with
// their place, and which account a person means. Tests.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/address.h"
#include "flow/profiles.h"
#include "support/run.h"
#include "support/test.h"

static struct home home;

static int enter_home(void **state)
{
    (void)state;
    home = home_make();
    home_enter(&home);
    return 0;
}

static int leave_home(void **state)
{
    (void)state;
    assert_int_equal(chdir("/"), 0);
    home_remove(&home);
    return 0;
}

static char *path_of(const char *file)
{
    return str_format("%s/config/lode/profiles/%s", home.path, file);
}

static void write_text(const char *file, const char *text)
{
    char *path = path_of(file);
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static void make(const char *name, const char *url, const char *user)
{
    char *n = mem_strdup(name), *u = mem_strdup(url), *who = mem_strdup(user);
    struct err e = {0};

    if (!profile_write(&(struct profile){.name = n, .base_url = u, .user = who}, &e))
        fail_msg("%s", e.text);
    free(n);
    free(u);
    free(who);
}

static void what_is_written_comes_back(void **state)
{
    char name[] = "acme-1.eu_x", url[] = "https://api.example.com", user[] = "ana = \"#' \xc3\xbc";
    struct profile p = {.name = name,
                        .base_url = url,
                        .user = user,
                        .package = PACKAGE_SCALING,
                        .way = WAY_KEY,
                        .keep = KEEP_SESSION};
    char *path = path_of("acme-1.eu_x.profile");
    struct profile back;
    struct stat st;
    struct err e = {0};

    (void)state;
    assert_true(profile_write(&p, &e));
    assert_true(profile_read(name, &back, &e));
    assert_string_equal(back.name, name);
    assert_string_equal(back.base_url, url);
    assert_string_equal(back.user, user);
    assert_int_equal(back.package, PACKAGE_SCALING);
    assert_int_equal(back.way, WAY_KEY);
    assert_int_equal(back.keep, KEEP_SESSION);
    assert_false(back.sandbox);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    profile_free(&back);
    assert_true(profile_remove(name, &e));
    assert_true(profile_remove(name, &e));
    assert_false(profile_read(name, &back, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    free(path);
}

static void what_may_not_be_is_not_written(void **state)
{
    static const struct {
        const char *name, *url, *user, *says;
    } cases[] = {
        {"../x", "https://a.example", "ana", "letters, digits"},
        {".x", "https://a.example", "ana", "letters, digits"},
        {"", "https://a.example", "ana", "letters, digits"},
        {"sandbox", "https://a.example", "ana", "sandbox"},
        {"a", "http://a.example", "ana", "https://"},
        {"a", "http://localhost.example", "ana", "https://"},
        {"a", "http://127.0.0.1.example", "ana", "https://"},
        {"a", "http://127.0.0.1@a.example", "ana", "https://"},
        {"a", "ftp://a.example", "ana", "https://"},
        {"a", "https://a.example", "", "user name is empty"},
        {"a", "https://a.example", "a\nb", "control character"},
        {"a", "https://a.example", "\xff", "UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct profile p = {.name = mem_strdup(cases[i].name),
                            .base_url = mem_strdup(cases[i].url),
                            .user = mem_strdup(cases[i].user)};
        struct err e = {0};

        if (profile_write(&p, &e) || !strstr(e.text, cases[i].says))
            fail_msg("%zu: \"%s\"", i, e.text);
        assert_int_equal(e.kind, ERR_INVALID);
        profile_free(&p);
    }
}

static void loopback_is_this_machine_alone(void **state)
{
    static const char *const here[] = {"http://127.0.0.1", "http://127.1.2.3:80/x",
                                       "http://localhost", "https://localhost:1/",
                                       "http://[::1]:8080"};
    static const char *const elsewhere[] = {"http://127.0.0.1.example.com",
                                            "http://localhost.com",
                                            "http://127.example.com",
                                            "http://[::2]",
                                            "http://[::11]",
                                            "http://128.0.0.1",
                                            "http://localhost@example.com",
                                            "localhost",
                                            "ftp://127.0.0.1"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(here); i++)
        assert_true(address_is_loopback(here[i]));
    for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++) {
        if (address_is_loopback(elsewhere[i]))
            fail_msg("%s", elsewhere[i]);
    }
}

static void faults_are_told_with_their_place(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"base-url = https://a.example\n", "has no user"},
        {"user = ana\n", "has no base-url"},
        {"base-url https://a.example\nuser = ana\n", "profile bad:1:1: a line is: name = value"},
        {"base-url = https://a.example\nuser = ana\npackage = huge\n",
         "profile bad:3:11: a package"},
        {"base-url = https://a.example\nuser = ana\nsign-in = face\n", "profile bad:3:11: sign-in"},
        {"base-url = https://a.example\nuser = ana\nsecrets = file\n", "profile bad:3:11: secrets"},
        {"base-url = http://a.example\nuser = ana\n", "https://"},
        {"user = \"ana\n", "profile bad:1"},
    };

    (void)state;
    make("good", "https://a.example", "ana");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct profile_list l;
        struct profile p;
        struct err e = {0}, skipped;

        write_text("bad.profile", cases[i].text);
        if (profile_read("bad", &p, &e) || !strstr(e.text, cases[i].says))
            fail_msg("%zu: \"%s\"", i, e.text);
        assert_true(profiles_list(&l, &skipped, &e));
        assert_int_equal(l.n, 2);
        assert_int_equal(skipped.kind, ERR_INVALID);
        profiles_free(&l);
    }
    write_text("later.profile", "base-url = https://a.example\nuser = ana\nsome-day = 'a b'\n");
    {
        struct profile p;
        struct err e;

        assert_true(profile_read("later", &p, &e));
        profile_free(&p);
    }
}

static void they_are_listed_by_name(void **state)
{
    struct profile_list l;
    struct err e, skipped;

    (void)state;
    make("zeta", "https://z.example", "zoe");
    make("acme", "https://a.example", "ana");
    write_text("half.profile.Xy12Ab", "base-url = https://h.example\nuser = h\n");
    write_text("note", "not a profile");
    assert_true(profiles_list(&l, &skipped, &e));
    assert_int_equal(skipped.kind, ERR_NONE);
    assert_int_equal(l.n, 3);
    assert_string_equal(l.items[0].name, "acme");
    assert_string_equal(l.items[1].name, "zeta");
    assert_string_equal(l.items[2].name, "sandbox");
    assert_true(l.items[2].sandbox);
    profiles_free(&l);
}

static void expect_current(const char *name)
{
    char *current = profiles_current();

    if (!current || !name)
        assert_ptr_equal(current, name);
    else
        assert_string_equal(current, name);
    free(current);
}

static void one_is_in_use(void **state)
{
    struct err e;

    (void)state;
    expect_current(NULL);
    make("acme", "https://a.example", "ana");
    expect_current("acme");
    make("zeta", "https://z.example", "zoe");
    expect_current(NULL);
    assert_true(profiles_use("zeta", &e));
    expect_current("zeta");
    assert_false(profiles_use("nobody", &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    assert_true(profiles_use("sandbox", &e));
    expect_current("sandbox");
    assert_true(profiles_use("zeta", &e));
    assert_true(profile_remove("zeta", &e));
    expect_current("acme");
}

struct choice {
    struct profile_wish wish;
    const char *name; // NULL: refused
    bool known;
    const char *url, *user; // or what the refusal says
};

static const struct choice choices[] = {
    {{.sandbox = true}, "sandbox", true, NULL, "analyst@example.com"},
    {{.profile = "sandbox"}, "sandbox", true, NULL, "analyst@example.com"},
    {{.sandbox = true, .base_url = "https://a.example"}, NULL, false, "do not go together", ""},
    {{.sandbox = true, .profile = "acme"}, NULL, false, "sandbox", ""},
    {{.profile = NULL}, "acme", true, "https://a.example", "ana"},
    {{.profile = "zeta"}, "zeta", true, "https://z.example", "zoe"},
    {{.profile = "zeta", .user = "zoe"}, "zeta", true, "https://z.example", "zoe"},
    {{.profile = "zeta", .base_url = "https://z.example//"},
     "zeta",
     true,
     "https://z.example",
     "zoe"},
    // A secret never goes to another address than its profile's.
    {{.profile = "zeta", .base_url = "https://evil.example"}, NULL, false, "choose another", ""},
    {{.profile = "zeta", .user = "ana"}, NULL, false, "choose another", ""},
    {{.profile = "new"}, "new", false, "https://api.zoominfo.com", NULL},
    {{.profile = "new", .base_url = "https://n.example", .user = "ned"},
     "new",
     false,
     "https://n.example",
     "ned"},
    {{.profile = "../x"}, NULL, false, "letters", ""},
    {{.base_url = "https://n.example"}, "n.example", false, "https://n.example", NULL},
    {{.base_url = "http://n.example"}, NULL, false, "https://", ""},
    {{.user = "ned"}, "api.zoominfo.com", false, "https://api.zoominfo.com", "ned"},
    // Named after its address, as lode login does without --profile.
    {{.base_url = "https://m.example"}, "m.example", true, "https://m.example", "mia"},
    {{.base_url = "https://m.example", .user = "mia"},
     "m.example",
     true,
     "https://m.example",
     "mia"},
    {{.base_url = "https://m.example", .user = "ned"},
     "m.example",
     false,
     "https://m.example",
     "ned"},
};

static void which_account_is_meant(void **state)
{
    struct err e = {0};

    (void)state;
    make("acme", "https://a.example", "ana");
    make("zeta", "https://z.example", "zoe");
    make("m.example", "https://m.example", "mia");
    assert_true(profiles_use("acme", &e));
    for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
        const struct choice *c = &choices[i];
        struct profile p;
        bool known;

        if (!profile_choose(&c->wish, &p, &known, &e)) {
            if (c->name || !strstr(e.text, c->url))
                fail_msg("%zu: %s", i, e.text);
            continue;
        }
        if (!c->name || strcmp(p.name, c->name) != 0 || known != c->known)
            fail_msg("%zu: %s, known %d", i, p.name, known);
        if (c->url)
            assert_string_equal(p.base_url, c->url);
        if (c->user)
            assert_string_equal(p.user, c->user);
        else
            assert_null(p.user);
        profile_free(&p);
    }
}

#define HOME_TEST(f) cmocka_unit_test_setup_teardown(f, enter_home, leave_home)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_TEST(what_is_written_comes_back),     HOME_TEST(what_may_not_be_is_not_written),
        HOME_TEST(loopback_is_this_machine_alone), HOME_TEST(faults_are_told_with_their_place),
        HOME_TEST(they_are_listed_by_name),        HOME_TEST(one_is_in_use),
        HOME_TEST(which_account_is_meant),
    };

    return cmocka_run_group_tests_name("flow-profiles", tests, NULL, NULL);
}
