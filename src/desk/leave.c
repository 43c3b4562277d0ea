// What leaving now would lose or stop. UI thread. Floor: desk.
#include "base/count.h"
#include "desk/inside.h"

const char *desk_unfinished(struct desk *d)
{
    struct str *out = &d->private->unfinished;
    const struct task_view *v = desk_running(d);
    char n[COUNT_MAX];

    str_clear(out);
    if (d->private->spending)
        str_add(out, "A purchase is under way: leaving sends no more of it, and waits five seconds "
                     "for what was sent.");
    else if (v)
        str_addf(out, "This is not done yet and would be stopped: %s.", v->label);
    else if (!d->spender && d->marks.n)
        str_addf(out, "%s marks are not saved, for another Lode has this account.",
                 count_text((long long)d->marks.n, n));
    return out->len ? str_text(out) : NULL;
}
