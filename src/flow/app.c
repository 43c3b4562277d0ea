// The engine: what every use case stands on. Floor: flow.
#include "flow/app.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/answer.h"
#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/xdg.h"
#include "flow/sandbox.h"
#include "job/queue.h"
#include "store/owned.h"

enum { WORKERS_MIN = 2, WORKERS_MAX = 8, CONNECTIONS = 64, NOTE_MAX = 512 };

static bool open_log(struct app *a, struct err *e)
{
    char *state = xdg_make(XDG_STATE, NULL, e), *path;

    if (!state)
        return false;
    path = str_format("%s/lode.log", state);
    a->log = log_open(path, LOG_INFO, a->clock, e);
    free(path);
    free(state);
    return a->log != NULL;
}

void app_open(struct app *a, const struct app_config *config)
{
    struct err e;

    *a = (struct app){.config = *config, .clock = clock_system()};
    a->abort = cancel_new(NULL);
    a->cancel = cancel_new(a->abort);
    a->purse = mem_zalloc(sizeof(*a->purse));
    purse_init(a->purse, a->clock);
    purse_cap(a->purse, CAP_SESSION, config->limits.most[CAP_SESSION]);
    purse_cap(a->purse, CAP_DAY, config->limits.most[CAP_DAY]);
    // A log that cannot be written is no reason to stop.
    if (!open_log(a, &e))
        app_say(a, "Going on without a log: %s.", e.text);
}

void app_stop(struct app *a)
{
    if (a->auth && !a->stopped)
        auth_stop(a->auth);
    a->stopped = true;
}

void app_close(struct app *a)
{
    app_stop(a);
    if (a->net)
        net_close(a->net);
    if (a->auth)
        auth_close(a->auth);
    if (a->pool)
        pool_close(a->pool);
    if (a->store)
        store_close(a->store);
    log_close(a->log);
    cancel_unref(a->cancel);
    cancel_unref(a->abort);
    purse_destroy(a->purse);
    free(a->purse);
    free(a->folder);
    *a = (struct app){0};
}

struct app app_view(const struct app *a, struct cancel *cancel, struct talk talk)
{
    struct app view = *a;

    view.view = true;
    view.cancel = cancel;
    view.config.talk = talk;
    return view;
}

// They compute and never wait.
static struct pool *open_pool(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    n = n > WORKERS_MIN ? n : WORKERS_MIN;
    return pool_open(n < WORKERS_MAX ? (int)n : WORKERS_MAX);
}

static bool missing(struct err *e)
{
    return err_set(e, ERR_REFUSED, "the account is not open yet; wait a moment, or sign in");
}

void app_free_months(struct app *a, int months)
{
    a->config.limits.free_months = months;
    if (a->store)
        store_set_free_months(a->store, months);
}

bool app_need_store(struct app *a, struct err *e)
{
    char note[NOTE_MAX];

    if (a->store)
        return true;
    if (a->view)
        return missing(e);
    if (!a->folder) {
        a->folder = xdg_make(XDG_DATA, a->config.profile, e);
        if (!a->folder)
            return false;
    }
    a->store = store_open(a->folder, a->clock, note, e);
    app_free_months(a, a->config.limits.free_months);
    if (a->store && *note)
        app_say(a, "%s", note);
    return a->store != NULL;
}

// The same for all processes, whatever started them: the session's folder is not there for all.
static char *rates_folder(void)
{
    struct err e;
    char *folder = xdg_make(XDG_STATE, "rates", &e);

    if (folder && access(folder, W_OK | X_OK) == 0)
        return folder;
    free(folder);
    return xdg_make(XDG_RUNTIME, "rates", &e);
}

// Named by a hash of address and user.
static char *account_rates(const struct app_config *c)
{
    char *folder = rates_folder(), *account, *path;

    if (!folder)
        return NULL;
    account = str_format("%s\n%s", c->base_url, c->user ? c->user : "");
    for (char *p = account; *p; p++)
        *p = str_lower(*p);
    path =
        str_format("%s/%016llx", folder, (unsigned long long)hash_bytes(account, strlen(account)));
    free(account);
    free(folder);
    return path;
}

char *app_rates(const struct app *a)
{
    const struct app_config *c = &a->config;
    struct err e;

    if (!c->per_second)
        return NULL;
    return str_eq(c->source, SANDBOX_PROFILE) ? sandbox_rates(&e) : account_rates(c);
}

static struct net *open_net(struct app *a, struct err *e)
{
    char *rates = app_rates(a);
    struct net_config config = {
        .clock = a->clock,
        .log = a->log,
        .user_agent = "lode/" LODE_VERSION,
        .ca_file = a->config.ca_file,
        .per_second = a->config.per_second,
        .per_minute = a->config.per_minute,
        .share = {rates, a->config.all_per_second, a->config.all_per_minute},
        .connections = CONNECTIONS,
        .seen = a->config.seen,
        .seen_self = a->config.seen_self,
    };
    struct net *net = net_open(&config, e);

    free(rates);
    return net;
}

bool app_need_net(struct app *a, struct err *e)
{
    struct auth_config auth = {.clock = a->clock, .log = a->log, .base_url = a->config.base_url};
    struct auth_method method;

    if (a->auth)
        return true;
    if (a->view)
        return missing(e);
    if (!a->config.credentials(a->config.credentials_self, &method, e))
        return false;
    a->net = open_net(a, e);
    if (!a->net) {
        method.free(method.self);
        return false;
    }
    auth.net = a->net;
    a->auth = auth_open(&auth, method, e);
    if (a->auth)
        return true;
    net_close(a->net);
    a->net = NULL;
    return false;
}

bool app_need_claim(struct app *a, struct err *e)
{
    if (!app_need_store(a, e))
        return false;
    if (!a->pool && a->view)
        return err_set(e, ERR_REFUSED, "this process may not spend");
    if (!a->pool)
        a->pool = open_pool();
    if (!store_can_spend(a->store))
        return err_set(e, ERR_REFUSED,
                       "the ledger in %s cannot be written, so nothing may be spent", a->folder);
    return store_claim_spending(a->store, e);
}

void app_work(struct app *a, struct job *j)
{
    if (!a->pool && !a->view)
        a->pool = open_pool();
    if (a->pool) {
        pool_submit(a->pool, j);
    } else {
        j->run(j);
        queue_put(j->reply, j);
    }
}

// The sign-in waits for the network, the claim for the disk: both at once.
bool app_need_spending(struct app *a, struct err *e)
{
    if (!app_need_store(a, e) || !app_need_net(a, e))
        return false;
    auth_begin(a->auth);
    return app_need_claim(a, e);
}

bool app_sign_in(struct app *a, struct err *e)
{
    return app_need_net(a, e) && auth_sign_in(a->auth, e);
}

struct app_pulse app_pulse(const struct app *a)
{
    struct auth_status auth = {0};
    struct net_stats net = {0};

    if (a->auth)
        auth = auth_status(a->auth);
    if (a->net)
        net = net_stats(a->net);
    return (struct app_pulse){
        .token_expires_ms = auth.expires_ms,
        .signed_in = auth.state == AUTH_SIGNED_IN,
        .signing_in = auth.state == AUTH_SIGNING_IN,
        .rate_used = net.used,
        .rate_limit = net.limit,
        .alone = net.alone,
        .in_flight = net.in_flight,
        .waiting = net.waiting,
    };
}

void app_say(const struct app *a, const char *format, ...)
{
    struct str text = {0};
    va_list args;

    va_start(args, format);
    str_vaddf(&text, format, args);
    va_end(args);
    a->config.talk.say(a->config.talk.self, str_text(&text));
    str_free(&text);
}

void app_step(const struct app *a, const char *what, long long done, long long total)
{
    a->config.talk.step(a->config.talk.self, what, done, total);
}

bool app_call(struct app *a, struct net_request *r, struct err *e)
{
    int again = APP_REPEATS;

    r->job.cancel = a->cancel;
    while (net_call(a->net, r)) {
        if (again-- == 0 || !answer_damaged(r))
            return true;
    }
    *e = r->err;
    return false;
}
