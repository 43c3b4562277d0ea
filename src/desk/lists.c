// Lookup lists and field lists, fetched in the background, a few at a time. UI thread, but for the
// runs. Floor: desk.
#include "desk/lists.h"

#include <stdlib.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "flow/lists.h"

enum {
    AT_A_TIME = 3,       // so that other long work gets its turn
    AGAIN_MS = 10 * 1000 // until one that did not come is asked for again
};

// A list at a path, or the fields of an entity.
struct listed {
    char *path;                  // owned; of a list
    const struct entity *entity; // of fields
    struct desk_list list;
    struct desk_fields fields;
    bool wanted;
    int64_t failed_ms; // boot clock, 0: not
};

struct fetch {
    struct task task;
    struct listed *listed;
    struct lookup_list list;
    int64_t fetched_ms;
    struct map granted, denied;
};

static bool fetch_list(struct task *t)
{
    struct fetch *f = (struct fetch *)t;

    return lists_get(&t->app, f->listed->path, false, &f->list, &f->fetched_ms, &t->err);
}

static bool fetch_fields(struct task *t)
{
    struct fetch *f = (struct fetch *)t;
    char *operation = str_format("%s/enrich", f->listed->entity->name);
    bool ok = app_need_store(&t->app, &t->err);

    if (ok)
        lists_fields(&t->app, operation, &f->granted, &f->denied);
    free(operation);
    return ok;
}

static void list_done(struct desk *d, struct task *t)
{
    struct fetch *f = (struct fetch *)t;
    struct desk_list *l = &f->listed->list;

    d->private->lists_asked--;
    l->there = t->ok;
    if (t->ok) {
        l->list = f->list;
        l->fetched_ms = f->fetched_ms;
        l->err = (struct err){0};
        f->list = (struct lookup_list){0};
    } else {
        l->err = t->err;
        f->listed->failed_ms = desk_now_ms();
    }
    desk_changed(d, DESK_LISTS);
    lists_start(d);
}

static void fields_done(struct desk *d, struct task *t)
{
    struct fetch *f = (struct fetch *)t;
    struct desk_fields *out = &f->listed->fields;

    d->private->lists_asked--;
    out->there = t->ok;
    if (t->ok) {
        out->granted = f->granted;
        out->denied = f->denied;
        f->granted = f->denied = (struct map){0};
    } else {
        f->listed->failed_ms = desk_now_ms();
    }
    desk_changed(d, DESK_LISTS);
    lists_start(d);
}

static void release(struct task *t)
{
    struct fetch *f = (struct fetch *)t;

    lookup_free(&f->list);
    map_free(&f->granted, NULL);
    map_free(&f->denied, NULL);
}

static const struct task_kind list_kind = {
    .name = "list", .lane = LANE_LONG, .run = fetch_list, .done = list_done, .free = release};
static const struct task_kind fields_kind = {
    .name = "fields", .lane = LANE_LONG, .run = fetch_fields, .done = fields_done, .free = release};

static void start(struct desk *d, struct listed *l)
{
    struct fetch *f = task_new(d, l->entity ? &fields_kind : &list_kind, sizeof(*f), NULL);

    l->wanted = false;
    f->listed = l;
    d->private->lists_asked++;
    task_start(&f->task);
}

// Without the network the cache may still have them.
void lists_start(struct desk *d)
{
    struct desk_private *p = d->private;

    if (!p->open || d->state == DESK_STARTING || p->next || p->closing)
        return;
    for (size_t i = 0; i < p->lists.cap && p->lists_asked < AT_A_TIME; i++) {
        struct listed *l = p->lists.slots[i].value;

        if (l && l->wanted)
            start(d, l);
    }
}

static struct listed *find(struct desk *d, const char *key)
{
    struct listed *l = map_get(&d->private->lists, key);

    if (!l) {
        l = mem_zalloc(sizeof(*l));
        (void)map_put(&d->private->lists, key, l);
    }
    return l;
}

static void want(struct desk *d, struct listed *l, bool *asked)
{
    bool again = l->failed_ms && desk_now_ms() - l->failed_ms >= AGAIN_MS;

    if (*asked && !again)
        return;
    *asked = l->wanted = true;
    l->failed_ms = 0;
    lists_start(d);
}

const struct desk_list *desk_list(struct desk *d, const char *path)
{
    struct listed *l = find(d, path);

    if (!l->path)
        l->path = mem_strdup(path);
    want(d, l, &l->list.asked);
    return &l->list;
}

const struct desk_fields *desk_fields(struct desk *d, const struct entity *entity)
{
    char *key = str_format("%s/fields", entity->name);
    struct listed *l = find(d, key);

    free(key);
    l->entity = entity;
    want(d, l, &l->fields.asked);
    return &l->fields;
}

static void empty(struct listed *l)
{
    lookup_free(&l->list.list);
    map_free(&l->fields.granted, NULL);
    map_free(&l->fields.denied, NULL);
    l->list = (struct desk_list){0};
    l->fields = (struct desk_fields){0};
    l->wanted = false;
}

void lists_reset(struct desk *d)
{
    const struct map *lists = &d->private->lists;

    for (size_t i = 0; i < lists->cap; i++) {
        if (lists->slots[i].value)
            empty(lists->slots[i].value);
    }
    desk_changed(d, DESK_LISTS);
}

static void listed_free(void *value)
{
    struct listed *l = value;

    empty(l);
    free(l->path);
    free(l);
}

void lists_free(struct desk *d)
{
    map_free(&d->private->lists, listed_free);
}
