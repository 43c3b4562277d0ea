// The doctor: whether all processes of this user keep an account's limits together. Floor: flow.
#include <stdlib.h>

#include "flow/doctor_inside.h"

// The net tells once it has called.
void doctor_limits(struct doctor *d, struct doctor_result *out)
{
    const char *alone = app_pulse(d->app).alone;
    char *path = app_rates(d->app);

    if (d->signed_out)
        doctor_find(out, DOCTOR_SKIPPED, "not looked at: sign-in comes first");
    else if (!d->app->config.per_second)
        doctor_find(out, DOCTOR_PASS, "no limit was asked for");
    else if (!alone)
        doctor_find(out, DOCTOR_PASS, "all Lodes of yours count this account's calls together");
    else
        doctor_find(out, DOCTOR_WARNING,
                    "other Lodes of yours are not counted with this one, for %s: %s; until that is "
                    "mended let one call at a time, or too many calls at once are refused",
                    path ? path : "$XDG_STATE_HOME/lode/rates and $XDG_RUNTIME_DIR/lode/rates",
                    path ? alone : "neither can be written");
    free(path);
}
