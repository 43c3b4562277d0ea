// The word lists of assets/sandbox: files of [sections] of lines, for names, places, titles and
// the like. One thread while they are read. Floor: sandbox/facts.
#ifndef LODE_SANDBOX_FACTS_WORDS_H
#define LODE_SANDBOX_FACTS_WORDS_H

#include <stddef.h>

struct word_list {
    char **lines; // unescaped; owned by the words
    size_t n;
};

struct words;

// Reads every embedded list. Empty lines and lines that start with # are left out.
struct words *words_load(void);
void words_free(struct words *w);

// The lines of a section ("names", "el first"); an empty list where there is none.
const struct word_list *words_get(const struct words *w, const char *file, const char *section);
// Cuts a line at each | in place: fields[i] for i < n, "" for those that the line lacks.
void words_split(char *line, char **fields, size_t n);
// Takes over a string, to be freed with the words; returns it.
char *words_keep(struct words *w, char *text);

#endif
