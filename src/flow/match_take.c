// A file's records taken by their ids, or line by line where not all have one. Floor: flow.
#include "flow/match_take.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/match_sum.h"

enum { LOOKED_AT = 4000 }; // ids in memory at once

static const struct match_input *id_input(const struct entity *entity)
{
    for (size_t i = 0; i < entity->enrich.n_inputs; i++) {
        if (str_eq(entity->enrich.inputs[i].name, entity->enrich.id_input))
            return &entity->enrich.inputs[i];
    }
    return NULL;
}

static bool names_otherwise(const struct match_plan *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->inputs[i] && p->inputs[i]->check != MATCH_ID)
            return true;
    }
    return false;
}

static bool begin_again(struct match_file *f, struct err *e)
{
    char *path = mem_strdup(f->path);
    bool ok;

    match_file_close(f);
    ok = match_file_open(f, path, e);
    free(path);
    return ok;
}

// Its ids have been seen: what they are of would be lost without going line by line.
static bool loses(const struct selection *s, const struct match_plan *plan)
{
    return s->n_odd || (s->n_wrong && names_otherwise(plan));
}

static bool see_ids(struct match_file *f, struct selection *s, struct err *e)
{
    struct id_reader r;
    bool ok = id_reader_open(&r, s, f, e), more = ok, any = false;

    while (more) {
        selection_empty(s);
        ok = id_reader_next(&r, s, LOOKED_AT, e);
        any = any || s->n;
        more = ok && s->n == LOOKED_AT;
    }
    ok = ok && (any || selection_has_any(s, f, e));
    selection_empty(s);
    return ok;
}

bool match_look(struct match_file *f, struct match_plan *plan, struct selection *s, bool *by_line,
                struct err *e)
{
    bool bare;
    size_t at = selection_id_column(s, f, &bare);

    *by_line = at == f->names.len;
    if (*by_line)
        return true;
    if (!see_ids(f, s, e))
        return false;
    *by_line = !bare && loses(s, plan);
    if (*by_line) {
        selection_clear(s);
        if (match_plan_column(plan, id_input(s->entity)) == plan->n)
            match_plan_set(plan, at, id_input(s->entity));
    }
    return begin_again(f, e);
}

bool match_take(struct match_file *f, struct match_plan *plan, struct selection *s, bool *by_line,
                struct err *e)
{
    bool ignored;

    if (match_sum_can(f->path)) {
        if (!match_look(f, plan, s, by_line, e))
            return false;
        if (!*by_line)
            selection_clear(s);
        return *by_line || selection_take(s, f, e);
    }
    *by_line = selection_id_column(s, f, &ignored) == f->names.len;
    return *by_line || (selection_take(s, f, e) && selection_has_any(s, f, e));
}
