// Texts made from row and seed: names, addresses, streets, links, descriptions. Any thread.
// Assumed: a business address is of the company's domain, a private one of mail.example.org; all
// people of a firm have addresses of one pattern, numbered in larger firms. Floor: sandbox/world.
#include "sandbox/world/text.h"

#include <string.h>

#include "base/mem.h"
#include "sandbox/world/lore.h"
#include "sandbox/world/write.h"

enum {
    NUMBERED_FROM = 12, // the twelfth colleague and later ones have a number in their address
    LATEST_FOUNDING = 2001
};

void world_contact_full_name(const struct world *w, uint32_t contact, bool middle, struct str *out)
{
    const struct world_contacts *c = &w->contacts;

    str_add(out, w->names.words[c->first[contact]].text);
    str_add_char(out, ' ');
    if (middle && c->middle[contact]) {
        str_add_char(out, (char)c->middle[contact]);
        str_add(out, ". ");
    }
    str_add(out, w->names.words[c->last[contact]].text);
}

static const char *slug_of(const struct world *w, uint32_t company)
{
    const char *name = world_company_name(w, company);

    return name + strlen(name) + 1;
}

void world_company_domain(const struct world *w, uint32_t company, struct str *out)
{
    static const char *const endings[] = {".example", ".example.com", ".example",
                                          ".example", ".example.net", ".example",
                                          ".example", ".example.org"};

    str_add(out, slug_of(w, company));
    str_add_char(out, '-');
    write_digits(out, company + 1, 10);
    str_add(out, endings[company % ARRAY_LEN(endings)]);
}

void world_company_website(const struct world *w, uint32_t company, struct str *out)
{
    if (!(w->companies.flags[company] & COMPANY_WEBSITE))
        return;
    str_add(out, "www.");
    world_company_domain(w, company, out);
}

static void add_local_part(const struct world *w, uint32_t contact, struct str *out)
{
    enum { FIRST_DOT_LAST, INITIAL_LAST, FIRST_UNDERLINE_LAST, LAST_INITIAL, PATTERNS };
    uint32_t company = w->contacts.company[contact];
    uint32_t nth = contact - w->companies.first_contact[company];
    const char *first = w->names.words[w->contacts.first[contact]].ascii;
    const char *last = w->names.words[w->contacts.last[contact]].ascii;

    first = *first ? first : "mail";
    last = *last ? last : "desk";
    switch (rng_mix(w->seed ^ company) % PATTERNS) {
    case FIRST_DOT_LAST:
        str_add(out, first);
        str_add_char(out, '.');
        str_add(out, last);
        break;
    case INITIAL_LAST:
        str_add_char(out, *first);
        str_add(out, last);
        break;
    case FIRST_UNDERLINE_LAST:
        str_add(out, first);
        str_add_char(out, '_');
        str_add(out, last);
        break;
    default:
        str_add(out, last);
        str_add_char(out, *first);
        break;
    }
    if (nth >= NUMBERED_FROM)
        write_digits(out, nth, 10);
}

void world_contact_email(const struct world *w, uint32_t contact, struct str *out)
{
    if (!(w->contacts.flags[contact] & CONTACT_EMAIL))
        return;
    add_local_part(w, contact, out);
    str_add_char(out, '@');
    world_company_domain(w, w->contacts.company[contact], out);
}

void world_contact_supplemental(const struct world *w, uint32_t contact, struct str *out)
{
    const char *first = w->names.words[w->contacts.first[contact]].ascii;

    if (!(w->contacts.flags[contact] & CONTACT_SUPPLEMENTAL))
        return;
    str_add(out, *first ? first : "mail");
    str_add_char(out, '.');
    write_digits(out, contact, 36);
    str_add(out, "@mail.example.org");
}

void world_contact_link(const struct world *w, uint32_t contact, struct str *out)
{
    if (!(w->contacts.flags[contact] & CONTACT_LINKS))
        return;
    str_add(out, "https://people.example.com/in/");
    str_add(out, w->names.words[w->contacts.first[contact]].ascii);
    str_add_char(out, '-');
    str_add(out, w->names.words[w->contacts.last[contact]].ascii);
    str_add_char(out, '-');
    write_digits(out, contact, 36);
}

static void add_street(const struct world *w, enum world_stream stream, uint32_t row,
                       const struct world_place *place, struct str *out)
{
    struct rng r = world_stream(w, stream, row);
    const struct word_list *streets = w->lore->cultures[place->culture].streets;
    const char *street = streets->lines[draw_skewed(&r, (uint32_t)streets->n)];
    const char *hole = strstr(street, "{n}");

    str_add_len(out, street, (size_t)(hole - street));
    write_digits(out, 1 + draw_skewed(&r, place->culture == CULTURE_EN ? 9900 : 240), 10);
    str_add(out, hole + 3);
}

void world_contact_street(const struct world *w, uint32_t contact, struct str *out)
{
    if (w->contacts.flags[contact] & CONTACT_PARTIAL)
        return;
    add_street(w, STREAM_CONTACT_TEXT, contact, world_contact_place(w, contact), out);
}

void world_company_street(const struct world *w, uint32_t company, struct str *out)
{
    if (w->companies.flags[company] & COMPANY_STREET)
        add_street(w, STREAM_STREET, company, world_company_place(w, company), out);
}

// What the {holes} of a sentence stand for.
struct holes {
    const struct world *w;
    uint32_t company;
    const char *keyword, *industry;
};

static void add_hole(const struct holes *h, const char *name, size_t len, struct str *out)
{
    const struct world_place *place = world_company_place(h->w, h->company);
    uint16_t founded = h->w->companies.founded[h->company];
    const struct {
        const char *name, *text;
    } holes[] = {{"name", world_company_name(h->w, h->company)},
                 {"industry", h->industry},
                 {"city", place->city},
                 {"country", place->country},
                 {"keyword", h->keyword}};

    for (size_t i = 0; i < ARRAY_LEN(holes); i++) {
        if (len == strlen(holes[i].name) && !memcmp(holes[i].name, name, len))
            str_add(out, holes[i].text);
    }
    if (len == strlen("founded") && !memcmp("founded", name, len))
        write_digits(out, founded ? founded : LATEST_FOUNDING, 10);
}

static void add_sentence(const struct holes *h, const char *sentence, struct str *out)
{
    const char *open, *shut;

    while ((open = strchr(sentence, '{')) && (shut = strchr(open, '}'))) {
        str_add_len(out, sentence, (size_t)(open - sentence));
        add_hole(h, open + 1, (size_t)(shut - open) - 1, out);
        sentence = shut + 1;
    }
    str_add(out, sentence);
}

static const char *draw_line(struct rng *r, const struct word_list *list)
{
    return list->lines[rng_below(r, (uint32_t)list->n)];
}

void world_company_description(const struct world *w, uint32_t company, struct str *out)
{
    struct rng r = world_stream(w, STREAM_DESCRIPTION, company);
    uint16_t industry = w->companies.industry[company][0];
    struct holes h = {w, company, draw_line(&r, w->lore->industries[industry].keywords),
                      w->lore->industry_list->values[industry].name};

    if (!(w->companies.flags[company] & COMPANY_DESCRIPTION))
        return;
    add_sentence(&h, draw_line(&r, w->lore->openings), out);
    str_add_char(out, ' ');
    h.keyword = draw_line(&r, w->lore->industries[industry].keywords);
    add_sentence(&h, draw_line(&r, w->lore->middles), out);
    if (draw_chance(&r, 600)) {
        str_add_char(out, ' ');
        add_sentence(&h, draw_line(&r, w->lore->closings), out);
    }
    if (draw_chance(&r, 15))
        str_add(out, draw_line(&r, w->lore->odd_closings));
}
