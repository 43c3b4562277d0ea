// The file that processes share: together they keep the limits, and nothing that happens to one of
// them, or to the file, holds up the others. Tests.
#include "support/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "net/share.h"

enum { PROCESSES = 4, TAKES = 30, LIMIT = 50, MANY = 200 };

struct place {
    char *folder, *path;
};

static struct place place_make(void)
{
    char name[] = "/tmp/lode-share-XXXXXX";
    struct place p;

    assert_non_null(mkdtemp(name));
    p.folder = mem_strdup(name);
    p.path = str_format("%s/rates", name);
    return p;
}

static void place_drop(struct place *p)
{
    (void)unlink(p->path);
    assert_int_equal(rmdir(p->folder), 0);
    free(p->folder);
    free(p->path);
}

static struct share *opened(const struct place *p, int per_second, int per_minute, int64_t now)
{
    struct share *s = share_open(p->path, per_second, per_minute, now, NULL);

    assert_null(share_alone(s));
    return s;
}

static int take_all(struct share *s, int64_t now, int64_t *wait)
{
    int n = 0;

    while (n < 1000 && share_take(s, SHARE_CALL, now, wait))
        n++;
    return n;
}

static void test_two_keep_one_limit(void **state)
{
    struct place p = place_make();
    struct share *a = opened(&p, 5, 8, 0), *b = opened(&p, 5, 8, 0);
    struct stat st;
    int64_t wait = 0;

    (void)state;
    assert_int_equal(stat(p.path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    for (int i = 0; i < 3; i++)
        assert_true(share_take(a, SHARE_CALL, 1000, &wait));
    assert_int_equal(take_all(b, 1000, &wait), 2);
    assert_int_equal(wait, 1001); // nothing is free before what is under way has come back
    share_done(a, SHARE_CALL, 1200, true);
    share_done(a, SHARE_CALL, 1300, false);
    assert_int_equal(take_all(b, 1300, &wait), 1); // the one that never left
    assert_int_equal(wait, 901);
    assert_int_equal(take_all(a, 2200, &wait), 0);
    assert_int_equal(wait, 1);
    assert_int_equal(take_all(a, 2201, &wait), 1);
    for (int i = 0; i < 3; i++)
        share_done(b, SHARE_CALL, 2300, true);
    share_done(a, SHARE_CALL, 2300, true);
    share_done(a, SHARE_CALL, 2300, true);
    assert_int_equal(take_all(a, 4000, &wait), 2); // of the minute's eight, six are used
    assert_int_equal(wait, 1200 + 60001 - 4000);
    share_close(a);
    share_close(b);
    place_drop(&p);
}

static void test_signing_in_has_a_limit_of_its_own(void **state)
{
    struct place p = place_make();
    struct share *a = opened(&p, 1, 0, 0), *b = opened(&p, 1, 0, 0);
    int64_t wait = 0;

    (void)state;
    assert_true(share_take(a, SHARE_SIGN_IN, 10, &wait));
    assert_true(share_take(a, SHARE_CALL, 10, &wait));
    assert_false(share_take(b, SHARE_SIGN_IN, 20, &wait));
    share_done(a, SHARE_SIGN_IN, 30, true);
    assert_false(share_take(b, SHARE_SIGN_IN, 40, &wait));
    assert_int_equal(wait, 991);
    assert_true(share_take(b, SHARE_SIGN_IN, 1031, &wait));
    share_close(a);
    share_close(b);
    place_drop(&p);
}

static void test_the_dead_hold_up_nobody(void **state)
{
    struct place p = place_make();
    struct share *a = opened(&p, 3, 0, 0), *b = opened(&p, 3, 0, 0), *c;
    int64_t wait = 0;

    (void)state;
    assert_int_equal(take_all(a, 100, &wait), 3);
    assert_int_equal(take_all(b, 200, &wait), 0);
    share_close(a); // as a kill does it: its calls never come back
    assert_int_equal(take_all(b, 300, &wait), 0);
    assert_int_equal(take_all(b, 1300, &wait), 0); // they may have arrived until it was found dead
    assert_int_equal(wait, 1);
    assert_int_equal(take_all(b, 1301, &wait), 3);
    share_close(b);
    c = opened(&p, 3, 0, 1400); // takes the place of one of them
    assert_int_equal(take_all(c, 1500, &wait), 0);
    assert_int_equal(take_all(c, 2600, &wait), 3);
    share_close(c);
    place_drop(&p);
}

// One that was stopped (Ctrl-Z) with calls under way lives, and says nothing more.
static void test_the_stopped_hold_up_nobody_for_long(void **state)
{
    struct place p = place_make();
    struct share *a = opened(&p, 3, 0, 0), *b = opened(&p, 3, 0, 0);
    int64_t wait = 0;

    (void)state;
    assert_int_equal(take_all(a, 100, &wait), 3);
    assert_int_equal(take_all(b, 10000, &wait), 0);
    assert_int_equal(take_all(b, 10101, &wait), 3);
    share_close(a);
    share_close(b);
    place_drop(&p);
}

// As one that was stopped in the middle of a change does.
static int hold_lock(const struct place *p)
{
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    int fd = open(p->path, O_RDWR | O_CLOEXEC);

    assert_int_equal(fcntl(fd, F_OFD_SETLK, &l), 0);
    return fd;
}

static void test_one_that_keeps_the_lock_parts_nobody_for_good(void **state)
{
    struct place p = place_make();
    struct share *a = opened(&p, 3, 0, 0), *b = opened(&p, 3, 0, 0), *c;
    int64_t wait = 0;
    int fd;

    (void)state;
    assert_true(share_take(a, SHARE_CALL, 100, &wait));
    fd = hold_lock(&p);
    assert_true(share_take(a, SHARE_CALL, 100, &wait)); // goes uncounted
    assert_string_equal(share_alone(a), "another process keeps it locked");
    share_done(a, SHARE_CALL, 200, true);
    c = share_open(p.path, 3, 0, 200, NULL);
    assert_non_null(share_alone(c));
    (void)close(fd);
    share_done(a, SHARE_CALL, 300, true);
    assert_null(share_alone(a));
    assert_int_equal(take_all(b, 400, &wait), 1); // both were counted in the end
    assert_int_equal(take_all(a, 400, &wait), 0);
    assert_int_equal(take_all(c, 1302, &wait), 2); // it comes in a little later
    share_close(c);
    share_close(a);
    share_close(b);
    place_drop(&p);
}

static void test_a_429_pauses_all(void **state)
{
    struct place p = place_make();
    struct share *a = opened(&p, 9, 0, 0), *b = opened(&p, 9, 0, 0);
    int64_t wait = 0;

    (void)state;
    share_pause(a, 3000, 1000);
    share_pause(a, 2000, 1000);
    share_pause(a, INT64_MAX / 2, 1000); // for the caller to decide about
    assert_false(share_take(b, SHARE_CALL, 2500, &wait));
    assert_int_equal(wait, 500);
    assert_true(share_take(b, SHARE_SIGN_IN, 2500, &wait));
    assert_true(share_take(b, SHARE_CALL, 3000, &wait));
    share_close(a);
    share_close(b);
    place_drop(&p);
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_true(file_write_all(fd, bytes, len));
    (void)close(fd);
}

static void expect_alone(const struct place *p, const char *why)
{
    struct share *s = share_open(p->path, 5, 0, 0, NULL);

    assert_string_equal(share_alone(s), why);
    share_close(s);
}

static void test_what_is_no_such_file_is_left_alone(void **state)
{
    struct place p = place_make();
    struct str bytes = {0};
    struct err e;

    (void)state;
    write_file(p.path, "somebody's notes\n", 17);
    expect_alone(&p, "it is of another program, and left alone");
    assert_true(file_read(p.path, 1000, &bytes, &e));
    assert_string_equal(str_text(&bytes), "somebody's notes\n");
    str_free(&bytes);
    assert_int_equal(unlink(p.path), 0);
    assert_int_equal(symlink("/etc/passwd", p.path), 0);
    expect_alone(&p, "it cannot be opened");
    assert_int_equal(unlink(p.path), 0);
    assert_int_equal(mkfifo(p.path, 0600), 0);
    expect_alone(&p, "it is no file of this user");
    place_drop(&p);
}

// What a full disk or a kill leaves of one that was just begun.
static void test_one_half_written_is_begun_anew(void **state)
{
    static const char zeros[90000];
    static const struct {
        size_t kept; // bytes of a whole one
        size_t zeros;
    } halves[] = {{0, 1}, {0, 7},  {0, 300},   {0, 82000}, {3, 0},
                  {8, 0}, {30, 0}, {8, 81992}, {8, 66624}};
    struct place p = place_make();
    int64_t wait = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(halves); i++) {
        struct str bytes = {0};
        struct share *a, *b;

        str_add_len(&bytes, "lode 2\n\0some-boot-or-other-----", halves[i].kept);
        str_add_len(&bytes, zeros, halves[i].zeros);
        write_file(p.path, bytes.data, bytes.len);
        str_free(&bytes);
        a = opened(&p, 5, 0, 0);
        b = opened(&p, 5, 0, 0);
        assert_int_equal(take_all(a, 100, &wait), 5);
        assert_int_equal(take_all(b, 100, &wait), 0);
        share_close(a);
        share_close(b);
        assert_int_equal(unlink(p.path), 0);
    }
    place_drop(&p);
}

// Damaged while it is used, at any place: calls go on, and none waits for longer than a window.
static void test_damage_stops_nobody(void **state)
{
    struct place p = place_make();
    struct share *s = opened(&p, 5, 0, 0);
    int64_t wait = 0;
    struct stat st;

    (void)state;
    assert_int_equal(stat(p.path, &st), 0);
    share_close(s);
    for (off_t at = 0; at < 1200; at += 7) {
        int fd;

        (void)unlink(p.path);
        s = opened(&p, 5, 0, 0);
        assert_int_equal(take_all(s, 100, &wait), 5);
        share_done(s, SHARE_CALL, 100, true);
        fd = open(p.path, O_WRONLY | O_CLOEXEC);
        assert_int_equal(pwrite(fd, "\x7f\xff\xff\xff\xff\xff\xff\x7f", 8, at), 8);
        (void)close(fd);
        wait = 0;
        (void)take_all(s, 200, &wait);
        assert_in_range(wait, 0, 5 * 60 * 1000);
        share_done(s, SHARE_CALL, 300, true);
        share_close(s);
        s = share_open(p.path, 5, 0, 400, NULL);
        share_close(s);
    }
    (void)unlink(p.path);
    s = opened(&p, 5, 0, 0);
    assert_int_equal(take_all(s, 100, &wait), 5);
    assert_int_equal(truncate(p.path, 10), 0);
    assert_int_equal(take_all(s, 100, &wait), 1000); // from here on it counts alone
    assert_string_equal(share_alone(s), "another program has changed it");
    share_close(s);
    place_drop(&p);
}

static void test_times_of_another_boot_are_forgotten(void **state)
{
    struct place p = place_make();
    struct share *s = opened(&p, 5, 0, 0);
    int64_t wait = 0;
    int fd;

    (void)state;
    assert_int_equal(take_all(s, 5000, &wait), 5);
    share_close(s);
    fd = open(p.path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(pwrite(fd, "before", 6, 8), 6); // behind the file's mark
    (void)close(fd);
    s = opened(&p, 5, 0, 10);
    assert_int_equal(take_all(s, 10, &wait), 5);
    share_close(s);
    place_drop(&p);
}

// As 1,024 holders have it, which is all the room there is.
static void test_one_too_many_counts_alone(void **state)
{
    struct place p = place_make();
    struct share *a = opened(&p, 3, 0, 0);
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2, .l_len = 1023};
    int fd = open(p.path, O_RDWR | O_CLOEXEC);
    int64_t wait = 0;

    (void)state;
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &all), 0);
    expect_alone(&p, "too many processes call as this account");
    (void)close(fd);
    assert_int_equal(take_all(a, 100, &wait), 3);
    share_close(a);
    place_drop(&p);
}

static void test_hundreds_keep_one_limit(void **state)
{
    struct place p = place_make();
    struct share *s[MANY], *after;
    int64_t wait = 0;
    int taken = 0;

    (void)state;
    for (int i = 0; i < MANY; i++)
        s[i] = opened(&p, 25, 0, 0);
    for (int i = MANY - 1; i >= 0; i--)
        taken += share_take(s[i], SHARE_CALL, 100, &wait);
    assert_int_equal(taken, 25);
    for (int i = 0; i < MANY; i++)
        share_close(s[i]);
    after = opened(&p, 25, 0, 200); // what the dead had under way is answered now
    assert_int_equal(take_all(after, 1200, &wait), 0);
    assert_int_equal(take_all(after, 1201, &wait), 25);
    share_close(after);
    place_drop(&p);
}

static void run_process(const char *path, int out)
{
    const struct clock clock = clock_system();
    struct share *s = share_open(path, LIMIT, 0, clock_boot_ms(&clock), NULL);

    for (int i = 0; i < TAKES; i++) {
        int64_t wait = 0, at;

        while (!share_take(s, SHARE_CALL, clock_boot_ms(&clock), &wait)) {
            const struct timespec t = {wait / 1000, wait % 1000 * 1000000};

            (void)nanosleep(&t, NULL);
        }
        at = clock_boot_ms(&clock);
        (void)!write(out, &at, sizeof(at));
        share_done(s, SHARE_CALL, clock_boot_ms(&clock), true);
    }
    _exit(share_alone(s) ? 1 : 0);
}

static int by_time(const void *a, const void *b)
{
    int64_t x, y;

    memcpy(&x, a, sizeof(x));
    memcpy(&y, b, sizeof(y));
    return x < y ? -1 : x > y;
}

// Real processes on the real clock: no closed second holds more than the limit.
static void test_processes_side_by_side(void **state)
{
    struct place p = place_make();
    int64_t times[PROCESSES * TAKES];
    int ends[2], status;

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    for (int i = 0; i < PROCESSES; i++) {
        if (fork() == 0)
            run_process(p.path, ends[1]);
    }
    for (int i = 0; i < PROCESSES; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(read(ends[0], times, sizeof(times)), sizeof(times));
    qsort(times, ARRAY_LEN(times), sizeof(*times), by_time);
    for (size_t i = LIMIT; i < ARRAY_LEN(times); i++)
        assert_true(times[i] - times[i - LIMIT] > 1000);
    (void)close(ends[0]);
    (void)close(ends[1]);
    place_drop(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_keep_one_limit),
        cmocka_unit_test(test_signing_in_has_a_limit_of_its_own),
        cmocka_unit_test(test_the_dead_hold_up_nobody),
        cmocka_unit_test(test_the_stopped_hold_up_nobody_for_long),
        cmocka_unit_test(test_one_that_keeps_the_lock_parts_nobody_for_good),
        cmocka_unit_test(test_a_429_pauses_all),
        cmocka_unit_test(test_what_is_no_such_file_is_left_alone),
        cmocka_unit_test(test_one_half_written_is_begun_anew),
        cmocka_unit_test(test_damage_stops_nobody),
        cmocka_unit_test(test_times_of_another_boot_are_forgotten),
        cmocka_unit_test(test_one_too_many_counts_alone),
        cmocka_unit_test(test_hundreds_keep_one_limit),
        cmocka_unit_test(test_processes_side_by_side),
    };

    return cmocka_run_group_tests_name("share", tests, NULL, NULL);
}
