// Key pairs for tests of signing in with a key. Any thread. Tests.
#include "support/rsa.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/str.h"
#include "support/test.h"

static FILE *create(const char *folder, const char *name, const char *ending)
{
    char *path = str_format("%s/%s.%s", folder, name, ending);
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    free(path);
    return f;
}

static void write_pair(const char *folder, const char *name, EVP_PKEY *key)
{
    FILE *f = create(folder, name, "key");

    assert_non_null(key);
    assert_int_equal(PEM_write_PKCS8PrivateKey(f, key, NULL, NULL, 0, NULL, NULL), 1);
    assert_int_equal(fclose(f), 0);
    f = create(folder, name, "pub");
    assert_int_equal(PEM_write_PUBKEY(f, key), 1);
    assert_int_equal(fclose(f), 0);
    EVP_PKEY_free(key);
}

void rsa_make(const char *folder, const char *name, unsigned bits)
{
    write_pair(folder, name, EVP_RSA_gen(bits));
}

void ec_make(const char *folder, const char *name)
{
    write_pair(folder, name, EVP_EC_gen("P-256"));
}
