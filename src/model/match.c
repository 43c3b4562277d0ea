// What each matchStatus means (FACTS 6). Any thread. Floor: model.
#include "model/match.h"

#include <stddef.h>

#include "base/mem.h"
#include "base/str.h"

static const struct match_status full = {"FULL_MATCH", "found", true, false};
static const struct match_status none = {"NO_MATCH", "not found; not charged", false, false};

// clang-format off
static const struct match_status others[] = {
    {"CONTACT_ONLY_MATCH", "the person was found, but not at that company; no record came", false, false},
    {"COMPANY_ONLY_MATCH", "only the company was found, not the person", false, false},
    {"NON_MATCH_BY_REQUIRED_FIELDS", "found, but without a field that was required; not charged", false, false},
    {"NON_MATCH_BY_LAST_UPDATED_DATE", "found, but updated before the date asked for; not charged", false, false},
    {"NON_MATCH_BY_VALID_DATE", "found, but confirmed before the date asked for; not charged", false, false},
    {"NON_MATCH_BY_CONTACT_ACCURACY_MIN", "found, but below the accuracy score asked for; not charged", false, false},
    {"INVALID_INPUT", "the input cannot name a record", false, false},
    {"LIMIT_EXCEEDED", "a limit of the account is used up", false, false},
    {"OPT_OUT", "the person opted out: what is held of them must go", false, true},
    {"SERVICE_ERROR", "the service failed on this record", false, false},
};
// clang-format on

// What a status without a record of its own can stand for.
static const struct match_status unknown_found = {
    "UNKNOWN", "found, with a status Lode does not know", true, false};
static const struct match_status unknown_absent = {
    "UNKNOWN", "not found, with a status Lode does not know", false, false};
static const struct match_status empty = {
    "FULL_MATCH", "said to be found, but no record came with the answer", false, false};

const struct match_status *match_status_find(const char *name, bool has_row)
{
    if (!name || !*name)
        return has_row ? &full : &none;
    if (str_eq_case(name, full.name))
        return has_row ? &full : &empty;
    if (str_eq_case(name, none.name))
        return &none;
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        if (str_eq_case(name, others[i].name))
            return &others[i];
    }
    return has_row ? &unknown_found : &unknown_absent;
}
