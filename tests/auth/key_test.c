// The key doctor: every file that a person may take for the key, what is said of it, and that the
// mended ones sign as the original does. Tests.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "auth/key.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "support/cert.h"
#include "support/rsa.h"
#include "support/temp.h"
#include "support/test.h"

#define PASSPHRASE "open sesame"

struct world {
    char *folder;
    EVP_PKEY *rsa;
    struct str pkcs8;
};

static struct str read_text(const char *folder, const char *name)
{
    char *path = str_format("%s/%s", folder, name);
    struct str text = {0};
    FILE *f = fopen(path, "r");
    int c;

    assert_non_null(f);
    while ((c = fgetc(f)) != EOF)
        str_add_char(&text, (char)c);
    (void)fclose(f);
    free(path);
    return text;
}

static struct private_key *read_key(const char *text, const struct private_key_ask *ask,
                                    struct err *e)
{
    struct secret *s = secret_new(text, strlen(text));
    struct private_key *k = private_key_read(s, ask, e);

    secret_free(s);
    return k;
}

static int make_world(void **state)
{
    struct world *w = mem_zalloc(sizeof(*w));
    struct private_key *k;
    struct err e;
    BIO *bio;

    w->folder = temp_make();
    rsa_make(w->folder, "rsa", 2048);
    w->pkcs8 = read_text(w->folder, "rsa.key");
    bio = BIO_new_mem_buf(w->pkcs8.data, -1);
    w->rsa = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    (void)BIO_free(bio);
    k = read_key(w->pkcs8.data, NULL, &e);
    assert_non_null(k);
    private_key_free(k);
    *state = w;
    return 0;
}

static int drop_world(void **state)
{
    struct world *w = *state;

    temp_remove(w->folder);
    free(w->folder);
    str_free(&w->pkcs8);
    EVP_PKEY_free(w->rsa);
    free(w);
    return 0;
}

// The key's text with each line end replaced by other.
static struct str with_line_ends(const struct str *pem, const char *other)
{
    struct str out = {0};

    for (const char *p = pem->data; *p; p++) {
        if (*p == '\n')
            str_add(&out, other);
        else
            str_add_char(&out, *p);
    }
    return out;
}

static struct str take_bio(BIO *bio)
{
    struct str out = {0};
    char *text;
    long len = BIO_get_mem_data(bio, &text);

    str_add_len(&out, text, (size_t)len);
    (void)BIO_free(bio);
    return out;
}

static struct str pkcs1(EVP_PKEY *key, const char *passphrase)
{
    BIO *bio = BIO_new(BIO_s_mem());

    assert_int_equal(
        PEM_write_bio_PrivateKey_traditional(bio, key, passphrase ? EVP_aes_128_cbc() : NULL,
                                             (const unsigned char *)passphrase,
                                             passphrase ? (int)strlen(passphrase) : 0, NULL, NULL),
        1);
    return take_bio(bio);
}

static struct str encrypted(EVP_PKEY *key)
{
    BIO *bio = BIO_new(BIO_s_mem());

    assert_int_equal(PEM_write_bio_PKCS8PrivateKey(bio, key, EVP_aes_128_cbc(), PASSPHRASE,
                                                   (int)strlen(PASSPHRASE), NULL, NULL),
                     1);
    return take_bio(bio);
}

// Somebody who answers with each word once, then gives up.
struct typist {
    const char *words[4];
    int asked;
};

static struct secret *type(void *self, bool again, struct err *e)
{
    struct typist *t = self;
    const char *word = t->words[t->asked];

    assert_int_equal(again, t->asked > 0);
    if (!word) {
        (void)err_set(e, ERR_CANCELLED, "nothing was entered");
        return NULL;
    }
    t->asked++;
    return secret_new(word, strlen(word));
}

static void expect_key(const struct world *w, struct str *text, struct typist *typist,
                       const char *remark)
{
    struct private_key_ask ask = {typist, type};
    struct err e = {0};
    struct private_key *k = read_key(text->data, typist ? &ask : NULL, &e);

    if (!k)
        fail_msg("refused: %s: %s", e.text, text->data);
    assert_string_equal(secret_text(private_key_pem(k)), w->pkcs8.data);
    assert_int_equal(private_key_bits(k), 2048);
    if (!strstr(private_key_remark(k), remark) || !*remark != !*private_key_remark(k))
        fail_msg("\"%s\" is not \"%s\"", private_key_remark(k), remark);
    private_key_free(k);
    str_free(text);
}

static void what_is_a_key_is_read(void **state)
{
    static const char *const endings[] = {" ", "", "\\n", "\\r\\n", "\n\n", " \n\t"};
    struct world *w = *state;
    struct str text = with_line_ends(&w->pkcs8, "\n");

    expect_key(w, &text, NULL, "");
    text = with_line_ends(&w->pkcs8, "\r\n");
    expect_key(w, &text, NULL, "");
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        bool plain = strcmp(endings[i], "\n\n") == 0;

        text = with_line_ends(&w->pkcs8, endings[i]);
        expect_key(w, &text, NULL, plain ? "" : "line ends");
    }
    text = pkcs1(w->rsa, NULL);
    expect_key(w, &text, NULL, "PKCS#1");
    str_add(&text, "Bag Attributes\n    friendlyName: it\n");
    str_add(&text, w->pkcs8.data);
    expect_key(w, &text, NULL, "");
}

static void a_key_behind_its_certificate_is_found(void **state)
{
    struct world *w = *state;
    struct str text, pub = read_text(w->folder, "rsa.pub");

    cert_make(w->folder, "cert", NULL);
    text = read_text(w->folder, "cert.pem");
    str_add(&text, pub.data);
    str_add(&text, w->pkcs8.data);
    expect_key(w, &text, NULL, "");
    str_free(&pub);
}

static void an_encrypted_key_asks_for_its_passphrase(void **state)
{
    struct world *w = *state;
    struct typist right = {.words = {PASSPHRASE}}, late = {.words = {"guess", "", PASSPHRASE}};
    struct typist third = {.words = {PASSPHRASE}};
    struct str text = encrypted(w->rsa);

    expect_key(w, &text, &right, "");
    assert_int_equal(right.asked, 1);
    text = encrypted(w->rsa);
    expect_key(w, &text, &late, "");
    assert_int_equal(late.asked, 3);
    text = pkcs1(w->rsa, PASSPHRASE);
    expect_key(w, &text, &third, "PKCS#1");
    assert_int_equal(third.asked, 1);
}

static void an_encrypted_key_is_refused_without_it(void **state)
{
    struct world *w = *state;
    struct typist wrong = {.words = {"a", "b", "c"}}, leaves = {.words = {"a"}};
    struct private_key_ask ask = {&wrong, type};
    struct str text = encrypted(w->rsa);
    struct err e = {0};

    assert_null(read_key(text.data, NULL, &e));
    assert_non_null(strstr(e.text, "passphrase"));
    assert_null(read_key(text.data, &ask, &e));
    assert_int_equal(wrong.asked, 3);
    assert_non_null(strstr(e.text, "wrong 3 times"));
    ask.self = &leaves;
    assert_null(read_key(text.data, &ask, &e));
    assert_int_equal(e.kind, ERR_CANCELLED);
    str_free(&text);
}

static void expect_fault(const char *text, const char *says)
{
    struct err e = {0};
    struct private_key *k = read_key(text, NULL, &e);

    if (k || e.kind != ERR_INVALID || !strstr(e.text, says))
        fail_msg("\"%s\" instead of \"%s\"", k ? "(it was taken)" : e.text, says);
}

static void expect_file_fault(const struct world *w, const char *name, const char *says)
{
    struct str text = read_text(w->folder, name);

    expect_fault(text.data, says);
    str_free(&text);
}

static void each_wrong_file_is_named(void **state)
{
    struct world *w = *state;
    struct str text;

    rsa_make(w->folder, "short", 1024);
    ec_make(w->folder, "ec");
    cert_make(w->folder, "cert", NULL);
    expect_file_fault(w, "short.key", "1024 bits");
    expect_file_fault(w, "ec.key", "of the kind EC");
    expect_file_fault(w, "cert.pem", "certificate");
    expect_file_fault(w, "rsa.pub", "public key");
    expect_fault("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
                 "OpenSSH");
    expect_fault("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
                 "elliptic");
    expect_fault("-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----\n",
                 "no private key");
    expect_fault("hello", "no PEM");
    expect_fault("-----BEGIN PRIVATE KEY", "no PEM");
    expect_fault("0\x82\x04\xa3", "binary form");
    expect_fault("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "damaged");
    expect_fault("-----BEGIN PRIVATE KEY-----\nAA?A\n-----END PRIVATE KEY-----\n", "character");
    text = with_line_ends(&w->pkcs8, "\n");
    text.data[text.len - 30] = '\0';
    expect_fault(text.data, "cut short");
    str_free(&text);
}

// One character of the body changed: it may still be a key by its looks.
static void a_damaged_key_is_refused(void **state)
{
    struct world *w = *state;
    struct str text = with_line_ends(&w->pkcs8, "\n");
    size_t first = strcspn(text.data, "\n") + 65;

    for (size_t i = 0; i < 12; i++) {
        char *at = text.data + first + i * 97, old = *at;

        if (old == '\n' || old == '=')
            continue;
        *at = old == 'A' ? 'B' : 'A';
        expect_fault(text.data, "damaged");
        *at = old;
    }
    str_free(&text);
}

static void written_out_it_is_the_same_key(void **state)
{
    struct world *w = *state;
    struct str text = pkcs1(w->rsa, NULL);
    struct err e = {0};
    struct private_key *k = read_key(text.data, NULL, &e), *again;

    assert_string_equal(secret_text(private_key_pem(k)), w->pkcs8.data);
    again = private_key_read(private_key_pem(k), NULL, &e);
    assert_non_null(again);
    assert_string_equal(secret_text(private_key_pem(again)), w->pkcs8.data);
    private_key_free(k);
    private_key_free(again);
    str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_a_key_is_read),
        cmocka_unit_test(a_key_behind_its_certificate_is_found),
        cmocka_unit_test(an_encrypted_key_asks_for_its_passphrase),
        cmocka_unit_test(an_encrypted_key_is_refused_without_it),
        cmocka_unit_test(each_wrong_file_is_named),
        cmocka_unit_test(a_damaged_key_is_refused),
        cmocka_unit_test(written_out_it_is_the_same_key),
    };

    return cmocka_run_group_tests_name("auth-key", tests, make_world, drop_world);
}
