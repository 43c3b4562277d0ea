// OpenSSL, loaded with the first request or the first key, and told to overwrite what it frees.
// Any thread. Floor: net.
#ifndef LODE_NET_OPENSSL_H
#define LODE_NET_OPENSSL_H

#include <stdbool.h>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/err.h"

// Every function of it that is used here and in auth/.
#define OPENSSL_FUNCTIONS(F)                                                                       \
    F(ASN1_STRING_get0_data)                                                                       \
    F(ASN1_STRING_length)                                                                          \
    F(ASN1_TIME_to_tm)                                                                             \
    F(BIO_ctrl)                                                                                    \
    F(BIO_free)                                                                                    \
    F(BIO_new)                                                                                     \
    F(BIO_new_mem_buf)                                                                             \
    F(BIO_s_secmem)                                                                                \
    F(CRYPTO_get_ex_new_index)                                                                     \
    F(CRYPTO_secure_malloc_init)                                                                   \
    F(CRYPTO_set_mem_functions)                                                                    \
    F(ERR_clear_error)                                                                             \
    F(EVP_Digest)                                                                                  \
    F(EVP_DigestFinal_ex)                                                                          \
    F(EVP_DigestInit_ex)                                                                           \
    F(EVP_DigestSign)                                                                              \
    F(EVP_DigestSignInit)                                                                          \
    F(EVP_DigestUpdate)                                                                            \
    F(EVP_MD_CTX_free)                                                                             \
    F(EVP_MD_CTX_new)                                                                              \
    F(EVP_PKEY_CTX_free)                                                                           \
    F(EVP_PKEY_CTX_new_from_pkey)                                                                  \
    F(EVP_PKEY_free)                                                                               \
    F(EVP_PKEY_get0_type_name)                                                                     \
    F(EVP_PKEY_get_bits)                                                                           \
    F(EVP_PKEY_get_size)                                                                           \
    F(EVP_PKEY_is_a)                                                                               \
    F(EVP_PKEY_pairwise_check)                                                                     \
    F(EVP_md5)                                                                                     \
    F(EVP_sha1)                                                                                    \
    F(EVP_sha256)                                                                                  \
    F(EVP_sha512)                                                                                  \
    F(GENERAL_NAMES_free)                                                                          \
    F(OPENSSL_sk_num)                                                                              \
    F(OPENSSL_sk_value)                                                                            \
    F(PEM_read_bio_PrivateKey)                                                                     \
    F(PEM_write_bio_PKCS8PrivateKey)                                                               \
    F(SSL_CTX_get_ex_data)                                                                         \
    F(SSL_CTX_get_verify_mode)                                                                     \
    F(SSL_CTX_set_ex_data)                                                                         \
    F(SSL_CTX_set_options)                                                                         \
    F(SSL_CTX_set_verify)                                                                          \
    F(SSL_get_SSL_CTX)                                                                             \
    F(SSL_get_ex_data_X509_STORE_CTX_idx)                                                          \
    F(SSL_get_version)                                                                             \
    F(X509_STORE_CTX_get_current_cert)                                                             \
    F(X509_STORE_CTX_get_error)                                                                    \
    F(X509_STORE_CTX_get_error_depth)                                                              \
    F(X509_STORE_CTX_get_ex_data)                                                                  \
    F(X509_get0_notAfter)                                                                          \
    F(X509_get0_notBefore)                                                                         \
    F(X509_get_ext_d2i)                                                                            \
    F(X509_verify_cert_error_string)

struct openssl {
#define OPENSSL_MEMBER(name) __typeof__(name) *name;
    OPENSSL_FUNCTIONS(OPENSSL_MEMBER)
#undef OPENSSL_MEMBER
};

// Loads it and sets it up, once for the process. ERR_INTERNAL says what is missing and how to get
// it. SSLKEYLOGFILE, to which keys of connections would be written, is taken out of the
// environment.
bool openssl_load(struct err *e);
// The functions: openssl()->EVP_sha256(). Loads where nobody did; aborts where that cannot be.
const struct openssl *openssl(void);

#endif
