// The catalogue: every entity of the API as one const descriptor. Filter form, tables, export, CLI
// flags, help and completion read it; a new field is one row, a new entity one file. Immutable: any
// thread. Floor: model.
#ifndef LODE_MODEL_ENTITY_H
#define LODE_MODEL_ENTITY_H

#include <stdbool.h>
#include <stddef.h>

// JSON type of an input (FACTS 5: arrays on String inputs are refused, numbers as strings and so
// on).
enum wire { WIRE_STRING, WIRE_INTEGER, WIRE_BOOLEAN, WIRE_ARRAY };

// What a person gives.
enum input_kind {
    INPUT_TEXT,
    INPUT_EXPRESSION, // text with the operators named in input.choices ("OR|NOT")
    INPUT_LOOKUP,     // values of the lookup list input.lookup
    INPUT_CHOICE,     // one of input.choices ("present|past|pastAndPresent")
    INPUT_ID,         // a signed 64-bit number
    INPUT_NUMBER,
    INPUT_DATE,  // YYYY-MM-DD
    INPUT_FLAG,  // true or false
    INPUT_PAGING // rpp, page, sortBy, sortOrder: the engine's own, never a filter
};

enum input_group {
    GROUP_WHO,
    GROUP_ROLE,
    GROUP_COMPANY,
    GROUP_INDUSTRY,
    GROUP_SIZE,
    GROUP_PLACE,
    GROUP_TECHNOLOGY,
    GROUP_CAREER,
    GROUP_CONTACT_DATA,
    GROUP_DATES,
    GROUP_ADVANCED,
    GROUPS
};

enum bound { BOUND_NONE, BOUND_LOW, BOUND_HIGH }; // one end of a range: `label >= x`, `label <= x`

struct input {
    const char *name;  // on the wire
    const char *label; // for people; the two ends of a range share it
    enum wire wire;
    enum input_kind kind;
    enum input_group group;
    const char *lookup;  // path after /lookup/, or NULL
    bool free_text;      // what that list does not have is taken as typed (FACTS 4)
    const char *choices; // '|' between, or NULL
    const char *unit;    // "thousand USD", "miles", "percent"; or NULL
    bool unit_doubted;   // older texts of the API say another one (FACTS 13)
    const char *join;    // between several values of a string; NULL: one value only, but for arrays
    const char *exclude; // name of the input that excludes what this one includes, or NULL
    const char *around;  // name of the input whose values this one is a radius around, or NULL
    enum bound bound;
    long long min, max; // of a number, both 0: unbounded
    int common;         // rank among the most used ones, from 1; 0: not one of them
    int part;           // rank among those by whose values a search too long is parted; 0: not one
    const char *part_with; // a filter that makes a record have one such value only, or NULL
};

enum column_type {
    COLUMN_TEXT,
    COLUMN_ID,
    COLUMN_NUMBER,
    COLUMN_MONEY, // unit in the heading
    COLUMN_FLAG,
    COLUMN_DATE,  // any of the forms of FACTS "Value quirks"
    COLUMN_LIST,  // path has [] : joined with "; "
    COLUMN_OBJECT // told by the paths in it
};

enum column_mark {
    COLUMN_PERSONAL = 1,    // a value about a person that the duties of FACTS 11 speak of
    COLUMN_COMPLIANCE = 2,  // travels with every export of personal values
    COLUMN_SHOWN = 4,       // part of the default selection
    COLUMN_DO_NOT_CALL = 8, // a flag that forbids calling
    COLUMN_EU = 16,         // a flag: the person is in the EU
    COLUMN_NOTICE = 32      // when the person was told that the data is held (model/notice.h)
};

struct column {
    const char *name; // as in outputFields
    const char *path; // where it stands in an answer's row: "company.name", "sicCodes[].id"
    enum column_type type;
    const char *heading;
    int width; // columns of a terminal it likes
    unsigned marks;
};

// What a value must look like, so that it is worth sending.
enum match_check {
    MATCH_ANY,
    MATCH_ID,
    MATCH_EMAIL,
    MATCH_HASH,  // of an e-mail address: MD5, SHA-1, SHA-256 or SHA-512 in hex
    MATCH_PHONE, // seven digits at least
    MATCH_SITE,  // a host with a dot
    MATCH_DAY,   // YYYY-MM-DD
    MATCH_NUMBER
};

// What an enrich call matches on.
struct match_input {
    const char *name;
    const char *alias; // "personFirstName" for "firstName", or NULL
    const char *label;
    enum wire wire;
    enum match_check check;
    const char *headings; // of a file's column, as match_plan.h compares them, '|' between; or NULL
};

enum { MATCH_NEEDS = 4 };

// Inputs that suffice together: each entry a name, or several with '|' between.
struct match_combination {
    const char *needs[MATCH_NEEDS];
};

struct search_operation {
    const char *path;
    const struct input *inputs;
    size_t n_inputs;
    const struct column *columns;
    size_t n_columns;
    const char *const *sorts; // sortBy values, NULL-terminated
    int rpp, rpp_max;         // rows a page: default and most
    int depth;                // rows that paging can reach; the server may know a smaller number
};

struct enrich_operation {
    const char *path;
    const char *match_key; // "matchPersonInput"
    const char *id_input;  // "personId"
    const struct match_input *inputs;
    size_t n_inputs;
    const struct match_combination *combinations;
    size_t n_combinations;
    const struct column *columns;
    size_t n_columns;
    int batch; // inputs a call
};

// FACTS 3. A record new to the account costs credits, then is under management for free_months.
struct charging_rule {
    int credits_new;
    int free_months;
    int records_matched; // against the record limit, owned or not
    int requests_call;
};

struct entity {
    const char *name, *plural; // "contact", "contacts": as in paths and commands
    const char *id_path;       // of a row
    const char *label_names;   // columns of a search row that name it, '|' between
    const char *id_names;      // headings an id column may have in a file: "personId|id|contactId"
    struct search_operation search;
    struct enrich_operation enrich;
    struct charging_rule charging;
};

enum { VALUE_MAX = 500 }; // characters a string input may have on the wire (FACTS 5)

// NULL-terminated.
const struct entity *const *entity_all(void);
// By name or plural without case; NULL where unknown.
const struct entity *entity_find(const char *name);
// By API name without case, or by label: of a range, bound picks the end. NULL where unknown.
const struct input *entity_input(const struct entity *e, const char *name, enum bound bound);
// The most used inputs in the order of their rank, n at most; returns how many.
size_t entity_common(const struct entity *e, const struct input **out, size_t n);
// The input whose exclude twin this one is, or NULL.
const struct input *entity_included(const struct entity *e, const struct input *excluded);
// The input that is a radius around this one's values, or NULL.
const struct input *entity_radius(const struct entity *e, const struct input *centre);
// The input whose values this one is a radius around, or NULL.
const struct input *entity_centre(const struct entity *e, const struct input *radius);
// Does it take several values?
bool input_many(const struct input *input);
// Is a value that the input's list does not have worth a remark? Not a code ("nh", "UK") where free
// text is taken: no list has those.
bool input_unlisted(const struct input *input, const char *value);
// The nearest input name or label, for a message; NULL where none is near.
const char *entity_nearest_input(const struct entity *e, const char *name);
// Does that column of a search row name the record?
bool entity_is_label(const struct entity *e, const struct column *c);
// By output name without case, heading, or path. NULL where unknown.
const struct column *column_find(const struct column *columns, size_t n, const char *name);
const char *column_nearest(const struct column *columns, size_t n, const char *name);
const char *group_label(enum input_group group);

extern const struct entity entity_contact, entity_company;

#endif
