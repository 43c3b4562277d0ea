// A file's records taken by their ids, or line by line where not all have one. Floor: flow.
#include "flow/match_take.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/match_sum.h"

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

bool match_take(struct match_file *f, struct match_plan *plan, struct selection *s, bool *by_line,
                struct err *e)
{
    bool bare;
    size_t at = selection_id_column(s, f, &bare);

    *by_line = at == f->names.len;
    if (*by_line)
        return true;
    if (!selection_take(s, f, e))
        return false;
    if (bare || !match_sum_can(f->path) || !(s->n_odd || (s->n_wrong && names_otherwise(plan))))
        return selection_has_any(s, f, e);
    *by_line = true;
    selection_clear(s);
    if (match_plan_column(plan, id_input(s->entity)) == plan->n)
        match_plan_set(plan, at, id_input(s->entity));
    return begin_again(f, e);
}
