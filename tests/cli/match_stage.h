// A small sandbox of people and companies for a file to name. Tests.
#ifndef TESTS_CLI_MATCH_STAGE_H
#define TESTS_CLI_MATCH_STAGE_H

#include "cli/world.h"

static inline int people_world(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          "--faults=", NULL};

    return world_open(state, options);
}

#endif
