// Why there is no whole answer, in one plain sentence. Network thread. Floor: net.
#include "net/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum { MIB = 1 << 20 };

// "cause"; then what to do. %s is the host. detail: libcurl's words follow the cause.
struct failure {
    CURLcode code;
    const char *cause, *advice;
    bool detail;
    bool final; // sending again cannot help
};

#define BROKEN "%s broke the connection off before it had answered"
#define UNTRUSTED "the certificate of %s is not to be trusted"
#define LATER "try again later"
#define NETWORK "check the network and the base URL"
#define ASK_NETWORK                                                                                \
    "check this machine's clock, and ask whoever runs the network whether a proxy stands between"

static const struct failure failures[] = {
    {CURLE_COULDNT_RESOLVE_PROXY, "the name of the proxy on the way to %s cannot be looked up",
     "check https_proxy", false, false},
    {CURLE_PROXY, "the proxy on the way to %s failed", "check https_proxy", true, false},
    {CURLE_COULDNT_RESOLVE_HOST, "the name of %s cannot be looked up", NETWORK, false, false},
    {CURLE_COULDNT_CONNECT, "no connection to %s can be made", NETWORK, false, false},
    {CURLE_SSL_CONNECT_ERROR, "no secure connection to %s can be made", NETWORK, true, false},
    {CURLE_PEER_FAILED_VERIFICATION, UNTRUSTED, ASK_NETWORK, true, true},
    {CURLE_SSL_ISSUER_ERROR, UNTRUSTED, ASK_NETWORK, true, true},
    {CURLE_SSL_INVALIDCERTSTATUS, UNTRUSTED, ASK_NETWORK, true, true},
    {CURLE_SSL_CACERT_BADFILE, "the certificates to trust for %s cannot be read",
     "check the file of certificates", true, true},
    {CURLE_OPERATION_TIMEDOUT, "%s did not answer in time", LATER, false, false},
    {CURLE_GOT_NOTHING, BROKEN, LATER, false, false},
    {CURLE_SEND_ERROR, BROKEN, LATER, false, false},
    {CURLE_RECV_ERROR, BROKEN, LATER, false, false},
    {CURLE_PARTIAL_FILE, "the answer of %s ended too early", LATER, false, false},
    {CURLE_HTTP2, "%s broke the rules of HTTP/2", LATER, false, false},
    {CURLE_HTTP2_STREAM, "%s broke the call off", LATER, false, false},
    {CURLE_BAD_CONTENT_ENCODING, "the answer of %s cannot be unpacked", LATER, false, false},
    {CURLE_WRITE_ERROR, "the answer of %s cannot be unpacked", LATER, false, false},
    {CURLE_WEIRD_SERVER_REPLY, "%s does not answer as a web server does", NETWORK, false, false},
    {CURLE_UNSUPPORTED_PROTOCOL, "%s does not answer as a web server does", NETWORK, false, false},
};

static const struct failure other = {CURLE_OK, "the exchange with %s failed", LATER, true, false};

static const struct failure *failure_of(CURLcode code)
{
    for (size_t i = 0; i < ARRAY_LEN(failures); i++) {
        if (failures[i].code == code)
            return &failures[i];
    }
    return &other;
}

bool explain_may_pass(const struct transfer_end *end)
{
    return end->excess == EXCESS_NONE && !failure_of(end->code)->final;
}

static void add_cause(const struct failure *f, const char *host, struct str *out)
{
    const char *rest = strstr(f->cause, "%s");

    str_add_len(out, f->cause, (size_t)(rest - f->cause));
    str_add(out, host);
    str_add(out, rest + 2);
}

static void add_excess(const struct net_request *r, const struct target *target,
                       enum transfer_excess excess, struct str *out)
{
    size_t cap = r->cap ? r->cap : NET_BODY_CAP;

    if (excess == EXCESS_HEADERS)
        str_addf(out, "the headers of the answer of %s have no end", target->host);
    else if (cap >= MIB)
        str_addf(out, "the answer of %s is larger than %zu MiB", target->host, cap / MIB);
    else
        str_addf(out, "the answer of %s is larger than %zu bytes", target->host, cap);
}

static void add_detail(const struct failure *f, const struct transfer_end *end, const char *why,
                       struct str *out)
{
    char *clean;

    if (end->proxy_status >= 300) {
        str_addf(out, " (the proxy answered %ld)", end->proxy_status);
    } else if (f->detail) {
        clean = text_cleaned(*why ? why : curl_easy_strerror(end->code));
        str_addf(out, " (%s)", clean);
        free(clean);
    }
}

void explain_failure(struct net_request *r, const struct target *target,
                     const struct transfer_end *end, const char *why)
{
    const struct failure *f = failure_of(end->code);
    bool doubt = r->repeat == NET_ONCE && end->left;
    struct str text = {0};

    if (end->excess != EXCESS_NONE) {
        add_excess(r, target, end->excess, &text);
    } else {
        add_cause(f, target->host, &text);
        add_detail(f, end, why, &text);
    }
    if (doubt)
        str_add(&text, "; the call was sent and may have been charged, so it is not sent again");
    else if (!end->left && r->sendings == 0)
        str_add(&text, "; nothing was sent");
    if (!doubt && end->excess == EXCESS_NONE)
        str_addf(&text, ": %s", f->advice);
    (void)err_set(&r->err,
                  doubt                        ? ERR_IN_DOUBT
                  : end->excess != EXCESS_NONE ? ERR_INVALID
                                               : ERR_OFFLINE,
                  "%s", text.data);
    str_free(&text);
}

void explain_cancelled(struct net_request *r, const struct target *target, bool sent)
{
    if (sent && r->repeat == NET_ONCE)
        (void)err_set(&r->err, ERR_IN_DOUBT,
                      "the call to %s was cancelled after it had been sent: it may have been "
                      "charged",
                      target->host);
    else
        (void)err_set(&r->err, ERR_CANCELLED, "the call to %s was cancelled", target->host);
}
