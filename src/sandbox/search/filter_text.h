// Text conditions of a search: phrases joined by OR, AND, NOT. Any thread. Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_FILTER_TEXT_H
#define LODE_SANDBOX_SEARCH_FILTER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Which operators an input knows: others are words of the phrase. FACTS 5.
enum { TEXT_OR = 1, TEXT_AND = 2, TEXT_NOT = 4 };
enum { TEXT_PHRASES_MAX = 64 };

struct text_phrase {
    char *folded;
    bool joined;  // by AND to the one before
    bool refused; // by NOT
};

struct text_query {
    struct text_phrase *phrases;
    size_t n;
};

// Reads "a OR b NOT c AND d": capital operators between blanks; AND binds tighter than OR; what
// follows a NOT is refused for the whole text. Quotes around a phrase go. false where a phrase is
// missing or there are more than TEXT_PHRASES_MAX: nothing to free.
bool text_query_parse(const char *text, unsigned operators, struct text_query *out);
void text_query_free(struct text_query *q);

// Bit i: has(folded, phrase i). Texts that belong together may be ORed.
uint64_t text_query_found(const struct text_query *q, const char *folded,
                          bool (*has)(const char *folded, const char *phrase));
// True where the phrases found make the condition.
bool text_query_holds(const struct text_query *q, uint64_t found);

// The phrase stands in folded as whole words ("vp" not in "mvp"). An empty one stands nowhere.
bool text_has_words(const char *folded, const char *phrase);
// folded is the phrase.
bool text_is(const char *folded, const char *phrase);

// As text_fold(), and quick for ASCII. The caller frees it.
char *text_fold_quick(const char *text);

#endif
