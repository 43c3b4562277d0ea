// Profiles: which accounts there are, where each is at, and how it signs in. Each is a small text
// file without any secret; its name is the folder of the account's ledger and library as well. Any
// thread. Floor: flow.
#ifndef LODE_FLOW_PROFILES_H
#define LODE_FLOW_PROFILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum profile_package { PACKAGE_STANDARD, PACKAGE_SCALING, PACKAGES };
enum profile_way { WAY_PASSWORD, WAY_KEY, WAYS };
enum profile_keep { KEEP_KEYRING, KEEP_SESSION, KEEPS };

// What the account's contract lets it call (FACTS 2).
struct package_def {
    const char *name; // "standard"
    int per_second, per_minute;
};

struct profile {
    char *name, *base_url, *user; // owned; base_url NULL for the sandbox, which runs where it can
    enum profile_package package;
    enum profile_way way;
    enum profile_keep keep; // where its secrets are
    bool sandbox;           // the one that is always there
};

struct profile_list {
    struct profile *items; // owned; by name, the sandbox last
    size_t n;
};

const struct package_def *package_def(enum profile_package package);
// The names that files, options and screens have for these: "standard", "key", "keyring".
const char *profile_package_name(enum profile_package package);
const char *profile_way_name(enum profile_way way);
const char *profile_keep_name(enum profile_keep keep);
// False with *e (ERR_INVALID, naming what there is) for any other name.
bool profile_package_read(const char *name, enum profile_package *out, struct err *e);

// Letters, digits, dots, dashes and underscores, 64 at the most; ERR_INVALID for anything else.
bool profile_check_name(const char *name, struct err *e);
// What a profile may be: name, address, user. "sandbox" is taken.
bool profile_check(const struct profile *p, struct err *e);
// ERR_NOT_FOUND where there is none; "sandbox" is always there.
bool profile_read(const char *name, struct profile *out, struct err *e);
bool profile_write(const struct profile *p, struct err *e);
// The file alone: ledger, library and keyring stay. True where there was none.
bool profile_remove(const char *name, struct err *e);
struct profile profile_copy(const struct profile *p);
void profile_free(struct profile *p);

// What a person says of the account they mean; NULL where they say nothing.
struct profile_wish {
    bool sandbox;
    const char *profile, *base_url, *user;
};

// The account they mean: a profile that is kept (*known), or one made for the occasion out of what
// was said, which signs in by password and keeps nothing (its user may be NULL then). Nobody's
// secret ever goes to another address than its profile's: ERR_INVALID where the two do not fit.
bool profile_choose(const struct profile_wish *w, struct profile *out, bool *known, struct err *e);

// All there are. What cannot be read is left out; the first fault is in *skipped then (ERR_NONE
// where there is none).
bool profiles_list(struct profile_list *out, struct err *skipped, struct err *e);
void profiles_free(struct profile_list *l);
// The one that is used where nobody names another: the one chosen last, or the only one. NULL where
// there is none. The caller frees it.
char *profiles_current(void);
bool profiles_use(const char *name, struct err *e);

#endif
