// Commands that wait for their turn. UI thread. Floor: ui/frame.
#include "ui/frame/script.h"

#include "base/vec.h"

void script_add(struct script *s, const char *command)
{
    vec_push(s, mem_strdup(command));
}

bool script_waits(const struct script *s)
{
    return s->at < s->len;
}

const char *script_next(struct script *s)
{
    return script_waits(s) ? s->items[s->at++] : NULL;
}

void script_free(struct script *s)
{
    for (size_t i = 0; i < s->len; i++)
        free(s->items[i]);
    vec_free(s);
    s->at = 0;
}
