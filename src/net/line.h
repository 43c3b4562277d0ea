// Requests inside the network thread, in lines by the order they came. Network thread. Floor: net.
#ifndef LODE_NET_LINE_H
#define LODE_NET_LINE_H

#include <stdint.h>

#include "job/cancel.h"
#include "net/net.h"
#include "net/retry.h"
#include "net/target.h"
#include "net/transfer.h"

// A request from the moment it comes in until it is given back.
struct flight {
    struct flight *next, *prev; // its line's
    uint64_t order;
    struct net_request *request;
    struct target target;
    struct transfer transfer;
    struct retry retry;
    struct cancel_hook hook;
    int64_t due_ms; // when it may be sent again; boot clock
};

struct line {
    struct flight *first, *last;
    int len;
};

// Puts f behind all that came before it.
void line_add(struct line *l, struct flight *f);
void line_remove(struct line *l, struct flight *f);

#endif
