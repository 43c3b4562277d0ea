// Texts that are not stored but made from row and seed: addresses, numbers, streets, descriptions.
// Each function appends to out, or appends nothing where the record has none. Any thread.
// Floor: sandbox/world.
#ifndef LODE_SANDBOX_WORLD_TEXT_H
#define LODE_SANDBOX_WORLD_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct world;

enum world_phone { PHONE_DIRECT, PHONE_MOBILE, PHONE_COMPANY, PHONE_FAX, WORLD_PHONES };
enum world_digest { DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA256, WORLD_DIGESTS };

// "First Last", or "First M. Last" where there is a middle initial and middle is asked for.
void world_contact_full_name(const struct world *w, uint32_t contact, bool middle, struct str *out);
// The business address, on the domain of the company; the private one, on mail.example.org.
void world_contact_email(const struct world *w, uint32_t contact, struct str *out);
void world_contact_supplemental(const struct world *w, uint32_t contact, struct str *out);
// Lower-case hex of the business address.
void world_contact_digest(const struct world *w, uint32_t contact, enum world_digest digest,
                          struct str *out);
// PHONE_DIRECT or PHONE_MOBILE of a contact, PHONE_COMPANY or PHONE_FAX of a company.
void world_phone(const struct world *w, uint32_t row, enum world_phone kind, struct str *out);
void world_contact_street(const struct world *w, uint32_t contact, struct str *out);
void world_contact_link(const struct world *w, uint32_t contact, struct str *out);

void world_company_street(const struct world *w, uint32_t company, struct str *out);
// "initech-4821.example"; the website puts "www." before it. FACTS "Value quirks".
void world_company_domain(const struct world *w, uint32_t company, struct str *out);
void world_company_website(const struct world *w, uint32_t company, struct str *out);
// "NASDAQ: ABCD" of a public company.
void world_company_ticker(const struct world *w, uint32_t company, struct str *out);
void world_company_ip(const struct world *w, uint32_t company, struct str *out);
// Text with what real descriptions hold: HTML, newlines, accents, now and then stray bytes' marks.
void world_company_description(const struct world *w, uint32_t company, struct str *out);

#endif
