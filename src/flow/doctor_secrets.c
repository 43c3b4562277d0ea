// The doctor's look at keyring and key. Floor: flow.
#include "flow/doctor_inside.h"

#include "base/str.h"

void doctor_keyring(struct doctor *d, struct doctor_result *out)
{
    bool needed = d->known && d->profile->keep == KEEP_KEYRING;
    struct err e;

    if (d->profile->sandbox)
        doctor_find(out, DOCTOR_PASS, "none is needed: the sandbox has no secret");
    else if (keyring_probe(d->keyring, &e) == KEYRING_READY)
        doctor_find(out, DOCTOR_PASS, "it is there and unlocked");
    else
        doctor_find(out, needed ? DOCTOR_MEND : DOCTOR_WARNING, "%s", e.text);
}

// The place of the secret that signs in, among all that a profile has.
static void take_place(void *self, const struct secret_place *place)
{
    struct secret_place *out = self;

    if (str_eq(place->what, out->what))
        *out = *place;
}

static void look_into_key(struct doctor *d, const struct secret_place *place,
                          struct doctor_result *out)
{
    struct credentials c;
    struct err e;

    if (!credentials_load(d->keyring, d->profile, &c, &e))
        doctor_find(out, DOCTOR_MEND, "%s", e.text);
    else if (*place->note)
        doctor_find(out, DOCTOR_WARNING, "it is %d days old, and that is %s", place->age_days,
                    place->note);
    else
        doctor_find(out, DOCTOR_PASS, "RSA, %d bits, in the keyring for %d days",
                    private_key_bits(c.key), place->age_days);
    credentials_free(&c);
}

void doctor_key(struct doctor *d, struct doctor_result *out)
{
    const struct profile *p = d->profile;
    enum keyring_kind kind = p->way == WAY_KEY ? KEYRING_KEY : KEYRING_PASSWORD;
    struct secret_place place = {.what = keyring_kind_name(kind)};

    if (p->sandbox) {
        doctor_find(out, DOCTOR_PASS, "none is needed: the sandbox takes a password known to all");
        return;
    }
    if (!d->known || p->keep == KEEP_SESSION) {
        doctor_find(out, DOCTOR_PASS, "the %s is given in each session and kept nowhere",
                    place.what);
        return;
    }
    credentials_places(d->keyring, p, &d->app->clock, take_place, &place);
    if (!place.since_ms)
        doctor_find(out, DOCTOR_MEND, "the %s is not in the keyring: %s", place.what, place.note);
    else if (p->way == WAY_KEY)
        look_into_key(d, &place, out);
    else
        doctor_find(out, DOCTOR_PASS, "a password signs in, in the keyring for %d days",
                    place.age_days);
}
