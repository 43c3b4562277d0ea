// The world's dictionaries and cultures out of the word lists, and how numbers are drawn. One
// thread while it is read, then any. Floor: sandbox/world.
#include "sandbox/world/lore.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static const char *const cultures[CULTURES] = {"en", "es", "fr", "de", "it", "nl", "sv",
                                               "pl", "pt", "tr", "vi", "el", "ru", "he",
                                               "ar", "hi", "zh", "ja", "ko", "th", "af"};

const struct lookup_list *world_list(const struct world *w, const char *path)
{
    const struct lookup_list *list = lookups_list(w->lookups, path);

    if (!list)
        abort();
    return list;
}

uint16_t world_code(const struct lookup_list *list, const char *id_or_name)
{
    int i = lookup_find(list, id_or_name);

    if (i < 0)
        abort();
    return (uint16_t)i;
}

uint8_t world_culture(const char *name)
{
    uint8_t i = 0;

    while (!str_eq(cultures[i], name)) {
        if (++i == CULTURES)
            abort();
    }
    return i;
}

static struct form form_of(char *line)
{
    char *fields[2];
    bool alone = !strchr(line, '|');

    words_split(line, fields, 2);
    return (struct form){fields[0], alone ? fields[0] : fields[1]};
}

static struct forms forms_of(struct world *w, const char *culture, const char *what)
{
    char *section = str_format("%s%s%s", culture, *culture ? " " : "", what);
    const struct word_list *list = words_get(w->words, "firms", section);
    struct forms f = {.items = mem_array(list->n + 1, sizeof(*f.items)), .n = (uint32_t)list->n};

    for (uint32_t i = 0; i < f.n; i++)
        f.items[i] = form_of(list->lines[i]);
    free(section);
    return f;
}

// Letters and digits of ASCII, small.
static char *ascii_of(const char *latin)
{
    struct str out = {0};

    for (const char *p = latin; *p; p++) {
        if (*p >= 'A' && *p <= 'Z') {
            str_add_char(&out, (char)(*p + ('a' - 'A')));
        } else if ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')) {
            str_add_char(&out, *p);
        }
    }
    return str_take(&out);
}

static void dict_add(struct world *w, struct world_dict *d, const char *text, const char *latin)
{
    d->words = mem_regrow(d->words, d->n + 1, sizeof(*d->words));
    d->words[d->n++] = (struct world_word){text, words_keep(w->words, ascii_of(latin))};
}

static struct world_dict dict_load(struct world *w, const char *file, const char *section)
{
    const struct word_list *list = words_get(w->words, file, section);
    struct world_dict d = {0};

    for (size_t i = 0; i < list->n; i++)
        dict_add(w, &d, list->lines[i], list->lines[i]);
    return d;
}

// Adds a section of names twice: as written there, and in plain Latin letters.
static void names_load(struct world *w, const char *culture, const char *what,
                       struct run runs[SCRIPTS])
{
    char *section = str_format("%s %s", culture, what);
    const struct word_list *list = words_get(w->words, "names", section);
    struct form *names = mem_array(list->n + 1, sizeof(*names));

    for (size_t i = 0; i < list->n; i++)
        names[i] = form_of(list->lines[i]);
    for (int script = 0; script < SCRIPTS; script++) {
        runs[script] = (struct run){w->names.n, (uint32_t)list->n};
        for (size_t i = 0; i < list->n; i++) {
            dict_add(w, &w->names, script == SCRIPT_OWN ? names[i].text : names[i].latin,
                     names[i].latin);
        }
    }
    free(names);
    free(section);
}

static void culture_load(struct world *w, struct culture *c, const char *name)
{
    names_load(w, name, "first", c->first);
    names_load(w, name, "last", c->last);
    c->roots = forms_of(w, name, "root");
    c->prefixes = forms_of(w, name, "prefix");
    c->suffixes = forms_of(w, name, "suffix");
    c->streets = words_get(w->words, "streets", name);
}

void world_lore_load(struct world *w)
{
    struct world_lore *lore = mem_zalloc(sizeof(*lore));
    struct run odd[SCRIPTS];

    w->words = words_load();
    w->lore = lore;
    for (int i = 0; i < CULTURES; i++)
        culture_load(w, &lore->cultures[i], cultures[i]);
    names_load(w, "odd", "first", odd);
    lore->odd_first = odd[SCRIPT_OWN];
    names_load(w, "odd", "last", odd);
    lore->odd_last = odd[SCRIPT_OWN];
    lore->prefixes = forms_of(w, "", "prefix");
    lore->stems = forms_of(w, "", "stem");
    lore->odd_firms = forms_of(w, "", "odd");
    w->schools = dict_load(w, "people", "schools");
    w->degrees = dict_load(w, "people", "degrees");
    w->areas = dict_load(w, "people", "areas");
    w->web_references = dict_load(w, "people", "web references");
    lore->openings = words_get(w->words, "firms", "opening");
    lore->middles = words_get(w->words, "firms", "middle");
    lore->closings = words_get(w->words, "firms", "closing");
    lore->odd_closings = words_get(w->words, "firms", "odd closing");
    lore->industry_list = world_list(w, "industry");
    lore->function_list = world_list(w, "jobfunction");
    lore->department_list = world_list(w, "department");
    lore->type_public = (uint8_t)world_code(world_list(w, "companytype"), "public");
    world_industries_load(w);
    world_titles_load(w);
    world_places_load(w);
}

static void culture_free(struct culture *c)
{
    free(c->roots.items);
    free(c->prefixes.items);
    free(c->suffixes.items);
}

void world_lore_free(struct world *w)
{
    struct world_lore *lore = w->lore;

    for (int i = 0; i < CULTURES; i++)
        culture_free(&lore->cultures[i]);
    for (uint32_t i = 0; i < lore->n_industries; i++) {
        free(lore->industries[i].sics);
        free(lore->industries[i].naics);
        free(lore->industries[i].words);
    }
    for (uint32_t i = 0; i < lore->n_countries; i++)
        free(lore->countries[i].upto);
    free(lore->industries);
    free(lore->industry_upto);
    free(lore->countries);
    free(lore->country_upto);
    free(lore->place_country);
    free(lore->place_zips);
    free(lore->prefixes.items);
    free(lore->stems.items);
    free(lore->odd_firms.items);
    free(lore);
    words_free(w->words);
}

struct rng world_stream(const struct world *w, enum world_stream stream, uint32_t row)
{
    return rng_seed(rng_mix(rng_mix(w->seed + 0x632be59bd9b4e019u * stream) ^ row));
}

bool draw_chance(struct rng *r, uint32_t per_mille)
{
    return rng_below(r, 1000) < per_mille;
}

uint32_t draw_skewed(struct rng *r, uint32_t n)
{
    uint64_t u = rng_next(r) >> 32;

    return (uint32_t)(((u * u >> 32) * n) >> 32);
}

uint32_t draw_age(struct rng *r, uint32_t n, int64_t elapsed)
{
    uint64_t drawn = rng_next(r), least = n / 8 + 1;
    uint64_t period = least + ((drawn >> 32) * (n - least + 1) >> 32);
    uint64_t age = (drawn & UINT32_MAX) * period >> 32;

    return (uint32_t)((age + (uint64_t)elapsed) % period);
}

uint32_t draw_weighted(struct rng *r, const uint32_t *upto, uint32_t n)
{
    uint32_t u = rng_below(r, upto[n - 1]), low = 0;

    while (n > 1) {
        uint32_t half = n / 2;

        if (upto[low + half - 1] <= u) {
            low += half;
            n -= half;
        } else {
            n = half;
        }
    }
    return low;
}

uint32_t draw_weighted16(struct rng *r, const uint16_t *upto, uint32_t n)
{
    uint32_t u = rng_below(r, upto[n - 1]), i = 0;

    while (upto[i] <= u)
        i++;
    return i;
}
