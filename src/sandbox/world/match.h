// Who is meant: from what is known of a person or a company to the row. Any thread; indexes are
// built on first use, behind a mutex. Floor: sandbox/world.
#ifndef LODE_SANDBOX_WORLD_MATCH_H
#define LODE_SANDBOX_WORLD_MATCH_H

#include <stdint.h>

#include <jansson.h>

struct world;

enum world_match_status {
    MATCH_FULL,
    MATCH_NONE,
    MATCH_CONTACT_ONLY, // the person, but another company than the input's
    MATCH_COMPANY_ONLY, // the company, but nobody of that name there
    MATCH_OPT_OUT,
    MATCH_TOO_OLD_UPDATE, // lastUpdatedDateAfter
    MATCH_TOO_OLD_VALID,  // validDateAfter
    MATCH_BELOW_ACCURACY, // contactAccuracyScoreMin
    MATCH_INSUFFICIENT,   // "There is insufficient information for this request"
    MATCH_STATUSES
};

// The matchStatus of the wire: "FULL_MATCH", ..., "INVALID_INPUT" for MATCH_INSUFFICIENT.
const char *world_match_text(enum world_match_status status);

struct world_match {
    enum world_match_status status;
    uint32_t contact, company; // rows; WORLD_NONE where none is found
};

// One element of matchPersonInput or matchCompanyInput. Names of members are taken without case,
// bare or with "person" before them; null and "" count as not given. FACTS 6.
// contact and company are filled for every status that knows them, the refusing ones too.
struct world_match world_match_contact(const struct world *w, const json_t *input);
struct world_match world_match_company(const struct world *w, const json_t *input);

// Rows by one value, the lowest where several have it, or WORLD_NONE. Without case; phones by
// their digits, hashes of any of the digests.
uint32_t world_contact_by_email(const struct world *w, const char *email);
uint32_t world_contact_by_supplemental(const struct world *w, const char *email);
uint32_t world_contact_by_hash(const struct world *w, const char *hex);
uint32_t world_contact_by_phone(const struct world *w, const char *phone); // direct or mobile
uint32_t world_company_by_phone(const struct world *w, const char *phone); // phone or fax
uint32_t world_company_by_website(const struct world *w, const char *website);
uint32_t world_company_by_ticker(const struct world *w, const char *ticker);
uint32_t world_company_by_ip(const struct world *w, const char *address);
// The first company of that name, without case; the next ones by world_company_same_name().
uint32_t world_company_by_name(const struct world *w, const char *name);
uint32_t world_company_same_name(const struct world *w, uint32_t company);

#endif
