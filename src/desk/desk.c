// An analyst's desk: opening, closing, what is said, which entity is looked at. UI thread.
// Floor: desk.
#include "desk/desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "desk/inside.h"
#include "desk/ledger_inside.h"
#include "desk/library_inside.h"
#include "job/cancel.h"

struct seat *desk_seat(struct desk *d)
{
    return &d->private->seats[d->private->at];
}

struct face seat_face(struct desk *d, struct seat *s)
{
    if (s == desk_seat(d))
        return (struct face){&d->filters, &d->results, &d->marks, &d->detail, &d->buying};
    return (struct face){&s->filters, &s->results, &s->marks, &s->detail, &s->buying};
}

void desk_changed(struct desk *d, unsigned parts)
{
    d->private->changed |= parts;
}

void desk_say(struct desk *d, enum err_kind kind, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)vsnprintf(d->message.text, sizeof(d->message.text), format, args);
    va_end(args);
    d->message.kind = kind;
    d->message.number++;
    d->said[d->message.number % DESK_SAID] = d->message;
    desk_changed(d, DESK_MESSAGE);
}

void desk_tell(struct desk *d, const struct err *e)
{
    if (e->kind != ERR_CANCELLED)
        desk_say(d, e->kind, "%s", e->text);
}

bool desk_online(const struct desk *d, struct err *e)
{
    switch (d->state) {
    case DESK_READY:
        return true;
    case DESK_NOBODY:
        return err_set(e, ERR_UNAUTHORISED, "nobody is signed in");
    case DESK_STARTING:
        return err_set(e, ERR_REFUSED, "the account is still being opened; wait a moment");
    default:
        *e = d->failed;
        return false;
    }
}

static void seat_init(struct seat *s)
{
    const struct entity *entity = s->entity;

    s->filters =
        (struct filters){.entity = entity, .query = query_new(entity), .hits = -1, .requests = 1};
    s->results = (struct results){
        .entity = entity, .query = query_new(entity), .asked = query_new(entity), .hits = -1};
    s->detail.entity = entity;
    more_open(&s->results.more, entity);
    columns_usual(&s->results);
}

static void make_seats(struct desk *d)
{
    struct desk_private *p = d->private;

    while (entity_all()[p->n_seats])
        p->n_seats++;
    p->seats = mem_array(p->n_seats, sizeof(*p->seats));
    for (size_t i = 0; i < p->n_seats; i++) {
        p->seats[i].entity = entity_all()[i];
        seat_init(&p->seats[i]);
    }
}

// Between a seat and the desk.
static void sit_down(struct desk *d)
{
    struct seat *s = desk_seat(d);

    d->filters = s->filters;
    d->results = s->results;
    d->marks = s->marks;
    d->detail = s->detail;
    d->buying = s->buying;
}

static void stand_up(struct desk *d)
{
    struct seat *s = desk_seat(d);

    s->filters = d->filters;
    s->results = d->results;
    s->marks = d->marks;
    s->detail = d->detail;
    s->buying = d->buying;
}

void desk_entity(struct desk *d, const struct entity *entity)
{
    struct desk_private *p = d->private;

    if (desk_seat(d)->entity == entity)
        return;
    stand_up(d);
    for (size_t i = 0; i < p->n_seats; i++) {
        if (p->seats[i].entity == entity)
            p->at = i;
    }
    sit_down(d);
    filters_listed(d);
    if (d->filters.state == COUNT_WAITING)
        count_later(d);
    library_reset(d);
    session_touch(d);
    desk_changed(d, DESK_FILTERS | DESK_RESULTS | DESK_MARKS | DESK_DETAIL | DESK_QUOTE);
}

static void free_seat(struct desk *d, struct seat *s)
{
    filters_free(&s->filters);
    results_free(&s->results);
    marks_free(&s->marks);
    detail_free(&s->detail);
    buying_free(&s->buying);
    search_close(d, &s->search);
    undo_free(&s->undo);
    free(s->fields);
}

void seats_reset(struct desk *d)
{
    struct desk_private *p = d->private;

    stand_up(d);
    for (size_t i = 0; i < p->n_seats; i++) {
        const struct entity *entity = p->seats[i].entity;

        free_seat(d, &p->seats[i]);
        p->seats[i] = (struct seat){.entity = entity};
        seat_init(&p->seats[i]);
    }
    sit_down(d);
    library_reset(d);
    desk_changed(d, DESK_FILTERS | DESK_RESULTS | DESK_MARKS | DESK_DETAIL | DESK_QUOTE);
}

static void ring_for_usage(void *self)
{
    bell_ring(self, DESK_TRACE | DESK_USAGE);
}

static void read_account(struct desk *d, const struct desk_config *config)
{
    struct account account;
    struct err e;

    if (!account_read(&account, config, &e))
        desk_tell(d, &e);
    start_account(d, &account);
    session_restore(d);
}

struct desk *desk_open(const struct desk_config *config)
{
    struct desk *d = mem_zalloc(sizeof(*d));
    struct desk_private *p = mem_zalloc(sizeof(*p));

    d->private = p;
    d->locked = d->live_count = true;
    d->limits = limits_none();
    d->trace = trace_new();
    trace_watch(d->trace, ring_for_usage, p);
    p->replies = queue_open();
    p->root = cancel_new(NULL);
    atomic_init(&p->rung, false);
    atomic_init(&p->news, 0);
    make_seats(d);
    sit_down(d);
    read_account(d, config);
    return d;
}

void desk_close(struct desk *d)
{
    struct desk_private *p = d->private;

    start_close(d);
    (void)desk_serve(d); // sentences and rings that nobody will hear
    stand_up(d);
    for (size_t i = 0; i < p->n_seats; i++)
        free_seat(d, &p->seats[i]);
    free(p->seats);
    desk_load_close(d);
    lists_free(d);
    searches_reset(d);
    views_free(d);
    ledger_free(d);
    charges_free(d);
    jobs_free(&d->jobs);
    library_free(d);
    trace_free(d->trace);
    queue_close(p->replies);
    cancel_unref(p->root);
    view_free(d);
    key_free(d);
    free(d->doctor.items);
    free(d->faults);
    str_free(&p->unfinished);
    free(d->profile);
    free(d->host);
    free(p);
    free(d);
}

void desk_set_live_count(struct desk *d, bool on)
{
    d->live_count = on;
    if (!on && d->filters.state == COUNT_WAITING)
        count_stop(d);
    if (on && d->filters.state == COUNT_UNKNOWN)
        count_later(d);
    session_touch(d);
    desk_changed(d, DESK_FILTERS);
}

void desk_set_privacy(struct desk *d, bool on)
{
    d->privacy = on;
    session_touch(d);
    desk_changed(d, DESK_FILTERS | DESK_RESULTS | DESK_MARKS | DESK_DETAIL | DESK_QUOTE);
}
