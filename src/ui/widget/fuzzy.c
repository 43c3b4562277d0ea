// How well a text fits what was typed: the best way to find its letters in order, where runs and
// the starts of words count more. Any thread. Floor: ui/widget.
#include "ui/widget/fuzzy.h"

#include <string.h>
#include <wctype.h>

#include "base/text.h"
#include "ui/widget/list_view.h"

enum {
    TEXT_LETTERS = 256, // of a text are looked at
    LETTER = 16,
    AFTER_ANOTHER = 16,
    WORD_START = 12,
    TEXT_START = 6, // besides
    SKIPPED = 1,    // each letter between two
    SKIPPED_FIRST_MOST = 6,
    SHORTER_MOST = 15, // decides between texts that fit alike
    REPLACEMENT = 0xfffd,
    NEVER = -(1 << 20)
};

struct letters {
    uint32_t of[TEXT_LETTERS];
    unsigned char bonus[TEXT_LETTERS];
    int n;
};

static bool is_word(uint32_t point)
{
    if (point < 0x80)
        return (point >= '0' && point <= '9') || ((point | 0x20) >= 'a' && (point | 0x20) <= 'z');
    return iswalnum((wint_t)point);
}

static bool is_capital(uint32_t point)
{
    return point >= 'A' && point <= 'Z';
}

static bool starts_word(uint32_t last, uint32_t point)
{
    return is_word(point) && (!is_word(last) || (is_capital(point) && !is_capital(last)));
}

// The next letter of *text that counts, 0 at the end; *point: as it was written.
static uint32_t next_letter(const char **text, uint32_t *point)
{
    uint32_t letter = 0;

    while (letter == 0 && **text) {
        size_t n = 1;

        *point = (unsigned char)**text;
        if (*point >= 0x80)
            n = text_decode(*text, strnlen(*text, 4), point);
        *point = n ? *point : REPLACEMENT;
        *text += n ? n : 1;
        letter = *point >= 0x80 || is_capital(*point) ? text_plain(*point) : *point;
    }
    return letter;
}

static void split(const char *text, struct letters *l)
{
    uint32_t last = ' ', point, letter;

    l->n = 0;
    while (l->n < TEXT_LETTERS && (letter = next_letter(&text, &point)) != 0) {
        l->bonus[l->n] = starts_word(last, point) ? WORD_START + (l->n ? 0 : TEXT_START) : 0;
        l->of[l->n++] = letter;
        last = point;
    }
}

// Are all there, in order? Most texts are sorted out here.
static bool has_all(const struct fuzzy *f, const char *text)
{
    uint32_t point, letter;
    size_t i = 0;

    while (i < f->n && (letter = next_letter(&text, &point)) != 0)
        i += letter == f->letters[i];
    return i == f->n;
}

// ends[at]: the best score of the letters so far with the last of them at `at`. Turns it into that
// of one letter more.
static void add_letter(const struct letters *l, uint32_t letter, int *ends)
{
    int run = NEVER, before = NEVER;

    for (int at = 0; at < l->n; at++) {
        int here = ends[at], best = before + AFTER_ANOTHER > run ? before + AFTER_ANOTHER : run;

        ends[at] = l->of[at] == letter && best > NEVER / 2 ? best + LETTER + l->bonus[at] : NEVER;
        run = run - SKIPPED > here ? run - SKIPPED : here;
        before = here;
    }
}

static void add_first(const struct letters *l, uint32_t letter, int *ends)
{
    for (int at = 0; at < l->n; at++) {
        int skipped = at < SKIPPED_FIRST_MOST ? at : SKIPPED_FIRST_MOST;

        ends[at] = l->of[at] == letter ? LETTER + l->bonus[at] - skipped : NEVER;
    }
}

static int best_way(const struct fuzzy *f, const char *text)
{
    struct letters l;
    int ends[TEXT_LETTERS], best = 1, longer;

    split(text, &l);
    add_first(&l, f->letters[0], ends);
    for (size_t i = 1; i < f->n; i++)
        add_letter(&l, f->letters[i], ends);
    for (int at = 0; at < l.n; at++)
        best = ends[at] > best ? ends[at] : best;
    longer = l.n - (int)f->n;
    return best * (SHORTER_MOST + 1) - (longer < SHORTER_MOST ? longer : SHORTER_MOST);
}

struct fuzzy fuzzy_start(const char *typed)
{
    struct fuzzy f = {.n = 0};
    struct letters l;

    split(typed, &l);
    for (int i = 0; i < l.n && f.n < FUZZY_TYPED; i++) {
        if (l.of[i] != ' ')
            f.letters[f.n++] = l.of[i];
    }
    return f;
}

int fuzzy_rate(const struct fuzzy *f, const char *text)
{
    if (f->n == 0)
        return 1;
    return has_all(f, text) ? best_way(f, text) : 0;
}

int fuzzy_score(const char *text, const char *typed)
{
    struct fuzzy f = fuzzy_start(typed);

    return fuzzy_rate(&f, text);
}
