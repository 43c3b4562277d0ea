// Countries, towns and zip areas out of the word list. One thread. Assumed: metroArea answers the
// town part of the metro list's name ("AL - Birmingham"), FACTS 4. Floor: sandbox/world.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "sandbox/world/lore.h"

enum { ZIPS_MIN = 2, ZIPS_MAX = 60, SPREAD_E4 = 2200 }; // spread: some 15 miles to each side

struct reader {
    struct world *w;
    const struct lookup_list *countries, *states, *continents, *metros;
    struct world_place here; // what the lines so far say of the next town
    VEC(struct world_place) places;
    VEC(struct world_zip) zips;
    VEC(struct country) found;
    VEC(uint32_t) country_upto;
    VEC(uint32_t) place_upto; // of the country at hand
    VEC(struct run) place_zips;
    VEC(uint16_t) place_country;
};

static uint8_t flags_of(const char *text)
{
    static const struct {
        const char *name;
        uint8_t flag;
    } flags[] = {{"eu", PLACE_EU}, {"canada", PLACE_CANADA}};

    for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
        if (str_eq(text, flags[i].name))
            return flags[i].flag;
    }
    return 0;
}

static void country_close(struct reader *r)
{
    struct country *c;

    if (!r->found.len)
        return;
    c = &r->found.items[r->found.len - 1];
    c->places.n = (uint32_t)r->places.len - c->places.first;
    c->upto = r->place_upto.items;
    r->place_upto.items = NULL;
    r->place_upto.len = r->place_upto.cap = 0;
}

static void read_country(struct reader *r, char **f)
{
    struct country c = {.places = {(uint32_t)r->places.len, 0}};
    uint32_t before = r->country_upto.len ? r->country_upto.items[r->country_upto.len - 1] : 0;

    country_close(r);
    r->here = (struct world_place){.state = "", .state_code = "", .state_index = WORLD_NONE16};
    r->here.country_index = world_code(r->countries, f[1]);
    r->here.country = r->countries->values[r->here.country_index].name;
    r->here.continent_index = (uint8_t)world_code(r->continents, f[2]);
    r->here.continent = r->continents->values[r->here.continent_index].name;
    r->here.culture = world_culture(f[3]);
    r->here.dial = (uint16_t)atoi(f[4]);
    r->here.flags = flags_of(f[5]);
    vec_push(&r->found, c);
    vec_push(&r->country_upto, before + (uint32_t)atoi(f[6]));
}

static void read_state(struct reader *r, char **f)
{
    r->here.state = f[3];
    r->here.state_code = "";
    r->here.state_index = WORLD_NONE16;
    r->here.flags &= (uint8_t)~PLACE_CALIFORNIA;
    if (str_eq(f[1], "-"))
        return;
    r->here.state_index = world_code(r->states, f[1]);
    r->here.state = r->states->values[r->here.state_index].name;
    r->here.state_code = f[2];
    if (str_eq(f[2], "CA"))
        r->here.flags |= PLACE_CALIFORNIA;
}

// "37.77" in ten-thousandths.
static int32_t degrees_e4(const char *text)
{
    double degrees = 0;

    if (!str_double(text, &degrees))
        abort();
    return (int32_t)(degrees * 10000 + (degrees < 0 ? -0.5 : 0.5));
}

// The digits of a mask count the areas of a town; its letters are drawn.
static void zip_code(const char *mask, uint32_t area, struct rng *r, char *code, size_t size)
{
    static const char letters[] = "ABCEGHJKLMNPRSTVXY";
    size_t len = strlen(mask);

    if (len >= size)
        abort();
    code[len] = '\0';
    while (len-- > 0) {
        if (mask[len] == '#') {
            code[len] = (char)('0' + area % 10);
            area /= 10;
        } else if (mask[len] == '@') {
            code[len] = letters[rng_below(r, sizeof(letters) - 1)];
        } else {
            code[len] = mask[len];
        }
    }
}

static uint32_t areas_of(const char *mask, uint32_t weight)
{
    uint32_t n = ZIPS_MIN + weight, most = 1;

    for (const char *p = mask; *p; p++)
        most *= *p == '#' ? 10 : 1;
    if (n > ZIPS_MAX)
        n = ZIPS_MAX;
    return n < most ? n : most > 1 ? most - 1 : 1;
}

static int32_t near_e4(struct rng *r, int32_t centre)
{
    return centre + (int32_t)rng_below(r, SPREAD_E4 + 1) - (int32_t)rng_below(r, SPREAD_E4 + 1);
}

static void add_zips(struct reader *r, char **f, uint32_t weight)
{
    int32_t lat = degrees_e4(f[3]), lon = degrees_e4(f[4]);
    struct rng rng = rng_seed(rng_mix((uint64_t)r->places.len));
    struct run run = {(uint32_t)r->zips.len, areas_of(f[5], weight)};

    for (uint32_t i = 0; i < run.n; i++) {
        struct world_zip zip = {.place = (uint16_t)r->places.len};

        zip_code(f[5], i + 1, &rng, zip.code, sizeof(zip.code));
        zip.lat_e4 = i ? near_e4(&rng, lat) : lat;
        zip.lon_e4 = i ? near_e4(&rng, lon) : lon;
        vec_push(&r->zips, zip);
    }
    vec_push(&r->place_zips, run);
}

static void read_city(struct reader *r, char **f)
{
    uint32_t weight = (uint32_t)atoi(f[6]);
    uint32_t before = r->place_upto.len ? r->place_upto.items[r->place_upto.len - 1] : 0;
    const char *dash;

    r->here.city = f[1];
    r->here.metro_index = str_eq(f[2], "-") ? WORLD_NONE16 : world_code(r->metros, f[2]);
    r->here.metro_city = "";
    if (r->here.metro_index != WORLD_NONE16) {
        r->here.metro_city = r->metros->values[r->here.metro_index].name;
        dash = strstr(r->here.metro_city, " - ");
        r->here.metro_city = dash ? dash + 3 : r->here.metro_city;
    }
    add_zips(r, f, weight);
    vec_push(&r->places, r->here);
    vec_push(&r->place_upto, before + weight);
    vec_push(&r->place_country, (uint16_t)(r->found.len - 1));
}

static void read_line(struct reader *r, char *line)
{
    static const struct {
        const char *kind;
        void (*read)(struct reader *r, char **fields);
    } kinds[] = {{"country", read_country}, {"state", read_state}, {"city", read_city}};
    char *fields[7];

    words_split(line, fields, ARRAY_LEN(fields));
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (str_eq(fields[0], kinds[i].kind))
            kinds[i].read(r, fields);
    }
}

void world_places_load(struct world *w)
{
    const struct word_list *lines = words_get(w->words, "places", "places");
    struct reader r = {.w = w,
                       .countries = world_list(w, "country"),
                       .states = world_list(w, "state"),
                       .continents = world_list(w, "continent"),
                       .metros = world_list(w, "metroarea")};

    for (size_t i = 0; i < lines->n; i++)
        read_line(&r, lines->lines[i]);
    country_close(&r);
    w->places = r.places.items;
    w->n_places = (uint32_t)r.places.len;
    w->zips = r.zips.items;
    w->n_zips = (uint32_t)r.zips.len;
    w->lore->countries = r.found.items;
    w->lore->n_countries = (uint32_t)r.found.len;
    w->lore->country_upto = r.country_upto.items;
    w->lore->place_zips = r.place_zips.items;
    w->lore->place_country = r.place_country.items;
}

uint16_t world_draw_place(const struct world *w, struct rng *r)
{
    uint32_t i = draw_weighted(r, w->lore->country_upto, w->lore->n_countries);
    const struct country *c = &w->lore->countries[i];

    return (uint16_t)(c->places.first + draw_weighted(r, c->upto, c->places.n));
}

uint16_t world_draw_place_near(const struct world *w, struct rng *r, uint16_t place)
{
    const struct country *c = &w->lore->countries[w->lore->place_country[place]];

    return (uint16_t)(c->places.first + draw_weighted(r, c->upto, c->places.n));
}

uint16_t world_draw_zip(const struct world *w, struct rng *r, uint16_t place)
{
    struct run zips = w->lore->place_zips[place];

    return (uint16_t)(zips.first + draw_skewed(r, zips.n));
}
