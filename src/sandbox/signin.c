// POST /authenticate. FACTS 1. The thread of the connection. Floor: sandbox.
#include "sandbox/handlers.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "base/json.h"
#include "base/mem.h"
#include "sandbox/clients.h"
#include "sandbox/limits.h"
#include "sandbox/options.h"
#include "sandbox/sandbox.h"
#include "sandbox/window.h"

#define NO_USER "Missing required parameters: 'username' or 'email' must be entered"

// What came in the body: NULL where it did not. Owned.
struct credentials {
    char *user, *password;
};

static void credentials_free(struct credentials *c)
{
    free(c->user);
    free(c->password);
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;

    return at ? (int)(at - digits) : -1;
}

// x-www-form-urlencoded text, up to the next & or the end.
static char *form_value(const char *text)
{
    struct str value = {0};

    for (; *text && *text != '&'; text++) {
        int high = *text == '%' ? hex_digit(text[1]) : -1;
        int low = high >= 0 ? hex_digit(text[2]) : -1;

        if (low >= 0)
            str_add_char(&value, (char)(high << 4 | low));
        else
            str_add_char(&value, *text == '+' ? ' ' : *text);
        text += low >= 0 ? 2 : 0;
    }
    return str_take(&value);
}

static char *form_field(const char *body, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = body; at; at = strchr(at, '&')) {
        at += *at == '&';
        if (strncmp(at, name, len) == 0 && at[len] == '=')
            return form_value(at + len + 1);
    }
    return NULL;
}

static char *json_field(const json_t *body, const char *name)
{
    const char *text = json_string_value(json_object_get(body, name));

    return text ? mem_strdup(text) : NULL;
}

static bool read_form(const struct request *r, struct reply *reply, struct credentials *out)
{
    const char *body = str_text(&r->body);

    (void)reply;
    out->user = form_field(body, "username");
    if (!out->user)
        out->user = form_field(body, "email");
    out->password = form_field(body, "password");
    return true;
}

static bool read_json(const struct request *r, struct reply *reply, struct credentials *out)
{
    json_t *body = r->body.len ? request_json(r, reply) : json_object();

    if (!body)
        return false;
    out->user = json_field(body, "username");
    if (!out->user)
        out->user = json_field(body, "email");
    out->password = json_field(body, "password");
    json_decref(body);
    return true;
}

// Length and bytes are compared in a time that does not depend on where they differ.
static bool same(const char *given, const char *right)
{
    size_t len = strlen(right);

    return given && strlen(given) == len && CRYPTO_memcmp(given, right, len) == 0;
}

// Signed, and with no credentials in a body: FACTS 1.
static bool signed_request(const struct request *r)
{
    return request_header(r, "Authorization") && (!r->body.len || str_eq(r->body.data, "{}"));
}

static const char *check_key(const struct sandbox *s, const struct request *r, struct reply *reply)
{
    static const struct {
        int status;
        const char *text;
    } answers[] = {
        [CLIENT_UNREADABLE] = {401, "Error getting jwt info"},
        [CLIENT_INCOMPLETE] = {400, NO_USER},
        [CLIENT_UNKNOWN_USER] = {401, "Authentication failed"},
    };
    const char *header = request_header(r, "Authorization");
    const char *jwt = str_starts(header, "Bearer ") ? header + strlen("Bearer ") : "";
    enum client_verdict verdict =
        clients_check(s->clients, jwt, s->options->user, sandbox_now_ms(s) / 1000);

    if (verdict == CLIENT_GOOD)
        return s->options->user;
    reply_error(reply, answers[verdict].status, answers[verdict].text);
    return NULL;
}

// One way to prove who is calling. The name of the user, static or of the options; NULL with the
// reply filled where the proof fails.
struct proof {
    bool (*applies)(const struct request *r);
    const char *(*check)(const struct sandbox *s, const struct request *r, struct reply *reply);
};

static bool any_request(const struct request *r)
{
    (void)r;
    return true;
}

static const char *check_password(const struct sandbox *s, const struct request *r,
                                  struct reply *reply)
{
    const char *type = request_header(r, "Content-Type"), *user = NULL;
    bool form = type && str_find_case(type, "application/x-www-form-urlencoded") == type;
    struct credentials c = {0};

    if (!(form ? read_form : read_json)(r, reply, &c))
        return NULL;
    if (!c.user)
        reply_error(reply, 400, NO_USER);
    else if (same(c.user, s->options->user) && same(c.password, s->options->password))
        user = s->options->user;
    else
        reply_error(reply, 401, "Authentication failed");
    credentials_free(&c);
    return user;
}

// The first that applies decides.
static const struct proof proofs[] = {
    {signed_request, check_key},
    {any_request, check_password},
};

void signin_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    struct limits_verdict limit = limits_take(s->limits, LIMITS_SIGN_IN, window_now_us());
    const struct proof *proof = proofs;
    const char *user;
    char *token;

    if (!limits_unlimited(s->limits))
        reply_header(reply, "X-RateLimit-Limit", "%u", limit.limit); // as calls do: an assumption
    if (!limit.allowed) {
        reply_error(reply, 429,
                    "You have exceeded your API query rate limit. Please decrease the "
                    "frequency of your API requests");
        return;
    }
    while (!proof->applies(r))
        proof++;
    user = proof->check(s, r, reply);
    if (user && s->options->no_roles) {
        reply_error(reply, 400, "No roles found for login");
        user = NULL;
    }
    if (!user)
        return;
    token = token_new(&s->key, user, sandbox_now_ms(s) / 1000, s->options->token_life_s);
    str_add(&reply->body, "{\"jwt\":");
    json_quote(token, &reply->body);
    str_add(&reply->body, "}");
    free(token);
}
