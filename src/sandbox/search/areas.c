// Inputs that name areas: states, countries, continents, metro regions, zip codes. Each becomes a
// table of the zip areas that fit. Floor: sandbox/search.
#include "sandbox/search/kinds.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/search/filter_value.h"

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

static const char *country_name(const char *part)
{
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        if (str_eq_case(aliases[i].written, part))
            return aliases[i].listed;
    }
    return part;
}

static bool compile_country(struct search_query *q, const struct search_input *in,
                            const json_t *value)
{
    struct value_list parts = search_values(value);
    struct str names = {0};
    json_t *named;
    bool good;

    for (size_t i = 0; i < parts.n; i++)
        str_addf(&names, "%s%s", i ? "," : "", country_name(parts.items[i]));
    named = json_string(str_text(&names));
    good = compile_indexed(q, in, named, country_index);
    json_decref(named);
    str_free(&names);
    value_list_free(&parts);
    return good;
}

// The id with what some write between its words left out: "usa.new_hampshire". FACTS 4, 13.
static int listed_state(const struct lookup_list *list, const char *text)
{
    struct str id = {0};
    int state;

    for (const char *from = text; *from; from++) {
        if (!strchr(text, '.') || (*from != '_' && *from != ' '))
            str_add_char(&id, *from);
    }
    state = lookup_find(list, str_text(&id));
    str_free(&id);
    return state;
}

// By id, by name, by two-letter code; a state of a country without a list by its name.
static bool mark_state(const struct world *w, const struct lookup_list *list, const char *text,
                       uint8_t *places)
{
    int listed = listed_state(list, text);
    bool known = listed >= 0;

    for (uint32_t i = 0; i < w->n_places; i++) {
        if ((listed >= 0 && w->places[i].state_index == listed) ||
            (*w->places[i].state && str_eq_case(w->places[i].state, text)) ||
            (*w->places[i].state_code && str_eq_case(w->places[i].state_code, text)))
            places[i] = known = true;
    }
    return known;
}

static bool compile_state(struct search_query *q, const struct search_input *in,
                          const json_t *value)
{
    const struct world *w = q->search->world;
    const struct lookup_list *list = search_list(q->search, in->list);
    struct value_list states = search_values(value);
    uint8_t *places = filter_table(&q->contacts, w->n_places);
    bool good = true;

    for (size_t i = 0; i < states.n && good; i++)
        good = mark_state(w, list, states.items[i], places) ||
               search_refuse_value(q, in, states.items[i], list);
    value_list_free(&states);
    mark_zips(w, places, search_place_test(q, in));
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
