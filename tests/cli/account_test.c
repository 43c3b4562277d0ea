// Accounts from the command line: signing in once, both ways, and what every other command does
// then; signing out; status, profiles and doctor; typed secrets on a real terminal. Tests.
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/bus.h"
#include "support/cert.h"
#include "support/rsa.h"
#include "support/screen.h"
#include "support/server.h"
#include "support/temp.h"
#include "support/test.h"

#define USER "--user analyst@example.com"

struct world {
    struct bus bus;
    struct server *server;
    char *keys;
};

static struct world open_world(bool keyring, const char *option, const char *value)
{
    struct world w = {.keys = temp_make()};
    char *client;

    rsa_make(w.keys, "app", 2048);
    client = str_format("app=%s/app.pub", w.keys);
    w.server =
        server_start((const char *[]){"--unlimited", "--client", client, option, value, NULL});
    w.bus = bus_start(BUS_NO_SERVICES);
    if (keyring)
        bus_start_keyring(&w.bus, BUS_PASSWORD);
    free(client);
    return w;
}

static void close_world(struct world *w)
{
    bus_stop(&w->bus);
    assert_int_equal(server_stop(w->server), 0);
    temp_remove(w->keys);
    free(w->keys);
}

// Runs lode; its exit status and a text that it must say (on either stream). %s in line: the URL.
static void lode(const struct world *w, const char *input, int status, const char *says,
                 const char *line)
{
    struct str full = {0};
    const char *at = strstr(line, "%s");
    struct run r;

    str_add_len(&full, line, at ? (size_t)(at - line) : strlen(line));
    if (at)
        str_addf(&full, "%s%s", w->server->url, at + 2);
    r = run_lode_bare(&w->bus.home, full.data, input);
    if (r.status != status || (!strstr(str_text(&r.out), says) && !strstr(str_text(&r.err), says)))
        fail_msg("lode %s: exit %d, not %d, without \"%s\":\n%s%s", full.data, r.status, status,
                 says, str_text(&r.out), str_text(&r.err));
    run_free(&r);
    str_free(&full);
}

static long long sign_ins(const struct world *w)
{
    return server_stat(w->server, "requests.POST /authenticate");
}

static void who_signed_in_once_is_not_asked_again(void **state)
{
    struct world w = open_world(true, NULL, NULL);

    (void)state;
    lode(&w, "sandbox\n", 0, "The password is in the keyring",
         "login --profile acme --base-url %s " USER " --password-stdin");
    lode(&w, NULL, 0, "credits", "usage");
    lode(&w, NULL, 0, "200", "count company --profile acme");
    lode(&w, NULL, 0, "credits", "usage --base-url %s --profile acme");
    lode(&w, "sandbox\n", 0, "credits", "usage --base-url %s " USER " --password-stdin");
    assert_int_equal(sign_ins(&w), 5);
    lode(&w, NULL, 2, "choose another name", "usage --profile acme --base-url http://127.0.0.1:1");
    lode(&w, NULL, 2, "choose another name", "usage --profile acme --user bob");
    assert_int_equal(sign_ins(&w), 5);
    lode(&w, "sandbox\nopen usage\n", 0, "credits",
         "--linear --base-url %s " USER " --password-stdin");
    assert_int_equal(sign_ins(&w), 6);
    lode(&w, "token-of-webhooks\n", 0, "webhook token of profile acme", "login --webhook-token");
    lode(&w, NULL, 0, "webhook token", "status");
    lode(&w, "token\n", 2, "lode login first", "login --webhook-token --profile other");
    assert_int_equal(sign_ins(&w), 6);
    lode(&w, NULL, 0, "2 secrets were removed", "logout");
    lode(&w, NULL, 4, "nobody is signed in to profile acme: lode login --profile acme", "usage");
    assert_int_equal(sign_ins(&w), 6);
    close_world(&w);
}

static void a_key_signs_in_as_well(void **state)
{
    struct world w = open_world(true, NULL, NULL);
    char *line = str_format("login --profile keyed --base-url %%s " USER
                            " --client-id app --private-key %s/app.key",
                            w.keys);
    char *path = str_format("%s/app.key", w.keys);
    struct str pem = {0};
    struct err e;

    (void)state;
    lode(&w, NULL, 0, "The key is in the keyring", line);
    lode(&w, NULL, 0, "credits", "usage");
    lode(&w, NULL, 0, "Signed in", "login --profile keyed");
    assert_true(file_read(path, 65536, &pem, &e));
    for (char *p = pem.data; *p; p++)
        *p = *p == '\n' ? ' ' : *p;
    lode(&w, pem.data, 0, "had lost its line ends",
         "login --profile piped --base-url %s " USER " --client-id app --private-key -");
    lode(&w, NULL, 0, "credits", "usage --profile piped");
    lode(&w, pem.data, 4, "does not belong to this client id",
         "login --profile wrong --base-url %s " USER " --client-id ape --private-key -");
    lode(&w, NULL, 2, "go together", "usage --profile keyed --client-id app");
    str_free(&pem);
    free(path);
    free(line);
    close_world(&w);
}

static void a_wrong_key_file_sends_nothing(void **state)
{
    struct world w = open_world(true, NULL, NULL);
    char *line = str_format("login --profile keyed --base-url %%s " USER
                            " --client-id app --private-key %s/app.pub",
                            w.keys);

    (void)state;
    lode(&w, NULL, 2, "app.pub: it is the public key", line);
    lode(&w, NULL, 2, "nowhere.pem: it cannot be opened",
         "login --profile keyed --base-url %s " USER " --client-id app --private-key nowhere.pem");
    lode(&w, "rubbish", 2, "standard input: it is no PEM",
         "login --profile keyed --base-url %s " USER " --client-id app --private-key -");
    lode(&w, "", 2, "there is nothing in it",
         "login --profile keyed --base-url %s " USER " --client-id app --private-key -");
    assert_int_equal(sign_ins(&w), 0);
    free(line);
    close_world(&w);
}

static void without_a_keyring_it_stops_and_says_why(void **state)
{
    struct world w = open_world(false, NULL, NULL);

    (void)state;
    lode(&w, "sandbox\n", 1, "no keyring service answers",
         "login --profile acme --base-url %s " USER " --password-stdin");
    assert_int_equal(sign_ins(&w), 0);
    lode(&w, NULL, 1, "there is no profile acme", "profiles use acme");
    lode(&w, "sandbox\n", 0, "was kept nowhere (--session-only)",
         "login --profile acme --base-url %s " USER " --password-stdin --session-only");
    lode(&w, "sandbox\n", 0, "credits", "usage --password-stdin");
    lode(&w, NULL, 4, "--password-stdin", "usage");
    lode(&w, NULL, 0, "session only", "status");
    close_world(&w);
}

static void a_refused_sign_in_leaves_nothing(void **state)
{
    struct world w = open_world(true, NULL, NULL);

    (void)state;
    lode(&w, "guess\n", 4, "password is wrong",
         "login --profile acme --base-url %s " USER " --password-stdin");
    lode(&w, NULL, 0, "sandbox", "profiles");
    lode(&w, NULL, 1, "there is no profile acme", "status --profile acme");
    lode(&w, "sandbox\n", 2, "https://",
         "login --profile acme --base-url http://a.example " USER " --password-stdin");
    lode(&w, "sandbox\n", 2, "sandbox",
         "login --profile sandbox --base-url %s " USER " --password-stdin");
    lode(&w, "sandbox\n", 2, "standard or scaling",
         "login --profile acme --base-url %s " USER " --password-stdin --package huge");
    close_world(&w);
}

static void profiles_are_listed_used_and_removed(void **state)
{
    struct world w = open_world(true, NULL, NULL);

    (void)state;
    lode(&w, "sandbox\n", 0, "Signed in",
         "login --profile acme --base-url %s " USER " --password-stdin --package scaling");
    lode(&w, "sandbox\n", 0, "Signed in",
         "login --profile bolt --base-url %s " USER " --password-stdin");
    lode(&w, NULL, 0, "\"profile\":\"acme\",\"inUse\":\"\"", "profiles --format json");
    lode(&w, NULL, 0, "\"package\":\"scaling\",\"signIn\":\"password\",\"secrets\":\"keyring\"",
         "profiles --format json");
    lode(&w, NULL, 0, "\"profile\":\"bolt\",\"inUse\":\"*\"", "profiles --format json");
    lode(&w, NULL, 0, "acme is the one in use", "profiles use acme");
    lode(&w, NULL, 0, "\"profile\":\"acme\",\"inUse\":\"*\"", "profiles --format json");
    lode(&w, NULL, 0, "is gone", "profiles remove acme");
    lode(&w, NULL, 1, "there is no profile acme", "profiles remove acme");
    lode(&w, NULL, 2, "always there", "profiles remove sandbox");
    lode(&w, NULL, 2, "use NAME", "profiles drop acme");
    lode(&w, NULL, 0, "credits", "usage");
    close_world(&w);
}

// The state of one check of lode doctor --format json, and that it says so; the caller frees it.
static char *doctor_state(const json_t *rows, const char *check, const char *says)
{
    size_t i;
    json_t *row;

    json_array_foreach(rows, i, row)
    {
        const char *text = json_string_value(json_object_get(row, "text"));

        if (!str_eq(json_string_value(json_object_get(row, "check")), check))
            continue;
        if (!strstr(text, says))
            fail_msg("%s: \"%s\" without \"%s\"", check, text, says);
        return mem_strdup(json_string_value(json_object_get(row, "state")));
    }
    fail_msg("there is no check %s", check);
    return NULL;
}

struct expectation {
    const char *check, *state, *says;
};

static void expect_doctor(const struct world *w, const char *options, const char *input, int status,
                          const struct expectation *expected, size_t n)
{
    char *line = str_format("doctor --format json %s", options);
    struct run r = run_lode_bare(&w->bus.home, line, input);
    json_t *rows = json_loadb(str_text(&r.out), r.out.len, 0, NULL);

    if (!rows || r.status != status)
        fail_msg("%s: exit %d: %s%s", line, r.status, str_text(&r.out), str_text(&r.err));
    assert_int_equal(json_array_size(rows), 12);
    for (size_t i = 0; i < n; i++) {
        char *state = doctor_state(rows, expected[i].check, expected[i].says);

        if (!str_eq(state, expected[i].state))
            fail_msg("%s is %s, not %s:\n%s", expected[i].check, state, expected[i].state,
                     str_text(&r.out));
        free(state);
    }
    json_decref(rows);
    run_free(&r);
    free(line);
}

static void put_config(const struct home *h, const char *text)
{
    char *path = str_format("%s/config/lode/lode.conf", h->path);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
    free(path);
}

static void the_doctor_finds_nothing_where_all_is_well(void **state)
{
    static const struct expectation well[] = {
        {"keyring", "pass", "unlocked"},
        {"key", "pass", "RSA, 2048 bits, in the keyring for 0 days"},
        {"DNS", "pass", "127.0.0.1"},
        {"TLS", "pass", "plain http on this machine"},
        {"clock", "pass", "agrees"},
        {"sign-in", "pass", "signed in"},
        {"entitlements", "pass", "10,000 credits left"},
        {"limits", "pass", "count this account's calls together"},
        {"terminal", "pass", ""},
        {"lode.conf", "pass", "nothing is wrong in it"},
        {"store", "pass", "are free"},
    };
    static const struct expectation faulty[] = {
        {"lode.conf", "warning", "2 faults, which lode keys tells line by line: "},
        {"lode.conf", "warning",
         "/lode.conf:1:11: there is no theme \"lihgt\"; did you mean light; "},
        {"lode.conf", "warning",
         "/lode.conf:2:5: there is no setting \"muose\"; did you mean mouse"},
    };
    struct world w = open_world(true, NULL, NULL);
    char *line = str_format("login --profile keyed --base-url %%s " USER
                            " --client-id app --private-key %s/app.key",
                            w.keys);

    (void)state;
    lode(&w, NULL, 0, "Signed in", line);
    expect_doctor(&w, "", NULL, 0, well, ARRAY_LEN(well));
    expect_doctor(&w, "--sandbox", NULL, 0, &(struct expectation){"key", "pass", "none is needed"},
                  1);
    put_config(&w.bus.home, "set theme lihgt\nset muose on\n");
    expect_doctor(&w, "--sandbox", NULL, 0, faulty, ARRAY_LEN(faulty));
    free(line);
    close_world(&w);
}

static void the_doctor_names_each_fault(void **state)
{
    static const struct expectation locked[] = {
        {"keyring", "mend", "the keyring is locked"},
        {"key", "pass", "password"}, // a locked keyring shows that it is there
        {"TLS", "pass", ""},
        {"sign-in", "mend", "the keyring is locked"},
        {"entitlements", "skipped", "sign-in comes first"},
        {"limits", "skipped", "sign-in comes first"},
    };
    static const struct expectation gone[] = {
        {"DNS", "pass", ""},
        {"TLS", "mend", "nobody answers"},
        {"clock", "skipped", ""},
        {"sign-in", "skipped", ""},
    };
    static const struct expectation unknown[] = {{"DNS", "mend", "cannot be found"},
                                                 {"TLS", "skipped", "DNS comes first"}};
    struct world w = open_world(true, NULL, NULL);
    struct str none;

    (void)state;
    lode(&w, "sandbox\n", 0, "Signed in",
         "login --profile acme --base-url %s " USER " --password-stdin");
    none = bus_client(&w.bus, "lock", NULL, NULL, NULL);
    str_free(&none);
    expect_doctor(&w, "", NULL, 1, locked, ARRAY_LEN(locked));
    expect_doctor(&w, "--base-url http://127.0.0.1:1 " USER, NULL, 1, gone, ARRAY_LEN(gone));
    expect_doctor(&w, "--base-url https://nowhere.invalid " USER, NULL, 1, unknown,
                  ARRAY_LEN(unknown));
    close_world(&w);
}

static void the_doctor_sees_clock_and_limits(void **state)
{
    static const struct expectation slow[] = {{"clock", "warning", "slow by the server's"},
                                              {"sign-in", "pass", ""}};
    static const struct expectation poor[] = {{"entitlements", "warning", "a limit is used up"}};
    struct world w = open_world(true, "--clock-offset", "7200");
    char *login = str_format("login --profile keyed --base-url %%s " USER
                             " --client-id app --private-key %s/app.key",
                             w.keys);

    (void)state;
    lode(&w, NULL, 0, "Signed in", login); // the error is made good
    assert_int_equal(sign_ins(&w), 2);
    expect_doctor(&w, "", NULL, 0, slow, ARRAY_LEN(slow));
    close_world(&w);
    free(login);
    w = open_world(true, "--credits", "0");
    lode(&w, "sandbox\n", 0, "Signed in",
         "login --profile acme --base-url %s " USER " --password-stdin");
    expect_doctor(&w, "", NULL, 0, poor, ARRAY_LEN(poor));
    close_world(&w);
}

static void the_doctor_sees_a_certificate(void **state)
{
    static const struct expectation trusted[] = {{"TLS", "warning", "which is soon"},
                                                 {"sign-in", "pass", ""}};
    static const struct expectation not_trusted[] = {{"TLS", "mend", "signed by itself"},
                                                     {"sign-in", "skipped", ""}};
    char *folder = temp_make(), *cert = str_format("%s/s.pem", folder);
    char *key = str_format("%s/s.key", folder), *line;
    struct bus bus = bus_start(BUS_NO_SERVICES);
    struct world w = {.bus = bus};

    (void)state;
    cert_make(folder, "s", NULL);
    w.server =
        server_start((const char *[]){"--unlimited", "--tls", cert, key, "--faults", "", NULL});
    line = str_format("--base-url %s " USER " --password-stdin --ca-file %s", w.server->url, cert);
    expect_doctor(&w, line, "sandbox\n", 0, trusted, ARRAY_LEN(trusted));
    *strstr(line, " --ca-file") = '\0';
    expect_doctor(&w, line, "sandbox\n", 1, not_trusted, ARRAY_LEN(not_trusted));
    assert_int_equal(sign_ins(&w), 1);
    free(line);
    assert_int_equal(server_stop(w.server), 0);
    bus_stop(&w.bus);
    temp_remove(folder);
    free(folder);
    free(cert);
    free(key);
}

static struct screen *start_screen(const struct world *w, const char *const *argv)
{
    char *bus = str_format("DBUS_SESSION_BUS_ADDRESS=%s", getenv("DBUS_SESSION_BUS_ADDRESS"));
    struct screen *s = screen_start(&(struct pty_order){
        .home = &w->bus.home, .argv = argv, .env = (const char *[]){bus, NULL}, .h = 24, .w = 100});

    free(bus);
    return s;
}

// Typed and pasted secrets are never shown.
static void what_is_typed_is_not_shown(void **state)
{
    struct world w = open_world(true, NULL, NULL);
    const char *argv[] = {LODE_BINARY,   "login",  "--profile",           "acme", "--base-url",
                          w.server->url, "--user", "analyst@example.com", NULL};
    struct screen *s = start_screen(&w, argv);
    char *text;

    (void)state;
    free(screen_raw(s));
    screen_wait(s, "Password:");
    screen_type(s, "sand");
    screen_paste(s, "box");
    screen_key(s, "Enter");
    screen_wait(s, "is in the keyring");
    assert_int_equal(screen_end(s), 0);
    text = screen_raw(s);
    assert_non_null(strstr(text, "is in the keyring"));
    assert_null(strstr(text, "sand"));
    assert_null(strstr(text, "box"));
    free(text);
    screen_free(s);
    close_world(&w);
}

// The explorer signs in from the keyring to the profile in use, and its screen lives while the
// keyring hangs.
static void the_explorer_signs_in_by_itself(void **state)
{
    struct world w = open_world(true, NULL, NULL);
    const char *argv[] = {LODE_BINARY, NULL};
    struct screen *s;

    (void)state;
    lode(&w, "sandbox\n", 0, "Signed in",
         "login --profile acme --base-url %s " USER " --password-stdin");
    s = start_screen(&w, argv);
    screen_wait(s, "acme");
    screen_wait(s, "10,000");
    screen_type(s, "q");
    (void)screen_end(s);
    screen_free(s);
    (void)kill(w.bus.keyring, SIGSTOP);
    s = start_screen(&w, argv);
    screen_wait(s, "acme");
    screen_type(s, "?");
    screen_wait(s, "help");
    screen_wait(s, "NOT SIGNED IN");
    screen_free(s);
    (void)kill(w.bus.keyring, SIGCONT);
    close_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_signed_in_once_is_not_asked_again),
        cmocka_unit_test(a_key_signs_in_as_well),
        cmocka_unit_test(a_wrong_key_file_sends_nothing),
        cmocka_unit_test(without_a_keyring_it_stops_and_says_why),
        cmocka_unit_test(a_refused_sign_in_leaves_nothing),
        cmocka_unit_test(profiles_are_listed_used_and_removed),
        cmocka_unit_test(the_doctor_finds_nothing_where_all_is_well),
        cmocka_unit_test(the_doctor_names_each_fault),
        cmocka_unit_test(the_doctor_sees_clock_and_limits),
        cmocka_unit_test(the_doctor_sees_a_certificate),
        cmocka_unit_test(what_is_typed_is_not_shown),
        cmocka_unit_test(the_explorer_signs_in_by_itself),
    };

    return cmocka_run_group_tests_name("cli-account", tests, NULL, NULL);
}
