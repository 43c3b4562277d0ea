// Numbers as people read them. Any thread. Floor: base.
#include "base/count.h"

#include <stdio.h>
#include <string.h>

char *count_text(long long n, char buf[static COUNT_MAX])
{
    unsigned long long left = n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n;
    char text[COUNT_MAX];
    size_t at = sizeof(text), digits = 0;

    text[--at] = '\0';
    do {
        if (digits && digits % 3 == 0)
            text[--at] = ',';
        text[--at] = (char)('0' + left % 10);
        left /= 10;
        digits++;
    } while (left);
    if (n < 0)
        text[--at] = '-';
    return memcpy(buf, text + at, sizeof(text) - at);
}

char *count_words(long long n, const char *thing, char buf[static COUNT_WORDS_MAX])
{
    char text[COUNT_MAX];

    (void)snprintf(buf, COUNT_WORDS_MAX, "%s %s%s", count_text(n, text), thing, n == 1 ? "" : "s");
    return buf;
}
