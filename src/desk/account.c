// Whom the desk talks to. UI thread; credentials on a worker. Floor: desk.
#include "desk/account.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/secret.h"
#include "flow/address.h"
#include "flow/sandbox.h"

static char *copy(const char *text)
{
    return text ? mem_strdup(text) : NULL;
}

// Takes the profile over.
static bool take_profile(struct account *a, struct profile *p, bool known, struct err *e)
{
    a->kept = *p;
    a->known = known;
    a->sandbox = p->sandbox;
    a->profile = mem_strdup(p->name);
    a->host = p->sandbox ? mem_strdup("SANDBOX") : address_host(p->base_url);
    a->base_url = copy(p->base_url);
    a->user = copy(p->user);
    if (a->rate == 0 && p->base_url && !address_is_loopback(p->base_url))
        return err_set(e, ERR_INVALID, "an account has its limits: no rate of 0 for %.80s",
                       p->base_url);
    return true;
}

// Of the command line: for this run, kept nowhere.
static void take_password(struct account *a, const struct desk_config *config)
{
    const struct secret *password = config->password;

    if (!password)
        return;
    a->login.profile = a->kept;
    a->login.credentials.password = secret_new(secret_text(password), secret_len(password));
    a->fresh = true;
}

bool account_read(struct account *out, const struct desk_config *config, struct err *e)
{
    const struct profile_wish wish = {config->sandbox, config->profile, config->base_url,
                                      config->user};
    struct profile p;
    bool known;

    *out = (struct account){.rate = config->rate, .ca_file = copy(config->ca_file)};
    if (!profile_choose(&wish, &p, &known, e)) {
        account_free(out);
        return false;
    }
    out->named = known || config->base_url || config->profile || config->user;
    if (!out->named) {
        profile_free(&p);
        return true;
    }
    out->profile_given = config->profile || known;
    if (take_profile(out, &p, known, e)) {
        take_password(out, config);
        return true;
    }
    account_free(out);
    return false;
}

void account_free(struct account *a)
{
    profile_free(&a->kept);
    free(a->base_url);
    free(a->profile);
    free(a->host);
    free(a->user);
    free(a->ca_file);
    login_free(&a->login);
    *a = (struct account){.rate = -1};
}

// May take the keyring's three seconds.
static bool from_keyring(const struct account *a, struct auth_method *method, struct err *e)
{
    struct keyring *k = keyring_open(NULL);
    struct credentials c;
    bool ok = credentials_load(k, &a->kept, &c, e);

    if (ok)
        *method = credentials_method(&c, a->kept.user);
    else
        keyring_for_screen(e->text);
    keyring_close(k);
    return ok;
}

// On the worker that connects.
static bool credentials(void *self, struct auth_method *method, struct err *e)
{
    struct account *a = self;

    if (a->sandbox) {
        *method =
            auth_password(SANDBOX_USER, secret_new(SANDBOX_PASSWORD, sizeof(SANDBOX_PASSWORD) - 1));
        return true;
    }
    if (a->fresh)
        return login_credentials(&a->login, method, e);
    if (a->known)
        return from_keyring(a, method, e);
    return err_set(e, ERR_UNAUTHORISED, "nobody is signed in");
}

void account_take_login(struct account *a, struct desk_login *login, struct private_key *key)
{
    a->kept.way = key ? WAY_KEY : WAY_PASSWORD;
    a->kept.keep = login->session_only ? KEEP_SESSION : KEEP_KEYRING;
    a->login.profile = a->kept;
    a->login.credentials = (struct credentials){
        .password = login->password, .client_id = copy(login->client_id), .key = key};
    a->fresh = true;
    a->keeps = true;
    login->password = NULL;
}

bool account_sign_in(struct account *a, struct app *app, struct err *e)
{
    struct keyring *k;
    bool ok;

    if (!a->fresh || !a->keeps)
        return app_sign_in(app, e);
    k = keyring_open(app->log);
    ok = profile_check(&a->kept, e) && login_ready(k, &a->kept, e) &&
         login_run(&a->login, app, k, e);
    a->keeps = !ok;
    if (!ok)
        keyring_for_screen(e->text);
    keyring_close(k);
    return ok;
}

struct app_config account_config(struct account *a)
{
    const struct package_def *package = package_def(a->kept.package);
    bool more = a->rate > package->per_second;

    return (struct app_config){.profile = a->profile,
                               .user = a->sandbox ? SANDBOX_USER : a->user,
                               .base_url = a->base_url,
                               .source = a->sandbox ? SANDBOX_PROFILE : a->base_url,
                               .ca_file = a->ca_file,
                               .per_second = a->rate < 0 ? package->per_second : a->rate,
                               .per_minute = a->rate < 0 ? package->per_minute : a->rate * 60,
                               .all_per_second = more ? a->rate : package->per_second,
                               .all_per_minute = more ? a->rate * 60 : package->per_minute,
                               .credentials = credentials,
                               .credentials_self = a};
}
