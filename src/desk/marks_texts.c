// What is read of the marks elsewhere while they go on changing, and what nobody needs of them any
// more: many small pieces of memory, which a worker gives back. UI thread, but for the run.
// Floor: desk.
#include <stdlib.h>

#include "base/mem.h"
#include "desk/inside.h"

enum { MANY = 2000 }; // given back here where there are fewer

struct sweeping {
    struct task task;
    struct map map;
    struct mark_set set;
};

static bool run(struct task *t)
{
    struct sweeping *s = (struct sweeping *)t;

    map_free(&s->map, NULL);
    mark_set_free(&s->set);
    return true;
}

static void done(struct desk *d, struct task *t)
{
    (void)d;
    (void)t;
}

static const struct task_kind kind = {
    .name = "sweep", .lane = LANE_COMPUTE, .run = run, .done = done};

// Both are taken over.
static void sweep(struct desk *d, struct map *map, struct mark_set *set)
{
    struct desk_private *p = d->private;
    struct sweeping *s;

    if (map->len + set->n < MANY || p->closing || !p->open) {
        map_free(map, NULL);
        mark_set_free(set);
        return;
    }
    s = task_new(d, &kind, sizeof(*s), NULL);
    s->task.job.cancel = NULL;
    s->map = *map;
    s->set = *set;
    *map = (struct map){0};
    *set = (struct mark_set){0};
    task_start(&s->task);
}

void marks_sweep(struct desk *d, struct map *map)
{
    sweep(d, map, &(struct mark_set){0});
}

void marks_bury(struct desk *d, struct mark_set *set)
{
    struct desk_private *p = d->private;

    if (p->marks_read == 0) {
        sweep(d, &(struct map){0}, set);
        return;
    }
    vec_push(&p->buried, *set);
    *set = (struct mark_set){0};
}

struct marks_copy marks_copy(struct desk *d, const struct marks *m)
{
    d->private->marks_read++;
    return (struct marks_copy){mem_dup(m->items, m->n * sizeof(*m->items)), m->n};
}

void marks_copy_free(struct desk *d, struct marks_copy *copy)
{
    struct desk_private *p = d->private;

    free(copy->items);
    *copy = (struct marks_copy){0};
    if (--p->marks_read > 0)
        return;
    for (size_t i = 0; i < p->buried.len; i++)
        sweep(d, &(struct map){0}, &p->buried.items[i]);
    vec_free(&p->buried);
}

// Which record is marked, once the list of marks has become another one.
struct mapping {
    struct task task;
    struct seat *seat;
    struct marks_copy marks;
    struct map places;
};

static void put_all(struct map *places, const struct mark *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        (void)map_put(places, items[i].id, items[i].id);
}

static bool map_run(struct task *t)
{
    struct mapping *m = (struct mapping *)t;

    put_all(&m->places, m->marks.items, m->marks.n);
    return true;
}

static void mapped(struct desk *d, struct task *t)
{
    struct mapping *m = (struct mapping *)t;
    struct marks *marks = seat_face(d, m->seat).marks;

    m->seat->marking = NULL;
    m->seat->marks_lent = 0;
    marks_copy_free(d, &m->marks);
    marks_sweep(d, &marks->places);
    marks->places = m->places;
    m->places = (struct map){0};
    desk_changed(d, DESK_MARKS);
}

static const struct task_kind map_kind = {
    .name = "marks", .lane = LANE_COMPUTE, .run = map_run, .done = mapped};

void marks_map(struct desk *d, struct seat *s, const struct mark_set *gone,
               const struct mark_set *come)
{
    struct marks *marks = seat_face(d, s).marks;
    struct mapping *m;

    if (gone->n + come->n < MANY || d->private->closing || !d->private->open) {
        for (size_t i = 0; i < gone->n; i++)
            (void)map_put(&marks->places, gone->marks[i].id, NULL);
        put_all(&marks->places, come->marks, come->n);
        if (marks->n == 0)
            map_free(&marks->places, NULL);
        return;
    }
    m = task_new(d, &map_kind, sizeof(*m), NULL);
    m->task.job.cancel = NULL;
    m->seat = s;
    m->marks = marks_copy(d, marks);
    s->marking = &m->task;
    s->marks_lent = 1;
    task_start(&m->task);
}
