// When the screen is painted: keys at once, a flood of news at most 30 times a second. Tests.
#include "support/test.h"

#include "ui/frame/pace.h"

enum { SECONDS = 10, FLOOD_MS = SECONDS * 1000, LATEST_MS = 33, ROUND_MS = 17, KEY_EVERY_MS = 50 };

struct flood {
    struct pace pace;
    int paintings, worst_news_ms, worst_key_ms;
    int64_t news_ms, key_ms; // of the first that is not shown; -1: none
};

static void late(int64_t *since, int64_t now, int *worst)
{
    if (*since >= 0 && now - *since > *worst)
        *worst = (int)(now - *since);
    *since = -1;
}

static void paint(struct flood *f, int64_t now)
{
    late(&f->news_ms, now, &f->worst_news_ms);
    f->paintings++;
    pace_painted(&f->pace, now);
}

static void answer(struct flood *f, int64_t now)
{
    late(&f->key_ms, now, &f->worst_key_ms);
    f->pace.answer = false;
}

// A round of the loop each millisecond, with news in every one.
static struct flood flood(int key_every)
{
    struct flood f = {.pace = {.told_ms = 1000}, .news_ms = -1, .key_ms = -1};

    for (int64_t now = 1000; now < 1000 + FLOOD_MS; now++) {
        bool key = key_every && now % key_every == 0;

        f.news_ms = f.news_ms < 0 ? now : f.news_ms;
        f.key_ms = key ? now : f.key_ms;
        f.pace.news = true;
        f.pace.answer |= key;
        if (f.pace.answer)
            answer(&f, now);
        if (pace_wait(&f.pace, now) == 0)
            paint(&f, now);
    }
    return f;
}

static void test_a_flood_of_news(void **state)
{
    struct flood f = flood(0);

    (void)state;
    assert_true(f.paintings <= 31 * SECONDS);
    assert_true(f.paintings > 29 * SECONDS);
    assert_true(f.worst_news_ms <= LATEST_MS);
}

// They neither wait for news nor hold any up.
static void test_keys_in_it(void **state)
{
    struct flood f = flood(KEY_EVERY_MS);

    (void)state;
    assert_int_equal(f.worst_key_ms, 0);
    assert_true(f.worst_news_ms <= LATEST_MS);
    assert_true(f.paintings <= 31 * SECONDS);
}

// Keys wait at every moment, each taking two milliseconds: what they do is seen all the same.
static void test_keys_without_an_end(void **state)
{
    struct flood f = {.pace = {.told_ms = 1000}, .news_ms = -1, .key_ms = -1};
    int64_t now = 1000;

    (void)state;
    while (now < 1000 + FLOOD_MS) {
        pace_begin(&f.pace, now);
        for (f.key_ms = now; !pace_over(&f.pace, now); now += 2)
            f.pace.answer = true;
        answer(&f, now);
    }
    assert_true(f.worst_key_ms <= ROUND_MS + 2);
}

// The first come at once, the next when those have stood for a while.
static void test_news_one_after_another(void **state)
{
    struct pace p = {.told_ms = 0};

    (void)state;
    assert_int_equal(pace_wait(&p, 100), -1);
    p.news = true;
    assert_int_equal(pace_wait(&p, 101), 0);
    pace_painted(&p, 101);
    assert_int_equal(pace_wait(&p, 102), -1);
    p.news = true;
    assert_int_equal(pace_wait(&p, 102), 32);
    assert_int_equal(pace_wait(&p, 134), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_flood_of_news),
        cmocka_unit_test(test_keys_in_it),
        cmocka_unit_test(test_keys_without_an_end),
        cmocka_unit_test(test_news_one_after_another),
    };

    return cmocka_run_group_tests_name("ui-frame-pace", tests, NULL, NULL);
}
