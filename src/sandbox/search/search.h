// POST /search/contact and /search/company: every documented input honoured by its meaning over the
// invented world, sorted, paged, and explained. Any thread. Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_SEARCH_H
#define LODE_SANDBOX_SEARCH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/str.h"

struct contract;
struct lookups;
struct world;
struct search;

enum search_entity { SEARCH_CONTACT, SEARCH_COMPANY, SEARCH_ENTITIES };

enum { SEARCH_RPP_DEFAULT = 25, SEARCH_RPP_MAX = 100, SEARCH_DEPTH_DEFAULT = 10000 };

struct search_options {
    uint32_t depth;        // rows that can be paged to; 0: SEARCH_DEPTH_DEFAULT. FACTS 5
    bool refuse_ungranted; // 400 for inputs whose accessGranted is "false"; else all are honoured
};

// One page. rows index the world's contacts or companies.
struct search_result {
    uint32_t max_results; // all matches, however deep
    uint32_t page, rpp;
    uint32_t n_rows;
    uint32_t rows[SEARCH_RPP_MAX];
};

// Why a request is refused. FACTS 7, shape (a).
struct search_error {
    int status; // HTTP
    char text[512];
    const char *names_key; // "invalidInputFields", "invalidOutputFields", or NULL
    json_t *names;         // array of strings under names_key, or NULL; owned
};

// The world, lookups and contract are borrowed and must outlive the search; options may be NULL.
struct search *search_open(const struct world *world, const struct lookups *lookups,
                           const struct contract *contract, const struct search_options *options);
void search_close(struct search *s);

// Answers one request body. false: *e is filled and search_error_free() is due. Any thread, at
// once: only the cache of the latest queries' ids is behind a mutex, so that pages of one query
// cost next to nothing after the first. FACTS 5.
bool search_run(struct search *s, enum search_entity entity, const json_t *body,
                struct search_result *out, struct search_error *e);

// Appends {"id":N,"matched":B,"inputs":[{"input","value","record","matched"}]}: what each input of
// the body says of one record. record is the record's own value as text. false as search_run(), and
// 404 where nobody has that id. Inputs that only say how others are read (zipCodeRadiusMiles,
// locationSearchType, ...) hold by themselves; a record of a state and country search may hold one
// of the two only. For tests.
bool search_why(struct search *s, enum search_entity entity, const json_t *body, int64_t id,
                struct str *json_out, struct search_error *e);

// Appends {"success":false,"error":...,"statusCode":N[,"invalidInputFields":[...]]}.
void search_error_json(const struct search_error *e, struct str *out);
void search_error_free(struct search_error *e);

#endif
