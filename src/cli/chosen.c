// The records and fields a command line names. Main thread. Floor: cli.
#include "cli/chosen.h"

bool chosen_open(struct selection *s, struct invocation *in, struct err *e)
{
    const struct entity *entity = invocation_entity(in, e);
    const char *from = opt_value(&in->opts, "from", NULL);

    if (!entity)
        return false;
    if (!from)
        return err_set(e, ERR_INVALID,
                       "say which %s: --from FILE with ids, or a CSV that lode search wrote",
                       entity->plural);
    *s = (struct selection){.entity = entity};
    if (selection_read(s, from, e) &&
        selection_fields(s, &in->app, opt_value(&in->opts, "fields", NULL), e))
        return true;
    selection_free(s);
    return false;
}
