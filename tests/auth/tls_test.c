// Signing in over https: a root of the test's own is taken, and of everything that is not to be
// trusted the server sees no byte of a credential; what is wrong is said, and until when the
// certificate was good. Tests.
#include <stdlib.h>

#include "auth/client.h"
#include "base/mem.h"
#include "support/cert.h"
#include "support/temp.h"
#include "support/tls.h"

enum { DAY_S = 86400 };

#define CANARY "c4n4ry-p4ssw0rd"

static char *folder;

static int make_certificates(void **state)
{
    (void)state;
    folder = temp_make();
    cert_make(folder, "root", NULL);
    cert_make(folder, "other", NULL);
    cert_make(folder, "good", &(struct cert_names){.issuer = "root"});
    cert_make(folder, "host",
              &(struct cert_names){.issuer = "root", .alt = "DNS:api.example.com,IP:10.1.2.3"});
    cert_make(folder, "late",
              &(struct cert_names){.issuer = "root", .from_s = -3 * DAY_S, .to_s = -2 * DAY_S});
    cert_make(folder, "early",
              &(struct cert_names){.issuer = "root", .from_s = DAY_S, .to_s = 2 * DAY_S});
    cert_make(folder, "alien", &(struct cert_names){.issuer = "other"});
    return 0;
}

static int drop_certificates(void **state)
{
    (void)state;
    temp_remove(folder);
    free(folder);
    return 0;
}

// One sign-in at url with these roots.
static bool sign_in(const char *url, const char *ca_file, struct err *e, uint64_t *sign_ins)
{
    struct clock clock = clock_system();
    struct net_config net_config = {
        .clock = clock, .user_agent = "lode-test", .ca_file = ca_file, .backoff_ms = 20};
    struct auth_config config = {.clock = clock, .base_url = url};
    struct auth *a;
    bool ok;

    config.net = net_open(&net_config, e);
    assert_non_null(config.net);
    a = auth_open(&config, by_password(CANARY), e);
    assert_non_null(a);
    ok = auth_sign_in(a, e);
    *sign_ins = auth_status(a).sign_ins;
    auth_stop(a);
    net_close(config.net);
    auth_close(a);
    return ok;
}

static void a_root_of_ones_own_is_taken(void **state)
{
    char *cert = str_format("%s/good.pem", folder), *key = str_format("%s/good.key", folder);
    char *root = str_format("%s/root.pem", folder);
    struct server *s =
        server_start((const char *[]){"--tls", cert, key, "--password", CANARY, NULL});
    struct err e = {0};
    uint64_t n;

    (void)state;
    if (!sign_in(s->url, root, &e, &n))
        fail_msg("%s", e.text);
    assert_int_equal(n, 1);
    assert_int_equal(server_stop(s), 0);
    free(cert);
    free(key);
    free(root);
}

struct bad {
    const char *name, *ca; // ca NULL: the system's roots
    bool old;
    const char *says[2];
};

static void what_is_not_trusted_gets_no_credential(void **state)
{
    static const struct bad bads[] = {
        {"host", "root", false, {"it is for api.example.com, 10.1.2.3 and not for 127.0.0.1", ""}},
        {"late", "root", false, {"it has expired", "its owner must renew it"}},
        {"early", "root", false, {"it is not valid yet", "clock"}},
        {"alien", "root", false, {"nobody who is trusted here signed it", "--ca-file"}},
        {"other", "root", false, {"it is signed by itself and not trusted here", "--ca-file"}},
        {"good", NULL, false, {"nobody who is trusted here signed it", "--ca-file"}},
        {"root", NULL, false, {"it is signed by itself and not trusted here", "--ca-file"}},
        {"good", "root", true, {"no secure connection", ""}},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bads); i++) {
        const struct bad *bad = &bads[i];
        struct tls_server *s =
            tls_start(&(struct tls_how){.folder = folder, .name = bad->name, .old = bad->old});
        char *ca = bad->ca ? str_format("%s/%s.pem", folder, bad->ca) : NULL;
        struct err e = {0};
        struct str got;
        int connections;
        uint64_t n;

        assert_false(sign_in(tls_url(s), ca, &e, &n));
        got = tls_stop(s, &connections);
        if (!strstr(e.text, bad->says[0]) || !strstr(e.text, bad->says[1]))
            fail_msg("%s: %s", bad->name, e.text);
        if (!bad->old)
            assert_non_null(strstr(e.text, "; valid from 20"));
        assert_int_equal(e.kind, ERR_OFFLINE);
        assert_int_equal(got.len, 0);
        assert_int_equal(connections, 1); // it is not tried again
        assert_int_equal(n, 1);
        str_free(&got);
        free(ca);
    }
}

// The server that sends elsewhere got the credential; elsewhere gets nothing.
static void a_redirect_is_not_followed(void **state)
{
    struct tls_server *elsewhere =
        tls_start(&(struct tls_how){.folder = folder, .name = "good", .answer = ""});
    char *answer = str_format("HTTP/1.1 307 Temporary Redirect\r\nLocation: %s/authenticate\r\n"
                              "Content-Length: 0\r\n\r\n",
                              tls_url(elsewhere));
    struct tls_server *s =
        tls_start(&(struct tls_how){.folder = folder, .name = "good", .answer = answer});
    char *ca = str_format("%s/root.pem", folder);
    struct err e = {0};
    struct str got;
    int connections;
    uint64_t n;

    (void)state;
    assert_false(sign_in(tls_url(s), ca, &e, &n));
    assert_non_null(strstr(e.text, "sends the sign-in elsewhere"));
    got = tls_stop(s, &connections);
    assert_int_equal(connections, 1);
    assert_non_null(strstr(got.data, CANARY));
    str_free(&got);
    got = tls_stop(elsewhere, &connections);
    assert_int_equal(connections, 0);
    str_free(&got);
    free(answer);
    free(ca);
}

static void a_file_of_roots_that_is_none_is_named(void **state)
{
    struct tls_server *s = tls_start(&(struct tls_how){.folder = folder, .name = "good"});
    struct err e = {0};
    struct str got;
    int connections;
    uint64_t n;

    (void)state;
    assert_false(sign_in(tls_url(s), "/nowhere/roots.pem", &e, &n));
    assert_non_null(strstr(e.text, "/nowhere/roots.pem"));
    got = tls_stop(s, &connections);
    assert_int_equal(got.len, 0);
    str_free(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_root_of_ones_own_is_taken),
        cmocka_unit_test(what_is_not_trusted_gets_no_credential),
        cmocka_unit_test(a_redirect_is_not_followed),
        cmocka_unit_test(a_file_of_roots_that_is_none_is_named),
    };

    return cmocka_run_group_tests_name("auth-tls", tests, make_certificates, drop_certificates);
}
