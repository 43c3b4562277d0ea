// Numbers as people read them. Any thread. Floor: base.
#include "base/count.h"

#include <stdio.h>
#include <string.h>

char *count_text(long long n, char buf[static COUNT_MAX])
{
    char digits[COUNT_MAX];
    size_t len, out = 0;

    (void)snprintf(digits, sizeof(digits), "%lld", n);
    len = strlen(digits);
    for (size_t i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0 && digits[i - 1] != '-')
            buf[out++] = ',';
        buf[out++] = digits[i];
    }
    buf[out] = '\0';
    return buf;
}
