// The file of an account: what it keeps from one process to the next, torn, foreign, used by two,
// and when its process is killed. Over real sockets. Tests.
#include "sandbox/shop_stage.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "support/run.h"
#include "support/temp.h"

// What one process bought, the next owns: for a year less a bit, and no longer.
static void test_owned_for_a_year(void **state)
{
    static const struct {
        const char *offset;
        long long credits;
    } runs[] = {{"0", 2}, {"31535000", 2}, {"31537000", 4}, {"40000000", 4}};
    char *folder = temp_make(), *file = str_format("%s/account", folder);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(runs); i++) {
        struct shop s =
            open_shop((const char *[]){"--state", file, "--clock-offset", runs[i].offset, NULL});

        assert_int_equal(buy(&s, s.ids, 2, 200), 2);
        expect_spent(&s, runs[i].credits, 2 * ((long long)i + 1), (long long)i + 1);
        close_shop(&s);
    }
    temp_remove(folder);
    free(file);
    free(folder);
}

static void write_file(const char *path, const char *text, const char *mode)
{
    FILE *f = fopen(path, mode);

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void test_torn_last_line(void **state)
{
    char *folder = temp_make(), *file = str_format("%s/account", folder);
    const char *const options[] = {"--state", file, NULL};
    struct shop s = open_shop(options);

    (void)state;
    assert_int_equal(buy(&s, s.ids, 2, 200), 2);
    close_shop(&s);
    write_file(file, "2 1795495085697 enrich company 0a1b2c3d-0000-4000-8000-0000000", "a");
    s = open_shop(options);
    expect_spent(&s, 2, 2, 1);
    assert_int_equal(buy(&s, s.ids, 3, 200), 3);
    close_shop(&s);
    s = open_shop(options);
    expect_spent(&s, 3, 5, 2);
    close_shop(&s);
    temp_remove(folder);
    free(file);
    free(folder);
}

static struct run refused_start(const char *file)
{
    struct home home = home_make();
    struct run r = run_program(&home,
                               (const char *[]){SANDBOX_BINARY, "--state", file, "--companies",
                                                "10", "--contacts", "10", NULL},
                               NULL);

    home_remove(&home);
    return r;
}

static void test_foreign_files_are_left_alone(void **state)
{
    static const char *const texts[] = {
        "Dear diary,\ntoday I bought nothing.\n",
        "a text without any line end",
        "lode-sandbox account 1\nnot a charge\n",
        "lode-sandbox account 2\n",
    };
    char *folder = temp_make(), *file = str_format("%s/diary", folder);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct str after = {0};
        struct run r;
        struct err e;

        write_file(file, texts[i], "w");
        r = refused_start(file);
        assert_int_not_equal(r.status, 0);
        assert_non_null(strstr(str_text(&r.err), "left as it is"));
        assert_true(file_read(file, 4096, &after, &e));
        assert_string_equal(after.data, texts[i]);
        str_free(&after);
        run_free(&r);
    }
    temp_remove(folder);
    free(file);
    free(folder);
}

static void test_one_process_a_state(void **state)
{
    char *folder = temp_make(), *file = str_format("%s/account", folder);
    struct server *s = server_start((const char *[]){"--state", file, NULL});
    struct run r = refused_start(file);

    (void)state;
    assert_int_equal(r.status, 1);
    assert_non_null(strstr(str_text(&r.err), "another lode-sandbox uses the state file"));
    run_free(&r);
    assert_int_equal(server_stop(s), 0);
    temp_remove(folder);
    free(file);
    free(folder);
}

enum { FIRMS = 1000 };

// Buys one record after the other until the server is gone; counts the whole answers.
struct victim {
    char *url, *token;
    const long long *ids;
    size_t bought;
};

static void *buy_until_gone(void *arg)
{
    struct victim *v = arg;
    struct http *h = http_open();
    bool alive = true;

    while (alive) {
        char *body = batch_of(&v->ids[v->bought % FIRMS], 1);
        struct http_reply r =
            http_call(h, &(struct http_ask){.url = v->url, .token = v->token, .body = body});

        alive = r.curl == 0 && r.status == 200;
        v->bought += alive;
        http_reply_free(&r);
        free(body);
    }
    http_close(h);
    return NULL;
}

// One life of a server, ended in the middle of its sales. bought: answered in all lives before.
static size_t live_and_die(const char *file, long life, size_t bought)
{
    struct server *s = server_start((const char *[]){"--state", file, "--unlimited", "--companies",
                                                     "1000", "--contacts", "10", NULL});
    struct victim v = {.url = server_at(s, "/enrich/company"), .token = server_token(s)};
    size_t kept = (size_t)server_total(s, "requests");
    long long ids[FIRMS];
    pthread_t thread;

    assert_in_range(kept, bought, bought + 1); // the last may have been charged and not answered
    assert_int_equal(server_total(s, "credits"), kept < FIRMS ? kept : FIRMS);
    server_ids(s, "company", FIRMS, ids);
    v.ids = ids;
    v.bought = kept;
    assert_int_equal(pthread_create(&thread, NULL, buy_until_gone, &v), 0);
    (void)nanosleep(&(struct timespec){.tv_nsec = 20000000 + 7000000 * (life % 5)}, NULL);
    server_kill(s);
    assert_int_equal(pthread_join(thread, NULL), 0);
    free(v.url);
    free(v.token);
    return v.bought;
}

// LODE_KILLS=N in the environment makes the campaign longer.
static void test_kill_loses_no_answered_charge(void **state)
{
    const char *wanted = getenv("LODE_KILLS");
    long kills = wanted ? strtol(wanted, NULL, 10) : 6;
    char *folder = temp_make(), *file = str_format("%s/account", folder);
    size_t bought = 0;

    (void)state;
    for (long i = 0; i < kills; i++)
        bought = live_and_die(file, i, bought);
    assert_true(bought > 0);
    temp_remove(folder);
    free(file);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_owned_for_a_year),
        cmocka_unit_test(test_torn_last_line),
        cmocka_unit_test(test_foreign_files_are_left_alone),
        cmocka_unit_test(test_one_process_a_state),
        cmocka_unit_test(test_kill_loses_no_answered_charge),
    };

    return cmocka_run_group_tests_name("sandbox-account_file", tests, NULL, NULL);
}
