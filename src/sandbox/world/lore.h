// What the world is made from: cultures, industries and places out of the word lists, with the
// weights that give life-like shares. Private to world*.c. One thread while it is read, then any.
// Floor: sandbox/world.
#ifndef LODE_SANDBOX_WORLD_LORE_H
#define LODE_SANDBOX_WORLD_LORE_H

#include <stdint.h>

#include "base/rng.h"
#include "sandbox/facts/lookups.h"
#include "sandbox/facts/words.h"
#include "sandbox/world/world.h"

enum { CULTURES = 21, DEPARTMENTS = 11, LEVELS = 6, CULTURE_EN = 0 };

// A run of indexes: first <= i < first + n.
struct run {
    uint32_t first, n;
};

// A text and its plain Latin form.
struct form {
    const char *text, *latin;
};

struct forms {
    struct form *items;
    uint32_t n;
};

enum script { SCRIPT_OWN, SCRIPT_LATIN, SCRIPTS };

struct culture {
    struct run first[SCRIPTS], last[SCRIPTS]; // in world.names
    struct forms roots, prefixes, suffixes;   // of firms
    const struct word_list *streets;
};

struct industry {
    uint32_t revenue_per_head; // thousands of USD
    uint16_t top;              // index of the industry above all (software of software.mfg.erp)
    uint8_t type;              // in the companytype list
    uint16_t *sics, *naics;    // indexes of the finest codes
    uint32_t n_sics, n_naics;
    const char **words; // for names
    uint32_t n_words;
    const struct word_list *keywords;
    uint16_t departments[DEPARTMENTS]; // cumulative weights: who works there
};

struct country {
    struct run places;
    uint32_t *upto; // cumulative weights of its places
};

struct world_lore {
    struct culture cultures[CULTURES];
    struct industry *industries; // by index of the industry list
    uint32_t *industry_upto;     // cumulative weights
    uint32_t n_industries;
    struct country *countries; // those that have places
    uint32_t *country_upto;
    uint32_t n_countries;
    uint16_t *place_country; // index in countries, by place
    struct run *place_zips;  // by place
    struct run titles[LEVELS][DEPARTMENTS];
    struct run odd_titles, odd_first, odd_last;
    struct forms prefixes, stems, odd_firms;                              // of names of firms
    const struct word_list *openings, *middles, *closings, *odd_closings; // of descriptions
    const struct lookup_list *industry_list, *function_list, *department_list;
    uint8_t type_public; // in the companytype list
};

// Fills the dictionaries of w and what they were read from; the lookups must be there.
void world_lore_load(struct world *w);
void world_lore_free(struct world *w);
// Its three parts.
void world_places_load(struct world *w);
void world_titles_load(struct world *w);
void world_industries_load(struct world *w);

// The index of a culture by its short name ("el").
uint8_t world_culture(const char *name);

// The list of a path, which must be there.
const struct lookup_list *world_list(const struct world *w, const char *path);
// Index by id or name; what is not there aborts: word lists and lookups belong together.
uint16_t world_code(const struct lookup_list *list, const char *id_or_name);

// The department of a job function: what stands before the dot of its id ("4.11"). FACTS 4.
uint8_t world_function_department(const struct world *w, uint16_t function);

// Its own stream of numbers for each purpose and row.
enum world_stream {
    STREAM_COMPANY = 1,
    STREAM_CONTACT,
    STREAM_COMPANY_TEXT,
    STREAM_CONTACT_TEXT,
    STREAM_STREET,
    STREAM_DESCRIPTION,
    STREAM_FUNDING,
    STREAM_COMPETITORS
};
struct rng world_stream(const struct world *w, enum world_stream stream, uint32_t row);

// True in per_mille of 1000 draws.
bool draw_chance(struct rng *r, uint32_t per_mille);
// 0 <= value < n, low ones far likelier: the commonest first.
uint32_t draw_skewed(struct rng *r, uint32_t n);
// How long ago something was that comes again after a time of its own, which is n at the most, an
// eighth of it at the least: the same moment on whatever day the world is built, until it comes
// again. elapsed: since 1970, in the same unit. One number of the stream, as draw_skewed().
uint32_t draw_age(struct rng *r, uint32_t n, int64_t elapsed);
// Index by cumulative weights; upto[n - 1] is their sum.
uint32_t draw_weighted(struct rng *r, const uint32_t *upto, uint32_t n);
uint32_t draw_weighted16(struct rng *r, const uint16_t *upto, uint32_t n);

// Makes the companies' and the contacts' columns.
void world_make_companies(struct world *w);
void world_rank_companies(struct world *w);
void world_make_contacts(struct world *w, unsigned threads);
// Appends a company's name and NUL, its domain's first part and NUL to texts.
struct str;
void world_make_name(const struct world *w, struct rng *r, uint32_t company, struct str *texts);
// A place by the weights of countries and towns, one in the same country, a zip area of a place.
uint16_t world_draw_place(const struct world *w, struct rng *r);
uint16_t world_draw_place_near(const struct world *w, struct rng *r, uint16_t place);
uint16_t world_draw_zip(const struct world *w, struct rng *r, uint16_t place);

#endif
