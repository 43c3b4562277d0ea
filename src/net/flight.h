// A request on the network thread: waiting for its turn, under way, or put off. Network thread
// only. Floor: net.
#ifndef LODE_NET_FLIGHT_H
#define LODE_NET_FLIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include <curl/curl.h>

#include "job/cancel.h"
#include "net/certificate.h"
#include "net/net.h"
#include "net/target.h"

struct flight {
    struct flight *next, *prev;
    struct net_request *request;
    struct target target;
    struct cancel *cancel; // that is watched, or NULL
    struct cancel_hook hook;

    CURL *easy; // while it is under way
    struct curl_slist *headers;
    char said[CURL_ERROR_SIZE];
    struct certificate certificate;
    size_t header_bytes;
    bool left;     // a byte of it may have left this machine
    bool slot;     // it holds a slot of the limiter
    bool shared;   // and one of those that all processes share
    bool too_long; // its answer went over the cap

    int failures, limited; // repeats so far, and waits after 429
    bool shown_again;      // the gate has had it back after a 401
    int64_t not_before_ms; // boot clock; for one that is put off
};

// A list of flights in their order.
struct flights {
    struct flight *first, *last;
    int n;
};

void flights_add(struct flights *l, struct flight *f);
void flights_add_first(struct flights *l, struct flight *f);
void flights_remove(struct flights *l, struct flight *f);

// Makes the easy handle for one sending. *e where libcurl has no memory or no such option.
bool flight_prepare(struct flight *f, const struct net_config *config, struct err *e);
// Frees the handle and wipes what was secret in it.
void flight_clean(struct flight *f);

// What is to be done with a flight that has landed.
enum verdict { VERDICT_DONE, VERDICT_AGAIN, VERDICT_GATE };

struct landing {
    enum verdict verdict;
    int64_t wait_ms; // before it is sent again
    bool limited;    // the server said 429: others wait as well
};

// Judges the end of a sending (RELIABILITY, retry table) and fills the request's err where it is
// over. budget: repeats that all requests together may still make; counted down.
struct landing flight_land(struct flight *f, CURLcode code, const struct net_config *config,
                           int *budget, uint64_t random);
// What a cancelled flight is told.
void flight_cancelled(struct flight *f);

#endif
