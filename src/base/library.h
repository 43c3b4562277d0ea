// A shared library that is loaded when it is first needed: linking one costs every start of the
// program. Any thread. Floor: base.
#ifndef LODE_BASE_LIBRARY_H
#define LODE_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct library_symbol {
    const char *name;
    size_t offset; // of its pointer in the table
};

struct library {
    const char *file;    // "libcurl.so.4"
    const char *name;    // as people know it: "libcurl"
    const char *package; // of Debian
    const char *without; // what cannot be done: "no request can be sent"
    const struct library_symbol *symbols;
    size_t n_symbols;
};

// Loads it for the life of the process and fills table with its functions; those of the libraries
// below it are found as well. ERR_INTERNAL says what is missing and how to get it.
bool library_load(const struct library *l, void *table, struct err *e);

#endif
