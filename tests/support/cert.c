// A certificate of the test's own for https on this machine. Any thread. Tests.
#include "support/cert.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/str.h"
#include "support/test.h"

enum { HALF_DAY_S = 43200 };

static void add_extension(X509 *cert, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;

    X509V3_set_ctx(&context, cert, cert, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    assert_non_null(extension);
    assert_int_equal(X509_add_ext(cert, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

// Who signs: certificate and key.
struct issuer {
    X509 *cert;
    EVP_PKEY *key;
};

static FILE *open_file(const char *folder, const char *name, const char *ending, const char *mode)
{
    char *path = str_format("%s/%s.%s", folder, name, ending);
    FILE *f = fopen(path, mode);

    assert_non_null(f);
    free(path);
    return f;
}

static struct issuer read_issuer(const char *folder, const char *name)
{
    struct issuer i;
    FILE *f = open_file(folder, name, "pem", "r");

    i.cert = PEM_read_X509(f, NULL, NULL, NULL);
    (void)fclose(f);
    f = open_file(folder, name, "key", "r");
    i.key = PEM_read_PrivateKey(f, NULL, NULL, NULL);
    (void)fclose(f);
    assert_non_null(i.cert);
    assert_non_null(i.key);
    return i;
}

static X509 *make(EVP_PKEY *key, const char *name, const struct cert_names *names,
                  const struct issuer *issuer)
{
    X509 *cert = X509_new();
    X509_NAME *subject;
    bool valid = names && (names->from_s || names->to_s);

    assert_non_null(cert);
    subject = X509_get_subject_name(cert);
    assert_int_equal(X509_set_version(cert, 2), 1);
    assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(cert), 1), 1);
    assert_non_null(
        X509_gmtime_adj(X509_getm_notBefore(cert), valid ? names->from_s : -HALF_DAY_S));
    assert_non_null(X509_gmtime_adj(X509_getm_notAfter(cert), valid ? names->to_s : HALF_DAY_S));
    assert_int_equal(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                                (const unsigned char *)name, -1, -1, 0),
                     1);
    assert_int_equal(
        X509_set_issuer_name(cert, issuer ? X509_get_subject_name(issuer->cert) : subject), 1);
    assert_int_equal(X509_set_pubkey(cert, key), 1);
    add_extension(cert, NID_basic_constraints, issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
    add_extension(cert, NID_subject_alt_name,
                  names && names->alt ? names->alt : "DNS:localhost,IP:127.0.0.1");
    assert_true(X509_sign(cert, issuer ? issuer->key : key, EVP_sha256()) > 0);
    return cert;
}

void cert_make(const char *folder, const char *name, const struct cert_names *names)
{
    bool issued = names && names->issuer;
    struct issuer issuer = issued ? read_issuer(folder, names->issuer) : (struct issuer){0};
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = make(key, name, names, issued ? &issuer : NULL);
    FILE *f = open_file(folder, name, "pem", "w");

    assert_int_equal(PEM_write_X509(f, cert), 1);
    assert_int_equal(fclose(f), 0);
    f = open_file(folder, name, "key", "w");
    assert_int_equal(PEM_write_PrivateKey(f, key, NULL, NULL, 0, NULL, NULL), 1);
    assert_int_equal(fclose(f), 0);
    X509_free(cert);
    EVP_PKEY_free(key);
    X509_free(issuer.cert);
    EVP_PKEY_free(issuer.key);
}
