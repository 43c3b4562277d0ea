// A file's records taken by their ids, or line by line where not all have one. One owner at a time.
// Floor: flow.
#ifndef LODE_FLOW_MATCH_TAKE_H
#define LODE_FLOW_MATCH_TAKE_H

#include "flow/selection.h"
#include "model/match_plan.h"

// Takes the ids of an open file into s. Where it has none, or some of its lines would be lost that
// way and can be asked for otherwise, *by_line is set, the file stands at its start, and the plan
// has its id column too. Lines that are lost all the same are in s->odd. ERR_INVALID.
bool match_take(struct match_file *f, struct match_plan *plan, struct selection *s, bool *by_line,
                struct err *e);
// The same of a file that can be read again, but for the ids: the file stands at its start then,
// too, and memory is bounded whatever its size.
bool match_look(struct match_file *f, struct match_plan *plan, struct selection *s, bool *by_line,
                struct err *e);

#endif
