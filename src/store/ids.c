// Many ids as one value of a statement. Floor: store.
#include "store/ids.h"

#include "base/json.h"

void ids_json(const char *const *ids, size_t n, struct str *out)
{
    str_add_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i)
            str_add_char(out, ',');
        json_quote(ids[i], out);
    }
    str_add_char(out, ']');
}
