// What each matchStatus means (FACTS 6). Any thread. Floor: model.
#include "model/match.h"

#include <assert.h>

#include "base/mem.h"
#include "base/str.h"

enum { FULL, NONE, EMPTY, UNKNOWN_FOUND, UNKNOWN_ABSENT, WITHHELD, OTHERS };

// The first few stand for what has no status, or one that is unknown, too.
// clang-format off
static const struct match_status all[] = {
    [FULL] = {"FULL_MATCH", "found", true, false, false, HINDSIGHT_FULL, 'c'},
    [NONE] = {"NO_MATCH", "not found; not charged", false, false, false, HINDSIGHT_NOW, 'n'},
    [EMPTY] = {"FULL_MATCH", "said to be found, but no record came with the answer", false, false, false, HINDSIGHT_NONE, 'e'},
    [UNKNOWN_FOUND] = {"UNKNOWN", "found, with a status Lode does not know", true, false, false, HINDSIGHT_FULL, 'c'},
    [UNKNOWN_ABSENT] = {"UNKNOWN", "not found, with a status Lode does not know", false, false, false, HINDSIGHT_NONE, 'x'},
    [WITHHELD] = {"SUPPRESSED", "on the suppression list: paid for where it was new, and nothing of it is kept", false, true, false, HINDSIGHT_FULL, 'w'},
    [OTHERS] =
    {"CONTACT_ONLY_MATCH", "the person was found, but not at that company; no record came", false, false, false, HINDSIGHT_NOW, 'p'},
    {"COMPANY_ONLY_MATCH", "only the company was found, not the person", false, false, false, HINDSIGHT_NOW, 'f'},
    {"NON_MATCH_BY_REQUIRED_FIELDS", "found, but without a field that was required; not charged", false, false, false, HINDSIGHT_NONE, 'r'},
    {"NON_MATCH_BY_LAST_UPDATED_DATE", "found, but updated before the date asked for; not charged", false, false, false, HINDSIGHT_NONE, 'u'},
    {"NON_MATCH_BY_VALID_DATE", "found, but confirmed before the date asked for; not charged", false, false, false, HINDSIGHT_NONE, 'v'},
    {"NON_MATCH_BY_CONTACT_ACCURACY_MIN", "found, but below the accuracy score asked for; not charged", false, false, false, HINDSIGHT_NONE, 'a'},
    {"INVALID_INPUT", "the input cannot name a record", false, false, false, HINDSIGHT_FULL, 'i'},
    {"LIMIT_EXCEEDED", "a limit of the account is used up", false, false, true, HINDSIGHT_NONE, 'l'},
    {"OPT_OUT", "the person opted out; not charged, and nothing of them is kept", false, true, false, HINDSIGHT_NOW, 'g'},
    {"SERVICE_ERROR", "the service failed on this record", false, false, true, HINDSIGHT_NONE, 's'},
};
// clang-format on

// Another letter of WITHHELD, where it cost nothing.
static const char withheld_owned = 'h';

static_assert(ARRAY_LEN(all) == MATCH_STATUSES, "every status has its place");

const struct match_status *match_status_find(const char *name, bool has_row)
{
    if (!name || !*name)
        return &all[has_row ? FULL : NONE];
    if (str_eq_case(name, all[FULL].name))
        return &all[has_row ? FULL : EMPTY];
    if (str_eq_case(name, all[NONE].name))
        return &all[NONE];
    for (size_t i = OTHERS; i < ARRAY_LEN(all); i++) {
        if (str_eq_case(name, all[i].name))
            return &all[i];
    }
    return &all[has_row ? UNKNOWN_FOUND : UNKNOWN_ABSENT];
}

const struct match_status *match_status_told(const char *name)
{
    return str_eq(name, all[WITHHELD].name) ? &all[WITHHELD] : match_status_find(name, false);
}

const struct match_status *match_status_withheld(void)
{
    return &all[WITHHELD];
}

const struct match_status *match_status_at(size_t place)
{
    return &all[place];
}

size_t match_status_place(const struct match_status *status)
{
    return (size_t)(status - all);
}

const struct match_status *match_status_of(char letter)
{
    if (letter == withheld_owned)
        return &all[WITHHELD];
    for (size_t i = NONE; i < ARRAY_LEN(all); i++) {
        if (all[i].letter == letter && !all[i].found)
            return &all[i];
    }
    return NULL;
}
