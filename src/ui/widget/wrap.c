// Where rows of text end. Values. Floor: ui/widget.
#include "ui/widget/wrap.h"

#include "base/text.h"

// The end of the last word that is whole within n bytes; 0: there is none.
static size_t last_word(const char *text, size_t n)
{
    while (n > 0 && text[n] != ' ')
        n--;
    while (n > 0 && text[n - 1] == ' ')
        n--;
    return n;
}

size_t wrap_row(const char *text, size_t len, int w, size_t *next)
{
    int used;
    size_t n = text_fitting(text, len, w, &used), word;

    *next = n;
    if (n == len)
        return n;
    word = last_word(text, n);
    if (word) {
        for (*next = word; *next < len && text[*next] == ' ';)
            ++*next;
        return word;
    }
    return *next = n ? n : text_next(text, len, 0);
}
