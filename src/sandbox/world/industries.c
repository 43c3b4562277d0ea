// Industries out of the word list: weights, codes, words, and who works there. One thread.
// Floor: sandbox/world.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "sandbox/world/lore.h"

enum { ANY_OTHER = 0 };

// Shares of the departments 1-10 (Finance ... Other) by the industry above all; the first row is
// for those not named. The chiefs of department 0 are drawn by level.
static const struct {
    const char *top;
    uint16_t weights[DEPARTMENTS - 1];
} shares[] = {
    // finance, hr, sales, operations, it, engineering, marketing, legal, medical, other
    {"", {9, 6, 17, 18, 11, 13, 8, 3, 2, 13}},
    {"software", {6, 5, 18, 9, 17, 28, 9, 2, 1, 5}},
    {"healthcare", {6, 5, 7, 12, 6, 6, 4, 2, 44, 8}},
    {"finance", {34, 5, 19, 12, 11, 4, 6, 4, 1, 4}},
    {"insurance", {28, 5, 24, 14, 10, 3, 6, 5, 1, 4}},
    {"legal", {5, 5, 4, 9, 5, 1, 4, 62, 1, 4}},
    {"education", {4, 5, 3, 9, 6, 4, 4, 1, 4, 60}},
    {"construction", {7, 4, 10, 38, 4, 24, 3, 2, 1, 7}},
    {"mfg", {7, 5, 18, 27, 8, 22, 6, 2, 1, 4}},
    {"retail", {7, 6, 26, 30, 7, 3, 10, 1, 3, 7}},
    {"government", {9, 7, 1, 22, 10, 10, 4, 9, 6, 22}},
    {"municipal", {8, 6, 1, 22, 7, 9, 3, 7, 6, 31}},
    {"media", {5, 4, 17, 10, 10, 13, 22, 2, 1, 16}},
};

static void departments_of(const char *top, uint16_t upto[DEPARTMENTS])
{
    size_t row = ANY_OTHER;
    uint16_t sum = 0;

    for (size_t i = 1; i < ARRAY_LEN(shares); i++) {
        if (str_eq(shares[i].top, top))
            row = i;
    }
    upto[0] = 0;
    for (int i = 1; i < DEPARTMENTS; i++) {
        sum = (uint16_t)(sum + shares[row].weights[i - 1]);
        upto[i] = sum;
    }
}

static size_t finest(const struct lookup_list *list)
{
    size_t longest = 0;

    for (size_t i = 0; i < list->n; i++) {
        size_t len = strlen(list->values[i].id);

        longest = len > longest ? len : longest;
    }
    return longest;
}

// The finest codes of a list that begin with any of the comma-separated groups.
static uint16_t *codes_of(const struct lookup_list *list, char *groups, uint32_t *n)
{
    VEC(uint16_t) codes = {0};
    size_t len = finest(list);
    char *group;

    while ((group = strsep(&groups, ","))) {
        for (size_t i = 0; i < list->n; i++) {
            const char *id = list->values[i].id;

            if (strlen(id) == len && str_starts(id, group))
                vec_push(&codes, (uint16_t)i);
        }
    }
    if (!codes.len)
        abort();
    *n = (uint32_t)codes.len;
    return codes.items;
}

static const char **words_of(char *text, uint32_t *n)
{
    VEC(const char *) words = {0};
    char *word;

    while ((word = strsep(&text, ",")))
        vec_push(&words, word);
    *n = (uint32_t)words.len;
    return words.items;
}

static void read_industry(struct world *w, const struct lookup_list *list, char *line)
{
    char *f[7], *top, *section;
    struct industry *it;

    words_split(line, f, ARRAY_LEN(f));
    it = &w->lore->industries[world_code(list, f[0])];
    top = mem_strndup(f[0], strcspn(f[0], "."));
    section = str_format("keyword %s", top);
    w->lore->industry_upto[it - w->lore->industries] = (uint32_t)atoi(f[1]);
    it->revenue_per_head = (uint32_t)atoi(f[2]);
    it->type = (uint8_t)world_code(world_list(w, "companytype"), f[3]);
    it->sics = codes_of(world_list(w, "siccode"), f[4], &it->n_sics);
    it->naics = codes_of(world_list(w, "naicscode"), f[5], &it->n_naics);
    it->words = words_of(f[6], &it->n_words);
    // mm and orgs have no element of their own above metals, mining, associations, ...
    it->top = lookup_find(list, top) < 0 ? world_code(list, f[0]) : world_code(list, top);
    it->keywords = words_get(w->words, "firms", section);
    if (!it->keywords->n)
        it->keywords = words_get(w->words, "firms", "keyword bizservice");
    departments_of(top, it->departments);
    free(section);
    free(top);
}

void world_industries_load(struct world *w)
{
    const struct lookup_list *list = world_list(w, "industry");
    const struct word_list *lines = words_get(w->words, "industries", "industries");
    struct world_lore *lore = w->lore;

    lore->n_industries = (uint32_t)list->n;
    lore->industries = mem_zalloc(list->n * sizeof(*lore->industries));
    lore->industry_upto = mem_zalloc(list->n * sizeof(*lore->industry_upto));
    for (size_t i = 0; i < lines->n; i++)
        read_industry(w, list, lines->lines[i]);
    for (uint32_t i = 1; i < lore->n_industries; i++)
        lore->industry_upto[i] += lore->industry_upto[i - 1];
}
