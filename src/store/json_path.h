// A column's path as SQLite's JSON functions take it. Any thread. Floor: store.
#ifndef LODE_STORE_JSON_PATH_H
#define LODE_STORE_JSON_PATH_H

#include "base/str.h"

// "sicCodes[].id" as "$.sicCodes[0].id": of a list, its first.
void json_path(const char *path, struct str *out);

#endif
