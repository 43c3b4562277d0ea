// The secrets of a profile: from the keyring, into it, out of it. Floor: flow.
#include "flow/credentials.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/xdg.h"

enum { DAY_MS = 24 * 3600 * 1000, CLIENT_ID_MAX = 256 };

bool credentials_empty(const struct credentials *c)
{
    return !c->password && !c->key;
}

void credentials_free(struct credentials *c)
{
    secret_free(c->password);
    private_key_free(c->key);
    free(c->client_id);
    *c = (struct credentials){0};
}

struct auth_method credentials_method(struct credentials *c, const char *user)
{
    struct auth_method method =
        c->key ? auth_pki(user, c->client_id, c->key) : auth_password(user, c->password);

    c->key = NULL;
    c->password = NULL;
    credentials_free(c);
    return method;
}

static enum keyring_kind kind_of(const struct profile *p)
{
    return p->way == WAY_KEY ? KEYRING_KEY : KEYRING_PASSWORD;
}

static bool check_client_id(const char *id, struct err *e)
{
    size_t len = strlen(id);

    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)id[i] <= ' ' || (unsigned char)id[i] >= 0x7f)
            len = 0;
    }
    return (len && len <= CLIENT_ID_MAX) ||
           err_set(e, ERR_INVALID,
                   "the client id is empty, too long, or holds a blank; copy it from the Admin "
                   "Portal");
}

// As the keyring keeps them: the password, or the client id, a line end and the key as PEM.
static struct secret *to_text(const struct credentials *c, struct err *e)
{
    const struct secret *pem;
    struct secret *text;
    size_t id_len, len;
    char *both;

    if (!c->key)
        return secret_new(secret_text(c->password), secret_len(c->password));
    if (!check_client_id(c->client_id, e))
        return NULL;
    pem = private_key_pem(c->key);
    id_len = strlen(c->client_id);
    len = id_len + 1 + secret_len(pem);
    both = mem_alloc(len);
    memcpy(both, c->client_id, id_len);
    both[id_len] = '\n';
    memcpy(both + id_len + 1, secret_text(pem), secret_len(pem));
    text = secret_new(both, len);
    secret_wipe(both, len);
    free(both);
    return text;
}

static bool read_key(const struct secret *text, struct credentials *out, struct err *e)
{
    const char *id = secret_text(text), *end = strchr(id, '\n');
    struct secret *pem;

    if (!end)
        return err_set(e, ERR_INVALID, "it is not what Lode keeps there");
    pem = secret_new(end + 1, secret_len(text) - (size_t)(end + 1 - id));
    out->key = private_key_read(pem, NULL, e);
    secret_free(pem);
    if (out->key)
        out->client_id = mem_strndup(id, (size_t)(end - id));
    return out->key;
}

static bool from_text(const struct profile *p, struct secret *text, struct credentials *out,
                      struct err *e)
{
    bool ok = true;

    if (p->way == WAY_PASSWORD) {
        out->password = text;
        return true;
    }
    ok = read_key(text, out, e);
    secret_free(text);
    return ok || err_prefix(e, "the key of profile %s in the keyring cannot be used", p->name);
}

bool credentials_load(struct keyring *k, const struct profile *p, struct credentials *out,
                      struct err *e)
{
    struct secret *text;

    *out = (struct credentials){0};
    if (p->keep == KEEP_SESSION)
        return err_set(e, ERR_UNAUTHORISED,
                       "profile %s keeps its %s nowhere: it is asked for in each session", p->name,
                       keyring_kind_name(kind_of(p)));
    if (!keyring_get(k, p->name, kind_of(p), &text, e))
        return false;
    if (!text)
        return err_set(e, ERR_UNAUTHORISED,
                       "nobody is signed in to profile %s: lode login --profile %s", p->name,
                       p->name);
    return from_text(p, text, out, e);
}

bool credentials_keep_webhook(struct keyring *k, const struct profile *p,
                              const struct secret *token, struct err *e)
{
    if (p->keep == KEEP_SESSION)
        return err_set(
            e, ERR_INVALID,
            "profile %s keeps its secrets nowhere, so neither the webhook token; sign in "
            "without --session-only first",
            p->name);
    return keyring_put(k, p->name, KEYRING_WEBHOOK, token, e);
}

bool credentials_forget(struct keyring *k, const char *profile, int *removed, struct err *e)
{
    *removed = 0;
    for (int kind = 0; kind < KEYRING_KINDS; kind++) {
        struct keyring_item item;

        if (!keyring_find(k, profile, (enum keyring_kind)kind, &item, e) ||
            !keyring_remove(k, profile, (enum keyring_kind)kind, e))
            return false;
        *removed += item.found;
    }
    return true;
}

struct secret *key_file_read(const char *path, struct err *e)
{
    char *full = xdg_home_path(path);
    int fd = open(full, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    struct secret *text = NULL;

    if (fd < 0) {
        (void)err_errno(e, ERR_INVALID, "it cannot be opened");
    } else {
        text = secret_read_all(fd, PRIVATE_KEY_FILE_MAX, e);
        (void)close(fd);
    }
    free(full);
    return text;
}

bool login_ready(struct keyring *k, const struct profile *p, struct err *e)
{
    return p->keep == KEEP_SESSION || keyring_probe(k, e) == KEYRING_READY;
}

bool login_credentials(void *login, struct auth_method *method, struct err *e)
{
    struct login *l = login;

    if (credentials_empty(&l->credentials))
        return err_set(e, ERR_UNAUTHORISED, "nobody is signed in");
    secret_free(l->kept);
    l->kept = to_text(&l->credentials, e);
    if (!l->kept)
        return false;
    *method = credentials_method(&l->credentials, l->profile.user);
    return true;
}

// A secret that is there already stays as it is, so that its age goes on.
static bool put(const struct login *l, struct keyring *k, struct err *e)
{
    enum keyring_kind kind = kind_of(&l->profile);
    enum keyring_kind other = kind == KEYRING_KEY ? KEYRING_PASSWORD : KEYRING_KEY;
    struct secret *there = NULL;
    struct err ignored;
    bool same = keyring_get(k, l->profile.name, kind, &there, &ignored) && there &&
                str_eq(secret_text(there), secret_text(l->kept));

    secret_free(there);
    return (same || keyring_put(k, l->profile.name, kind, l->kept, e)) &&
           keyring_remove(k, l->profile.name, other, e);
}

// What an earlier sign-in put into the keyring is not touched by one for the session.
static void say_what_stays(const struct login *l, const struct app *a)
{
    struct profile before;
    struct err ignored;

    if (l->profile.keep != KEEP_SESSION || !profile_read(l->profile.name, &before, &ignored))
        return;
    if (before.keep == KEEP_KEYRING && !before.sandbox)
        app_say(a, "The keyring still has the %s of before: lode logout --profile %s removes it.",
                keyring_kind_name(kind_of(&before)), before.name);
    profile_free(&before);
}

bool login_run(struct login *l, struct app *a, struct keyring *k, struct err *e)
{
    if (!app_sign_in(a, e))
        return false;
    say_what_stays(l, a);
    if (l->profile.keep == KEEP_KEYRING && !put(l, k, e))
        return err_prefix(e, "the sign-in worked, but it could not be kept");
    return profile_write(&l->profile, e) && profiles_use(l->profile.name, e);
}

void login_free(struct login *l)
{
    credentials_free(&l->credentials);
    secret_free(l->kept);
    l->kept = NULL;
}

static void note_age(struct secret_place *place, enum keyring_kind kind)
{
    if (kind == KEYRING_KEY && place->age_days > KEY_OLD_DAYS)
        (void)snprintf(place->note, sizeof(place->note),
                       "older than %d days: make a new pair in the Admin Portal, and lode login "
                       "--profile %s with it",
                       KEY_OLD_DAYS, place->profile->name);
}

static void note_missing(struct secret_place *place)
{
    (void)snprintf(place->note, sizeof(place->note), "lode login --profile %s",
                   place->profile->name);
}

// True where there is something to be told of this kind.
static bool look(struct keyring *k, const struct clock *clock, enum keyring_kind kind,
                 struct secret_place *place)
{
    const struct profile *p = place->profile;
    bool expected = kind == kind_of(p);
    struct keyring_item item = {0};
    struct err e;

    if (p->keep == KEEP_SESSION)
        place->where = p->sandbox ? "none is needed" : "session only";
    else if (!keyring_find(k, p->name, kind, &item, &e))
        (void)snprintf(place->note, sizeof(place->note), "%s", e.text);
    else if (!item.found)
        place->where = "nowhere";
    else
        place->where = "keyring";
    if (item.found) {
        place->since_ms = item.changed_ms;
        place->age_days = (int)((clock_utc_ms(clock) - item.changed_ms) / DAY_MS);
        note_age(place, kind);
    } else if (expected && str_eq(place->where, "nowhere")) {
        note_missing(place);
    }
    return expected || item.found;
}

void credentials_places(struct keyring *k, const struct profile *p, const struct clock *clock,
                        void (*each)(void *self, const struct secret_place *place), void *self)
{
    for (int i = 0; i < KEYRING_KINDS; i++) {
        enum keyring_kind kind = (enum keyring_kind)i;
        struct secret_place place = {
            .profile = p, .what = keyring_kind_name(kind), .where = "unknown", .age_days = -1};

        // What is kept nowhere has no other kind either, and need not be looked for.
        if ((p->keep == KEEP_KEYRING || kind == kind_of(p)) && look(k, clock, kind, &place))
            each(self, &place);
    }
}
