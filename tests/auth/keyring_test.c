// The keyring with a real bus and a real daemon: what is kept and how, and everything that may be
// wrong with it: no library's fault, no bus, no service, no keyring, locked, hung, killed,
// prompting, doubled, empty. Each in time, each with its mend. Tests.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/keyring.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "job/cancel.h"
#include "job/thread.h"
#include "support/bus.h"
#include "support/temp.h"
#include "support/test.h"

enum { HUNG_MS = 20000 }; // libsecret itself would wait for longer

static int64_t now_ms(void)
{
    struct clock c = clock_system();

    return clock_boot_ms(&c);
}

static void put(struct keyring *k, const char *profile, enum keyring_kind kind, const char *text)
{
    struct secret *s = secret_new(text, strlen(text));
    struct err e = {0};

    if (!keyring_put(k, profile, kind, s, &e))
        fail_msg("%s", e.text);
    secret_free(s);
}

// text NULL: there must be none.
static void expect(struct keyring *k, const char *profile, enum keyring_kind kind, const char *text)
{
    struct secret *s;
    struct err e = {0};

    if (!keyring_get(k, profile, kind, &s, &e))
        fail_msg("%s", e.text);
    assert_int_equal(s != NULL, text != NULL);
    if (s)
        assert_string_equal(secret_text(s), text);
    secret_free(s);
}

// A call that must fail with this sentence, and not hang.
static void expect_trouble(struct keyring *k, const char *says)
{
    int64_t began = now_ms();
    struct secret *s;
    struct err e = {0};

    if (keyring_get(k, "acme", KEYRING_PASSWORD, &s, &e) || !strstr(e.text, says))
        fail_msg("\"%s\", not \"%s\"", e.text, says);
    assert_null(s);
    assert_true(now_ms() - began < HUNG_MS);
    assert_int_equal(e.kind, ERR_STORAGE);
}

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

// On a desktop the service starts when it is asked for.
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

static void hung(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    (void)kill(b.keyring, SIGSTOP);
    expect_trouble(k, "did not answer within 3 seconds");
    (void)kill(b.keyring, SIGCONT);
    expect(k, "acme", KEYRING_PASSWORD, "hunter2");
    keyring_close(k);
    bus_stop(&b);
}

static void hung_bus(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    (void)kill(b.bus, SIGSTOP);
    expect_trouble(k, "did not answer within 3 seconds");
    (void)kill(b.bus, SIGCONT);
    expect(k, "acme", KEYRING_PASSWORD, NULL);
    (void)kill(b.bus, SIGSTOP);
    expect_trouble(k, "did not answer within 3 seconds");
    (void)kill(b.bus, SIGCONT);
    keyring_close(k);
    bus_stop(&b);
}

// What takes connections and says nothing at all is no bus either.
static void a_socket_that_is_silent(void **state)
{
    struct keyring *k = keyring_open(NULL);
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    char *folder = temp_make(), *address;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    (void)state;
    (void)snprintf(at.sun_path, sizeof(at.sun_path), "%s/bus", folder);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(fd, 8), 0);
    address = str_format("unix:path=%s", at.sun_path);
    (void)setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
    expect_trouble(k, "did not answer within 3 seconds");
    keyring_close(k);
    (void)close(fd);
    temp_remove(folder);
    free(folder);
    free(address);
}

static void killed_between_two_calls(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    for (int i = 0; i < 3; i++) {
        bus_kill_keyring(&b);
        if (i == 1)
            expect_trouble(k, "apt install gnome-keyring");
        bus_start_keyring(&b, BUS_PASSWORD);
        if (i == 2)
            put(k, "acme", KEYRING_PASSWORD, "hunter2");
        expect(k, "acme", KEYRING_PASSWORD, "hunter2");
    }
    keyring_close(k);
    bus_stop(&b);
}

struct asked {
    struct keyring *k;
    struct secret *out;
    struct err e;
    bool ok;
};

static void *ask(void *arg)
{
    struct asked *a = arg;

    a->ok = keyring_get(a->k, "acme", KEYRING_PASSWORD, &a->out, &a->e);
    return NULL;
}

// Stopped first, so that the call is under way when it is killed.
static void killed_in_mid_call(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct keyring *k = keyring_open(NULL);
    struct asked asked = {.k = k};
    pthread_t thread;
    int64_t began;
    pid_t old;

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    old = b.keyring;
    (void)kill(old, SIGSTOP);
    began = now_ms();
    assert_true(thread_start(&thread, ask, &asked));
    (void)usleep(200000);
    (void)kill(old, SIGKILL);
    (void)waitpid(old, NULL, 0);
    (void)pthread_join(thread, NULL);
    assert_false(asked.ok);
    assert_non_null(strstr(asked.e.text, "no keyring service answers"));
    assert_true(now_ms() - began < HUNG_MS);
    b.keyring = -1;
    bus_start_keyring(&b, BUS_PASSWORD);
    expect(k, "acme", KEYRING_PASSWORD, "hunter2");
    keyring_close(k);
    bus_stop(&b);
}

// The bus starts another daemon for the second try.
static void killed_in_mid_call_with_another_at_hand(void **state)
{
    struct bus b = bus_start(BUS_UNLOCKING);
    struct keyring *k = keyring_open(NULL);
    struct asked asked = {.k = k};
    pthread_t thread;

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    (void)kill(b.keyring, SIGSTOP);
    assert_true(thread_start(&thread, ask, &asked));
    (void)usleep(200000);
    (void)kill(b.keyring, SIGKILL);
    (void)pthread_join(thread, NULL);
    if (!asked.ok)
        fail_msg("%s", asked.e.text);
    assert_string_equal(secret_text(asked.out), "hunter2");
    secret_free(asked.out);
    keyring_close(k);
    bus_stop(&b);
}

// GDBus would end the process when its bus goes.
static void the_bus_dies(void **state)
{
    struct bus b = bus_start(BUS_NO_SERVICES), other;
    struct keyring *k = keyring_open(NULL);

    (void)state;
    bus_start_keyring(&b, BUS_PASSWORD);
    put(k, "acme", KEYRING_PASSWORD, "hunter2");
    bus_kill(&b);
    expect_trouble(k, "no session bus");
    bus_stop(&b);
    other = bus_start(BUS_NO_SERVICES);
    bus_start_keyring(&other, BUS_PASSWORD);
    expect(k, "acme", KEYRING_PASSWORD, NULL);
    keyring_close(k);
    bus_stop(&other);
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

// GLib's own words must not paint over a screen: nothing of all this may reach standard error.
static int saved_stderr = -1;

static int silence(void **state)
{
    int fd = memfd_create("stderr", MFD_CLOEXEC);

    (void)state;
    saved_stderr = dup(STDERR_FILENO);
    return fd >= 0 && dup2(fd, STDERR_FILENO) >= 0 ? 0 : -1;
}

static int expect_silence(void **state)
{
    char said[2000] = "";
    ssize_t n = pread(STDERR_FILENO, said, sizeof(said) - 1, 0);

    (void)state;
    (void)dup2(saved_stderr, STDERR_FILENO);
    (void)close(saved_stderr);
    (void)unsetenv("DBUS_SESSION_BUS_ADDRESS");
    if (n > 0)
        (void)fprintf(stderr, "on standard error: %s\n", said);
    return n > 0;
}

#define QUIET_TEST(f) cmocka_unit_test_setup_teardown(f, silence, expect_silence)

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
        QUIET_TEST(hung),
        QUIET_TEST(hung_bus),
        QUIET_TEST(a_socket_that_is_silent),
        QUIET_TEST(killed_between_two_calls),
        QUIET_TEST(killed_in_mid_call),
        QUIET_TEST(killed_in_mid_call_with_another_at_hand),
        QUIET_TEST(the_bus_dies),
        QUIET_TEST(two_items_and_an_empty_one),
        QUIET_TEST(a_prompt_that_nobody_answers),
    };

    return cmocka_run_group_tests_name("auth-keyring", tests, NULL, NULL);
}
