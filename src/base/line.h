// Lines of commands: config, key, theme and session files and the `:` prompt are all read by this
// one parser. Any thread. Floor: base.
#ifndef LODE_BASE_LINE_H
#define LODE_BASE_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct word {
    char *text;  // unquoted; owned by the line
    int column;  // where it begins, from 1, in bytes
    bool quoted; // any part of it stood in quotes
};

struct line {
    struct word *words; // owned
    size_t n;
    int number; // from 1; 0 for a line that was typed
};

// Parts text at blanks. '...' is taken as it stands; in "..." and outside quotes a backslash takes
// the next character as it stands, but "\n" in double quotes is a line end. # where a word would
// begin starts a comment. An empty line has no words. ERR_INVALID ("column 7: ...") where a quote
// is not closed.
bool line_split(const char *text, int number, struct line *out, struct err *e);
void line_free(struct line *l);
// Appends word so that line_split() reads it back as one word, whatever it holds (no NUL). What is
// appended is one line.
void line_quote(const char *word, struct str *out);

struct line_reader {
    void *self;
    // One line with at least one word. false with *e: the line is passed over and the fault told.
    bool (*run)(void *self, const struct line *line, struct err *e);
    // "keys.conf:12:5: there is no command ..."; reading goes on after it.
    void (*fault)(void *self, const char *sentence);
};

// Reads every line of text (file: its name for faults, or NULL). Returns how many lines were at
// fault.
size_t lines_read(const char *file, const char *text, const struct line_reader *reader);

// The same where lines have another form: each as it stands, empty ones too.
struct raw_reader {
    void *self;
    bool (*run)(void *self, const char *text, int number, struct err *e);
    void (*fault)(void *self, const char *sentence);
};

size_t lines_read_raw(const char *file, const char *text, const struct raw_reader *reader);
// The column a fault is told at: e.g. line_fault(e, &line->words[1], "there is no role %s", ...)
// puts "column N: " before the sentence, which lines_read() turns into file:line:column. Returns
// false.
bool line_fault(struct err *e, const struct word *word, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// How a fault is told: "keys.conf:12:5: sentence", or "line 12, column 5: sentence" where file is
// NULL; without the column, or the place, where it is 0.
void line_tell(const char *file, int number, int column, const char *sentence, struct str *out);

#endif
