// How well a text fits what was typed: the best way to find its letters in order, where runs and
// the starts of words count more. Any thread. Floor: ui/widget.
#include "ui/widget/fuzzy.h"

#include <string.h>
#include <wctype.h>

#include "base/text.h"
#include "ui/widget/list_view.h"

enum {
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

// Returns what is left of the text.
static const char *split(struct fuzzy *f, const char *text)
{
    uint32_t letter;
    int n = 0;

    while (n < FUZZY_TEXT && (letter = next_letter(&text, &f->text.points[n])) != 0)
        f->text.letters[n++] = letter;
    f->text.n = n;
    return text;
}

// Are all there, in order, in what was split and in the rest? Most texts are sorted out here.
static bool has_all(struct fuzzy *f, const char *rest)
{
    uint32_t point, letter;
    size_t i = 0;

    for (int at = 0; at < f->text.n && i < f->n; at++) {
        if (f->text.letters[at] == f->letters[i])
            f->text.first[i++] = at;
    }
    while (i < f->n && (letter = next_letter(&rest, &point)) != 0) {
        if (letter == f->letters[i])
            f->text.first[i++] = FUZZY_TEXT;
    }
    return i == f->n;
}

static int bonus(const struct fuzzy *f, int at)
{
    uint32_t last = at ? f->text.points[at - 1] : ' ';

    return starts_word(last, f->text.points[at]) ? WORD_START + (at ? 0 : TEXT_START) : 0;
}

// ends[at]: the best score of the letters so far with the last of them at `at`. Turns it into that
// of one letter more.
static void add_letter(struct fuzzy *f, size_t i)
{
    int run = NEVER, before = NEVER, *ends = f->text.ends;

    for (int at = f->text.first[i - 1]; at < f->text.n; at++) {
        int here = ends[at], best = before + AFTER_ANOTHER > run ? before + AFTER_ANOTHER : run;
        bool is = f->text.letters[at] == f->letters[i] && best > NEVER / 2;

        ends[at] = is ? best + LETTER + bonus(f, at) : NEVER;
        run = run - SKIPPED > here ? run - SKIPPED : here;
        before = here;
    }
}

static void add_first(struct fuzzy *f)
{
    for (int at = f->text.first[0]; at < f->text.n; at++) {
        int skipped = at < SKIPPED_FIRST_MOST ? at : SKIPPED_FIRST_MOST;
        bool is = f->text.letters[at] == f->letters[0];

        f->text.ends[at] = is ? LETTER + bonus(f, at) - skipped : NEVER;
    }
}

static int best_way(struct fuzzy *f)
{
    int best = 1, longer = f->text.n - (int)f->n;

    add_first(f);
    for (size_t i = 1; i < f->n; i++)
        add_letter(f, i);
    for (int at = f->text.first[f->n - 1]; at < f->text.n; at++)
        best = f->text.ends[at] > best ? f->text.ends[at] : best;
    return best * (SHORTER_MOST + 1) - (longer < SHORTER_MOST ? longer : SHORTER_MOST);
}

struct fuzzy fuzzy_start(const char *typed)
{
    struct fuzzy f = {.n = 0};

    (void)split(&f, typed);
    for (int i = 0; i < f.text.n && f.n < FUZZY_TYPED; i++) {
        if (f.text.letters[i] != ' ')
            f.letters[f.n++] = f.text.letters[i];
    }
    return f;
}

int fuzzy_rate(struct fuzzy *f, const char *text)
{
    if (f->n == 0)
        return 1;
    return has_all(f, split(f, text)) ? best_way(f) : 0;
}
