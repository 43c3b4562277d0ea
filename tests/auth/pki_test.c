// Signing in with a key: what the client JWT says, that the openssl command verifies it, that the
// sandbox takes it, what it refuses, and a clock that is wrong. Tests.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <openssl/evp.h>

#include "auth/client.h"
#include "auth/jwt.h"
#include "auth/key.h"
#include "base/file.h"
#include "base/mem.h"
#include "support/rsa.h"
#include "support/run.h"
#include "support/temp.h"

#define USER "analyst@example.com"

enum { NOW = 1800000000, HOUR_MS = 3600 * 1000 };

static char *folder;

static int make_keys(void **state)
{
    (void)state;
    folder = temp_make();
    rsa_make(folder, "right", 2048);
    rsa_make(folder, "other", 3072);
    return 0;
}

static int drop_keys(void **state)
{
    (void)state;
    temp_remove(folder);
    free(folder);
    return 0;
}

static struct private_key *load(const char *name)
{
    char *path = str_format("%s/%s.key", folder, name);
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

// The bytes behind base64url text.
static struct str decode(const char *text, size_t len)
{
    struct str padded = {0}, out = {0};
    int n;

    for (size_t i = 0; i < len; i++)
        str_add_char(&padded, text[i] == '-' ? '+' : text[i] == '_' ? '/' : text[i]);
    while (padded.len % 4)
        str_add_char(&padded, '=');
    str_reserve(&out, padded.len);
    n = EVP_DecodeBlock((unsigned char *)out.data, (const unsigned char *)padded.data,
                        (int)padded.len);
    assert_true(n > 0);
    out.len = (size_t)n - (padded.len - len);
    out.data[out.len] = '\0';
    str_free(&padded);
    return out;
}

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static void check_by_openssl(const char *jwt, const char *public_key)
{
    const char *dot = strrchr(jwt, '.');
    struct str signature = decode(dot + 1, strlen(dot + 1));
    char *text_path = str_format("%s/text", folder), *sig_path = str_format("%s/sig", folder);
    char *key_path = str_format("%s/%s", folder, public_key);
    const char *argv[] = {"/usr/bin/openssl", "dgst",   "-sha256", "-verify", key_path,
                          "-signature",       sig_path, text_path, NULL};
    struct home home = {.path = folder};
    struct run r;

    write_file(text_path, jwt, (size_t)(dot - jwt));
    write_file(sig_path, signature.data, signature.len);
    r = run_program(&home, argv, NULL);
    if (r.status != 0 || strcmp(str_text(&r.out), "Verified OK\n") != 0)
        fail_msg("openssl says: %s%s", str_text(&r.out), str_text(&r.err));
    run_free(&r);
    str_free(&signature);
    free(text_path);
    free(sig_path);
    free(key_path);
}

static void the_jwt_says_what_it_must(void **state)
{
    struct jwt what = {"\"quoted\" \\ \xc3\xbc@example.com", "client-1", NOW};
    struct private_key *k = load("right");
    struct str jwt = {0}, header, claims;
    const char *first, *second;
    struct err e;
    json_t *json;

    (void)state;
    assert_true(jwt_sign(&what, k, &jwt, &e));
    first = strchr(jwt.data, '.');
    second = strchr(first + 1, '.');
    header = decode(jwt.data, (size_t)(first - jwt.data));
    claims = decode(first + 1, (size_t)(second - first - 1));
    assert_string_equal(header.data, "{\"typ\":\"JWT\",\"alg\":\"RS256\"}");
    json = json_loads(claims.data, JSON_REJECT_DUPLICATES, NULL);
    assert_int_equal(json_object_size(json), 6);
    assert_string_equal(json_string_value(json_object_get(json, "aud")), "enterprise_api");
    assert_string_equal(json_string_value(json_object_get(json, "iss")), "api-client@zoominfo.com");
    assert_string_equal(json_string_value(json_object_get(json, "username")), what.user);
    assert_string_equal(json_string_value(json_object_get(json, "client_id")), "client-1");
    assert_int_equal(json_integer_value(json_object_get(json, "iat")), NOW - 120);
    assert_int_equal(json_integer_value(json_object_get(json, "exp")), NOW + 180);
    assert_null(strpbrk(jwt.data, "+/= \n"));
    json_decref(json);
    str_free(&header);
    str_free(&claims);
    str_free(&jwt);
    private_key_free(k);
}

static void openssl_verifies_it(void **state)
{
    static const char *const keys[][2] = {{"right", "right.pub"}, {"other", "other.pub"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        struct jwt what = {USER, "client-1", NOW + (int64_t)i};
        struct private_key *k = load(keys[i][0]);
        struct str jwt = {0};
        struct err e;

        assert_true(jwt_sign(&what, k, &jwt, &e));
        check_by_openssl(jwt.data, keys[i][1]);
        str_free(&jwt);
        private_key_free(k);
    }
}

// A sandbox with the right key's client, and an option more.
static struct server *start_server(const char *option)
{
    char *registered = str_format("client-1=%s/right.pub", folder);
    const char *options[] = {"--unlimited", "--client", registered, option, NULL};
    struct server *s = server_start(options);

    free(registered);
    return s;
}

static struct auth_method by_key(const char *user, const char *id, const char *key)
{
    return auth_pki(user, id, load(key));
}

static void the_sandbox_takes_it(void **state)
{
    struct client c = {.server = start_server(NULL)};

    (void)state;
    connect_client(&c, by_key(USER, "client-1", "right"));
    assert_int_equal(call(&c), 200);
    (void)atomic_fetch_add(&c.moved.ms, 61LL * 60 * 1000);
    (void)atomic_fetch_add(&c.moved.utc_ms, -61LL * 60 * 1000);
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).sign_ins, 2);
    close_client(&c);
}

struct refusal {
    const char *user, *id, *key;
    enum err_kind kind;
    const char *says;
};

static void expect_refusal(struct client *c, const struct refusal *row)
{
    long long before = server_stat(c->server, "requests.POST /authenticate");
    struct err e = {0};

    connect_client(c, by_key(row->user, row->id, row->key));
    assert_false(auth_sign_in(c->auth, &e));
    if (e.kind != row->kind || !strstr(e.text, row->says))
        fail_msg("%s %s %s: kind %d: %s", row->user, row->id, row->key, (int)e.kind, e.text);
    assert_int_equal(auth_status(c->auth).sign_ins, 1);
    assert_int_equal(call(c), -(int)row->kind);
    assert_int_equal(server_stat(c->server, "requests.POST /authenticate"), before + 1);
    disconnect_client(c);
}

static void what_is_refused_is_explained(void **state)
{
    static const struct refusal refusals[] = {
        {USER, "client-1", "other", ERR_UNAUTHORISED, "does not belong to this client id"},
        {USER, "client-2", "right", ERR_UNAUTHORISED, "does not belong to this client id"},
        {USER, "", "right", ERR_UNAUTHORISED, "check all three"},
        {"", "client-1", "right", ERR_UNAUTHORISED, "check all three"},
        {"else@example.com", "client-1", "right", ERR_UNAUTHORISED, "check all three"},
    };
    static const struct refusal no_role = {USER, "client-1", "right", ERR_FORBIDDEN, "no API role"};
    struct client c = {.server = start_server(NULL)};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
        expect_refusal(&c, &refusals[i]);
    assert_int_equal(server_stop(c.server), 0);
    c.server = start_server("--no-roles");
    expect_refusal(&c, &no_role);
    assert_int_equal(server_stop(c.server), 0);
}

// The first answer tells the error, the second try is right, and later sign-ins are right at once.
static void a_wrong_clock_costs_one_more_try(void **state)
{
    static const int64_t errors[] = {HOUR_MS, -HOUR_MS, 10LL * 365 * 24 * HOUR_MS, 4 * 60 * 1000};
    struct client c = {.server = start_server(NULL)};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
        struct auth_status s;

        connect_client(&c, by_key(USER, "client-1", "right"));
        (void)atomic_fetch_add(&c.moved.utc_ms, errors[i]);
        assert_int_equal(call(&c), 200);
        s = auth_status(c.auth);
        assert_int_equal(s.sign_ins, 2);
        assert_true(s.skew_known);
        assert_in_range(s.skew_ms + errors[i] + 5000, 0, 10000);
        (void)atomic_fetch_add(&c.moved.ms, 61LL * 60 * 1000);
        (void)atomic_fetch_add(&c.moved.utc_ms, -61LL * 60 * 1000);
        assert_int_equal(call(&c), 200);
        assert_int_equal(auth_status(c.auth).sign_ins, 3);
        disconnect_client(&c);
    }
    assert_int_equal(server_stop(c.server), 0);
}

static void a_clock_that_is_a_little_wrong_costs_nothing(void **state)
{
    static const int64_t errors[] = {100 * 1000, -160 * 1000};
    struct client c = {.server = start_server(NULL)};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
        connect_client(&c, by_key(USER, "client-1", "right"));
        (void)atomic_fetch_add(&c.moved.utc_ms, errors[i]);
        assert_int_equal(call(&c), 200);
        assert_int_equal(auth_status(c.auth).sign_ins, 1);
        disconnect_client(&c);
    }
    assert_int_equal(server_stop(c.server), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_jwt_says_what_it_must),
        cmocka_unit_test(openssl_verifies_it),
        cmocka_unit_test(the_sandbox_takes_it),
        cmocka_unit_test(what_is_refused_is_explained),
        cmocka_unit_test(a_wrong_clock_costs_one_more_try),
        cmocka_unit_test(a_clock_that_is_a_little_wrong_costs_nothing),
    };

    return cmocka_run_group_tests_name("auth-pki", tests, make_keys, drop_keys);
}
