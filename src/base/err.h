// What went wrong, in the caller's own struct. Fallible calls return bool and fill it. Any thread.
// Floor: base.
#ifndef LODE_BASE_ERR_H
#define LODE_BASE_ERR_H

#include <stdbool.h>

enum err_kind {
    ERR_NONE,
    ERR_UNAUTHORISED, // the server does not know who we are (401), or nobody signed in
    ERR_FORBIDDEN,    // the account may not do this (403, entitlement)
    ERR_NOT_FOUND,
    ERR_INVALID,        // the request or the input is wrong; sending it again cannot help
    ERR_EXISTS,         // a file stands there that may go at a person's word alone
    ERR_RATE_LIMITED,   // 429
    ERR_OUT_OF_CREDITS, // a credit, record or request limit of the account is used up
    ERR_REFUSED,        // our own budget or gate says no: nothing was sent
    ERR_OFFLINE,        // no whole answer from the network; trying again may help
    ERR_IN_DOUBT,       // a charging call was sent and not answered: it may have been charged
    ERR_CANCELLED,
    ERR_STORAGE,
    ERR_INTERNAL
};

enum { ERR_TEXT_MAX = 768, ERR_ID_MAX = 64 };

struct err {
    enum err_kind kind;
    int http;        // status of the answer, 0 where there was none
    int retry_after; // seconds, -1 where nobody said
    char request_id[ERR_ID_MAX];
    char text[ERR_TEXT_MAX]; // one plain sentence; sanitised where it quotes the outside
};

// Fills *e (any former content goes) and returns false, so that `return err_set(...)` reads well.
bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// As err_set, and appends ": " and what errno says.
bool err_errno(struct err *e, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// Puts "prefix: " before the text that is there; returns false.
bool err_prefix(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
