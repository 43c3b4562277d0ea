// Searches on the wire (FACTS 5): a query and a page number to a request, its answer to rows. Any
// thread. Floor: api.
#ifndef LODE_API_SEARCH_H
#define LODE_API_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "api/row.h"
#include "base/err.h"
#include "model/page.h"
#include "model/query.h"
#include "net/net.h"

// The request for one page of rpp rows; the caller's. rpp must stay the same over a query's pages.
struct net_request *search_request(const char *base_url, const struct query *q, int page, int rpp);
// The same as text, for people: the JSON body. The caller frees it.
char *search_body(const struct query *q, int page, int rpp);

// Rows of an answer. A page past the end is an empty page (the API says 400). false: *e says why;
// ERR_INVALID with the reach of paging in *depth where the page lies past what the server allows.
bool search_decode(const struct net_request *r, const struct entity *entity,
                   const struct row_want *want, struct page *out, int *depth, struct err *e);
#endif
