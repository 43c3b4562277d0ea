// One charge to the account, and the line of the journal that keeps it. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_CHARGE_H
#define LODE_SANDBOX_CHARGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { CHARGE_ROWS_MAX = 25, CHARGE_REQUEST_ID_MAX = 40, CHARGE_ENTITY_MAX = 16 };

struct charge_row {
    int64_t id;
    bool fresh; // new to the account: it cost a credit
};

struct charge {
    uint64_t sequence; // from 1
    int64_t time_ms;   // since 1970, by the sandbox's own clock
    char verb[CHARGE_ENTITY_MAX], entity[CHARGE_ENTITY_MAX]; // "enrich" or "search", "contact", ...
    char request_id[CHARGE_REQUEST_ID_MAX];
    size_t n_rows; // each counts as a record
    struct charge_row rows[CHARGE_ROWS_MAX];
};

int64_t charge_credits(const struct charge *c);
// Appends a line with its newline.
void charge_write(const struct charge *c, struct str *out);
// false where line is none of ours; it is written to.
bool charge_read(char *line, struct charge *out);
// Appends a JSON object.
void charge_json(const struct charge *c, struct str *out);

#endif
