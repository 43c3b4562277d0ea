// Secrets of a whole run, of a command or of the explorer: in no argument, environment, file, log,
// output, clipboard or core, whatever way of signing in and whatever goes wrong. Tests.
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/bus.h"
#include "support/cert.h"
#include "support/memory.h"
#include "support/rsa.h"
#include "support/screen.h"
#include "support/server.h"
#include "support/temp.h"
#include "support/test.h"

#define USER "--user analyst@example.com"

enum { MARKS = 4, FILE_MAX = 1 << 26 };

// What is looked for; nftw() takes no argument for its visitor.
static char *marks[MARKS];
static size_t files_seen;

struct world {
    struct bus bus;
    struct server *server;
    char *keys, *password, *pem;
};

static char *random_word(void)
{
    unsigned char bytes[12];
    struct str word = {0};

    assert_int_equal(getrandom(bytes, sizeof(bytes), 0), sizeof(bytes));
    str_add(&word, "c4n4ry");
    for (size_t i = 0; i < sizeof(bytes); i++)
        str_addf(&word, "%02x", bytes[i]);
    return str_take(&word);
}

static void set_marks(const struct world *w)
{
    const char *line = w->pem;

    for (int i = 0; i < 12; i++)
        line = strchr(line, '\n') + 1;
    marks[0] = mem_strdup(w->password);
    marks[1] = mem_strndup(line, 48);
    // How the sandbox's access tokens and our client JWTs begin.
    marks[2] = mem_strdup("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9");
    marks[3] = mem_strdup("eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9");
}

static int open_world(void **state)
{
    struct world *w = mem_zalloc(sizeof(*w));
    struct str pem = {0};
    char *client, *path;
    struct err e;

    w->keys = temp_make();
    w->password = random_word();
    rsa_make(w->keys, "app", 2048);
    cert_make(w->keys, "s", NULL);
    path = str_format("%s/app.key", w->keys);
    client = str_format("app=%s/app.pub", w->keys);
    assert_true(file_read(path, FILE_MAX, &pem, &e));
    w->pem = str_take(&pem);
    w->server = server_start((const char *[]){"--unlimited", "--password", w->password, "--client",
                                              client, "--faults", "", NULL});
    w->bus = bus_start(BUS_NO_SERVICES);
    bus_start_keyring(&w->bus, BUS_PASSWORD);
    set_marks(w);
    free(client);
    free(path);
    *state = w;
    return 0;
}

static int close_world(void **state)
{
    struct world *w = *state;
    int status = server_stop(w->server);

    bus_stop(&w->bus);
    temp_remove(w->keys);
    for (int i = 0; i < MARKS; i++)
        free(marks[i]);
    free(w->keys);
    free(w->password);
    free(w->pem);
    free(w);
    return status;
}

static void expect_clean(const char *what, const char *bytes, size_t len)
{
    for (int i = 0; i < MARKS; i++) {
        if (len && memmem(bytes, len, marks[i], strlen(marks[i])))
            fail_msg("mark %d stands in %s", i, what);
    }
}

static int look_into(const char *path, const struct stat *st, int type, struct FTW *at)
{
    struct str text = {0};
    struct err e;

    (void)at;
    if (type == FTW_F && S_ISREG(st->st_mode) && file_read(path, FILE_MAX, &text, &e)) {
        files_seen++;
        expect_clean(path, str_text(&text), text.len);
    }
    str_free(&text);
    return 0;
}

// Every file below the home: settings, ledger, library, cache, log, and the keyring's own.
static void expect_clean_home(const struct world *w)
{
    files_seen = 0;
    assert_int_equal(nftw(w->bus.home.path, look_into, 16, FTW_PHYS), 0);
    assert_true(files_seen >= 5);
}

// Runs lode; what it says must be clean, whatever its exit status is.
static int lode(const struct world *w, const char *input, const char *format)
{
    const char *at = strstr(format, "%s");
    struct str line = {0};
    struct run r;
    int status;

    str_add_len(&line, format, at ? (size_t)(at - format) : strlen(format));
    if (at)
        str_addf(&line, "%s%s", w->server->url, at + 2);
    r = run_lode_bare(&w->bus.home, line.data, input);
    expect_clean(line.data, str_text(&r.out), r.out.len);
    expect_clean(line.data, str_text(&r.err), r.err.len);
    assert_true(r.out.len + r.err.len > 0);
    status = r.status;
    run_free(&r);
    str_free(&line);
    return status;
}

static char *with_newline(const char *text)
{
    return str_format("%s\n", text);
}

static void work_as_usual(const struct world *w)
{
    assert_int_equal(lode(w, NULL, "usage"), 0);
    assert_int_equal(lode(w, NULL, "search contact --limit 5"), 0);
    assert_int_equal(
        lode(w, NULL, "search contact --limit 2 --columns personId -o ids.csv --force"), 0);
    assert_int_equal(lode(w, NULL, "enrich contact --from ids.csv --max-credits 2"), 0);
    assert_int_equal(lode(w, NULL, "raw GET /lookup/usage"), 0);
    assert_int_equal(lode(w, NULL, "doctor"), 0);
    assert_int_equal(lode(w, NULL, "doctor --format json"), 0);
    assert_int_equal(lode(w, NULL, "status"), 0);
    assert_int_equal(lode(w, NULL, "profiles --format json"), 0);
}

static void a_password(void **state)
{
    struct world *w = *state;
    char *input = with_newline(w->password);

    assert_int_equal(lode(w, input, "login --profile acme --base-url %s " USER " --password-stdin"),
                     0);
    work_as_usual(w);
    assert_int_equal(lode(w, NULL, "logout"), 0);
    assert_int_equal(lode(w, input,
                          "login --profile sess --base-url %s " USER
                          " --password-stdin --session-only"),
                     0);
    assert_int_equal(lode(w, input, "usage --password-stdin"), 0);
    expect_clean_home(w);
    free(input);
}

static void a_key(void **state)
{
    struct world *w = *state;
    char *line = str_format("login --profile keyed --base-url %%s " USER
                            " --client-id app --private-key %s/app.key",
                            w->keys);

    assert_int_equal(lode(w, NULL, line), 0);
    work_as_usual(w);
    assert_int_equal(lode(w, NULL, "logout"), 0);
    assert_int_equal(lode(w, w->pem,
                          "login --profile piped --base-url %s " USER
                          " --client-id app --private-key -"),
                     0);
    assert_int_equal(
        lode(w, w->pem, "usage --base-url %s --profile piped --client-id app --private-key -"), 0);
    expect_clean_home(w);
    free(line);
}

static void everything_that_fails(void **state)
{
    static const char *const faults[] = {"400",
                                         "401",
                                         "403",
                                         "html-403",
                                         "404",
                                         "302",
                                         "500",
                                         "missing-jwt",
                                         "html-200",
                                         "error-200",
                                         "bad-json",
                                         "truncate",
                                         "429 retry-after=3600"};
    struct world *w = *state;
    char *input = with_newline(w->password), *mangled = mem_strdup(w->pem);

    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        char *rule = str_format("POST /authenticate %s", faults[i]);

        server_faults(w->server, rule);
        assert_int_not_equal(
            lode(w, input, "login --profile acme --base-url %s " USER " --password-stdin"), 0);
        assert_int_not_equal(lode(w, w->pem,
                                  "login --profile keyed --base-url %s " USER
                                  " --client-id app --private-key -"),
                             0);
        free(rule);
    }
    server_faults(w->server, "");
    assert_int_equal(lode(w, w->pem,
                          "login --profile keyed --base-url %s " USER
                          " --client-id other --private-key -"),
                     4);
    mangled[strlen(mangled) - 30] = '\0';
    assert_int_equal(lode(w, mangled,
                          "login --profile keyed --base-url %s " USER
                          " --client-id app --private-key -"),
                     2);
    // A password where a key is wanted, and a key where a password is.
    assert_int_equal(lode(w, input,
                          "login --profile keyed --base-url %s " USER
                          " --client-id app --private-key -"),
                     2);
    assert_int_equal(
        lode(w, w->pem, "login --profile acme --base-url %s " USER " --password-stdin"), 4);
    assert_int_equal(lode(w, input,
                          "login --profile acme --base-url http://127.0.0.1:1 " USER
                          " --password-stdin"),
                     3);
    bus_kill_keyring(&w->bus);
    assert_int_equal(lode(w, input, "login --profile acme --base-url %s " USER " --password-stdin"),
                     1);
    bus_start_keyring(&w->bus, BUS_PASSWORD);
    expect_clean_home(w);
    free(input);
    free(mangled);
}

static void expect_clean_file(pid_t pid, const char *name)
{
    char *path = str_format("/proc/%d/%s", pid, name);
    struct str text = {0};
    struct err e;

    assert_true(file_read(path, FILE_MAX, &text, &e));
    assert_true(text.len > 0);
    expect_clean(path, text.data, text.len);
    str_free(&text);
    free(path);
}

// Held up in the middle of a sign-in, its arguments and its environment can be looked at.
static void arguments_and_environment(void **state)
{
    struct world *w = *state;
    char *input = with_newline(w->password);
    const char *argv[] = {LODE_BINARY,        "login",          "--profile", "acme",
                          "--base-url",       w->server->url,   "--user",    "a@example.com",
                          "--password-stdin", "--session-only", NULL};
    long long before = server_stat(w->server, "requests.POST /authenticate");
    pid_t pid;

    server_faults(w->server, "POST /authenticate stall");
    pid = run_start(&w->bus.home, argv, input);
    server_await(w->server, "requests.POST /authenticate", before + 1);
    expect_clean_file(pid, "cmdline");
    expect_clean_file(pid, "environ");
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    server_faults(w->server, "");
    expect_clean_home(w);
    free(input);
}

// libcurl would write the keys of every connection where this says.
static void the_keys_of_connections_are_not_logged(void **state)
{
    struct world *w = *state;
    char *cert = str_format("%s/s.pem", w->keys), *key = str_format("%s/s.key", w->keys);
    char *log = str_format("%s/keylog", w->keys), *line, *input = with_newline(w->password);
    struct server *s =
        server_start((const char *[]){"--tls", cert, key, "--password", w->password, NULL});

    line = str_format("login --profile acme --base-url %s " USER
                      " --password-stdin --session-only --ca-file %s",
                      s->url, cert);
    (void)setenv("SSLKEYLOGFILE", log, 1);
    assert_int_equal(lode(w, input, line), 0);
    (void)unsetenv("SSLKEYLOGFILE");
    assert_int_not_equal(access(log, F_OK), 0);
    assert_int_equal(server_stop(s), 0);
    free(cert);
    free(key);
    free(log);
    free(line);
    free(input);
}

// What a core dump of the process would hold while it rests.
static void expect_clean_core(struct screen *s)
{
    struct mark looked_for[MARKS];
    struct str report = {0};

    for (int i = 0; i < MARKS; i++)
        looked_for[i] = (struct mark){"a secret", marks[i], strlen(marks[i])};
    screen_quiet(s);
    if (memory_find(screen_pty(s)->pid, MEMORY_CORE, looked_for, MARKS, &report))
        fail_msg("in a core of the explorer:\n%s", str_text(&report));
    str_free(&report);
}

static struct screen *start_explorer(const struct world *w)
{
    char *bus = str_format("DBUS_SESSION_BUS_ADDRESS=%s", getenv("DBUS_SESSION_BUS_ADDRESS"));
    struct screen *s = screen_start(&(struct pty_order){.home = &w->bus.home,
                                                        .argv = (const char *[]){LODE_BINARY, NULL},
                                                        .env = (const char *[]){bus, NULL},
                                                        .h = 24,
                                                        .w = 80});

    free(bus);
    free(screen_raw(s)); // from here on all output is kept
    screen_wait(s, "Without an account");
    return s;
}

// Fills the line of the welcome that the cursor stands on, and waits for the next one.
static void fill(struct screen *s, const char *text, const char *next)
{
    screen_key(s, "Enter");
    screen_wait(s, "F1 help");
    screen_type(s, text);
    screen_key(s, "Enter");
    screen_wait_cursor(s, next);
}

static void step(struct screen *s, const char *next)
{
    screen_key(s, "Down");
    screen_wait_cursor(s, next);
}

static void say(struct screen *s, const char *command)
{
    screen_key(s, ":");
    screen_type(s, command);
    screen_key(s, "Enter");
}

// Signed in: every place that shows what the account is, what was sent, and what was copied.
static void look_around(const struct world *w, struct screen *s)
{
    char *copied, *output;

    screen_wait(s, "10,000");
    expect_clean_core(s);
    say(s, "doctor");
    screen_match(s, "store +(pass|warning)");
    say(s, "profile");
    screen_wait(s, "Profiles");
    screen_key(s, "Esc");
    screen_gone(s, "Profiles");
    say(s, "open log");
    screen_wait(s, "/authenticate");
    screen_key(s, "R");
    screen_wait(s, "Bearer $TOKEN");
    screen_key(s, "Esc");
    screen_gone(s, "Bearer $TOKEN");
    screen_key(s, "Y");
    screen_wait(s, "opied");
    copied = screen_clipboard(s);
    assert_true(strlen(copied) > 0);
    expect_clean("the clipboard", copied, strlen(copied));
    free(copied);
    expect_clean_core(s);
    expect_clean("the title", screen_title(s), strlen(screen_title(s)));
    screen_key(s, "Q");
    assert_int_equal(screen_end(s), 0);
    output = screen_raw(s);
    assert_non_null(strstr(output, "Welcome"));
    expect_clean("what the explorer wrote", output, strlen(output));
    free(output);
    screen_free(s);
    expect_clean_home(w); // session file and history among them
}

static void a_password_on_the_screen(void **state)
{
    struct world *w = *state;
    struct screen *s = start_explorer(w);

    step(s, "Address");
    fill(s, w->server->url, "User name");
    fill(s, "analyst@example.com", "Sign in by");
    step(s, "Password");
    screen_key(s, "Enter");
    screen_wait(s, "F1 help");
    screen_paste(s, w->password);
    screen_key(s, "Enter");
    screen_wait_cursor(s, "Keep it");
    step(s, "Profile");
    step(s, "Sign in");
    screen_key(s, "Enter");
    look_around(w, s);
}

static void a_key_on_the_screen(void **state)
{
    struct world *w = *state;
    struct screen *s = start_explorer(w);

    step(s, "Address");
    fill(s, w->server->url, "User name");
    fill(s, "analyst@example.com", "Sign in by");
    screen_key(s, "Enter");
    screen_wait(s, "a key");
    step(s, "Client id");
    fill(s, "app", "Private key");
    screen_paste(s, w->pem);
    screen_wait(s, "2048 bits");
    step(s, "Keep it");
    step(s, "Profile");
    step(s, "Sign in");
    screen_key(s, "Enter");
    look_around(w, s);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(a_password),
        WORLD_TEST(a_key),
        WORLD_TEST(everything_that_fails),
        WORLD_TEST(arguments_and_environment),
        WORLD_TEST(the_keys_of_connections_are_not_logged),
        WORLD_TEST(a_password_on_the_screen),
        WORLD_TEST(a_key_on_the_screen),
    };

    return cmocka_run_group_tests_name("cli-leaks", tests, NULL, NULL);
}
