// Where an account is at. Any thread. Floor: flow.
#include "flow/address.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

const char address_official[] = "https://api.zoominfo.com";

bool address_is_loopback(const char *url)
{
    return str_starts(url, "http://127.") || str_starts(url, "http://localhost") ||
           str_starts(url, "http://[::1]") || str_starts(url, "https://127.") ||
           str_starts(url, "https://localhost") || str_starts(url, "https://[::1]");
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
