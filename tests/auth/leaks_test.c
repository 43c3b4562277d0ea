// Secrets in memory: while signed in, nothing of password, key, client JWT or token stands in what
// a core dump would hold; after signing out, nowhere at all. Looked for from outside, in a process
// that was started for it; its freed memory is looked at as well. Tests.
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "auth/auth.h"
#include "auth/key.h"
#include "auth/keyring.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "support/bus.h"
#include "support/cert.h"
#include "support/memory.h"
#include "support/rsa.h"
#include "support/server.h"
#include "support/temp.h"
#include "support/test.h"

#ifdef __SANITIZE_THREAD__
#define CAN_LOOK false
#else
#define CAN_LOOK true
#endif

enum { SECRET_FD = 3, CALLS = 4, PATIENCE_MS = 60000, SLICE = 32, MARKS_MAX = 16 };

// ---- The process that is looked into: it is this program, run with --hold.

static void say_and_wait(const char *word)
{
    char byte;

    (void)printf("%s\n", word);
    (void)fflush(stdout);
    if (read(STDIN_FILENO, &byte, 1) != 1)
        _exit(3);
}

static struct auth_method method_of(const char *way, struct err *e)
{
    struct secret *secret = secret_read_all(SECRET_FD, PRIVATE_KEY_FILE_MAX, e);
    struct private_key *key;

    if (!secret)
        _exit(4);
    if (strcmp(way, "password") == 0)
        return auth_password("analyst@example.com", secret);
    key = private_key_read(secret, NULL, e);
    secret_free(secret);
    if (!key)
        _exit(5);
    return auth_pki("analyst@example.com", "app", key);
}

static void call(struct net *net, const char *url)
{
    struct net_request *r = net_request_new("GET", str_format("%s/lookup/usage", url));

    r->repeat = NET_FREE;
    if (!net_call(net, r) || r->status != 200)
        _exit(6);
    net_request_free(r);
}

static int hold(const char *way, const char *url, const char *ca, const char *log_path)
{
    struct clock clock = clock_system();
    struct err e = {0};
    struct log *log = log_open(log_path, LOG_DEBUG, clock, &e);
    struct net_config net_config = {
        .clock = clock, .log = log, .user_agent = "lode-test", .ca_file = *ca ? ca : NULL};
    struct auth_config config = {.clock = clock, .log = log, .base_url = url};
    struct auth *a;

    config.net = net_open(&net_config, &e);
    a = auth_open(&config, method_of(way, &e), &e);
    if (!auth_sign_in(a, &e)) {
        say_and_wait("refused");
    } else {
        for (int i = 0; i < CALLS; i++)
            call(config.net, url);
        say_and_wait("quiet");
    }
    auth_stop(a);
    net_close(config.net);
    auth_close(a);
    say_and_wait("out");
    log_close(log);
    say_and_wait("closed");
    return 0;
}

// Into the keyring, and out again.
static int hold_keyring(const char *profile)
{
    struct keyring *k = keyring_open(NULL);
    struct err e = {0};
    struct secret *in = secret_read_all(SECRET_FD, PRIVATE_KEY_FILE_MAX, &e), *out;

    if (!in || !keyring_put(k, profile, KEYRING_PASSWORD, in, &e) ||
        !keyring_get(k, profile, KEYRING_PASSWORD, &out, &e) || !out)
        _exit(7);
    say_and_wait("quiet");
    secret_free(in);
    secret_free(out);
    say_and_wait("out");
    keyring_close(k);
    say_and_wait("closed");
    return 0;
}

// ---- The test that looks.

struct held {
    pid_t pid;
    int in, out;
};

static struct held start(const char *way, const char *url, const char *ca, const char *log,
                         const char *secret, size_t len)
{
    int in[2], out[2], secrets[2];
    struct held h;

    assert_int_equal(pipe2(in, O_CLOEXEC), 0);
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    assert_int_equal(pipe2(secrets, O_CLOEXEC), 0);
    assert_int_equal(write(secrets[1], secret, len), len);
    h.pid = fork();
    if (h.pid == 0) {
        (void)dup2(in[0], STDIN_FILENO);
        (void)dup2(out[1], STDOUT_FILENO);
        (void)dup2(secrets[0], SECRET_FD);
        (void)execl("/proc/self/exe", "leaks", "--hold", way, url, ca, log, NULL);
        _exit(127);
    }
    (void)close(in[0]);
    (void)close(out[1]);
    (void)close(secrets[0]);
    (void)close(secrets[1]);
    h.in = in[1];
    h.out = out[0];
    return h;
}

static void wait_for(const struct held *h, const char *word)
{
    char line[64] = "";
    struct pollfd p = {.fd = h->out, .events = POLLIN};
    ssize_t n = poll(&p, 1, PATIENCE_MS) > 0 ? read(h->out, line, sizeof(line) - 1) : 0;

    if (n <= 0 || strncmp(line, word, strlen(word)) != 0)
        fail_msg("\"%s\" instead of \"%s\"", line, word);
}

static void go_on(const struct held *h)
{
    assert_int_equal(write(h->in, "x", 1), 1);
}

static void end(struct held *h)
{
    int status;

    go_on(h);
    assert_int_equal(waitpid(h->pid, &status, 0), h->pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    (void)close(h->in);
    (void)close(h->out);
}

struct marks {
    struct mark items[MARKS_MAX];
    size_t n;
};

// Takes over bytes.
static void add_mark(struct marks *m, const char *name, void *bytes, size_t len)
{
    assert_true(m->n < MARKS_MAX);
    m->items[m->n++] = (struct mark){name, bytes, len};
}

static void free_marks(struct marks *m)
{
    for (size_t i = 0; i < m->n; i++)
        free((void *)(uintptr_t)m->items[i].bytes);
    m->n = 0;
}

// Written backwards, for this program is the one that is searched.
static void add_reversed(struct marks *m, const char *name, const char *backwards)
{
    size_t len = strlen(backwards);
    char *text = mem_alloc(len + 1);

    for (size_t i = 0; i < len; i++)
        text[i] = backwards[len - 1 - i];
    text[len] = '\0';
    add_mark(m, name, text, len);
}

static void add_tokens(struct marks *m)
{
    // How the access tokens of the sandbox and our client JWTs begin, in base64url.
    add_reversed(m, "access token", "9JCVXpkI6ICc5RnIsIiN1IzUIJiOicGbhJye");
    add_reversed(m, "client JWT", "9JiN1IzUSJiOicGbhJCLiQ1VKJiOiAXe0Jye");
}

static void expect_none(const struct held *h, enum memory_what what, const struct marks *m,
                        const char *when)
{
    struct str report = {0};
    size_t hits = memory_find(h->pid, what, m->items, m->n, &report);

    if (hits)
        fail_msg("%s, %zu hits:\n%s", when, hits, report.data);
    str_free(&report);
}

static void expect_file_clean(const char *path, const struct marks *m)
{
    struct str text = {0};
    struct err e;

    assert_true(file_read(path, 1 << 24, &text, &e));
    assert_true(text.len > 0);
    for (size_t i = 0; i < m->n; i++) {
        if (memmem(text.data, text.len, m->items[i].bytes, m->items[i].len))
            fail_msg("%s stands in %s", m->items[i].name, path);
    }
    str_free(&text);
}

struct world {
    char *folder, *password, *log, *ca;
    struct server *plain, *tls;
    struct str pem;
};

static int make_world(void **state)
{
    struct world *w = mem_zalloc(sizeof(*w));
    unsigned char random[12];
    char *client, *cert, *key, *path;
    struct err e;

    w->folder = temp_make();
    rsa_make(w->folder, "app", 2048);
    cert_make(w->folder, "s", NULL);
    assert_int_equal(getrandom(random, sizeof(random), 0), sizeof(random));
    w->password = str_format("c4n4ry");
    for (size_t i = 0; i < sizeof(random); i++) {
        char *longer = str_format("%s%02x", w->password, random[i]);

        free(w->password);
        w->password = longer;
    }
    w->log = str_format("%s/log", w->folder);
    client = str_format("app=%s/app.pub", w->folder);
    cert = str_format("%s/s.pem", w->folder);
    key = str_format("%s/s.key", w->folder);
    path = str_format("%s/app.key", w->folder);
    assert_true(file_read(path, PRIVATE_KEY_FILE_MAX, &w->pem, &e));
    w->plain = server_start((const char *[]){"--unlimited", "--password", w->password, "--client",
                                             client, "--faults", "", NULL});
    w->tls = server_start((const char *[]){"--unlimited", "--password", w->password, "--client",
                                           client, "--tls", cert, key, NULL});
    w->ca = cert;
    free(client);
    free(key);
    free(path);
    *state = w;
    return 0;
}

static int drop_world(void **state)
{
    struct world *w = *state;
    int status = server_stop(w->plain) + server_stop(w->tls);

    temp_remove(w->folder);
    free(w->folder);
    free(w->password);
    free(w->log);
    free(w->ca);
    str_free(&w->pem);
    free(w);
    return status;
}

// A slice of a number of the key, as its bytes stand in DER, and as OpenSSL's words have them.
static void add_number(struct marks *m, EVP_PKEY *key, const char *parameter, const char *name)
{
    BIGNUM *number = NULL;
    unsigned char bytes[512], *forwards = mem_alloc(SLICE), *backwards = mem_alloc(SLICE);
    int len;

    assert_int_equal(EVP_PKEY_get_bn_param(key, parameter, &number), 1);
    len = BN_bn2bin(number, bytes);
    assert_true(len >= 2 * SLICE);
    for (int i = 0; i < SLICE; i++) {
        forwards[i] = bytes[len / 2 + i];
        backwards[i] = bytes[len / 2 + SLICE - 1 - i];
    }
    add_mark(m, name, forwards, SLICE);
    add_mark(m, name, backwards, SLICE);
    BN_free(number);
}

static void add_key(struct marks *m, const struct world *w)
{
    BIO *bio = BIO_new_mem_buf(w->pem.data, -1);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    const char *line = w->pem.data;

    (void)BIO_free(bio);
    assert_non_null(key);
    add_number(m, key, OSSL_PKEY_PARAM_RSA_D, "the key's exponent");
    add_number(m, key, OSSL_PKEY_PARAM_RSA_FACTOR1, "the key's first prime");
    add_number(m, key, OSSL_PKEY_PARAM_RSA_FACTOR2, "the key's second prime");
    EVP_PKEY_free(key);
    for (int i = 0; i < 12; i++)
        line = strchr(line, '\n') + 1;
    add_mark(m, "a line of the key's file", mem_dup(line, 48), 48);
}

static struct marks marks_of(const struct world *w, bool key)
{
    struct marks m = {0};

    if (key)
        add_key(&m, w);
    else
        add_mark(&m, "password", mem_strdup(w->password), strlen(w->password));
    add_tokens(&m);
    return m;
}

static void look(struct world *w, bool key, const char *url, const char *ca, const char *first)
{
    struct marks m = marks_of(w, key);
    struct held h = start(key ? "key" : "password", url, ca, w->log,
                          key ? w->pem.data : w->password, key ? w->pem.len : strlen(w->password));

    wait_for(&h, first);
    expect_none(&h, MEMORY_CORE, &m, first);
    go_on(&h);
    wait_for(&h, "out");
    expect_none(&h, MEMORY_ALL, &m, "signed out");
    go_on(&h);
    wait_for(&h, "closed");
    expect_none(&h, MEMORY_ALL, &m, "closed");
    end(&h);
    expect_file_clean(w->log, &m);
    free_marks(&m);
}

static void a_password(void **state)
{
    struct world *w = *state;

    look(w, false, w->plain->url, "", "quiet");
    look(w, false, w->tls->url, w->ca, "quiet");
}

static void a_key(void **state)
{
    struct world *w = *state;

    look(w, true, w->plain->url, "", "quiet");
    look(w, true, w->tls->url, w->ca, "quiet");
}

static void the_keyring(void **state)
{
    struct world *w = *state;
    struct marks m = {0};
    struct bus b = bus_start(BUS_NO_SERVICES);
    struct held h;

    bus_start_keyring(&b, BUS_PASSWORD);
    add_mark(&m, "password", mem_strdup(w->password), strlen(w->password));
    h = start("keyring", "acme", "", w->log, w->password, strlen(w->password));
    wait_for(&h, "quiet");
    expect_none(&h, MEMORY_CORE, &m, "in the keyring");
    go_on(&h);
    wait_for(&h, "out");
    expect_none(&h, MEMORY_ALL, &m, "out of the keyring");
    go_on(&h);
    wait_for(&h, "closed");
    expect_none(&h, MEMORY_ALL, &m, "keyring closed");
    end(&h);
    free_marks(&m);
    bus_stop(&b);
}

static void a_sign_in_that_fails(void **state)
{
    static const char *const faults[] = {"POST /authenticate reset-in-answer",
                                         "POST /authenticate missing-jwt",
                                         "POST /authenticate 401"};
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        server_faults(w->plain, faults[i]);
        look(w, false, w->plain->url, "", "refused");
        look(w, true, w->plain->url, "", "refused");
    }
    server_faults(w->plain, "");
}

// That the search finds what is there: while it is signed in, the secrets are in locked memory.
static void the_search_finds_what_is_there(void **state)
{
    struct world *w = *state;
    struct marks m = marks_of(w, false);
    struct held h = start("password", w->plain->url, "", w->log, w->password, strlen(w->password));
    struct str report = {0};

    wait_for(&h, "quiet");
    assert_true(memory_find(h.pid, MEMORY_ALL, m.items, m.n, &report) >= 2);
    assert_non_null(strstr(report.data, "password"));
    assert_non_null(strstr(report.data, "access token"));
    go_on(&h);
    wait_for(&h, "out");
    go_on(&h);
    wait_for(&h, "closed");
    end(&h);
    str_free(&report);
    free_marks(&m);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_finds_what_is_there),
        cmocka_unit_test(a_password),
        cmocka_unit_test(a_key),
        cmocka_unit_test(the_keyring),
        cmocka_unit_test(a_sign_in_that_fails),
    };

    if (argc == 6 && strcmp(argv[2], "keyring") == 0)
        return hold_keyring(argv[3]);
    if (argc == 6 && strcmp(argv[1], "--hold") == 0)
        return hold(argv[2], argv[3], argv[4], argv[5]);
    if (!CAN_LOOK) {
        (void)puts("ThreadSanitizer's own memory is too large to read through; not looked for");
        return 0;
    }
    return cmocka_run_group_tests_name("auth-leaks", tests, make_world, drop_world);
}
