// Records of the world as JSON text, as searches and enriches answer them. Any thread.
// Floor: sandbox/world.
#ifndef LODE_SANDBOX_WORLD_JSON_H
#define LODE_SANDBOX_WORLD_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct world;

enum world_entity { WORLD_CONTACT, WORLD_COMPANY, WORLD_ENTITIES };

// Output fields that a search answers only where outputFields asks for them. FACTS 5.
enum { ROW_MANAGEMENT_LEVEL = 1, ROW_SCHOOL = 2 };

// One row of a search answer. extras: bits ROW_*.
void world_contact_row_json(const struct world *w, uint32_t contact, unsigned extras,
                            struct str *out);
void world_company_row_json(const struct world *w, uint32_t company, struct str *out);

// The output fields of both enriches, by index: a table of ours that names a renderer for each.
enum { WORLD_FIELDS_MAX = 128 };
// The index of a name, without case, or -1.
int world_field_find(enum world_entity entity, const char *name);

struct world_fields {
    uint64_t bits[WORLD_FIELDS_MAX / 64];
};

void world_fields_add(struct world_fields *set, int field);
// The first of the set from that index on, or -1.
int world_fields_next(const struct world_fields *set, int from);

// Which half of a contact record to answer: a COMPANY_ONLY_MATCH has no person, FACTS 6.
enum { PART_PERSON = 1, PART_COMPANY = 2, PART_BOTH = 3 };

// The object of an enrich answer, the fields of a set in the order of the table: missing values are
// "", null, [] or absent as FACTS "Value quirks" says; companyX stands nested as company.x.
// contact may be WORLD_NONE where parts is PART_COMPANY; company is that of contact, or stands by
// itself.
void world_contact_enrich_json(const struct world *w, uint32_t contact, uint32_t company,
                               unsigned parts, const struct world_fields *fields, struct str *out);
void world_company_enrich_json(const struct world *w, uint32_t company,
                               const struct world_fields *fields, struct str *out);
// Does the record have a value there? Neither absent, nor null, "", [] or {}. For requiredFields.
bool world_record_has(const struct world *w, enum world_entity entity, uint32_t row, size_t field);

#endif
