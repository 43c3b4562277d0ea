// Whom the desk talks to. UI thread; credentials on a worker. Floor: desk.
#include "desk/account.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "flow/address.h"
#include "flow/sandbox.h"

static char *copy(const char *text)
{
    return text ? mem_strdup(text) : NULL;
}

static bool read_address(struct account *a, const struct desk_config *config, struct err *e)
{
    const char *url = config->base_url ? config->base_url : address_official;

    if (!address_check(url, e))
        return false;
    if (config->rate == 0 && !address_is_loopback(url))
        return err_set(e, ERR_INVALID, "an account has its limits: no rate of 0 for %.80s", url);
    a->base_url = address_plain(url);
    a->host = address_host(a->base_url);
    a->profile = config->profile ? mem_strdup(config->profile) : address_profile(a->base_url);
    return true;
}

bool account_read(struct account *out, const struct desk_config *config, struct err *e)
{
    *out = (struct account){.sandbox = config->sandbox,
                            .named = config->sandbox || config->base_url || config->profile ||
                                     config->user,
                            .profile_given = config->profile != NULL,
                            .rate = config->rate,
                            .user = copy(config->user),
                            .ca_file = copy(config->ca_file)};
    if (out->sandbox) {
        out->profile = mem_strdup(SANDBOX_PROFILE);
        out->host = mem_strdup("SANDBOX");
    } else if (out->named && !read_address(out, config, e)) {
        account_free(out);
        return false;
    }
    return true;
}

void account_free(struct account *a)
{
    free(a->base_url);
    free(a->profile);
    free(a->host);
    free(a->user);
    free(a->ca_file);
    secret_free(a->password);
    *a = (struct account){.rate = -1};
}

// On the worker that connects.
static bool credentials(void *self, struct auth_method *method, struct err *e)
{
    struct account *a = self;
    struct secret *password = a->password;

    if (a->sandbox) {
        *method =
            auth_password(SANDBOX_USER, secret_new(SANDBOX_PASSWORD, sizeof(SANDBOX_PASSWORD) - 1));
        return true;
    }
    if (!password || !a->user)
        return err_set(e, ERR_UNAUTHORISED, "nobody is signed in");
    a->password = NULL;
    *method = auth_password(a->user, password);
    return true;
}

struct app_config account_config(struct account *a)
{
    int rate = a->rate < 0 ? RATE_USUAL : a->rate;

    return (struct app_config){.profile = a->profile,
                               .base_url = a->base_url,
                               .source = a->sandbox ? SANDBOX_PROFILE : a->base_url,
                               .ca_file = a->ca_file,
                               .per_second = rate,
                               .per_minute = rate * 60,
                               .credentials = credentials,
                               .credentials_self = a};
}
