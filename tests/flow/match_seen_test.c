// What has been asked for is known again, however much it is: in memory and in the file alike.
// Tests.
#include "support/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "flow/match_seen.h"
#include "support/temp.h"

enum { KEYS = 60000 }; // more than stay in memory

static void add(struct match_seens *s, uint64_t hash, uint32_t line)
{
    struct match_seen seen;
    size_t place;
    struct err e;

    assert_true(match_seen(s, hash, &seen, &place, &e));
    assert_int_equal(seen.hash, 0);
    seen.line = line;
    assert_true(match_seen_keep(s, hash, &seen, place, &e));
}

static void end(struct match_seens *s, uint64_t hash, uint8_t fate)
{
    struct match_seen seen;
    size_t place;
    struct err e;

    assert_true(match_seen(s, hash, &seen, &place, &e));
    seen.fate = fate;
    assert_true(match_seen_keep(s, hash, &seen, place, &e));
}

static void all_are_known_again_and_no_others(void **state)
{
    struct rng rng = rng_seed(2), again = rng_seed(2);
    char *folder = temp_make();
    struct match_seens s;
    struct match_seen seen;
    size_t place;
    struct err e;

    (void)state;
    match_seens_open(&s, folder);
    for (uint32_t i = 0; i < KEYS; i++) {
        uint64_t hash = rng_next(&rng);

        add(&s, hash, i + 1);
        end(&s, hash, (uint8_t)(i % 7));
    }
    add(&s, 0, 5);
    assert_null(s.slots);
    assert_int_equal(s.n, KEYS + 1);
    for (uint32_t i = 0; i < KEYS; i++) {
        assert_true(match_seen(&s, rng_next(&again), &seen, &place, &e));
        assert_int_equal(seen.line, i + 1);
        assert_int_equal(seen.fate, i % 7);
    }
    assert_true(match_seen(&s, rng_next(&again), &seen, &place, &e));
    assert_int_equal(seen.hash, 0);
    match_seens_close(&s);
    assert_int_equal(rmdir(folder), 0); // nothing was left there
    free(folder);
}

static void where_no_file_can_be_it_is_said(void **state)
{
    struct rng rng = rng_seed(3);
    struct match_seens s;
    struct match_seen seen;
    struct err e;
    size_t place;
    bool ok = true;
    int n = 0;

    (void)state;
    match_seens_open(&s, "/proc/lode-has-no-such-folder");
    for (; ok && n < KEYS; n++) {
        uint64_t hash = rng_next(&rng);

        ok = match_seen(&s, hash, &seen, &place, &e) && match_seen_keep(&s, hash, &seen, place, &e);
    }
    assert_false(ok);
    assert_int_equal(e.kind, ERR_STORAGE);
    assert_non_null(strstr(e.text, "/proc/lode-has-no-such-folder"));
    match_seens_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_known_again_and_no_others),
        cmocka_unit_test(where_no_file_can_be_it_is_said),
    };

    return cmocka_run_group_tests_name("match_seen", tests, NULL, NULL);
}
