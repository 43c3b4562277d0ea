// The records and fields a command line names. Main thread. Floor: cli.
#ifndef LODE_CLI_CHOSEN_H
#define LODE_CLI_CHOSEN_H

#include "cli/command.h"
#include "cli/found.h"
#include "flow/match.h"
#include "flow/selection.h"

struct chosen {
    struct selection selection;
    struct found *found; // the search that finds the records; NULL: a file names them
    bool by_line;        // the lines of the file name records otherwise than by id
    bool by_ids;         // its ids are not read: it stands at its start
    struct match_file file;
    struct match_plan plan;
};

// Records by the search that the line asks for, which is read, or by --from and --map; fields by
// --fields and --require. With --show-mapping: prints how the columns are taken, and *shown is set;
// nothing else holds then. EXIT_DONE, and chosen_close() is the caller's; else all is told.
int chosen_open(struct chosen *c, struct invocation *in, bool *shown);
// The same, but the ids of a file that can be read again are left in it.
int chosen_look(struct chosen *c, struct invocation *in, bool *shown);
// chosen_open() of --from alone.
bool chosen_open_file(struct chosen *c, struct invocation *in, bool *shown, struct err *e);
void chosen_close(struct chosen *c);
// Where its records were chosen, as the ledger has it: a file, a search.
const char *chosen_origin(const struct chosen *c);
// Says which lines of the file were left out, and why.
void chosen_tell_odd(const struct invocation *in, const struct selection *s);
// What --fields and --require say, into a selection that has its entity.
bool chosen_fields(struct selection *s, struct invocation *in, struct err *e);

#endif
