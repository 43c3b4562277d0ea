// Secrets of a profile in a real keyring: kept, read, forgotten; how old they are told to be; what
// is said of one that cannot be used. Tests.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "flow/credentials.h"
#include "support/bus.h"
#include "support/rsa.h"
#include "support/server.h"
#include "support/temp.h"
#include "support/test.h"

enum { DAY_MS = 24 * 3600 * 1000 };

struct world {
    struct bus bus;
    struct keyring *keyring;
    struct server *server;
    char *keys;
};

static int start(void **state)
{
    struct world *w = mem_zalloc(sizeof(*w));
    char *client;

    w->keys = temp_make();
    rsa_make(w->keys, "one", 2048);
    rsa_make(w->keys, "two", 2048);
    client = str_format("app=%s/one.pub", w->keys);
    w->server = server_start((const char *[]){"--unlimited", "--client", client, NULL});
    w->bus = bus_start(BUS_NO_SERVICES);
    home_enter(&w->bus.home);
    bus_start_keyring(&w->bus, BUS_PASSWORD);
    w->keyring = keyring_open(NULL);
    free(client);
    *state = w;
    return 0;
}

static int stop(void **state)
{
    struct world *w = *state;
    int status;

    keyring_close(w->keyring);
    assert_int_equal(chdir("/"), 0);
    bus_stop(&w->bus);
    status = server_stop(w->server);
    temp_remove(w->keys);
    free(w->keys);
    free(w);
    return status;
}

static struct private_key *load_key(const struct world *w, const char *name)
{
    char *path = str_format("%s/%s.key", w->keys, name);
    struct str text = {0};
    struct secret *pem;
    struct private_key *k;
    struct err e;

    assert_true(file_read(path, PRIVATE_KEY_FILE_MAX, &text, &e));
    pem = secret_new(text.data, text.len);
    k = private_key_read(pem, NULL, &e);
    assert_non_null(k);
    secret_free(pem);
    str_free(&text);
    free(path);
    return k;
}

static void say(void *self, const char *sentence)
{
    (void)self;
    (void)sentence;
}

static void step(void *self, const char *what, long long done, long long total)
{
    (void)self;
    (void)what;
    (void)done;
    (void)total;
}

// Signs in to a profile as a person would; what lode login does, without a terminal.
static bool log_in(struct world *w, const struct profile *p, struct credentials c, struct err *e)
{
    struct login login = {.profile = *p, .credentials = c};
    struct app_config config = {.profile = p->name,
                                .base_url = p->base_url,
                                .source = p->base_url,
                                .talk = {.say = say, .step = step},
                                .credentials = login_credentials,
                                .credentials_self = &login};
    struct app app;
    bool ok;

    app_open(&app, &config);
    ok = login_ready(w->keyring, p, e) && login_run(&login, &app, w->keyring, e);
    app_close(&app);
    login_free(&login);
    return ok;
}

static struct profile acme(const struct world *w, enum profile_way way, enum profile_keep keep)
{
    return (struct profile){.name = mem_strdup("acme"),
                            .base_url = mem_strdup(w->server->url),
                            .user = mem_strdup("analyst@example.com"),
                            .way = way,
                            .keep = keep};
}

static struct credentials password(const char *text)
{
    return (struct credentials){.password = secret_new(text, strlen(text))};
}

static struct credentials key(const struct world *w, const char *name)
{
    return (struct credentials){.client_id = mem_strdup("app"), .key = load_key(w, name)};
}

static void expect_in_keyring(const char *kind, const struct world *w, const char *starts)
{
    struct str got = bus_client(&w->bus, "get", "acme", kind, NULL);

    if (strncmp(str_text(&got), starts, strlen(starts)) != 0 || (!*starts && got.len))
        fail_msg("%s: %s", kind, str_text(&got));
    str_free(&got);
}

static void a_sign_in_that_works_is_kept(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_PASSWORD, KEEP_KEYRING), back;
    struct credentials c;
    struct err e = {0};
    char *current;

    if (!log_in(w, &p, password("sandbox"), &e))
        fail_msg("%s", e.text);
    expect_in_keyring("password", w, "sandbox\n");
    assert_true(profile_read("acme", &back, &e));
    current = profiles_current();
    assert_string_equal(current, "acme");
    assert_true(credentials_load(w->keyring, &back, &c, &e));
    assert_string_equal(secret_text(c.password), "sandbox");
    credentials_free(&c);
    profile_free(&back);
    free(current);
    profile_free(&p);
}

static void one_that_does_not_keeps_nothing(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_PASSWORD, KEEP_KEYRING), back;
    struct err e = {0};

    assert_false(log_in(w, &p, password("guess"), &e));
    assert_int_equal(e.kind, ERR_UNAUTHORISED);
    expect_in_keyring("password", w, "");
    assert_false(profile_read("acme", &back, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    profile_free(&p);
}

static void a_key_takes_the_passwords_place(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_PASSWORD, KEEP_KEYRING);
    struct credentials c;
    struct err e = {0};

    assert_true(log_in(w, &p, password("sandbox"), &e));
    p.way = WAY_KEY;
    assert_false(log_in(w, &p, key(w, "two"), &e)); // of no client
    expect_in_keyring("password", w, "sandbox\n");
    if (!log_in(w, &p, key(w, "one"), &e))
        fail_msg("%s", e.text);
    expect_in_keyring("password", w, "");
    expect_in_keyring("key", w, "app\n-----BEGIN PRIVATE KEY-----\n");
    assert_true(credentials_load(w->keyring, &p, &c, &e));
    assert_string_equal(c.client_id, "app");
    assert_int_equal(private_key_bits(c.key), 2048);
    credentials_free(&c);
    profile_free(&p);
}

static void for_a_session_nothing_is_kept(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_PASSWORD, KEEP_SESSION), back;
    struct credentials c;
    struct err e = {0};

    bus_kill_keyring(&w->bus); // it is not even asked
    assert_true(log_in(w, &p, password("sandbox"), &e));
    assert_true(profile_read("acme", &back, &e));
    assert_int_equal(back.keep, KEEP_SESSION);
    assert_false(credentials_load(w->keyring, &back, &c, &e));
    assert_int_equal(e.kind, ERR_UNAUTHORISED);
    bus_start_keyring(&w->bus, BUS_PASSWORD);
    expect_in_keyring("password", w, "");
    profile_free(&back);
    profile_free(&p);
}

static void without_a_keyring_nothing_is_even_sent(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_PASSWORD, KEEP_KEYRING), back;
    struct err e = {0};

    bus_kill_keyring(&w->bus);
    assert_false(log_in(w, &p, password("sandbox"), &e));
    assert_int_equal(e.kind, ERR_STORAGE);
    assert_int_equal(server_stat(w->server, "requests.POST /authenticate"), 0);
    assert_false(profile_read("acme", &back, &e));
    profile_free(&p);
}

static void what_is_forgotten_is_gone(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_PASSWORD, KEEP_KEYRING);
    struct secret *token = secret_new("hook", 4);
    struct credentials c;
    struct err e = {0};
    int removed;

    assert_true(log_in(w, &p, password("sandbox"), &e));
    assert_true(keyring_put(w->keyring, "acme", KEYRING_WEBHOOK, token, &e));
    assert_true(credentials_forget(w->keyring, "acme", &removed, &e));
    assert_int_equal(removed, 2);
    expect_in_keyring("password", w, "");
    expect_in_keyring("webhook", w, "");
    assert_false(credentials_load(w->keyring, &p, &c, &e));
    assert_non_null(strstr(e.text, "lode login --profile acme"));
    assert_true(credentials_forget(w->keyring, "acme", &removed, &e));
    assert_int_equal(removed, 0);
    secret_free(token);
    profile_free(&p);
}

static void what_is_not_ours_is_told(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_KEY, KEEP_KEYRING);
    struct credentials c;
    struct err e = {0};
    struct str none = bus_client(&w->bus, "put", "acme", "key", "no line end");

    str_free(&none);
    assert_false(credentials_load(w->keyring, &p, &c, &e));
    assert_non_null(strstr(e.text, "the key of profile acme in the keyring cannot be used"));
    profile_free(&p);
}

// A clock that many days ahead.
static int64_t days_ahead(void *self)
{
    struct clock real = clock_system();

    return clock_utc_ms(&real) + *(int *)self * (int64_t)DAY_MS;
}

static void keep_place(void *self, const struct secret_place *place)
{
    *(struct secret_place *)self = *place;
}

static struct secret_place place_after(struct world *w, const struct profile *p, int days)
{
    struct clock clock = {.self = &days, .utc_ms = days_ahead};
    struct secret_place place = {0};

    credentials_places(w->keyring, p, &clock, keep_place, &place);
    return place;
}

static void a_key_of_more_than_90_days_asks_to_be_replaced(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_KEY, KEEP_KEYRING);
    struct secret_place place;
    struct err e = {0};
    int64_t since;

    assert_true(log_in(w, &p, key(w, "one"), &e));
    place = place_after(w, &p, 0);
    assert_string_equal(place.where, "keyring");
    assert_string_equal(place.what, "key");
    assert_int_equal(place.age_days, 0);
    assert_string_equal(place.note, "");
    assert_string_equal(place_after(w, &p, 89).note, "");
    place = place_after(w, &p, 91);
    assert_int_equal(place.age_days, 91);
    assert_non_null(strstr(place.note, "older than 90 days"));
    // Signing in anew with the same key does not make it younger.
    since = place.since_ms;
    (void)sleep(1); // the keyring counts whole seconds
    assert_true(log_in(w, &p, key(w, "one"), &e));
    assert_int_equal(place_after(w, &p, 0).since_ms, since);
    profile_free(&p);
}

static void where_a_secret_is(void **state)
{
    struct world *w = *state;
    struct profile p = acme(w, WAY_PASSWORD, KEEP_KEYRING), sandbox;
    struct secret_place place = place_after(w, &p, 0);
    struct err e = {0};

    assert_string_equal(place.where, "nowhere");
    assert_non_null(strstr(place.note, "lode login --profile acme"));
    assert_true(log_in(w, &p, password("sandbox"), &e));
    assert_string_equal(place_after(w, &p, 400).where, "keyring");
    assert_string_equal(place_after(w, &p, 400).note, ""); // only keys are to be replaced
    bus_kill_keyring(&w->bus);
    place = place_after(w, &p, 0);
    assert_string_equal(place.where, "unknown");
    assert_non_null(strstr(place.note, "no keyring service"));
    p.keep = KEEP_SESSION;
    assert_string_equal(place_after(w, &p, 0).where, "session only");
    assert_true(profile_read("sandbox", &sandbox, &e));
    assert_string_equal(place_after(w, &sandbox, 0).where, "none is needed");
    profile_free(&sandbox);
    profile_free(&p);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(a_sign_in_that_works_is_kept),
        WORLD_TEST(one_that_does_not_keeps_nothing),
        WORLD_TEST(a_key_takes_the_passwords_place),
        WORLD_TEST(for_a_session_nothing_is_kept),
        WORLD_TEST(without_a_keyring_nothing_is_even_sent),
        WORLD_TEST(what_is_forgotten_is_gone),
        WORLD_TEST(what_is_not_ours_is_told),
        WORLD_TEST(a_key_of_more_than_90_days_asks_to_be_replaced),
        WORLD_TEST(where_a_secret_is),
    };

    return cmocka_run_group_tests_name("flow-credentials", tests, NULL, NULL);
}
