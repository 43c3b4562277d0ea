// The keyring with a real bus and a real daemon: what is kept and how, and what may be missing: a
// bus, a service, a keyring, the password, somebody at the prompt, one item alone. Each in time,
// each with its mend. Tests.
#include "auth/keyring_stage.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "job/cancel.h"
#include "job/thread.h"

// The same sentence for putting, finding and probing.
static void expect_trouble_everywhere(struct keyring *k, enum keyring_state state, const char *says)
{
    struct secret *s = secret_new("x", 1);
    struct keyring_item item;
    struct err e = {0};

    expect_trouble(k, says);
    assert_false(keyring_put(k, "acme", KEYRING_PASSWORD, s, &e));
    assert_non_null(strstr(e.text, says));
    // A locked keyring may show that there is one.
    if (state != KEYRING_LOCKED || !keyring_find(k, "acme", KEYRING_PASSWORD, &item, &e)) {
        assert_false(keyring_find(k, "acme", KEYRING_PASSWORD, &item, &e));
        assert_non_null(strstr(e.text, says));
    }
    assert_false(keyring_remove(k, "acme", KEYRING_PASSWORD, &e));
    assert_non_null(strstr(e.text, says));
    assert_int_equal(keyring_probe(k, &e), state);
    assert_non_null(strstr(e.text, says));
    secret_free(s);
}

static void what_is_put_comes_back(void **state)
{
    static const enum keyring_kind kinds[] = {KEYRING_PASSWORD, KEYRING_KEY, KEYRING_WEBHOOK};
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);
    struct clock clock = clock_system();
    struct keyring_item item;
    struct str long_text = {0};
    struct err e;

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    assert_int_equal(keyring_probe(k, &e), KEYRING_READY);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        char *text = str_format("secret %zu \xc3\xbc\n of acme", i);

        expect(k, "acme", kinds[i], NULL);
        put(k, "acme", kinds[i], text);
        expect(k, "acme", kinds[i], text);
        expect(k, "other", kinds[i], NULL);
        free(text);
    }
    assert_true(keyring_find(k, "acme", KEYRING_KEY, &item, &e));
    assert_true(item.found);
    assert_in_range(clock_utc_ms(&clock) - item.changed_ms + 2000, 0, 60000);
    put(k, "acme", KEYRING_KEY, "another");
    expect(k, "acme", KEYRING_KEY, "another");
    assert_true(keyring_remove(k, "acme", KEYRING_KEY, &e));
    assert_true(keyring_remove(k, "acme", KEYRING_KEY, &e));
    expect(k, "acme", KEYRING_KEY, NULL);
    assert_true(keyring_find(k, "acme", KEYRING_KEY, &item, &e));
    assert_false(item.found);
    expect(k, "acme", KEYRING_PASSWORD, "secret 0 \xc3\xbc\n of acme");
    for (int i = 0; i < 12000; i++)
        str_add_char(&long_text, (char)('a' + i % 26));
    put(k, "acme", KEYRING_KEY, long_text.data);
    expect(k, "acme", KEYRING_KEY, long_text.data);
    str_free(&long_text);
    keyring_close(k);
    bus_stop(&b);
}

static void only_name_and_kind_are_in_clear(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);
    struct str shown, got;

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    got = bus_client(&b, "get", "acme", "password", NULL);
    assert_string_equal(str_text(&got), "hunter2\n");
    shown = bus_client(&b, "show", "acme", NULL, NULL);
    assert_non_null(strstr(shown.data, "Lode: password of acme\n"));
    assert_non_null(strstr(shown.data, "  profile=acme\n"));
    assert_non_null(strstr(shown.data, "  kind=password\n"));
    assert_non_null(strstr(shown.data, "  xdg:schema=org.lode.Secret\n"));
    assert_int_equal(shown.len, strlen("Lode: password of acme\n  profile=acme\n  kind=password\n"
                                       "  xdg:schema=org.lode.Secret\n"));
    str_free(&shown);
    str_free(&got);
    keyring_close(k);
    bus_stop(&b);
}

static void without_a_bus(void **state)
{
    struct keyring *k = keyring_open(NULL);

    (void)state;
    (void)setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    expect_trouble_everywhere(k, KEYRING_ABSENT, "no session bus");
    keyring_close(k);
}

static void without_a_service(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);

    (void)state;
    expect_trouble_everywhere(k, KEYRING_ABSENT, "apt install gnome-keyring");
    keyring_close(k);
    bus_stop(&b);
}

static void without_a_keyring(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);

    (void)state;
    bus_start_keyring(&b, NULL);
    expect_trouble_everywhere(k, KEYRING_EMPTY, "no keyring yet");
    keyring_close(k);
    bus_stop(&b);
}

// Does what the message says, as a person would.
static void follow_the_mend(const struct bus *b, struct keyring *k)
{
    const char *command, *end;
    char *script;
    struct run r;
    struct err e;

    assert_int_not_equal(keyring_probe(k, &e), KEYRING_READY);
    command = strstr(e.text, " after: ");
    assert_non_null(command);
    command += strlen(" after: ");
    end = strstr(command, "; or pass --session-only");
    assert_non_null(end);
    script = str_format("%.*s >/dev/null 2>&1", (int)(end - command), command);
    r = run_program(&b->home, (const char *[]){"/bin/bash", "-c", script, NULL}, BUS_PASSWORD "\n");
    if (r.status != 0)
        fail_msg("%s: exit %d", script, r.status);
    run_free(&r);
    free(script);
    // The daemon goes to the background before it is on the bus.
    for (int i = 0; i < 500 && keyring_probe(k, &e) != KEYRING_READY; i++)
        (void)usleep(20000);
    if (keyring_probe(k, &e) != KEYRING_READY)
        fail_msg("%s", e.text);
}

static void every_mend_mends(void **state)
{
    struct bus b = bus_start(BUS_DESKTOP);
    struct keyring *k = keyring_open(NULL);
    struct str none;
    char *run = str_format("%s/run", b.home.path);

    (void)state;
    (void)setenv("XDG_RUNTIME_DIR", run, 1);
    follow_the_mend(&b, k); // of a service without a keyring
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    none = bus_client(&b, "lock", NULL, NULL, NULL);
    str_free(&none);
    follow_the_mend(&b, k);
    expect(k, "acme", KEYRING_PASSWORD, "hunter2");
    (void)unsetenv("XDG_RUNTIME_DIR");
    keyring_close(k);
    bus_stop(&b);
    free(run);
    b = bus_start(BUS_NO_SERVICES);
    k = keyring_open(NULL);
    follow_the_mend(&b, k); // of a bus without a service
    keyring_close(k);
    bus_stop(&b);
}

// On a desktop the service starts when it is asked for.
static void started_by_the_bus_without_a_keyring(void **state)
{
    struct bus b = bus_start(BUS_DESKTOP);
    struct keyring *k = keyring_open(NULL);

    (void)state;
    expect_trouble(k, "no keyring yet");
    keyring_close(k);
    bus_stop(&b);
}

static void locked(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);
    struct str none;

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    none = bus_client(&b, "lock", NULL, NULL, NULL);
    str_free(&none);
    expect_trouble_everywhere(k, KEYRING_LOCKED, "keyring is locked");
    bus_kill_keyring(&b);
    bus_start_keyring(&b, "not the password");
    expect_trouble_everywhere(k, KEYRING_LOCKED, "keyring is locked");
    bus_kill_keyring(&b);
    bus_start_keyring(&b, BUS_PASSWORD);
    expect(k, "acme", KEYRING_PASSWORD, "hunter2");
    keyring_close(k);
    bus_stop(&b);
}

static void unlocking_without_a_display_fails_at_once(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);
    int64_t began;
    struct str none;
    struct err e;

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    assert_true(keyring_unlock(k, 1000, NULL, &e));
    none = bus_client(&b, "lock", NULL, NULL, NULL);
    str_free(&none);
    began = now_ms();
    assert_false(keyring_unlock(k, 60000, NULL, &e));
    assert_true(now_ms() - began < HUNG_MS);
    assert_int_equal(e.kind, ERR_STORAGE);
    keyring_close(k);
    bus_stop(&b);
}

// A desktop's prompt that nobody answers, as its real owner would stand there.
static pid_t start_prompter(const struct bus *b, int *out)
{
    int fds[2];
    char byte;
    pid_t pid;

    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    pid = fork();
    if (pid == 0) {
        home_enter(&b->home);
        (void)dup2(fds[1], STDOUT_FILENO);
        (void)execl(KEYRING_CLIENT, "keyring-client", "prompter", NULL);
        _exit(127);
    }
    (void)close(fds[1]);
    for (int n = 0; n < 6; n++) // "ready\n"
        assert_int_equal(read(fds[0], &byte, 1), 1);
    *out = fds[0];
    return pid;
}

struct taken_back {
    int out;
    struct cancel *cancel;
};

// The prompter tells that it was asked; true once it did, within so many milliseconds (-1: any).
static bool was_asked(int out, int ms)
{
    struct pollfd p = {.fd = out, .events = POLLIN};
    char said[64];

    return poll(&p, 1, ms) > 0 && read(out, said, sizeof(said)) > 0;
}

static void *fire_when_asked(void *arg)
{
    struct taken_back *t = arg;

    (void)was_asked(t->out, -1);
    cancel_fire(t->cancel);
    return NULL;
}

static void lock_again(struct bus *b, struct keyring *k)
{
    struct str none;

    bus_kill_keyring(b);
    bus_start_keyring(b, BUS_PASSWORD);
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    none = bus_client(b, "lock", NULL, NULL, NULL);
    str_free(&none);
}

// libsecret may hang for good here, for the daemon may die of the prompt that is taken back; the
// call ends in time all the same, and the next one works. The last test: a thread may be left.
static void a_prompt_that_nobody_answers(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);
    struct cancel *cancel = cancel_new(NULL);
    pthread_t thread;
    pid_t prompter;
    int64_t began;
    struct err e;
    int out;

    (void)state;
    prompter = start_prompter(&b, &out);
    lock_again(&b, k);
    // Reading and storing never ask the prompt by themselves.
    expect_trouble_everywhere(k, KEYRING_LOCKED, "keyring is locked");
    began = now_ms();
    assert_false(keyring_unlock(k, 1500, NULL, &e));
    assert_in_range(now_ms() - began, 1400, HUNG_MS);
    assert_non_null(strstr(e.text, "window of its own"));
    assert_true(was_asked(out, HUNG_MS));
    lock_again(&b, k);
    while (was_asked(out, 0))
        continue;
    assert_true(thread_start(&thread, fire_when_asked, &(struct taken_back){out, cancel}));
    began = now_ms();
    assert_false(keyring_unlock(k, 60000, cancel, &e));
    assert_true(now_ms() - began < HUNG_MS);
    if (e.kind != ERR_CANCELLED)
        fail_msg("%s", e.text);
    (void)pthread_join(thread, NULL);
    cancel_unref(cancel);
    lock_again(&b, k);
    expect_trouble_everywhere(k, KEYRING_LOCKED, "keyring is locked");
    (void)kill(prompter, SIGKILL);
    (void)waitpid(prompter, NULL, 0);
    (void)close(out);
    keyring_close(k);
    bus_stop(&b);
}

static void two_items_and_an_empty_one(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);
    struct str out;
    struct err e;

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    for (int i = 0; i < 2; i++) {
        out = bus_client(&b, "put", "acme", "password", "twin");
        str_free(&out);
    }
    expect_trouble(k, "more than once: remove it with: lode logout --profile acme");
    assert_true(keyring_remove(k, "acme", KEYRING_PASSWORD, &e));
    expect(k, "acme", KEYRING_PASSWORD, NULL);
    for (int i = 0; i < 2; i++) {
        out = bus_client(&b, "put", "acme", "password", "twin");
        str_free(&out);
    }
    put(k, "acme", KEYRING_PASSWORD, "single");
    expect(k, "acme", KEYRING_PASSWORD, "single");
    out = bus_client(&b, "put", "bolt", "password", "");
    str_free(&out);
    {
        struct secret *s;

        assert_false(keyring_get(k, "bolt", KEYRING_PASSWORD, &s, &e));
        assert_non_null(strstr(e.text, "is empty"));
    }
    keyring_close(k);
    bus_stop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUIET_TEST(what_is_put_comes_back),
        QUIET_TEST(only_name_and_kind_are_in_clear),
        QUIET_TEST(without_a_bus),
        QUIET_TEST(without_a_service),
        QUIET_TEST(without_a_keyring),
        QUIET_TEST(started_by_the_bus_without_a_keyring),
        QUIET_TEST(every_mend_mends),
        QUIET_TEST(locked),
        QUIET_TEST(unlocking_without_a_display_fails_at_once),
        QUIET_TEST(two_items_and_an_empty_one),
        QUIET_TEST(a_prompt_that_nobody_answers),
    };

    return cmocka_run_group_tests_name("auth-keyring", tests, NULL, NULL);
}
