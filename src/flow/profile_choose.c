// Which account a person means. Any thread. Floor: flow.
#include "flow/profiles.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/address.h"
#include "flow/sandbox.h"

// Made for the occasion.
static struct profile made_of(const struct profile_wish *w)
{
    struct profile p = {
        .base_url = address_plain(w->base_url ? w->base_url : address_official),
        .user = w->user ? mem_strdup(w->user) : NULL,
        .keep = KEEP_SESSION,
    };

    p.name = w->profile ? mem_strdup(w->profile) : address_profile(p.base_url);
    return p;
}

static bool fits(const struct profile *p, const struct profile_wish *w)
{
    char *url = w->base_url ? address_plain(w->base_url) : NULL;
    bool ok = (!url || str_eq(url, p->base_url)) && (!w->user || str_eq(w->user, p->user));

    free(url);
    return ok;
}

static bool use_named(const struct profile_wish *w, struct profile *out, bool *known, struct err *e)
{
    if (profile_read(w->profile, out, e)) {
        *known = true;
        if (fits(out, w))
            return true;
        (void)err_set(e, ERR_INVALID,
                      "profile %s is %s at %s; choose another name for another account, or remove "
                      "it with lode profiles remove %s",
                      out->name, out->user, out->base_url, out->name);
        profile_free(out);
        return false;
    }
    if (e->kind != ERR_NOT_FOUND)
        return false;
    *out = made_of(w);
    return true;
}

// Nobody named a profile: the one in use, unless an address or a user was named; then the one that
// has both.
static bool use_unnamed(const struct profile_wish *w, struct profile *out, bool *known,
                        struct err *e)
{
    struct profile made = made_of(w);
    char *name = w->base_url || w->user ? mem_strdup(made.name) : profiles_current();
    bool ok = true;

    *out = (struct profile){0};
    if (name && profile_read(name, out, e)) {
        *known = fits(out, w);
        if (!*known)
            profile_free(out);
    } else if (name && e->kind != ERR_NOT_FOUND) {
        ok = false;
    }
    if (ok && !*known)
        *out = made;
    else
        profile_free(&made);
    free(name);
    return ok;
}

bool profile_choose(const struct profile_wish *w, struct profile *out, bool *known, struct err *e)
{
    bool sandbox = w->sandbox || (w->profile && str_eq(w->profile, SANDBOX_PROFILE));

    *known = false;
    if (sandbox && w->base_url)
        return err_set(e, ERR_INVALID,
                       "--sandbox and --base-url do not go together: the sandbox runs on this "
                       "machine");
    if (sandbox && w->profile && !str_eq(w->profile, SANDBOX_PROFILE))
        return err_set(e, ERR_INVALID, "the sandbox's profile is " SANDBOX_PROFILE);
    if (sandbox) {
        *known = true;
        return profile_read(SANDBOX_PROFILE, out, e);
    }
    if (w->base_url && !address_check(w->base_url, e))
        return false;
    if (!w->profile)
        return use_unnamed(w, out, known, e);
    return profile_check_name(w->profile, e) && use_named(w, out, known, e);
}
