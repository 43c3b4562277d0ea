// What a file names, quoted. Floor: flow.
#include "flow/match_select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "flow/match_take.h"
#include "flow/match_window.h"
#include "job/cancel.h"

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

static enum standing standing_of(const struct window_line *line, const struct quoted *quoted)
{
    if (line->at != NOT_ASKED)
        return quoted->standings[line->at];
    if (line->suppressed)
        return STANDING_SUPPRESSED;
    return line->same ? STANDING_DUPLICATE : STANDING_MISSING;
}

static void keep_line(struct window *w, size_t i, const struct match_plan *plan,
                      struct match_selected *out)
{
    if (w->lines.items[i].at != NOT_ASKED)
        out->labels[out->n_labels++] = label_of(w, i, plan);
    else
        leave_line(w, i, out);
}

// Into the sums of all; the lines of the first window are kept.
static void count(struct window *w, const struct match_plan *plan, const struct quoted *quoted,
                  struct match_selected *out)
{
    bool first = out->lines == 0;

    for (size_t i = 0; i < w->lines.len; i++) {
        const struct window_line *line = &w->lines.items[i];

        if (first)
            keep_line(w, i, plan, out);
        out->quoted.quote.count[standing_of(line, quoted)]++;
        out->same += line->same;
        if (line->at != NOT_ASKED || line->same)
            continue;
        if (!out->lacking++)
            (void)snprintf(out->lacks, sizeof(out->lacks), "line %zu: %.120s", line->line,
                           window_text(w, i));
    }
    out->lines += w->lines.len;
}

static bool read_window(struct app *a, struct window *w, const struct match_order *order,
                        const struct usage *before, struct match_selected *out, struct err *e)
{
    struct quoted quoted;

    if (!window_fill(w, order, e) || !quote_from(a, order->selection, before, false, &quoted, e))
        return false;
    if (out->lines == 0) {
        out->quoted = quoted;
        memset(out->quoted.quote.count, 0, sizeof(out->quoted.quote.count));
        out->labels = mem_array(order->selection->n + 1, sizeof(*out->labels));
        count(w, order->plan, &quoted, out);
    } else {
        count(w, order->plan, &quoted, out);
        out->quoted.quote.outside += quoted.quote.outside;
        quote_free(&quoted);
    }
    return true;
}

// The records behind the first window go into a selection that is only counted by.
static bool read_windows(struct app *a, struct window *w, struct match_order *order,
                         struct match_selected *out, struct err *e)
{
    struct selection *shown = order->selection;
    struct selection rest = {
        .entity = shown->entity, .fields_key = shown->fields_key, .n_required = shown->n_required};
    struct usage before;
    bool ok = usage_fetch(a, &before, e);

    while (ok) {
        ok = read_window(a, w, order, &before, out, e);
        order->selection = &rest;
        app_step(a, "lines", (long long)out->lines, (long long)out->sum.lines);
        if (w->lines.len < WINDOW_LINES)
            break;
        if (ok && cancel_fired(a->cancel))
            ok = err_set(e, ERR_CANCELLED, "stopped on request");
    }
    selection_clear(&rest);
    free(rest.ids);
    free(rest.matches);
    out->quoted.quote.rows = out->lines;
    if (ok)
        quote_sum(&out->quoted.quote, false);
    return ok;
}

static bool select_lines(struct app *a, struct match_file *file, const struct match_plan *plan,
                         struct selection *s, struct match_selected *out, struct err *e)
{
    struct match_order order = {.file = file, .plan = plan, .selection = s};
    struct window w;
    bool ok;

    out->by_line = true;
    if (!match_plan_suffices(plan, e) || !app_need_store(a, e) ||
        !match_sum_read(a, file, &out->sum, e) || !window_open(&w, a, &order, e))
        return false;
    ok = read_windows(a, &w, &order, out, e);
    window_close(&w);
    if (ok && out->lines == out->lacking)
        ok = err_set(e, ERR_INVALID, "no line of the file can be asked for%s%s",
                     *out->lacks ? "; " : "", out->lacks);
    return ok;
}

// Lines of ids alone that cannot be read are told like those that lack what it takes.
static void leave_odd(const struct selection *s, struct match_selected *out)
{
    for (size_t i = 0; i < s->n_odd && i < MATCH_SHOWN_MAX; i++)
        leave(out, STANDING_MISSING, str_format("line %zu: %s", s->odd[i].line, s->odd[i].why));
    if (s->n_odd)
        (void)snprintf(out->lacks, sizeof(out->lacks), "line %zu: %.120s", s->odd[0].line,
                       s->odd[0].why);
    out->lacking = s->n_odd;
    out->lines = s->n + s->n_odd;
    out->quoted.quote.rows += s->n_odd;
    out->quoted.quote.count[STANDING_MISSING] += s->n_odd;
}

static bool select_ids(struct app *a, struct selection *s, struct match_selected *out,
                       struct err *e)
{
    out->labels = mem_array(s->n, sizeof(*out->labels));
    for (size_t i = 0; i < s->n; i++)
        out->labels[out->n_labels++] = mem_strdup(s->ids[i]);
    if (!quote_make(a, s, false, &out->quoted, e))
        return false;
    leave_odd(s, out);
    return true;
}

// Nobody took a column as something else.
static bool is_guessed(const struct match_plan *p)
{
    struct match_plan guess = match_plan_guess(p->entity, (const char *const *)p->names, p->n);
    bool same = p->n == 0 || memcmp(guess.inputs, p->inputs, p->n * sizeof(*p->inputs)) == 0;

    match_plan_free(&guess);
    return same;
}

bool match_select(struct app *a, const char *path, struct match_plan *plan, const char *fields,
                  struct selection *s, struct match_selected *out, struct err *e)
{
    struct match_file file;
    bool ok, by_line = !is_guessed(plan);

    *out = (struct match_selected){0};
    if (!selection_fields(s, a, fields, e) || !match_file_open(&file, path, e))
        return false;
    ok = by_line || match_take(&file, plan, s, &by_line, e);
    if (ok)
        ok = by_line ? select_lines(a, &file, plan, s, out, e) : select_ids(a, s, out, e);
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
    quote_free(&m->quoted);
    match_sum_free(&m->sum);
    *m = (struct match_selected){0};
}
