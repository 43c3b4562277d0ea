// Access tokens: JSON Web Tokens under HMAC-SHA-256, RFC 7519. Only the header we write ourselves
// is taken, so that no token can choose its algorithm. Any thread. Floor: sandbox.
#include "sandbox/token.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <jansson.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/mem.h"
#include "base/str.h"

enum { MAC_LEN = 32, MAC_TEXT_LEN = 43 };

static const char header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

struct token_key token_key_new(void)
{
    struct token_key key;

    if (getrandom(key.bytes, sizeof(key.bytes), 0) != (ssize_t)sizeof(key.bytes))
        abort();
    return key;
}

// RFC 4648, section 5, without padding.
static void add_base64url(struct str *out, const void *bytes, size_t len)
{
    unsigned char *text = mem_alloc((len + 2) / 3 * 4 + 1);
    int n = EVP_EncodeBlock(text, bytes, (int)len);

    for (int i = 0; i < n && text[i] != '='; i++)
        str_add_char(out, text[i] == '+' ? '-' : text[i] == '/' ? '_' : (char)text[i]);
    free(text);
}

// The bytes and their length, or NULL where text is no base64url. The caller frees them.
static unsigned char *read_base64url(const char *text, size_t len, size_t *out_len)
{
    struct str padded = {0};
    unsigned char *bytes;
    int n;

    for (size_t i = 0; i < len; i++)
        str_add_char(&padded, text[i] == '-' ? '+' : text[i] == '_' ? '/' : text[i]);
    while (padded.len % 4)
        str_add_char(&padded, '=');
    bytes = mem_alloc(padded.len + 1);
    n = EVP_DecodeBlock(bytes, (const unsigned char *)str_text(&padded), (int)padded.len);
    *out_len = n < 0 ? 0 : (size_t)n - (padded.len - len);
    str_free(&padded);
    if (n >= 0)
        return bytes;
    free(bytes);
    return NULL;
}

static void sign(const struct token_key *key, const char *text, size_t len, struct str *out)
{
    unsigned char mac[MAC_LEN];

    if (!HMAC(EVP_sha256(), key->bytes, TOKEN_KEY_LEN, (const unsigned char *)text, len, mac, NULL))
        abort();
    add_base64url(out, mac, sizeof(mac));
}

char *token_new(const struct token_key *key, const char *user, int64_t now_s, int64_t life_s)
{
    json_t *claims = json_pack("{s:s,s:s,s:I,s:I}", "iss", "sandbox.example", "username", user,
                               "iat", (json_int_t)now_s, "exp", (json_int_t)(now_s + life_s));
    char *text = json_dumps(claims, JSON_COMPACT);
    struct str token = {0}, mac = {0};

    add_base64url(&token, header, sizeof(header) - 1);
    str_add_char(&token, '.');
    add_base64url(&token, text, strlen(text));
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
    unsigned char *bytes = read_base64url(claims_text, len, &n);
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
    add_base64url(&start, header, sizeof(header) - 1);
    str_add_char(&start, '.');
    ours = str_starts(token, start.data) && last_dot >= token + start.len &&
           is_signed(key, token, last_dot) &&
           is_live(token + start.len, (size_t)(last_dot - token) - start.len, now_s);
    str_free(&start);
    return ours;
}
