// Pieces of man pages on standard output. Main thread. Floor: cli.
#ifndef LODE_CLI_ROFF_H
#define LODE_CLI_ROFF_H

// Text for roff: dashes and backslashes kept, no line taken for a request.
void roff_text(const char *text);
// An entry: ".TP", the term in bold with its argument in italics, and the text on lines of its own.
void roff_entry(const char *term, const char *argument, const char *text);

#endif
