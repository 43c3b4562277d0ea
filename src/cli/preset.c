// The columns that --preset, --fields or --columns name. Main thread. Floor: cli.
#include "cli/preset.h"

#include "flow/preset.h"

static bool save(const struct invocation *in, const char *names, struct err *e)
{
    const char *name = opt_value(&in->opts, "save-preset", NULL);

    if (!name)
        return true;
    if (!names || !*names)
        return err_set(e, ERR_INVALID, "say which columns to keep as a preset");
    if (!preset_save(name, names, opt_has(&in->opts, "force"), e))
        return e->kind == ERR_EXISTS
                   ? err_set(e, ERR_EXISTS, "there is a preset %s already; --force replaces it",
                             name)
                   : false;
    app_say(&in->app, "Preset %s is kept.", name);
    return true;
}

bool preset_columns(struct columns *c, const struct invocation *in, const struct entity *entity,
                    const char *option, const struct column *all, size_t n, struct err *e)
{
    const char *names = opt_value(&in->opts, option, NULL);
    const char *preset = opt_value(&in->opts, "preset", NULL);
    struct str text = {0};
    bool ok = names || !preset || preset_get(preset, entity, &text, e);

    if (!names && text.len)
        names = text.data;
    ok = ok && columns_choose(c, entity, all, n, names, e);
    if (ok && !save(in, names, e)) {
        columns_free(c);
        ok = false;
    }
    str_free(&text);
    return ok;
}
