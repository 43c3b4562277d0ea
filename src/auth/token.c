// What a sign-in's answer holds: the token and how long it is good. Floor: auth.
#include "auth/token.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"

enum { PAYLOAD_MAX = 8192 };

static const int64_t HOUR_MS = 3600 * 1000, DAY_MS = 24 * 3600 * 1000;

static int sextet(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

// Decodes base64url without padding; false for any other character.
static bool decode(const char *text, size_t len, struct str *out)
{
    unsigned bits = 0;
    int n = 0;

    for (size_t i = 0; i < len; i++) {
        int value = sextet(text[i]);

        if (value < 0)
            return false;
        bits = (bits << 6 | (unsigned)value) & 0xffffff;
        n += 6;
        if (n >= 8) {
            n -= 8;
            str_add_char(out, (char)(bits >> n & 0xff));
        }
    }
    return true;
}

// The `exp` claim (seconds since 1970); 0 where the token has none that can be read.
static int64_t expiry_of(const char *jwt)
{
    const char *payload = strchr(jwt, '.');
    size_t len = payload ? strcspn(payload + 1, ".") : 0;
    struct str text = {0};
    int64_t exp = 0;

    if (len && len < PAYLOAD_MAX && decode(payload + 1, len, &text)) {
        json_t *claims = json_loadb(str_text(&text), text.len, 0, NULL);

        exp = json_integer_value(json_object_get(claims, "exp"));
        json_decref(claims);
    }
    str_free(&text);
    return exp;
}

static int64_t server_time(const struct net_request *r, int64_t local_ms)
{
    int64_t date;

    return net_header_date(r, "Date", &date) ? date : local_ms;
}

static bool said(const struct net_request *r, const char *text)
{
    return str_find_case(str_text(&r->answer), text) != NULL;
}

static bool is_page(const struct net_request *r)
{
    const char *p = str_text(&r->answer);

    while (isspace((unsigned char)*p))
        p++;
    return *p == '<';
}

// How the request asked: a key's signature stands in a header, a password in the body.
enum way { ANY_WAY, BY_KEY, BY_PASSWORD };

// What a refusal means (FACTS 1). The first row that fits is the one.
static const struct refusal {
    int status;
    enum way way;
    const char *says; // in the answer, or NULL; "<" stands for a web page
    enum err_kind kind;
    const char *sentence;
} refusals[] = {
    {400, ANY_WAY, "No roles found", ERR_FORBIDDEN,
     "this account has no API role (HTTP 400); an administrator can add it"},
    {400, BY_KEY, "must be entered", ERR_UNAUTHORISED,
     "the server did not take the signed request (HTTP 400): the user name or the client id is not "
     "the one that belongs to this key; check all three in the Admin Portal"},
    {400, BY_PASSWORD, "must be entered", ERR_UNAUTHORISED,
     "the server found no user name in the sign-in (HTTP 400); check it and sign in again"},
    {400, ANY_WAY, NULL, ERR_UNAUTHORISED, "the server refused the sign-in (HTTP 400)"},
    {401, BY_KEY, "jwt", ERR_UNAUTHORISED,
     "the server could not read the signed request (HTTP 401): this private key does not belong to "
     "this client id; check both in the Admin Portal"},
    {401, BY_KEY, NULL, ERR_UNAUTHORISED,
     "the user name, the client id or the key is wrong (HTTP 401); check all three in the Admin "
     "Portal"},
    {401, BY_PASSWORD, NULL, ERR_UNAUTHORISED,
     "the user name or the password is wrong (HTTP 401); check both and sign in again"},
    {403, ANY_WAY, "<", ERR_FORBIDDEN,
     "the network edge in front of the API refused the sign-in (HTTP 403); a proxy or the address "
     "you call from may be blocked"},
    {403, ANY_WAY, NULL, ERR_FORBIDDEN, "this account may not use the API (HTTP 403)"},
    {429, ANY_WAY, NULL, ERR_RATE_LIMITED,
     "too many sign-ins (HTTP 429); wait a little and try again"},
};

static bool fits(const struct refusal *row, const struct net_request *r)
{
    enum way way = r->body.len ? BY_PASSWORD : BY_KEY;

    if (row->status != r->status || (row->way != ANY_WAY && row->way != way))
        return false;
    if (row->says && *row->says == '<')
        return is_page(r);
    return !row->says || said(r, row->says);
}

static bool explain(const struct net_request *r, struct err *e)
{
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        if (fits(&refusals[i], r))
            return err_set(e, refusals[i].kind, "%s", refusals[i].sentence);
    }
    if (r->status >= 500 || r->status == 408)
        return err_set(e, ERR_OFFLINE,
                       "the server failed at the sign-in (HTTP %d); try again later", r->status);
    if (r->status >= 300 && r->status < 400)
        return err_set(e, ERR_INVALID,
                       "the server sends the sign-in elsewhere (HTTP %d), and it was not sent "
                       "there; check the base URL",
                       r->status);
    return err_set(e, ERR_INVALID,
                   "the server knows no sign-in there (HTTP %d); check the base URL", r->status);
}

// Where the token stands in the answer, or NULL. It is looked for by hand so that it can be taken
// out before any parser makes copies of it; a token needs no escapes.
static char *find_token(struct net_request *r)
{
    static const char *const names[] = {"\"jwt\"", "\"accessToken\""};
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                   "0123456789-_.~+/=";

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *at = r->answer.len ? strstr(r->answer.data, names[i]) : NULL;
        size_t len;

        if (!at)
            continue;
        at += strlen(names[i]);
        at += strspn(at, " \t\r\n");
        at += *at == ':';
        at += strspn(at, " \t\r\n");
        len = *at == '"' ? strspn(at + 1, alphabet) : 0;
        if (len && at[len + 1] == '"')
            return at + 1;
    }
    return NULL;
}

static struct token take(const char *jwt, size_t len, int64_t now_ms)
{
    struct token t = {.text = secret_new(jwt, len)};
    int64_t exp = expiry_of(secret_text(t.text));

    t.life_ms = exp > 0 && exp < INT64_MAX / 1000 ? exp * 1000 - now_ms : 0;
    if (t.life_ms <= 0 || t.life_ms > DAY_MS)
        t.life_ms = HOUR_MS;
    return t;
}

// Takes the token out of the answer, whose remains must then be an object that had it.
static bool extract(struct net_request *r, int64_t now_ms, struct token *out)
{
    char *at = find_token(r);
    size_t len = at ? strcspn(at, "\"") : 0;
    json_t *body;
    bool ok;

    if (!at)
        return false;
    *out = take(at, len, now_ms);
    memset(at, 'x', len);
    body = json_loadb(r->answer.data, r->answer.len, JSON_REJECT_DUPLICATES, NULL);
    ok = json_string_length(json_object_get(body, "jwt")) == len ||
         json_string_length(json_object_get(body, "accessToken")) == len;
    json_decref(body);
    if (!ok)
        secret_free(out->text);
    return ok;
}

bool token_read(struct net_request *r, int64_t local_ms, struct token *out, struct err *e)
{
    if (r->err.kind != ERR_NONE) {
        *e = r->err;
        return false;
    }
    if (r->status < 200 || r->status > 299) {
        (void)explain(r, e);
        e->http = r->status;
        return false;
    }
    return extract(r, server_time(r, local_ms), out) ||
           err_set(e, ERR_UNAUTHORISED,
                   "the server answered the sign-in without a token; check the base URL");
}
