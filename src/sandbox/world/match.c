// Who an enrich input means. Any thread. FACTS 6. Assumed: the first key that finds somebody
// decides, in the order personId, address, hash, phone, name with company; a company named beside
// another key must be the person's own, or have a name that holds theirs, else the match is
// CONTACT_ONLY; of several namesakes the title chooses. Floor: sandbox/world.
#include "sandbox/world/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "sandbox/world/world.h"
#include "sandbox/world/given.h"
#include "sandbox/world/text.h"

const char *world_match_text(enum world_match_status status)
{
    static const char *const texts[MATCH_STATUSES] = {
        [MATCH_FULL] = "FULL_MATCH",
        [MATCH_NONE] = "NO_MATCH",
        [MATCH_CONTACT_ONLY] = "CONTACT_ONLY_MATCH",
        [MATCH_COMPANY_ONLY] = "COMPANY_ONLY_MATCH",
        [MATCH_OPT_OUT] = "OPT_OUT",
        [MATCH_TOO_OLD_UPDATE] = "NON_MATCH_BY_LAST_UPDATED_DATE",
        [MATCH_TOO_OLD_VALID] = "NON_MATCH_BY_VALID_DATE",
        [MATCH_BELOW_ACCURACY] = "NON_MATCH_BY_CONTACT_ACCURACY_MIN",
        [MATCH_INSUFFICIENT] = "INVALID_INPUT",
    };

    return texts[status];
}

enum {
    PERSON_ID,
    FULL_NAME,
    FIRST_NAME,
    LAST_NAME,
    EMAIL,
    PHONE,
    TITLE,
    HASHED,
    UPDATED_AFTER,
    VALID_AFTER,
    COMPANY_ID,
    COMPANY_NAME,
    ACCURACY,
    INPUTS
};

// Without the "person" that may stand before them.
static const char *const names[INPUTS] = {"id",
                                          "fullName",
                                          "firstName",
                                          "lastName",
                                          "emailAddress",
                                          "phone",
                                          "jobTitle",
                                          "hashedEmail",
                                          "lastUpdatedDateAfter",
                                          "validDateAfter",
                                          "companyId",
                                          "companyName",
                                          "contactAccuracyScoreMin"};

// Equal without case, or to the plain Latin form of a word.
static bool is_word(const struct world_word *word, const char *given)
{
    return given_same(word->text, given) || (*word->ascii && str_eq_case(word->ascii, given));
}

static bool is_named(const struct world *w, uint32_t contact, const struct given *g)
{
    const struct world_contacts *c = &w->contacts;
    struct str plain = {0}, middle = {0};
    bool same;

    if (!g->values[FULL_NAME]) {
        return is_word(&w->names.words[c->last[contact]], g->values[LAST_NAME]) &&
               is_word(&w->names.words[c->first[contact]], g->values[FIRST_NAME]);
    }
    world_contact_full_name(w, contact, false, &plain);
    world_contact_full_name(w, contact, true, &middle);
    same = given_same(str_text(&plain), g->values[FULL_NAME]) ||
           given_same(str_text(&middle), g->values[FULL_NAME]);
    str_free(&plain);
    str_free(&middle);
    return same;
}

// The person of that name in a company: who has the title too, else the first.
static uint32_t named_in(const struct world *w, uint32_t company, const struct given *g)
{
    uint32_t found = WORLD_NONE;

    for (uint32_t i = w->companies.first_contact[company];
         i < w->companies.first_contact[company + 1]; i++) {
        if (!is_named(w, i, g))
            continue;
        if (found == WORLD_NONE)
            found = i;
        if (!g->values[TITLE])
            break;
        if (given_same(w->titles[w->contacts.title[i]].text, g->values[TITLE]))
            return i;
    }
    return found;
}

static uint32_t company_given(const struct world *w, const struct given *g)
{
    if (g->values[COMPANY_ID])
        return world_company_row(w, given_id(g, COMPANY_ID));
    return world_company_by_name(w, g->values[COMPANY_NAME]);
}

// Goes through the companies of that name until one has the person.
static struct world_match match_name(const struct world *w, const struct given *g)
{
    uint32_t first = company_given(w, g), company = first, contact = WORLD_NONE;

    while (company != WORLD_NONE) {
        contact = named_in(w, company, g);
        if (contact != WORLD_NONE || g->values[COMPANY_ID])
            break;
        company = world_company_same_name(w, company);
    }
    if (contact != WORLD_NONE)
        return (struct world_match){MATCH_FULL, contact, company};
    return (struct world_match){first == WORLD_NONE ? MATCH_NONE : MATCH_COMPANY_ONLY, WORLD_NONE,
                                first};
}

static uint32_t by_key(const struct world *w, const struct given *g)
{
    static const struct {
        int input;
        uint32_t (*find)(const struct world *w, const char *value);
    } keys[] = {{EMAIL, world_contact_by_email},
                {EMAIL, world_contact_by_supplemental},
                {HASHED, world_contact_by_hash},
                {PHONE, world_contact_by_phone}};
    uint32_t row = WORLD_NONE;

    if (g->values[PERSON_ID])
        row = world_contact_row(w, given_id(g, PERSON_ID));
    for (size_t i = 0; row == WORLD_NONE && i < ARRAY_LEN(keys); i++) {
        if (g->values[keys[i].input])
            row = keys[i].find(w, g->values[keys[i].input]);
    }
    return row;
}

static bool is_employer(const struct world *w, uint32_t company, const struct given *g)
{
    const char *name = world_company_name(w, company);

    if (g->values[COMPANY_ID])
        return world_company_row(w, given_id(g, COMPANY_ID)) == company;
    return !g->values[COMPANY_NAME] || given_same(name, g->values[COMPANY_NAME]) ||
           str_find_case(name, g->values[COMPANY_NAME]) ||
           str_find_case(g->values[COMPANY_NAME], name);
}

// Is the moment before the day of an input YYYY-MM-DD? A day that cannot be read is no bound.
static bool is_before(int64_t ms, const char *day)
{
    struct tm tm = {.tm_mday = 0};

    if (!day || !strptime(day, "%Y-%m-%d", &tm))
        return false;
    return ms < (int64_t)timegm(&tm) * 1000;
}

// What refuses somebody who was found.
static enum world_match_status judge(const struct world *w, uint32_t contact, const struct given *g)
{
    const struct world_contacts *c = &w->contacts;

    if (c->flags[contact] & CONTACT_OPT_OUT)
        return MATCH_OPT_OUT;
    if (!is_employer(w, c->company[contact], g))
        return MATCH_CONTACT_ONLY;
    if (g->values[ACCURACY] && c->score[contact] < given_id(g, ACCURACY))
        return MATCH_BELOW_ACCURACY;
    if (is_before(world_when(w, c->updated[contact]), g->values[UPDATED_AFTER]))
        return MATCH_TOO_OLD_UPDATE;
    if (is_before(world_when(w, c->valid[contact]), g->values[VALID_AFTER]))
        return MATCH_TOO_OLD_VALID;
    return MATCH_FULL;
}

static bool has_name_and_company(const struct given *g)
{
    return (g->values[FULL_NAME] || (g->values[FIRST_NAME] && g->values[LAST_NAME])) &&
           (g->values[COMPANY_ID] || g->values[COMPANY_NAME]);
}

static bool has_key(const struct given *g)
{
    return g->values[PERSON_ID] || g->values[EMAIL] || g->values[HASHED] || g->values[PHONE];
}

struct world_match world_match_contact(const struct world *w, const json_t *input)
{
    struct world_match m = {MATCH_INSUFFICIENT, WORLD_NONE, WORLD_NONE};
    struct given g = given_read(input, names, INPUTS, "person");

    if (has_key(&g) || has_name_and_company(&g)) {
        m.status = MATCH_NONE;
        m.contact = by_key(w, &g);
        if (m.contact != WORLD_NONE) {
            m.status = MATCH_FULL;
            m.company = w->contacts.company[m.contact];
        } else if (has_name_and_company(&g)) {
            m = match_name(w, &g);
        }
    }
    if (m.status == MATCH_FULL)
        m.status = judge(w, m.contact, &g);
    given_free(&g);
    return m;
}
