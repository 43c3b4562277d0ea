// Which account a run talks to. Main thread. Floor: cli.
#include "cli/account.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "cli/progress.h"
#include "flow/address.h"

enum { RATE_MAX = 1000, USER_MAX = 256 };

static bool check_profile(const char *name, struct err *e)
{
    bool good = *name && *name != '.' && strlen(name) <= 64 &&
                name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._-")] == '\0';

    return good || err_set(e, ERR_INVALID,
                           "--profile takes letters, digits, dots, dashes and underscores, not "
                           "\"%.64s\"",
                           name);
}

static char *read_user(struct err *e)
{
    char line[USER_MAX];

    if (!isatty(STDIN_FILENO)) {
        (void)err_set(e, ERR_UNAUTHORISED,
                      "nobody is signed in: pass --user NAME and --password-stdin, or --sandbox to "
                      "try Lode without an account");
        return NULL;
    }
    (void)fputs("User name: ", stderr);
    if (!fgets(line, sizeof(line), stdin) || !*str_trim(line)) {
        (void)err_set(e, ERR_CANCELLED, "no user name was given");
        return NULL;
    }
    return mem_strdup(str_trim(line));
}

static struct secret *read_password(const struct invocation *in, struct err *e)
{
    if (opt_has(&in->opts, "password-stdin") || isatty(STDIN_FILENO))
        return secret_read(STDIN_FILENO, "Password: ", e);
    (void)err_set(e, ERR_UNAUTHORISED,
                  "the password cannot be asked for here: pass --password-stdin and put it on the "
                  "first line of standard input");
    return NULL;
}

static bool ask(void *self, struct auth_method *method, struct err *e)
{
    const struct invocation *in = ((struct account *)self)->in;
    const char *given = opt_value(&in->opts, "user", NULL);
    char *user = given ? mem_strdup(given) : read_user(e);
    struct secret *password = user ? read_password(in, e) : NULL;

    if (password)
        *method = auth_password(user, password);
    free(user);
    return password != NULL;
}

static bool sandbox_credentials(void *self, struct auth_method *method, struct err *e)
{
    (void)self;
    (void)e;
    *method =
        auth_password(SANDBOX_USER, secret_new(SANDBOX_PASSWORD, sizeof(SANDBOX_PASSWORD) - 1));
    return true;
}

static bool use_sandbox(struct account *a, struct err *e)
{
    a->profile = mem_strdup(SANDBOX_PROFILE);
    a->config.credentials = sandbox_credentials;
    if (!sandbox_start(&a->child, NULL, e))
        return false;
    a->base_url = mem_strdup(a->child.url);
    return true;
}

static bool use_address(struct account *a, const struct opts *opts, struct err *e)
{
    const char *url = opt_value(opts, "base-url", address_official);
    const char *profile = opt_value(opts, "profile", NULL);

    if (!address_check(url, e))
        return err_prefix(e, "--base-url");
    if (profile && !check_profile(profile, e))
        return false;
    a->base_url = address_plain(url);
    a->profile = profile ? mem_strdup(profile) : address_profile(a->base_url);
    a->config.credentials = ask;
    a->config.credentials_self = a;
    return true;
}

static bool take_rate(struct account *a, const struct opts *opts, struct err *e)
{
    long long rate = RATE_USUAL;

    if (!opt_int(opts, "rate", 0, RATE_MAX, &rate, e))
        return false;
    if (rate == 0 && !address_is_loopback(a->base_url))
        return err_set(e, ERR_INVALID,
                       "--rate 0 (no limit) goes with an address on this machine "
                       "only; an account has its limits");
    a->config.per_second = (int)rate;
    a->config.per_minute = (int)rate * 60;
    return true;
}

static bool check_choice(const struct opts *opts, struct err *e)
{
    if (opt_has(opts, "sandbox") && opt_has(opts, "base-url"))
        return err_set(e, ERR_INVALID, "--sandbox and --base-url do not go together");
    return true;
}

bool account_open(struct account *a, const struct invocation *in, struct err *e)
{
    bool sandbox = opt_has(&in->opts, "sandbox");
    bool ok;

    *a = (struct account){.in = in, .child = {.pid = -1}};
    a->progress = progress_open(in->quiet);
    a->config.talk = progress_talk(a->progress);
    a->config.ca_file = opt_value(&in->opts, "ca-file", NULL);
    ok = check_choice(&in->opts, e) &&
         (sandbox ? use_sandbox(a, e) : use_address(a, &in->opts, e)) && take_rate(a, &in->opts, e);
    if (!ok) {
        account_close(a);
        return false;
    }
    a->config.base_url = a->base_url;
    a->config.source = sandbox ? SANDBOX_PROFILE : a->base_url;
    a->config.profile = a->profile;
    return true;
}

void account_close(struct account *a)
{
    progress_close(a->progress);
    sandbox_stop(&a->child);
    free(a->profile);
    free(a->base_url);
}

bool account_order(const struct invocation *in, struct cli_order *out, struct err *e)
{
    struct account probe = {.in = in, .child = {.pid = -1}};
    bool ok = check_choice(&in->opts, e);

    out->sandbox = opt_has(&in->opts, "sandbox");
    if (out->sandbox)
        probe.base_url = mem_strdup("http://127.0.0.1");
    else
        ok = ok && use_address(&probe, &in->opts, e);
    ok = ok && take_rate(&probe, &in->opts, e);
    out->base_url = opt_value(&in->opts, "base-url", NULL);
    out->profile = opt_value(&in->opts, "profile", NULL);
    out->ca_file = opt_value(&in->opts, "ca-file", NULL);
    out->user = opt_value(&in->opts, "user", NULL);
    out->rate = opt_has(&in->opts, "rate") ? probe.config.per_second : -1;
    free(probe.profile);
    free(probe.base_url);
    return ok;
}
