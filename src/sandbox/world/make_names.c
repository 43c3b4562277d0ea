// Names of firms, and the first part of their domains. Any thread. Floor: sandbox/world.
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "sandbox/world/lore.h"

enum { SLUG_MAX = 24 };

// A name that grows, with its plain Latin form beside it.
struct naming {
    const struct world *w;
    struct rng *r;
    const struct culture *culture;
    const struct industry *industry;
    const struct world_place *place;
    struct str *text, latin;
};

static void add(struct naming *n, const char *text, const char *latin)
{
    str_add(n->text, text);
    str_add(&n->latin, latin);
}

static const struct form *draw_form(struct rng *r, const struct forms *f)
{
    return &f->items[rng_below(r, f->n)];
}

static void add_word(struct naming *n)
{
    const char *word = n->industry->words[draw_skewed(n->r, n->industry->n_words)];

    add(n, " ", "");
    add(n, word, word);
}

static void add_suffix(struct naming *n)
{
    if (n->culture->suffixes.n && draw_chance(n->r, 650)) {
        const struct form *suffix =
            &n->culture->suffixes.items[draw_skewed(n->r, n->culture->suffixes.n)];

        add(n, suffix->text, "");
    }
}

// "Brightwater Software, Inc."
static void name_compound(struct naming *n)
{
    const struct form *prefix = draw_form(n->r, &n->w->lore->prefixes);
    const struct form *stem = draw_form(n->r, &n->w->lore->stems);

    add(n, prefix->text, prefix->latin);
    add(n, stem->text, stem->latin);
    if (draw_chance(n->r, 850))
        add_word(n);
    add_suffix(n);
}

// "Hoffmann Logistics GmbH", "Ashworth & Sons"
static void name_surname(struct naming *n)
{
    struct run last = n->culture->last[SCRIPT_LATIN];
    const struct world_word *word = &n->w->names.words[last.first + rng_below(n->r, last.n)];

    add(n, word->text, word->ascii);
    if (draw_chance(n->r, 150)) {
        add(n, " & Sons", "sons");
    } else {
        add_word(n);
        add_suffix(n);
    }
}

// "Springfield City Council"
static void name_town(struct naming *n)
{
    add(n, n->place->city, n->place->city);
    add_word(n);
}

// A firm of another culture: what stands before, a root, now and then a word, a suffix.
static void name_cultural(struct naming *n)
{
    const struct form *root = draw_form(n->r, &n->culture->roots);

    if (n->culture->prefixes.n && draw_chance(n->r, 800))
        add(n, draw_form(n->r, &n->culture->prefixes)->text, "");
    add(n, root->text, root->latin);
    if (!n->culture->prefixes.n && str_eq(root->text, root->latin) && draw_chance(n->r, 600))
        add_word(n);
    add_suffix(n);
}

static bool is_public_body(const struct naming *n)
{
    static const char *const types[] = {"education", "government", "npo"};
    const char *type = world_list(n->w, "companytype")->values[n->industry->type].id;

    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (str_eq(type, types[i]))
            return true;
    }
    return false;
}

static void name_draw(struct naming *n)
{
    const struct forms *odd = &n->w->lore->odd_firms;

    if (draw_chance(n->r, 4)) {
        const struct form *form = draw_form(n->r, odd);

        add(n, form->text, form->latin);
    } else if (is_public_body(n) && draw_chance(n->r, 550)) {
        name_town(n);
    } else if (n->culture->roots.n && draw_chance(n->r, 600)) {
        name_cultural(n);
    } else if (draw_chance(n->r, 220)) {
        name_surname(n);
    } else {
        name_compound(n);
    }
}

// Small letters and digits, or "firm" where there are none ("خ" of a town's own name).
static void add_slug(const char *latin, struct str *texts)
{
    size_t start = texts->len;

    for (const char *p = latin; *p && texts->len - start < SLUG_MAX; p++) {
        if (*p >= 'A' && *p <= 'Z') {
            str_add_char(texts, (char)(*p + ('a' - 'A')));
        } else if ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')) {
            str_add_char(texts, *p);
        }
    }
    if (texts->len == start)
        str_add(texts, "firm");
}

void world_make_name(const struct world *w, struct rng *r, uint32_t company, struct str *texts)
{
    const struct world_place *place = world_company_place(w, company);
    struct naming n = {.w = w,
                       .r = r,
                       .culture = &w->lore->cultures[place->culture],
                       .industry = &w->lore->industries[w->companies.industry[company][0]],
                       .place = place,
                       .text = texts};

    name_draw(&n);
    str_add_char(texts, '\0');
    add_slug(str_text(&n.latin), texts);
    str_add_char(texts, '\0');
    str_free(&n.latin);
}
