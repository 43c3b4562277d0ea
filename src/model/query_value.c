// Values of a filter: split off a line, checked by their kind. Not shared between threads.
// Floor: model.
#include "model/query_value.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/date.h"

enum { SHOWN_WIDTH = 60 };

static const char blanks[] = " \t";

char *value_shown(const char *text)
{
    char *clean = text_cleaned(text);
    struct str cut = {0};

    text_fit(clean, SHOWN_WIDTH, false, &cut);
    free(clean);
    return str_take(&cut);
}

size_t value_characters(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

void value_quote(const char *value, struct str *out)
{
    if (!strpbrk(value, ",\"") && *value != ' ' && !str_ends(value, " ")) {
        str_add(out, value);
        return;
    }
    str_add_char(out, '"');
    for (; *value; value++) {
        str_add(out, *value == '"' ? "\"" : "");
        str_add_char(out, *value);
    }
    str_add_char(out, '"');
}

bool value_refuse(const struct input *input, const char *value, const char *why, struct err *e)
{
    char *shown = value_shown(value);

    (void)err_set(e, ERR_INVALID, "%s: \"%s\" %s", input->label, shown, why);
    free(shown);
    return false;
}

// After the quoted text that starts at p; NULL where it is not closed.
static const char *quote_end(const char *p)
{
    for (p++; *p; p++) {
        if (*p != '"')
            continue;
        if (p[1] != '"')
            return p + 1;
        p++;
    }
    return NULL;
}

// After the value at p: the next comma outside of quotes, or the end. NULL: a quote is not closed.
// A quote opens at the start of a value or of a word in it, so that 5" is an inch mark.
static const char *value_end(const char *p)
{
    bool word = true;

    while (p && *p && *p != ',') {
        if (*p == '"' && word) {
            p = quote_end(p);
            word = false;
        } else {
            word = *p == ' ' || *p == '\t';
            p++;
        }
    }
    return p;
}

// A copy without the quotes around all of it.
static char *unquoted(const char *text, size_t len)
{
    char *copy = mem_strndup(text, len), *trimmed = str_trim(copy);
    const char *end = *trimmed == '"' ? quote_end(trimmed) : NULL;
    struct str out = {0};

    if (!end || *end) {
        str_add(&out, trimmed);
    } else {
        for (const char *p = trimmed + 1; p + 1 < end; p++) {
            str_add_char(&out, *p);
            p += *p == '"';
        }
    }
    free(copy);
    return str_take(&out);
}

// Is word one of the '|'-separated ones? The one it is, as they have it; the caller frees it.
static char *choice_of(const char *choices, const char *word)
{
    char *copy = mem_strdup(choices), *rest = copy, *found = NULL;

    for (char *each = strsep(&rest, "|"); each && !found; each = strsep(&rest, "|")) {
        if (str_eq_case(each, word))
            found = mem_strdup(each);
    }
    free(copy);
    return found;
}

char *value_phrase(const struct input *input, char *value)
{
    bool special = false;
    char *quoted;

    if (input->kind != INPUT_EXPRESSION || *value == '"')
        return value;
    for (const char *p = value; *p && !special; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        char *word = mem_strndup(p, n), *op = choice_of(input->choices, word);

        special = op;
        free(op);
        free(word);
        p += n;
    }
    if (!special)
        return value;
    quoted = str_format("\"%s\"", value);
    free(value);
    return quoted;
}

static bool settle_choice(const struct input *in, char **value, struct err *e)
{
    char *found = choice_of(in->choices, *value);
    struct str why = {0};

    if (found) {
        free(*value);
        *value = found;
        return true;
    }
    str_add(&why, "is none of ");
    for (const char *p = in->choices; *p; p++) {
        if (*p == '|')
            str_add(&why, ", ");
        else
            str_add_char(&why, *p);
    }
    (void)value_refuse(in, *value, str_text(&why), e);
    str_free(&why);
    return false;
}

static bool settle_flag(const struct input *in, char **value, struct err *e)
{
    bool yes = str_eq_case(*value, "true") || str_eq_case(*value, "yes") || str_eq(*value, "1");
    bool no = str_eq_case(*value, "false") || str_eq_case(*value, "no") || str_eq(*value, "0");

    if (!yes && !no)
        return value_refuse(in, *value, "is neither true nor false", e);
    free(*value);
    if (in->wire == WIRE_INTEGER)
        *value = mem_strdup(yes ? "1" : "0");
    else
        *value = mem_strdup(yes ? "true" : "false");
    return true;
}

static bool out_of_bounds(const struct input *in, const char *value, struct err *e)
{
    char *why = in->max == LLONG_MAX
                    ? str_format("is less than %lld", in->min)
                    : str_format("does not lie between %lld and %lld", in->min, in->max);

    (void)value_refuse(in, value, why, e);
    free(why);
    return false;
}

static bool settle_number(const struct input *in, char **value, struct err *e)
{
    bool fraction = in->unit && str_eq(in->unit, "percent");
    long long number = 0;
    double real;

    if (fraction && str_double(*value, &real))
        return true;
    if (strchr(*value, ','))
        return value_refuse(in, *value, "holds a comma; write the number's digits only", e);
    if (!str_int64(*value, &number))
        return value_refuse(
            in, *value, fraction ? "is no number" : "is no whole number; write all its digits", e);
    if ((in->min || in->max) && (number < in->min || number > in->max))
        return out_of_bounds(in, *value, e);
    return true;
}

static bool settle_id(const struct input *in, char **value, struct err *e)
{
    long long number;

    return str_int64(*value, &number) || value_refuse(in, *value, "is no id; ids are numbers", e);
}

static bool settle_date(const struct input *in, char **value, struct err *e)
{
    return date_valid(*value) ||
           value_refuse(in, *value, "is no day written as YYYY-MM-DD, like 2024-02-29", e);
}

// Operators stand between phrases; only NOT may begin one.
static bool settle_expression(const struct input *in, char **value, struct err *e)
{
    bool operand = false, dangling = false;

    for (const char *p = *value; *p && !dangling; p += strspn(p, " ")) {
        size_t n = *p == '"' && quote_end(p) ? (size_t)(quote_end(p) - p) : strcspn(p, " ");
        char *word = mem_strndup(p, n), *op = choice_of(in->choices, word);

        if (!op || !str_eq(op, word))
            operand = true;
        else if (!operand && !str_eq(op, "NOT"))
            dangling = true;
        else
            operand = false;
        free(op);
        free(word);
        p += n;
    }
    if (dangling || !operand)
        return value_refuse(in, *value, "has an operator without a phrase beside it", e);
    return true;
}

static bool settle_any(const struct input *in, char **value, struct err *e)
{
    (void)in;
    (void)value;
    (void)e;
    return true;
}

bool value_settle(const struct input *input, char **value, struct err *e)
{
    static bool (*const settle[])(const struct input *, char **, struct err *) = {
        [INPUT_TEXT] = settle_any,   [INPUT_EXPRESSION] = settle_expression,
        [INPUT_LOOKUP] = settle_any, [INPUT_CHOICE] = settle_choice,
        [INPUT_ID] = settle_id,      [INPUT_NUMBER] = settle_number,
        [INPUT_DATE] = settle_date,  [INPUT_FLAG] = settle_flag,
        [INPUT_PAGING] = settle_any,
    };

    if (!**value)
        return value_refuse(input, *value, "is an empty value", e);
    if (!text_valid(*value, strlen(*value)))
        return value_refuse(input, *value, "is not UTF-8 text", e);
    for (const char *p = *value; *p; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            return value_refuse(input, *value, "holds a control character", e);
    }
    return (size_t)input->kind >= ARRAY_LEN(settle) || settle[input->kind](input, value, e);
}

// Takes over value, which may be empty.
static bool take(struct filter *f, char *value, struct query_place at, struct err *e)
{
    if (!*value && input_many(f->input)) {
        free(value);
        return true;
    }
    f->values = mem_regrow(f->values, f->n_values + 1, sizeof(*f->values));
    f->places = mem_regrow(f->places, f->n_values + 1, sizeof(*f->places));
    f->values[f->n_values] = value;
    f->places[f->n_values++] = at;
    return value_settle(f->input, &f->values[f->n_values - 1], e);
}

// Do the quotes that begin here hold all of the value?
static bool is_quoted(const char *p)
{
    const char *end = quote_end(p);

    return end && (end[strspn(end, blanks)] == ',' || end[strspn(end, blanks)] == '\0');
}

static bool read_many(struct filter *f, const char *text, struct query_place *at, struct err *e)
{
    const int first = at->column;

    for (const char *p = text + strspn(text, blanks); *p; p += strspn(p, blanks)) {
        const char *end = value_end(p);
        char *value;

        at->column = first + (int)(p - text);
        if (!end)
            return value_refuse(f->input, p, "opens a double quote that is not closed", e);
        value = unquoted(p, (size_t)(end - p));
        if (!take(f, *p == '"' && is_quoted(p) ? value_phrase(f->input, value) : value, *at, e))
            return false;
        p = *end ? end + 1 : end;
    }
    at->column = first;
    return f->n_values > 0 || err_set(e, ERR_INVALID, "%s has no value", f->input->label);
}

bool values_read(struct filter *f, const char *text, struct query_place *at, struct err *e)
{
    return input_many(f->input) ? read_many(f, text, at, e)
                                : take(f, unquoted(text, strlen(text)), *at, e);
}
