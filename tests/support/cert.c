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

static X509 *make(EVP_PKEY *key, const struct cert_names *names)
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
                                                (const unsigned char *)"lode test", -1, -1, 0),
                     1);
    assert_int_equal(X509_set_issuer_name(cert, subject), 1);
    assert_int_equal(X509_set_pubkey(cert, key), 1);
    add_extension(cert, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(cert, NID_subject_alt_name,
                  names && names->alt ? names->alt : "DNS:localhost,IP:127.0.0.1");
    assert_true(X509_sign(cert, key, EVP_sha256()) > 0);
    return cert;
}

static FILE *create(const char *folder, const char *name, const char *ending)
{
    char *path = str_format("%s/%s.%s", folder, name, ending);
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    free(path);
    return f;
}

void cert_make(const char *folder, const char *name, const struct cert_names *names)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = make(key, names);
    FILE *f = create(folder, name, "pem");

    assert_int_equal(PEM_write_X509(f, cert), 1);
    assert_int_equal(fclose(f), 0);
    f = create(folder, name, "key");
    assert_int_equal(PEM_write_PrivateKey(f, key, NULL, NULL, 0, NULL, NULL), 1);
    assert_int_equal(fclose(f), 0);
    X509_free(cert);
    EVP_PKEY_free(key);
}
