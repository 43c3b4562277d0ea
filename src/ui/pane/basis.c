// What the rows that are shown stand on, as people read it. UI thread. Floor: ui/pane.
#include "ui/pane/basis.h"

#include "ui/pane/when.h"

void basis_add(const struct desk *d, int most, struct str *out)
{
    char when[WHEN_MAX];

    desk_basis_ageless(d, most, out);
    if (d->results.table && d->results.kept)
        str_addf(out, ", as of %s", when_since(d->results.asked_ms, desk_utc_ms(d), when));
}
