// Which record ids a file had so far: in memory, 8 bytes each, up to nearly two million of them; the
// others in a file without a name. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_ID_SET_H
#define LODE_FLOW_ID_SET_H

#include "flow/match_seen.h"

struct id_set {
    uint64_t *slots; // owned
    size_t n, cap;   // cap is a power of two
    struct match_seens rest;
};

// folder, where the file is made, must outlive it.
void id_set_open(struct id_set *s, const char *folder);
void id_set_close(struct id_set *s);
// Adds an id; *before: it was there. false: the file cannot be made, read or written (ERR_STORAGE).
bool id_set_add(struct id_set *s, long long id, bool *before, struct err *e);

#endif
