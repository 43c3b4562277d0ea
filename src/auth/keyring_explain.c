// What a person is told of a keyring that cannot be used, and how to mend it. Any thread.
// Floor: auth.
#include "auth/keyring_call.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { SAID_MAX = 160 };

// Said of every keyring that cannot be used: nothing is ever written in clear instead.
#define ELSE "; or pass --session-only, which keeps the secret until lode ends"

// Takes the place of a daemon that runs, makes the keyring where there is none, and opens it with
// the password that is typed (unseen, and no line end with it: that would become part of it).
#define UNLOCK                                                                                     \
    "(read -rs p; printf %s \"$p\") | gnome-keyring-daemon --replace --unlock "                    \
    "--components=secrets"

static bool explain_bus(struct err *e)
{
    return err_set(
        e, ERR_STORAGE,
        "there is no session bus (D-Bus), so the keyring cannot be reached: log in to a "
        "desktop, or start a shell that has one with: dbus-run-session -- bash, and type "
        "the keyring's password in it after: %s" ELSE,
        UNLOCK);
}

static bool explain_service(struct err *e)
{
    return err_set(
        e, ERR_STORAGE,
        "no keyring service answers on the session bus: install one, on Debian with: apt "
        "install gnome-keyring, and log in again, or type the keyring's password after: "
        "%s" ELSE,
        UNLOCK);
}

static bool explain_state(const struct keyring_call *c, struct err *e)
{
    if (c->state == KEYRING_LOCKED)
        return err_set(
            e, ERR_STORAGE,
            "the keyring is locked: unlock it in the desktop's \"Passwords and Keys\", or "
            "type its password after: %s" ELSE,
            UNLOCK);
    return err_set(
        e, ERR_STORAGE,
        "the keyring service has no keyring yet: make one that is the default in the "
        "desktop's \"Passwords and Keys\", or type a password for a new one after: %s" ELSE,
        UNLOCK);
}

static bool explain_late(const struct keyring_call *c, struct err *e)
{
    if (c->run == keyring_call_unlock)
        return err_set(e, ERR_STORAGE,
                       "the keyring asked for its password in a window of its own, and nobody "
                       "answered in time: try again and answer it" ELSE);
    return err_set(
        e, ERR_STORAGE,
        "the keyring did not answer within %d seconds: it hangs, or it asks something in "
        "a window of its own; end it with: pkill -KILL gnome-keyring-d, and log in "
        "again" ELSE,
        KEYRING_WAIT_MS / 1000);
}

static bool explain_item(const struct keyring_call *c, struct err *e)
{
    return err_set(e, ERR_STORAGE,
                   "the %s of profile %s in the keyring %s: remove it with: lode logout --profile "
                   "%s, and sign in anew with lode login",
                   keyring_kind_name(c->kind), c->profile, c->fault, c->profile);
}

static bool explain_error(const struct keyring_call *c, struct err *e)
{
    char *said = text_cleaned(c->error->message);

    (void)err_set(e, ERR_STORAGE, "the keyring refused (%.*s); nothing was changed" ELSE, SAID_MAX,
                  said);
    free(said);
    return false;
}

static bool is_gone_bus(const struct keyring_call *c)
{
    return c->bus_failed || (c->error && c->error->domain == c->lib->g_io_error_quark() &&
                             c->error->code == G_IO_ERROR_CLOSED);
}

static bool is_missing_service(const struct keyring_call *c)
{
    static const int codes[] = {G_DBUS_ERROR_SERVICE_UNKNOWN,   G_DBUS_ERROR_NAME_HAS_NO_OWNER,
                                G_DBUS_ERROR_NO_REPLY,          G_DBUS_ERROR_DISCONNECTED,
                                G_DBUS_ERROR_SPAWN_EXEC_FAILED, G_DBUS_ERROR_SPAWN_CHILD_EXITED};

    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        if (c->error->domain == c->lib->g_dbus_error_quark() && c->error->code == codes[i])
            return true;
    }
    return false;
}

void keyring_call_explain(const struct keyring_call *c, struct err *e)
{
    if (c->late)
        (void)explain_late(c, e);
    else if (c->stopped)
        (void)err_set(e, ERR_CANCELLED, "stopped on request");
    else if (is_gone_bus(c))
        (void)explain_bus(e);
    else if (c->error && is_missing_service(c))
        (void)explain_service(e);
    else if (c->error && c->error->domain == c->lib->secret_error_get_quark() &&
             c->error->code == SECRET_ERROR_IS_LOCKED)
        (void)explain_state(&(struct keyring_call){.state = KEYRING_LOCKED}, e);
    else if (c->error)
        (void)explain_error(c, e);
    else if (c->state != KEYRING_READY)
        (void)explain_state(c, e);
    else
        (void)explain_item(c, e);
}

void keyring_for_screen(char *text)
{
    static const char *const options[] = {ELSE, LIBSECRET_WITHOUT};

    for (size_t i = 0; i < ARRAY_LEN(options); i++) {
        char *at = strstr(text, options[i]);

        if (at)
            memmove(at, at + strlen(options[i]), strlen(at + strlen(options[i])) + 1);
    }
}
