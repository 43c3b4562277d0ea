// What counting, paging and running searches share; for search*.c only. Floor: flow.
#ifndef LODE_FLOW_SEARCH_INSIDE_H
#define LODE_FLOW_SEARCH_INSIDE_H

#include "flow/app.h"
#include "model/entity.h"

// Where r was refused: inputs that the account may not use are remembered, and said by their
// labels; of a value that the API does not take, the nearest that it does is said.
void search_explain(struct app *a, const struct entity *entity, const struct net_request *r,
                    struct err *e);

#endif
