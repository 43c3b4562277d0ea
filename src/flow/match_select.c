// The records that a file names as a selection. Floor: flow.
#include "flow/match_select.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "flow/match_window.h"

enum { LABEL_MAX = 80 };

// The values that name it, blanks between.
static char *label_of(struct window *w, size_t i, const struct match_plan *plan)
{
    const char *const *cells = window_cells(w, i, plan->n);
    struct str text = {0};

    for (size_t c = 0; c < plan->n && text.len < LABEL_MAX; c++) {
        if (plan->inputs[c] && *cells[c])
            str_addf(&text, "%s%s", text.len ? " " : "", cells[c]);
    }
    return str_take(&text);
}

static void leave(struct match_selected *out, enum standing standing, char *why)
{
    out->left = mem_regrow(out->left, out->n_left + 1, sizeof(*out->left));
    out->left[out->n_left++] = (struct match_left){standing, why};
}

static char *why_same(struct window *w, const struct window_line *line)
{
    struct match_seen first;
    struct err ignored;
    size_t place;

    if (!match_seen(&w->seens, line->hash, &first, &place, &ignored))
        return str_format("line %zu: asks for the same as an earlier one", line->line);
    return str_format("line %zu: asks for the same as line %u", line->line, first.line);
}

static void leave_line(struct window *w, size_t i, struct match_selected *out)
{
    const struct window_line *line = &w->lines.items[i];

    if (line->same)
        leave(out, STANDING_DUPLICATE, why_same(w, line));
    else
        leave(out, line->suppressed ? STANDING_SUPPRESSED : STANDING_MISSING,
              str_format("line %zu: %s", line->line, window_text(w, i)));
}

static void count(struct window *w, const struct match_plan *plan, struct match_selected *out)
{
    for (size_t i = 0; i < w->lines.len; i++) {
        const struct window_line *line = &w->lines.items[i];

        if (line->at != NOT_ASKED)
            out->labels[out->n_labels++] = label_of(w, i, plan);
        else
            leave_line(w, i, out);
        out->same += line->same;
        if (line->at != NOT_ASKED || line->same)
            continue;
        if (!out->lacking++)
            (void)snprintf(out->lacks, sizeof(out->lacks), "line %zu: %.120s", line->line,
                           window_text(w, i));
    }
    out->lines = w->lines.len;
}

static bool select_lines(struct app *a, struct match_file *file, const struct match_plan *plan,
                         struct selection *s, struct match_selected *out, struct err *e)
{
    const struct match_order order = {.file = file, .plan = plan, .selection = s};
    struct window w;
    bool ok;

    if (!match_plan_suffices(plan, e) || !app_need_store(a, e) || !window_open(&w, a, &order, e))
        return false;
    ok = window_fill(&w, &order, e);
    out->labels = mem_array(s->n + 1, sizeof(*out->labels));
    if (ok)
        count(&w, plan, out);
    if (ok && w.lines.len == MATCH_SELECT_MAX)
        ok = err_set(e, ERR_INVALID, "the file has more than %d lines: lode enrich --from takes it",
                     MATCH_SELECT_MAX - 1);
    if (ok && s->n == 0)
        ok = err_set(e, ERR_INVALID, "no line of the file can be asked for%s%s",
                     *out->lacks ? "; " : "", out->lacks);
    window_close(&w);
    return ok;
}

static bool select_ids(struct match_file *file, struct selection *s, struct match_selected *out,
                       struct err *e)
{
    if (!selection_take(s, file, e))
        return false;
    out->lines = s->n;
    out->labels = mem_array(s->n, sizeof(*out->labels));
    for (size_t i = 0; i < s->n; i++)
        out->labels[out->n_labels++] = mem_strdup(s->ids[i]);
    return true;
}

bool match_select(struct app *a, const char *path, const struct match_plan *plan,
                  struct selection *s, struct match_selected *out, struct err *e)
{
    struct match_file file;
    bool ok, others = false;

    *out = (struct match_selected){0};
    if (!match_file_open(&file, path, e))
        return false;
    for (size_t i = 0; i < plan->n; i++)
        others = others || (plan->inputs[i] && plan->inputs[i]->check != MATCH_ID);
    ok = !others && selection_can_take(s, &file) ? select_ids(&file, s, out, e)
                                                 : select_lines(a, &file, plan, s, out, e);
    match_file_close(&file);
    return ok;
}

void match_selected_free(struct match_selected *m)
{
    for (size_t i = 0; i < m->n_labels; i++)
        free(m->labels[i]);
    free(m->labels);
    for (size_t i = 0; i < m->n_left; i++)
        free(m->left[i].why);
    free(m->left);
    *m = (struct match_selected){0};
}
