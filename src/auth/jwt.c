// The signed text by which a client with a key asks for a token. Any thread. Floor: auth.
#include "auth/jwt.h"

#include <inttypes.h>
#include <string.h>

#include "auth/key.h"
#include "base/json.h"

enum { ROOM = 2048 }; // for all but the names and the signature

static const char header[] = "{\"typ\":\"JWT\",\"alg\":\"RS256\"}";

// RFC 4648, section 5, without padding.
static void add_base64url(const char *bytes, size_t len, struct str *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned bits = 0;
    int n = 0;

    for (size_t i = 0; i < len; i++) {
        bits = (bits << 8 | (unsigned char)bytes[i]) & 0xffff;
        for (n += 8; n >= 6; n -= 6)
            str_add_char(out, digits[bits >> (n - 6) & 0x3f]);
    }
    if (n)
        str_add_char(out, digits[bits << (6 - n) & 0x3f]);
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
