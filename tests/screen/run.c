// Runs one script (README.md): screen-run SCRIPT, or screen-run --record SCRIPT to write its saved
// screens. Tests.
#include "support/test.h"

#include <locale.h>
#include <stdio.h>

#include "base/str.h"
#include "support/script.h"

static void the_script_holds(void **state)
{
    script_run(*state);
}

int main(int argc, char **argv)
{
    struct script_order order = {.record = argc > 1 && str_eq(argv[1], "--record")};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_script_holds, &order),
    };

    if (argc != 2 + order.record) {
        (void)fprintf(stderr, "usage: screen-run [--record] SCRIPT\n");
        return 2;
    }
    order.path = argv[argc - 1];
    (void)setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name(order.path, tests, NULL, NULL);
}
