// Inputs about places: where a person lives, where headquarters are. Floor: sandbox/search.

// Assumed where FACTS are silent or at odds: locationSearchType is PersonOrHQ where it is left out,
// and HQ is all there is in a company search; all conditions must hold at the same place, but state
// and country are ORed (FACTS 5: "Company search with state and country together acts as OR");
// excludedRegions refuses whoever has one of the places looked at there; a place that a company
// does not show is unknown.
#include "sandbox/search/kinds.h"

#include "base/mem.h"

enum { ZIPS = 65536, ANY_FLAGS = 0xffff };

uint8_t *search_place_test(struct search_query *q, const struct search_input *in)
{
    struct place_test test = {
        .owner = in,
        .zips = filter_table(&q->contacts, ZIPS),
        .needs = in->which,
        .alternative = in->alternative,
        .excluded = in->negated,
    };

    vec_push(&q->places, test);
    return test.zips;
}

// Does a zip area fit the tests of one kind (of one owner, unless NULL), as far as flags tell where
// it is?
static bool zip_fits(const struct search_query *q, const struct search_input *owner, bool excluded,
                     uint16_t zip, unsigned flags)
{
    const struct place_test *t;
    bool alternatives = false, one = false, fits;

    for (size_t i = 0; i < q->places.len; i++) {
        t = &q->places.items[i];
        if (t->excluded != excluded || (owner && t->owner != owner))
            continue;
        fits = zip != WORLD_NONE16 && t->zips[zip] && (flags & t->needs) == t->needs;
        if (excluded && fits)
            return true;
        if (!t->alternative && !fits && !excluded)
            return false;
        alternatives = alternatives || t->alternative;
        one = one || (t->alternative && fits);
    }
    return !excluded && (!alternatives || one);
}

// An exclusion looks at each place by itself: AND would let those through who are half there.
static enum filter_place place_of(const struct search_query *q, bool excluded)
{
    if (excluded && q->place == PLACE_HOME_AND_HQ)
        return PLACE_HOME_OR_HQ;
    return q->place;
}

static const uint8_t *hq_rows(const struct search_query *q, struct filter_list *owner,
                              bool excluded)
{
    const struct world_companies *c = &q->search->world->companies;
    uint32_t n = q->search->world->n_companies;
    uint8_t *rows = filter_table(owner, n);

    for (uint32_t i = 0; i < n; i++)
        rows[i] = zip_fits(q, NULL, excluded, c->zip[i], c->flags[i]);
    return rows;
}

static void add_places(struct search_query *q, bool excluded)
{
    const struct world *w = q->search->world;
    struct filter_column home = {w->contacts.zip, sizeof(uint16_t), 1, 1};
    uint8_t *homes;

    if (q->entity == SEARCH_COMPANY) {
        filter_add(&q->companies, NULL, filter_in_rows(hq_rows(q, &q->companies, excluded)),
                   excluded);
        return;
    }
    homes = filter_table(&q->contacts, ZIPS);
    for (uint32_t i = 0; i < w->n_zips; i++)
        homes[i] = zip_fits(q, NULL, excluded, (uint16_t)i, ANY_FLAGS);
    filter_add(&q->contacts, NULL,
               filter_at_place(home, homes, w->contacts.company, hq_rows(q, &q->contacts, excluded),
                               place_of(q, excluded)),
               excluded);
}

void search_places_finish(struct search_query *q)
{
    bool has[2] = {false, false};

    for (size_t i = 0; i < q->places.len; i++)
        has[q->places.items[i].excluded] = true;
    for (int excluded = 0; excluded < 2; excluded++) {
        if (has[excluded])
            add_places(q, excluded);
    }
}

bool search_place_holds(const struct search_query *q, const struct search_input *owner,
                        const struct search_record *r)
{
    const struct world *w = q->search->world;
    bool excluded = owner && owner->negated;
    uint16_t home = r->contact == WORLD_NONE ? WORLD_NONE16 : w->contacts.zip[r->contact];
    enum filter_place place = r->contact == WORLD_NONE ? PLACE_HQ : place_of(q, excluded);
    bool at_hq =
        zip_fits(q, owner, excluded, w->companies.zip[r->company], w->companies.flags[r->company]);

    return filter_place_fits(place, home != WORLD_NONE16,
                             zip_fits(q, owner, excluded, home, ANY_FLAGS), at_hq) != excluded;
}

static void show_at(const struct search *s, uint16_t zip, unsigned flags, struct str *out)
{
    const struct world *w = s->world;
    const struct world_place *place;

    if (zip == WORLD_NONE16)
        return;
    place = &w->places[w->zips[zip].place];
    str_addf(out, "%s, %s, %s, %s, %s, %s", place->city,
             place->metro_index == WORLD_NONE16
                 ? ""
                 : search_list(s, "metroarea")->values[place->metro_index].id,
             flags & COMPANY_STATE ? place->state : "",
             flags & COMPANY_ZIP ? w->zips[zip].code : "",
             flags & COMPANY_COUNTRY ? place->country : "", place->continent);
}

void search_place_show(const struct search *s, const struct search_input *in,
                       const struct search_record *r, struct str *out)
{
    (void)in;
    if (r->contact != WORLD_NONE) {
        str_add(out, "person: ");
        show_at(s, s->world->contacts.zip[r->contact], ANY_FLAGS, out);
        str_add(out, "; ");
    }
    str_add(out, "hq: ");
    show_at(s, s->world->companies.zip[r->company], s->world->companies.flags[r->company], out);
}

static bool compile_where(struct search_query *q, const struct search_input *in,
                          const json_t *value)
{
    static const char *const names[] = {
        [PLACE_HOME_OR_HQ] = "PersonOrHQ",
        [PLACE_HOME_AND_HQ] = "PersonAndHQ",
        [PLACE_HOME] = "Person",
        [PLACE_HQ] = "HQ",
        [PLACE_HOME_THEN_HQ] = "PersonThenHQ",
    };
    int choice = search_choose(q, in, value, names, ARRAY_LEN(names));

    q->place = choice < 0 ? PLACE_HOME_OR_HQ : (enum filter_place)choice;
    return choice >= 0;
}

static bool compile_radius(struct search_query *q, const struct search_input *in,
                           const json_t *value)
{
    static const char *const names[] = {"10", "25", "50", "100", "250"};
    static const int miles[] = {10, 25, 50, 100, 250};
    int choice = search_choose(q, in, value, names, ARRAY_LEN(names));

    if (choice < 0)
        return false;
    q->radius_miles = miles[choice];
    return json_object_get(q->inputs, "zipCode") ||
           search_refuse(q, in, "zipCodeRadiusMiles needs zipCode");
}

const struct search_kind kind_where = {compile_where, search_place_show, true};
const struct search_kind kind_radius = {compile_radius, search_place_show, true};
