// Jobs, written and read. Floor: store.
#include "store/jobs.h"

#include <unistd.h>

#include "store/disk.h"
#include "store/ids.h"
#include "store/jobs_file.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/places.h"
#include "store/slice.h"

static const char *const states[JOB_STATES] = {
    [JOB_WAITS] = "waits", [JOB_RUNS] = "runs",           [JOB_PAUSED] = "paused",
    [JOB_DONE] = "done",   [JOB_CANCELLED] = "cancelled",
};

const char *job_state_name(enum job_state state)
{
    return states[state];
}

static enum job_state state_of(const char *name)
{
    for (int i = 0; i < JOB_STATES; i++) {
        if (str_eq(states[i], name))
            return (enum job_state)i;
    }
    return JOB_PAUSED;
}

struct make_task {
    struct store_task task;
    const struct job_new *job;
    int64_t id;
};

static bool insert_file(struct store *s, const struct make_task *t, struct err *e)
{
    const struct job_file *f = t->job->file;

    return db_run(&s->jobs, "INSERT INTO job_file VALUES (?, ?, ?, ?, ?, ?)",
                  VALUES(value_int(t->id), value_text(f->path), value_int(f->size),
                         value_text(f->sha256), value_text(f->mapping), value_text(f->format)),
                  e);
}

// Ids are times, so that one is never given again where the file had to be made anew.
static bool insert(struct store *s, struct make_task *t, const char *records, struct err *e)
{
    const struct job_new *j = t->job;
    int64_t taken, now = clock_utc_ms(&s->clock);

    if (!db_number(&s->jobs, "SELECT count(*) FROM job WHERE name = ?", VALUES(value_text(j->name)),
                   0, &taken, e))
        return false;
    if (taken)
        return err_set(e, ERR_INVALID, "there is a job \"%.64s\" already", j->name);
    if (!db_number(&s->jobs, "SELECT max(?, ifnull(max(id), 0) + 1) FROM job",
                   VALUES(value_int(now)), now, &t->id, e))
        return false;
    return db_run(&s->jobs,
                  "INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, 'waits', 0, ?, ?, ?, ?, ?, '', ?, ?)",
                  VALUES(value_int(t->id), value_text(j->name), value_text(j->entity),
                         value_text(j->fields), value_int(now), value_int(now),
                         value_int(j->priority), value_int((int64_t)j->n),
                         value_int(j->max_credits), value_int(j->quoted_min),
                         value_int(j->quoted_max), value_text(j->origin ? j->origin : ""),
                         value_int(j->outside)),
                  e) &&
           (j->file
                ? insert_file(s, t, e)
                : db_run(&s->jobs, "INSERT INTO job_record SELECT ?, key, value FROM json_each(?)",
                         VALUES(value_int(t->id), value_text(records)), e));
}

static bool make(struct store *s, struct store_task *task, struct err *e)
{
    struct make_task *t = (struct make_task *)task;
    struct str list = {0};
    bool there, ok;

    if (!jobs_file_open(s, true, &there, e) || !db_begin(&s->jobs, e))
        return false;
    ids_json(t->job->records, t->job->file ? 0 : t->job->n, &list);
    ok = insert(s, t, str_text(&list), e) && db_commit(&s->jobs, e);
    db_end(&s->jobs);
    str_free(&list);
    return ok;
}

bool store_job_make(struct store *s, const struct job_new *job, int64_t *id, struct err *e)
{
    struct make_task t = {.task = {.kind = TASK_ALONE, .work = make}, .job = job};
    bool ok = store_do(s, &t.task, e);

    *id = t.id;
    return ok;
}

enum job_cell {
    CELL_ID,
    CELL_NAME,
    CELL_ENTITY,
    CELL_FIELDS,
    CELL_MADE,
    CELL_CHANGED,
    CELL_STATE,
    CELL_WISH,
    CELL_PRIORITY,
    CELL_N,
    CELL_MAX,
    CELL_QUOTED_MIN,
    CELL_QUOTED_MAX,
    CELL_REASON,
    CELL_ORIGIN,
    CELL_PATH,
    CELL_SIZE,
    CELL_SHA256,
    CELL_MAPPING,
    CELL_FORMAT,
    CELL_OUTSIDE,
    CELLS
};

struct read_task {
    struct store_task task;
    int64_t after;      // jobs read
    bool nobody_spends; // what runs has ended without a word
    struct slice slice;
};

static bool nobody_spends(struct store *s)
{
    struct err ignored;
    int lock = s->lock < 0 ? disk_lock(s, &ignored) : -1;

    if (lock >= 0)
        (void)close(lock);
    return lock >= 0;
}

static bool read_jobs(struct store *s, struct store_task *task, struct err *e)
{
    struct read_task *t = (struct read_task *)task;
    bool there;

    slice_clear(&t->slice);
    if (!jobs_file_open(s, false, &there, e))
        return false;
    if (!there)
        return true;
    t->nobody_spends = nobody_spends(s);
    return slice_fill(&t->slice,
                      rows_open(&s->jobs,
                                "SELECT id, name, entity, fields, made_ms, changed_ms, state, wish,"
                                " priority, n, max_credits, quoted_min, quoted_max, reason, origin,"
                                " ifnull(path, ''), ifnull(size, 0), ifnull(sha256, ''),"
                                " ifnull(mapping, ''), ifnull(format, ''), outside"
                                " FROM job LEFT JOIN job_file ON job = id"
                                " ORDER BY priority DESC, id LIMIT 100 OFFSET ?",
                                VALUES(value_int(t->after))),
                      e);
}

struct answered_task {
    struct store_task task;
    int64_t job, n;
    bool by_file; // which may have a million lines, each asked for once
};

static bool count_answered(struct store *s, struct store_task *task, struct err *e)
{
    struct answered_task *t = (struct answered_task *)task;

    if (t->by_file)
        return db_number(&s->ledger,
                         "SELECT sum(c.n_records) FROM charge_job j JOIN charge_event e"
                         " ON e.charge = j.charge AND e.state = 'charged' JOIN charge c"
                         " ON c.id = j.charge WHERE j.job = ?",
                         VALUES(value_int(t->job)), 0, &t->n, e);
    return db_number(&s->ledger,
                     "SELECT count(DISTINCT r.record) FROM charge_job j JOIN charge_event e"
                     " ON e.charge = j.charge AND e.state = 'charged' JOIN charge_record r"
                     " ON r.charge = j.charge WHERE j.job = ?",
                     VALUES(value_int(t->job)), 0, &t->n, e);
}

const char job_stopped_in_doubt[] = "stopped in doubt: ";
const char job_doubts_cleared[] = "what was in doubt is cleared up";

// It came to its end, but for what its reason tells of: that is in doubt, or was.
static void open_again(struct job_row *row)
{
    row->state = JOB_PAUSED;
    row->doubts = row->in_doubt > 0;
    if (!row->doubts)
        row->reason = job_doubts_cleared;
}

// Somebody cleared it up since.
static bool is_outdated(const struct job_row *row)
{
    return row->state == JOB_PAUSED && !row->in_doubt &&
           strstr(row->reason, job_stopped_in_doubt) != NULL;
}

static bool give(struct store *s, const struct read_task *t, size_t i,
                 bool (*each)(void *arg, const struct job_row *row), void *arg, bool *more,
                 struct err *e)
{
    const struct slice *c = &t->slice;
    struct answered_task answered = {.task = {.kind = TASK_ALONE, .work = count_answered},
                                     .job = slice_int(c, i, CELL_ID),
                                     .by_file = *slice_text(c, i, CELL_PATH) != '\0'};
    struct spent spent;
    struct job_row row = {
        .id = answered.job,
        .name = slice_text(c, i, CELL_NAME),
        .entity = slice_text(c, i, CELL_ENTITY),
        .fields = slice_text(c, i, CELL_FIELDS),
        .made_ms = slice_int(c, i, CELL_MADE),
        .changed_ms = slice_int(c, i, CELL_CHANGED),
        .state = state_of(slice_text(c, i, CELL_STATE)),
        .wish = (enum job_wish)slice_int(c, i, CELL_WISH),
        .priority = (int)slice_int(c, i, CELL_PRIORITY),
        .n = slice_int(c, i, CELL_N),
        .max_credits = slice_int(c, i, CELL_MAX),
        .quoted_min = slice_int(c, i, CELL_QUOTED_MIN),
        .quoted_max = slice_int(c, i, CELL_QUOTED_MAX),
        .reason = slice_text(c, i, CELL_REASON),
        .origin = slice_text(c, i, CELL_ORIGIN),
        .outside = slice_int(c, i, CELL_OUTSIDE) != 0,
        .file = {.path = slice_text(c, i, CELL_PATH),
                 .sha256 = slice_text(c, i, CELL_SHA256),
                 .mapping = slice_text(c, i, CELL_MAPPING),
                 .format = slice_text(c, i, CELL_FORMAT),
                 .size = slice_int(c, i, CELL_SIZE)},
    };

    if (!store_do(s, &answered.task, e) || !store_spent_by(s, row.id, &spent, e))
        return false;
    row.answered = answered.n;
    row.charged = spent.charged;
    row.in_doubt = spent.in_doubt - spent.under_way;
    if (row.state == JOB_DONE && *row.reason)
        open_again(&row);
    if (is_outdated(&row))
        row.reason = job_doubts_cleared;
    if (row.state == JOB_RUNS && t->nobody_spends) {
        row.state = JOB_PAUSED;
        row.reason = "the program ended in the middle";
    }
    *more = each(arg, &row);
    return true;
}

bool store_job_each(struct store *s, bool (*each)(void *arg, const struct job_row *row), void *arg,
                    struct err *e)
{
    struct read_task t = {.task = {.kind = TASK_ALONE, .work = read_jobs},
                          .slice = {.width = CELLS}};
    bool ok, more = true;
    size_t n;

    do {
        ok = store_do(s, &t.task, e);
        n = ok ? slice_rows(&t.slice) : 0;
        for (size_t i = 0; ok && more && i < n; i++)
            ok = give(s, &t, i, each, arg, &more, e);
        t.after += (int64_t)n;
    } while (ok && more && n > 0);
    slice_free(&t.slice);
    return ok;
}

static bool read_records(struct store *s, struct store_task *task, struct err *e)
{
    struct places *p = (struct places *)task;
    bool there;

    slice_clear(&p->slice);
    return jobs_file_open(s, false, &there, e) &&
           (!there || slice_fill(&p->slice,
                                 rows_open(&s->jobs,
                                           "SELECT record, place FROM job_record WHERE job = ? AND"
                                           " place > ? ORDER BY place",
                                           VALUES(value_int(p->of), value_int(p->after))),
                                 e));
}

bool store_job_records(struct store *s, int64_t id, bool (*each)(void *arg, const char *record),
                       void *arg, struct err *e)
{
    return places_each(s, read_records, id, each, arg, e);
}

struct absent_task {
    struct store_task task;
    int64_t job, charge, place; // read up to there
    struct slice slice;         // record, letter, charge, place
};

static bool read_absent(struct store *s, struct store_task *task, struct err *e)
{
    struct absent_task *t = (struct absent_task *)task;

    return slice_fill(
        &t->slice,
        rows_open(&s->ledger,
                  "SELECT r.record, substr(e.outcome, r.place + 1, 1) AS letter, r.charge, r.place"
                  " FROM charge_job j CROSS JOIN charge_event e ON e.charge = j.charge AND e.final"
                  " AND e.state = 'charged' CROSS JOIN charge_record r ON r.charge = j.charge"
                  " WHERE j.job = ?1 AND j.charge >= ?2 AND (j.charge > ?2 OR r.place > ?3)"
                  " AND letter NOT IN ('', '?', 'c', 'o', 'm') ORDER BY j.charge, r.place",
                  VALUES(value_int(t->job), value_int(t->charge), value_int(t->place))),
        e);
}

bool store_job_absent(struct store *s, int64_t id,
                      bool (*each)(void *arg, const char *record, char letter), void *arg,
                      struct err *e)
{
    struct absent_task t = {.task = {.kind = TASK_ALONE, .work = read_absent},
                            .job = id,
                            .place = -1,
                            .slice = {.width = 4}};
    bool ok, more = true;

    do {
        ok = store_do(s, &t.task, e);
        for (size_t i = 0; ok && more && i < slice_rows(&t.slice); i++) {
            more = each(arg, slice_text(&t.slice, i, 0), *slice_text(&t.slice, i, 1));
            t.charge = slice_int(&t.slice, i, 2);
            t.place = slice_int(&t.slice, i, 3);
        }
    } while (ok && more && slice_full(&t.slice));
    slice_free(&t.slice);
    return ok;
}

// One statement about one job.
struct change_task {
    struct store_task task;
    const char *sql;
    struct value values[5];
    size_t n;
};

static bool change(struct store *s, struct store_task *task, struct err *e)
{
    struct change_task *t = (struct change_task *)task;
    bool there;

    return jobs_file_open(s, true, &there, e) && db_run(&s->jobs, t->sql, t->values, t->n, e);
}

static bool do_change(struct store *s, struct change_task *t, struct err *e)
{
    t->task.kind = TASK_ALONE;
    t->task.work = change;
    return store_do(s, &t->task, e);
}

bool store_job_set(struct store *s, int64_t id, enum job_state state, const char *reason,
                   struct err *e)
{
    struct change_task t = {
        .sql = "UPDATE job SET state = ?, reason = ?, changed_ms = ?, wish = 0 WHERE id = ?",
        .values = {value_text(states[state]), value_text(reason),
                   value_int(clock_utc_ms(&s->clock)), value_int(id)},
        .n = 4};

    return do_change(s, &t, e);
}

bool store_job_terms(struct store *s, int64_t id, long long max_credits, long long quoted_min,
                     long long quoted_max, struct err *e)
{
    struct change_task t = {
        .sql = "UPDATE job SET max_credits = ?, quoted_min = ?, quoted_max = ? WHERE id = ?",
        .values = {value_int(max_credits), value_int(quoted_min), value_int(quoted_max),
                   value_int(id)},
        .n = 4};

    return do_change(s, &t, e);
}

bool store_job_priority(struct store *s, int64_t id, int priority, struct err *e)
{
    struct change_task t = {.sql = "UPDATE job SET priority = ? WHERE id = ?",
                            .values = {value_int(priority), value_int(id)},
                            .n = 2};

    return do_change(s, &t, e);
}

bool store_job_wish(struct store *s, int64_t id, enum job_wish wish, struct err *e)
{
    struct change_task t = {.sql = "UPDATE job SET wish = ? WHERE id = ?",
                            .values = {value_int(wish), value_int(id)},
                            .n = 2};

    return do_change(s, &t, e);
}

struct wished_task {
    struct store_task task;
    int64_t job, wish;
};

static bool wished(struct store *s, struct store_task *task, struct err *e)
{
    struct wished_task *t = (struct wished_task *)task;
    bool there;

    return jobs_file_open(s, false, &there, e) &&
           (!there || db_number(&s->jobs, "SELECT wish FROM job WHERE id = ?",
                                VALUES(value_int(t->job)), JOB_WISH_CANCEL, &t->wish, e));
}

bool store_job_wished(struct store *s, int64_t id, enum job_wish *out, struct err *e)
{
    struct wished_task t = {.task = {.kind = TASK_ALONE, .work = wished}, .job = id};
    bool ok = store_do(s, &t.task, e);

    *out = (enum job_wish)t.wish;
    return ok;
}

static bool drop(struct store *s, struct store_task *task, struct err *e)
{
    struct wished_task *t = (struct wished_task *)task;
    bool there, ok;

    if (!jobs_file_open(s, true, &there, e) || !db_begin(&s->jobs, e))
        return false;
    ok = db_run(&s->jobs, "DELETE FROM job_record WHERE job = ?", VALUES(value_int(t->job)), e) &&
         db_run(&s->jobs, "DELETE FROM job_file WHERE job = ?", VALUES(value_int(t->job)), e) &&
         db_run(&s->jobs, "DELETE FROM job WHERE id = ?", VALUES(value_int(t->job)), e) &&
         db_commit(&s->jobs, e);
    db_end(&s->jobs);
    return ok;
}

bool store_job_drop(struct store *s, int64_t id, struct err *e)
{
    struct wished_task t = {.task = {.kind = TASK_ALONE, .work = drop}, .job = id};

    return store_do(s, &t.task, e);
}
