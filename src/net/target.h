// Where a request goes: its URL, taken apart once, so that what is checked is what is used. Floor:
// net.
#ifndef LODE_NET_TARGET_H
#define LODE_NET_TARGET_H

#include <stdbool.h>

#include <curl/curl.h>

#include "base/err.h"

struct target {
    CURLU *url;
    char *host; // with its port where that is not the usual one, fit to be shown
    char *path; // without the query, fit to be shown
    bool tls, loopback;
};

// ERR_INVALID for what is no URL, for plain http to another machine, for a password in the URL.
bool target_read(struct target *t, const char *url, struct err *e);
void target_free(struct target *t);

#endif
