// What the end of a sending means: over, once more, or back to the gate (RELIABILITY, retry table).
// Network thread only. Floor: net.
#include "net/flight.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "net/libcurl.h"

enum {
    REPEATS = 3,
    BACKOFF_MS = 500,
    BACKOFF_MAX_MS = 20000,
    WAIT_MAX_S = 300, // a longer Retry-After is the caller's to decide about
    SAID_MAX = 400
};

// Failures of libcurl in plain words, the host between them.
struct failure {
    CURLcode code;
    bool final; // trying again cannot help; what libcurl says of it is worth reading
    const char *before, *after;
};

static const struct failure failures[] = {
    {CURLE_COULDNT_RESOLVE_HOST, false, "the name ", " cannot be found; check the network"},
    {CURLE_COULDNT_RESOLVE_PROXY, false, "the proxy in front of ", " cannot be found"},
    {CURLE_COULDNT_CONNECT, false, "nobody answers at ", "; check the network"},
    {CURLE_OPERATION_TIMEDOUT, false, "", " did not answer in time"},
    {CURLE_GOT_NOTHING, false, "", " closed the connection without an answer"},
    {CURLE_SEND_ERROR, false, "the connection to ", " broke while sending"},
    {CURLE_RECV_ERROR, false, "the connection to ", " broke before the answer was whole"},
    {CURLE_PARTIAL_FILE, false, "the answer of ", " was cut short"},
    {CURLE_BAD_CONTENT_ENCODING, false, "the answer of ", " is wrongly compressed"},
    {CURLE_WEIRD_SERVER_REPLY, false, "what ", " answered is not HTTP"},
    {CURLE_PEER_FAILED_VERIFICATION, true, "the certificate of ", " is not to be trusted"},
    {CURLE_SSL_CACERT_BADFILE, true, "the file of trusted roots for ", " cannot be read"},
    {CURLE_SSL_CONNECT_ERROR, true, "no secure connection to ", " can be made"},
};

static const struct failure *failure_find(CURLcode code)
{
    static const struct failure other = {CURLE_OK, false, "the exchange with ", " failed"};

    for (size_t i = 0; i < ARRAY_LEN(failures); i++) {
        if (failures[i].code == code)
            return &failures[i];
    }
    return &other;
}

// What is to be read of a failure beside its name; the caller frees it.
static char *why(const struct flight *f, const struct failure *failure)
{
    struct str text = {0};

    if (failure->code == CURLE_PEER_FAILED_VERIFICATION)
        certificate_explain(&f->certificate, f->target.host, &text);
    if (!text.len && *f->said)
        text_clean(f->said, strlen(f->said), &text);
    if (text.len)
        return str_take(&text);
    return NULL;
}

// Fills the request's err for a sending without a whole answer.
static void tell(struct flight *f, const struct failure *failure)
{
    struct net_request *r = f->request;
    bool doubt = r->repeat == NET_ONCE && f->left;
    const char *money = doubt ? "; the call was sent, so it may have been charged" : "";
    char *said = failure->final ? why(f, failure) : NULL;

    r->status = 0;
    r->final = failure->final;
    if (f->too_long)
        (void)err_set(&r->err, doubt ? ERR_IN_DOUBT : ERR_OFFLINE,
                      "the answer of %s is larger than is taken here%s", f->target.host, money);
    else
        (void)err_set(&r->err, doubt ? ERR_IN_DOUBT : ERR_OFFLINE, "%s%s%s%s%.*s%s",
                      failure->before, f->target.host, failure->after, said ? ": " : "", SAID_MAX,
                      said ? said : "", money);
    free(said);
}

static int64_t backoff(const struct net_config *config, int failures_so_far, uint64_t random)
{
    int64_t most = config->backoff_ms ? config->backoff_ms : BACKOFF_MS;

    for (int i = 0; i < failures_so_far && most < BACKOFF_MAX_MS; i++)
        most *= 2;
    if (most > BACKOFF_MAX_MS)
        most = BACKOFF_MAX_MS;
    return (int64_t)(random % (uint64_t)(most + 1));
}

static bool may_repeat(struct flight *f, int *budget)
{
    if (f->failures >= REPEATS || *budget <= 0)
        return false;
    f->failures++;
    --*budget;
    return true;
}

static struct landing no_answer(struct flight *f, CURLcode code, const struct net_config *config,
                                int *budget, uint64_t random)
{
    const struct failure *failure = failure_find(code);
    bool harmless = f->request->repeat == NET_FREE || !f->left;
    int before = f->failures;

    if (harmless && !failure->final && !f->too_long && may_repeat(f, budget))
        return (struct landing){VERDICT_AGAIN, backoff(config, before, random), false};
    tell(f, failure);
    return (struct landing){.verdict = VERDICT_DONE};
}

// What Retry-After or X-RateLimit-Reset ask for, in milliseconds; -1 where they say nothing usable.
static int64_t wait_asked(const struct net_request *r, const struct net_config *config)
{
    const char *after = net_header_value(r, "Retry-After");
    const char *reset = net_header_value(r, "X-RateLimit-Reset");
    int64_t now = clock_utc_ms(&config->clock), when;
    long long n;

    if (after && str_int64(after, &n) && n >= 0)
        return n > WAIT_MAX_S ? INT64_MAX : (int64_t)n * 1000;
    if (after && net_header_date(r, "Retry-After", &when))
        return when > now ? when - now : 0;
    // Seconds since 1970 where it is that large, else seconds to wait (FACTS 2).
    if (!after && reset && str_int64(reset, &n) && n > 0 && n < INT64_MAX / 1000) {
        when = n > 1000000000 ? (int64_t)n * 1000 - now : (int64_t)n * 1000;
        return when > 0 && when <= 60000 ? when : -1;
    }
    return -1;
}

static struct landing too_many(struct flight *f, const struct net_config *config, uint64_t random)
{
    int64_t wait = wait_asked(f->request, config);

    if (f->limited >= REPEATS || wait > (int64_t)WAIT_MAX_S * 1000)
        return (struct landing){VERDICT_DONE, 0, true};
    if (wait < 0)
        wait = ((int64_t)1000 << f->limited) + (int64_t)(random % 250);
    f->limited++;
    return (struct landing){VERDICT_AGAIN, wait, true};
}

static bool is_passing(int status)
{
    return status == 408 || status == 500 || status == 502 || status == 503 || status == 504;
}

struct landing flight_land(struct flight *f, CURLcode code, const struct net_config *config,
                           int *budget, uint64_t random)
{
    struct net_request *r = f->request;
    int before = f->failures;
    long status = 0;

    r->tls = f->certificate.tls;
    if (code != CURLE_OK)
        return no_answer(f, code, config, budget, random);
    (void)libcurl()->easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
    r->status = (int)status;
    if (status == 401 && !r->ungated && !f->shown_again) {
        f->shown_again = true;
        return (struct landing){.verdict = VERDICT_GATE};
    }
    if (status == 429)
        return too_many(f, config, random);
    if (is_passing((int)status) && r->repeat == NET_FREE && may_repeat(f, budget)) {
        int64_t asked = wait_asked(r, config);

        return (struct landing){
            VERDICT_AGAIN,
            asked >= 0 && asked <= BACKOFF_MAX_MS ? asked : backoff(config, before, random), false};
    }
    return (struct landing){.verdict = VERDICT_DONE};
}

void flight_cancelled(struct flight *f)
{
    struct net_request *r = f->request;

    r->status = 0;
    if (r->repeat == NET_ONCE && f->easy && f->left)
        (void)err_set(&r->err, ERR_IN_DOUBT,
                      "stopped after the call had been sent to %s, so it may have been charged",
                      f->target.host);
    else
        (void)err_set(&r->err, ERR_CANCELLED, "stopped on request");
}
