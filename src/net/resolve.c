// Whether a server's name can be found. Any thread. Floor: net.
#include "net/resolve.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "net/libcurl.h"
#include "net/target.h"

// A lookup of the system's own, which may outlive whoever asked.
struct lookup {
    struct gaicb job;
    struct addrinfo hints;
    char *host;
};

static void add_address(const struct addrinfo *at, struct str *out)
{
    char text[INET6_ADDRSTRLEN] = "";
    const void *address =
        at->ai_family == AF_INET6
            ? (const void *)&((struct sockaddr_in6 *)(void *)at->ai_addr)->sin6_addr
            : (const void *)&((struct sockaddr_in *)(void *)at->ai_addr)->sin_addr;

    if (inet_ntop(at->ai_family, address, text, sizeof(text)))
        str_addf(out, "%s%s", out->len ? ", " : "", text);
}

static bool take(const struct lookup *l, int code, struct str *out, struct err *e)
{
    if (code != 0)
        return err_set(e, ERR_OFFLINE, "the name %s cannot be found (%s)", l->host,
                       gai_strerror(code));
    for (const struct addrinfo *at = l->job.ar_result; at; at = at->ai_next)
        add_address(at, out);
    freeaddrinfo(l->job.ar_result);
    return true;
}

static bool look_up(const char *host, int timeout_ms, struct str *out, struct err *e)
{
    struct lookup *l = mem_zalloc(sizeof(*l));
    struct gaicb *list[] = {&l->job};
    struct timespec patience = {timeout_ms / 1000, (long)(timeout_ms % 1000) * 1000000};
    bool ok;
    int code;

    l->host = mem_strdup(host);
    l->hints = (struct addrinfo){.ai_socktype = SOCK_STREAM};
    l->job.ar_name = l->host;
    l->job.ar_request = &l->hints;
    code = getaddrinfo_a(GAI_NOWAIT, list, 1, NULL);
    if (code == 0) {
        (void)gai_suspend((const struct gaicb *const *)list, 1, &patience);
        code = gai_error(&l->job);
    }
    if (code == EAI_INPROGRESS && gai_cancel(&l->job) == EAI_NOTCANCELED)
        // It is the resolver's until it ends, which nobody can hurry.
        return err_set(e, ERR_OFFLINE, "no name server answered for %s within %d seconds", host,
                       timeout_ms / 1000);
    ok = take(l, code, out, e);
    free(l->host);
    free(l);
    return ok;
}

bool net_resolve(const char *url, int timeout_ms, struct str *addresses, struct err *e)
{
    struct target t;
    char *host = NULL;
    bool ok;

    if (!libcurl_load(e) || !target_read(&t, url, e))
        return false;
    ok = libcurl()->url_get(t.url, CURLUPART_HOST, &host, 0) == CURLUE_OK;
    if (ok && *host == '[') { // an address of IPv6 is its own name
        str_add_len(addresses, host + 1, strlen(host) - 2);
    } else if (ok) {
        ok = look_up(host, timeout_ms, addresses, e);
    } else {
        (void)err_set(e, ERR_INVALID, "the address has no host");
    }
    libcurl()->free(host);
    target_free(&t);
    return ok;
}

const char *net_proxy_variable(const char *url)
{
    static const char *const for_https[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    static const char *const for_http[] = {"http_proxy", "all_proxy", "ALL_PROXY", NULL};
    const char *const *names = str_starts(url, "https:") ? for_https : for_http;

    for (size_t i = 0; i < ARRAY_LEN(for_https) && names[i]; i++) {
        const char *value = getenv(names[i]);

        if (value && *value)
            return names[i];
    }
    return NULL;
}
