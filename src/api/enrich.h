// Enriching on the wire (FACTS 6): records to a charging request, its answer to one outcome an
// input. Any thread. Floor: api.
#ifndef LODE_API_ENRICH_H
#define LODE_API_ENRICH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/entity.h"
#include "model/match.h"
#include "model/page.h"
#include "net/net.h"

// What a call asks for: a record by its id, or whoever the input names.
struct enrich_input {
    const char *id;    // of the record, or the input's key where match is given
    const char *match; // the input as a JSON object, or NULL
};

// Which fields it asks for. A record that lacks one of the required is answered as not found, and
// not charged.
struct enrich_fields {
    const struct column *const *output;
    size_t n;
    const struct column *const *required;
    size_t n_required;
};

// A charging request (NET_ONCE, NET_BATCH) that asks for nothing yet; the caller's.
struct net_request *enrich_request(const char *base_url, const struct entity *entity);
// What it asks for: 1 to entity->enrich.batch inputs.
void enrich_ask(struct net_request *r, const struct entity *entity,
                const struct enrich_input *inputs, size_t n, const struct enrich_fields *fields);

// What became of one input, in the order sent.
struct enriched {
    const struct match_status *status;
    const char *status_name; // as answered, or what was concluded where it was not
    const char *id;          // of the record; where none came, the input's
    const char *raw;         // the record as compact JSON, or NULL
    const char *withheld_by; // of one that is not kept, for it is on the suppression list by the
                             // address that came: the address's hash; NULL else
};

struct enrich_answer {
    struct enriched *rows;
    size_t n;
    struct page memory; // holds the texts
};

// A whole answer to n inputs. false: ERR_INVALID with the fields refused in the request's answer,
// other refusals, or ERR_IN_DOUBT where it was answered but not soundly: another number of results,
// or a record that was not asked for. *out is empty then.
bool enrich_decode(const struct net_request *r, const struct entity *entity,
                   const struct enrich_input *inputs, size_t n, struct enrich_answer *out,
                   struct err *e);
void enrich_answer_free(struct enrich_answer *a);

#endif
