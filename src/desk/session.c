// How the desk was left, as lines, written whole soon after each change. UI thread, but for the
// run. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/line.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "desk/inside.h"

enum { SOON_MS = 250 }; // the rest of 300 ms is for writing

static void add_line(struct str *out, const char *name, const char *value)
{
    str_addf(out, "%s ", name);
    line_quote(value, out);
    str_add_char(out, '\n');
}

// The query's lines, each as the value of a line of that name.
static void add_query(struct str *out, const char *name, const struct query *q)
{
    struct str text = {0};
    char *rest, *line;

    query_text(q, &text);
    for (rest = text.data; rest && (line = strsep(&rest, "\n")) != NULL;) {
        if (*line)
            add_line(out, name, line);
    }
    str_free(&text);
}

static void add_columns(struct str *out, const struct results *r)
{
    for (size_t i = 0; i < r->n_shown; i++) {
        const struct shown_column *c = &r->shown[i];

        str_addf(out, "column %s %d%s\n", desk_column(r, c->column)->name, c->width,
                 c->pinned ? " pinned" : "");
    }
}

static void add_filter(struct str *out, const struct results *r)
{
    if (!r->filter)
        return;
    if (r->filter_column == SIZE_MAX) {
        add_line(out, "rows-with", r->filter_text);
        return;
    }
    str_addf(out, "rows-of %s ", desk_column(r, r->filter_column)->name);
    line_quote(r->filter_text, out);
    str_add_char(out, '\n');
}

// Also where the rows of the session before are still to be read.
static void add_rows(struct str *out, const struct seat *s, const struct results *r)
{
    if (!s->had_rows)
        return;
    str_add(out, "found\n");
    add_query(out, "found-by", &r->query);
    for (size_t i = 0; i < r->n_keys; i++)
        str_addf(out, "order %s %s\n", desk_column(r, r->keys[i].column)->name,
                 r->keys[i].ascending ? "asc" : "desc");
    add_filter(out, r);
    str_addf(out, "place %zu %zu %zu %zu\n", r->place, r->top, r->at, r->left);
}

static void add_seat(struct desk *d, struct seat *s, struct str *out)
{
    struct face at = seat_face(d, s);

    str_addf(out, "\nin %s\n", s->entity->name);
    add_query(out, "where", &at.filters->query);
    if (s->fields)
        add_line(out, "fields", s->fields);
    if (at.detail->id)
        add_line(out, "detail", at.detail->id);
    add_columns(out, at.results);
    add_rows(out, s, at.results);
}

static void add_marks(struct str *out, const struct marks_copy *marks)
{
    for (size_t i = 0; i < marks->n; i++) {
        str_add(out, "mark ");
        line_quote(marks->items[i].id, out);
        str_add_char(out, ' ');
        line_quote(marks->items[i].label, out);
        str_add_char(out, '\n');
    }
}

// How a seat was left; its marks may be many, and are written elsewhere.
struct left {
    struct str text;
    struct marks_copy marks;
};

static void write_left(struct desk *d, struct left *left)
{
    struct desk_private *p = d->private;
    struct str *out = &left[0].text;

    str_add(out, "# How the explorer was left. Written by Lode while it runs.\n");
    str_addf(out, "entity %s\n", desk_seat(d)->entity->name);
    str_addf(out, "live-count %s\n", d->live_count ? "on" : "off");
    str_addf(out, "privacy %s\n", d->privacy ? "on" : "off");
    for (size_t i = 0; i < p->view.len; i++) {
        str_addf(out, "view %s ", p->view.items[i].name);
        line_quote(p->view.items[i].value, out);
        str_add_char(out, '\n');
    }
    for (size_t i = 0; i < p->n_seats; i++) {
        add_seat(d, &p->seats[i], &left[i].text);
        left[i].marks = marks_copy(d, seat_face(d, &p->seats[i]).marks);
    }
}

static void left_free(struct desk *d, struct left *left)
{
    for (size_t i = 0; i < d->private->n_seats; i++) {
        str_free(&left[i].text);
        marks_copy_free(d, &left[i].marks);
    }
    free(left);
}

static bool write_all(int fd, struct left *left, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        add_marks(&left[i].text, &left[i].marks);
        if (!file_write_all(fd, str_text(&left[i].text), left[i].text.len))
            return false;
    }
    return true;
}

static bool write_file(const char *profile, struct left *left, size_t n, struct err *e)
{
    char *folder = xdg_make(XDG_STATE, profile, e), *path;
    struct file_new file;
    bool ok;

    if (!folder)
        return false;
    path = str_format("%s/session", folder);
    ok = file_new_open(&file, path, true, e);
    if (ok && !write_all(file.fd, left, n))
        ok = err_errno(e, ERR_STORAGE, "cannot write %s", path);
    if (ok)
        ok = file_new_commit(&file, e);
    else
        file_new_abort(&file);
    free(path);
    free(folder);
    return ok;
}

struct saving {
    struct task task;
    char *profile;
    struct left *left; // one a seat
    size_t n;
};

static bool run(struct task *t)
{
    struct saving *s = (struct saving *)t;

    return write_file(s->profile, s->left, s->n, &t->err);
}

static void done(struct desk *d, struct task *t)
{
    struct desk_private *p = d->private;

    left_free(d, ((struct saving *)t)->left);
    p->saving = false;
    if (p->touched)
        session_touch(d);
    if (!t->ok && !p->save_failed) { // said once
        (void)err_prefix(&t->err, "how the desk stands cannot be saved");
        desk_tell(d, &t->err);
    }
    p->save_failed = !t->ok;
}

static void release(struct task *t)
{
    free(((struct saving *)t)->profile);
}

static const struct task_kind kind = {
    .name = "save", .lane = LANE_LOCAL, .run = run, .done = done, .free = release};

void session_touch(struct desk *d)
{
    d->private->touched = true;
    if (d->spender && !d->private->saving && !d->private->due[TIMER_SAVE])
        timer_sooner(d, TIMER_SAVE, SOON_MS);
}

void session_save(struct desk *d)
{
    struct desk_private *p = d->private;
    struct saving *s;

    // One that browses saves nothing.
    if (!d->spender || !p->touched || p->saving)
        return;
    p->touched = false;
    p->saving = true;
    timer_stop(d, TIMER_SAVE);
    s = task_new(d, &kind, sizeof(*s), NULL);
    s->task.job.cancel = NULL;
    s->profile = mem_strdup(d->profile);
    s->n = p->n_seats;
    s->left = mem_array(s->n, sizeof(*s->left));
    write_left(d, s->left);
    task_start(&s->task);
}

void session_close(struct desk *d)
{
    size_t n = d->private->n_seats;
    struct left *left;
    struct err ignored;

    if (!d->spender || !d->private->touched)
        return;
    left = mem_array(n, sizeof(*left));
    write_left(d, left);
    (void)write_file(d->profile, left, n, &ignored);
    left_free(d, left);
}
