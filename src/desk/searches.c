// Saved searches and history on the desk: each thing done is a small piece of work that reads the
// list again behind it. UI thread, but for the run. Floor: desk.
#include "desk/searches.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "desk/inside.h"

struct searches_job {
    struct task task;
    bool (*act)(struct searches_job *j); // on a worker; NULL: only the list is read
    struct saved one;                    // of act
    char *name;                          // another name, or NULL
    char *done_text;                     // said afterwards, made by act
    struct saved_list saved;
    struct past_list past;
};

static bool run(struct task *t)
{
    struct searches_job *j = (struct searches_job *)t;

    return (!j->act || j->act(j)) && searches_list(&t->app, &j->saved, &t->err) &&
           history_list(&t->app, &j->past, &t->err);
}

static void done(struct desk *d, struct task *t)
{
    struct searches_job *j = (struct searches_job *)t;
    struct searches_view *v = &d->searches;

    if (t->ok) {
        searches_list_free(&v->saved);
        history_list_free(&v->past);
        v->saved = j->saved;
        v->past = j->past;
        j->saved = (struct saved_list){0};
        j->past = (struct past_list){0};
        v->there = true;
        if (j->done_text)
            desk_say(d, ERR_NONE, "%s", j->done_text);
    } else if (j->act) {
        desk_tell(d, &t->err);
    }
    v->err = t->ok ? (struct err){0} : t->err;
    desk_changed(d, DESK_SEARCHES);
}

static void release(struct task *t)
{
    struct searches_job *j = (struct searches_job *)t;

    saved_free(&j->one);
    searches_list_free(&j->saved);
    history_list_free(&j->past);
    free(j->name);
    free(j->done_text);
}

static const struct task_kind kind = {
    .name = "searches", .lane = LANE_LOCAL, .run = run, .done = done, .free = release};

static struct searches_job *job_new(struct desk *d, bool (*act)(struct searches_job *j))
{
    struct searches_job *j = task_new(d, &kind, sizeof(*j), NULL);

    j->act = act;
    return j;
}

void desk_searches_read(struct desk *d)
{
    if (d->private->open)
        task_start(&job_new(d, NULL)->task);
}

struct saved saved_copy(const struct saved *s)
{
    struct saved copy = *s;

    copy.name = mem_strdup(s->name);
    copy.note = mem_strdup(s->note);
    copy.entity = mem_strdup(s->entity);
    copy.text = mem_strdup(s->text);
    return copy;
}

const struct saved *saved_at(const struct desk *d, int64_t id)
{
    const struct saved_list *l = &d->searches.saved;

    for (size_t i = 0; i < l->items.len; i++) {
        if (l->items.items[i].id == id)
            return &l->items.items[i];
    }
    return NULL;
}

const struct saved *desk_search_named(const struct desk *d, const char *name)
{
    const struct saved_list *l = &d->searches.saved;

    for (size_t i = 0; i < l->items.len; i++) {
        if (str_eq_case(l->items.items[i].name, name))
            return &l->items.items[i];
    }
    return NULL;
}

static bool save(struct searches_job *j)
{
    if (!searches_save(&j->task.app, &j->one, &j->task.err) ||
        (j->one.hits >= 0 && !searches_counted(&j->task.app, j->one.id, j->one.hits, &j->task.err)))
        return false;
    j->done_text = str_format("Saved as \"%s\".", j->one.name);
    return true;
}

// Another one of its name, as it is now, makes way.
static bool save_over(struct searches_job *j)
{
    struct saved old;
    struct err ignored;

    if (searches_find(&j->task.app, j->one.name, &old, &ignored)) {
        j->one.id = old.id;
        if (!*j->one.note) {
            free(j->one.note);
            j->one.note = mem_strdup(old.note);
        }
    }
    saved_free(&old);
    return save(j);
}

// What the filters match as far as it was told since they changed last, or -1.
static long long hits_now(const struct desk *d)
{
    const struct filters *f = &d->filters;

    if (f->state == COUNT_KNOWN && f->requests == 1)
        return f->hits;
    return d->results.state == RESULTS_THERE && !f->changed ? d->results.hits : -1;
}

bool desk_search_save(struct desk *d, const char *name, const char *note, bool replace,
                      struct err *e)
{
    struct str text = {0};
    struct searches_job *j;

    if (!d->private->open)
        return err_set(e, ERR_REFUSED, "the account is not open yet; wait a moment");
    if (!searches_name_fits(name, e))
        return false;
    j = job_new(d, replace ? save_over : save);
    desk_filters_text(d, &text);
    j->one.name = mem_strdup(name);
    j->one.note = mem_strdup(note);
    j->one.entity = mem_strdup(d->filters.entity->name);
    j->one.text = str_take(&text);
    j->one.hits = hits_now(d);
    task_start(&j->task);
    return true;
}

static void add_fault(void *self, const char *sentence)
{
    str_addf(self, "%s\n", sentence);
}

bool desk_search_bring(struct desk *d, const char *text, struct str *faults, struct err *e)
{
    const struct query_faults to = {.self = faults, .fault = add_fault, .long_lists = true};
    struct query q = {0};
    struct str sound = {0};
    bool ok;

    (void)query_text_read(text, &q, &to);
    if (!q.entity)
        return err_set(e, ERR_INVALID, "that text does not say what it searches");
    desk_entity(d, q.entity);
    query_write(&q, &sound);
    ok = desk_filters_read(d, str_text(&sound), e);
    str_free(&sound);
    query_free(&q);
    return ok;
}

// act on the one with that id, as far as it is there.
static void start_on(struct desk *d, int64_t id, const char *name,
                     bool (*act)(struct searches_job *j))
{
    const struct saved *s = saved_at(d, id);
    struct searches_job *j;

    if (!s || !d->private->open)
        return;
    j = job_new(d, act);
    j->one = saved_copy(s);
    j->name = name ? mem_strdup(name) : NULL;
    task_start(&j->task);
}

static bool rename_one(struct searches_job *j)
{
    return searches_rename(&j->task.app, &j->one, j->name, &j->task.err);
}

bool desk_search_rename(struct desk *d, int64_t id, const char *name, struct err *e)
{
    if (!searches_name_fits(name, e))
        return false;
    start_on(d, id, name, rename_one);
    return true;
}

static bool note(struct searches_job *j)
{
    free(j->one.note);
    j->one.note = mem_strdup(j->name);
    return searches_save(&j->task.app, &j->one, &j->task.err);
}

void desk_search_note(struct desk *d, int64_t id, const char *text)
{
    start_on(d, id, text, note);
}

static bool duplicate(struct searches_job *j)
{
    char *made = NULL;
    bool ok = searches_duplicate(&j->task.app, &j->one, NULL, &made, &j->task.err);

    if (ok)
        j->done_text = str_format("A copy is saved as \"%s\".", made);
    free(made);
    return ok;
}

void desk_search_duplicate(struct desk *d, int64_t id)
{
    start_on(d, id, NULL, duplicate);
}

static bool delete_one(struct searches_job *j)
{
    j->done_text = str_format("\"%s\" is deleted; u brings it back.", j->one.name);
    return searches_delete(&j->task.app, &j->one, &j->task.err);
}

void desk_search_delete(struct desk *d, int64_t id)
{
    start_on(d, id, NULL, delete_one);
}

static bool restore(struct searches_job *j)
{
    if (!searches_restore(&j->task.app, 0, &j->one, &j->task.err))
        return false;
    j->done_text = str_format("\"%s\" is back.", j->one.name);
    return true;
}

void desk_search_restore(struct desk *d)
{
    if (d->private->open)
        task_start(&job_new(d, restore)->task);
}

static bool export_all(struct searches_job *j)
{
    struct str text = {0};
    char count[COUNT_MAX];
    size_t n = 0;
    bool ok = searches_write_all(&j->task.app, &text, &n, &j->task.err) &&
              searches_file_write(j->name, &text, false, &j->task.err);

    if (ok)
        j->done_text = str_format("%s saved %s in %s as text.", count_text((long long)n, count),
                                  n == 1 ? "search is" : "searches are", j->name);
    str_free(&text);
    return ok;
}

// Names that are taken get a number.
static bool import_all(struct searches_job *j)
{
    struct str names = {0}, said = {0};
    bool ok = searches_file_import(&j->task.app, j->name, false, &names, &j->task.err);
    char *rest = names.data, *name;

    while (ok && (name = strsep(&rest, "\n")) != NULL && *name)
        str_addf(&said, "%s\"%s\"", said.len ? ", " : "Saved: ", name);
    if (ok)
        j->done_text = str_format("%s.", str_text(&said));
    str_free(&names);
    str_free(&said);
    return ok;
}

static void start_with(struct desk *d, const char *path, bool (*act)(struct searches_job *j))
{
    struct searches_job *j;

    if (!d->private->open)
        return;
    j = job_new(d, act);
    j->name = xdg_home_path(path);
    task_start(&j->task);
}

void desk_searches_export(struct desk *d, const char *path)
{
    start_with(d, path, export_all);
}

void desk_searches_import(struct desk *d, const char *path)
{
    start_with(d, path, import_all);
}

void searches_reset(struct desk *d)
{
    struct searches_view *v = &d->searches;

    searches_list_free(&v->saved);
    history_list_free(&v->past);
    changes_view_free(&v->changes);
    query_free(&v->waterfall.query);
    free(v->waterfall.steps);
    query_free(&v->split.query);
    split_free(&v->split.plan);
    memset(v, 0, sizeof(*v));
}
