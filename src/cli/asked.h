// The search that a command line asks for: --query, --where, --where-from, --sort, as what is sent.
// Main thread. Floor: cli.
#ifndef LODE_CLI_ASKED_H
#define LODE_CLI_ASKED_H

#include "cli/command.h"
#include "cli/loaded.h"
#include "flow/search.h"
#include "model/query.h"
#include "model/query_split.h"

struct asked {
    struct query query;       // resolved and checked
    struct query_parts parts; // the searches it takes, one where no list of values is long
    struct loaded loaded;
    struct str text;        // the whole of it, as people say it
    long long max_requests; // 0: as many as it takes
    long long counted;      // requests that counting the parts of --split took
};

// Reads and checks it; each fault is told, none stops the reading. EXIT_DONE, and asked_close() is
// the caller's; else all is told and freed.
int asked_open(struct asked *a, struct invocation *in);
// The same without asking the lookups anything: parts stay empty.
int asked_read(struct asked *a, struct invocation *in);
// As asked_open() of a text, which stands under name in faults.
int asked_open_text(struct asked *a, struct invocation *in, const char *name, const char *text);
void asked_close(struct asked *a);
// Where more than one search goes: says how many, and refuses where that is more than
// --max-requests. EXIT_DONE where it may be sent.
int asked_price(const struct asked *a, const struct invocation *in);
// Says what of the search came: rows, hits, what came twice, what paging does not reach.
void asked_say(const struct invocation *in, const struct search_summary *sum);
void asked_say_none(const struct invocation *in);

#endif
