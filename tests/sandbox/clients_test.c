// Signing in with a key at the sandbox: each claim that is wrong, each algorithm that is not the
// one, and the text that comes for it. FACTS 1. Tests.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "sandbox/base64url.h"
#include "support/http.h"
#include "support/rsa.h"
#include "support/run.h"
#include "support/server.h"
#include "support/temp.h"
#include "support/test.h"

#define RS256 "{\"typ\":\"JWT\",\"alg\":\"RS256\"}"

struct world {
    char *folder;
    struct server *server;
    EVP_PKEY *right, *other;
    struct str public_text;
};

static EVP_PKEY *load(const char *folder, const char *name)
{
    char *path = str_format("%s/%s.key", folder, name);
    FILE *f = fopen(path, "r");
    EVP_PKEY *key = PEM_read_PrivateKey(f, NULL, NULL, NULL);

    assert_non_null(key);
    (void)fclose(f);
    free(path);
    return key;
}

static int start(void **state)
{
    struct world *w = mem_zalloc(sizeof(*w));
    char *client, *path;
    struct err e;

    w->folder = temp_make();
    rsa_make(w->folder, "right", 2048);
    rsa_make(w->folder, "other", 2048);
    w->right = load(w->folder, "right");
    w->other = load(w->folder, "other");
    path = str_format("%s/right.pub", w->folder);
    assert_true(file_read(path, 65536, &w->public_text, &e));
    client = str_format("app=%s", path);
    w->server = server_start((const char *[]){"--unlimited", "--client", client, NULL});
    free(client);
    free(path);
    *state = w;
    return 0;
}

static int stop(void **state)
{
    struct world *w = *state;
    int status = server_stop(w->server);

    temp_remove(w->folder);
    free(w->folder);
    EVP_PKEY_free(w->right);
    EVP_PKEY_free(w->other);
    str_free(&w->public_text);
    free(w);
    return status;
}

static void add_rs256(EVP_PKEY *key, const struct str *text, struct str *out)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char signature[1024];
    size_t n = sizeof(signature);

    assert_int_equal(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key), 1);
    assert_int_equal(
        EVP_DigestSign(context, signature, &n, (const unsigned char *)text->data, text->len), 1);
    EVP_MD_CTX_free(context);
    base64url_add(out, signature, n);
}

// The JWT of a header and claims, signed by key (NULL: not at all).
static char *make(const char *header, const char *claims, EVP_PKEY *key)
{
    struct str text = {0}, signature = {0};

    base64url_add(&text, header, strlen(header));
    str_add_char(&text, '.');
    base64url_add(&text, claims, strlen(claims));
    if (key)
        add_rs256(key, &text, &signature);
    str_addf(&text, ".%s", str_text(&signature));
    str_free(&signature);
    return str_take(&text);
}

// The claims as they must be, with one of them replaced (or removed, where value is "").
static char *claims_with(const char *name, const char *value)
{
    struct clock clock = clock_system();
    int64_t now = clock_utc_ms(&clock) / 1000;
    json_t *claims =
        json_pack("{s:s,s:s,s:s,s:s,s:I,s:I}", "aud", "enterprise_api", "iss",
                  "api-client@zoominfo.com", "username", "analyst@example.com", "client_id", "app",
                  "iat", (json_int_t)(now - 120), "exp", (json_int_t)(now + 180));
    long long offset;
    char *text;

    if (!*value)
        (void)json_object_del(claims, name);
    else if (str_int64(value, &offset))
        (void)json_object_set_new(claims, name, json_integer(now + offset));
    else
        (void)json_object_set_new(claims, name, json_string(value));
    text = json_dumps(claims, JSON_COMPACT);
    json_decref(claims);
    return text;
}

static void expect(const struct world *w, char *jwt, long status, const char *says,
                   const char *what)
{
    char *url = server_at(w->server, "/authenticate");
    struct http_reply r =
        http_call(NULL, &(struct http_ask){.method = "POST", .url = url, .token = jwt});

    if (r.status != status || !strstr(str_text(&r.body), says))
        fail_msg("%s: %ld, not %ld: %s", what, r.status, status, str_text(&r.body));
    http_reply_free(&r);
    free(url);
    free(jwt);
}

static const char unreadable[] = "Error getting jwt info";
static const char incomplete[] = "'username' or 'email' must be entered";

static void each_claim_is_looked_at(void **state)
{
    static const struct {
        const char *name, *value; // a number: seconds from now
        long status;
        const char *says;
    } cases[] = {
        {"extra", "x", 200, "\"jwt\""},
        {"aud", "another_api", 400, incomplete},
        {"aud", "", 400, incomplete},
        {"iss", "zoominfo-api-auth-client-nodejs", 200, "\"jwt\""},
        {"iss", "somebody", 400, incomplete},
        {"iss", "", 400, incomplete},
        {"username", "", 400, incomplete},
        {"username", "else@example.com", 401, "Authentication failed"},
        {"client_id", "", 400, incomplete},
        {"client_id", "application", 401, unreadable},
        {"iat", "", 400, incomplete},
        {"iat", "60", 401, unreadable},
        {"iat", "-125", 401, unreadable},
        {"iat", "soon", 400, incomplete},
        {"exp", "", 400, incomplete},
        {"exp", "-5", 401, unreadable},
        {"exp", "190", 401, unreadable},
    };
    const struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *claims = claims_with(cases[i].name, cases[i].value);

        expect(w, make(RS256, claims, w->right), cases[i].status, cases[i].says, claims);
        free(claims);
    }
}

static char *signed_by_secret(const struct world *w, const char *claims)
{
    static const char header[] = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";
    unsigned char mac[32];
    struct str text = {0};

    base64url_add(&text, header, strlen(header));
    str_add_char(&text, '.');
    base64url_add(&text, claims, strlen(claims));
    (void)HMAC(EVP_sha256(), w->public_text.data, (int)w->public_text.len,
               (const unsigned char *)text.data, text.len, mac, NULL);
    str_add_char(&text, '.');
    base64url_add(&text, mac, sizeof(mac));
    return str_take(&text);
}

static void no_other_algorithm_or_key_is_taken(void **state)
{
    const struct world *w = *state;
    char *claims = claims_with("extra", "x"), *jwt;

    expect(w, make(RS256, claims, w->other), 401, unreadable, "another key");
    expect(w, make(RS256, claims, NULL), 401, unreadable, "no signature");
    expect(w, make("{\"alg\":\"none\"}", claims, NULL), 401, unreadable, "none");
    expect(w, make("{\"alg\":\"none\"}", claims, w->right), 401, unreadable, "none, signed");
    expect(w, make("{\"alg\":\"RS512\"}", claims, w->right), 401, unreadable, "RS512");
    expect(w, make("{}", claims, w->right), 401, unreadable, "no algorithm");
    expect(w, make("[]", claims, w->right), 401, unreadable, "no header");
    expect(w, make(RS256, "[]", w->right), 401, unreadable, "no claims");
    expect(w, signed_by_secret(w, claims), 401, unreadable, "the public key as a secret");
    jwt = make(RS256, claims, w->right);
    jwt[strlen(jwt) / 2] ^= 1;
    expect(w, jwt, 401, unreadable, "a changed byte");
    free(claims);
}

static void what_is_no_jwt_is_refused(void **state)
{
    static const char *const texts[] = {"x", ".", "..", "...", "a.b.c", "a.b", "=.=.="};
    const struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        expect(w, mem_strdup(texts[i]), 401, unreadable, texts[i]);
}

static void without_a_role_nobody_gets_in(void **state)
{
    const struct world *w = *state;
    struct server *s = server_start((const char *[]){"--unlimited", "--no-roles", NULL});
    char *url = server_at(s, "/authenticate");

    json_decref(http_post_json(
        url, NULL, "{\"username\":\"analyst@example.com\",\"password\":\"sandbox\"}", 400));
    json_decref(http_post_json(
        url, NULL, "{\"username\":\"analyst@example.com\",\"password\":\"guess\"}", 401));
    (void)w;
    free(url);
    assert_int_equal(server_stop(s), 0);
}

static void wrong_options_are_named(void **state)
{
    static const char *const cases[][2] = {
        {"--client=app", "takes ID=FILE"},
        {"--client==x", "takes ID=FILE"},
        {"--client=app=", "takes ID=FILE"},
        {"--client=app=/nowhere/key.pem", "/nowhere/key.pem"},
        {"--client=app=/etc/passwd", "no public RSA key"},
    };
    struct home home = home_make();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r =
            run_program(&home, (const char *[]){SANDBOX_BINARY, cases[i][0], NULL}, NULL);

        if (r.status == 0 || !strstr(str_text(&r.err), cases[i][1]))
            fail_msg("%s: exit %d: %s", cases[i][0], r.status, str_text(&r.err));
        run_free(&r);
    }
    home_remove(&home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_claim_is_looked_at),
        cmocka_unit_test(no_other_algorithm_or_key_is_taken),
        cmocka_unit_test(what_is_no_jwt_is_refused),
        cmocka_unit_test(without_a_role_nobody_gets_in),
        cmocka_unit_test(wrong_options_are_named),
    };

    return cmocka_run_group_tests_name("sandbox-clients", tests, start, stop);
}
