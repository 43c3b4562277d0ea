// Whether a server's name can be found, apart from calling it. Any thread but the UI's. Floor: net.
#ifndef LODE_NET_RESOLVE_H
#define LODE_NET_RESOLVE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

// Appends the addresses of the URL's host, ", " between, within timeout_ms. ERR_OFFLINE says what
// the name server said, or that it said nothing.
bool net_resolve(const char *url, int timeout_ms, struct str *addresses, struct err *e);
// The environment's variable that names a proxy for this URL ("https_proxy"), or NULL.
const char *net_proxy_variable(const char *url);

#endif
