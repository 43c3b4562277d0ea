// The output fields of /enrich/contact that say who and where a person is. Any thread. Assumed
// where FACTS is silent: region says what state does; an address is Canadian where the company is.
// Floor: sandbox/world.
#include "base/mem.h"
#include "sandbox/world/world.h"
#include "sandbox/world/lore.h"
#include "sandbox/world/text.h"
#include "sandbox/world/write.h"

enum { NOTICE_DAYS = 3 * 365 };
enum { PICK_SALUTATION = 1, PICK_SUFFIX, PICK_NOTICE }; // purposes of write_pick()

static uint16_t flags_of(const struct record *r)
{
    return r->w->contacts.flags[r->contact];
}

static void put_id(const struct record *r, struct str *out)
{
    write_number(out, world_contact_id(r->w, r->contact));
}

static void put_first(const struct record *r, struct str *out)
{
    write_text(r, r->w->names.words[r->w->contacts.first[r->contact]].text, out);
}

static void put_middle(const struct record *r, struct str *out)
{
    char middle[] = {(char)r->w->contacts.middle[r->contact], '.', '\0'};

    write_text(r, *middle ? middle : "", out);
}

static void put_last(const struct record *r, struct str *out)
{
    write_text(r, r->w->names.words[r->w->contacts.last[r->contact]].text, out);
}

static void put_email(const struct record *r, struct str *out)
{
    write_made(r, world_contact_email, r->contact, out);
}

static void put_supplemental(const struct record *r, struct str *out)
{
    write_made(r, world_contact_supplemental, r->contact, out);
}

static void put_canadian(const struct record *r, struct str *out)
{
    bool canadian = (flags_of(r) & CONTACT_EMAIL) &&
                    (world_company_place(r->w, r->company)->flags & PLACE_CANADA);

    str_add(out, canadian ? "\"true\"" : "\"false\"");
}

static void put_hashes(const struct record *r, struct str *out)
{
    str_add_char(out, '[');
    for (int d = 0; (flags_of(r) & CONTACT_EMAIL) && d < WORLD_DIGESTS; d++) {
        write_next(out);
        str_add_char(out, '"');
        world_contact_digest(r->w, r->contact, (enum world_digest)d, out);
        str_add_char(out, '"');
    }
    str_add_char(out, ']');
}

static void put_phone_kind(const struct record *r, enum world_phone kind, struct str *out)
{
    struct str number = {0};

    world_phone(r->w, r->contact, kind, &number);
    write_text(r, str_text(&number), out);
    str_free(&number);
}

static void put_phone(const struct record *r, struct str *out)
{
    put_phone_kind(r, PHONE_DIRECT, out);
}

static void put_mobile(const struct record *r, struct str *out)
{
    put_phone_kind(r, PHONE_MOBILE, out);
}

static void put_direct_dnc(const struct record *r, struct str *out)
{
    if (flags_of(r) & CONTACT_DIRECT_DNC)
        str_add(out, "true");
}

static void put_mobile_dnc(const struct record *r, struct str *out)
{
    if (flags_of(r) & CONTACT_MOBILE_DNC)
        str_add(out, "true");
}

static void put_street(const struct record *r, struct str *out)
{
    write_made(r, world_contact_street, r->contact, out);
}

static void put_city(const struct record *r, struct str *out)
{
    write_text(r, world_contact_place(r->w, r->contact)->city, out);
}

static void put_metro(const struct record *r, struct str *out)
{
    write_text(r, world_contact_place(r->w, r->contact)->metro_city, out);
}

static void put_zip(const struct record *r, struct str *out)
{
    write_text(r, r->w->zips[r->w->contacts.zip[r->contact]].code, out);
}

static void put_state(const struct record *r, struct str *out)
{
    write_text(r, world_contact_place(r->w, r->contact)->state, out);
}

static void put_country(const struct record *r, struct str *out)
{
    write_text(r, world_contact_place(r->w, r->contact)->country, out);
}

static void put_continent(const struct record *r, struct str *out)
{
    write_text(r, world_contact_place(r->w, r->contact)->continent, out);
}

static void put_moved(const struct record *r, struct str *out)
{
    json_quote(flags_of(r) & CONTACT_MOVED            ? "Yes"
               : flags_of(r) & CONTACT_MAY_HAVE_MOVED ? "Uncertain"
                                                      : "No",
               out);
}

static void put_eu(const struct record *r, struct str *out)
{
    write_bool(out, world_contact_place(r->w, r->contact)->flags & PLACE_EU);
}

static void put_california(const struct record *r, struct str *out)
{
    write_bool(out, world_contact_place(r->w, r->contact)->flags & PLACE_CALIFORNIA);
}

static void put_canada(const struct record *r, struct str *out)
{
    write_bool(out, world_contact_place(r->w, r->contact)->flags & PLACE_CANADA);
}

static void put_valid(const struct record *r, struct str *out)
{
    if (flags_of(r) & CONTACT_PARTIAL) {
        str_add(out, "\"\"");
    } else {
        write_when(out, world_when(r->w, r->w->contacts.valid[r->contact]));
    }
}

static void put_updated(const struct record *r, struct str *out)
{
    write_when(out, world_when(r->w, r->w->contacts.updated[r->contact]));
}

// A date, or a sentence: FACTS "Value quirks".
static void put_notice(const struct record *r, struct str *out)
{
    if (!(world_contact_place(r->w, r->contact)->flags & PLACE_EU)) {
        json_quote("Notice not required", out);
    } else if (flags_of(r) & CONTACT_NOTIFIED) {
        write_notice_day(out, world_once((uint16_t)write_pick(r, PICK_NOTICE, NOTICE_DAYS)));
    } else {
        str_add(out, "\"\"");
    }
}

static void put_salutation(const struct record *r, struct str *out)
{
    static const char *const salutations[] = {"Dr.", "Prof.", "Rev."};
    uint32_t n = write_pick(r, PICK_SALUTATION, 50);

    write_text(r, n < ARRAY_LEN(salutations) ? salutations[n] : "", out);
}

static void put_suffix(const struct record *r, struct str *out)
{
    static const char *const suffixes[] = {"Jr.", "III", "PhD", "CPA", "MBA, PMP"};
    uint32_t n = write_pick(r, PICK_SUFFIX, 90);

    write_text(r, n < ARRAY_LEN(suffixes) ? suffixes[n] : "", out);
}

static void put_picture(const struct record *r, struct str *out)
{
    if (!(flags_of(r) & CONTACT_PICTURE)) {
        write_missing(r, out);
        return;
    }
    str_add(out, "\"https://images.example.com/people/");
    write_digits(out, r->contact, 36);
    str_add(out, ".jpg\"");
}

static void put_links(const struct record *r, struct str *out)
{
    struct str link = {0};

    world_contact_link(r->w, r->contact, &link);
    str_add_char(out, '[');
    if (link.len) {
        str_add(out, "{\"type\":\"linkedin.com\",\"url\":");
        json_quote(str_text(&link), out);
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
    str_free(&link);
}

// clang-format off
static const struct field fields[] = {
    {"id", NULL, "id", PART_PERSON, put_id},
    {"firstName", NULL, "firstName", PART_PERSON, put_first},
    {"middleName", NULL, "middleName", PART_PERSON, put_middle},
    {"lastName", NULL, "lastName", PART_PERSON, put_last},
    {"salutation", NULL, "salutation", PART_PERSON, put_salutation},
    {"suffix", NULL, "suffix", PART_PERSON, put_suffix},
    {"email", NULL, "email", PART_PERSON, put_email},
    {"supplementalEmail", NULL, "supplementalEmail", PART_PERSON, put_supplemental},
    {"hasCanadianEmail", NULL, "hasCanadianEmail", PART_PERSON, put_canadian},
    {"hashedEmails", NULL, "hashedEmails", PART_PERSON, put_hashes},
    {"phone", NULL, "phone", PART_PERSON, put_phone},
    {"directPhoneDoNotCall", NULL, "directPhoneDoNotCall", PART_PERSON, put_direct_dnc},
    {"mobilePhone", NULL, "mobilePhone", PART_PERSON, put_mobile},
    {"mobilePhoneDoNotCall", NULL, "mobilePhoneDoNotCall", PART_PERSON, put_mobile_dnc},
    {"street", NULL, "street", PART_PERSON, put_street},
    {"city", NULL, "city", PART_PERSON, put_city},
    {"region", NULL, "region", PART_PERSON, put_state},
    {"metroArea", NULL, "metroArea", PART_PERSON, put_metro},
    {"zipCode", NULL, "zipCode", PART_PERSON, put_zip},
    {"state", NULL, "state", PART_PERSON, put_state},
    {"country", NULL, "country", PART_PERSON, put_country},
    {"continent", NULL, "continent", PART_PERSON, put_continent},
    {"personHasMoved", NULL, "personHasMoved", PART_PERSON, put_moved},
    {"withinEu", NULL, "withinEu", PART_PERSON, put_eu},
    {"withinCalifornia", NULL, "withinCalifornia", PART_PERSON, put_california},
    {"withinCanada", NULL, "withinCanada", PART_PERSON, put_canada},
    {"validDate", NULL, "validDate", PART_PERSON, put_valid},
    {"lastUpdatedDate", NULL, "lastUpdatedDate", PART_PERSON, put_updated},
    {"noticeProvidedDate", NULL, "noticeProvidedDate", PART_PERSON, put_notice},
    {"picture", NULL, "picture", PART_PERSON, put_picture},
    {"externalUrls", NULL, "externalUrls", PART_PERSON, put_links},
};
// clang-format on

const struct field_group world_person_fields = {fields, ARRAY_LEN(fields)};
