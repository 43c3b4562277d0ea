// What is kept of a file whose lines are bought by: enough to find it again and to see that it is
// the same. Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_MATCH_SUM_H
#define LODE_FLOW_MATCH_SUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/sha256.h"
#include "flow/app.h"
#include "flow/match_file.h"

struct match_sum {
    char *path; // whole, without links; owned
    int64_t size;
    char sha256[SHA256_HEX_MAX];
    size_t lines; // behind the heading, as far as that can be told without reading cells
};

// Whether a file is one that can be read again: no pipe, no standard input.
bool match_sum_can(const char *path);
// Reads all of it as its lines will be read: ERR_INVALID where a record is none. What cannot be
// read twice is not looked at. The app's cancel token stops it.
bool match_sum_check(struct app *a, const char *path, struct err *e);
// Reads all of the open file once, from its start; the app's cancel token stops it. ERR_NOT_FOUND,
// ERR_INVALID where it is no ordinary file.
bool match_sum_read(struct app *a, const struct match_file *f, struct match_sum *out,
                    struct err *e);
void match_sum_free(struct match_sum *s);

#endif
