// A command's data: a sheet on stdout or in a file that appears whole. Main thread. Floor: cli.
#ifndef LODE_CLI_OUTPUT_H
#define LODE_CLI_OUTPUT_H

#include <stdbool.h>

#include "cli/command.h"
#include "flow/export.h"

struct output {
    struct export *x;
    bool json;  // rows are wanted as JSON
    bool table; // for people: columns of a terminal
    bool to_file;
    bool manifest; // one is written beside the file
    const struct invocation *in;
    size_t rows;
    struct export_facts facts; // for the manifest; the command's to fill
};

// On a terminal a table has the columns that fit it, and what is left out is said.
// Reads --format, --output, --force, --raw-formulas, and where the command has them --crlf, --bom,
// --dnc, --manifest and --no-manifest. columns must outlive the output.
bool output_open(struct output *o, const struct invocation *in, const struct sheet_column *columns,
                 size_t n, struct err *e);
// The same of columns that --columns, --fields or --preset may name: then a table has all of them.
bool output_open_named(struct output *o, const struct invocation *in,
                       const struct sheet_column *columns, size_t n, struct err *e);
// As output_open(); a terminal has the columns of those names at most, what matters most first, up
// to a NULL.
bool output_open_shown(struct output *o, const struct invocation *in,
                       const struct sheet_column *columns, size_t n, const char *const *shown,
                       struct err *e);
// As output_open(), but a table's cells are whole, however wide that is.
bool output_open_whole(struct output *o, const struct invocation *in,
                       const struct sheet_column *columns, size_t n, struct err *e);
// Whether the output could be opened: said before anything is begun that its failure would leave.
bool output_check(const struct invocation *in, struct err *e);
// Whether rows will be written as JSON: known before output_open().
bool output_wants_json(const struct invocation *in);
// What output will be written as; "" where the line names no format that there is.
const char *output_format_name(const struct invocation *in);
bool output_row(struct output *o, const char *const *cells, const char *json, struct err *e);
// The same of a record, with what must be done about it.
bool output_record(struct output *o, const char *const *cells, const char *json,
                   struct export_duties duties, struct err *e);
// What --dnc says; keep where it is not said or not known.
enum export_dnc output_dnc(const struct invocation *in);
// Finishes the file. A file that got no row because of a failure is not made: output_abort().
bool output_close(struct output *o, struct err *e);
void output_abort(struct output *o);
// What came, byte for byte, on stdout; on a terminal line by line, so that nothing in it can drive
// one.
void output_bytes(const struct str *came);

#endif
