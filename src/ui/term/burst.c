// Text that came at once without brackets: did a hand type it? Values. Floor: ui/term.
#include "ui/term/burst.h"

#include <string.h>

#include "ui/term/sequence.h"

enum {
    BURST_KEYS = 8,      // so many at once, with a line's end or an escape sequence in the midst,
    BURST_LINE = 40,     // or so many with one at the end or none,
    BURST_DIFFERENT = 4, // and so many different ones: no hand, and no key held down,
    BURST_WORDS = 10,    // or so many where no line ends;
    BURST_LOOKS = 4,     // so many among sequences that no key sends: colours of a text
    CONSOLE_KEY = 4,     // ESC [ [ A, of the console's function keys
    PASTE_EDGE = 200     // and one more: the brackets of a paste
};

struct seen {
    bool chars[256];
    size_t keys, different;
    bool ends, goes_on; // a line, or a sequence behind text; and there is text behind it
    bool looks;         // a sequence that no key sends
};

bool burst_is_typed(unsigned char c)
{
    return (c >= ' ' && c != 0x7f) || c == '\r' || c == '\n' || c == '\t';
}

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

// The mouse, answers, and the brackets of a paste.
static bool is_of_terminal(const struct sequence *s)
{
    return s->prefix || (s->final == 'M' && s->start == '[') ||
           (s->final == '~' && (s->params[0] == PASTE_EDGE || s->params[0] == PASTE_EDGE + 1));
}

// Bytes of a sequence that begins with ESC; 0: it is not whole, or not of a run. *looks: no key
// sends it.
static size_t sequence_len(const char *p, size_t len, bool *looks)
{
    struct sequence s;
    size_t n;

    *looks = false;
    if (len < 3 || (p[1] != '[' && p[1] != 'O'))
        return 0;
    if (p[1] == '[' && p[2] == '[')
        return len < CONSOLE_KEY ? 0 : CONSOLE_KEY;
    n = sequence_read(p + 1, len - 1, &s);
    *looks = s.final && !sequence_key(&s);
    return n == 0 || is_of_terminal(&s) ? 0 : 1 + n;
}

// Of ESC and what goes with it. A character behind it counts among the typed ones.
static size_t escape_len(const char *p, size_t len, bool *looks)
{
    *looks = false;
    if (len < 2)
        return 0;
    return p[1] == '[' || p[1] == 'O' ? sequence_len(p, len, looks) : 1;
}

size_t burst_run(const char *p, size_t len, bool *plain)
{
    size_t n = 0, more = 1;
    bool looks;

    *plain = true;
    while (n < len && more) {
        more = burst_is_typed((unsigned char)p[n]) ? 1 : 0;
        if (p[n] == '\033') {
            more = escape_len(p + n, len - n, &looks);
            *plain = *plain && !more;
        }
        n += more;
    }
    return n;
}

static void see(struct seen *s, char c)
{
    unsigned char byte = (unsigned char)c;

    s->keys += (byte & 0xc0) != 0x80;
    s->goes_on |= s->ends && !is_line_end(c);
    s->ends |= is_line_end(c);
    s->different += !s->chars[byte] && byte > ' ';
    s->chars[byte] = true;
}

bool burst_is(const char *p, size_t len)
{
    struct seen s = {0};
    bool looks;

    for (size_t i = 0, n; i < len; i += n) {
        n = p[i] == '\033' ? escape_len(p + i, len - i, &looks) : 0;
        if (n) {
            s.looks |= looks;
            s.ends |= s.keys > 0;
        } else {
            see(&s, p[i]);
            n = 1;
        }
    }
    if (s.looks && s.keys >= BURST_LOOKS)
        return true;
    if (!s.ends)
        return s.keys >= BURST_LINE && s.different >= BURST_WORDS;
    return s.keys >= (s.goes_on ? BURST_KEYS : BURST_LINE) && s.different >= BURST_DIFFERENT;
}

// The next of the characters from *at on; NULL: there is none.
static const char *next_typed(const char *p, size_t len, size_t *at)
{
    bool ignored;

    while (*at < len) {
        const char *c = p + *at;
        size_t n = *c == '\033' ? escape_len(c, len - *at, &ignored) : 0;

        *at += n ? n : 1;
        if (!n)
            return c;
    }
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || is_line_end(c);
}

bool burst_is_mixed(const char *p, size_t len)
{
    struct seen s = {0};
    size_t at = 0;

    for (const char *c; (c = next_typed(p, len, &at));) {
        if (!is_blank(*c))
            see(&s, *c);
    }
    return s.keys > 1 && s.different > 1;
}

bool burst_is_joined(const char *p, size_t len)
{
    size_t at = 0;
    const char *first = next_typed(p, len, &at);
    bool differs = false;

    for (const char *c; !differs && (c = next_typed(p, len, &at));)
        differs = *c != *first && ((unsigned char)*c & 0xc0) != 0x80;
    return differs || burst_is_mixed(p, len);
}

bool burst_is_all(const char *p, size_t len, bool (*is)(void *self, char c), void *self)
{
    size_t at = 0;

    for (const char *c; (c = next_typed(p, len, &at));) {
        if (!is_blank(*c) && !is(self, *c))
            return false;
    }
    return true;
}

bool burst_has_line_end(const char *p, size_t len)
{
    return memchr(p, '\r', len) || memchr(p, '\n', len);
}
