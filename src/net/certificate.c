// What a server's certificate says, seen while the connection is made. Network thread only.
// Floor: net.
#include "net/certificate.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "net/openssl.h"

enum { NAMES_SHOWN = 3 };

// The place of our own data in an SSL_CTX; written once, under pthread_once.
static int own_index;

static void find_index(void)
{
    own_index =
        openssl()->CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, NULL, NULL, NULL, NULL);
}

static int64_t utc_ms(const ASN1_TIME *time)
{
    struct tm tm;

    return openssl()->ASN1_TIME_to_tm(time, &tm) == 1 ? (int64_t)timegm(&tm) * 1000 : 0;
}

static void add_name(const GENERAL_NAME *name, char *out, size_t room)
{
    size_t len = strlen(out);
    const ASN1_STRING *text = name->type == GEN_IPADD ? name->d.iPAddress : name->d.dNSName;
    char address[INET6_ADDRSTRLEN] = "";

    if (name->type == GEN_DNS)
        (void)snprintf(out + len, room - len, "%s%.*s", len ? ", " : "",
                       openssl()->ASN1_STRING_length(text),
                       (const char *)openssl()->ASN1_STRING_get0_data(text));
    if (name->type != GEN_IPADD)
        return;
    (void)inet_ntop(openssl()->ASN1_STRING_length(text) == 4 ? AF_INET : AF_INET6,
                    openssl()->ASN1_STRING_get0_data(text), address, sizeof(address));
    (void)snprintf(out + len, room - len, "%s%s", len ? ", " : "", address);
}

static void read_names(const X509 *cert, struct certificate *c)
{
    GENERAL_NAMES *names = openssl()->X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
    int n = names ? openssl()->OPENSSL_sk_num((const OPENSSL_STACK *)names) : 0;

    c->names[0] = '\0';
    for (int i = 0; i < n && i < NAMES_SHOWN; i++)
        add_name(openssl()->OPENSSL_sk_value((const OPENSSL_STACK *)names, i), c->names,
                 sizeof(c->names));
    openssl()->GENERAL_NAMES_free(names);
}

static void read_certificate(const X509 *cert, struct certificate *c)
{
    c->tls.from_ms = utc_ms(openssl()->X509_get0_notBefore(cert));
    c->tls.until_ms = utc_ms(openssl()->X509_get0_notAfter(cert));
    read_names(cert, c);
}

// Sees each certificate of the chain; the first fault stays, else the server's own.
static int seen(int ok, X509_STORE_CTX *store)
{
    SSL *connection = openssl()->X509_STORE_CTX_get_ex_data(
        store, openssl()->SSL_get_ex_data_X509_STORE_CTX_idx());
    struct certificate *c =
        openssl()->SSL_CTX_get_ex_data(openssl()->SSL_get_SSL_CTX(connection), own_index);
    const X509 *cert = openssl()->X509_STORE_CTX_get_current_cert(store);

    if (c->error != X509_V_OK || !cert)
        return ok;
    if (!ok)
        c->error = openssl()->X509_STORE_CTX_get_error(store);
    if (!ok || openssl()->X509_STORE_CTX_get_error_depth(store) == 0)
        read_certificate(cert, c);
    (void)snprintf(c->tls.version, sizeof(c->tls.version), "%s",
                   openssl()->SSL_get_version(connection));
    return ok;
}

CURLcode certificate_watch(CURL *easy, void *ssl_ctx, void *certificate)
{
    static pthread_once_t control = PTHREAD_ONCE_INIT;
    struct certificate *c = certificate;

    (void)easy;
    (void)pthread_once(&control, find_index);
    *c = (struct certificate){0};
    (void)openssl()->SSL_CTX_set_ex_data(ssl_ctx, own_index, c);
    openssl()->SSL_CTX_set_verify(ssl_ctx, openssl()->SSL_CTX_get_verify_mode(ssl_ctx), seen);
    // A later handshake of the connection would find the transfer gone; nobody needs one.
    (void)openssl()->SSL_CTX_set_options(ssl_ctx, SSL_OP_NO_RENEGOTIATION);
    return CURLE_OK;
}

// What each fault is called, and what to do. The first row is for those that are not listed.
static const struct fault {
    int error;
    const char *what, *mend;
} faults[] = {
    {X509_V_OK, NULL, ""},
    {X509_V_ERR_CERT_HAS_EXPIRED, "it has expired", "; its owner must renew it"},
    {X509_V_ERR_CERT_NOT_YET_VALID, "it is not valid yet", "; check this machine's clock"},
    {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "it is signed by itself and not trusted here",
     "; if it is your own, pass --ca-file with it"},
    {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, "its root is not trusted here",
     "; if it is your organisation's, pass --ca-file with that root"},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "nobody who is trusted here signed it",
     "; if it is your organisation's, pass --ca-file with its root"},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, "nobody who is trusted here signed it",
     "; if it is your organisation's, pass --ca-file with its root"},
    {X509_V_ERR_CERT_REVOKED, "it was revoked", ""},
    {X509_V_ERR_CA_MD_TOO_WEAK, "it is signed with a weak algorithm", ""},
    {X509_V_ERR_EE_KEY_TOO_SMALL, "its key is too short", ""},
};

static const struct fault *fault_find(int error)
{
    for (size_t i = 1; i < ARRAY_LEN(faults); i++) {
        if (faults[i].error == error)
            return &faults[i];
    }
    return &faults[0];
}

void certificate_explain(const struct certificate *c, const char *host, struct str *out)
{
    const struct fault *fault = fault_find(c->error);
    char from[CLOCK_ISO_MAX], until[CLOCK_ISO_MAX], *names;

    if (!c->tls.until_ms)
        return;
    names = text_cleaned(c->names);
    if (c->error == X509_V_OK)
        str_addf(out, "it is for %s and not for %s", *names ? names : "no host at all", host);
    else
        str_add(out,
                fault->what ? fault->what : openssl()->X509_verify_cert_error_string(c->error));
    str_addf(out, "; valid from %s until %s%s", clock_iso(c->tls.from_ms, from),
             clock_iso(c->tls.until_ms, until), fault->mend);
    free(names);
}
