// The kinds of search inputs: how each turns into filters and shows what a record has. Any thread.
// Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_KINDS_H
#define LODE_SANDBOX_SEARCH_KINDS_H

#include "sandbox/search/query.h"

// lists.c: values of a lookup list
extern const struct search_kind kind_list;     // the cells hold indexes in the list
extern const struct search_kind kind_industry; // the same; the first cell is the primary one
extern const struct search_kind kind_bits;     // bit i of the cell: value i of the list
extern const struct search_kind kind_title;    // in->title_has() tells by the job title
extern const struct search_kind kind_hashtag;
extern const struct search_kind kind_tech;

// numbers.c: bounds
extern const struct search_kind kind_number;  // Integer, or String of a whole number
extern const struct search_kind kind_rate;    // String of a decimal number; cells in tenths
extern const struct search_kind kind_days;    // YYYY-MM-DD; cells in days before now
extern const struct search_kind kind_minutes; // YYYY-MM-DD; cells in minutes before now
extern const struct search_kind kind_months;  // a number of months before now; cells in minutes
extern const struct search_kind kind_certified;

// people.c: texts of people
extern const struct search_kind kind_title_text;
extern const struct search_kind kind_word;      // of a dictionary: in->which, enum search_dict
extern const struct search_kind kind_full_name; // first and last name, with or without an initial
extern const struct search_kind kind_initial;
enum search_dict { DICT_NAMES, DICT_SCHOOLS, DICT_DEGREES, DICT_REFERENCES };

// firms.c: texts of companies
extern const struct search_kind kind_company_text; // in->which: enum column_text, one expression
extern const struct search_kind kind_company_name; // in->which: one of several exact texts
extern const struct search_kind kind_address;      // all parts of one text
extern const struct search_kind kind_industry_words;

// keys.c: whom the input names
extern const struct search_kind kind_person_id;
extern const struct search_kind kind_company_id;     // the company itself
extern const struct search_kind kind_company_row_id; // the company whose row a cell holds
extern const struct search_kind kind_email;          // in->which: enum column_key
extern const struct search_kind kind_hash;
extern const struct search_kind kind_phone;

// flags.c: flags, and inputs that say how others are read
extern const struct search_kind kind_only;     // Boolean: true keeps those with the flag
extern const struct search_kind kind_without;  // Boolean: true keeps those without it
extern const struct search_kind kind_choice;   // include, exclude, only
extern const struct search_kind kind_required; // names of values that must be there
extern const struct search_kind kind_employer; // companyPastOrPresent
extern const struct search_kind kind_primary;  // primaryIndustriesOnly

// areas.c: where a person or headquarters are
extern const struct search_kind kind_zip;
extern const struct search_kind kind_state;
extern const struct search_kind kind_country;
extern const struct search_kind kind_continent;
extern const struct search_kind kind_metro;

// places.c: how places are read
extern const struct search_kind kind_where;  // locationSearchType
extern const struct search_kind kind_radius; // zipCodeRadiusMiles

#endif
