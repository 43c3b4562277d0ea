// Where an account is at: which addresses may be called, and what its folder is called. Any thread.
// Floor: flow.
#ifndef LODE_FLOW_ADDRESS_H
#define LODE_FLOW_ADDRESS_H

#include <stdbool.h>

#include "base/err.h"

// The API's own.
extern const char address_official[];

bool address_is_loopback(const char *url);
// https, or plain http to this machine alone; ERR_INVALID says so.
bool address_check(const char *url, struct err *e);
// A copy without slashes at its end. The caller frees it.
char *address_plain(const char *url);
// A folder name out of a checked address, so that no two accounts share a ledger by mistake. The
// caller frees it.
char *address_profile(const char *url);
// Its host with the port where it has one. The caller frees it.
char *address_host(const char *url);

#endif
