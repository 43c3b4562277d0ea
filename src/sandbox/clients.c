// Clients that sign in with a key (PKI). Immutable after opening: any thread. Floor: sandbox.
#include "sandbox/clients.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "sandbox/base64url.h"
#include "sandbox/options.h"

enum { PEM_MAX = 64 * 1024, JWT_MAX = 8192 };

struct client {
    char *id;
    EVP_PKEY *key;
};

struct clients {
    struct client all[OPTIONS_CLIENTS_MAX];
    size_t n;
};

// A JWT taken apart; the texts point into it.
struct parts {
    const char *header, *claims, *signature;
    size_t header_len, claims_len, signature_len;
};

static bool read_key(struct client *c, const char *path, struct err *e)
{
    struct str text = {0};
    BIO *bio;

    if (!file_read(path, PEM_MAX, &text, e)) {
        str_free(&text);
        return false;
    }
    bio = BIO_new_mem_buf(str_text(&text), (int)text.len);
    c->key = bio ? PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL) : NULL;
    (void)BIO_free(bio);
    str_free(&text);
    ERR_clear_error();
    if (c->key && EVP_PKEY_is_a(c->key, "RSA"))
        return true;
    return err_set(e, ERR_INVALID, "--client: %s holds no public RSA key (PEM)", path);
}

struct clients *clients_open(const struct options *options, struct err *e)
{
    struct clients *c = mem_zalloc(sizeof(*c));

    for (size_t i = 0; i < options->n_clients; i++) {
        const char *given = options->clients[i], *equals = strchr(given, '=');
        struct client *client = &c->all[c->n++];

        client->id = mem_strndup(given, (size_t)(equals - given));
        if (read_key(client, equals + 1, e))
            continue;
        clients_close(c);
        return NULL;
    }
    return c;
}

void clients_close(struct clients *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++) {
        free(c->all[i].id);
        EVP_PKEY_free(c->all[i].key);
    }
    free(c);
}

static bool split(const char *jwt, struct parts *out)
{
    const char *first = strchr(jwt, '.'), *second = first ? strchr(first + 1, '.') : NULL;

    if (!second || strchr(second + 1, '.') || strlen(jwt) > JWT_MAX)
        return false;
    *out = (struct parts){jwt,
                          first + 1,
                          second + 1,
                          (size_t)(first - jwt),
                          (size_t)(second - first - 1),
                          strlen(second + 1)};
    return true;
}

static json_t *read_object(const char *text, size_t len)
{
    size_t n;
    unsigned char *bytes = base64url_read(text, len, &n);
    json_t *json = bytes ? json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, NULL) : NULL;

    free(bytes);
    if (json_is_object(json))
        return json;
    json_decref(json);
    return NULL;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    return text ? text : "";
}

static const struct client *find(const struct clients *c, const char *id)
{
    for (size_t i = 0; i < c->n; i++) {
        if (str_eq(c->all[i].id, id))
            return &c->all[i];
    }
    return NULL;
}

static bool is_signed(const struct client *c, const struct parts *p)
{
    size_t n, text_len = p->header_len + 1 + p->claims_len;
    unsigned char *signature = base64url_read(p->signature, p->signature_len, &n);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good =
        signature && context &&
        EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, c->key) == 1 &&
        EVP_DigestVerify(context, signature, n, (const unsigned char *)p->header, text_len) == 1;

    EVP_MD_CTX_free(context);
    free(signature);
    ERR_clear_error();
    return good;
}

static bool is_rs256(const struct parts *p)
{
    json_t *header = read_object(p->header, p->header_len);
    bool good = str_eq(text_of(header, "alg"), "RS256");

    json_decref(header);
    return good;
}

static bool is_of_now(const json_t *claims, int64_t now_s)
{
    int64_t issued = json_integer_value(json_object_get(claims, "iat"));
    int64_t ends = json_integer_value(json_object_get(claims, "exp"));

    return issued <= now_s && ends > now_s && ends - issued <= CLIENT_LIFE_MAX_S;
}

// The names that the official clients give themselves.
static bool is_issuer(const char *name)
{
    return str_eq(name, "api-client@zoominfo.com") ||
           str_eq(name, "zoominfo-api-auth-client-nodejs");
}

static bool is_complete(const json_t *claims)
{
    return str_eq(text_of(claims, "aud"), "enterprise_api") && is_issuer(text_of(claims, "iss")) &&
           *text_of(claims, "username") && json_is_integer(json_object_get(claims, "iat")) &&
           json_is_integer(json_object_get(claims, "exp"));
}

static enum client_verdict judge(const struct clients *c, const struct parts *p,
                                 const json_t *claims, const char *user, int64_t now_s)
{
    const struct client *client = find(c, text_of(claims, "client_id"));

    if (!*text_of(claims, "client_id"))
        return CLIENT_INCOMPLETE;
    if (!client || !is_rs256(p) || !is_signed(client, p))
        return CLIENT_UNREADABLE;
    if (!is_complete(claims))
        return CLIENT_INCOMPLETE;
    if (!is_of_now(claims, now_s))
        return CLIENT_UNREADABLE;
    return str_eq(text_of(claims, "username"), user) ? CLIENT_GOOD : CLIENT_UNKNOWN_USER;
}

enum client_verdict clients_check(const struct clients *c, const char *jwt, const char *user,
                                  int64_t now_s)
{
    enum client_verdict verdict = CLIENT_UNREADABLE;
    struct parts p;
    json_t *claims;

    if (!split(jwt, &p))
        return CLIENT_UNREADABLE;
    claims = read_object(p.claims, p.claims_len);
    if (claims)
        verdict = judge(c, &p, claims, user, now_s);
    json_decref(claims);
    return verdict;
}
