// Inputs that name areas: states, countries, continents, metro regions, zip codes. Each becomes a
// table of the zip areas that fit. Floor: sandbox.
#include "sandbox/search_kinds.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/filter_value.h"

enum { MARKS = 65536 };

// A zip area fits where its place does.
static void mark_zips(const struct world *w, const uint8_t *places, uint8_t *zips)
{
    for (uint32_t i = 0; i < w->n_zips; i++)
        zips[i] = places[w->zips[i].place];
}

static bool compile_indexed(struct search_query *q, const struct search_input *in,
                            const json_t *value,
                            uint16_t (*index_of)(const struct world_place *place))
{
    const struct world *w = q->search->world;
    uint8_t *marks = filter_table(&q->contacts, MARKS);
    uint8_t *places = filter_table(&q->contacts, w->n_places);

    if (!search_mark(q, in, value, marks))
        return false;
    for (uint32_t i = 0; i < w->n_places; i++)
        places[i] = marks[index_of(&w->places[i])];
    mark_zips(w, places, search_place_test(q, in));
    return true;
}

static uint16_t state_index(const struct world_place *place)
{
    return place->state_index;
}

static uint16_t country_index(const struct world_place *place)
{
    return place->country_index;
}

static uint16_t continent_index(const struct world_place *place)
{
    return place->continent_index;
}

static uint16_t metro_index(const struct world_place *place)
{
    return place->metro_index;
}

static bool compile_continent(struct search_query *q, const struct search_input *in,
                              const json_t *value)
{
    return compile_indexed(q, in, value, continent_index);
}

static bool compile_metro(struct search_query *q, const struct search_input *in,
                          const json_t *value)
{
    return compile_indexed(q, in, value, metro_index);
}

// Names that people write for what the lists call otherwise. FACTS 4 ("US" works).
static const struct {
    const char *written, *listed;
} aliases[] = {
    {"us", "United States"},   {"united states of america", "United States"},
    {"u.s.", "United States"}, {"uk", "United Kingdom"},
    {"gb", "United Kingdom"},  {"great britain", "United Kingdom"},
};

// The value with each part replaced by what replace() makes of it; a new reference.
static json_t *replaced(const struct world *w, const json_t *value,
                        const char *(*replace)(const struct world *w, char *part))
{
    struct value_list parts = search_values(value);
    struct str all = {0};
    json_t *result;

    for (size_t i = 0; i < parts.n; i++)
        str_addf(&all, "%s%s", i ? "," : "", replace(w, parts.items[i]));
    result = json_string(str_text(&all));
    str_free(&all);
    value_list_free(&parts);
    return result;
}

static const char *country_name(const struct world *w, char *part)
{
    (void)w;
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        if (str_eq_case(aliases[i].written, part))
            return aliases[i].listed;
    }
    return part;
}

static bool compile_country(struct search_query *q, const struct search_input *in,
                            const json_t *value)
{
    json_t *named = replaced(q->search->world, value, country_name);
    bool good = compile_indexed(q, in, named, country_index);

    json_decref(named);
    return good;
}

// "nh" and "usa.new_hampshire" are taken as well as the id and the name. FACTS 4, 13.
static const char *state_name(const struct world *w, char *part)
{
    char *to = part;

    for (uint32_t i = 0; i < w->n_places; i++) {
        if (w->places[i].state_index != WORLD_NONE16 && str_eq_case(w->places[i].state_code, part))
            return w->places[i].state;
    }
    if (!strchr(part, '.'))
        return part;
    for (const char *from = part; *from; from++) {
        if (*from != '_' && *from != ' ')
            *to++ = *from;
    }
    *to = '\0';
    return part;
}

static bool compile_state(struct search_query *q, const struct search_input *in,
                          const json_t *value)
{
    json_t *named = replaced(q->search->world, value, state_name);
    bool good = compile_indexed(q, in, named, state_index);

    json_decref(named);
    return good;
}

// Case and a US code's four more digits do not matter.
static bool code_fits(const char *code, const char *wanted)
{
    enum { US_CODE = 5, US_LONG_CODE = 10 };
    size_t len = strlen(code);

    if (!len || strncasecmp(code, wanted, len) != 0)
        return false;
    return !wanted[len] || (len == US_CODE && wanted[len] == '-' && strlen(wanted) == US_LONG_CODE);
}

static double degrees(int32_t e4)
{
    return (double)e4 / 10000;
}

static void mark_around(const struct world *w, const struct world_zip *center, int miles,
                        uint8_t *zips)
{
    static const double miles_per_degree = 69.0;
    double lat = degrees(center->lat_e4), lon = degrees(center->lon_e4), north;

    for (uint32_t i = 0; i < w->n_zips; i++) {
        north = fabs(degrees(w->zips[i].lat_e4) - lat) * miles_per_degree;
        if (*w->zips[i].code && north <= miles + 1 &&
            value_miles(lat, lon, degrees(w->zips[i].lat_e4), degrees(w->zips[i].lon_e4)) <= miles)
            zips[i] = 1;
    }
}

// The same code may stand in several countries: all of them fit. An unknown one fits nowhere.
static bool compile_zip(struct search_query *q, const struct search_input *in, const json_t *value)
{
    const struct world *w = q->search->world;
    struct value_list codes = search_values(value);
    uint8_t *zips = search_place_test(q, in);

    for (size_t c = 0; c < codes.n; c++) {
        for (uint32_t i = 0; i < w->n_zips; i++) {
            if (!code_fits(w->zips[i].code, codes.items[c]))
                continue;
            zips[i] = 1;
            if (q->radius_miles)
                mark_around(w, &w->zips[i], q->radius_miles, zips);
        }
    }
    value_list_free(&codes);
    return true;
}

const struct search_kind kind_zip = {compile_zip, search_place_show, false};
const struct search_kind kind_state = {compile_state, search_place_show, false};
const struct search_kind kind_country = {compile_country, search_place_show, false};
const struct search_kind kind_continent = {compile_continent, search_place_show, false};
const struct search_kind kind_metro = {compile_metro, search_place_show, false};
