// Rows of the last searches, kept for the next start. Floor: flow.
#ifndef LODE_FLOW_KEPT_H
#define LODE_FLOW_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/app.h"
#include "model/query.h"
#include "model/table.h"

enum { KEPT_KEY_MAX = 32 };

// The name a search is kept by: its entity, its filters as people say them, order and page size.
void kept_key(const struct query *q, int rpp, char key[static KEPT_KEY_MAX]);
// Keeps a page of it.
bool kept_put(struct app *a, const char *key, const struct entity *entity, const struct page *page,
              struct err *e);

// What is kept of a search, with what the library knows of its rows now.
struct kept {
    struct table *table; // NULL: nothing
    long long hits;
    int64_t at_ms; // UTC, of the oldest page
};

bool kept_load(struct app *a, const char *key, const struct entity *entity, int rpp,
               struct kept *out, struct err *e);

#endif
