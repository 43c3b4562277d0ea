// The values of one filter while they are being chosen. UI thread. Floor: ui/pane.
#include "ui/pane/values.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

void value_choices_free(struct value_choices *v)
{
    for (size_t i = 0; i < v->len; i++)
        free(v->items[i].text);
    vec_free(v);
}

void value_choices_add(struct value_choices *v, const char *text, long long item, bool excluded)
{
    vec_push(v, ((struct value_choice){mem_strdup(text), item, excluded}));
}

void value_choices_read(struct value_choices *v, const struct query *q, const struct input *input,
                        bool excluded)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        const struct filter *f = &q->filters[i];

        for (size_t j = 0; f->input == input && j < f->n_values; j++)
            value_choices_add(v, f->values[j], -1, excluded);
    }
}

void value_choices_match(struct value_choices *v, const struct lookup_list *list)
{
    for (size_t i = 0; i < v->len; i++) {
        const struct lookup_value *found = lookup_value_find(list, v->items[i].text);

        v->items[i].item = found ? found - list->values : -1;
    }
}

static struct value_choice *choice_of(const struct value_choices *v, size_t item)
{
    for (size_t i = 0; i < v->len; i++) {
        if (v->items[i].item == (long long)item)
            return &v->items[i];
    }
    return NULL;
}

const struct value_choice *value_choices_find(const struct value_choices *v, size_t item)
{
    return choice_of(v, item);
}

static void take_out(struct value_choices *v, size_t at)
{
    free(v->items[at].text);
    memmove(&v->items[at], &v->items[at + 1], (v->len - at - 1) * sizeof(*v->items));
    v->len--;
}

void value_choices_take_out(struct value_choices *v, const struct value_choice *choice)
{
    take_out(v, (size_t)(choice - v->items));
}

static void empty_side(struct value_choices *v, bool excluded)
{
    for (size_t i = v->len; i-- > 0;) {
        if (v->items[i].excluded == excluded)
            take_out(v, i);
    }
}

void value_choices_toggle(struct value_choices *v, const struct lookup_list *list, size_t item,
                          bool excluded, bool many)
{
    struct value_choice *c = choice_of(v, item);

    if (c && c->excluded == excluded) {
        take_out(v, (size_t)(c - v->items));
        return;
    }
    if (c)
        take_out(v, (size_t)(c - v->items));
    if (!many)
        empty_side(v, excluded);
    value_choices_add(v, value_name(list, item), (long long)item, excluded);
}

const char *value_name(const struct lookup_list *list, size_t item)
{
    return lookup_value_said(list, &list->values[item]);
}

static bool needs_quotes(const char *text)
{
    size_t len = strlen(text);

    return strpbrk(text, ",\"") || *text == ' ' || (len && text[len - 1] == ' ');
}

static void add_quoted(const char *text, struct str *out)
{
    str_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            str_add_char(out, '"');
        str_add_char(out, *text);
    }
    str_add_char(out, '"');
}

void value_choices_text(const struct value_choices *v, bool excluded, struct str *out)
{
    const char *between = "";

    for (size_t i = 0; i < v->len; i++) {
        if (v->items[i].excluded != excluded)
            continue;
        str_add(out, between);
        between = ", ";
        if (needs_quotes(v->items[i].text))
            add_quoted(v->items[i].text, out);
        else
            str_add(out, v->items[i].text);
    }
}
