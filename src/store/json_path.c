// A column's path as SQLite's JSON functions take it. Floor: store.
#include "store/json_path.h"

void json_path(const char *path, struct str *out)
{
    str_add(out, "$.");
    for (const char *p = path; *p; p++) {
        str_add_char(out, *p);
        if (p[0] == '[' && p[1] == ']')
            str_add_char(out, '0');
    }
}
