// Names of fields as one text. Floor: store.
#include "store/names.h"

#include <string.h>

static const char *behind(const char *name)
{
    name += strcspn(name, ",");
    return name + (*name == ',');
}

// By their bytes, as strcmp() has it; what is empty comes last.
static int compare(const char *a, const char *b)
{
    size_t n = strcspn(a, ","), m = strcspn(b, ",");
    int order = memcmp(a, b, n < m ? n : m);

    if (!*a || !*b)
        return !*a - !*b;
    return order ? order : (n > m) - (n < m);
}

static void add(struct str *out, const char *name)
{
    if (out->len)
        str_add_char(out, ',');
    str_add_len(out, name, strcspn(name, ","));
}

bool names_cover(const char *whole, const char *part)
{
    while (*part) {
        int order = compare(whole, part);

        if (order > 0)
            return false;
        part = order == 0 ? behind(part) : part;
        whole = behind(whole);
    }
    return true;
}

void names_join(const char *a, const char *b, struct str *out)
{
    while (*a || *b) {
        int order = compare(a, b);

        add(out, order <= 0 ? a : b);
        a = order <= 0 ? behind(a) : a;
        b = order >= 0 ? behind(b) : b;
    }
}

void names_without(const char *a, const char *b, struct str *out)
{
    while (*a) {
        int order = compare(a, b);

        if (order < 0)
            add(out, a);
        a = order <= 0 ? behind(a) : a;
        b = order >= 0 ? behind(b) : b;
    }
}
