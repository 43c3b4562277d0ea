// Which account a run talks to. Main thread. Floor: cli.
#include "cli/account.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "cli/ask.h"
#include "cli/progress.h"
#include "flow/address.h"

enum { RATE_MAX = 1000 };

static struct profile_wish wish_of(const struct opts *opts)
{
    return (struct profile_wish){.sandbox = opt_has(opts, "sandbox"),
                                 .profile = opt_value(opts, "profile", NULL),
                                 .base_url = opt_value(opts, "base-url", NULL),
                                 .user = opt_value(opts, "user", NULL)};
}

static bool use_key(struct account *a, struct credentials *out, struct err *e)
{
    const char *id = opt_value(&a->in->opts, "client-id", NULL);
    const char *path = opt_value(&a->in->opts, "private-key", NULL);

    if (!id || !path)
        return err_set(e, ERR_INVALID,
                       "--client-id ID and --private-key FILE go together (both are in the Admin "
                       "Portal)");
    out->key = ask_key(path, e);
    if (!out->key)
        return false;
    out->client_id = mem_strdup(id);
    if (*private_key_remark(out->key))
        app_say(&a->in->app, "%s", private_key_remark(out->key));
    return true;
}

static bool use_password(struct account *a, struct credentials *out, struct err *e)
{
    if (!a->profile.user)
        a->profile.user = ask_user(e);
    if (a->profile.user)
        out->password = ask_password(a->in, e);
    return out->password;
}

static bool use_keyring(struct account *a, struct credentials *out, struct err *e)
{
    struct err why;

    if (credentials_load(a->keyring, &a->profile, out, e))
        return true;
    return e->kind == ERR_STORAGE && ask_unlock(a->in, a->keyring, &why) &&
           credentials_load(a->keyring, &a->profile, out, e);
}

bool account_credentials(struct account *a, struct credentials *out, struct err *e)
{
    const struct opts *opts = &a->in->opts;

    *out = (struct credentials){0};
    if (opt_has(opts, "client-id") || opt_has(opts, "private-key")) {
        if (!a->profile.user)
            a->profile.user = ask_user(e);
        return a->profile.user && use_key(a, out, e);
    }
    if (a->profile.sandbox) {
        out->password = secret_new(SANDBOX_PASSWORD, sizeof(SANDBOX_PASSWORD) - 1);
        return true;
    }
    if (opt_has(opts, "password-stdin"))
        return use_password(a, out, e);
    if (a->known && a->profile.keep == KEEP_KEYRING)
        return use_keyring(a, out, e);
    if (a->profile.way == WAY_KEY)
        return err_set(e, ERR_UNAUTHORISED,
                       "profile %s keeps its key nowhere: pass --client-id ID and --private-key "
                       "FILE",
                       a->profile.name);
    return use_password(a, out, e);
}

static bool credentials(void *self, struct auth_method *method, struct err *e)
{
    struct account *a = self;
    struct credentials c;

    if (!account_credentials(a, &c, e))
        return false;
    *method = credentials_method(&c, a->profile.user);
    a->in->app.config.user = a->profile.user; // it may have been asked for just now
    return true;
}

static bool read_rate(const struct opts *opts, const struct profile *p, int *out, struct err *e)
{
    long long rate = package_def(p->package)->per_second;

    if (!opt_int(opts, "rate", 0, RATE_MAX, &rate, e))
        return false;
    if (rate == 0 && p->base_url && !address_is_loopback(p->base_url))
        return err_set(e, ERR_INVALID,
                       "--rate 0 (no limit) goes with an address on this machine only; an account "
                       "has its limits");
    *out = (int)rate;
    return true;
}

static bool take_rate(struct account *a, struct err *e)
{
    const struct package_def *package = package_def(a->profile.package);
    int rate;

    if (!read_rate(&a->in->opts, &a->profile, &rate, e))
        return false;
    a->config.per_second = rate;
    a->config.all_per_second = rate > package->per_second ? rate : package->per_second;
    a->config.all_per_minute = rate > package->per_second ? rate * 60 : package->per_minute;
    a->config.per_minute = opt_has(&a->in->opts, "rate") ? rate * 60 : package->per_minute;
    return true;
}

static bool take_address(struct account *a, struct err *e)
{
    if (a->profile.sandbox) {
        if (!sandbox_join(&a->child, e))
            return false;
        a->base_url = mem_strdup(a->child.url);
        return true;
    }
    a->base_url = mem_strdup(a->profile.base_url);
    return true;
}

// What lode login makes of a profile: as the options say, and where they do not, as it was.
static bool prepare_login(struct account *a, struct err *e)
{
    const struct opts *opts = &a->in->opts;
    const char *package = opt_value(opts, "package", NULL);
    struct profile *p = &a->profile;

    a->config.credentials = login_credentials;
    a->config.credentials_self = &a->login;
    if (opt_has(opts, "client-id") || opt_has(opts, "private-key"))
        p->way = WAY_KEY;
    else if (!a->known || opt_has(opts, "password-stdin"))
        p->way = WAY_PASSWORD;
    if (!p->sandbox)
        p->keep = opt_has(opts, "session-only") ? KEEP_SESSION : KEEP_KEYRING;
    return !package || profile_package_read(package, &p->package, e);
}

static bool choose(struct account *a, struct err *e)
{
    struct profile_wish wish = wish_of(&a->in->opts);

    if (!profile_choose(&wish, &a->profile, &a->known, e))
        return false;
    return a->in->command->need != NEED_LOGIN || prepare_login(a, e);
}

// A fault in lode.conf is told, and the rest of it holds.
static void read_limits(struct account *a)
{
    struct str faults = {0};

    a->config.limits = limits_read(&faults);
    for (char *rest = faults.data, *line; rest && (line = strsep(&rest, "\n")) != NULL;)
        a->config.talk.say(a->config.talk.self, line);
    str_free(&faults);
}

bool account_open(struct account *a, struct invocation *in, struct err *e)
{
    *a = (struct account){.in = in, .child = SANDBOX_NONE};
    in->account = a;
    a->progress = progress_open(in->quiet);
    a->config.talk = progress_talk(a->progress);
    read_limits(a);
    a->config.ca_file = opt_value(&in->opts, "ca-file", NULL);
    a->config.credentials = credentials;
    a->config.credentials_self = a;
    if (!choose(a, e) || !take_rate(a, e) || !take_address(a, e)) {
        account_close(a);
        return false;
    }
    a->config.base_url = a->base_url;
    a->config.source = a->profile.sandbox ? SANDBOX_PROFILE : a->base_url;
    a->config.profile = a->profile.name;
    a->config.user = a->profile.user;
    return true;
}

void account_start(struct account *a)
{
    a->keyring = keyring_open(a->in->app.log);
}

void account_stop(struct account *a)
{
    login_free(&a->login);
    keyring_close(a->keyring);
    a->keyring = NULL;
}

void account_close(struct account *a)
{
    progress_close(a->progress);
    sandbox_stop(&a->child);
    profile_free(&a->profile);
    free(a->base_url);
}

bool account_order(const struct invocation *in, struct cli_order *out, struct err *e)
{
    struct profile_wish wish = wish_of(&in->opts);
    struct profile p;
    bool known, ok;
    int rate = 0;

    if (!profile_choose(&wish, &p, &known, e))
        return false;
    ok = read_rate(&in->opts, &p, &rate, e);
    out->sandbox = p.sandbox;
    profile_free(&p);
    if (!ok)
        return false;
    out->base_url = wish.base_url;
    out->profile = wish.profile;
    out->ca_file = opt_value(&in->opts, "ca-file", NULL);
    out->user = wish.user;
    out->rate = opt_has(&in->opts, "rate") ? rate : -1;
    return true;
}
