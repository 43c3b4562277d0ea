// lode login, lode logout. Main thread. Floor: cli.
#include "cli/account.h"
#include "cli/ask.h"
#include "cli/command.h"
#include "cli/exit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/secret.h"

// A key profile that is signed in to anew without a key goes on with the one it has.
static bool ask_credentials(struct account *a, struct err *e)
{
    bool given = opt_has(&a->in->opts, "private-key") || opt_has(&a->in->opts, "client-id");

    // A password is asked for even where one is kept: it may have changed.
    if (!given && a->profile.way == WAY_PASSWORD)
        a->known = false;
    return account_credentials(a, &a->login.credentials, e);
}

static bool ready(struct account *a, struct err *e)
{
    struct err why;

    if (login_ready(a->keyring, &a->profile, e))
        return true;
    return ask_unlock(a->in, a->keyring, &why);
}

static void say_done(const struct invocation *in, const struct account *a)
{
    struct auth_status status = auth_status(in->app.auth);
    const struct profile *p = &a->profile;
    const char *what = p->way == WAY_KEY ? "key" : "password";
    char until[CLOCK_ISO_MAX];

    app_say(&in->app, "Signed in at %s; the token is good until %s.", a->base_url,
            clock_iso(status.expires_ms, until));
    if (p->sandbox)
        return;
    if (p->keep == KEEP_KEYRING)
        app_say(&in->app,
                "The %s is in the keyring, and profile %s is the one in use: the other commands "
                "sign in by themselves.",
                what, p->name);
    else
        app_say(&in->app,
                "The %s was kept nowhere (--session-only): each run takes it anew. Profile %s is "
                "the one in use.",
                what, p->name);
}

static bool sign_in(struct invocation *in, struct account *a, struct err *e)
{
    if (a->profile.sandbox)
        return ask_credentials(a, e) && app_sign_in(&in->app, e);
    if (!ready(a, e) || !ask_credentials(a, e))
        return false;
    a->login.profile = a->profile;
    return profile_check(&a->profile, e) && login_run(&a->login, &in->app, a->keyring, e);
}

// The token alone: the account is signed in to already.
static bool keep_webhook(struct account *a, struct err *e)
{
    struct secret *token;
    bool ok;

    if (!a->known)
        return err_set(e, ERR_INVALID,
                       "a webhook token belongs to a profile that is signed in to: lode login "
                       "first");
    if (!ready(a, e))
        return false;
    token = secret_read(STDIN_FILENO, "Webhook token: ", e);
    ok = token && credentials_keep_webhook(a->keyring, &a->profile, token, e);
    secret_free(token);
    if (ok)
        app_say(&a->in->app, "The webhook token of profile %s is in the keyring.", a->profile.name);
    return ok;
}

int command_login(struct invocation *in)
{
    struct account *a = in->account;
    struct err e;

    a->login.profile = a->profile;
    if (opt_has(&in->opts, "webhook-token"))
        return keep_webhook(a, &e) ? EXIT_DONE : cli_fail(&e);
    if (!sign_in(in, a, &e))
        return cli_fail(&e);
    say_done(in, a);
    return EXIT_DONE;
}

static char *named_or_current(const struct invocation *in, struct err *e)
{
    const char *given = opt_value(&in->opts, "profile", NULL);
    char *name = given ? mem_strdup(given) : profiles_current();

    if (!name)
        (void)err_set(e, ERR_INVALID,
                      "say which profile with --profile NAME; lode profiles lists "
                      "them");
    return name;
}

int command_logout(struct invocation *in)
{
    struct err e;
    char *name = named_or_current(in, &e);
    struct keyring *k = keyring_open(NULL);
    int removed = 0;
    bool ok = name && profile_check_name(name, &e) && credentials_forget(k, name, &removed, &e);

    if (ok && !in->quiet && removed)
        (void)fprintf(stderr, "lode: profile %s is signed out: %d %s removed from the keyring.\n",
                      name, removed, removed == 1 ? "secret was" : "secrets were");
    else if (ok && !in->quiet)
        (void)fprintf(stderr, "lode: the keyring has nothing of profile %s.\n", name);
    keyring_close(k);
    free(name);
    return ok ? EXIT_DONE : cli_fail(&e);
}
