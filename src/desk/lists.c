// Lookup lists and field lists, fetched in the background, a few at a time. UI thread, but for the
// runs. Floor: desk.
#include "desk/lists.h"

#include <stdlib.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "flow/lists.h"

enum {
    NAME_LEN_MAX = 63,
    AT_A_TIME = 3,       // so that other long work gets its turn
    AGAIN_MS = 10 * 1000 // until one that did not come is asked for again
};

enum want {
    WANT_NOTHING,
    WANT_KEPT,   // what the cache has
    WANT_LISTED, // that, and from the API where it is old
    WANT_NEW     // from the API
};

// A list at a path, or the fields of an entity.
struct listed {
    char *path;                  // owned; of a list
    const struct entity *entity; // of fields
    bool inputs;                 // of its search, else what can be bought
    struct desk_list list;
    struct desk_fields fields;
    enum want want;
    bool kept_asked;   // the cache
    int64_t failed_ms; // boot clock, 0: not
};

struct fetch {
    struct task task;
    struct listed *listed;
    enum want want;
    bool due; // the list that came is old
    struct lookup_list list;
    int64_t fetched_ms;
    struct map granted, denied;
};

static bool fetch_list(struct task *t)
{
    struct fetch *f = (struct fetch *)t;

    if (f->want == WANT_NEW)
        return lists_get(&t->app, f->listed->path, true, &f->list, &f->fetched_ms, &t->err);
    if (!lists_kept(&t->app, f->listed->path, &f->list, &f->fetched_ms, &t->err))
        return false;
    f->due = lists_due(&t->app, f->fetched_ms);
    return true;
}

static bool fetch_fields(struct task *t)
{
    struct fetch *f = (struct fetch *)t;
    bool inputs = f->listed->inputs, ok = app_need_store(&t->app, &t->err);
    char *operation = str_format("%s/%s", f->listed->entity->name, inputs ? "search" : "enrich");

    if (ok && inputs)
        lists_inputs(&t->app, operation, &f->granted, &f->denied);
    else if (ok)
        lists_fields(&t->app, operation, &f->granted, &f->denied);
    free(operation);
    return ok;
}

static void adopt(struct desk_list *l, struct fetch *f)
{
    lookup_free(&l->list);
    l->list = f->list;
    l->fetched_ms = f->fetched_ms;
    l->err = (struct err){0};
    l->there = true;
    l->version++;
    f->list = (struct lookup_list){0};
}

static void list_done(struct desk *d, struct task *t)
{
    struct fetch *f = (struct fetch *)t;
    struct listed *listed = f->listed;
    struct desk_list *l = &listed->list;
    bool more = f->want == WANT_LISTED && (!t->ok || f->due);

    d->private->lists_asked--;
    if (t->ok)
        adopt(l, f);
    if (more && listed->want < WANT_NEW)
        listed->want = WANT_NEW;
    l->fresh = listed->want == WANT_NOTHING;
    if (!t->ok && !more && f->want != WANT_KEPT) {
        l->err = t->err;
        listed->failed_ms = desk_now_ms();
    }
    filters_listed(d);
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
    filters_listed(d);
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

    f->want = l->want;
    l->want = WANT_NOTHING;
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

        if (l && l->want)
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

static void want(struct desk *d, struct listed *l, enum want what)
{
    if (what > l->want)
        l->want = what;
    l->failed_ms = 0;
    lists_start(d);
}

// Once; and again a while after it failed.
static void want_once(struct desk *d, struct listed *l, bool *asked)
{
    bool again = l->failed_ms && desk_now_ms() - l->failed_ms >= AGAIN_MS;

    if (*asked && !again)
        return;
    *asked = true;
    want(d, l, WANT_LISTED);
}

static struct listed *find_list(struct desk *d, const char *path)
{
    struct listed *l = find(d, path);

    if (!l->path)
        l->path = mem_strdup(path);
    return l;
}

const struct desk_list *desk_list(struct desk *d, const char *path)
{
    struct listed *l = find_list(d, path);

    want_once(d, l, &l->list.asked);
    return &l->list;
}

const struct desk_list *desk_list_kept(struct desk *d, const char *path)
{
    struct listed *l = find_list(d, path);

    if (!l->kept_asked && !l->list.asked) {
        l->kept_asked = true;
        want(d, l, WANT_KEPT);
    }
    return &l->list;
}

void desk_list_refresh(struct desk *d, const char *path)
{
    struct listed *l = find_list(d, path);

    l->list.asked = true;
    l->list.fresh = false;
    want(d, l, WANT_NEW);
}

static struct listed *find_fields(struct desk *d, const struct entity *entity, bool inputs)
{
    char *key = str_format("%s/%s", entity->name, inputs ? "inputs" : "fields");
    struct listed *l = find(d, key);

    free(key);
    l->entity = entity;
    l->inputs = inputs;
    return l;
}

static const struct desk_fields *fields(struct desk *d, const struct entity *entity, bool inputs)
{
    struct listed *l = find_fields(d, entity, inputs);

    want_once(d, l, &l->fields.asked);
    return &l->fields;
}

const struct desk_fields *desk_fields(struct desk *d, const struct entity *entity)
{
    return fields(d, entity, false);
}

const struct desk_fields *desk_inputs(struct desk *d, const struct entity *entity)
{
    return fields(d, entity, true);
}

const struct desk_fields *desk_inputs_known(struct desk *d, const struct entity *entity)
{
    return &find_fields(d, entity, true)->fields;
}

bool desk_fields_name(const struct map *names, const char *field)
{
    char lower[NAME_LEN_MAX + 1] = "";

    for (size_t i = 0; i < NAME_LEN_MAX && field[i]; i++)
        lower[i] = str_lower(field[i]);
    return map_has(names, lower);
}

static void empty(struct listed *l)
{
    lookup_free(&l->list.list);
    map_free(&l->fields.granted, NULL);
    map_free(&l->fields.denied, NULL);
    l->list = (struct desk_list){.version = l->list.version + 1};
    l->fields = (struct desk_fields){0};
    l->want = WANT_NOTHING;
    l->kept_asked = false;
}

void lists_reset(struct desk *d)
{
    const struct map *lists = &d->private->lists;

    for (size_t i = 0; i < lists->cap; i++) {
        if (lists->slots[i].value)
            empty(lists->slots[i].value);
    }
    filters_listed(d);
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
