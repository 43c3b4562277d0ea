// Rankings of companies by revenue, as the companyranking list has them. One thread. Assumed:
// Fortune lists are of the United States, Global 500 of everywhere, America's Largest of its
// private firms, Russell 3000 of its public ones. Floor: sandbox/world.
#include <stdlib.h>

#include "base/mem.h"
#include "sandbox/world/lore.h"

static const struct {
    const char *id;
    uint32_t places;
    bool worldwide;
    const char *type; // of the companytype list, or NULL for all
} ranks[] = {
    {"fortune100", 100, false, NULL},      {"fortune500", 500, false, NULL},
    {"fortune1000", 1000, false, NULL},    {"global500", 500, true, NULL},
    {"private500", 500, false, "private"}, {"russell3000", 3000, false, "public"},
};

struct entry {
    uint32_t revenue, row;
};

static int by_revenue(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->revenue != y->revenue)
        return x->revenue > y->revenue ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void rank(struct world *w, const struct entry *sorted, size_t k)
{
    uint16_t usa = world_code(world_list(w, "country"), "usa");
    const struct lookup_list *list = world_list(w, "companyranking");
    int type = ranks[k].type ? world_code(world_list(w, "companytype"), ranks[k].type) : -1;
    uint8_t bit = (uint8_t)(1u << world_code(list, ranks[k].id));
    uint32_t left = ranks[k].places;

    for (uint32_t i = 0; i < w->n_companies && left && sorted[i].revenue; i++) {
        uint32_t row = sorted[i].row;

        if (!ranks[k].worldwide && world_company_place(w, row)->country_index != usa)
            continue;
        if (type >= 0 && w->companies.type[row] != type)
            continue;
        w->companies.rankings[row] |= bit;
        left--;
    }
}

void world_rank_companies(struct world *w)
{
    struct entry *sorted = mem_array(w->n_companies, sizeof(*sorted));

    for (uint32_t i = 0; i < w->n_companies; i++)
        sorted[i] = (struct entry){w->companies.revenue[i], i};
    qsort(sorted, w->n_companies, sizeof(*sorted), by_revenue);
    for (size_t k = 0; k < ARRAY_LEN(ranks); k++)
        rank(w, sorted, k);
    free(sorted);
}
