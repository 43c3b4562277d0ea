// lode export. Main thread. Floor: cli.
#include "cli/chosen.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/preset.h"
#include "cli/records.h"
#include "flow/library.h"
#include "flow/selection.h"

#include "base/count.h"
#include "base/str.h"

static void say_basis(struct str *out, const struct entity *entity, const struct selection *s)
{
    char n[COUNT_MAX];

    if (s)
        str_addf(out, "what is owned of %s %s of a file", count_text((long long)s->n, n),
                 entity->plural);
    else
        str_addf(out, "all %s of the library", entity->plural);
}

static int write_library(struct invocation *in, const struct entity *entity,
                         const struct selection *s, struct columns *c)
{
    struct records records;
    struct str basis = {0};
    char missing[COUNT_MAX], all[COUNT_MAX];
    struct err e;
    bool ok;

    if (!records_take(&records, in, entity, c, &e))
        return cli_fail(&e);
    say_basis(&basis, entity, s);
    records.out.facts.basis = basis.data;
    records.out.facts.credits = 0;
    ok = library_each(&in->app, entity, s ? (const char *const *)s->ids : NULL, s ? s->n : 0,
                      records_row, &records, &e);
    if (ok)
        ok = records_close(&records, &e);
    else
        records_abort(&records);
    str_free(&basis);
    if (ok && s && records.out.rows < s->n)
        app_say(&in->app, "%s of %s are not in the library.",
                count_text((long long)(s->n - records.out.rows), missing),
                count_text((long long)s->n, all));
    return ok ? EXIT_DONE : cli_fail(&e);
}

int command_export(struct invocation *in)
{
    struct err e;
    const struct entity *entity = invocation_entity(in, &e);
    const char *from = opt_value(&in->opts, "from", NULL);
    struct selection s = {.entity = entity};
    struct columns columns;
    int status;

    if (!entity || !preset_columns(&columns, in, entity, "fields", entity->enrich.columns,
                                   entity->enrich.n_columns, &e))
        return cli_fail(&e);
    columns_comply(&columns, entity->enrich.columns, entity->enrich.n_columns);
    if (from && !selection_read(&s, from, &e)) {
        status = cli_fail(&e);
    } else {
        chosen_tell_odd(in, &s);
        status = write_library(in, entity, from ? &s : NULL, &columns);
    }
    selection_free(&s);
    columns_free(&columns);
    return status;
}
