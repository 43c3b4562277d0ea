// A desk on a sandbox of the test's own. Main thread. Tests.
#include "support/desk.h"

#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/secret.h"
#include "flow/address.h"
#include "support/test.h"

static unsigned parts;

// lode-sandbox is found by PATH, for the test program does not lie beside it.
static void find_sandbox(void)
{
    const char *path = getenv("PATH");
    char *longer = str_format("%.*s:%s", (int)(strrchr(SANDBOX_BINARY, '/') - SANDBOX_BINARY),
                              SANDBOX_BINARY, path ? path : "");

    (void)setenv("PATH", longer, 1);
    free(longer);
}

void office_open(struct office *o, const char *const *options)
{
    o->home = home_make();
    home_enter(&o->home);
    (void)setlocale(LC_ALL, "");
    find_sandbox();
    o->server = server_start(options);
}

void office_close(struct office *o)
{
    assert_int_equal(server_stop(o->server), 0);
    home_remove(&o->home);
}

struct desk *office_desk(const struct office *o)
{
    return desk_open(&(struct desk_config){.base_url = o->server->url, .rate = 0});
}

void office_sign_in(const struct office *o, struct desk *d)
{
    desk_sign_in(d, &(struct desk_login){.base_url = o->server->url,
                                         .user = "analyst@example.com",
                                         .session_only = true,
                                         .password = secret_new("sandbox", 7)});
}

char *office_session(const struct office *o)
{
    char *profile = address_profile(o->server->url);
    char *path = str_format("%s/state/lode/%s/session", o->home.path, profile);

    free(profile);
    return path;
}

struct desk *office_ready(const struct office *o)
{
    char *session = office_session(o);

    (void)unlink(session);
    free(session);
    return office_again(o);
}

struct desk *office_again(const struct office *o)
{
    struct desk *d = office_desk(o);

    office_sign_in(o, d);
    DESK_WAIT(d, d->state == DESK_READY);
    return d;
}

int64_t desk_clock_ms(void)
{
    struct clock clock = clock_system();

    return clock_boot_ms(&clock);
}

bool desk_pump(struct desk *d, int64_t until_ms)
{
    struct pollfd fd = {.fd = desk_fd(d), .events = POLLIN};
    int64_t left = until_ms - desk_clock_ms();
    int tick = desk_tick_ms(d);

    if (left < 0)
        return false;
    (void)poll(&fd, 1, tick >= 0 && tick < left ? tick : (int)left);
    parts |= desk_serve(d);
    if (desk_tick_ms(d) == 0)
        desk_tick(d);
    parts |= desk_serve(d);
    return true;
}

unsigned desk_parts(void)
{
    unsigned changed = parts;

    parts = 0;
    return changed;
}

void desk_serve_for(struct desk *d, int ms)
{
    int64_t until = desk_clock_ms() + ms;

    while (desk_pump(d, until))
        continue;
}
