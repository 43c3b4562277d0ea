// The records that a search on the command line finds: read page by page, to be quoted and bought.
// Main thread. Floor: cli.
#ifndef LODE_CLI_FOUND_H
#define LODE_CLI_FOUND_H

#include "cli/asked.h"
#include "flow/best.h"
#include "flow/jobs.h"
#include "flow/search.h"
#include "flow/selection.h"

struct found {
    struct asked asked;
    struct search_summary sum;
    long long limit;      // --limit, -1: all
    struct merit *merits; // what its rows say of each record; owned
    size_t cap;           // of merits
    struct str origin;    // the search on one line, as the ledger has it
};

// Does the line ask for a search?
bool found_wanted(const struct invocation *in);
// Reads and checks the line's search; sends no search yet. EXIT_DONE; else all is told.
int found_open(struct found *f, struct invocation *in);
// Reads its pages, whose records are added to the selection, and says what came by how many
// requests. Refused, with what to do, where paging or --max-requests does not reach for what was
// asked for: a quote is never silently of a part. EXIT_DONE; else all is told.
int found_read(struct found *f, struct invocation *in, struct selection *to);
// Was the job begun with the line's search, if it has one? No search is sent. EXIT_DONE; else told.
int found_same(struct invocation *in, const struct job_row *job);
// What was looked at, as the end of a sentence: "1,000 of 1,284 records that match".
void found_basis(const struct found *f, struct str *out);
void found_close(struct found *f);

#endif
