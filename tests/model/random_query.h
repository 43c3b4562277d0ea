// Filter lines with odd values at random, and what it means that two filter sets are the same.
// Tests.
#ifndef TESTS_MODEL_RANDOM_QUERY_H
#define TESTS_MODEL_RANDOM_QUERY_H

#include "support/test.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "model/query.h"

static const char *const odd[] = {"plain",        "two words",
                                  "with, comma",  "\"quoted\"",
                                  "5\" pipe",     "\"",
                                  "a \"b, c\" d", "=",
                                  "a>=b!=c",      "李 明",
                                  "cafe\xcc\x81", "\xf0\x9f\x98\x80",
                                  "#tag",         "  inner  blanks",
                                  "%s%n",         "-1",
                                  "back\\slash",  "'",
                                  "''",           "a|b",
                                  "NOT"};

// A value that fits the kind, quoted where it has to be.
static void add_value(struct rng *r, const struct input *in, struct str *out)
{
    static const char *const days[] = {"2024-02-29", "1999-12-31", "0001-01-01"};
    static const char *const flags[] = {"true", "False", "YES", "no", "1", "0"};
    const char *value = odd[rng_below(r, ARRAY_LEN(odd))];

    switch (in->kind) {
    case INPUT_NUMBER:
        str_addf(out, "%d", 70 + (int)rng_below(r, 30));
        return;
    case INPUT_ID:
        str_addf(out, "%lld", (long long)rng_next(r));
        return;
    case INPUT_DATE:
        str_add(out, days[rng_below(r, ARRAY_LEN(days))]);
        return;
    case INPUT_FLAG:
        str_add(out, flags[rng_below(r, ARRAY_LEN(flags))]);
        return;
    case INPUT_CHOICE:
        str_add_len(out, in->choices, strcspn(in->choices, "|"));
        return;
    default:
        break;
    }
    str_add_char(out, '"');
    for (; *value; value++)
        str_addf(out, *value == '"' ? "\"\"" : "%c", *value);
    str_add(out, in->kind == INPUT_EXPRESSION ? " x\"" : "\"");
}

static char *odd_line(struct rng *r, const struct input *in)
{
    struct str line = {0};
    unsigned n = input_many(in) ? 1 + rng_below(r, 4) : 1;

    str_addf(&line, rng_below(r, 2) ? "%s=" : "  %s = ", in->name);
    for (unsigned i = 0; i < n; i++) {
        str_add(&line, i ? ", " : "");
        add_value(r, in, &line);
    }
    return str_take(&line);
}

static void assert_same(const struct query *a, const struct query *b)
{
    assert_int_equal(a->n_filters, b->n_filters);
    for (size_t i = 0; i < a->n_filters; i++) {
        assert_ptr_equal(a->filters[i].input, b->filters[i].input);
        assert_string_equal(a->filters[i].text, b->filters[i].text);
        assert_int_equal(a->filters[i].n_values, b->filters[i].n_values);
        for (size_t k = 0; k < a->filters[i].n_values; k++)
            assert_string_equal(a->filters[i].values[k], b->filters[i].values[k]);
    }
}

#endif
