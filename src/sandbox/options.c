// What lode-sandbox is asked to be: its command line. Main thread. Floor: sandbox.
#include "sandbox/options.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/opt.h"
#include "base/text.h"
#include "sandbox/search/filter_value.h"
#include "sandbox/search/search.h"

enum { YEARS_10_S = 10 * 366 * 86400 };

// clang-format off
#define VALUE(name, arg, help) {name, 0, OPT_VALUE, arg, help}
#define FLAG(name, letter, help) {name, letter, OPT_FLAG, NULL, help}
static const struct opt table[] = {
    VALUE("port", "N", "listen on this port of 127.0.0.1 (0, the default: any that is free)"),
    VALUE("tls", "CERT KEY", "speak https with this certificate and its private key (PEM)"),
    VALUE("user", "NAME", "the one user (default: analyst@example.com)"),
    VALUE("password", "WORD", "the user's password (default: sandbox)"),
    {"client", 0, OPT_LIST, "ID=FILE",
     "a client that signs in with the key of this public one (PEM)"},
    FLAG("no-roles", 0, "the user has no API role: signing in is refused"),
    VALUE("token-life", "SECONDS", "how long an access token lasts (default: 3600)"),
    VALUE("seed", "N", "the same seed invents the same data (default: 1)"),
    VALUE("companies", "N", "how many companies to invent (default: 20000)"),
    VALUE("contacts", "N", "how many people to invent (default: 200000)"),
    VALUE("day", "YYYY-MM-DD", "invent the data as it is on this day (default: today)"),
    VALUE("state", "FILE", "keep what the account spent and owns in FILE"),
    VALUE("credits", "N", "credits of the account (default: 10000)"),
    VALUE("records", "N", "records it may get (default: 1000000)"),
    VALUE("requests", "N", "searches and enriches it may make (default: 1000000)"),
    VALUE("package", "NAME", "standard: 25 calls a second (default); scaling: 33"),
    FLAG("unlimited", 0, "no limit on calls a second or a minute"),
    VALUE("depth", "N", "rows of one search that can be paged to (default: 10000)"),
    FLAG("refuse-ungranted", 0, "answer 400 to search inputs the account has no access to"),
    VALUE("latency", "MS", "wait this long before each answer"),
    VALUE("clock-offset", "SECONDS", "live this far in the future (below 0: in the past)"),
    VALUE("faults", "RULES", "faults to play: rules, or a file of them; '' to set them later"),
    FLAG("die-with-parent", 0, "end when the process that started this one ends"),
    VALUE("while-locked", "FILE", "lock byte PORT of FILE; remove it and end once byte 0 is free"),
    FLAG("help", 'h', "print this and exit"),
    FLAG("version", 'V', "print the version and exit"),
    {NULL, 0, OPT_FLAG, NULL, NULL},
};
// clang-format on

static bool read_package(const struct opts *opts, enum options_package *out, struct err *e)
{
    const char *name = opt_value(opts, "package", "standard");

    *out = str_eq(name, "scaling") ? PACKAGE_SCALING : PACKAGE_STANDARD;
    if (*out == PACKAGE_STANDARD && !str_eq(name, "standard"))
        return err_set(e, ERR_INVALID, "--package is standard or scaling, not \"%.80s\"", name);
    return true;
}

struct number {
    const char *name;
    long long min, max, value;
};

enum {
    PORT,
    SEED,
    COMPANIES,
    CONTACTS,
    CREDITS,
    RECORDS,
    REQUESTS,
    TOKEN_LIFE,
    LATENCY,
    CLOCK_OFFSET,
    DEPTH,
    NUMBERS
};

static bool read_numbers(const struct opts *opts, struct options *o, struct err *e)
{
    struct number n[NUMBERS] = {
        [PORT] = {"port", 0, 65535, 0},
        [SEED] = {"seed", 0, INT64_MAX, 1},
        [COMPANIES] = {"companies", 1, 1000000, 20000},
        [CONTACTS] = {"contacts", 1, 5000000, 200000},
        [CREDITS] = {"credits", 0, INT64_MAX / 2, 10000},
        [RECORDS] = {"records", 0, INT64_MAX / 2, 1000000},
        [REQUESTS] = {"requests", 0, INT64_MAX / 2, 1000000},
        [TOKEN_LIFE] = {"token-life", 1, YEARS_10_S, 3600},
        [LATENCY] = {"latency", 0, 600000, 0},
        [CLOCK_OFFSET] = {"clock-offset", -YEARS_10_S, YEARS_10_S, 0},
        [DEPTH] = {"depth", 1, 10000000, SEARCH_DEPTH_DEFAULT},
    };

    for (size_t i = 0; i < NUMBERS; i++) {
        if (!opt_int(opts, n[i].name, n[i].min, n[i].max, &n[i].value, e))
            return false;
    }
    o->port = (uint16_t)n[PORT].value;
    o->seed = (uint64_t)n[SEED].value;
    o->companies = (uint32_t)n[COMPANIES].value;
    o->contacts = (uint32_t)n[CONTACTS].value;
    o->credits = n[CREDITS].value;
    o->records = n[RECORDS].value;
    o->requests = n[REQUESTS].value;
    o->token_life_s = n[TOKEN_LIFE].value;
    o->latency_ms = (int)n[LATENCY].value;
    o->clock_offset_s = n[CLOCK_OFFSET].value;
    o->depth = (uint32_t)n[DEPTH].value;
    return true;
}

static bool read_clients(const struct opts *opts, struct options *o, struct err *e)
{
    for (size_t i = 0; i < opts->n_seen; i++) {
        const char *value = opts->seen[i].value, *equals = strchr(value, '=');

        if (!str_eq(opts->seen[i].opt->name, "client"))
            continue;
        if (!equals || equals == value || !equals[1])
            return err_set(e, ERR_INVALID, "--client takes ID=FILE, not \"%.80s\"", value);
        if (o->n_clients == OPTIONS_CLIENTS_MAX)
            return err_set(e, ERR_INVALID, "--client may stand %d times", OPTIONS_CLIENTS_MAX);
        o->clients[o->n_clients++] = value;
    }
    return true;
}

// The one argument there may be is the second file of --tls.
static bool read_tls(const struct opts *opts, struct options *o, struct err *e)
{
    size_t files = opt_has(opts, "tls");

    if (opts->n_args > files)
        return err_set(e, ERR_INVALID, "lode-sandbox takes options only, not \"%.80s\"",
                       opts->args[files]);
    if (opts->n_args < files)
        return err_set(e, ERR_INVALID, "--tls takes CERT and KEY, two files");
    o->cert = opt_value(opts, "tls", NULL);
    o->key = files ? opts->args[0] : NULL;
    return true;
}

static bool read_day(const struct opts *opts, struct options *o, struct err *e)
{
    const char *text = opt_value(opts, "day", NULL);

    o->has_day = text;
    return !text || value_date(text, &o->day) ||
           err_set(e, ERR_INVALID, "--day is written YYYY-MM-DD, like 2026-02-28, not \"%.80s\"",
                   text);
}

static bool read_all(const struct opts *opts, struct options *o, struct err *e)
{
    if (!read_tls(opts, o, e))
        return false;
    o->user = opt_value(opts, "user", "analyst@example.com");
    o->password = opt_value(opts, "password", "sandbox");
    if (!text_valid(o->user, strlen(o->user)))
        return err_set(e, ERR_INVALID, "--user takes text in UTF-8");
    o->state = opt_value(opts, "state", NULL);
    o->faults = opt_value(opts, "faults", NULL);
    o->no_roles = opt_has(opts, "no-roles");
    o->unlimited = opt_has(opts, "unlimited");
    o->refuse_ungranted = opt_has(opts, "refuse-ungranted");
    o->while_locked = opt_value(opts, "while-locked", NULL);
    o->die_with_parent = opt_has(opts, "die-with-parent");
    o->help = opt_has(opts, "help");
    o->version = opt_has(opts, "version");
    return read_package(opts, &o->package, e) && read_day(opts, o, e) && read_clients(opts, o, e) &&
           read_numbers(opts, o, e);
}

bool options_read(int argc, char **argv, struct options *out, struct err *e)
{
    const struct opt *const tables[] = {table, NULL};
    struct opts opts;
    bool ok;

    *out = (struct options){0};
    if (!opt_parse(tables, argc, argv, &opts, e))
        return false;
    ok = read_all(&opts, out, e);
    opt_free(&opts);
    return ok;
}

void options_help(struct str *out)
{
    str_add(out, "Usage: lode-sandbox [OPTION]...\n"
                 "An offline stand-in for the ZoomInfo Enterprise API with invented data, on this\n"
                 "machine only. The first line it prints is its URL. SIGTERM ends it.\n\n");
    for (const struct opt *o = table; o->name; o++) {
        char left[40];

        (void)snprintf(left, sizeof(left), "--%s%s%s", o->name, o->arg ? " " : "",
                       o->arg ? o->arg : "");
        str_addf(out, "  %-22s %s\n", left, o->help);
    }
}
