// What counting, paging and running searches share; for search*.c only. Floor: flow.
#ifndef LODE_FLOW_SEARCH_INSIDE_H
#define LODE_FLOW_SEARCH_INSIDE_H

#include "flow/app.h"
#include "model/entity.h"

// Where r was refused: inputs that the API names in its refusal are remembered, and said by their
// labels.
void search_explain(struct app *a, const struct entity *entity, const struct net_request *r,
                    struct err *e);

#endif
