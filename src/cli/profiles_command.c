// lode profiles, lode status. Main thread. Floor: cli.
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "flow/credentials.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

static const struct sheet_column profile_columns[] = {
    {"profile", "Profile", COLUMN_TEXT},  {"inUse", "In use", COLUMN_TEXT},
    {"baseUrl", "Address", COLUMN_TEXT},  {"user", "User", COLUMN_TEXT},
    {"package", "Package", COLUMN_TEXT},  {"signIn", "Signs in by", COLUMN_TEXT},
    {"secrets", "Secret in", COLUMN_TEXT}};

static const struct sheet_column place_columns[] = {
    {"profile", "Profile", COLUMN_TEXT}, {"user", "User", COLUMN_TEXT},
    {"secret", "Secret", COLUMN_TEXT},   {"where", "Where", COLUMN_TEXT},
    {"since", "Since", COLUMN_TEXT},     {"days", "Days", COLUMN_NUMBER},
    {"note", "Note", COLUMN_TEXT}};

static bool write_profile(struct output *out, const struct profile *p, const char *current,
                          struct err *e)
{
    const char *cells[] = {p->name,
                           current && str_eq(current, p->name) ? "*" : "",
                           p->sandbox ? "this machine" : p->base_url,
                           p->user,
                           profile_package_name(p->package),
                           profile_way_name(p->way),
                           p->sandbox ? "none" : profile_keep_name(p->keep)};

    return output_row(out, cells, NULL, e);
}

static bool list_rows(struct output *out, const struct profile_list *l, struct err *e)
{
    char *current = profiles_current();
    bool ok = true;

    for (size_t i = 0; ok && i < l->n; i++)
        ok = write_profile(out, &l->items[i], current, e);
    free(current);
    return ok;
}

// Ends a listing of profiles: what could not be read is told, and is a failure.
static int finish(struct output *out, bool ok, const struct err *skipped, struct err *e)
{
    if (!ok) {
        output_abort(out);
        return cli_fail(e);
    }
    if (!output_close(out, e))
        return cli_fail(e);
    return skipped->kind == ERR_NONE ? EXIT_DONE : cli_fail(skipped);
}

static int list_profiles(struct invocation *in)
{
    struct profile_list l;
    struct output out;
    struct err e, skipped;
    int status;

    if (!profiles_list(&l, &skipped, &e))
        return cli_fail(&e);
    if (output_open(&out, in, profile_columns, ARRAY_LEN(profile_columns), &e))
        status = finish(&out, list_rows(&out, &l, &e), &skipped, &e);
    else
        status = cli_fail(&e);
    profiles_free(&l);
    return status;
}

static int use(struct invocation *in)
{
    struct err e;

    if (!profiles_use(in->args[1], &e))
        return cli_fail(&e);
    app_say(&in->app, "Profile %s is the one in use.", in->args[1]);
    return EXIT_DONE;
}

// Its secrets first: without the profile nobody would look for them any more.
static int remove_profile(struct invocation *in)
{
    struct keyring *k = keyring_open(NULL);
    struct profile p;
    struct err e;
    int removed;
    bool ok = profile_read(in->args[1], &p, &e);

    if (ok) {
        ok = p.sandbox ? err_set(&e, ERR_INVALID,
                                 "the sandbox is always there; lode sandbox reset "
                                 "starts it afresh")
                       : (p.keep == KEEP_SESSION || credentials_forget(k, p.name, &removed, &e)) &&
                             profile_remove(p.name, &e);
        profile_free(&p);
    }
    keyring_close(k);
    if (!ok)
        return cli_fail(&e);
    app_say(&in->app, "Profile %s is gone; its library and its ledger stay.", in->args[1]);
    return EXIT_DONE;
}

static int run_profiles(struct invocation *in)
{
    struct err e;

    if (in->n_args == 0)
        return list_profiles(in);
    if (in->n_args == 2 && str_eq(in->args[0], "use"))
        return use(in);
    if (in->n_args == 2 && str_eq(in->args[0], "remove"))
        return remove_profile(in);
    (void)err_set(&e, ERR_INVALID, "lode profiles takes nothing, use NAME, or remove NAME");
    return cli_fail(&e);
}

struct listing {
    struct output out;
    struct err err;
    bool ok;
};

static void write_place(void *self, const struct secret_place *place)
{
    struct listing *l = self;
    char since[CLOCK_ISO_MAX] = "", days[24] = "";
    const char *cells[] = {
        place->profile->name, place->profile->user, place->what, place->where, since, days,
        place->note};

    if (place->since_ms)
        (void)clock_iso(place->since_ms, since);
    if (place->age_days >= 0)
        (void)snprintf(days, sizeof(days), "%d", place->age_days);
    l->ok = l->ok && output_row(&l->out, cells, NULL, &l->err);
}

static void write_places(struct listing *l, const struct profile_list *profiles)
{
    struct keyring *k = keyring_open(NULL);
    struct clock clock = clock_system();

    for (size_t i = 0; i < profiles->n; i++)
        credentials_places(k, &profiles->items[i], &clock, write_place, l);
    keyring_close(k);
}

static bool read_profiles(const struct invocation *in, struct profile_list *out,
                          struct err *skipped, struct err *e)
{
    const char *name = opt_value(&in->opts, "profile", NULL);

    *skipped = (struct err){0};
    if (!name)
        return profiles_list(out, skipped, e);
    *out = (struct profile_list){mem_zalloc(sizeof(struct profile)), 1};
    if (profile_read(name, &out->items[0], e))
        return true;
    profiles_free(out);
    return false;
}

static int run_status(struct invocation *in)
{
    struct listing l = {.ok = true};
    struct profile_list profiles;
    struct err e, skipped;
    int status;

    if (!read_profiles(in, &profiles, &skipped, &e))
        return cli_fail(&e);
    if (output_open(&l.out, in, place_columns, ARRAY_LEN(place_columns), &e)) {
        write_places(&l, &profiles);
        status = finish(&l.out, l.ok, &skipped, l.ok ? &e : &l.err);
        app_say(&in->app, "Tokens are kept in memory alone, and end with lode.");
    } else {
        status = cli_fail(&e);
    }
    profiles_free(&profiles);
    return status;
}

// These need a voice and nothing else of an app.
static int with_voice(struct invocation *in, int (*run)(struct invocation *in))
{
    struct progress *progress = progress_open(in->quiet);
    int status;

    in->app.config.talk = progress_talk(progress);
    status = run(in);
    progress_close(progress);
    return status;
}

int command_profiles(struct invocation *in)
{
    return with_voice(in, run_profiles);
}

int command_status(struct invocation *in)
{
    return with_voice(in, run_status);
}
