// Ids that a file had: each is new once, in memory and behind it. Tests.
#include "support/test.h"

#include <stdlib.h>

#include "flow/id_set.h"
#include "support/temp.h"

static void each_id_is_new_once(void **state)
{
    enum { IDS = 2000000 }; // more than there is room for in memory
    char *folder = temp_make();
    struct id_set s;
    bool before;
    struct err e;

    (void)state;
    id_set_open(&s, folder);
    for (int round = 0; round < 2; round++) {
        for (long long id = -5; id < IDS; id += round ? 4999 : 1) {
            if (!id_set_add(&s, id * 7, &before, &e))
                fail_msg("%s", e.text);
            if (before != (round == 1))
                fail_msg("%lld, round %d", id, round);
        }
    }
    assert_true(s.rest.fd >= 0); // and what did not fit was told, too
    assert_true(id_set_add(&s, 1, &before, &e));
    assert_false(before);
    id_set_close(&s);
    temp_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_id_is_new_once)};

    return cmocka_run_group_tests_name("flow/id_set", tests, NULL, NULL);
}
