// lode usage. Main thread. Floor: cli.
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/quote.h"
#include "flow/spending.h"
#include "flow/usage_words.h"

#include <stdio.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"

static const struct sheet_column usage_columns[] = {{"limitType", "Meter", COLUMN_TEXT},
                                                    {"currentUsage", "Used", COLUMN_NUMBER},
                                                    {"limit", "Limit", COLUMN_NUMBER},
                                                    {"usageRemaining", "Left", COLUMN_NUMBER},
                                                    {"description", "What it counts", COLUMN_TEXT}};

static const char *meter_number(long long n, char buf[static COUNT_MAX])
{
    (void)snprintf(buf, COUNT_MAX, n < 0 ? "?" : "%lld", n);
    return buf;
}

static bool write_meters(struct output *out, const struct usage *u, struct err *e)
{
    for (size_t i = 0; i < METERS; i++) {
        const struct meter *m = &u->meters[i];
        const struct meter_def *def = &meter_defs()[i];
        char used[COUNT_MAX], limit[COUNT_MAX], left[COUNT_MAX];
        const char *cells[] = {out->json ? def->limit_type : def->name, meter_number(m->used, used),
                               meter_number(m->limit, limit), meter_number(m->remaining, left),
                               def->about};

        if (m->known && !output_row(out, cells, NULL, e))
            return false;
    }
    return true;
}

static void say_facts(struct invocation *in, const struct usage *u)
{
    const struct meter *credits = &u->meters[METER_CREDITS];
    struct str text = {0};

    usage_package(u, in->app.config.per_second, in->app.config.per_minute, &text);
    if (text.len)
        app_say(&in->app, "%s", text.data);
    str_clear(&text);
    usage_spent_out(u, &text);
    if (text.len)
        app_say(&in->app, "%s", text.data);
    str_clear(&text);
    usage_burn(&in->app, credits->known ? credits->remaining : -1, &text);
    if (text.len)
        app_say(&in->app, "%s", text.data);
    str_free(&text);
}

static const struct sheet_column spending_columns[] = {{"key", "What", COLUMN_TEXT},
                                                       {"credits", "Credits", COLUMN_NUMBER},
                                                       {"records", "Records", COLUMN_NUMBER},
                                                       {"requests", "Requests", COLUMN_NUMBER},
                                                       {"charges", "Charges", COLUMN_NUMBER}};

static bool find_kind(const char *name, enum spending_kind *out, struct err *e)
{
    for (int i = 0; i < SPENT_KINDS; i++) {
        *out = (enum spending_kind)i;
        if (str_eq_case(name, spending_name(*out)))
            return true;
    }
    return err_set(e, ERR_INVALID, "--by takes day, search or profile, not \"%.20s\"", name);
}

static bool write_spending(struct output *out, const struct spending *s, struct err *e)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct spending_line *l = &s->items[i];
        const long long numbers[] = {l->credits, l->records, l->requests, l->charges};
        char texts[ARRAY_LEN(numbers)][COUNT_MAX];
        const char *cells[] = {l->key, texts[0], texts[1], texts[2], texts[3]};

        for (size_t j = 0; j < ARRAY_LEN(numbers); j++)
            (void)snprintf(texts[j], sizeof(texts[j]), "%lld", numbers[j]);
        if (!output_row(out, cells, NULL, e))
            return false;
    }
    return true;
}

static int show_spending(struct invocation *in)
{
    struct spending s = {0};
    enum spending_kind kind;
    struct output out;
    struct err e;
    bool ok;

    if (!find_kind(opt_value(&in->opts, "by", ""), &kind, &e) ||
        !spending_read(&in->app, kind, &s, &e))
        return cli_fail(&e);
    ok = output_open(&out, in, spending_columns, ARRAY_LEN(spending_columns), &e);
    if (ok) {
        ok = write_spending(&out, &s, &e);
        ok = output_close(&out, &e) && ok;
    }
    spending_free(&s);
    return ok ? EXIT_DONE : cli_fail(&e);
}

int command_usage(struct invocation *in)
{
    struct usage usage = {0};
    struct output out;
    struct err e;
    bool ok;

    if (opt_has(&in->opts, "by"))
        return show_spending(in);
    if (!usage_fetch(&in->app, &usage, &e) ||
        !output_open(&out, in, usage_columns, ARRAY_LEN(usage_columns), &e))
        return cli_fail(&e);
    ok = write_meters(&out, &usage, &e);
    ok = output_close(&out, &e) && ok;
    if (ok)
        say_facts(in, &usage);
    return ok ? EXIT_DONE : cli_fail(&e);
}
