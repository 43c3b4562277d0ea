// Changed cells as the bytes that an ordinary terminal takes. UI thread. Floor: ui/term.
#include "ui/term/ink.h"

#include <string.h>
#define NCURSES_NOMACROS
#include <curses.h>
#include <term.h>

#include "base/mem.h"
#include "base/text.h"

#define PLACE "\033[%i%p1%d;%p2%dH"
#define ERASE "\033[%p1%dX"

enum {
    LEAP = 10,       // so many cells are not worth a jump of the cursor
    DIGITS_MAX = 12, // of an int
    UNKNOWN = -1,    // of the cursor's row
    NONE = -1        // of the roles
};

// The looks, the string that sets each, and its bit among those that the terminal cannot show
// together with colours.
static const struct {
    unsigned look;
    const char *name;
    int colourless;
} looks[] = {{LOOK_BOLD, "bold", 1 << 5},
             {LOOK_DIM, "dim", 1 << 4},
             {LOOK_ITALIC, "sitm", 1 << 15},
             {LOOK_UNDERLINE, "smul", 1 << 1},
             {LOOK_REVERSE, "rev", 1 << 2}};

// "" where the terminal has none.
static const char *string_of(const char *name)
{
    const char *value = tigetstr(name);

    return value && value != (const char *)-1 ? value : "";
}

// Pauses, as in $<5>, are curses' to make.
static bool is_simple(const char *string)
{
    return str_starts(string, "\033[") || str_starts(string, "\033(B\033[");
}

// A terminal that waits at the right edge for what comes next, as nearly all do.
static bool edge_holds(void)
{
    return tigetflag("am") <= 0 || tigetflag("xenl") > 0;
}

bool ink_init(struct ink *k)
{
    const char *off = string_of("sgr0");

    *k = (struct ink){.y = UNKNOWN, .role = NONE};
    k->erases = str_eq(string_of("ech"), ERASE) && str_eq(string_of("el"), "\033[K");
    if (!text_is_utf8() || !str_eq(string_of("cup"), PLACE) || !edge_holds() || !is_simple(off) ||
        strstr(off, "$<") || tigetnum("xmc") > 0 || tigetflag("xhp") > 0 || tigetflag("hz") > 0)
        return false;
    str_add(&k->off, off);
    return true;
}

void ink_free(struct ink *k)
{
    for (size_t i = 0; i < ROLE_COUNT; i++)
        str_free(&k->looks[i].on);
    str_free(&k->off);
    str_free(&k->bytes);
}

static void add_colour(struct str *out, const char *name, int number)
{
    const char *sets = string_of(name);

    if (number >= 0 && *sets)
        str_add(out, tparm(sets, (long)number, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
}

void ink_look(struct ink *k, enum role role, const struct style *s, enum numbering numbering)
{
    struct ink_look *l = &k->looks[role];
    bool coloured = s->fg != COLOUR_DEFAULT || s->bg != COLOUR_DEFAULT;
    int not_shown = coloured && tigetnum("ncv") > 0 ? tigetnum("ncv") : 0;

    str_clear(&l->on);
    for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
        if (s->look & looks[i].look && !(not_shown & looks[i].colourless))
            str_add(&l->on, string_of(looks[i].name));
    }
    add_colour(&l->on, "setaf", direct_number(s->fg, numbering));
    add_colour(&l->on, "setab", direct_number(s->bg, numbering));
    l->plain = s->bg == COLOUR_DEFAULT && !(s->look & (LOOK_UNDERLINE | LOOK_REVERSE));
}

void ink_begin(struct ink *k)
{
    str_clear(&k->bytes);
    k->y = UNKNOWN;
    k->drifts = false;
}

static void add_number(struct str *out, int n)
{
    char digits[DIGITS_MAX];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    str_add_len(out, digits + at, sizeof(digits) - at);
}

static void go(struct ink *k, int y, int x)
{
    if (k->y == y && k->x == x)
        return;
    str_add_len(&k->bytes, "\033[", 2);
    add_number(&k->bytes, y + 1);
    str_add_char(&k->bytes, ';');
    add_number(&k->bytes, x + 1);
    str_add_char(&k->bytes, 'H');
    k->y = y;
    k->x = x;
    k->drifts = false;
}

static bool same_look(const struct str *a, const struct str *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static void unset(struct ink *k)
{
    if (k->role != NONE && k->looks[k->role].on.len)
        str_add_len(&k->bytes, k->off.data, k->off.len);
    k->role = NONE;
}

static void set(struct ink *k, int role)
{
    const struct str *on = &k->looks[role].on;

    if (k->role == role)
        return;
    if (k->role == NONE || !same_look(&k->looks[k->role].on, on)) {
        unset(k);
        str_add_len(&k->bytes, on->data, on->len);
    }
    k->role = role;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

// How many of the n cells in a row are as they are shown.
static int run_same(const struct cell *row, const struct cell *shown, int n)
{
    int i = 0;

    while (i < n && same_cell(&row[i], &shown[i]))
        i++;
    return i;
}

// How many are to be written: up to so many unchanged ones that the cursor had better leap.
static int run_changed(const struct cell *row, const struct cell *shown, int n)
{
    int last = 0; // behind the last one that changed

    for (int i = 0; i < n && i - last <= LEAP; i++) {
        if (!same_cell(&row[i], &shown[i]))
            last = i + 1;
    }
    return last;
}

static bool is_ascii(const struct cell *c)
{
    return c->text[0] && c->text[0] < 0x80 && !c->text[1];
}

// How many of the n cells are ASCII of one role, up to blanks that are worth erasing. *blanks: with
// how many of those it begins.
static int run_ascii(const struct cell *row, int n, int *blanks)
{
    int i = 0, last = 0; // last: behind the last that is none

    for (; i < n && is_ascii(&row[i]) && row[i].role == row[0].role; i++) {
        if (row[i].text[0] == L' ')
            continue;
        if (i - last > LEAP)
            break;
        last = i + 1;
    }
    *blanks = last == 0 ? i : 0;
    return i - last > LEAP && last ? last : i;
}

// Where terminals differ on the width of a character the cursor is placed anew after it.
static bool may_drift(const struct cell *c)
{
    return c->width != 1 || c->text[1];
}

static void write_odd(struct ink *k, const struct cell *c)
{
    for (int i = 0; i < CELL_POINTS && c->text[i]; i++)
        text_encode((uint32_t)c->text[i], &k->bytes);
    k->x += c->width;
    k->drifts = may_drift(c);
}

static void write_ascii(struct ink *k, const struct cell *row, int n)
{
    char *to;

    str_reserve(&k->bytes, (size_t)n);
    to = k->bytes.data + k->bytes.len;
    for (int i = 0; i < n; i++)
        to[i] = (char)row[i].text[0];
    k->bytes.len += (size_t)n;
    k->x += n;
    k->drifts = false;
}

// As many blanks as n, erased.
static void erase_cells(struct ink *k, int n, int left)
{
    str_add_len(&k->bytes, "\033[", 2);
    if (n < left)
        add_number(&k->bytes, n);
    str_add_char(&k->bytes, n < left ? 'X' : 'K');
}

// left: the cells to the edge of the screen. Returns how many were written, at most n but for the
// right half of a wide one.
static int write_some(struct ink *k, const struct cell *row, int y, int x, int n, int left)
{
    int blanks = 0, ascii = run_ascii(row, n, &blanks);

    if (k->drifts && !may_drift(row))
        k->y = UNKNOWN;
    go(k, y, x);
    set(k, row->role);
    if (blanks > LEAP && k->erases && k->looks[row->role].plain) {
        erase_cells(k, blanks, left);
        return blanks;
    }
    if (ascii)
        write_ascii(k, row, ascii);
    else
        write_odd(k, row);
    if (k->x - x >= left)
        k->y = UNKNOWN;
    return k->x - x;
}

void ink_put(struct ink *k, const struct cell *row, const struct cell *shown, int w, int y,
             int from, int to)
{
    int x = from;

    while (x < to) {
        int end = to;

        if (shown) {
            x += run_same(row + x, shown + x, to - x);
            end = x + run_changed(row + x, shown + x, to - x);
        }
        while (x < end)
            x += write_some(k, row + x, y, x, end - x, w - x);
    }
}

void ink_end(struct ink *k, int y, int x)
{
    unset(k);
    if (y >= 0)
        go(k, y, x);
    str_reserve(&k->bytes, 0);
    k->bytes.data[k->bytes.len] = '\0';
}
