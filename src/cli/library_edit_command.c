// lode library tag, note, refresh, purge, suppress: what changes the library. Main thread.
// Floor: cli.
#include "cli/library_command.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/library_find.h"
#include "flow/refresh.h"
#include "flow/retain.h"
#include "flow/suppress.h"

static const struct sheet_column tag_columns[] = {{"tag", "Tag", COLUMN_TEXT},
                                                  {"records", "Records", COLUMN_NUMBER}};

struct listing {
    struct output out;
    struct err err;
};

static int finish(struct listing *l, bool ok, struct err *e)
{
    if (ok && l->err.kind != ERR_NONE) {
        *e = l->err;
        ok = false;
    }
    if (!ok) {
        output_abort(&l->out);
        return cli_fail(e);
    }
    return output_close(&l->out, e) ? EXIT_DONE : cli_fail(e);
}

static bool write_tag(void *arg, const char *tag, long long n)
{
    struct listing *l = arg;
    char count[COUNT_MAX];
    const char *cells[] = {tag, count};

    (void)snprintf(count, sizeof(count), "%lld", n);
    return output_row(&l->out, cells, NULL, &l->err);
}

static int list_tags(struct invocation *in, const struct entity *entity)
{
    struct listing l = {0};
    struct err e;

    if (!output_open(&l.out, in, tag_columns, ARRAY_LEN(tag_columns), &e))
        return cli_fail(&e);
    return finish(&l, library_tags(&in->app, entity, write_tag, &l, &e), &e);
}

static int set_tag(struct invocation *in, const struct entity *entity, char **args, size_t n,
                   bool on)
{
    struct str said = {0};
    struct selection s;
    struct tagged done;
    struct err e;
    bool ok;

    // --tag names the tag here, not records.
    if (!library_chosen(in, entity, args + 1, n - 1, &s, &e))
        return cli_fail(&e);
    ok = library_tag(&in->app, entity, (const char *const *)s.ids, s.n, args[0], on, &done, &e);
    if (ok) {
        library_tag_say(entity, &done, s.n, args[0], on, &said);
        app_say(&in->app, "%s", said.data);
    }
    str_free(&said);
    selection_free(&s);
    return ok ? EXIT_DONE : cli_fail(&e);
}

int library_tag_action(struct invocation *in, const struct entity *entity, char **args, size_t n)
{
    return n ? set_tag(in, entity, args, n, true) : list_tags(in, entity);
}

int library_untag_action(struct invocation *in, const struct entity *entity, char **args, size_t n)
{
    return set_tag(in, entity, args, n, false);
}

static bool print_note(void *arg, const struct library_row *row)
{
    str_add(arg, row->note ? row->note : "");
    str_add_char(arg, '\n');
    return true;
}

int library_note_action(struct invocation *in, const struct entity *entity, char **args, size_t n)
{
    struct str note = {0};
    struct err e;
    bool ok;

    if (n == 2)
        ok = library_note(&in->app, entity, args[0], args[1], &e);
    else
        ok = library_record(&in->app, entity, args[0], print_note, &note, &e);
    if (ok && n == 1)
        output_bytes(&note);
    str_free(&note);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static int not_confirmed(void)
{
    struct err e;

    (void)err_set(&e, ERR_REFUSED, "nothing was done: say --yes to do it");
    return cli_fail(&e);
}

static void say_plan(const struct invocation *in, const struct refresh *r)
{
    char records[COUNT_WORDS_MAX], requests[COUNT_WORDS_MAX], others[COUNT_MAX];

    app_say(&in->app, "Fetching again costs 0 credits, %s, %s.",
            count_words((long long)r->records, "record", records),
            count_words(r->requests, "request", requests));
    if (r->not_owned)
        app_say(&in->app,
                "%s are not owned any more, or never were: fetching them would cost credits, so "
                "they are left alone; see lode quote.",
                count_text((long long)r->not_owned, others));
    if (r->suppressed)
        app_say(&in->app, "%s are on the suppression list and are never sent.",
                count_text((long long)r->suppressed, others));
}

static const struct sheet_column change_columns[] = {{"id", "Id", COLUMN_ID},
                                                     {"field", "Field", COLUMN_TEXT},
                                                     {"before", "Before", COLUMN_TEXT},
                                                     {"after", "After", COLUMN_TEXT}};

static void write_change(void *self, const char *id, const struct difference *d)
{
    struct listing *l = self;
    const char *cells[] = {id, l->out.json ? d->column->name : d->column->heading, d->before,
                           d->after};

    if (l->err.kind == ERR_NONE)
        (void)output_row(&l->out, cells, NULL, &l->err);
}

static int refresh(struct invocation *in, const struct refresh *r)
{
    struct refreshed done;
    struct listing l = {0};
    char a[COUNT_WORDS_MAX], b[COUNT_WORDS_MAX], c[COUNT_WORDS_MAX];
    struct err e, late;
    bool ok;
    int status;

    if (!output_open(&l.out, in, change_columns, ARRAY_LEN(change_columns), &e))
        return cli_fail(&e);
    ok = refresh_run(&in->app, r, write_change, &l, &done, &e);
    status = finish(&l, true, &late);
    app_say(&in->app, "%s fetched again: %s tell something else than before, %s do not.",
            count_text((long long)done.sum.refreshed, a), count_text((long long)done.changed, b),
            count_text((long long)done.same, c));
    app_say(&in->app, "Charged: %s, %s, %s.", count_words(done.sum.credits, "credit", a),
            count_words(done.sum.records, "record", b),
            count_words(done.sum.requests, "request", c));
    if (done.sum.doubtful)
        app_say(&in->app, "%s were sent and not answered; see lode ledger --state in-doubt.",
                count_text((long long)done.sum.doubtful, a));
    return ok ? status : cli_fail(&e);
}

int library_refresh_action(struct invocation *in, const struct entity *entity, char **args,
                           size_t n)
{
    struct refresh r = {0};
    struct selection s;
    struct err e;
    int status;

    if (!library_chosen(in, entity, args, n, &s, &e))
        return cli_fail(&e);
    if (!s.n) {
        app_say(&in->app, "The library has no such %s: there is nothing to fetch again.",
                entity->plural);
        status = EXIT_DONE;
    } else if (!refresh_plan(&in->app, entity, (const char *const *)s.ids, s.n, &r, &e)) {
        status = cli_fail(&e);
    } else {
        say_plan(in, &r);
        if (!r.records) {
            (void)err_set(&e, ERR_NOT_FOUND, "none of them can be fetched again for no credit");
            status = cli_fail(&e);
        } else {
            status = opt_has(&in->opts, "yes") ? refresh(in, &r) : not_confirmed();
        }
    }
    refresh_free(&r);
    selection_free(&s);
    return status;
}

static const char *const *ids_of(const struct selection *s)
{
    return (const char *const *)s->ids;
}

static int purge(struct invocation *in, const struct selection *s, bool suppress)
{
    struct str answers = {0};
    char count[COUNT_MAX];
    struct err e;
    bool done = false;
    bool ok = suppress_answers(&in->app, s->entity, ids_of(s), s->n, true, &answers, &e) &&
              suppress_purge(&in->app, s->entity, ids_of(s), s->n, suppress, &done, &e);

    if (done)
        app_say(&in->app,
                "%s %s %s gone from the library%s. What was paid stays in the ledger; files that "
                "were exported are yours to delete.",
                count_text((long long)s->n, count), s->n == 1 ? s->entity->name : s->entity->plural,
                s->n == 1 ? "is" : "are", suppress ? " and will not come back" : "");
    if (done && answers.len)
        app_say(&in->app, "%s", answers.data);
    str_free(&answers);
    return ok ? EXIT_DONE : cli_fail(&e);
}

// What goes is told before it does.
static int ask_purge(struct invocation *in, const struct selection *s)
{
    struct str answers = {0};
    struct err e;
    bool ok = suppress_answers(&in->app, s->entity, ids_of(s), s->n, false, &answers, &e);

    if (ok && answers.len)
        app_say(&in->app, "%s", answers.data);
    str_free(&answers);
    return ok ? not_confirmed() : cli_fail(&e);
}

static int purge_past(struct invocation *in, const struct entity *entity)
{
    struct purge_past past;
    char count[COUNT_MAX];
    struct err e;
    bool done, ok = retain_purge(&in->app, entity, &past, &done, &e);

    if (done)
        app_say(&in->app,
                "%s %s past retention %s gone from the library, and may come back. What was paid "
                "stays in the ledger; files that were exported are yours to delete.",
                count_text((long long)past.n, count), past.n == 1 ? entity->name : entity->plural,
                past.n == 1 ? "is" : "are");
    if (done && past.left)
        app_say(&in->app,
                "%s stayed: a call about them is in doubt, or an answer that may name them is no "
                "sound one; lode ledger tells.",
                count_text(past.left, count));
    purge_past_free(&past);
    return ok ? EXIT_DONE : cli_fail(&e);
}

// All of them, whoever they are: nobody goes on the suppression list for being old.
static int ask_purge_past(struct invocation *in, const struct entity *entity, size_t n)
{
    int months = in->app.config.limits.retain_months;
    struct retain_count past;
    struct str text = {0};
    struct err e;

    if (n || library_sifts(in) > 1 || opt_has(&in->opts, "from")) {
        (void)err_set(&e, ERR_INVALID,
                      "purge --past-retention is of all records past retention: nothing else that "
                      "says which goes with it");
        return cli_fail(&e);
    }
    if (!library_retains(in, &e))
        return cli_fail(&e);
    if (opt_has(&in->opts, "yes"))
        return purge_past(in, entity);
    if (!retain_look(&in->app, entity, &past, &e))
        return cli_fail(&e);
    retain_say(&past, NULL, months, &text);
    app_say(&in->app, "%s%s.", text.len ? text.data : "Nothing is past retention",
            text.len ? ": purging takes them out of every file, and they may come back" : "");
    str_free(&text);
    return past.all ? not_confirmed() : EXIT_DONE;
}

int library_purge_action(struct invocation *in, const struct entity *entity, char **args, size_t n)
{
    bool suppress = !opt_has(&in->opts, "allow-again");
    char count[COUNT_MAX];
    struct selection s;
    struct err e;
    int status;

    if (opt_has(&in->opts, "past-retention"))
        return ask_purge_past(in, entity, n);
    if (!library_chosen(in, entity, args, n, &s, &e))
        return cli_fail(&e);
    app_say(&in->app, "Purging takes %s %s out of every file%s.%s",
            count_text((long long)s.n, count), s.n == 1 ? entity->name : entity->plural,
            !suppress  ? ""
            : s.n == 1 ? ", and it is never bought or kept again"
                       : ", and they are never bought or kept again",
            suppress && s.n ? suppress_along(entity) : "");
    if (!s.n)
        status = EXIT_DONE;
    else
        status = opt_has(&in->opts, "yes") ? purge(in, &s, suppress) : ask_purge(in, &s);
    selection_free(&s);
    return status;
}

static const struct sheet_column suppressed_columns[] = {{"entity", "Entity", COLUMN_TEXT},
                                                         {"id", "Id or SHA-256", COLUMN_TEXT},
                                                         {"since", "Since", COLUMN_TEXT}};

static bool write_suppressed(void *arg, const struct suppressed_row *row)
{
    struct listing *l = arg;
    char since[CLOCK_ISO_MAX];
    const char *cells[] = {*row->entity ? row->entity : "e-mail", row->id,
                           clock_iso(row->since_ms, since)};

    return output_row(&l->out, cells, NULL, &l->err);
}

static int list_suppressed(struct invocation *in)
{
    struct listing l = {0};
    struct err e;

    if (!output_open(&l.out, in, suppressed_columns, ARRAY_LEN(suppressed_columns), &e))
        return cli_fail(&e);
    return finish(&l, suppress_each(&in->app, write_suppressed, &l, &e), &e);
}

static int take_off(struct invocation *in, const struct entity *entity,
                    const struct suppress_list *l)
{
    char count[COUNT_MAX];
    size_t removed = 0, along = 0;
    struct err e;

    if (!suppress_remove(&in->app, entity, l, &removed, &along, &e))
        return cli_fail(&e);
    app_say(&in->app, "%s %s off the suppression list.", count_text((long long)removed, count),
            removed == 1 ? "is" : "are");
    if (along)
        app_say(&in->app, "%s that had come there with %s alone %s off too.",
                count_text((long long)along, count), removed == 1 ? "it" : "them",
                along == 1 ? "is" : "are");
    return EXIT_DONE;
}

static int put_on(struct invocation *in, const struct entity *entity, const struct suppress_list *l)
{
    char ids[COUNT_WORDS_MAX], emails[COUNT_MAX], purged[COUNT_WORDS_MAX];
    struct suppress_done done;
    struct err e;

    if (!suppress_apply(&in->app, entity, l, &done, &e))
        return cli_fail(&e);
    app_say(&in->app,
            "%s and %s new e-mail address%s are on the suppression list; %s with such an address "
            "%s purged.",
            count_words((long long)done.ids, "id", ids), count_text(done.emails, emails),
            done.emails == 1 ? "" : "es", count_words((long long)done.purged, "record", purged),
            done.purged == 1 ? "was" : "were");
    return EXIT_DONE;
}

int library_suppress_action(struct invocation *in, const struct entity *entity, char **args,
                            size_t n)
{
    const char *from = opt_value(&in->opts, "from", NULL);
    struct suppress_list l = {0};
    struct err e;
    bool ok = true;
    int status;

    if (!n && !from)
        return list_suppressed(in);
    for (size_t i = 0; ok && i < n; i++)
        ok = suppress_list_add(&l, args[i]) ||
             err_set(&e, ERR_INVALID, "\"%.40s\" is no id, e-mail address or SHA-256", args[i]);
    if (ok && from)
        ok = suppress_list_read(&l, entity, from, &e);
    if (!ok)
        status = cli_fail(&e);
    else
        status = opt_has(&in->opts, "remove") ? take_off(in, entity, &l) : put_on(in, entity, &l);
    suppress_list_free(&l);
    return status;
}
