// What stands beside an export: what it holds, by which question, at what cost, and its hash.
// Floor: flow.
#ifndef LODE_FLOW_MANIFEST_H
#define LODE_FLOW_MANIFEST_H

#include "base/str.h"
#include "flow/export.h"

struct manifest_file {
    const char *path; // its name to be
    int fd;           // of its bytes, which are all there
    size_t rows;
    uint64_t guarded;
};

struct manifest {
    const struct export_options *options;
    const struct export_facts *facts;
    const struct manifest_file *files;
    size_t n_files;
    size_t do_not_call;
    struct export_notices notices;
};

// Appends it as JSON; reads the files for their hashes. false: one cannot be read.
bool manifest_write(const struct manifest *m, struct str *out, struct err *e);

#endif
