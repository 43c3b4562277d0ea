// Columns of a file to inputs of an enrich call. Floor: model.
#include "model/match_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "model/match_check.h"

// Its letters and digits, small; bytes past ASCII stay.
static char *plain(const char *text)
{
    struct str out = {0};

    for (; *text; text++) {
        char c = str_lower(*text);

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
            str_add_char(&out, c);
    }
    return str_take(&out);
}

static bool is_plain(const char *name, const char *wanted)
{
    char *own = name ? plain(name) : NULL;
    bool same = own && str_eq(own, wanted);

    free(own);
    return same;
}

// Is wanted one of the '|'-separated names?
static bool among(const char *names, const char *wanted)
{
    size_t len = strlen(wanted);

    for (const char *p = names; p && *p; p += strcspn(p, "|"), p += *p == '|') {
        if (strcspn(p, "|") == len && memcmp(p, wanted, len) == 0)
            return len > 0;
    }
    return false;
}

static bool fits(const struct match_input *in, const char *heading)
{
    return is_plain(in->name, heading) || is_plain(in->alias, heading) ||
           is_plain(in->label, heading) || among(in->headings, heading);
}

static const struct match_input *guess(const struct match_plan *p, const char *name)
{
    const struct enrich_operation *op = &p->entity->enrich;
    const struct match_input *found = NULL;
    char *heading = plain(name);

    for (size_t i = 0; !found && i < op->n_inputs; i++) {
        if (fits(&op->inputs[i], heading) && match_plan_column(p, &op->inputs[i]) == p->n)
            found = &op->inputs[i];
    }
    free(heading);
    return found;
}

struct match_plan match_plan_guess(const struct entity *entity, const char *const *names, size_t n)
{
    struct match_plan p = {.entity = entity,
                           .names = mem_array(n, sizeof(*p.names)),
                           .inputs = mem_array(n, sizeof(*p.inputs)),
                           .n = n};

    for (size_t i = 0; i < n; i++) {
        p.names[i] = mem_strdup(names[i]);
        p.inputs[i] = NULL;
    }
    for (size_t i = 0; i < n; i++)
        p.inputs[i] = guess(&p, names[i]);
    return p;
}

void match_plan_free(struct match_plan *p)
{
    for (size_t i = 0; i < p->n; i++)
        free(p->names[i]);
    free(p->names);
    free(p->inputs);
    *p = (struct match_plan){0};
}

size_t match_plan_column(const struct match_plan *p, const struct match_input *input)
{
    size_t i = 0;

    while (i < p->n && p->inputs[i] != input)
        i++;
    return i;
}

void match_plan_set(struct match_plan *p, size_t column, const struct match_input *input)
{
    size_t had = input ? match_plan_column(p, input) : p->n;

    if (had < p->n)
        p->inputs[had] = NULL;
    p->inputs[column] = input;
}

static bool find_column(const struct match_plan *p, const char *name, size_t *out, struct err *e)
{
    struct near near = near_start(name);
    long long number;

    for (*out = 0; *out < p->n; ++*out) {
        if (str_eq_case(p->names[*out], name))
            return true;
        near_try(&near, p->names[*out]);
    }
    if (str_int64(name, &number) && number >= 1 && (unsigned long long)number <= p->n) {
        *out = (size_t)number - 1;
        return true;
    }
    return err_set(e, ERR_INVALID, "the file has no column \"%.60s\"%s%s%s", name,
                   near.best ? "; did you mean " : "", near.best ? near.best : "",
                   near.best ? "?" : "");
}

static bool find_input(const struct entity *entity, const char *name,
                       const struct match_input **out, struct err *e)
{
    struct near near = near_start(name);
    char *wanted = plain(name);
    bool found = !*name;

    *out = NULL;
    for (size_t i = 0; !found && i < entity->enrich.n_inputs; i++) {
        const struct match_input *in = &entity->enrich.inputs[i];

        found = is_plain(in->name, wanted) || is_plain(in->alias, wanted) ||
                is_plain(in->label, wanted);
        *out = found ? in : NULL;
        near_try(&near, in->name);
    }
    free(wanted);
    return found || err_set(e, ERR_INVALID, "enriching a %s has no input \"%.60s\"%s%s%s",
                            entity->name, name, near.best ? "; did you mean " : "",
                            near.best ? near.best : "", near.best ? "?" : "");
}

bool match_plan_map(struct match_plan *p, const char *text, struct err *e)
{
    char *column = mem_strdup(text), *equals = strrchr(column, '=');
    const struct match_input *input;
    size_t at;
    bool ok;

    if (!equals) {
        ok = err_set(e, ERR_INVALID, "a mapping reads COLUMN=INPUT, not \"%.60s\"", text);
    } else {
        *equals = '\0';
        ok = find_column(p, str_trim(column), &at, e) &&
             find_input(p->entity, str_trim(equals + 1), &input, e);
    }
    if (ok)
        match_plan_set(p, at, input);
    free(column);
    return ok;
}

void match_plan_text(const struct match_plan *p, struct str *out)
{
    const char *between = "";

    for (size_t i = 0; i < p->n; i++) {
        if (!p->inputs[i])
            continue;
        str_addf(out, "%s%zu=%s", between, i + 1, p->inputs[i]->name);
        between = ",";
    }
}

static const struct match_input *input_named(const struct entity *entity, const char *name)
{
    for (size_t i = 0; i < entity->enrich.n_inputs; i++) {
        if (str_eq(entity->enrich.inputs[i].name, name))
            return &entity->enrich.inputs[i];
    }
    return NULL;
}

bool match_plan_take(struct match_plan *p, const char *text)
{
    char *copy = mem_strdup(text), *rest = copy, *part;
    bool ok = true;

    for (size_t i = 0; i < p->n; i++)
        p->inputs[i] = NULL;
    while (ok && (part = strsep(&rest, ",")) != NULL) {
        char *name = strchr(part, '=');
        const struct match_input *input = name ? input_named(p->entity, name + 1) : NULL;
        long long column = 0;

        if (name)
            *name = '\0';
        ok = input && str_int64(part, &column) && column >= 1 && (size_t)column <= p->n;
        if (ok)
            match_plan_set(p, (size_t)column - 1, input);
    }
    free(copy);
    return ok;
}

// Is any of the inputs ('|' between) there?
static bool any_of(const struct match_plan *p, const char *names, const bool *has)
{
    for (size_t i = 0; i < p->entity->enrich.n_inputs; i++) {
        if (has[i] && among(names, p->entity->enrich.inputs[i].name))
            return true;
    }
    return false;
}

static bool suffices(const struct match_plan *p, const bool *has)
{
    const struct enrich_operation *op = &p->entity->enrich;

    for (size_t i = 0; i < op->n_combinations; i++) {
        const struct match_combination *c = &op->combinations[i];
        size_t met = 0;

        while (met < MATCH_NEEDS && c->needs[met] && any_of(p, c->needs[met], has))
            met++;
        if (met == MATCH_NEEDS || !c->needs[met])
            return true;
    }
    return false;
}

static const char *label_of(const struct enrich_operation *op, const char *name, size_t len)
{
    for (size_t i = 0; i < op->n_inputs; i++) {
        if (strlen(op->inputs[i].name) == len && memcmp(op->inputs[i].name, name, len) == 0)
            return op->inputs[i].label;
    }
    return "?";
}

static void add_need(const struct enrich_operation *op, const char *names, struct str *out)
{
    const char *between = "";

    for (const char *p = names; *p; p += strcspn(p, "|"), p += *p == '|') {
        char *label = mem_strdup(label_of(op, p, strcspn(p, "|")));

        if (!(label[1] >= 'A' && label[1] <= 'Z')) // but IP, ZIP
            label[0] = str_lower(label[0]);
        str_addf(out, "%s%s", between, label);
        free(label);
        between = " or ";
    }
}

void match_plan_needs(const struct entity *entity, struct str *out)
{
    const struct enrich_operation *op = &entity->enrich;

    for (size_t i = 0; i < op->n_combinations; i++) {
        const struct match_combination *c = &op->combinations[i];

        str_add(out, i ? "; " : "");
        for (size_t k = 0; k < MATCH_NEEDS && c->needs[k]; k++) {
            str_add(out, k ? " + " : "");
            add_need(op, c->needs[k], out);
        }
    }
}

bool match_plan_suffices(const struct match_plan *p, struct err *e)
{
    const struct enrich_operation *op = &p->entity->enrich;
    bool *has = mem_array(op->n_inputs, sizeof(*has)), ok;
    struct str needs = {0};

    for (size_t i = 0; i < op->n_inputs; i++)
        has[i] = match_plan_column(p, &op->inputs[i]) < p->n;
    ok = suffices(p, has);
    free(has);
    if (ok)
        return true;
    match_plan_needs(p->entity, &needs);
    str_add(&needs, "; its columns are: ");
    for (size_t i = 0; i < p->n; i++) {
        str_add(&needs, i ? ", " : "");
        text_clean(p->names[i], strlen(p->names[i]), &needs);
    }
    (void)err_set(e, ERR_INVALID, "the file cannot tell which %s are meant; it takes one of: %s",
                  p->entity->plural, needs.data);
    str_free(&needs);
    return false;
}

static void add_value(const struct match_input *in, const char *value, struct match_line *l)
{
    str_add_char(&l->json, l->json.len ? ',' : '{');
    json_quote(in->name, &l->json);
    str_add_char(&l->json, ':');
    if (in->wire == WIRE_INTEGER)
        str_add(&l->json, value + (*value == '+'));
    else
        json_quote(value, &l->json);
    str_addf(&l->key, "%s=", in->name);
    match_fold(in->check, value, &l->key);
    str_add_char(&l->key, '\n');
}

// Takes the input's value into the line where it is worth sending; the first fault is kept.
static bool take(const struct match_plan *p, const struct match_input *in, const char *cell,
                 struct match_line *l)
{
    char *copy = mem_strdup(cell), *value = str_trim(copy);
    const char *wrong = *value ? match_check(in->check, value) : NULL;
    bool taken = *value && !wrong;

    if (taken)
        add_value(in, value, l);
    else if (wrong && !*l->reason)
        (void)snprintf(l->reason, sizeof(l->reason), "%.60s %s", p->names[match_plan_column(p, in)],
                       wrong);
    free(copy);
    return taken;
}

static void say_lacking(struct match_line *l)
{
    char first[MATCH_REASON_MAX];

    (void)snprintf(first, sizeof(first), "%s", l->reason);
    if (*first)
        (void)snprintf(l->reason, sizeof(l->reason), "%.100s, and nothing else suffices", first);
    else
        (void)snprintf(l->reason, sizeof(l->reason), "%s",
                       l->json.len ? "what is given does not suffice" : "no value names a record");
}

bool match_line_read(const struct match_plan *p, const char *const *cells, struct match_line *l)
{
    const struct enrich_operation *op = &p->entity->enrich;
    bool *has = mem_array(op->n_inputs, sizeof(*has)), ok;

    str_clear(&l->json);
    str_clear(&l->key);
    str_clear(&l->id);
    *l->reason = '\0';
    for (size_t i = 0; i < op->n_inputs; i++) {
        size_t column = match_plan_column(p, &op->inputs[i]);

        has[i] = column < p->n && take(p, &op->inputs[i], cells[column], l);
        if (has[i] && among(p->entity->id_names, op->inputs[i].name))
            match_fold(MATCH_ID, cells[column], &l->id);
    }
    ok = suffices(p, has);
    free(has);
    if (!ok) {
        say_lacking(l);
        return false;
    }
    str_add_char(&l->json, '}');
    return true;
}

void match_line_free(struct match_line *l)
{
    str_free(&l->json);
    str_free(&l->key);
    str_free(&l->id);
}
