// Columns of the world that only searches need. Floor: sandbox/search.
#include "sandbox/search/columns.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "sandbox/search/filter_text.h"
#include "sandbox/world/world.h"
#include "sandbox/world/text.h"

struct search_columns {
    const struct world *world;
    uint32_t *n_contacts;
    uint8_t *structure;
    pthread_mutex_t lock; // over what follows, built on first use
    struct str bytes[COLUMN_TEXTS];
    uint32_t *at[COLUMN_TEXTS];
    uint64_t *keys[COLUMN_KEYS];
    uint32_t *company_ranks, *name_ranks;
};

static uint32_t *count_contacts(const struct world *w)
{
    uint32_t *n = mem_array(w->n_companies + 1, sizeof(*n));

    for (uint32_t i = 0; i < w->n_companies; i++)
        n[i] = w->companies.first_contact[i + 1] - w->companies.first_contact[i];
    return n;
}

static uint8_t *find_structures(const struct world *w)
{
    const struct world_companies *c = &w->companies;
    uint8_t *structure = mem_zalloc(w->n_companies + 1);
    uint32_t above;

    for (uint32_t i = 0; i < w->n_companies; i++) {
        above = i;
        for (int depth = 0; above < w->n_companies && depth < 8; depth++, above = c->parent[above])
            structure[above] |= (uint8_t)(1u << c->sub_unit[i]);
    }
    return structure;
}

struct search_columns *columns_new(const struct world *w)
{
    struct search_columns *c = mem_zalloc(sizeof(*c));

    c->world = w;
    c->n_contacts = count_contacts(w);
    c->structure = find_structures(w);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void columns_free(struct search_columns *c)
{
    for (size_t i = 0; i < COLUMN_TEXTS; i++) {
        str_free(&c->bytes[i]);
        free(c->at[i]);
    }
    for (size_t i = 0; i < COLUMN_KEYS; i++)
        free(c->keys[i]);
    free(c->company_ranks);
    free(c->name_ranks);
    free(c->n_contacts);
    free(c->structure);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

const uint32_t *columns_n_contacts(const struct search_columns *c)
{
    return c->n_contacts;
}

const uint8_t *columns_structure(const struct search_columns *c)
{
    return c->structure;
}

static void add_part(struct str *out, const char *text)
{
    if (out->len && *text)
        str_add(out, ", ");
    str_add(out, text);
}

static void add_address(const struct world *w, uint32_t company, struct str *out)
{
    const struct world_place *place = world_company_place(w, company);
    unsigned flags = w->companies.flags[company];

    if (flags & COMPANY_STREET)
        world_company_street(w, company, out);
    add_part(out, place->city);
    if (flags & COMPANY_STATE)
        add_part(out, place->state);
    if (flags & COMPANY_ZIP)
        add_part(out, w->zips[w->companies.zip[company]].code);
    if (flags & COMPANY_COUNTRY)
        add_part(out, place->country);
}

void columns_text_of(const struct world *w, enum column_text which, uint32_t company,
                     struct str *out)
{
    static void (*const makers[])(const struct world *w, uint32_t company, struct str *out) = {
        [COLUMN_WEBSITE] = world_company_website,
        [COLUMN_TICKER] = world_company_ticker,
        [COLUMN_DESCRIPTION] = world_company_description,
        [COLUMN_STREET] = world_company_street,
        [COLUMN_ADDRESS] = add_address,
    };

    if (which == COLUMN_NAME)
        str_add(out, world_company_name(w, company));
    else
        makers[which](w, company, out);
}

char *columns_bare_domain(char *website)
{
    char *scheme = strstr(website, "://"), *start = scheme ? scheme + 3 : website;

    if (str_starts(start, "www."))
        start += 4;
    start[strcspn(start, "/?#")] = '\0';
    return start;
}

char *columns_without_blanks(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++) {
        if (*from != ' ')
            *to++ = *from;
    }
    *to = '\0';
    return text;
}

bool columns_ticker_is(const char *folded, const char *wanted)
{
    const char *symbol = strchr(folded, ':');

    return *folded && (str_eq(folded, wanted) || (symbol && str_eq(symbol + 1, wanted)));
}

static void build_texts(struct search_columns *c, enum column_text which)
{
    uint32_t n = c->world->n_companies;
    struct str text = {0}, *bytes = &c->bytes[which];
    char *folded, *start;

    c->at[which] = mem_array(n + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < n; i++) {
        c->at[which][i] = (uint32_t)bytes->len;
        str_clear(&text);
        columns_text_of(c->world, which, i, &text);
        start = folded = text_fold_quick(str_text(&text));
        if (which == COLUMN_WEBSITE)
            start = columns_bare_domain(folded);
        else if (which == COLUMN_TICKER)
            start = columns_without_blanks(folded);
        str_add_len(bytes, start, strlen(start) + 1);
        free(folded);
    }
    str_free(&text);
}

struct column_texts columns_texts(struct search_columns *c, enum column_text which)
{
    pthread_mutex_lock(&c->lock);
    if (!c->at[which])
        build_texts(c, which);
    pthread_mutex_unlock(&c->lock);
    return (struct column_texts){str_text(&c->bytes[which]), c->at[which]};
}

uint64_t columns_key_of(enum column_key which, const char *text)
{
    uint64_t key = 0;
    char *folded;

    if (which == COLUMN_EMAIL || which == COLUMN_SUPPLEMENTAL) {
        folded = text_fold_quick(text);
        key = *folded ? hash_bytes(folded, strlen(folded)) : 0;
        free(folded);
        return key;
    }
    for (; *text; text++) {
        if (isdigit((unsigned char)*text))
            key = key * 10 + (uint64_t)(*text - '0');
    }
    return key;
}

static void add_key_text(const struct world *w, enum column_key which, uint32_t contact,
                         struct str *out)
{
    if (which == COLUMN_EMAIL)
        world_contact_email(w, contact, out);
    else if (which == COLUMN_SUPPLEMENTAL)
        world_contact_supplemental(w, contact, out);
    else
        world_phone(w, contact, which == COLUMN_DIRECT ? PHONE_DIRECT : PHONE_MOBILE, out);
}

static void build_keys(struct search_columns *c, enum column_key which)
{
    uint32_t n = c->world->n_contacts;
    struct str text = {0};

    c->keys[which] = mem_array(n + 1, sizeof(uint64_t));
    for (uint32_t i = 0; i < n; i++) {
        str_clear(&text);
        add_key_text(c->world, which, i, &text);
        c->keys[which][i] = columns_key_of(which, str_text(&text));
    }
    str_free(&text);
}

const uint64_t *columns_keys(struct search_columns *c, enum column_key which)
{
    pthread_mutex_lock(&c->lock);
    if (!c->keys[which])
        build_keys(c, which);
    pthread_mutex_unlock(&c->lock);
    return c->keys[which];
}

struct ranked {
    const char *folded;
    uint32_t row;
};

static int by_text(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;

    return strcmp(left->folded, right->folded);
}

// Sorts items, and returns the rank of each row.
static uint32_t *rank(struct ranked *items, uint32_t n)
{
    uint32_t *ranks = mem_array(n + 1, sizeof(*ranks)), at = 0;

    qsort(items, n, sizeof(*items), by_text);
    for (uint32_t i = 0; i < n; i++) {
        at += i > 0 && strcmp(items[i].folded, items[i - 1].folded) != 0;
        ranks[items[i].row] = at;
    }
    return ranks;
}

const uint32_t *columns_company_ranks(struct search_columns *c)
{
    struct column_texts names = columns_texts(c, COLUMN_NAME);
    uint32_t n = c->world->n_companies;
    struct ranked *items;

    pthread_mutex_lock(&c->lock);
    if (!c->company_ranks) {
        items = mem_array(n + 1, sizeof(*items));
        for (uint32_t i = 0; i < n; i++)
            items[i] = (struct ranked){names.bytes + names.at[i], i};
        c->company_ranks = rank(items, n);
        free(items);
    }
    pthread_mutex_unlock(&c->lock);
    return c->company_ranks;
}

static uint32_t *rank_names(const struct world_dict *names)
{
    struct ranked *items = mem_array(names->n + 1, sizeof(*items));
    char **folded = mem_array(names->n + 1, sizeof(char *));
    uint32_t *ranks;

    for (uint32_t i = 0; i < names->n; i++) {
        folded[i] = text_fold_quick(names->words[i].text);
        items[i] = (struct ranked){folded[i], i};
    }
    ranks = rank(items, names->n);
    for (uint32_t i = 0; i < names->n; i++)
        free(folded[i]);
    free(folded);
    free(items);
    return ranks;
}

const uint32_t *columns_name_ranks(struct search_columns *c)
{
    pthread_mutex_lock(&c->lock);
    if (!c->name_ranks)
        c->name_ranks = rank_names(&c->world->names);
    pthread_mutex_unlock(&c->lock);
    return c->name_ranks;
}
