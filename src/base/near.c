// The known name nearest to a mistyped one. Any thread. Floor: base.
#include "base/near.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"

enum { LONGEST = 64, PREFIX_DISTANCE = 1 };

// Edits (insert, delete, replace, swap of neighbours) between a and b without case.
static size_t edits(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];

    for (size_t j = 0; j <= m; j++)
        last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *spare = before;

        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            char x = str_lower(a[i - 1]), y = str_lower(b[j - 1]);
            size_t best = last[j - 1] + (x != y);

            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && x == str_lower(b[j - 2]) && y == str_lower(a[i - 2]) &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        before = last;
        last = now;
        now = spare;
    }
    return last[m];
}

// Is the word there, where it is short at the beginning?
static bool holds(const char *candidate, const char *word, size_t n)
{
    const char *at = n >= 2 ? str_find_case(candidate, word) : NULL;

    return at && (n >= 3 || at == candidate);
}

struct near near_start(const char *word)
{
    size_t n = strlen(word);

    return (struct near){.word = word, .distance = n < 3 ? 2 : n / 3 + 2};
}

void near_try(struct near *near, const char *candidate)
{
    size_t n = strlen(near->word), m = strlen(candidate), d;

    if (n == 0 || n > LONGEST || m > LONGEST)
        return;
    d = edits(near->word, n, candidate, m);
    if (d > PREFIX_DISTANCE && holds(candidate, near->word, n))
        d = PREFIX_DISTANCE;
    if (d < near->distance) {
        near->distance = d;
        near->best = candidate;
    }
}
