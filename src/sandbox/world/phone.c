// Phone numbers: every row has its own ten digits, NXX 555 XXXX, that tell the row again (up to
// four million rows in all; past that numbers are shared and tell the first of their rows). Any
// thread. Floor: sandbox/world.
#include <string.h>

#include "base/rng.h"
#include "sandbox/world/world.h"
#include "sandbox/world/index.h"
#include "sandbox/world/text.h"

enum {
    AREAS_FROM = 200,
    LINES = 10000,
    NUMBERS = 800 * LINES, // areas 200-999
    STEP = 3141593,        // has no divisor in common with NUMBERS,
    STEP_BACK = 1444457,   // and STEP * STEP_BACK is 1 modulo NUMBERS
    DIGITS = 10,
    EXTENSIONS = 37 // one company of so many gives an extension
};

// All numbers in one row: two for each contact, then two for each company.
static uint64_t place_of(const struct world *w, uint32_t row, enum world_phone kind)
{
    uint64_t base = kind >= PHONE_COMPANY ? 2 * (uint64_t)w->n_contacts : 0;

    return base + 2 * (uint64_t)row + (kind & 1);
}

static uint32_t shift_of(const struct world *w)
{
    return (uint32_t)(rng_mix(~w->seed) % NUMBERS);
}

static bool has_phone(const struct world *w, uint32_t row, enum world_phone kind)
{
    switch (kind) {
    case PHONE_DIRECT:
        return w->contacts.flags[row] & CONTACT_DIRECT;
    case PHONE_MOBILE:
        return w->contacts.flags[row] & CONTACT_MOBILE;
    case PHONE_COMPANY:
        return w->companies.flags[row] & COMPANY_PHONE;
    default:
        return w->companies.flags[row] & COMPANY_FAX;
    }
}

void world_phone(const struct world *w, uint32_t row, enum world_phone kind, struct str *out)
{
    uint32_t number = (uint32_t)((place_of(w, row, kind) * STEP + shift_of(w)) % NUMBERS);
    unsigned area = AREAS_FROM + number / LINES, line = number % LINES, dial;

    if (!has_phone(w, row, kind))
        return;
    dial =
        (kind >= PHONE_COMPANY ? world_company_place(w, row) : world_contact_place(w, row))->dial;
    if (dial == 1) {
        str_addf(out, "(%u) 555-%04u", area, line);
    } else {
        str_addf(out, "+%u %u 555 %04u", dial, area, line);
    }
    if (kind == PHONE_COMPANY && row % EXTENSIONS == 0)
        str_addf(out, " ext. %u", 100 + row % 900);
}

// The last ten digits before any extension; false where there are fewer.
static bool digits_of(const char *phone, char digits[DIGITS])
{
    size_t end = strcspn(phone, "eExX#;"), n = DIGITS;

    while (end-- > 0 && n > 0) {
        if (phone[end] >= '0' && phone[end] <= '9')
            digits[--n] = phone[end];
    }
    return n == 0;
}

static uint32_t number_of(const char *digits, int n)
{
    uint32_t number = 0;

    while (n--)
        number = number * 10 + (uint32_t)(*digits++ - '0');
    return number;
}

// Which of all numbers the digits are; false for those of nobody.
static bool find(const struct world *w, const char *phone, uint64_t *place)
{
    char digits[DIGITS];
    uint64_t number;

    if (!digits_of(phone, digits) || memcmp(digits + 3, "555", 3) || digits[0] < '2')
        return false;
    number = (number_of(digits, 3) - AREAS_FROM) * (uint64_t)LINES + number_of(digits + 6, 4);
    *place = (number + NUMBERS - shift_of(w)) % NUMBERS * STEP_BACK % NUMBERS;
    return true;
}

uint32_t world_contact_by_phone(const struct world *w, const char *phone)
{
    uint64_t place;

    if (!find(w, phone, &place) || place >= 2 * (uint64_t)w->n_contacts)
        return WORLD_NONE;
    return has_phone(w, (uint32_t)(place / 2), place % 2 ? PHONE_MOBILE : PHONE_DIRECT)
               ? (uint32_t)(place / 2)
               : WORLD_NONE;
}

uint32_t world_company_by_phone(const struct world *w, const char *phone)
{
    uint64_t place, base = 2 * (uint64_t)w->n_contacts;

    if (!find(w, phone, &place) || place < base || place - base >= 2 * (uint64_t)w->n_companies)
        return WORLD_NONE;
    place -= base;
    return has_phone(w, (uint32_t)(place / 2), place % 2 ? PHONE_FAX : PHONE_COMPANY)
               ? (uint32_t)(place / 2)
               : WORLD_NONE;
}
