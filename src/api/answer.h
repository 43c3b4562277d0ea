// What an HTTP answer means: named failures instead of status codes (FACTS 7). Any thread.
// Floor: api.
#ifndef LODE_API_ANSWER_H
#define LODE_API_ANSWER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "model/usage.h"
#include "net/net.h"

// True for a whole answer that says it worked. Else *e: kind, plain sentence, HTTP status, request
// id, seconds to wait. A charging call (NET_ONCE) that the server failed on (408, 5xx) is
// ERR_IN_DOUBT.
bool answer_check(const struct net_request *r, struct err *e);
// Did a whole answer come that says it worked, with a body that is no sound JSON?
bool answer_damaged(const struct net_request *r);
// The names in invalidOutputFields or invalidInputFields of a refusal, ',' between; "" where none.
void answer_refused_fields(const struct net_request *r, struct str *out);
// The request id the server gave, or "".
const char *answer_request_id(const struct net_request *r);
// Meters from the X-Usage headers (FACTS 2); those that are not sent stay as they are in *u.
void answer_meters(const struct net_request *r, struct usage *u);

#endif
