// All that one running sandbox holds, and its clock. Floor: sandbox.
#include "sandbox/sandbox.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "sandbox/account.h"
#include "sandbox/clients.h"
#include "sandbox/facts/contract.h"
#include "sandbox/fault.h"
#include "sandbox/limits.h"
#include "sandbox/facts/lookups.h"
#include "sandbox/options.h"
#include "sandbox/routes.h"
#include "sandbox/search/search.h"
#include "sandbox/stats.h"
#include "sandbox/world/world.h"

#define DAY_MS ((int64_t)86400 * 1000)

enum { RULES_MAX = 1 << 20 };

// A file of that name, or the rules themselves.
static bool open_faults(struct sandbox *s, const char *text, struct err *e)
{
    struct str file = {0};
    bool ok = true;

    if (access(text, F_OK) == 0) {
        ok = file_read(text, RULES_MAX, &file, e);
        text = str_text(&file);
    }
    s->faults = faults_open(s->options->seed);
    ok = ok && faults_set(s->faults, text, e);
    str_free(&file);
    return ok;
}

// Its dates are told from midnight, so that they stay the same all day.
static void build_world(struct sandbox *s)
{
    const struct options *o = s->options;
    int64_t day = o->has_day ? o->day : sandbox_now_ms(s) / DAY_MS;
    const struct world_options world = {
        .seed = o->seed,
        .companies = o->companies,
        .contacts = o->contacts,
        .now_ms = day * DAY_MS,
    };
    const struct search_options search = {.depth = o->depth,
                                          .refuse_ungranted = o->refuse_ungranted};

    s->contract = contract_load();
    s->lookups = lookups_load();
    s->world = world_build(&world, s->lookups);
    s->search = search_open(s->world, s->lookups, s->contract, &search);
}

bool sandbox_open(struct sandbox *s, const struct options *options, struct err *e)
{
    const struct account_meters limits = {options->credits, options->records, options->requests};

    *s = (struct sandbox){.options = options, .key = token_key_new(), .stop_fd = -1};
    if (options->faults && !open_faults(s, options->faults, e))
        return false;
    s->clients = clients_open(options, e);
    if (!s->clients)
        return false;
    s->account = account_open(options->state, limits, e);
    if (!s->account)
        return false;
    s->stop_fd = eventfd(0, EFD_CLOEXEC);
    s->limits = limits_open(options->package, options->unlimited);
    s->stats = stats_open(route_count());
    build_world(s);
    return s->stop_fd >= 0 || err_errno(e, ERR_INTERNAL, "cannot make an event");
}

void sandbox_close(struct sandbox *s)
{
    if (s->world) {
        search_close(s->search);
        world_free(s->world);
        lookups_free(s->lookups);
        contract_free(s->contract);
    }
    stats_close(s->stats);
    limits_close(s->limits);
    account_close(s->account);
    clients_close(s->clients);
    faults_close(s->faults);
    if (s->stop_fd >= 0)
        (void)close(s->stop_fd);
}

int64_t sandbox_now_ms(const struct sandbox *s)
{
    struct clock clock = clock_system();

    return clock_utc_ms(&clock) + s->options->clock_offset_s * 1000;
}

void sandbox_wait(const struct sandbox *s, int ms)
{
    struct pollfd stop = {.fd = s->stop_fd, .events = POLLIN};

    if (ms > 0)
        (void)poll(&stop, 1, ms);
}

void sandbox_stop(const struct sandbox *s)
{
    const uint64_t one = 1;

    (void)!write(s->stop_fd, &one, sizeof(one));
}
