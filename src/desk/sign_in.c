// From one account to another, as a person wants it. UI thread. Floor: desk.
#include "desk/sign_in.h"

#include <stdlib.h>

#include "base/secret.h"
#include "desk/inside.h"
#include "flow/address.h"

static struct desk_config as_now(const struct desk *d)
{
    const struct account *now = &d->private->engine->account;

    return (struct desk_config){.ca_file = now->ca_file, .rate = now->rate};
}

void desk_use_sandbox(struct desk *d)
{
    struct desk_config config = {.sandbox = true, .rate = as_now(d).rate};
    struct account account;
    struct err e;

    if (account_read(&account, &config, &e))
        start_change(d, &account);
    else
        desk_tell(d, &e);
}

bool desk_use_profile(struct desk *d, const char *name, struct err *e)
{
    struct desk_config config = as_now(d);
    struct account account;

    if (str_eq(name, d->profile) && d->state != DESK_NOBODY)
        return err_set(e, ERR_INVALID, "%s is the profile in use already", name);
    config.profile = name;
    if (!account_read(&account, &config, e))
        return false;
    if (!account.known && !account.sandbox) {
        account_free(&account);
        return err_set(e, ERR_NOT_FOUND, "there is no profile %.64s; profile alone lists them",
                       name);
    }
    account.chosen = true;
    start_change(d, &account);
    return true;
}

void desk_sign_in(struct desk *d, struct desk_login *login)
{
    const struct account *now = &d->private->engine->account;
    struct desk_config config = as_now(d);
    struct account account;
    struct err e;

    config.base_url = login->base_url ? login->base_url : address_official;
    config.user = login->user;
    config.profile = login->profile;
    // The profile that was asked for stays, as long as the address does.
    if (!login->profile && now->profile_given && now->base_url &&
        str_eq(now->base_url, config.base_url))
        config.profile = now->profile;
    if (account_read(&account, &config, &e)) {
        account_take_login(&account, login, login->client_id ? d->private->key.key : NULL);
        if (login->client_id)
            d->private->key.key = NULL;
        start_change(d, &account);
    } else {
        desk_tell(d, &e);
    }
    secret_free(login->password);
    login->password = NULL;
    desk_key_forget(d);
}

void desk_login_known(const struct desk *d, struct desk_login *out, bool *by_key)
{
    const struct account *now = &d->private->engine->account;

    *out = (struct desk_login){0};
    *by_key = false;
    if (!now->named || now->sandbox)
        return;
    out->profile = now->known ? now->profile : NULL;
    out->base_url = now->base_url;
    out->user = now->user;
    out->session_only = now->known && now->kept.keep == KEEP_SESSION;
    *by_key = now->kept.way == WAY_KEY;
}
