// One sending of a request over libcurl, and what became of it. Network thread. Floor: net.
#ifndef LODE_NET_TRANSFER_H
#define LODE_NET_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "net/net.h"
#include "net/target.h"

enum transfer_excess { EXCESS_NONE, EXCESS_BODY, EXCESS_HEADERS };

// A zeroed one has never been started.
struct transfer {
    CURL *easy; // NULL: not under way
    struct net_request *request;
    struct curl_slist *headers;
    size_t head_bytes;
    bool in_body; // header lines that come now are trailers
    enum transfer_excess excess;
    int starts; // how often libcurl was about to write the request; only the first may
    char why[CURL_ERROR_SIZE];
};

struct transfer_end {
    CURLcode code;               // CURLE_OK: a whole answer came
    bool left;                   // a byte of the request may have left
    bool stale;                  // a kept connection was dead already
    enum transfer_excess excess; // what was too large
    long proxy_status;           // of the proxy's answer to CONNECT; 0: none
    uint64_t bytes;              // of the body on the wire
};

// Hands r to the multi handle. context comes back as the easy handle's CURLINFO_PRIVATE. config and
// target must outlive the transfer.
void transfer_start(struct transfer *t, CURLM *multi, struct net_request *r,
                    const struct net_config *config, const struct target *target, void *context);
// After the multi handle said it is over: takes it out; fills r->status.
struct transfer_end transfer_finish(struct transfer *t, CURLM *multi, CURLcode code);
// Breaks it off; true where a byte of the request may have left.
bool transfer_drop(struct transfer *t, CURLM *multi);

#endif
