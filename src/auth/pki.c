// Signing in with a client id and a private key (FACTS 1). On the refresher thread. Floor: auth.
#include <stdlib.h>

#include "auth/auth.h"
#include "auth/jwt.h"
#include "auth/key.h"
#include "base/mem.h"

struct pki {
    char *user, *client_id;
    struct private_key *key;
    int64_t now_ms;
};

static void set_time(void *self, int64_t utc_ms)
{
    ((struct pki *)self)->now_ms = utc_ms;
}

static bool prepare(void *self, struct net_request *r, struct err *e)
{
    const struct pki *p = self;
    struct jwt jwt = {p->user, p->client_id, p->now_ms / 1000};

    str_add(&r->authorization, "Bearer ");
    return jwt_sign(&jwt, p->key, &r->authorization, e);
}

static void free_pki(void *self)
{
    struct pki *p = self;

    private_key_free(p->key);
    free(p->user);
    free(p->client_id);
    free(p);
}

struct auth_method auth_pki(const char *user, const char *client_id, struct private_key *key)
{
    struct pki *p = mem_alloc(sizeof(*p));

    *p = (struct pki){mem_strdup(user), mem_strdup(client_id), key, 0};
    return (struct auth_method){
        .self = p, .prepare = prepare, .free = free_pki, .set_time = set_time};
}
