// Whether what is in doubt concerns a job. Floor: store.
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/jobs.h"
#include "store/jobs_file.h"
#include "store/owner.h"

struct doubt_task {
    struct store_task task;
    const struct job_row *job;
    bool found;
};

static bool any_of(struct store *s, const struct doubt_task *t, const char *records, int64_t *n,
                   struct err *e)
{
    bool there;

    if (*t->job->file.path)
        return db_number(&s->ledger, "SELECT json_array_length(?) > 0", VALUES(value_text(records)),
                         0, n, e);
    return jobs_file_open(s, false, &there, e) &&
           (!there ||
            db_number(&s->jobs,
                      "SELECT EXISTS (SELECT 1 FROM job_record WHERE job = ? AND record IN"
                      " (SELECT value FROM json_each(?)))",
                      VALUES(value_int(t->job->id), value_text(records)), 0, n, e));
}

static bool find_doubt(struct store *s, struct store_task *task, struct err *e)
{
    struct doubt_task *t = (struct doubt_task *)task;
    struct rows r = rows_open(&s->ledger,
                              "SELECT json_group_array(r.record) FROM charge_open o"
                              " JOIN charge c ON c.id = o.charge"
                              " JOIN charge_record r ON r.charge = o.charge WHERE c.entity = ?",
                              VALUES(value_text(t->job->entity)));
    char *records = rows_next(&r) ? mem_strdup(rows_text(&r, 0)) : NULL;
    bool ok = rows_close(&r, e);
    int64_t n = 0;

    ok = ok && (!records || str_eq(records, "[]") || any_of(s, t, records, &n, e));
    t->found = n != 0;
    free(records);
    return ok;
}

bool store_job_doubted(struct store *s, const struct job_row *job, bool *out, struct err *e)
{
    struct doubt_task t = {.task = {.kind = TASK_ALONE, .work = find_doubt}, .job = job};
    bool ok = store_do(s, &t.task, e);

    *out = t.found;
    return ok;
}
