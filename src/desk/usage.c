// The account's meters as the answers tell them, and what the top bar shows of the connection. UI
// thread. Floor: desk.
#include "desk/inside.h"

#include <string.h>

enum {
    EXPIRY_SHOWN_MS = 2 * 60 * 1000, // a token that ends that soon is counted down
    SECOND_MS = 1000
};

// What the account used and the ledger has not seen may be of the marked: what they cost hangs on
// it.
static void sum_again(struct desk *d, const struct meter *before, const struct meter *now)
{
    if (before->known == now->known && before->used == now->used)
        return;
    for (size_t i = 0; i < d->private->n_seats; i++) {
        if (seat_face(d, &d->private->seats[i]).marks->n)
            sums_soon(d, &d->private->seats[i]);
    }
}

void usage_take(struct desk *d)
{
    const struct meter before = d->usage.meters[METER_CREDITS];
    uint64_t told = trace_usage(d->trace, &d->usage);

    pulse_take(d);
    if (told == d->private->usage_told)
        return;
    d->private->usage_told = told;
    sum_again(d, &before, &d->usage.meters[METER_CREDITS]);
    d->usage_ms = desk_utc_ms(d);
    quote_check(d);
    desk_changed(d, DESK_USAGE);
}

void pulse_take(struct desk *d)
{
    struct app_pulse now = app_pulse(&d->private->app);
    struct desk_pulse pulse = {.token_expires_ms = now.token_expires_ms,
                               .signing_in = now.signing_in,
                               .alone = now.alone,
                               .rate_used = now.rate_used,
                               .rate_limit = now.rate_limit,
                               .in_flight = now.in_flight};
    int64_t left = now.token_expires_ms ? now.token_expires_ms - desk_utc_ms(d) : EXPIRY_SHOWN_MS;
    bool moved = memcmp(&pulse, &d->pulse, sizeof(pulse)) != 0;

    d->pulse = pulse;
    if (pulse.signing_in || pulse.in_flight || now.waiting || pulse.rate_used)
        timer_set(d, TIMER_PULSE, PULSE_MS);
    else if (left > 0 && left < EXPIRY_SHOWN_MS)
        timer_set(d, TIMER_PULSE, SECOND_MS);
    if (moved || left < EXPIRY_SHOWN_MS)
        desk_changed(d, DESK_USAGE);
}
