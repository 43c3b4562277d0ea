// A place and the radius around it as one text. UI thread. Floor: ui/pane.
#include "ui/pane/filters_around.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char word[] = "within";

void around_radius(const struct query *q, const struct input *radius, struct str *out)
{
    const char *text = query_get(q, radius);

    if (*text)
        str_addf(out, "%s %s %s", word, text, radius->unit);
}

void around_text(const struct query *q, const struct input *centre, struct str *out)
{
    const struct input *radius = entity_radius(q->entity, centre);
    size_t before = out->len;

    str_add(out, query_get(q, centre));
    if (radius && *query_get(q, radius)) {
        str_add(out, out->len > before ? " " : "");
        around_radius(q, radius, out);
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

// Does the word stand at p by itself?
static bool is_word(const char *text, const char *p)
{
    size_t n = strlen(word);

    return strncasecmp(p, word, n) == 0 && (p == text || is_blank(p[-1])) &&
           (is_blank(p[n]) || p[n] == '\0');
}

// The last one outside of quotes, or NULL.
static char *find_word(char *text)
{
    char *found = NULL;
    bool quoted = false;

    for (char *p = text; *p; p++) {
        quoted ^= *p == '"';
        if (!quoted && is_word(text, p))
            found = p;
    }
    return found;
}

void around_begin(struct str *text)
{
    char *copy = mem_strdup(str_text(text));

    if (!find_word(copy))
        str_addf(text, "%s%s ", text->len ? " " : "", word);
    free(copy);
}

void around_cut(char *text, const struct input *radius_input, char **radius)
{
    char *at = find_word(text), *end;

    *radius = NULL;
    if (!at)
        return;
    *at = '\0';
    *radius = str_trim(at + strlen(word));
    end = *radius + strcspn(*radius, " \t");
    if (str_eq_case(str_trim(end), radius_input->unit) || str_eq_case(str_trim(end), "mi"))
        *end = '\0';
}

bool around_clear(struct desk *d, const struct input *input, struct err *e)
{
    return entity_radius(d->filters.entity, input) ? around_set(d, input, "", e)
                                                   : desk_filter_set(d, input, "", e);
}

bool around_set(struct desk *d, const struct input *centre, const char *text, struct err *e)
{
    const struct input *radius = entity_radius(d->filters.entity, centre);
    char *copy = mem_strdup(text), *miles, *values;
    bool ok;

    around_cut(copy, radius, &miles);
    values = str_trim(copy);
    if (find_word(values)) {
        ok = err_set(e, ERR_INVALID, "%s: \"%s\" stands twice; write it once, behind them",
                     centre->label, word);
    } else if (miles && *miles && !*values) {
        ok = err_set(e, ERR_INVALID, "%s needs %s as well: write it before \"%s\"", radius->label,
                     centre->label, word);
    } else {
        const struct filter_values both[] = {{centre, values}, {radius, miles ? miles : ""}};

        ok = desk_filters_set(d, both, ARRAY_LEN(both), e);
    }
    free(copy);
    return ok;
}
