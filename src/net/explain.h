// Why there is no whole answer, in one plain sentence. Network thread. Floor: net.
#ifndef LODE_NET_EXPLAIN_H
#define LODE_NET_EXPLAIN_H

#include "net/net.h"
#include "net/target.h"
#include "net/transfer.h"

// Can another sending help? Not where the certificate is wrong or the answer too large.
bool explain_may_pass(const struct transfer_end *end);
// Fills r->err: what failed, where, whether it was sent, what to do. why is libcurl's own detail.
void explain_failure(struct net_request *r, const struct target *target,
                     const struct transfer_end *end, const char *why);
// Fills r->err for a request that was called off; sent: a byte of it may have left.
void explain_cancelled(struct net_request *r, const struct target *target, bool sent);

#endif
