// Text as a JSON string, for writers that need no parser. Any thread. Floor: base.
#include "base/json.h"

#include <string.h>

void json_quote(const char *text, struct str *out)
{
    static const char named[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";

    str_add_char(out, '"');
    for (const char *p = text; *p; p++) {
        const char *name = strchr(named, *p);

        if (name) {
            str_add_char(out, '\\');
            str_add_char(out, letters[name - named]);
        } else if ((unsigned char)*p < 0x20) {
            str_addf(out, "\\u%04x", (unsigned)*p);
        } else {
            str_add_char(out, *p);
        }
    }
    str_add_char(out, '"');
}
