// Where an account is at. Any thread. Floor: flow.
#include "flow/address.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

const char address_official[] = "https://api.zoominfo.com";

static const char *host_of(const char *url)
{
    if (str_starts(url, "http://"))
        return url + strlen("http://");
    return str_starts(url, "https://") ? url + strlen("https://") : "";
}

bool address_is_loopback(const char *url)
{
    const char *host = host_of(url);
    size_t n = strcspn(host, ":/?#");

    if (str_starts(host, "[::1]"))
        return true;
    if (str_starts(host, "127."))
        return strspn(host, "0123456789.") == n;
    return n == strlen("localhost") && str_starts(host, "localhost");
}

bool address_check(const char *url, struct err *e)
{
    if (str_starts(url, "https://") || address_is_loopback(url))
        return true;
    return err_set(e, ERR_INVALID,
                   "an address is https://, or http:// to this machine alone, not \"%.80s\"", url);
}

char *address_plain(const char *url)
{
    char *copy = mem_strdup(url);

    while (str_ends(copy, "/"))
        copy[strlen(copy) - 1] = '\0';
    return copy;
}

char *address_profile(const char *url)
{
    char *name = mem_strdup(strstr(url, "://") + 3);

    for (char *p = name; *p; p++) {
        if (!isalnum((unsigned char)*p) && *p != '.' && *p != '-')
            *p = '_';
    }
    return name;
}

char *address_host(const char *url)
{
    const char *host = strstr(url, "://") + 3;

    return mem_strndup(host, strcspn(host, "/?#"));
}
