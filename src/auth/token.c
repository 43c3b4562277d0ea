// What a sign-in's answer holds: the token and how long it is good. Floor: auth.
#include "auth/token.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/text.h"

enum { QUOTED_MAX = 200, PAYLOAD_MAX = 8192 };

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
    const char *date = net_header_value(r, "Date");
    struct tm tm = {0};

    if (date && strptime(date, "%a, %d %b %Y %H:%M:%S GMT", &tm))
        return (int64_t)timegm(&tm) * 1000;
    return local_ms;
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

static bool refused_as_wrong(const struct net_request *r, struct err *e)
{
    if (said(r, "No roles found"))
        return err_set(e, ERR_FORBIDDEN,
                       "this account has no API role (HTTP 400); an administrator can add it");
    if (said(r, "must be entered"))
        return err_set(e, ERR_UNAUTHORISED,
                       "the server found no usable credentials in the sign-in (HTTP 400)");
    return err_set(e, ERR_UNAUTHORISED, "the server refused the sign-in (HTTP 400)");
}

static bool explain(const struct net_request *r, struct err *e)
{
    if (r->status == 400)
        return refused_as_wrong(r, e);
    if (r->status == 401)
        return err_set(e, ERR_UNAUTHORISED,
                       "the user name or the password is wrong (HTTP 401); check both and sign in "
                       "again");
    if (r->status == 403 && is_page(r))
        return err_set(e, ERR_FORBIDDEN,
                       "the network edge in front of the API refused the sign-in (HTTP 403); a "
                       "proxy or the address you call from may be blocked");
    if (r->status == 403)
        return err_set(e, ERR_FORBIDDEN, "this account may not use the API (HTTP 403)");
    if (r->status == 429)
        return err_set(e, ERR_RATE_LIMITED,
                       "too many sign-ins (HTTP 429); wait a little and try again");
    if (r->status >= 500 || r->status == 408)
        return err_set(e, ERR_OFFLINE,
                       "the server failed at the sign-in (HTTP %d); try again later", r->status);
    return err_set(e, ERR_INVALID,
                   "the server knows no sign-in there (HTTP %d); check the base URL", r->status);
}

static bool take(const char *jwt, int64_t now_ms, struct token *out)
{
    int64_t exp = expiry_of(jwt);

    out->text = secret_new(jwt, strlen(jwt));
    out->life_ms = exp * 1000 - now_ms;
    if (exp <= 0 || out->life_ms <= 0 || out->life_ms > DAY_MS)
        out->life_ms = HOUR_MS;
    return true;
}

bool token_read(const struct net_request *r, int64_t local_ms, struct token *out, struct err *e)
{
    json_t *body;
    const char *jwt;
    bool ok;

    if (r->err.kind != ERR_NONE) {
        *e = r->err;
        return false;
    }
    if (r->status < 200 || r->status > 299) {
        (void)explain(r, e);
        e->http = r->status;
        return false;
    }
    body = json_loadb(str_text(&r->answer), r->answer.len, JSON_REJECT_DUPLICATES, NULL);
    jwt = json_string_value(json_object_get(body, "jwt"));
    if (!jwt)
        jwt = json_string_value(json_object_get(body, "accessToken"));
    ok = jwt && *jwt ? take(jwt, server_time(r, local_ms), out)
                     : err_set(e, ERR_UNAUTHORISED,
                               "the server answered the sign-in without a token; check the base "
                               "URL");
    if (jwt)
        secret_wipe((char *)(uintptr_t)jwt, strlen(jwt));
    json_decref(body);
    return ok;
}
