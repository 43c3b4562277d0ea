// What a person wants of the library, as it is typed: words, "a phrase", tag:NAME, expiring:DAYS,
// older:DAYS, dnc:yes, retention:past, notice:due. Nothing that is typed can be wrong: what is none
// of these is a word. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_LIBRARY_WISH_H
#define LODE_FLOW_LIBRARY_WISH_H

#include <stdbool.h>

#include "store/library.h"

struct library_wish {
    const struct entity *entity;
    char *words;        // an FTS5 expression that is always sound, or NULL; owned
    char *tag;          // or NULL; owned
    long long expiring; // free windows that end within so many days; -1: any
    long long older;    // fetched longer ago than so many days; -1: any
    int do_not_call;    // as library_query has it
    bool past;          // those past retention alone (flow/retain.h)
    bool notice;        // those alone whom a notice is due to (model/notice.h)
    enum library_order order;
    const struct column *order_by;
    bool ascending;
};

struct library_wish wish_new(const struct entity *entity);
// Adds what text asks for; a later tag or number of days takes the place of an earlier one.
void wish_add(struct library_wish *w, const char *text);
void wish_tag(struct library_wish *w, const char *tag);
void wish_free(struct library_wish *w);

#endif
