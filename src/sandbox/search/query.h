// Inside the search: the table of inputs, and a body on its way to filters. A query belongs to one
// thread. Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_QUERY_H
#define LODE_SANDBOX_SEARCH_QUERY_H

#include <jansson.h>

#include "base/vec.h"
#include "sandbox/facts/contract.h"
#include "sandbox/search/filter.h"
#include "sandbox/search/filter_text.h"
#include "sandbox/facts/lookups.h"
#include "sandbox/search/search.h"
#include "sandbox/search/cache.h"
#include "sandbox/search/columns.h"
#include "sandbox/world/world.h"

struct search {
    const struct world *world;
    const struct lookups *lookups;
    const struct contract_operation *operations[SEARCH_ENTITIES];
    struct search_options options;
    struct search_columns *columns;
    struct lookup_list models, engagements; // vocabularies of the world that no public list has
    struct search_cache *cache;
};

// What a row of answers stands on; contact is WORLD_NONE in a company search.
struct search_record {
    uint32_t contact, company;
};

struct search_query;
struct search_input;

struct search_kind {
    // Turns a value, whose JSON type is checked, into filters. false: the query's error is filled.
    bool (*compile)(struct search_query *q, const struct search_input *in, const json_t *value);
    // Appends the record's own value as text.
    void (*show)(const struct search *s, const struct search_input *in,
                 const struct search_record *r, struct str *out);
    bool early; // it says how others are to be read: compiled before them
};

enum search_side { ON_NOTHING, ON_CONTACT, ON_COMPANY, ON_DERIVED };

// Where the record's value stands: a member of world_contacts or world_companies, or a derived
// column of companies.
enum { DERIVED_CONTACTS, DERIVED_STRUCTURE };
struct search_cells {
    enum search_side side;
    uint16_t member;              // offset of the pointer, or DERIVED_*
    uint8_t width, count, stride; // as struct filter_column
    uint8_t first;                // the cell of the row looked at first
};

enum search_reach { REACH_SELF, REACH_CHILDREN, REACH_PREFIX };
enum search_bound { BOUND_MIN, BOUND_MAX };

struct search_input {
    const char *name;
    const struct search_kind *kind;
    enum search_side rows; // whose filters they become; ON_NOTHING: another's (places, manners)
    struct search_cells cells;
    const char *list;        // path of the lookup list of its values
    enum search_reach reach; // how far a value of the list goes
    bool (*title_has)(const struct world_title *t, const uint8_t *marks);
    bool (*has)(const char *folded, const char *phrase); // how a text is compared
    unsigned operators;                                  // TEXT_*
    uint16_t which; // of the kind: a text, a key, a dictionary, a flag
    uint16_t also;  // CONTACT_* flag that stands for more than the column says
    enum search_bound bound;
    int16_t known_from; // the least value that is not "unknown"
    uint8_t tenths;     // 10 where cells hold tenths
    bool negated;       // an exclude twin
    bool alternative;   // ORed with its like: state and country
};

// One condition on a place. Those marked alternative are ORed with each other.
struct place_test {
    const struct search_input *owner;
    uint8_t *zips;  // 1 where that zip area fits; owned by the query's contact filters
    uint16_t needs; // COMPANY_* flags without which headquarters are unknown there
    bool alternative, excluded;
};

enum search_employer { EMPLOYER_PRESENT, EMPLOYER_PAST, EMPLOYER_EITHER };

struct search_query {
    struct search *search;
    enum search_entity entity;
    json_t *inputs; // by name as the contract writes it, types checked; no paging keys; borrowed
    struct filter_list contacts, companies;
    VEC(struct place_test) places;
    enum filter_place place;
    enum search_employer employer;
    bool primary_only;
    int radius_miles; // 0: none
    struct search_error *error;
};

// An input by its name as the contract writes it, or NULL.
const struct search_input *search_input_find(enum search_entity entity, const char *name);

// Compiles inputs, which must outlive *q. false: *e is filled, nothing is left to free.
bool search_compile(struct search *s, enum search_entity entity, json_t *inputs,
                    struct search_query *q, struct search_error *e);
void search_query_free(struct search_query *q);
// Makes contacts hold what the query asks of their companies, once all else is compiled. Does
// nothing in a company search.
void search_join(struct search_query *q);
// The employers of a contact that the query looks at; returns how many (up to 1 + WORLD_PASTS).
size_t search_employers(const struct search_query *q, uint32_t contact, uint32_t *companies);

// Checks a body against the contract: names, types, lengths, outputFields. Returns the inputs under
// the contract's names, without outputFields; the caller drops them. NULL: *e is filled. FACTS
// 4, 5.
json_t *search_check(const struct search *s, enum search_entity entity, const json_t *body,
                     struct search_error *e);

// Fills the query's error: 400, the sentence, and the input under invalidInputFields. Returns
// false.
bool search_refuse(struct search_query *q, const struct search_input *in, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The same for a value that the list lacks: names the allowed ones. FACTS 4.
bool search_refuse_value(struct search_query *q, const struct search_input *in, const char *text,
                         const struct lookup_list *list);

// A list by its path after /lookup/, or one of our own vocabularies.
const struct lookup_list *search_list(const struct search *s, const char *path);
// The column of an input as filters take it, and the cells of one record.
struct filter_column search_column(const struct search *s, const struct search_input *in);
const void *search_cells_of(const struct search *s, const struct search_input *in,
                            const struct search_record *r);
// The list that an input's filters go to.
struct filter_list *search_filters(struct search_query *q, const struct search_input *in);

// The values of a String (comma-separated) or an Array input, trimmed; free with value_list_free().
struct value_list search_values(const json_t *value);
// Sets marks[i] for each value of in->list that the input names. false: refused.
bool search_mark(struct search_query *q, const struct search_input *in, const json_t *value,
                 uint8_t *marks);

// Parses a text condition by the operators of the input. false: refused.
bool search_expression(struct search_query *q, const struct search_input *in, const json_t *value,
                       struct text_query *out);

// The index of the value among n names, without case; -1: refused.
int search_choose(struct search_query *q, const struct search_input *in, const json_t *value,
                  const char *const *names, int n);

// A new place test of the input: the table of zip areas to fill.
uint8_t *search_place_test(struct search_query *q, const struct search_input *in);
// Appends where the record's person and headquarters are. A search_kind's show.
void search_place_show(const struct search *s, const struct search_input *in,
                       const struct search_record *r, struct str *out);
// Turns the place tests into filters, once all inputs are compiled.
void search_places_finish(struct search_query *q);
// Does a record's place fit one owner's test, by the query's locationSearchType?
bool search_place_holds(const struct search_query *q, const struct search_input *owner,
                        const struct search_record *r);

#endif
