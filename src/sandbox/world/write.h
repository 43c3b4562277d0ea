// JSON values of the world's records, appended as text. Private to world*.c. Any thread.
// Floor: sandbox/world.
#ifndef LODE_SANDBOX_WORLD_WRITE_H
#define LODE_SANDBOX_WORLD_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/str.h"
#include "sandbox/world/json.h"

struct world;

// What a value is asked of: a contact and its company, or a company alone.
struct record {
    const struct world *w;
    uint32_t contact, company;
};

// One output field. write appends the JSON value, or nothing where the key is to be absent.
struct field {
    const char *contact, *company; // as outputFields names it; NULL: the entity has no such field
    const char *key;               // as the answer does
    unsigned part;                 // PART_PERSON or PART_COMPANY
    void (*write)(const struct record *r, struct str *out);
};

// All output fields, in groups. An index counts through them.
struct field_group {
    const struct field *fields;
    size_t n;
};

extern const struct field_group world_person_fields; // who and where a person is
extern const struct field_group world_career_fields; // what a person does and did
extern const struct field_group world_firm_fields;   // plain values of a company
extern const struct field_group world_firm_sectors;  // what trade it is in
extern const struct field_group world_firm_family;   // what it belongs to
extern const struct field_group world_firm_lists;    // its other lists and objects

void write_number(struct str *out, int64_t n);
// Appends digits of n to the base, at most 36, without quotes.
void write_digits(struct str *out, uint32_t n, uint32_t base);
void write_bool(struct str *out, bool is);
// A comma, unless the list or object has just been opened.
void write_next(struct str *out);
// ,"key": (without the comma at the start)
void write_key(struct str *out, const char *key);
// "7/14/2020 3:05 PM" of milliseconds since 1970. FACTS "Value quirks".
void write_when(struct str *out, int64_t ms);
// "2020-07-14"; "07/14/2020".
void write_day(struct str *out, int64_t ms);
void write_notice_day(struct str *out, int64_t ms);
// A missing value: "" or null or nothing (an absent key), as it happens to a record.
void write_missing(const struct record *r, struct str *out);
// A text, or a missing value where it is empty.
void write_text(const struct record *r, const char *text, struct str *out);
// A key and what write appends, or neither where it appends nothing.
void write_member(const struct record *r, const char *key,
                  void (*write)(const struct record *r, struct str *out), struct str *out);
// The same of what a function of text.h makes of a row.
void write_made(const struct record *r,
                void (*make)(const struct world *w, uint32_t row, struct str *out), uint32_t row,
                struct str *out);
// Row by row, a choice that is the record's own: 0 <= value < n.
uint32_t write_pick(const struct record *r, uint32_t purpose, uint32_t n);

// [{"type":...,"date":...}] or [].
void write_engagements(const struct world *w, uint8_t kind, uint16_t day, struct str *out);

// Values that fields of several groups show, of r->company.
void write_company_name(const struct record *r, struct str *out);
void write_company_phone(const struct record *r, struct str *out);
void write_company_website(const struct record *r, struct str *out);
void write_company_street(const struct record *r, struct str *out);
void write_company_zip(const struct record *r, struct str *out);
void write_company_state(const struct record *r, struct str *out);
// ["C-Level","Board Member"] of r->contact.
void write_levels(const struct record *r, struct str *out);

#endif
