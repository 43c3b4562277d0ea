// Rows by one value: most values tell their row, so there is little to look up. Any thread.
// Floor: sandbox/world.
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "sandbox/world/world.h"
#include "sandbox/world/index.h"

// Rows of one name lie in the order of rows from their slot on; see table_add().
uint32_t world_company_by_name(const struct world *w, const char *name)
{
    const struct row_table *t = world_index_names(w);
    char *folded = text_fold(name);
    uint32_t found = WORLD_NONE;

    for (size_t slot = (size_t)world_name_hash(name) & t->mask;
         found == WORLD_NONE && t->rows[slot] != WORLD_NONE; slot = (slot + 1) & t->mask) {
        char *other = text_fold(world_company_name(w, t->rows[slot]));

        if (str_eq(folded, other))
            found = t->rows[slot];
        free(other);
    }
    free(folded);
    return found;
}

uint32_t world_company_same_name(const struct world *w, uint32_t company)
{
    const struct row_table *t = world_index_names(w);
    char *folded = text_fold(world_company_name(w, company));
    size_t slot = (size_t)world_name_hash(folded) & t->mask;
    uint32_t found = WORLD_NONE;

    while (t->rows[slot] != company)
        slot = (slot + 1) & t->mask;
    for (slot = (slot + 1) & t->mask; found == WORLD_NONE && t->rows[slot] != WORLD_NONE;
         slot = (slot + 1) & t->mask) {
        char *other = text_fold(world_company_name(w, t->rows[slot]));

        if (str_eq(folded, other))
            found = t->rows[slot];
        free(other);
    }
    free(folded);
    return found;
}

// "initech-4821.example": the number after the last dash is the row, counted from 1.
static uint32_t company_of_domain(const struct world *w, const char *domain, size_t len)
{
    struct str text = {0}, made = {0};
    const char *dash;
    uint32_t company = WORLD_NONE;
    unsigned long n;

    str_add_len(&text, domain, len);
    dash = strrchr(str_text(&text), '-');
    n = dash ? strtoul(dash + 1, NULL, 10) : 0;
    if (n >= 1 && n <= w->n_companies) {
        world_company_domain(w, (uint32_t)(n - 1), &made);
        if (str_eq_case(str_text(&made), str_text(&text)))
            company = (uint32_t)(n - 1);
    }
    str_free(&text);
    str_free(&made);
    return company;
}

uint32_t world_company_by_website(const struct world *w, const char *website)
{
    const char *scheme = strstr(website, "://"), *host = scheme ? scheme + 3 : website;
    uint32_t company;

    if (!strncasecmp(host, "www.", 4))
        host += 4;
    company = company_of_domain(w, host, strcspn(host, "/?#:"));
    return company != WORLD_NONE && (w->companies.flags[company] & COMPANY_WEBSITE) ? company
                                                                                    : WORLD_NONE;
}

uint32_t world_contact_by_email(const struct world *w, const char *email)
{
    const char *at = strrchr(email, '@');
    uint32_t company = at ? company_of_domain(w, at + 1, strlen(at + 1)) : WORLD_NONE;
    uint32_t found = WORLD_NONE;
    struct str made = {0};

    if (company == WORLD_NONE)
        return WORLD_NONE;
    for (uint32_t i = w->companies.first_contact[company];
         found == WORLD_NONE && i < w->companies.first_contact[company + 1]; i++) {
        str_clear(&made);
        world_contact_email(w, i, &made);
        if (made.len && str_eq_case(str_text(&made), email))
            found = i;
    }
    str_free(&made);
    return found;
}

uint32_t world_contact_by_supplemental(const struct world *w, const char *email)
{
    const char *dot = strchr(email, '.');
    unsigned long row = dot ? strtoul(dot + 1, NULL, 36) : ULONG_MAX;
    struct str made = {0};
    bool same;

    if (row >= w->n_contacts)
        return WORLD_NONE;
    world_contact_supplemental(w, (uint32_t)row, &made);
    same = made.len && str_eq_case(str_text(&made), email);
    str_free(&made);
    return same ? (uint32_t)row : WORLD_NONE;
}

uint32_t world_contact_by_hash(const struct world *w, const char *hex)
{
    static const size_t lengths[WORLD_DIGESTS] = {32, 40, 64};
    enum world_digest digest = DIGEST_MD5;
    const struct row_table *t;
    uint32_t found = WORLD_NONE;
    struct str made = {0};

    while (digest < WORLD_DIGESTS && strlen(hex) != lengths[digest])
        digest++;
    if (digest == WORLD_DIGESTS)
        return WORLD_NONE;
    t = world_index_digests(w, digest);
    for (size_t slot = (size_t)world_digest_hash(hex) & t->mask;
         found == WORLD_NONE && t->rows[slot] != WORLD_NONE; slot = (slot + 1) & t->mask) {
        str_clear(&made);
        world_contact_digest(w, t->rows[slot], digest, &made);
        if (str_eq_case(str_text(&made), hex))
            found = t->rows[slot];
    }
    str_free(&made);
    return found;
}
