// Where a request goes. Any thread. Floor: net.
#include "net/target.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/text.h"
#include "net/libcurl.h"

// A part of the URL as it will be used, or NULL; free with libcurl()->free().
static char *part(const struct target *t, CURLUPart what)
{
    char *value = NULL;

    return libcurl()->url_get(t->url, what, &value, 0) == CURLUE_OK ? value : NULL;
}

// libcurl itself takes "localhost" to be this machine, whatever the name server says.
static bool is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    char inner[INET6_ADDRSTRLEN] = "";
    size_t len = strlen(host);

    if (str_eq_case(host, "localhost"))
        return true;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (*host == '[' && len > 2 && len < sizeof(inner))
        memcpy(inner, host + 1, len - 2);
    return inet_pton(AF_INET6, inner, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

static char *host_and_port(const struct target *t, const char *host)
{
    char *port = part(t, CURLUPART_PORT), *shown = text_cleaned(host), *both;

    both = str_format("%s%s%s", shown, port ? ":" : "", port ? port : "");
    libcurl()->free(port);
    free(shown);
    return both;
}

static bool check(struct target *t, const char *scheme, struct err *e)
{
    char *user = part(t, CURLUPART_USER), *password = part(t, CURLUPART_PASSWORD);
    bool named = user || password;

    libcurl()->free(user);
    libcurl()->free(password);
    t->tls = str_eq(scheme, "https");
    if (named)
        return err_set(e, ERR_INVALID,
                       "the address of %s may not hold a user name or a password: sign in instead",
                       t->host);
    if (!t->tls && !str_eq(scheme, "http"))
        return err_set(e, ERR_INVALID, "the address of %s must start with https://", t->host);
    if (!t->tls && !t->loopback)
        return err_set(e, ERR_INVALID,
                       "plain http to %s would show everything to the network, so nothing was "
                       "sent: use https (http is for this machine only)",
                       t->host);
    return true;
}

bool target_read(struct target *t, const char *url, struct err *e)
{
    char *scheme = NULL, *host = NULL, *path = NULL;
    bool ok = false;

    *t = (struct target){.url = libcurl()->url()};
    if (!t->url)
        abort();
    if (libcurl()->url_set(t->url, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK) {
        scheme = part(t, CURLUPART_SCHEME);
        host = part(t, CURLUPART_HOST);
        path = part(t, CURLUPART_PATH);
    }
    if (!scheme || !host || !*host || !path) {
        (void)err_set(e, ERR_INVALID,
                      "the request's address is no URL: it looks like "
                      "https://host/path");
    } else {
        t->host = host_and_port(t, host);
        t->path = text_cleaned(path);
        t->loopback = is_loopback(host);
        ok = check(t, scheme, e);
    }
    libcurl()->free(scheme);
    libcurl()->free(host);
    libcurl()->free(path);
    if (!ok)
        target_free(t);
    return ok;
}

void target_free(struct target *t)
{
    libcurl()->url_cleanup(t->url);
    free(t->host);
    free(t->path);
    *t = (struct target){0};
}
