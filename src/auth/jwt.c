// The signed text by which a client with a key asks for a token. Any thread. Floor: auth.
#include "auth/jwt.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "auth/key.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/secret.h"

enum { ROOM = 2048 }; // for all but the names and the signature

static const char header[] = "{\"typ\":\"JWT\",\"alg\":\"RS256\"}";

// RFC 4648, section 5, without padding.
static void add_base64url(const char *bytes, size_t len, struct str *out)
{
    size_t room = (len + 2) / 3 * 4 + 1, n;
    unsigned char *text = mem_alloc(room);

    n = (size_t)EVP_EncodeBlock(text, (const unsigned char *)bytes, (int)len);
    while (n && text[n - 1] == '=')
        n--;
    for (size_t i = 0; i < n; i++)
        str_add_char(out, text[i] == '+' ? '-' : text[i] == '/' ? '_' : (char)text[i]);
    secret_wipe(text, room);
    free(text);
}

// Exactly the claims of the vendor's own clients.
static void add_claims(const struct jwt *jwt, struct str *out)
{
    int64_t issued = jwt->now_s - JWT_EARLY_S;

    str_add(out, "{\"aud\":\"enterprise_api\",\"iss\":\"api-client@zoominfo.com\",\"username\":");
    json_quote(jwt->user, out);
    str_add(out, ",\"client_id\":");
    json_quote(jwt->client_id, out);
    str_addf(out, ",\"iat\":%" PRId64 ",\"exp\":%" PRId64 "}", issued, issued + JWT_LIFE_S);
}

bool jwt_sign(const struct jwt *jwt, const struct private_key *key, struct str *out, struct err *e)
{
    struct str claims = {0}, signature = {0};
    size_t start = out->len, names = strlen(jwt->user) + strlen(jwt->client_id);
    bool ok;

    // Room for all of it at once, so that no grown buffer leaves a copy behind.
    str_reserve(out, ROOM + 8 * names + (size_t)private_key_bits(key) / 4);
    add_base64url(header, strlen(header), out);
    str_add_char(out, '.');
    add_claims(jwt, &claims);
    add_base64url(str_text(&claims), claims.len, out);
    ok = private_key_sign(key, out->data + start, out->len - start, &signature, e);
    if (ok) {
        str_add_char(out, '.');
        add_base64url(str_text(&signature), signature.len, out);
    }
    str_free(&claims);
    str_free(&signature);
    return ok;
}
