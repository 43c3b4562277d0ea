// What a terminal sends, as events. A lone Esc is known by the silence after it; pastes are text
// also where the terminal does not put brackets around them. UI thread. Floor: ui/term.
#include "ui/term/input.h"

#include <string.h>
#include <wchar.h>

#include "base/secret.h"
#include "ui/term/burst.h"
#include "ui/term/sequence.h"

enum {
    ESCAPE_MS = 25,    // after a lone Esc
    SEQUENCE_MS = 250, // within a sequence or a character
    PASTE_MS = 5000,   // within a paste: its end was lost
    BURST_MS = 100,    // what comes so soon after a burst belongs to it
    DOUBLE_MS = 400,   // between the presses of a double click
    SYNC_MODE = 2026,
    PASTE_START = 200
};

static const char paste_end[] = "\033[201~";

// What a look at the front of the bytes came to.
enum step {
    STEP_WAIT, // more must come
    STEP_SKIP, // something that is no event was passed over
    STEP_EVENT
};

// What came in may have been a secret: nothing of it stays in memory that is given back.
static void forget(struct str *s)
{
    if (s->data)
        secret_wipe(s->data, s->cap);
    str_free(s);
}

// Adds bytes; a buffer that became too small is wiped.
static void add(struct str *s, const char *bytes, size_t len)
{
    struct str larger = {0};

    if (s->len + len >= s->cap) {
        str_reserve(&larger, 2 * (s->len + len));
        str_add_len(&larger, s->data, s->len);
        forget(s);
        *s = larger;
    }
    str_add_len(s, bytes, len);
}

void input_free(struct input *in)
{
    forget(&in->bytes);
    forget(&in->paste);
}

size_t input_waiting(const struct input *in)
{
    return in->bytes.len - in->at;
}

void input_feed(struct input *in, const char *bytes, size_t len, int64_t now_ms)
{
    size_t left = input_waiting(in);

    if (in->at) {
        memmove(in->bytes.data, in->bytes.data + in->at, left);
        secret_wipe(in->bytes.data + left, in->at);
        str_cut(&in->bytes, left);
        in->run_end -= in->run_end < in->at ? in->run_end : in->at;
        in->at = 0;
    }
    in->fed_at = in->bytes.len;
    add(&in->bytes, bytes, len);
    in->fed_ms = now_ms;
}

static const char *front(const struct input *in, size_t *len)
{
    *len = input_waiting(in);
    return in->bytes.data + in->at;
}

static bool silent(const struct input *in, int64_t now_ms, int ms)
{
    return now_ms - in->fed_ms >= ms;
}

static enum step take(struct input *in, size_t len)
{
    in->at += len;
    return STEP_SKIP;
}

static enum step take_key(struct input *in, size_t len, uint32_t key, struct event *out)
{
    in->at += len;
    *out = (struct event){.kind = EVENT_KEY, .key = key};
    return key ? STEP_EVENT : STEP_SKIP;
}

// Line ends become newlines, NULs go; in place.
static void plain_lines(struct str *s)
{
    size_t to = 0;

    for (size_t i = 0; i < s->len; i++) {
        char c = s->data[i];

        if (c == '\r' && i + 1 < s->len && s->data[i + 1] == '\n')
            continue;
        if (c != '\0')
            s->data[to++] = c == '\r' ? '\n' : c;
    }
    str_cut(s, to);
}

// A character that was cut in the middle goes as a whole.
static void cut_at_character(struct str *s, size_t len)
{
    while (len && ((unsigned char)s->data[len] & 0xc0) == 0x80)
        len--;
    str_cut(s, len);
}

static void collect(struct input *in, const char *p, size_t len)
{
    size_t room = PASTE_MAX + 1 - in->paste.len;

    add(&in->paste, p, len < room ? len : room);
    if (in->paste.len > PASTE_MAX)
        in->paste_cut = true;
}

static enum step give_paste(struct input *in, struct event *out)
{
    if (in->paste.len > PASTE_MAX)
        cut_at_character(&in->paste, PASTE_MAX);
    plain_lines(&in->paste);
    *out = (struct event){.kind = EVENT_PASTE,
                          .paste = str_text(&in->paste),
                          .paste_len = in->paste.len,
                          .paste_cut = in->paste_cut};
    in->pasting = in->paste_cut = false;
    secret_wipe(in->bytes.data, in->at);
    return STEP_EVENT;
}

// As much of a paste as is there, up to its end or what may be the beginning of that.
static enum step step_paste(struct input *in, int64_t now_ms, struct event *out)
{
    size_t len, keep = sizeof(paste_end) - 2;
    const char *p = front(in, &len), *end = memmem(p, len, paste_end, sizeof(paste_end) - 1);

    if (end) {
        collect(in, p, (size_t)(end - p));
        (void)take(in, (size_t)(end - p) + sizeof(paste_end) - 1);
        return give_paste(in, out);
    }
    if (len > keep) {
        collect(in, p, len - keep);
        return take(in, len - keep);
    }
    if (!silent(in, now_ms, PASTE_MS))
        return STEP_WAIT;
    collect(in, p, len);
    (void)take(in, len);
    in->paste_cut = true;
    return give_paste(in, out);
}

// A burst that begins with one and that no Enter ends comes as keys, those behind it marked as text
// for that line and nothing else, for where it asks for none.
static bool is_asking(const struct input *in, char c)
{
    return in->asks && in->asks(in->self, c);
}

static bool only_moves(const struct input *in, const char *p, size_t n)
{
    return in->moves && burst_is_all(p, n, in->moves, in->self);
}

// Where each character would be a command, different ones are a text unless all of them move.
static bool is_burst(const struct input *in, const char *p, size_t n)
{
    bool types = !in->types || in->types(in->self);

    return burst_is(p, n) || (!types && burst_is_mixed(p, n) && !only_moves(in, p, n));
}

static bool soon_after(const struct input *in, int64_t ms)
{
    return ms && in->fed_ms - ms < BURST_MS;
}

// What two reads brought is two runs, where it is no burst as a whole: before the second one is
// looked at, the first may have opened a field.
static size_t first_read(const struct input *in, const char *p, size_t n, bool *plain)
{
    size_t first = in->fed_at > in->at ? in->fed_at - in->at : n;

    if (first >= n || burst_is(p, n))
        return n;
    first = burst_run(p, first, plain);
    while (first && ((unsigned char)p[first] & 0xc0) == 0x80)
        first--;
    return first ? first : burst_run(p, n, plain);
}

// Behind a text that was no more than one where nothing is typed, a key is a key again.
static bool goes_on(const struct input *in, const char *p, size_t n)
{
    return soon_after(in, in->burst_ms) && !(in->burst_short && only_moves(in, p, n));
}

// Text without brackets that is a paste all the same; STEP_WAIT: it is not. What comes soon behind
// one that asks for a line is of that line; with a line's end in it, it is text.
static enum step step_burst(struct input *in, struct event *out)
{
    size_t len;
    const char *p = front(in, &len);
    bool plain;
    size_t n = first_read(in, p, burst_run(p, len, &plain), &plain);
    bool follows = goes_on(in, p, n), of_line = n > 0 && soon_after(in, in->asked_ms);
    bool burst = n > 0 && (follows || of_line || is_burst(in, p, n));

    in->run_end = in->at + n;
    in->asked = plain && of_line && (n == 1 || !burst_has_line_end(p, n));
    in->asking =
        in->asked || (burst && plain && !follows && is_asking(in, *p) && !burst_has_line_end(p, n));
    if (in->asking) // an Enter of its own is the line's end
        in->asked_ms = n == 1 && burst_has_line_end(p, n) ? 0 : in->fed_ms;
    in->joined = burst_is_joined(p, n);
    in->mixed = !in->asking && burst_is_mixed(p, n);
    if (!burst || in->asking)
        return STEP_WAIT;
    in->asked_ms = 0;
    in->burst_ms = in->fed_ms;
    in->burst_short = (!follows || in->burst_short) && !burst_is(p, n);
    collect(in, p, n);
    (void)take(in, n);
    return give_paste(in, out);
}

// A string that the terminal's description names. STEP_WAIT and *known: it may become one;
// STEP_SKIP: it is none.
static enum step step_known(struct input *in, struct event *out)
{
    size_t len, best = 0;
    const char *p = front(in, &len);
    uint32_t key = 0;
    bool begun = false;

    for (size_t i = 0; i < in->n_keys; i++) {
        size_t n = strlen(in->keys[i].text);

        if (n > len) {
            begun = begun || memcmp(p, in->keys[i].text, len) == 0;
        } else if (n > best && memcmp(p, in->keys[i].text, n) == 0) {
            best = n;
            key = in->keys[i].key;
        }
    }
    if (best)
        return take_key(in, best, key, out);
    return begun ? STEP_WAIT : STEP_SKIP;
}

// One character in the locale's encoding. STEP_WAIT: it is not whole.
static enum step step_character(struct input *in, size_t at, uint32_t mods, bool late,
                                struct event *out)
{
    size_t len;
    const char *p = front(in, &len);
    unsigned char c = (unsigned char)p[at];
    mbstate_t state = {0};
    wchar_t point = 0;
    size_t n;

    if (c < ' ' || c == 0x7f)
        return take_key(in, at + 1, mods | control_key(c), out);
    if (c < 0x80)
        return take_key(in, at + 1, mods | c, out);
    n = mbrtowc(&point, p + at, len - at, &state);
    if (n == (size_t)-2 && !late)
        return STEP_WAIT;
    if (n == (size_t)-1 || n == (size_t)-2)
        return take(in, at + 1);
    return take_key(in, at + n, mods | (uint32_t)point, out);
}

// The second press of the same button at the same place soon after the first one, with nothing but
// its release between them.
static void find_double(struct input *in, struct event *e)
{
    bool again = in->click_ms && in->click_button == e->button && in->click_y == e->y &&
                 in->click_x == e->x && in->fed_ms - in->click_ms <= DOUBLE_MS;

    if (e->mouse != MOUSE_PRESS) {
        in->click_ms = e->mouse == MOUSE_RELEASE ? in->click_ms : 0;
        return;
    }
    if (again)
        e->mouse = MOUSE_DOUBLE;
    in->click_ms = again ? 0 : in->fed_ms;
    in->click_button = e->button;
    in->click_y = e->y;
    in->click_x = e->x;
}

static enum step take_mouse(struct input *in, bool good, struct event *out)
{
    if (!good)
        return STEP_SKIP;
    find_double(in, out);
    return STEP_EVENT;
}

// CSI M and three bytes, at of them before.
static enum step step_x10(struct input *in, size_t at, bool late, struct event *out)
{
    size_t len;
    const char *p = front(in, &len);

    if (len < at + 3)
        return late ? take(in, len) : STEP_WAIT;
    (void)take(in, at + 3);
    return take_mouse(in, x10_mouse(p + at, out), out);
}

// A sequence at bytes after the front, its own bytes among them.
static enum step take_sequence(struct input *in, size_t at, uint32_t mods, struct sequence *s,
                               bool late, struct event *out)
{
    uint32_t key;

    if (s->start == '[' && s->final == 'M' && !s->prefix && s->n == 0)
        return step_x10(in, at, late, out);
    if (s->start == '[' && s->prefix == '<' && (s->final == 'M' || s->final == 'm')) {
        (void)take(in, at);
        return take_mouse(in, sequence_mouse(s, out), out);
    }
    if (s->prefix == '?' && s->middle == '$' && s->final == 'y' && s->params[0] == SYNC_MODE) {
        in->answered = true;
        in->sync = s->params[1] == 1 || s->params[1] == 2;
    }
    if (s->start == '[' && s->final == '~' && s->params[0] == PASTE_START && !s->prefix) {
        in->pasting = true;
        in->burst_ms = in->asked_ms = 0;
    }
    key = s->final ? sequence_key(s) : 0;
    return take_key(in, at, key ? key | mods : 0, out);
}

// p[at] is '[' or 'O'. Where it stays alone it was typed with Alt.
static enum step step_sequence(struct input *in, size_t at, uint32_t mods, int64_t now_ms,
                               struct event *out)
{
    size_t len, n;
    const char *p = front(in, &len);
    struct sequence s;
    bool late = silent(in, now_ms, SEQUENCE_MS);

    if (len == at + 1)
        return silent(in, now_ms, ESCAPE_MS) ? step_character(in, at, K_META, true, out)
                                             : STEP_WAIT;
    n = sequence_read(p + at, len - at, &s);
    if (n == 0)
        return late ? take(in, len) : STEP_WAIT;
    return take_sequence(in, at + n, mods, &s, late, out);
}

static enum step step_escape(struct input *in, int64_t now_ms, struct event *out)
{
    size_t len;
    const char *p = front(in, &len);

    if (len == 1)
        return silent(in, now_ms, ESCAPE_MS) ? take_key(in, 1, K_ESCAPE, out) : STEP_WAIT;
    if (p[1] == '[' || p[1] == 'O')
        return step_sequence(in, 1, 0, now_ms, out);
    if (p[1] == '\033' && len > 2 && (p[2] == '[' || p[2] == 'O'))
        return step_sequence(in, 2, K_META, now_ms, out);
    if (p[1] == '\033')
        return take_key(in, 1, K_ESCAPE, out);
    return step_character(in, 1, K_META, silent(in, now_ms, SEQUENCE_MS), out);
}

static enum step step_typed(struct input *in, int64_t now_ms, struct event *out)
{
    enum step s = step_character(in, 0, 0, silent(in, now_ms, SEQUENCE_MS), out);

    if (s == STEP_EVENT) {
        out->asked = in->asked;
        out->joined = in->joined;
        out->mixed = in->mixed;
        in->asked = in->asking;
    }
    return s;
}

static enum step step(struct input *in, int64_t now_ms, struct event *out)
{
    size_t len;
    const char *p = front(in, &len);
    enum step s;

    if (in->pasting)
        return step_paste(in, now_ms, out);
    if (in->at >= in->run_end && (s = step_burst(in, out)) != STEP_WAIT)
        return s;
    if (burst_is_typed((unsigned char)*p))
        return step_typed(in, now_ms, out);
    s = step_known(in, out);
    if (s == STEP_EVENT || (s == STEP_WAIT && !silent(in, now_ms, ESCAPE_MS)))
        return s;
    if (*p == '\033')
        return step_escape(in, now_ms, out);
    return step_character(in, 0, 0, true, out);
}

bool input_next(struct input *in, int64_t now_ms, struct event *out)
{
    enum step s = STEP_SKIP;

    if (!in->pasting)
        forget(&in->paste);
    while (s == STEP_SKIP && (input_waiting(in) || in->pasting))
        s = step(in, now_ms, out);
    return s == STEP_EVENT;
}

// Esc, or what Alt makes of [ and O, where nothing follows.
static bool is_escape(const char *p, size_t len)
{
    return *p == '\033' && (len == 1 || (len == 2 && (p[1] == '[' || p[1] == 'O')));
}

int input_pending_ms(const struct input *in, int64_t now_ms)
{
    size_t len;
    const char *p = front(in, &len);
    int64_t left;

    if (!in->pasting && len == 0)
        return -1;
    left = in->fed_ms +
           (in->pasting         ? PASTE_MS
            : is_escape(p, len) ? ESCAPE_MS
                                : SEQUENCE_MS) -
           now_ms;
    return left < 0 ? 0 : (int)left;
}
