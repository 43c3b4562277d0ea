// Text as a JSON string, for writers that need no parser. Any thread. Floor: base.
#include "base/json.h"

#include <string.h>

static void add_escaped(char c, struct str *out)
{
    static const char named[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
    const char *name = strchr(named, c);

    if (name) {
        str_add_char(out, '\\');
        str_add_char(out, letters[name - named]);
    } else {
        str_addf(out, "\\u%04x", (unsigned)c);
    }
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

void json_quote(const char *text, struct str *out)
{
    str_add_char(out, '"');
    while (*text) {
        size_t n = 0;

        while (is_plain(text[n]))
            n++;
        str_add_len(out, text, n);
        text += n;
        if (*text)
            add_escaped(*text++, out);
    }
    str_add_char(out, '"');
}
