// What an input takes, in a few words for people. UI thread. Floor: ui/pane.
#include "ui/pane/input_words.h"

#include <limits.h>

const char *input_sign(const struct entity *entity, const struct input *input)
{
    static const char *const signs[] = {
        [BOUND_NONE] = "=", [BOUND_LOW] = ">=", [BOUND_HIGH] = "<="};

    if (input->around)
        return "within";
    return entity_included(entity, input) ? "!" : signs[input->bound];
}

const char *input_hint(const struct input *input)
{
    if (input->unit)
        return input->unit;
    return input->kind == INPUT_DATE   ? "YYYY-MM-DD"
           : input->kind == INPUT_FLAG ? "yes, no or either"
                                       : NULL;
}

// The operators of an expression, as a list for people.
static void add_operators(const char *choices, struct str *out)
{
    for (const char *p = choices; *p; p++) {
        if (*p == '|')
            str_add(out, ", ");
        else
            str_add_char(out, *p);
    }
}

static void about_text(const struct input *in, struct str *out)
{
    str_add(out, input_many(in) ? "words, several with commas" : "words");
}

static void about_expression(const struct input *in, struct str *out)
{
    str_add(out, "phrases joined by ");
    add_operators(in->choices, out);
    str_add(out, "; a comma is OR, \"...\" keeps one whole");
}

static void about_list(const struct input *in, struct str *out)
{
    str_add(out, input_many(in) ? "values of a list, several" : "a value of a list");
}

static void about_choice(const struct input *in, struct str *out)
{
    str_add(out, input_many(in) ? "several of " : "one of ");
    add_operators(in->choices, out);
}

static void about_id(const struct input *in, struct str *out)
{
    str_add(out,
            input_many(in) ? "ids, which are numbers, several with commas" : "an id, a number");
}

static void about_number(const struct input *in, struct str *out)
{
    str_add(out, in->bound == BOUND_LOW    ? "the least number"
                 : in->bound == BOUND_HIGH ? "the greatest number"
                                           : "a number");
    if (in->max && in->max != LLONG_MAX)
        str_addf(out, ", %lld to %lld", in->min, in->max);
}

static void about_date(const struct input *in, struct str *out)
{
    str_addf(out, "the %s day, as YYYY-MM-DD",
             in->bound == BOUND_LOW    ? "first"
             : in->bound == BOUND_HIGH ? "last"
                                       : "one");
}

static void about_flag(const struct input *in, struct str *out)
{
    (void)in;
    str_add(out, "yes, no or either; Enter goes round");
}

static void about_radius(const struct input *radius, struct str *out)
{
    if (!radius)
        return;
    str_addf(out, "; \"within\" and ");
    add_operators(radius->choices, out);
    str_addf(out, " behind them: so many %s around (%s)", radius->unit, radius->name);
}

void input_about(const struct entity *entity, const struct input *input, struct str *out)
{
    static void (*const by_kind[])(const struct input *, struct str *) = {
        [INPUT_TEXT] = about_text,     [INPUT_EXPRESSION] = about_expression,
        [INPUT_LOOKUP] = about_list,   [INPUT_CHOICE] = about_choice,
        [INPUT_ID] = about_id,         [INPUT_NUMBER] = about_number,
        [INPUT_DATE] = about_date,     [INPUT_FLAG] = about_flag,
        [INPUT_PAGING] = about_number,
    };

    str_addf(out, "%s: ", input->name);
    by_kind[input->kind](input, out);
    if (input->unit)
        str_addf(out, ", in %s%s", input->unit,
                 input->unit_doubted ? " (older texts of the API say USD: compare the count)" : "");
    if (input->exclude)
        str_add(out, "; ! excludes");
    else if (entity_included(entity, input))
        str_add(out, "; these are left out");
    about_radius(entity_radius(entity, input), out);
    str_add(out, ".");
}
