// What a server's certificate says, seen while the connection is made, so that a refusal can say
// what is wrong with it and until when it was good. Nothing here decides: libcurl does. Network
// thread only. Floor: net.
#ifndef LODE_NET_CERTIFICATE_H
#define LODE_NET_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include <curl/curl.h>

#include "net/net.h"

enum { CERTIFICATE_NAMES_MAX = 160 };

struct certificate {
    struct net_tls tls;
    int error;                         // X509_V_ERR_...; 0: the chain is good
    char names[CERTIFICATE_NAMES_MAX]; // whom it is for, as it says itself: text from outside
};

// For CURLOPT_SSL_CTX_FUNCTION, with a struct certificate that lives as long as the transfer.
CURLcode certificate_watch(CURL *easy, void *ssl_ctx, void *certificate);
// Why the certificate was refused, as the end of a sentence about it; "" where it was not seen.
void certificate_explain(const struct certificate *c, const char *host, struct str *out);

#endif
