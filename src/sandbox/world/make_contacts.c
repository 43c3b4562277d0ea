// The contacts: their columns, company after company, by several threads: every row has its own
// stream of numbers, so the shares of the threads do not show. Floor: sandbox/world.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "sandbox/world/lore.h"

enum {
    YEAR_MINUTES = 365 * 24 * 60,
    YEARS_MAX = 45,
    SMALL = 20, // employees of a firm where every third is a chief
    THREADS_MAX = 16
};

// Levels in per mille, C first, for small and for larger firms.
static const uint16_t levels_small[LEVELS] = {300, 330, 410, 580, 980, 1000};
static const uint16_t levels_large[LEVELS] = {30, 100, 240, 500, 988, 1000};

// Whose names the people of an English-speaking country have, in per mille.
static const struct {
    const char *culture;
    uint16_t share;
} mixed[] = {{"en", 690}, {"es", 110}, {"hi", 50}, {"zh", 35}, {"de", 25}, {"it", 25}, {"fr", 15},
             {"ar", 12},  {"pl", 10},  {"ko", 8},  {"vi", 8},  {"nl", 4},  {"ru", 4},  {"he", 4}};

// CONTACT_* that are drawn by themselves, in per mille.
static const struct {
    uint16_t flag, share;
} shares[] = {
    {CONTACT_EMAIL, 800},  {CONTACT_SUPPLEMENTAL, 220},  {CONTACT_DIRECT, 380},
    {CONTACT_MOBILE, 450}, {CONTACT_PARTIAL, 55},        {CONTACT_OPT_OUT, 10},
    {CONTACT_MOVED, 30},   {CONTACT_MAY_HAVE_MOVED, 80}, {CONTACT_LINKS, 550},
    {CONTACT_PICTURE, 60}, {CONTACT_BOARD, 6},
};

struct maker {
    struct world *w;
    uint32_t *site; // a site of each company, or WORLD_NONE
    uint8_t mixed[ARRAY_LEN(mixed)];
    uint32_t mixed_upto[ARRAY_LEN(mixed)];
    uint8_t bands[YEARS_MAX + 1]; // of the years-of-experience list, by years
    uint32_t skills;
};

struct part {
    const struct maker *maker;
    uint32_t from, to; // companies
    pthread_t thread;
};

static void columns_open(struct world *w)
{
    struct world_contacts *c = &w->contacts;
    size_t n = (size_t)w->n_contacts + 1;

#define COLUMN(name) c->name = mem_array(n, sizeof(*c->name))
    COLUMN(company), COLUMN(location), COLUMN(past), COLUMN(first);
    COLUMN(last), COLUMN(middle), COLUMN(title), COLUMN(zip);
    COLUMN(score), COLUMN(sources), COLUMN(flags), COLUMN(updated);
    COLUMN(valid), COLUMN(position_start), COLUMN(school), COLUMN(degree);
    COLUMN(years), COLUMN(years_band), COLUMN(skills), COLUMN(web_reference);
    COLUMN(engagement), COLUMN(engagement_day);
#undef COLUMN
}

// "0-1", "10-14", "30+": each value holds from its first number on.
static void bands_load(struct maker *m)
{
    const struct lookup_list *list = world_list(m->w, "years-of-experience");

    for (int years = 0; years <= YEARS_MAX; years++) {
        for (size_t i = 0; i < list->n; i++) {
            if (atoi(list->values[i].id) <= years)
                m->bands[years] = (uint8_t)i;
        }
    }
}

static void maker_open(struct maker *m, struct world *w)
{
    const struct world_companies *c = &w->companies;
    uint8_t location = (uint8_t)world_code(world_list(w, "subunittypes"), "LOCATION");
    uint32_t sum = 0;

    *m = (struct maker){.w = w, .skills = (uint32_t)world_list(w, "tech-skills")->n};
    m->site = mem_array(w->n_companies, sizeof(*m->site));
    for (uint32_t i = 0; i < w->n_companies; i++)
        m->site[i] = WORLD_NONE;
    for (uint32_t i = 0; i < w->n_companies; i++) {
        if (c->sub_unit[i] == location)
            m->site[c->parent[i]] = i;
    }
    for (size_t i = 0; i < ARRAY_LEN(mixed); i++) {
        m->mixed[i] = world_culture(mixed[i].culture);
        m->mixed_upto[i] = sum += mixed[i].share;
    }
    bands_load(m);
}

static uint8_t culture_at(const struct maker *m, struct rng *r, uint16_t zip)
{
    uint8_t own = m->w->places[m->w->zips[zip].place].culture;

    if (own == CULTURE_EN)
        return m->mixed[draw_weighted(r, m->mixed_upto, ARRAY_LEN(mixed))];
    return draw_chance(r, 900) ? own : CULTURE_EN;
}

static uint16_t draw_run(struct rng *r, struct run run)
{
    return (uint16_t)(run.first + draw_skewed(r, run.n));
}

// At home most write themselves as the culture does; abroad in Latin letters.
static void make_name(const struct maker *m, struct rng *r, uint32_t i)
{
    struct world_contacts *c = &m->w->contacts;
    const struct world_lore *lore = m->w->lore;
    uint8_t k = culture_at(m, r, c->zip[i]);
    bool home = m->w->places[m->w->zips[c->zip[i]].place].culture == k;
    enum script script = draw_chance(r, home ? 720 : 60) ? SCRIPT_OWN : SCRIPT_LATIN;
    uint32_t odd = rng_below(r, 1000);

    c->first[i] = draw_run(r, lore->cultures[k].first[script]);
    c->last[i] = draw_run(r, lore->cultures[k].last[script]);
    c->middle[i] = 0;
    if (script == SCRIPT_LATIN && draw_chance(r, 300))
        c->middle[i] = (uint8_t)('A' + rng_below(r, 26));
    if (odd < 3)
        c->first[i] = (uint16_t)(lore->odd_first.first + rng_below(r, lore->odd_first.n));
    if (odd > 996)
        c->last[i] = (uint16_t)(lore->odd_last.first + rng_below(r, lore->odd_last.n));
}

static void make_title(const struct maker *m, struct rng *r, uint32_t i)
{
    struct world_contacts *c = &m->w->contacts;
    const struct world_lore *lore = m->w->lore;
    uint32_t employees = m->w->companies.employees[c->company[i]];
    uint32_t level = draw_weighted16(r, employees < SMALL ? levels_small : levels_large, LEVELS);
    uint32_t department = 0;
    const struct industry *it = &lore->industries[m->w->companies.industry[c->company[i]][0]];

    if (level != LEVEL_C && level != LEVEL_BOARD)
        department = draw_weighted16(r, it->departments, DEPARTMENTS);
    c->title[i] =
        draw_run(r, draw_chance(r, 3) ? lore->odd_titles : lore->titles[level][department]);
}

// The firm's own town, another one of the country, anywhere; and the site worked at.
static void make_place(const struct maker *m, struct rng *r, uint32_t i)
{
    struct world_contacts *c = &m->w->contacts;
    uint32_t company = c->company[i], where = rng_below(r, 100);
    uint16_t place;

    c->location[i] = company;
    if (m->site[company] != WORLD_NONE && draw_chance(r, 300))
        c->location[i] = m->site[company];
    place = m->w->zips[m->w->companies.zip[c->location[i]]].place;
    if (where >= 92) {
        place = world_draw_place(m->w, r);
    } else if (where >= 70) {
        place = world_draw_place_near(m->w, r, place);
    }
    c->zip[i] = world_draw_zip(m->w, r, place);
}

// A partial profile has no way to reach the person.
static void make_flags(const struct maker *m, struct rng *r, uint32_t i)
{
    struct world_contacts *c = &m->w->contacts;
    const struct world_title *title = &m->w->titles[c->title[i]];
    bool eu = m->w->places[m->w->zips[c->zip[i]].place].flags & PLACE_EU;
    uint16_t flags = 0;

    for (size_t s = 0; s < ARRAY_LEN(shares); s++)
        flags |= draw_chance(r, shares[s].share) ? shares[s].flag : 0;
    if (flags & CONTACT_PARTIAL) {
        flags &=
            (uint16_t) ~(CONTACT_EMAIL | CONTACT_SUPPLEMENTAL | CONTACT_DIRECT | CONTACT_MOBILE);
    }
    if ((flags & CONTACT_DIRECT) && draw_chance(r, 90))
        flags |= CONTACT_DIRECT_DNC;
    if ((flags & CONTACT_MOBILE) && draw_chance(r, 140))
        flags |= CONTACT_MOBILE_DNC;
    if (eu && draw_chance(r, 850))
        flags |= CONTACT_NOTIFIED;
    if (title->buying_groups && draw_chance(r, 500))
        flags |= CONTACT_BUYING_COMMITTEE;
    if (title->level == LEVEL_BOARD)
        flags |= CONTACT_BOARD;
    if (title->level <= LEVEL_VP || (flags & CONTACT_BOARD))
        flags |= CONTACT_EXECUTIVE;
    c->flags[i] = flags;
}

static void make_standing(const struct maker *m, struct rng *r, uint32_t i)
{
    struct world_contacts *c = &m->w->contacts;
    int64_t minutes = world_minutes(m->w);

    c->score[i] = (uint8_t)(99 - draw_skewed(r, 30));
    c->sources[i] = (uint8_t)(1 + draw_skewed(r, 40));
    c->updated[i] = draw_age(r, 2 * YEAR_MINUTES, minutes);
    c->valid[i] = draw_age(r, 3 * YEAR_MINUTES, minutes);
    c->engagement[i] = WORLD_NONE8;
    c->engagement_day[i] = WORLD_NEVER;
    if (draw_chance(r, 80)) {
        c->engagement[i] = (uint8_t)rng_below(r, WORLD_ENGAGEMENTS);
        c->engagement_day[i] = (uint16_t)draw_age(r, 730, world_days(m->w));
    }
    c->web_reference[i] = WORLD_NONE8;
    if (draw_chance(r, 120))
        c->web_reference[i] = (uint8_t)draw_skewed(r, m->w->web_references.n);
}

static void make_career(const struct maker *m, struct rng *r, uint32_t i)
{
    struct world_contacts *c = &m->w->contacts;
    const struct world_title *title = &m->w->titles[c->title[i]];
    uint32_t senior = title->level <= LEVEL_DIRECTOR ? 10 : 0;
    uint32_t n = rng_below(r, 1000), skilled = 60;

    c->years[i] = (uint8_t)(senior + draw_skewed(r, YEARS_MAX + 1 - senior));
    c->years_band[i] = m->bands[c->years[i]];
    c->position_start[i] = (uint16_t)draw_age(r, 365 * (1 + c->years[i] / 2u), world_days(m->w));
    c->past[i][0] = n < 550 ? rng_below(r, m->w->n_companies) : WORLD_NONE;
    c->past[i][1] = n < 250 ? rng_below(r, m->w->n_companies) : WORLD_NONE;
    c->school[i] = WORLD_NONE16;
    c->degree[i] = WORLD_NONE8;
    if (draw_chance(r, 550)) {
        c->school[i] = (uint16_t)draw_skewed(r, m->w->schools.n);
        c->degree[i] = (uint8_t)draw_skewed(r, m->w->degrees.n);
    }
    if (title->department == 5 || title->department == 6)
        skilled = 650;
    for (int s = 0; s < WORLD_SKILLS; s++) {
        c->skills[i][s] = WORLD_NONE16;
        if (draw_chance(r, skilled) && (!s || c->skills[i][s - 1] != WORLD_NONE16))
            c->skills[i][s] = (uint16_t)draw_skewed(r, m->skills);
    }
}

static void make_row(const struct maker *m, uint32_t company, uint32_t i)
{
    struct rng r = world_stream(m->w, STREAM_CONTACT, i);

    m->w->contacts.company[i] = company;
    make_place(m, &r, i);
    make_title(m, &r, i);
    make_name(m, &r, i);
    make_flags(m, &r, i);
    make_standing(m, &r, i);
    make_career(m, &r, i);
}

static void *make_part(void *of)
{
    const struct part *p = of;
    const uint32_t *first = p->maker->w->companies.first_contact;

    for (uint32_t company = p->from; company < p->to; company++) {
        for (uint32_t i = first[company]; i < first[company + 1]; i++)
            make_row(p->maker, company, i);
    }
    return NULL;
}

// The first company of part t of n, so that each part has about as many contacts.
static uint32_t part_from(const struct world *w, uint32_t t, uint32_t n)
{
    uint64_t contacts = (uint64_t)w->n_contacts * t / n;
    uint32_t company = 0;

    while (company < w->n_companies && w->companies.first_contact[company] < contacts)
        company++;
    return t == n ? w->n_companies : company;
}

void world_make_contacts(struct world *w, unsigned threads)
{
    struct part parts[THREADS_MAX];
    uint32_t n = threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : threads;
    struct maker m;

    columns_open(w);
    maker_open(&m, w);
    for (uint32_t t = 0; t < n; t++) {
        parts[t] = (struct part){&m, part_from(w, t, n), part_from(w, t + 1, n), 0};
        if (t && pthread_create(&parts[t].thread, NULL, make_part, &parts[t]))
            abort();
    }
    make_part(&parts[0]);
    for (uint32_t t = 1; t < n; t++)
        pthread_join(parts[t].thread, NULL);
    free(m.site);
}
