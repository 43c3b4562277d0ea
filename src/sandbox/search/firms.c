// Inputs that hold texts of companies. Assumed where FACTS are silent: names, descriptions and
// addresses hold the phrase as whole words; industryKeywords are looked for in the names of a
// company's industries and of those above them; an address must hold every part between commas.
// Floor: sandbox/search.
#include "sandbox/search/kinds.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/search/filter_text.h"
#include "sandbox/search/filter_value.h"

static bool compile_company_text(struct search_query *q, const struct search_input *in,
                                 const json_t *value)
{
    struct column_texts texts = columns_texts(q->search->columns, in->which);
    uint32_t n = q->search->world->n_companies;
    struct text_query expression;
    uint8_t *rows;

    if (!search_expression(q, in, value, &expression))
        return false;
    rows = filter_table(&q->companies, n);
    for (uint32_t i = 0; i < n; i++)
        rows[i] = text_query_holds(
            &expression, text_query_found(&expression, texts.bytes + texts.at[i], in->has));
    filter_add(&q->companies, in, filter_in_rows(rows), in->negated);
    text_query_free(&expression);
    return true;
}

static void show_company_text(const struct search *s, const struct search_input *in,
                              const struct search_record *r, struct str *out)
{
    columns_text_of(s->world, in->which, r->company, out);
}

// The value as the column has it: a website's domain, a ticker without blanks.
static char *exact_value(const struct search_input *in, const char *value)
{
    char *folded = text_fold_quick(value), *bare;

    if (in->which == COLUMN_WEBSITE)
        bare = mem_strdup(columns_bare_domain(folded));
    else
        bare = columns_without_blanks(mem_strdup(folded));
    free(folded);
    return bare;
}

static bool compile_company_name(struct search_query *q, const struct search_input *in,
                                 const json_t *value)
{
    struct column_texts texts = columns_texts(q->search->columns, in->which);
    struct value_list values = search_values(value);
    uint32_t n = q->search->world->n_companies;
    uint8_t *rows = filter_table(&q->companies, n);
    char *wanted;

    for (size_t v = 0; v < values.n; v++) {
        wanted = exact_value(in, values.items[v]);
        for (uint32_t i = 0; i < n; i++)
            rows[i] |= in->has(texts.bytes + texts.at[i], wanted);
        free(wanted);
    }
    value_list_free(&values);
    filter_add(&q->companies, in, filter_in_rows(rows), in->negated);
    return true;
}

static bool compile_address(struct search_query *q, const struct search_input *in,
                            const json_t *value)
{
    struct column_texts texts = columns_texts(q->search->columns, in->which);
    struct value_list parts = search_values(value);
    uint32_t n = q->search->world->n_companies;
    uint8_t *rows = filter_table(&q->companies, n);
    char *part;

    memset(rows, 1, n);
    for (size_t p = 0; p < parts.n; p++) {
        part = text_fold_quick(parts.items[p]);
        for (uint32_t i = 0; i < n; i++)
            rows[i] = rows[i] && text_has_words(texts.bytes + texts.at[i], part);
        free(part);
    }
    value_list_free(&parts);
    filter_add(&q->companies, in, filter_in_rows(rows), false);
    return true;
}

// What of the expression each industry's name, and that of the one above it, holds.
static uint64_t *industries_found(const struct lookup_list *industries,
                                  const struct text_query *expression)
{
    uint64_t *found = mem_array(industries->n + 1, sizeof(*found));
    const char *id;
    char *folded;
    int above;

    for (size_t i = 0; i < industries->n; i++) {
        id = industries->values[i].id;
        folded = text_fold_quick(industries->values[i].name);
        found[i] = text_query_found(expression, folded, text_has_words);
        free(folded);
        above = lookup_find_len(industries, id, strcspn(id, "."));
        if (above >= 0 && (size_t)above < i)
            found[i] |= found[above];
    }
    return found;
}

static bool compile_industry_words(struct search_query *q, const struct search_input *in,
                                   const json_t *value)
{
    const struct world *w = q->search->world;
    const struct lookup_list *industries = search_list(q->search, in->list);
    size_t count = q->primary_only ? 1 : WORLD_INDUSTRIES;
    struct text_query expression;
    uint64_t *found, here;
    uint8_t *rows;

    if (!search_expression(q, in, value, &expression))
        return false;
    found = industries_found(industries, &expression);
    rows = filter_table(&q->companies, w->n_companies);
    for (uint32_t i = 0; i < w->n_companies; i++) {
        here = 0;
        for (size_t k = 0; k < count; k++)
            here |= w->companies.industry[i][k] < industries->n ? found[w->companies.industry[i][k]]
                                                                : 0;
        rows[i] = text_query_holds(&expression, here);
    }
    filter_add(&q->companies, in, filter_in_rows(rows), false);
    text_query_free(&expression);
    free(found);
    return true;
}

static void show_industry_words(const struct search *s, const struct search_input *in,
                                const struct search_record *r, struct str *out)
{
    const struct lookup_list *industries = search_list(s, in->list);
    uint16_t industry;

    for (size_t k = 0; k < WORLD_INDUSTRIES; k++) {
        industry = s->world->companies.industry[r->company][k];
        if (industry < industries->n)
            str_addf(out, "%s%s", out->len ? ", " : "", industries->values[industry].name);
    }
}

const struct search_kind kind_company_text = {compile_company_text, show_company_text, false};
const struct search_kind kind_company_name = {compile_company_name, show_company_text, false};
const struct search_kind kind_address = {compile_address, show_company_text, false};
const struct search_kind kind_industry_words = {compile_industry_words, show_industry_words, false};
