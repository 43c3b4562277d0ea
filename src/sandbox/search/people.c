// Inputs that hold texts of people. Assumed where FACTS are silent: names of people are whole (a
// first name, not its start); titles, schools and degrees hold the phrase as whole words.
// Floor: sandbox/search.
#include "sandbox/search/kinds.h"

#include <ctype.h>
#include <stdlib.h>

#include "sandbox/search/filter_text.h"
#include "sandbox/search/filter_value.h"
#include "sandbox/world/text.h"

enum { ENTRIES_16 = 65536 };

static bool text_fits(const struct text_query *expression, const char *text,
                      const struct search_input *in)
{
    char *folded = text_fold_quick(text);
    bool fits = text_query_holds(expression, text_query_found(expression, folded, in->has));

    free(folded);
    return fits;
}

static bool compile_title_text(struct search_query *q, const struct search_input *in,
                               const json_t *value)
{
    const struct world *w = q->search->world;
    struct text_query expression;
    uint8_t *titles;

    if (!search_expression(q, in, value, &expression))
        return false;
    titles = filter_table(&q->contacts, ENTRIES_16);
    for (uint32_t i = 0; i < w->n_titles; i++)
        titles[i] = text_fits(&expression, w->titles[i].text, in);
    filter_add(&q->contacts, in, filter_in_table(search_column(q->search, in), titles, ENTRIES_16),
               in->negated);
    text_query_free(&expression);
    return true;
}

static void show_title_text(const struct search *s, const struct search_input *in,
                            const struct search_record *r, struct str *out)
{
    (void)in;
    str_add(out, s->world->titles[s->world->contacts.title[r->contact]].text);
}

static const struct world_dict *dict_of(const struct search *s, const struct search_input *in)
{
    const struct world_dict *dicts[] = {
        [DICT_NAMES] = &s->world->names,
        [DICT_SCHOOLS] = &s->world->schools,
        [DICT_DEGREES] = &s->world->degrees,
        [DICT_REFERENCES] = &s->world->web_references,
    };

    return dicts[in->which];
}

// table[word] |= bit for each word of the dictionary that is (or has) the text, in its own letters
// or in ASCII ones.
static void mark_words(const struct world_dict *dict,
                       bool (*has)(const char *folded, const char *phrase), const char *text,
                       uint8_t bit, uint8_t *table)
{
    char *phrase = text_fold_quick(text), *folded;

    for (uint32_t i = 0; i < dict->n; i++) {
        folded = text_fold_quick(dict->words[i].text);
        if (has(folded, phrase) || has(dict->words[i].ascii, phrase))
            table[i] |= bit;
        free(folded);
    }
    free(phrase);
}

static bool compile_word(struct search_query *q, const struct search_input *in, const json_t *value)
{
    struct value_list values = search_values(value);
    uint8_t *table = filter_table(&q->contacts, ENTRIES_16);

    for (size_t i = 0; i < values.n; i++)
        mark_words(dict_of(q->search, in), in->has, values.items[i], 1, table);
    value_list_free(&values);
    filter_add(&q->contacts, in, filter_in_table(search_column(q->search, in), table, ENTRIES_16),
               in->negated);
    return true;
}

static void show_word(const struct search *s, const struct search_input *in,
                      const struct search_record *r, struct str *out)
{
    const void *cells = search_cells_of(s, in, r);
    const struct world_dict *dict = dict_of(s, in);
    uint32_t word = in->cells.width == 1 ? *(const uint8_t *)cells : *(const uint16_t *)cells;

    if (word < dict->n)
        str_add(out, dict->words[word].text);
}

// A full name cut in two, or around an initial, in each way that may be meant.
enum { CUTS_MAX = 8 };
struct name_cuts {
    uint8_t *first, *last;   // by word of names: bit i where it is that part of cut i
    char initials[CUTS_MAX]; // upper case; 0: whatever the middle is
    size_t n;
};

static char initial_of(const char *word)
{
    bool single = isalpha((unsigned char)word[0]) && (!word[1] || str_eq(word + 1, "."));

    return single ? (char)toupper((unsigned char)word[0]) : '\0';
}

static char *words_between(const struct value_list *words, size_t from, size_t to)
{
    struct str joined = {0};

    for (size_t i = from; i < to; i++)
        str_addf(&joined, "%s%s", i > from ? " " : "", words->items[i]);
    return str_take(&joined);
}

static void add_cut(const struct world_dict *names, const struct value_list *words, size_t at,
                    char initial, struct name_cuts *cuts)
{
    char *first, *last;
    uint8_t bit;

    if (cuts->n == CUTS_MAX)
        return;
    bit = (uint8_t)(1u << cuts->n);
    first = words_between(words, 0, at);
    last = words_between(words, at + (initial != 0), words->n);
    mark_words(names, text_is, first, bit, cuts->first);
    mark_words(names, text_is, last, bit, cuts->last);
    cuts->initials[cuts->n++] = initial;
    free(first);
    free(last);
}

// A single word is a first or a last name.
static bool name_fits(const struct world_contacts *c, uint32_t row, const struct name_cuts *cuts)
{
    unsigned bits = cuts->first[c->first[row]] & cuts->last[c->last[row]];

    if (!cuts->n)
        return cuts->first[c->first[row]] || cuts->last[c->last[row]];
    for (size_t i = 0; bits; i++, bits >>= 1) {
        if ((bits & 1) && (!cuts->initials[i] || cuts->initials[i] == (char)c->middle[row]))
            return true;
    }
    return false;
}

static void mark_full_name(struct search_query *q, const char *text, uint8_t *rows)
{
    const struct world *w = q->search->world;
    struct value_list words = value_split(text, ' ');
    struct name_cuts cuts = {.first = filter_table(&q->contacts, ENTRIES_16),
                             .last = filter_table(&q->contacts, ENTRIES_16)};
    char initial;

    for (size_t at = 1; at < words.n; at++) {
        initial = at + 1 < words.n ? initial_of(words.items[at]) : '\0';
        if (initial)
            add_cut(&w->names, &words, at, initial, &cuts);
        add_cut(&w->names, &words, at, '\0', &cuts);
    }
    if (words.n == 1) {
        mark_words(&w->names, text_is, words.items[0], 1, cuts.first);
        mark_words(&w->names, text_is, words.items[0], 1, cuts.last);
    }
    for (uint32_t i = 0; i < w->n_contacts; i++)
        rows[i] |= name_fits(&w->contacts, i, &cuts);
    value_list_free(&words);
}

static bool compile_full_name(struct search_query *q, const struct search_input *in,
                              const json_t *value)
{
    struct value_list values = search_values(value);
    uint8_t *rows = filter_table(&q->contacts, q->search->world->n_contacts);

    for (size_t i = 0; i < values.n; i++)
        mark_full_name(q, values.items[i], rows);
    value_list_free(&values);
    filter_add(&q->contacts, in, filter_in_rows(rows), false);
    return true;
}

static void show_full_name(const struct search *s, const struct search_input *in,
                           const struct search_record *r, struct str *out)
{
    (void)in;
    world_contact_full_name(s->world, r->contact, true, out);
}

static bool compile_initial(struct search_query *q, const struct search_input *in,
                            const json_t *value)
{
    struct value_list values = search_values(value);
    uint8_t *table = filter_table(&q->contacts, ENTRIES_16);
    bool good = true;

    for (size_t i = 0; i < values.n && good; i++) {
        good = initial_of(values.items[i]) ||
               search_refuse(q, in, "Invalid value \"%.60s\" for %s. It is not one letter",
                             values.items[i], in->name);
        if (good)
            table[(uint8_t)initial_of(values.items[i])] = 1;
    }
    value_list_free(&values);
    filter_add(&q->contacts, in, filter_in_table(search_column(q->search, in), table, ENTRIES_16),
               false);
    return good;
}

static void show_initial(const struct search *s, const struct search_input *in,
                         const struct search_record *r, struct str *out)
{
    (void)in;
    if (s->world->contacts.middle[r->contact])
        str_add_char(out, (char)s->world->contacts.middle[r->contact]);
}

const struct search_kind kind_title_text = {compile_title_text, show_title_text, false};
const struct search_kind kind_word = {compile_word, show_word, false};
const struct search_kind kind_full_name = {compile_full_name, show_full_name, false};
const struct search_kind kind_initial = {compile_initial, show_initial, false};
