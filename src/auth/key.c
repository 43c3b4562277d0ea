// A private RSA key to sign in with, and the doctor that says what is wrong with one. One owner at
// a time. Floor: auth.
#include "auth/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/pem.h"
#include "base/mem.h"
#include "base/secret.h"
#include "net/openssl.h"

enum { TRIES = 3, SIGNATURE_MAX = 2048 };

// Kept as text in locked memory and read again for each use: while OpenSSL has a key, it keeps
// copies of its primes in ordinary memory.
struct private_key {
    struct secret *pem; // PKCS#8, no passphrase
    int bits;
    const char *remark;
};

// For OpenSSL, which would ask on the terminal by itself if it had no answer.
static int give_passphrase(char *out, int room, int writing, void *passphrase)
{
    const struct secret *s = passphrase;

    (void)writing;
    if (!s || secret_len(s) > (size_t)room)
        return -1;
    memcpy(out, secret_text(s), secret_len(s));
    return (int)secret_len(s);
}

static EVP_PKEY *parse(const struct secret *pem, struct secret *passphrase)
{
    BIO *bio = openssl()->BIO_new_mem_buf(secret_text(pem), (int)secret_len(pem));
    EVP_PKEY *pkey =
        bio ? openssl()->PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, passphrase) : NULL;

    (void)openssl()->BIO_free(bio);
    openssl()->ERR_clear_error();
    return pkey;
}

static EVP_PKEY *parse_encrypted(const struct secret *pem, const struct private_key_ask *ask,
                                 struct err *e)
{
    EVP_PKEY *pkey = NULL;

    if (!ask) {
        (void)err_set(e, ERR_INVALID,
                      "it is encrypted, and nobody is here to type its passphrase: run lode login "
                      "on a terminal");
        return NULL;
    }
    for (int i = 0; i < TRIES && !pkey; i++) {
        struct secret *passphrase = ask->passphrase(ask->self, i > 0, e);

        if (!passphrase)
            return NULL;
        pkey = parse(pem, passphrase);
        secret_free(passphrase);
    }
    if (!pkey)
        (void)err_set(e, ERR_INVALID,
                      "it is encrypted, and the passphrase was wrong %d times (or the file is "
                      "damaged)",
                      TRIES);
    return pkey;
}

static bool check(EVP_PKEY *pkey, struct err *e)
{
    EVP_PKEY_CTX *context;
    bool whole;

    if (!openssl()->EVP_PKEY_is_a(pkey, "RSA"))
        return err_set(
            e, ERR_INVALID,
            "it is a key of the kind %.20s, and signing in takes an RSA key: use the one "
            "that the Admin Portal made",
            openssl()->EVP_PKEY_get0_type_name(pkey));
    if (openssl()->EVP_PKEY_get_bits(pkey) < PRIVATE_KEY_BITS_MIN)
        return err_set(e, ERR_INVALID,
                       "it has %d bits, and less than %d is not safe: make a new pair in the Admin "
                       "Portal",
                       openssl()->EVP_PKEY_get_bits(pkey), PRIVATE_KEY_BITS_MIN);
    context = openssl()->EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
    whole = context && openssl()->EVP_PKEY_pairwise_check(context) == 1;
    openssl()->EVP_PKEY_CTX_free(context);
    openssl()->ERR_clear_error();
    return whole || err_set(e, ERR_INVALID,
                            "its numbers do not belong together, so the file is damaged: copy it "
                            "again");
}

static const char *remark_on(const struct pem *pem)
{
    if (pem->old_form)
        return "The key is in the form PKCS#1, which the Admin Portal does not give: make sure "
               "that it is the right file.";
    return pem->rebuilt ? "The key had lost its line ends; they were put back." : "";
}

static EVP_PKEY *load(const struct pem *pem, const struct private_key_ask *ask, struct err *e)
{
    EVP_PKEY *pkey = pem->encrypted ? parse_encrypted(pem->text, ask, e) : parse(pem->text, NULL);

    if (!pkey && !pem->encrypted)
        (void)err_set(e, ERR_INVALID,
                      "its body is no private key, so it is damaged or cut: copy the whole file "
                      "again");
    if (pkey && !check(pkey, e)) {
        openssl()->EVP_PKEY_free(pkey);
        return NULL;
    }
    return pkey;
}

static struct secret *to_pem(EVP_PKEY *pkey, struct err *e)
{
    BIO *bio = openssl()->BIO_new(openssl()->BIO_s_secmem());
    struct secret *pem = NULL;
    char *text;
    long len;

    if (bio &&
        openssl()->PEM_write_bio_PKCS8PrivateKey(bio, pkey, NULL, NULL, 0, NULL, NULL) == 1 &&
        (len = openssl()->BIO_ctrl(bio, BIO_CTRL_INFO, 0, &text)) > 0)
        pem = secret_new(text, (size_t)len);
    (void)openssl()->BIO_free(bio);
    if (!pem)
        (void)err_set(e, ERR_INTERNAL, "the key could not be written out");
    return pem;
}

static struct private_key *make(EVP_PKEY *pkey, const struct pem *from, struct err *e)
{
    struct secret *pem = to_pem(pkey, e);
    struct private_key *k;

    if (!pem)
        return NULL;
    k = mem_alloc(sizeof(*k));
    *k = (struct private_key){
        .pem = pem, .bits = openssl()->EVP_PKEY_get_bits(pkey), .remark = remark_on(from)};
    return k;
}

struct private_key *private_key_read(const struct secret *given, const struct private_key_ask *ask,
                                     struct err *e)
{
    struct private_key *k = NULL;
    EVP_PKEY *pkey;
    struct pem pem;

    if (!openssl_load(e) || !pem_find(given, &pem, e))
        return NULL;
    pkey = load(&pem, ask, e);
    if (pkey)
        k = make(pkey, &pem, e);
    openssl()->EVP_PKEY_free(pkey);
    secret_free(pem.text);
    return k;
}

void private_key_free(struct private_key *k)
{
    if (!k)
        return;
    secret_free(k->pem);
    free(k);
}

int private_key_bits(const struct private_key *k)
{
    return k->bits;
}

const char *private_key_remark(const struct private_key *k)
{
    return k->remark;
}

const struct secret *private_key_pem(const struct private_key *k)
{
    return k->pem;
}

bool private_key_sign(const struct private_key *k, const char *text, size_t len, struct str *out,
                      struct err *e)
{
    unsigned char signature[SIGNATURE_MAX];
    size_t n = sizeof(signature);
    EVP_PKEY *pkey = parse(k->pem, NULL);
    EVP_MD_CTX *context = openssl()->EVP_MD_CTX_new();
    bool ok =
        pkey && context && openssl()->EVP_PKEY_get_size(pkey) <= SIGNATURE_MAX &&
        openssl()->EVP_DigestSignInit(context, NULL, openssl()->EVP_sha256(), NULL, pkey) == 1 &&
        openssl()->EVP_DigestSign(context, signature, &n, (const unsigned char *)text, len) == 1;

    openssl()->EVP_MD_CTX_free(context);
    openssl()->EVP_PKEY_free(pkey);
    openssl()->ERR_clear_error();
    if (!ok)
        return err_set(e, ERR_INTERNAL, "the private key could not sign");
    str_add_len(out, (const char *)signature, n);
    return true;
}
