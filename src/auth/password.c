// Signing in with user name and password (FACTS 1). On the refresher thread. Floor: auth.
#include <stdlib.h>
#include <string.h>

#include "auth/auth.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"

struct password {
    char *user;
    struct secret *secret;
};

static bool prepare(void *self, struct net_request *r, struct err *e)
{
    const struct password *p = self;

    (void)e;
    // Room for all of it at once, every byte escaped, so that no grown buffer leaves a copy behind.
    str_reserve(&r->body, 64 + 6 * (strlen(p->user) + secret_len(p->secret)));
    str_add(&r->body, "{\"username\":");
    json_quote(p->user, &r->body);
    str_add(&r->body, ",\"password\":");
    json_quote(secret_text(p->secret), &r->body);
    str_add(&r->body, "}");
    r->content_type = "application/json";
    return true;
}

static void free_password(void *self)
{
    struct password *p = self;

    secret_free(p->secret);
    free(p->user);
    free(p);
}

struct auth_method auth_password(const char *user, struct secret *password)
{
    struct password *p = mem_alloc(sizeof(*p));

    *p = (struct password){mem_strdup(user), password};
    return (struct auth_method){.self = p, .prepare = prepare, .free = free_password};
}
