// The records of one charge, with what became of each. Floor: flow.
#include "flow/charges.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "flow/jobs.h"
#include "flow/kept_names.h"
#include "flow/library_find.h"
#include "model/match.h"
#include "store/owned.h"

// "2-3, 6" of "3 unsure; lines 2-3, 6"; NULL where its inputs are no lines of a file.
static const char *lines_of(const struct ledger_row *row)
{
    static const char *const words[] = {"; lines ", "; line "};

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        const char *found = strstr(row->why, words[i]);

        if (found)
            return found + strlen(words[i]);
    }
    return NULL;
}

size_t charge_line(const struct ledger_row *row, size_t at)
{
    const char *p = lines_of(row);

    while (p && *p) {
        char *end;
        size_t from = strtoul(p, &end, 10), to = from;

        if (*end == '-')
            to = strtoul(end + 1, &end, 10);
        if (from + at <= to)
            return from + at;
        at -= to - from + 1;
        p = *end == ',' && end > p ? end + 1 : NULL;
    }
    return 0;
}

void charge_asked_say(const struct ledger_row *row, struct str *out)
{
    const char *lines = lines_of(row);
    bool one = row->n_records == 1;
    char n[COUNT_MAX];

    if (lines)
        str_addf(out, "line%s %s of %s", one ? "" : "s", lines, file_name(row->origin));
    else
        str_addf(out, "%s record%s%s%s", count_text(row->n_records, n), one ? "" : "s",
                 *row->origin ? ", chosen in " : "", row->origin);
}

struct reading {
    const struct ledger_row *row;
    const struct entity *entity;
    struct charge_records *out;
    size_t outcome_len;
    size_t at; // whose label is read
};

// The key of an input tells people nothing: the line that it was made of does.
static char *shown_of(const struct ledger_row *row, size_t at, const char *id)
{
    size_t line = charge_line(row, at);

    return line ? str_format("%s, line %zu", file_name(row->origin), line) : mem_strdup(id);
}

static bool take_id(void *self, const char *id)
{
    struct reading *r = self;
    struct charge_records *out = r->out;
    enum fate fate = out->n < r->outcome_len ? (enum fate)r->row->outcome[out->n] : FATE_UNTOLD;

    out->items = mem_regrow(out->items, out->n + 1, sizeof(*out->items));
    out->items[out->n] =
        (struct charge_record){mem_strdup(id), shown_of(r->row, out->n, id), NULL, fate};
    out->n++;
    return true;
}

static bool take_label(void *self, const struct owned_row *row)
{
    const struct reading *r = self;
    const struct library_row library = {.owned = *row};
    struct str label = {0};

    library_label(r->entity, &library, &label);
    r->out->items[r->at].label = str_take(&label);
    return false;
}

// What is not owned may stand in the rows of a search.
static void name_by_rows(struct app *a, const struct entity *entity, struct charge_records *out)
{
    const char **ids = mem_array(out->n + 1, sizeof(*ids));
    char **labels = mem_array(out->n + 1, sizeof(*labels));

    for (size_t i = 0; i < out->n; i++) {
        ids[i] = out->items[i].id;
        labels[i] = out->items[i].label;
    }
    kept_names(a, entity, ids, labels, out->n);
    for (size_t i = 0; i < out->n; i++)
        out->items[i].label = labels[i];
    free(labels);
    free(ids);
}

// One by one: what is absent is left out of many.
static bool read_labels(struct app *a, struct reading *r, struct err *e)
{
    bool ok = true;

    for (size_t i = 0; ok && i < r->out->n; i++) {
        const char *id = r->out->items[i].id;

        r->at = i;
        ok = store_owned_each(a->store, r->entity->name, &id, 1, take_label, r, e);
        if (!r->out->items[i].label)
            r->out->items[i].label = mem_strdup("");
    }
    return ok;
}

// As the library has them.
static bool read_records(struct app *a, const struct ledger_row *row, struct charge_records *out,
                         struct err *e)
{
    struct reading r = {.row = row,
                        .entity = entity_find(row->entity),
                        .out = out,
                        .outcome_len = strlen(row->outcome)};

    *out = (struct charge_records){0};
    if (!r.entity)
        return err_set(e, ERR_NOT_FOUND, "nothing is known of records called \"%.20s\"",
                       row->entity);
    if (app_need_store(a, e) && store_charge_records(a->store, row->id, take_id, &r, e) &&
        read_labels(a, &r, e))
        return true;
    charge_records_free(out);
    return false;
}

bool charges_records(struct app *a, const struct ledger_row *row, struct charge_records *out,
                     struct err *e)
{
    if (!read_records(a, row, out, e))
        return false;
    name_by_rows(a, entity_find(row->entity), out);
    return true;
}

struct doubting {
    struct app *app;
    const struct entity *entity;
    VEC(int64_t) charges;
};

static bool take_doubt(void *self, const struct ledger_row *row)
{
    struct doubting *d = self;

    if (str_eq(row->entity, d->entity->name) && ledger_row_unanswered(row))
        vec_push(&d->charges, row->id);
    return true;
}

// Those of `from` behind what is there; what asked by an input's key cannot be sent again by id.
static void move(struct charge_records *to, struct charge_records *from, struct map *seen)
{
    long long ignored;

    to->items = mem_regrow(to->items, to->n + from->n + 1, sizeof(*to->items));
    for (size_t i = 0; i < from->n; i++) {
        struct charge_record *r = &from->items[i];

        if (!str_int64(r->id, &ignored) || map_has(seen, r->id))
            continue;
        (void)map_put(seen, r->id, to);
        to->items[to->n++] = *r;
        *r = (struct charge_record){0};
    }
    charge_records_free(from);
}

// Lines of a file have no ids to be sent again by: their job sends them, where it is kept still.
static bool refuse_lines(struct app *a, int64_t charge, struct err *e)
{
    struct job_infos jobs;
    int64_t job;

    if (!store_charge_job(a->store, charge, &job, e) || !jobs_list(a, &jobs, e))
        return false;
    (void)err_set(e, ERR_NOT_FOUND,
                  "what is in doubt are lines of a file, whose job was forgotten: buy by that file "
                  "again, with what is in doubt sent again");
    for (size_t i = 0; i < jobs.n; i++) {
        if (jobs.items[i].row.id == job)
            (void)err_set(e, ERR_NOT_FOUND,
                          "what is in doubt are lines of a file: the job %s sends them again, by "
                          "line, at your word, in the Jobs pane",
                          jobs.items[i].row.name);
    }
    jobs_free(&jobs);
    return false;
}

bool charges_doubtful(struct app *a, const struct entity *entity, int64_t charge,
                      struct charge_records *out, struct err *e)
{
    struct doubting d = {.app = a, .entity = entity};
    struct map seen = {0};
    bool ok;

    *out = (struct charge_records){0};
    ok = app_need_store(a, e) &&
         (charge ? store_ledger_rows(a->store, &charge, 1, take_doubt, &d, e)
                 : store_ledger_each(a->store, CHARGE_IN_DOUBT, false, take_doubt, &d, e));
    for (size_t i = 0; ok && i < d.charges.len; i++) {
        const struct ledger_row row = {.id = d.charges.items[i],
                                       .entity = entity->name,
                                       .outcome = "",
                                       .origin = "",
                                       .why = ""};
        struct charge_records one;

        ok = read_records(a, &row, &one, e);
        if (ok)
            move(out, &one, &seen);
    }
    if (ok && !out->n && d.charges.len)
        ok = refuse_lines(a, d.charges.items[0], e);
    map_free(&seen, NULL);
    vec_free(&d.charges);
    if (ok && out->n) {
        name_by_rows(a, entity, out);
        return true;
    }
    charge_records_free(out);
    if (!ok)
        return false;
    return err_set(e, ERR_NOT_FOUND, "no %s in doubt can be sent again by id", entity->name);
}

void charge_records_free(struct charge_records *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->items[i].id);
        free(r->items[i].shown);
        free(r->items[i].label);
    }
    free(r->items);
    *r = (struct charge_records){0};
}

const char *charge_fate_shown(enum fate fate, enum charge_state state)
{
    static const char *const by_state[CHARGE_STATES] = {
        [CHARGE_INTENT] = "under way",     [CHARGE_RELEASED] = "not sent",
        [CHARGE_REJECTED] = "not charged", [CHARGE_CHARGED] = "answered",
        [CHARGE_IN_DOUBT] = "in doubt",    [CHARGE_RECONCILED] = "cleared up",
    };
    const struct match_status *status;

    switch (fate) {
    case FATE_CHARGED:
        return "charged: 1 credit";
    case FATE_WITHHELD:
        return "charged: 1 credit; suppressed, not kept";
    case FATE_WITHHELD_OWNED:
        return "owned: no credit; suppressed, not kept";
    case FATE_OWNED:
        return "owned: no credit";
    case FATE_EITHER:
        return "new here: a credit or none, by the meter";
    case FATE_NO_MATCH:
        return "no match: no credit";
    case FATE_GONE:
        return "opted out: no credit";
    default:
        status = match_status_of((char)fate);
        return status ? status->about : by_state[state];
    }
}
