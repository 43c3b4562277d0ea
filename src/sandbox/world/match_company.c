// Which company an enrich input means. Any thread. FACTS 6. Assumed: the first key that finds a
// company decides, in the order companyId, website, ticker, phone, fax, ipAddress, name, street
// with city or zip; of several companies of one name the one that agrees with most of the other
// inputs, else the first. Floor: sandbox/world.
#include <string.h>

#include "base/mem.h"
#include "sandbox/world/world.h"
#include "sandbox/world/given.h"
#include "sandbox/world/match.h"
#include "sandbox/world/text.h"

enum { ID, NAME, WEBSITE, TICKER, PHONE, FAX, STREET, CITY, STATE, ZIP, COUNTRY, IP, INPUTS };

static const char *const names[INPUTS] = {"companyId",      "companyName",    "companyWebsite",
                                          "companyTicker",  "companyPhone",   "companyFax",
                                          "companyStreet",  "companyCity",    "companyState",
                                          "companyZipCode", "companyCountry", "ipAddress"};

static bool is_made(const struct world *w, uint32_t company, const char *given,
                    void (*make)(const struct world *w, uint32_t company, struct str *out))
{
    struct str made = {0};
    bool same;

    make(w, company, &made);
    same = given_same(str_text(&made), given);
    str_free(&made);
    return same;
}

// How many of the inputs that tell a place agree.
static int agreeing(const struct world *w, uint32_t company, const struct given *g)
{
    const struct world_place *place = world_company_place(w, company);
    const struct {
        int input;
        const char *text;
    } texts[] = {{CITY, place->city},
                 {STATE, place->state},
                 {STATE, place->state_code},
                 {ZIP, w->zips[w->companies.zip[company]].code},
                 {COUNTRY, place->country}};
    int n = 0;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        const char *given = g->values[texts[i].input];

        n += given && given_same(texts[i].text, given);
    }
    if (g->values[STREET] && is_made(w, company, g->values[STREET], world_company_street))
        n += 2;
    return n;
}

static uint32_t by_name(const struct world *w, const struct given *g)
{
    uint32_t best = world_company_by_name(w, g->values[NAME]);
    uint32_t company = best == WORLD_NONE ? best : world_company_same_name(w, best);
    int most = best == WORLD_NONE ? 0 : agreeing(w, best, g);

    for (; company != WORLD_NONE; company = world_company_same_name(w, company)) {
        int n = agreeing(w, company, g);

        if (n > most) {
            most = n;
            best = company;
        }
    }
    return best;
}

static bool is_there(const struct world *w, uint32_t company, const struct given *g)
{
    const struct world_place *place = world_company_place(w, company);

    if (g->values[ZIP] && !given_same(w->zips[w->companies.zip[company]].code, g->values[ZIP]))
        return false;
    if (g->values[CITY] && !given_same(place->city, g->values[CITY]))
        return false;
    return is_made(w, company, g->values[STREET], world_company_street);
}

static uint32_t by_street(const struct world *w, const struct given *g)
{
    for (uint32_t i = 0; i < w->n_companies; i++) {
        if (is_there(w, i, g))
            return i;
    }
    return WORLD_NONE;
}

static bool has_address(const struct given *g)
{
    return g->values[STREET] && (g->values[CITY] || g->values[ZIP]);
}

static bool is_enough(const struct given *g)
{
    static const int alone[] = {ID, NAME, WEBSITE, TICKER, PHONE, FAX, IP};

    for (size_t i = 0; i < ARRAY_LEN(alone); i++) {
        if (g->values[alone[i]])
            return true;
    }
    return has_address(g);
}

static uint32_t find(const struct world *w, const struct given *g)
{
    static const struct {
        int input;
        uint32_t (*find)(const struct world *w, const char *value);
    } keys[] = {{WEBSITE, world_company_by_website},
                {TICKER, world_company_by_ticker},
                {PHONE, world_company_by_phone},
                {FAX, world_company_by_phone},
                {IP, world_company_by_ip}};
    uint32_t row = WORLD_NONE;

    if (g->values[ID])
        row = world_company_row(w, given_id(g, ID));
    for (size_t i = 0; row == WORLD_NONE && i < ARRAY_LEN(keys); i++) {
        if (g->values[keys[i].input])
            row = keys[i].find(w, g->values[keys[i].input]);
    }
    if (row == WORLD_NONE && g->values[NAME])
        row = by_name(w, g);
    if (row == WORLD_NONE && has_address(g))
        row = by_street(w, g);
    return row;
}

struct world_match world_match_company(const struct world *w, const json_t *input)
{
    struct world_match m = {MATCH_INSUFFICIENT, WORLD_NONE, WORLD_NONE};
    struct given g = given_read(input, names, INPUTS, "");

    if (is_enough(&g)) {
        m.company = find(w, &g);
        m.status = m.company == WORLD_NONE ? MATCH_NONE : MATCH_FULL;
    }
    given_free(&g);
    return m;
}
