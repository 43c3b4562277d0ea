// A keyring that hangs or dies, or its bus: before a call, between two, in the middle of one. Each
// call ends in time, and the next one works. Tests.
#include "auth/keyring_stage.h"

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "job/thread.h"
#include "support/temp.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUIET_TEST(hung),
        QUIET_TEST(hung_bus),
        QUIET_TEST(a_socket_that_is_silent),
        QUIET_TEST(killed_between_two_calls),
        QUIET_TEST(killed_in_mid_call),
        QUIET_TEST(killed_in_mid_call_with_another_at_hand),
        QUIET_TEST(the_bus_dies),
    };

    return cmocka_run_group_tests_name("auth-keyring-dies", tests, NULL, NULL);
}
