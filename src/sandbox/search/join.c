// Contacts and the companies they work or worked for. Floor: sandbox/search.
#include "sandbox/search/query.h"

#include <string.h>

size_t search_employers(const struct search_query *q, uint32_t contact, uint32_t *companies)
{
    const struct world_contacts *c = &q->search->world->contacts;
    size_t n = 0;

    if (q->employer != EMPLOYER_PAST)
        companies[n++] = c->company[contact];
    for (size_t i = 0; i < WORLD_PASTS && q->employer != EMPLOYER_PRESENT; i++) {
        if (c->past[contact][i] != WORLD_NONE)
            companies[n++] = c->past[contact][i];
    }
    return n;
}

void search_join(struct search_query *q)
{
    const struct world *w = q->search->world;
    const struct filter_column present = {w->contacts.company, sizeof(uint32_t), 1, 1};
    const struct filter_column past = {w->contacts.past, sizeof(uint32_t), WORLD_PASTS,
                                       WORLD_PASTS};
    uint8_t *pass;

    if (q->entity != SEARCH_CONTACT ||
        (q->companies.groups.len == 0 && q->employer == EMPLOYER_PRESENT))
        return;
    pass = filter_table(&q->contacts, w->n_companies);
    memset(pass, 1, w->n_companies);
    filter_run(&q->companies, w->n_companies, pass);
    filter_add(&q->contacts, NULL,
               filter_in_table(q->employer == EMPLOYER_PAST ? past : present, pass, w->n_companies),
               false);
    if (q->employer == EMPLOYER_EITHER)
        filter_or(&q->contacts, filter_in_table(past, pass, w->n_companies));
}
