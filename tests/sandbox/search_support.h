// A small world to search, and a check of a search against a test of each row written by itself.
#ifndef TESTS_SANDBOX_SEARCH_SUPPORT_H
#define TESTS_SANDBOX_SEARCH_SUPPORT_H

#include "support/test.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/str.h"
#include "sandbox/facts/contract.h"
#include "sandbox/facts/lookups.h"
#include "sandbox/search/search.h"
#include "sandbox/world/world.h"
#include "sandbox/world/text.h"

enum { FIXTURE_COMPANIES = 3000, FIXTURE_CONTACTS = 24000 };
static const int64_t fixture_now_ms = 1764000000000; // 2025-11-24T16:00:00Z

struct fixture {
    struct lookups *lookups;
    struct world *world;
    struct contract *contract;
    struct search *search;
};

static inline struct fixture *fixture_open(const struct search_options *options)
{
    struct world_options o = {.seed = 11,
                              .companies = FIXTURE_COMPANIES,
                              .contacts = FIXTURE_CONTACTS,
                              .now_ms = fixture_now_ms};
    struct fixture *f = mem_zalloc(sizeof(*f));

    f->lookups = lookups_load();
    f->world = world_build(&o, f->lookups);
    f->contract = contract_load();
    f->search = search_open(f->world, f->lookups, f->contract, options);
    return f;
}

static inline void fixture_close(struct fixture *f)
{
    search_close(f->search);
    world_free(f->world);
    contract_free(f->contract);
    lookups_free(f->lookups);
    free(f);
}

static inline uint32_t fixture_rows(const struct fixture *f, enum search_entity entity)
{
    return entity == SEARCH_CONTACT ? f->world->n_contacts : f->world->n_companies;
}

static inline json_t *json_of(const char *text)
{
    json_t *body = json_loads(text, 0, NULL);

    if (!body)
        fail_msg("not JSON: %s", text);
    return body;
}

// The page a body is answered with.
static inline struct search_result answer(struct fixture *f, enum search_entity entity,
                                          const char *text)
{
    json_t *body = json_of(text);
    struct search_result page;
    struct search_error e = {0};

    if (!search_run(f->search, entity, body, &page, &e))
        fail_msg("%s: %s", text, e.text);
    json_decref(body);
    return page;
}

// Walks all pages of a body; found[row] counts how often each row came. Returns maxResults.
static inline uint32_t walk(struct fixture *f, enum search_entity entity, const char *text,
                            uint8_t *found)
{
    json_t *body = json_of(text);
    struct search_result page = {.max_results = 1};
    struct search_error e = {0};
    uint32_t seen = 0;

    json_object_set_new(body, "rpp", json_integer(SEARCH_RPP_MAX));
    for (int at = 1; at == 1 || seen < page.max_results; at++) {
        json_object_set_new(body, "page", json_integer(at));
        if (!search_run(f->search, entity, body, &page, &e))
            fail_msg("%s: %s", text, e.text);
        for (uint32_t i = 0; i < page.n_rows; i++)
            found[page.rows[i]]++;
        seen += page.n_rows;
        assert_true(page.n_rows > 0 || page.max_results == 0);
        if (!page.n_rows)
            break;
    }
    json_decref(body);
    return page.max_results;
}

struct search_case {
    const char *input; // what it is about
    const char *body;  // or NULL, with
    // the body made of a sample row, or NULL where the row does not have what it takes
    char *(*make)(const struct world *w, uint32_t sample);
    // does the row fit? sample is the row the body was made of
    bool (*fits)(const struct world *w, uint32_t row, uint32_t sample);
    bool firm; // fits() takes companies, also in a contact search
};

static inline uint32_t subject(const struct world *w, enum search_entity entity,
                               const struct search_case *c, uint32_t row)
{
    return c->firm && entity == SEARCH_CONTACT ? w->contacts.company[row] : row;
}

// The body of a case, and the row it was made of. The caller frees it.
static inline char *case_body(const struct fixture *f, enum search_entity entity,
                              const struct search_case *c, uint32_t *sample)
{
    uint32_t n = fixture_rows(f, entity);
    char *body;

    *sample = 0;
    if (c->body)
        return mem_strdup(c->body);
    for (uint32_t i = 0; i < n; i++) {
        *sample = subject(f->world, entity, c, (i * 7 + n / 3) % n);
        body = c->make(f->world, *sample);
        if (body)
            return body;
    }
    fail_msg("%s: no row has a sample", c->input);
    return NULL;
}

// What fits() says of each subject: each company once, also where many contacts share it.
static inline uint8_t *fitting(const struct fixture *f, enum search_entity entity,
                               const struct search_case *c, uint32_t sample)
{
    uint32_t n = c->firm ? f->world->n_companies : fixture_rows(f, entity);
    uint8_t *fits = mem_zalloc(n);

    for (uint32_t i = 0; i < n; i++)
        fits[i] = c->fits(f->world, i, sample);
    return fits;
}

// What comes is what fits, no less and no more; something fits and something does not.
static inline void check_case(struct fixture *f, enum search_entity entity,
                              const struct search_case *c)
{
    uint32_t n = fixture_rows(f, entity), sample, wanted = 0, found;
    uint8_t *rows = mem_zalloc(n);
    char *body = case_body(f, entity, c, &sample);
    uint8_t *subjects = fitting(f, entity, c, sample), fits;

    found = walk(f, entity, body, rows);
    for (uint32_t i = 0; i < n; i++) {
        fits = subjects[subject(f->world, entity, c, i)];
        wanted += fits;
        if (rows[i] != fits)
            fail_msg("%s %s: row %u came %u times, should %u", c->input, body, i, rows[i], fits);
    }
    if (found != wanted || wanted == 0 || wanted == n)
        fail_msg("%s %s: %u found, %u fit of %u", c->input, body, found, wanted, n);
    free(subjects);
    free(body);
    free(rows);
}

// Fails for an input of the contract that no case is about. Those read elsewhere: paging, order.
static inline void check_cover(const struct fixture *f, const char *path,
                               const struct search_case *cases, size_t n,
                               const struct search_case *more, size_t n_more)
{
    static const char *const elsewhere[] = {"rpp", "page", "sortBy", "sortOrder"};
    const struct contract_operation *op = contract_find(f->contract, "POST", path);
    bool covered;

    for (size_t i = 0; i < op->n_inputs; i++) {
        covered = false;
        for (size_t k = 0; k < ARRAY_LEN(elsewhere); k++)
            covered = covered || str_eq(op->inputs[i].name, elsewhere[k]);
        for (size_t k = 0; k < n; k++)
            covered = covered || str_eq(op->inputs[i].name, cases[k].input);
        for (size_t k = 0; k < n_more; k++)
            covered = covered || str_eq(op->inputs[i].name, more[k].input);
        if (!covered)
            fail_msg("%s: no case for %s", path, op->inputs[i].name);
    }
}

// The words of text, lower-cased ASCII letters and digits; others stand as they are.
static inline bool says(const char *text, const char *phrase)
{
    size_t len = strlen(phrase);
    bool starts, ends;

    for (const char *at = text; (at = strcasestr(at, phrase)) != NULL; at++) {
        starts = at == text || !(isalnum((unsigned char)at[-1]) || (at[-1] & 0x80));
        ends = !(isalnum((unsigned char)at[len]) || (at[len] & 0x80));
        if (starts && ends)
            return true;
    }
    return false;
}

// The index of a value in a list, by its id.
static inline size_t listed(const struct world *w, const char *path, const char *id)
{
    const struct lookup_list *list = lookups_list(w->lookups, path);

    for (size_t i = 0; i < list->n; i++) {
        if (str_eq(list->values[i].id, id))
            return i;
    }
    fail_msg("%s has no %s", path, id);
    return 0;
}

static inline const char *listed_id(const struct world *w, const char *path, size_t i)
{
    const struct lookup_list *list = lookups_list(w->lookups, path);

    return i < list->n ? list->values[i].id : "";
}

#endif
