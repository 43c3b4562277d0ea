// How far paging reaches, as the server said when a search went past it. Floor: flow.
#ifndef LODE_FLOW_REACH_H
#define LODE_FLOW_REACH_H

#include "flow/app.h"
#include "model/entity.h"

// Rows of one search: as the catalogue says, or as the server said within the last week. No
// request.
long long reach_of(struct app *a, const struct entity *entity);
void reach_keep(struct app *a, const struct entity *entity, long long rows);

#endif
