// Columns of the world that only searches need: derived from it, the slow ones on first use, behind
// a mutex. Any thread. Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_COLUMNS_H
#define LODE_SANDBOX_SEARCH_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct world;
struct search_columns;

struct search_columns *columns_new(const struct world *w);
void columns_free(struct search_columns *c);

// Texts of companies, case-folded; "" where a company has none.
enum column_text {
    COLUMN_NAME,
    COLUMN_WEBSITE, // the bare domain
    COLUMN_TICKER,  // without blanks: "nasdaq:abcd"
    COLUMN_DESCRIPTION,
    COLUMN_STREET,
    COLUMN_ADDRESS, // street, city, state, zip, country as far as they are known
    COLUMN_TEXTS
};

struct column_texts {
    const char *bytes;
    const uint32_t *at; // by company
};

struct column_texts columns_texts(struct search_columns *c, enum column_text which);
// The same as it is written, made anew.
void columns_text_of(const struct world *w, enum column_text which, uint32_t company,
                     struct str *out);
// A value as COLUMN_WEBSITE has it: no scheme, "www.", path. In place; returns the start.
char *columns_bare_domain(char *website);
// A value as COLUMN_TICKER has it. In place; returns text.
char *columns_without_blanks(char *text);
// Is the ticker in folded the wanted one, with or without its exchange?
bool columns_ticker_is(const char *folded, const char *wanted);

// What people are found by, as numbers: a hash of an address, the digits of a phone. 0: none.
enum column_key { COLUMN_EMAIL, COLUMN_SUPPLEMENTAL, COLUMN_DIRECT, COLUMN_MOBILE, COLUMN_KEYS };
const uint64_t *columns_keys(struct search_columns *c, enum column_key which);
uint64_t columns_key_of(enum column_key which, const char *text);

// By company: how many contacts it has; bit i: a unit of type i of the subunittypes list is in its
// structure (itself and all below it).
const uint32_t *columns_n_contacts(const struct search_columns *c);
const uint8_t *columns_structure(const struct search_columns *c);

// Ranks in the order of case-folded text, equal where texts are: by company, by word of names.
const uint32_t *columns_company_ranks(struct search_columns *c);
const uint32_t *columns_name_ranks(struct search_columns *c);

#endif
