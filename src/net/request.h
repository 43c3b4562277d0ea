// What the network thread does to a request besides sending it. Network thread. Floor: net.
#ifndef LODE_NET_REQUEST_H
#define LODE_NET_REQUEST_H

#include "net/net.h"

// Forgets what came back: status, headers, answer. The answer's memory is kept for the next one.
void request_clear_answer(struct net_request *r);
// Takes over name and value.
void request_add_header(struct net_request *r, char *name, char *value);
// Overwrites and empties the authorization.
void request_wipe_authorization(struct net_request *r);

enum { REQUEST_HEADERS_MAX = 200 };

#endif
