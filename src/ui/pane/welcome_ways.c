// The ways in, as one table of rows: sandbox, password, key. A secret never stands on the screen.
// UI thread. Floor: ui/pane.
#include "ui/pane/welcome_pane.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"

#define PEM_BEGIN "-----BEGIN"

static bool by_password(const struct welcome *w)
{
    return !w->by_key;
}

static bool by_key(const struct welcome *w)
{
    return w->by_key;
}

static bool wants_passphrase(const struct welcome *w)
{
    return w->by_key && w->pane.desk->key.state == KEY_ENCRYPTED;
}

static const char *sandbox_value(const struct welcome *w)
{
    (void)w;
    return "Enter: invented people, no cost";
}

static void use_sandbox(struct welcome *w)
{
    w->asked = true;
    desk_use_sandbox(w->pane.desk);
}

static void put(struct str *s, const char *text)
{
    str_clear(s);
    str_add(s, text);
}

static const char *address_value(const struct welcome *w)
{
    return str_text(&w->address);
}

static const char *address_note(struct welcome *w)
{
    return w->address.len ? NULL : "empty: the API's own";
}

static void take_address(struct welcome *w, const char *text)
{
    put(&w->address, text);
}

static const char *user_value(const struct welcome *w)
{
    return str_text(&w->user);
}

static void take_user(struct welcome *w, const char *text)
{
    put(&w->user, text);
}

static const char *way_value(const struct welcome *w)
{
    return w->by_key ? "a key" : "a password";
}

static const char *way_note(struct welcome *w)
{
    return w->by_key ? "Enter: a password" : "Enter: a key (PKI)";
}

static void change_way(struct welcome *w)
{
    w->by_key = !w->by_key;
}

// As long for every password.
static const char *password_value(const struct welcome *w)
{
    return w->password ? "********" : "";
}

static const char *password_note(struct welcome *w)
{
    return w->password ? NULL : "never shown; pasting works";
}

static void take_password(struct welcome *w, const char *text)
{
    secret_free(w->password);
    w->password = *text ? secret_new(text, strlen(text)) : NULL;
}

static const char *client_value(const struct welcome *w)
{
    return str_text(&w->client_id);
}

static const char *client_note(struct welcome *w)
{
    return w->client_id.len ? NULL : "from the Admin Portal";
}

static void take_client(struct welcome *w, const char *text)
{
    put(&w->client_id, text);
}

static const char *key_value(const struct welcome *w)
{
    return w->pasted ? "pasted" : str_text(&w->key_path);
}

static const char *key_note(struct welcome *w)
{
    const struct key_view *key = &w->pane.desk->key;

    switch (key->state) {
    case KEY_NONE:
        return w->key_path.len ? NULL : "its file, or paste the key itself";
    case KEY_READING:
        return "is looked at...";
    case KEY_ENCRYPTED:
        return "encrypted";
    case KEY_FAULT:
        return "cannot be used";
    case KEY_READY:
        (void)snprintf(w->note, sizeof(w->note), "RSA, %d bits", key->bits);
        return w->note;
    }
    return NULL;
}

static void take_key(struct welcome *w, const char *text)
{
    struct err e;

    if (str_starts(text, PEM_BEGIN)) {
        (void)err_set(&e, ERR_INVALID,
                      "this terminal gives a paste line by line, and a key has many: type its "
                      "file's name instead");
        host_fail(w->pane.host, &e);
        return;
    }
    w->pasted = false;
    w->reading = *text;
    put(&w->key_path, text);
    if (*text)
        desk_key_file(w->pane.desk, text);
    else
        desk_key_forget(w->pane.desk);
}

static const char *no_value(const struct welcome *w)
{
    (void)w;
    return "";
}

static const char *passphrase_note(struct welcome *w)
{
    (void)w;
    return "of the key; kept nowhere";
}

static void take_passphrase(struct welcome *w, const char *text)
{
    if (*text)
        desk_key_passphrase(w->pane.desk, secret_new(text, strlen(text)));
}

static const char *keep_value(const struct welcome *w)
{
    return w->session_only ? "until Lode ends" : "in the keyring";
}

static const char *keep_note(struct welcome *w)
{
    if (w->session_only)
        return "in locked memory, never on disk; Enter: in the keyring";
    switch (w->pane.desk->keyring.state) {
    case KEYRING_FINE:
        return "it is unlocked; Enter: until Lode ends";
    case KEYRING_ASKED:
        return "which is being asked...";
    case KEYRING_FAULT:
        return "not to be had; Enter: until Lode ends";
    case KEYRING_UNASKED:
        break;
    }
    return "Enter: until Lode ends";
}

static void change_keep(struct welcome *w)
{
    w->session_only = !w->session_only;
    if (!w->session_only)
        desk_keyring_ask(w->pane.desk);
}

static const char *profile_value(const struct welcome *w)
{
    return str_text(&w->profile);
}

static const char *profile_note(struct welcome *w)
{
    return w->profile.len ? NULL : "empty: named after the address";
}

static void take_profile(struct welcome *w, const char *text)
{
    put(&w->profile, text);
}

static const char *sign_in_value(const struct welcome *w)
{
    return w->pane.desk->state == DESK_STARTING ? "on its way..." : "Enter signs in";
}

// NULL: nothing is missing.
static const char *missing(const struct welcome *w)
{
    const struct key_view *key = &w->pane.desk->key;

    if (!w->user.len)
        return "type the user name first, on its line";
    if (!w->by_key)
        return w->password ? NULL : "type the password first, on its line";
    if (!w->client_id.len)
        return "type the client id first, on its line";
    switch (key->state) {
    case KEY_NONE:
        return w->key_path.len ? NULL : "give the private key first: its file, or pasted";
    case KEY_ENCRYPTED:
        return "type the key's passphrase first, on its line";
    case KEY_FAULT:
        return key->err.text;
    default:
        return NULL;
    }
}

static const char *or_null(const struct str *s)
{
    return s->len ? s->data : NULL;
}

static void sign_in(struct welcome *w)
{
    struct desk *d = w->pane.desk;
    const char *what = missing(w);
    struct err e;

    w->pending = false;
    if (what) {
        (void)err_set(&e, ERR_INVALID, "%s", what);
        host_fail(w->pane.host, &e);
        return;
    }
    if (w->by_key && d->key.state == KEY_NONE)
        desk_key_file(d, str_text(&w->key_path));
    if (w->by_key && d->key.state == KEY_READING) {
        w->pending = true;
        return;
    }
    w->asked = true;
    w->pasted = false;
    desk_sign_in(d, &(struct desk_login){.profile = or_null(&w->profile),
                                         .base_url = or_null(&w->address),
                                         .user = str_text(&w->user),
                                         .session_only = w->session_only,
                                         .password = w->by_key ? NULL : w->password,
                                         .client_id = w->by_key ? str_text(&w->client_id) : NULL});
    if (!w->by_key)
        w->password = NULL;
}

static const struct way ways[] = {
    {.label = "Without an account", .heading = true},
    {.label = "Sandbox", .button = true, .value = sandbox_value, .choose = use_sandbox},
    {.label = "With an account", .heading = true},
    {.label = "Address",
     .value = address_value,
     .note = address_note,
     .choose = welcome_edit,
     .take = take_address},
    {.label = "User name", .value = user_value, .choose = welcome_edit, .take = take_user},
    {.label = "Sign in by", .value = way_value, .note = way_note, .choose = change_way},
    {.label = "Password",
     .secret = true,
     .shown = by_password,
     .value = password_value,
     .note = password_note,
     .choose = welcome_edit,
     .take = take_password},
    {.label = "Client id",
     .shown = by_key,
     .value = client_value,
     .note = client_note,
     .choose = welcome_edit,
     .take = take_client},
    {.label = "Private key",
     .shown = by_key,
     .value = key_value,
     .note = key_note,
     .choose = welcome_edit,
     .take = take_key},
    {.label = "Passphrase",
     .secret = true,
     .shown = wants_passphrase,
     .value = no_value,
     .note = passphrase_note,
     .choose = welcome_edit,
     .take = take_passphrase},
    {.label = "Keep it", .value = keep_value, .note = keep_note, .choose = change_keep},
    {.label = "Profile",
     .value = profile_value,
     .note = profile_note,
     .choose = welcome_edit,
     .take = take_profile},
    {.label = "Sign in", .button = true, .value = sign_in_value, .choose = sign_in},
    {.label = NULL},
};

void welcome_lay_out(struct welcome *w)
{
    w->n_rows = 0;
    for (size_t i = 0; ways[i].label; i++) {
        if (!ways[i].shown || ways[i].shown(w))
            w->rows[w->n_rows++] = i;
    }
}

const struct way *welcome_way(const struct welcome *w, size_t row)
{
    return &ways[w->rows[row < w->n_rows ? row : 0]];
}

bool welcome_begins(const struct way *way, uint32_t key)
{
    if (!way->take || !key_is_text(key))
        return false;
    return way->secret || (key != ' ' && key != ':' && key != '?');
}

void welcome_edit(struct welcome *w)
{
    const struct way *way = welcome_way(w, w->form.scroll.at);

    w->form.edit.secret = way->secret;
    (void)form_edit(&w->form, way->secret || w->pasted ? "" : way->value(w));
}

bool welcome_paste(struct welcome *w, const char *text, size_t len)
{
    if (!memmem(text, len, PEM_BEGIN, sizeof(PEM_BEGIN) - 1))
        return false;
    w->by_key = true;
    str_clear(&w->key_path);
    w->pasted = true;
    desk_key_text(w->pane.desk, secret_new(text, len));
    return true;
}

// On to the next row, or back into the field where there is something to mend.
static void leave_key_field(struct welcome *w, enum key_state state)
{
    w->reading = false;
    welcome_lay_out(w);
    if (w->form.editing || welcome_way(w, w->form.scroll.at)->take != take_key)
        return;
    if (state == KEY_FAULT)
        welcome_edit(w);
    else
        (void)form_move(&w->form, MOVE_DOWN);
}

void welcome_key_told(struct welcome *w)
{
    enum key_state state = w->pane.desk->key.state;

    if (w->reading && state != KEY_READING)
        leave_key_field(w, state);
    if (w->pending && state != KEY_READING && state != KEY_NONE)
        sign_in(w);
}

const char *welcome_fault(const struct welcome *w, enum role *role)
{
    const struct desk *d = w->pane.desk;

    *role = ROLE_WARNING;
    if (w->by_key && d->key.state == KEY_FAULT) {
        *role = ROLE_ERROR;
        return d->key.err.text;
    }
    if (w->by_key && d->key.state == KEY_ENCRYPTED)
        return d->key.err.text;
    if (w->by_key && d->key.state == KEY_READY && *d->key.remark)
        return d->key.remark;
    if (!w->session_only && d->keyring.state == KEYRING_FAULT)
        return d->keyring.err.text;
    return NULL;
}
