// Secrets in a keyring of the test's own: kept, expected, expected to fail in time; and nothing of
// it may be heard on standard error. Tests.
#ifndef TESTS_AUTH_KEYRING_STAGE_H
#define TESTS_AUTH_KEYRING_STAGE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "auth/keyring.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/str.h"
#include "support/bus.h"
#include "support/test.h"

enum { HUNG_MS = 20000 }; // libsecret itself would wait for longer

static inline int64_t now_ms(void)
{
    struct clock c = clock_system();

    return clock_boot_ms(&c);
}

static inline void put(struct keyring *k, const char *profile, enum keyring_kind kind,
                       const char *text)
{
    struct secret *s = secret_new(text, strlen(text));
    struct err e = {0};

    if (!keyring_put(k, profile, kind, s, &e))
        fail_msg("%s", e.text);
    secret_free(s);
}

// text NULL: there must be none.
static inline void expect(struct keyring *k, const char *profile, enum keyring_kind kind,
                          const char *text)
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
static inline void expect_trouble(struct keyring *k, const char *says)
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

// GLib's own words must not paint over a screen: nothing of all this may reach standard error.
static int saved_stderr = -1;

static inline int silence(void **state)
{
    int fd = memfd_create("stderr", MFD_CLOEXEC);

    (void)state;
    saved_stderr = dup(STDERR_FILENO);
    return fd >= 0 && dup2(fd, STDERR_FILENO) >= 0 ? 0 : -1;
}

static inline int expect_silence(void **state)
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

#endif
