// From an account's name to a desk that is ready, step by step, each a task that begins the next:
// files, then sandbox and network, then the sign-in. UI thread, but for what runs. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/ledger_inside.h"
#include "flow/quote.h"
#include "job/cancel.h"

enum {
    WAITED_WORKERS = 4,
    LONG_WORKERS = 6,
    LOCAL_WORKERS = 2,
    COMPUTE_WORKERS = 1,
    CLOSE_MS = 5000 // calls that may charge are waited for so long
};

static struct engine *engine_new(struct desk *d, const struct account *account)
{
    struct engine *g = mem_zalloc(sizeof(*g));

    g->account = *account;
    g->child = SANDBOX_NONE;
    g->config = account_config(&g->account);
    g->config.limits = d->limits;
    g->config.seen = trace_seen;
    g->config.seen_self = d->trace;
    g->config.talk = desk_talk(d);
    return g;
}

// What it opened goes with it. Takes time: on a worker, or where the desk closes.
static void engine_free(struct engine *g)
{
    if (!g)
        return;
    if (g->begun)
        app_close(&g->app);
    sandbox_stop(&g->child);
    account_free(&g->account);
    free(g);
}

// Opening and linking have the engine to themselves; the others go on with what was open before.
struct step {
    struct task task;
    struct engine *engine, *old; // old: to be closed first
    bool spender;
    struct err why_not;
};

static void set_state(struct desk *d, enum desk_state state, const struct err *why)
{
    d->state = state;
    d->failed = why ? *why : (struct err){0};
    desk_changed(d, DESK_ACCOUNT | DESK_USAGE);
    lists_start(d);
}

static void fail(struct desk *d, const struct err *e)
{
    if (e->kind == ERR_CANCELLED)
        return;
    set_state(d, DESK_FAILED, e);
    desk_tell(d, e);
}

static bool open_files(struct task *t)
{
    struct step *s = (struct step *)t;
    struct app *a = &s->engine->app;

    engine_free(s->old);
    if (cancel_fired(t->cancel))
        return false;
    if (!s->engine->begun)
        app_open(a, &s->engine->config);
    s->engine->begun = true;
    if (!app_need_store(a, &t->err))
        return false;
    s->spender = app_need_claim(a, &s->why_not);
    return !s->engine->account.chosen || profiles_use(s->engine->account.kept.name, &t->err);
}

// It may have been killed since.
static bool open_sandbox(struct sandbox_child *c, struct err *e)
{
    sandbox_stop(c);
    return sandbox_join(c, e);
}

static bool link_up(struct task *t)
{
    struct engine *g = ((struct step *)t)->engine;

    if (cancel_fired(t->cancel))
        return false;
    if (g->account.sandbox && !sandbox_runs(&g->child) && !open_sandbox(&g->child, &t->err))
        return false;
    if (g->account.sandbox)
        g->app.config.base_url = g->child.url;
    return app_need_net(&g->app, &t->err);
}

static bool sign_in(struct task *t)
{
    struct step *s = (struct step *)t;
    struct usage usage;
    struct err ignored;

    if (!account_sign_in(&s->engine->account, &t->app, &t->err))
        return false;
    // Where this does not come, the next answers tell the meters as well.
    (void)usage_fetch(&t->app, &usage, &ignored);
    return true;
}

static const struct task_kind linking, signing;

static void begin(struct desk *d, const struct task_kind *kind, struct engine *old)
{
    struct step *s = task_new(d, kind, sizeof(*s), NULL);

    s->engine = d->private->engine;
    s->old = old;
    d->private->away = kind != &signing;
    if (d->private->away)
        s->task.job.cancel = NULL; // runs in any case: it gives back what it was given
    task_start(&s->task);
}

// The engine is back: what is open from now on is there for all. false: nobody wants more of it.
static bool take_back(struct desk *d)
{
    struct desk_private *p = d->private;

    p->away = false;
    p->app = p->engine->app;
    budget_apply(d);
    return !p->next && !p->closing;
}

static void may_save(struct desk *d)
{
    if (d->private->touched)
        session_touch(d);
}

// What can be done without the network.
static void files_open(struct desk *d)
{
    for (size_t i = 0; i < d->private->n_seats; i++) {
        kept_restore(d, &d->private->seats[i]);
        sums_later(d, &d->private->seats[i]);
        detail_read(d, &d->private->seats[i]);
    }
    ledger_read(d);
    retention_opened(d);
    may_save(d);
}

static void opened(struct desk *d, struct task *t)
{
    const struct step *s = (const struct step *)t;

    if (!take_back(d))
        return;
    d->spender = s->spender;
    d->private->open = t->ok;
    desk_changed(d, DESK_ACCOUNT);
    if (!t->ok) {
        fail(d, &t->err);
        return;
    }
    if (!s->spender)
        desk_tell(d, &s->why_not);
    files_open(d);
    begin(d, &linking, NULL);
}

static void linked(struct desk *d, struct task *t)
{
    if (!take_back(d))
        return;
    if (t->ok)
        begin(d, &signing, NULL);
    else if (t->err.kind == ERR_UNAUTHORISED)
        set_state(d, DESK_NOBODY, NULL);
    else
        fail(d, &t->err);
}

static void signed_in(struct desk *d, struct task *t)
{
    if (!t->ok) {
        fail(d, &t->err);
        return;
    }
    set_state(d, DESK_READY, NULL);
    usage_take(d);
    retention_signed_in(d);
}

static const struct task_kind opening = {
    .name = "open", .lane = LANE_LONG, .run = open_files, .done = opened};
static const struct task_kind linking = {
    .name = "link", .lane = LANE_LONG, .run = link_up, .done = linked};
static const struct task_kind signing = {
    .name = "sign in", .lane = LANE_LONG, .run = sign_in, .done = signed_in};

static bool claim(struct task *t)
{
    return app_need_claim(&((struct step *)t)->engine->app, &t->err);
}

static void claimed(struct desk *d, struct task *t)
{
    if (!take_back(d) || !t->ok)
        return;
    d->spender = true;
    may_save(d);
    desk_changed(d, DESK_ACCOUNT);
    desk_say(d, ERR_NONE, "The other Lode has ended: this one may spend and save now.");
}

static const struct task_kind claiming = {
    .name = "claim", .lane = LANE_LONG, .run = claim, .done = claimed};

void start_claim(struct desk *d)
{
    struct desk_private *p = d->private;

    if (p->open && !p->away && !p->next && !d->spender)
        begin(d, &claiming, NULL);
}

void start_lanes(struct desk *d)
{
    static const int workers[LANES] = {[LANE_WAITED] = WAITED_WORKERS,
                                       [LANE_LONG] = LONG_WORKERS,
                                       [LANE_LOCAL] = LOCAL_WORKERS,
                                       [LANE_COMPUTE] = COMPUTE_WORKERS};
    struct desk_private *p = d->private;

    for (int i = 0; i < LANES; i++) {
        if (p->lanes[i])
            continue;
        p->lanes[i] = pool_open(workers[i]);
        pool_give_way(p->lanes[i]); // to the keys
    }
}

void start_account(struct desk *d, const struct account *account)
{
    const struct account *a;

    d->private->engine = engine_new(d, account);
    a = &d->private->engine->account;
    free(d->profile);
    free(d->host);
    d->profile = mem_strdup(a->named ? a->profile : "");
    d->host = mem_strdup(a->named ? a->host : "");
    d->sandbox = a->sandbox;
    desk_changed(d, DESK_ACCOUNT);
}

void desk_start(struct desk *d)
{
    struct desk_private *p = d->private;

    if (!p->engine->account.named || p->next || d->state == DESK_STARTING || d->state == DESK_READY)
        return;
    start_lanes(d);
    set_state(d, DESK_STARTING, NULL);
    if (!p->open)
        begin(d, &opening, NULL);
    else
        begin(d, p->app.auth ? &signing : &linking, NULL);
}

void start_next(struct desk *d)
{
    struct desk_private *p = d->private;
    struct engine *old = p->engine;
    struct account next = *p->next;
    bool private = d->privacy;

    free(p->next);
    p->next = NULL;
    cancel_unref(p->root);
    p->root = cancel_new(NULL);
    p->app = (struct app){0};
    p->open = false;
    d->spender = false;
    d->locked = true;
    ledger_free(d);
    retention_reset(d);
    charges_reset(d);
    jobs_free(&d->jobs);
    d->jobs_read++;
    d->private->jobs_stamp = 0;
    d->job_quote = (struct job_quote){0};
    trace_forget_usage(d->trace);
    d->usage = (struct usage){0};
    d->usage_ms = 0;
    free(d->doctor.items);
    d->doctor = (struct doctor_view){0};
    lists_reset(d);
    searches_reset(d);
    seats_reset(d);
    start_account(d, &next);
    session_restore(d);
    d->privacy |= private; // nobody's name is shown because somebody else signed in
    start_lanes(d);
    begin(d, &opening, old);
}

void start_change(struct desk *d, struct account *account)
{
    struct desk_private *p = d->private;

    if (p->next)
        account_free(p->next);
    else
        p->next = mem_alloc(sizeof(*p->next));
    *p->next = *account;
    set_state(d, DESK_STARTING, NULL);
    session_save(d);
    cancel_fire(p->root);
    if (!p->away)
        app_stop(&p->engine->app);
    if (p->running == 0)
        start_next(d);
}

void start_lost(struct desk *d, const struct err *e)
{
    if (d->state == DESK_READY)
        fail(d, e);
}

void start_close(struct desk *d)
{
    struct desk_private *p = d->private;

    p->closing = true;
    cancel_fire(p->root);
    serve_until(d, &p->spending, CLOSE_MS);
    if (p->app.abort)
        cancel_fire(p->app.abort);
    if (!p->away)
        app_stop(&p->engine->app);
    serve_until(d, &p->running, -1);
    session_close(d);
    p->app = (struct app){0};
    engine_free(p->engine);
    for (int i = 0; i < LANES; i++) {
        if (p->lanes[i])
            pool_close(p->lanes[i]);
    }
    if (p->next)
        account_free(p->next);
    free(p->next);
    p->next = NULL;
}
