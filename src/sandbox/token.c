// Access tokens: JSON Web Tokens under HMAC-SHA-256, RFC 7519. Only the header we write ourselves
// is taken, so that no token can choose its algorithm. Any thread. Floor: sandbox.
#include "sandbox/token.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <jansson.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "base/str.h"
#include "sandbox/base64url.h"

enum { MAC_LEN = 32, MAC_TEXT_LEN = 43 };

static const char header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

struct token_key token_key_new(void)
{
    struct token_key key;

    if (getrandom(key.bytes, sizeof(key.bytes), 0) != (ssize_t)sizeof(key.bytes))
        abort();
    return key;
}

static void sign(const struct token_key *key, const char *text, size_t len, struct str *out)
{
    unsigned char mac[MAC_LEN];

    if (!HMAC(EVP_sha256(), key->bytes, TOKEN_KEY_LEN, (const unsigned char *)text, len, mac, NULL))
        abort();
    base64url_add(out, mac, sizeof(mac));
}

char *token_new(const struct token_key *key, const char *user, int64_t now_s, int64_t life_s)
{
    json_t *claims = json_pack("{s:s,s:s,s:I,s:I}", "iss", "sandbox.example", "username", user,
                               "iat", (json_int_t)now_s, "exp", (json_int_t)(now_s + life_s));
    char *text = json_dumps(claims, JSON_COMPACT);
    struct str token = {0}, mac = {0};

    base64url_add(&token, header, sizeof(header) - 1);
    str_add_char(&token, '.');
    base64url_add(&token, text, strlen(text));
    sign(key, token.data, token.len, &mac);
    str_add_char(&token, '.');
    str_add(&token, mac.data);
    str_free(&mac);
    free(text);
    json_decref(claims);
    return str_take(&token);
}

static bool is_signed(const struct token_key *key, const char *token, const char *last_dot)
{
    struct str mac = {0};
    bool same;

    sign(key, token, (size_t)(last_dot - token), &mac);
    same = strlen(last_dot + 1) == MAC_TEXT_LEN &&
           CRYPTO_memcmp(mac.data, last_dot + 1, MAC_TEXT_LEN) == 0;
    str_free(&mac);
    return same;
}

static bool is_live(const char *claims_text, size_t len, int64_t now_s)
{
    size_t n;
    unsigned char *bytes = base64url_read(claims_text, len, &n);
    json_t *claims = bytes ? json_loadb((const char *)bytes, n, 0, NULL) : NULL;
    bool live = json_integer_value(json_object_get(claims, "exp")) > now_s;

    json_decref(claims);
    free(bytes);
    return live;
}

bool token_good(const struct token_key *key, const char *token, int64_t now_s)
{
    const char *last_dot = strrchr(token, '.');
    struct str start = {0};
    bool ours;

    if (!last_dot || strlen(token) > TOKEN_MAX)
        return false;
    base64url_add(&start, header, sizeof(header) - 1);
    str_add_char(&start, '.');
    ours = str_starts(token, start.data) && last_dot >= token + start.len &&
           is_signed(key, token, last_dot) &&
           is_live(token + start.len, (size_t)(last_dot - token) - start.len, now_s);
    str_free(&start);
    return ours;
}
