// The welcome pane: the sandbox, signing in, failures with their mend, a password that is never
// shown.
#include "ui-pane/stage.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/xdg.h"
#include "support/rsa.h"
#include "support/temp.h"

static char *keys; // folder

static char *key(const char *name)
{
    return str_format("%s/%s", keys, name);
}

static void run_openssl(const char *arguments)
{
    char *command = str_format("cd %s && openssl %s 2>/dev/null", keys, arguments);

    assert_int_equal(system(command), 0);
    free(command);
}

static int set_up(void **state)
{
    static struct office office;
    char *client;

    keys = temp_make();
    rsa_make(keys, "good", 2048);
    ec_make(keys, "curve");
    run_openssl("pkcs8 -topk8 -in good.key -out locked.key -passout pass:open-it");
    client = str_format("acme=%s/good.pub", keys);
    office_open(&office, (const char *const[]){"--unlimited", "--client", client, NULL});
    free(client);
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    temp_remove(keys);
    free(keys);
    return 0;
}

// As if nobody had signed in before.
static struct desk *open_welcome(struct host *h)
{
    char *folder = xdg_make(XDG_CONFIG, NULL, &(struct err){0});
    struct desk *d;

    temp_remove(folder);
    free(folder);
    d = desk_open(&(struct desk_config){.rate = -1});

    stage_open(h, d, &pane_welcome);
    return d;
}

static void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    desk_close(d);
}

// Text into the field under the cursor, which then moves on.
static void fill(struct host *h, const char *text)
{
    DO(h, "choose");
    assert_true(pane_welcome.typing(h->pane));
    stage_type(h, text);
    DO(h, "choose");
    assert_false(pane_welcome.typing(h->pane));
}

// From the row of "Keep it" on: for this session, no profile's name, and in.
static void keep_nothing_and_sign_in(struct host *h)
{
    DO(h, "choose");
    stage_draw(h, USUAL_H, USUAL_W);
    SHOWS(h, "until Lode ends");
    DO(h, "down");
    DO(h, "down");
    DO(h, "choose");
}

static void assert_begins(const struct host *h, const char *texts, bool begins)
{
    for (; *texts; texts++)
        assert_int_equal(pane_welcome.begins(h->pane, (uint32_t)*texts), begins);
}

static void fill_password(struct host *h, const char *url, const char *password)
{
    assert_false(pane_welcome.begins(h->pane, 'x')); // on the sandbox
    DO(h, "down");
    assert_begins(h, "x7/~[.$-_", true);
    assert_begins(h, ":? ", false);
    stage_type(h, "~"); // it begins the text
    assert_true(pane_welcome.typing(h->pane));
    assert_begins(h, "x~:? ", true);
    assert_true(stage_key(h, K_ESCAPE));
    fill(h, url);
    fill(h, "analyst@example.com");
    DO(h, "down");
    assert_begins(h, "x7/~:? \"'#", true); // nothing of a secret is a key
    fill(h, password);
}

static void test_what_it_is(void **state)
{
    static const int sizes[][2] = {
        {USUAL_H, USUAL_W}, {SMALL_H - 4, SMALL_W}, {LARGE_H, LARGE_W}, {20, 40}};
    struct host h;
    struct desk *d = open_welcome(&h);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        stage_draw(&h, sizes[i][0], sizes[i][1]);
        SHOWS(&h, "Lode explores");
        SHOWS(&h, "> Sandbox");
        SHOWS(&h, "Sign in");
    }
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "? help");
    leave(&h, d);
}

static void test_the_sandbox(void **state)
{
    struct host h;
    struct desk *d = open_welcome(&h);

    (void)state;
    DO(&h, "choose");
    assert_int_equal(d->state, DESK_STARTING);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "Signing in");
    STAGE_WAIT(&h, d->state == DESK_READY);
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_string_equal(h.opened, "filters");
    leave(&h, d);
}

static void test_signing_in(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);

    DO(&h, "down");
    fill(&h, o->server->url);
    fill(&h, "analyst@example.com");
    DO(&h, "down");
    DO(&h, "choose");
    stage_type(&h, "sandbox");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "sandbox"); // not while it is typed either
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "\u2022\u2022\u2022");
    SHOWS(&h, "in the keyring");
    keep_nothing_and_sign_in(&h);
    assert_int_equal(d->state, DESK_STARTING);
    STAGE_WAIT(&h, d->state == DESK_READY);
    assert_string_equal(h.opened, "filters");
    leave(&h, d);
}

// Where there is no keyring nothing is asked of the server.
static void test_no_keyring(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);

    (void)setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    fill_password(&h, o->server->url, "sandbox");
    STAGE_WAIT(&h, d->keyring.state == KEYRING_FAULT);
    SHOWS(&h, "not to be had; Enter: until Lode ends");
    assert_null(strstr(d->keyring.err.text, "--session-only"));
    // All of it where there is room; else how to mend it stands elsewhere, and the form is whole.
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "gnome-keyring-daemon");
    stage_draw(&h, SMALL_H - 4, SMALL_W);
    SHOWS_NOT(&h, "gnome-keyring-daemon");
    SHOWS(&h, "; the command doctor says");
    SHOWS(&h, "Without an account");
    SHOWS(&h, "Sign in       Enter signs in");
    DO(&h, "bottom");
    DO(&h, "choose");
    STAGE_WAIT(&h, d->state == DESK_FAILED);
    assert_int_equal(d->failed.kind, ERR_STORAGE);
    assert_null(strstr(d->failed.text, "--session-only"));
    assert_null(h.opened);
    leave(&h, d);
}

static void test_the_wrong_password(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);

    fill_password(&h, o->server->url, "wrong");
    keep_nothing_and_sign_in(&h);
    STAGE_WAIT(&h, d->state == DESK_FAILED);
    DO(&h, "top");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "Admin Portal");        // how to mend it
    SHOWS(&h, "analyst@example.com"); // what was typed is still there
    assert_null(h.opened);
    // The password has to be typed anew: it was given away.
    DO(&h, "bottom");
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "type the password first"));
    DO(&h, "up");
    DO(&h, "up");
    DO(&h, "up");
    fill(&h, "sandbox");
    DO(&h, "bottom");
    DO(&h, "choose");
    STAGE_WAIT(&h, d->state == DESK_READY);
    leave(&h, d);
}

// To the row of the private key, with all before it filled in.
static void fill_key(struct host *h, const char *url, const char *client)
{
    DO(h, "down");
    fill(h, url);
    fill(h, "analyst@example.com");
    DO(h, "choose");
    DO(h, "down");
    fill(h, client);
}

static void test_signing_in_with_a_key(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);
    char *path = key("good.key");

    fill_key(&h, o->server->url, "acme");
    fill(&h, path);
    STAGE_WAIT(&h, d->key.state == KEY_READY);
    SHOWS(&h, "RSA, 2048 bits");
    keep_nothing_and_sign_in(&h);
    STAGE_WAIT(&h, d->state == DESK_READY);
    assert_string_equal(h.opened, "filters");
    assert_int_equal(d->key.state, KEY_NONE);
    free(path);
    leave(&h, d);
}

static void test_a_refused_key_is_read_again(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);
    char *path = key("good.key");

    fill_key(&h, o->server->url, "nobody");
    fill(&h, path);
    STAGE_WAIT(&h, d->key.state == KEY_READY);
    keep_nothing_and_sign_in(&h);
    STAGE_WAIT(&h, d->state == DESK_FAILED);
    DO(&h, "top");
    for (int i = 0; i < 4; i++)
        DO(&h, "down");
    DO(&h, "choose");
    for (int i = 0; i < 10; i++)
        (void)stage_key(&h, K_BACKSPACE);
    stage_type(&h, "acme");
    DO(&h, "choose");
    DO(&h, "bottom");
    DO(&h, "choose");
    STAGE_WAIT(&h, d->state == DESK_READY);
    free(path);
    leave(&h, d);
}

static void test_what_is_wrong_with_a_key(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);
    char *curve = key("curve.key");

    fill_key(&h, o->server->url, "acme");
    fill(&h, curve);
    STAGE_WAIT(&h, d->key.state == KEY_FAULT);
    SHOWS(&h, "RSA");
    SHOWS(&h, "> Private key");
    DO(&h, "back"); // the field is open, to be mended
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "cannot be used");
    DO(&h, "bottom");
    DO(&h, "choose");
    assert_int_equal(d->state, DESK_NOBODY);
    assert_non_null(h.failed);
    DO(&h, "up");
    DO(&h, "up");
    DO(&h, "up");
    DO(&h, "choose");
    stage_type(&h, "/nonexistent");
    DO(&h, "choose");
    STAGE_WAIT(&h, d->key.state == KEY_FAULT);
    SHOWS(&h, "the key /");
    SHOWS(&h, "cannot be opened");
    assert_true(stage_key(&h, K_CTRL | 'u'));
    free(curve);
    curve = key("good.key");
    stage_type(&h, curve);
    DO(&h, "choose");
    STAGE_WAIT(&h, d->key.state == KEY_READY);
    SHOWS(&h, "> Keep it");
    free(curve);
    leave(&h, d);
}

static char *pasted_key(const char *name)
{
    char *path = key(name);
    struct str text = {0};

    assert_true(file_read(path, 1 << 16, &text, &(struct err){0}));
    free(path);
    return text.data;
}

static void test_a_key_is_pasted(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);
    char *text = pasted_key("locked.key");

    fill_key(&h, o->server->url, "acme");
    stage_paste(&h, text);
    assert_false(pane_welcome.typing(h.pane));
    STAGE_WAIT(&h, d->key.state == KEY_ENCRYPTED);
    SHOWS(&h, "pasted");
    SHOWS(&h, "type its passphrase");
    SHOWS_NOT(&h, "BEGIN");
    DO(&h, "down");
    fill(&h, "nonsense");
    STAGE_WAIT(&h, d->key.state == KEY_ENCRYPTED);
    SHOWS(&h, "was not the key's passphrase");
    DO(&h, "up");
    DO(&h, "choose");
    stage_type(&h, "open-it");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "open-it");
    DO(&h, "choose");
    STAGE_WAIT(&h, d->key.state == KEY_READY);
    SHOWS(&h, "RSA, 2048 bits");
    free(text);
    leave(&h, d);
}

static void test_a_key_in_the_wrong_place(void **state)
{
    struct host h;
    struct desk *d = open_welcome(&h);
    char *text = pasted_key("good.key");

    (void)state;
    DO(&h, "down"); // the address
    DO(&h, "choose");
    stage_paste(&h, text);
    assert_false(pane_welcome.typing(h.pane));
    STAGE_WAIT(&h, d->key.state == KEY_READY);
    SHOWS(&h, "pasted");
    SHOWS(&h, "empty: the API's own");
    SHOWS_NOT(&h, "BEGIN");
    free(text);
    leave(&h, d);
}

static void test_nobody_there(void **state)
{
    struct host h;
    struct desk *d = open_welcome(&h);

    (void)state;
    DO(&h, "down");
    stage_paste(&h, "http://127.0.0.1:1\n"); // a paste opens the field
    assert_true(pane_welcome.typing(h.pane));
    DO(&h, "choose");
    fill(&h, "me");
    DO(&h, "down");
    fill(&h, "secret");
    keep_nothing_and_sign_in(&h);
    STAGE_WAIT(&h, d->state == DESK_FAILED);
    DO(&h, "top");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "Signing in failed: nobody answers");
    SHOWS(&h, "a proxy or a firewall"); // how to mend it
    DO(&h, "refresh");
    assert_int_equal(d->state, DESK_STARTING);
    STAGE_WAIT(&h, d->state == DESK_FAILED);
    leave(&h, d);
}

// In a row of text C-u is the field's, and what is typed then is text.
static void test_the_field_is_emptied(void **state)
{
    struct host h;
    struct desk *d = open_welcome(&h);

    (void)state;
    DO(&h, "down"); // to the address
    DO(&h, "half-up");
    assert_true(h.pane->ops->typing(h.pane));
    stage_type(&h, "who");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "who");
    stage_close(&h);
    desk_close(d);
}

static void test_half_filled(void **state)
{
    struct host h;
    struct desk *d = open_welcome(&h);
    struct err e;

    (void)state;
    DO(&h, "bottom");
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "type the user name first"));
    assert_int_equal(d->state, DESK_NOBODY);
    DO(&h, "up"); // profile
    DO(&h, "up"); // keep it
    DO(&h, "up");
    DO(&h, "choose");
    stage_type(&h, "abc");
    DO(&h, "back"); // leaves the field, not the pane
    assert_false(pane_welcome.typing(h.pane));
    assert_false(stage_run(&h, "back", &e));
    assert_int_equal(e.kind, ERR_NONE);
    assert_false(stage_run(&h, "refresh", &e));
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "\u2022");
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_it_is),
        cmocka_unit_test(test_the_sandbox),
        cmocka_unit_test(test_signing_in),
        cmocka_unit_test(test_no_keyring),
        cmocka_unit_test(test_signing_in_with_a_key),
        cmocka_unit_test(test_a_refused_key_is_read_again),
        cmocka_unit_test(test_what_is_wrong_with_a_key),
        cmocka_unit_test(test_a_key_is_pasted),
        cmocka_unit_test(test_a_key_in_the_wrong_place),
        cmocka_unit_test(test_the_wrong_password),
        cmocka_unit_test(test_nobody_there),
        cmocka_unit_test(test_half_filled),
        cmocka_unit_test(test_the_field_is_emptied),
    };

    return cmocka_run_group_tests_name("ui-pane/welcome", tests, set_up, tear_down);
}
