// One line of text being typed. UI thread. Floor: ui/widget.
#include "ui/widget/edit.h"

#include <string.h>
#include <wctype.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "ui/widget/row.h"

enum { CHARACTER_MAX = 4, REPLACEMENT = 0xfffd };

static size_t most(const struct edit *e)
{
    return e->max ? e->max : EDIT_MAX;
}

// The first grapheme border from `at` on.
static size_t border(const struct edit *e, size_t at)
{
    size_t b = text_prev(str_text(&e->text), e->text.len, at);

    while (b < at)
        b = text_next(str_text(&e->text), e->text.len, b);
    return b;
}

// Puts bytes in place of those from..to; the cursor goes behind them. The memory of a secret never
// moves, so that no copy stays behind.
static void replace(struct edit *e, size_t from, size_t to, const char *bytes, size_t len)
{
    if (e->secret && e->text.cap <= 2 * most(e))
        str_reserve(&e->text, 2 * most(e));
    str_splice(&e->text, from, to - from, bytes, len);
    if (e->secret)
        secret_wipe(e->text.data + e->text.len, e->text.cap - e->text.len);
    e->at = border(e, from + len);
    e->changes++;
}

// What is put in for the character at p: itself, a blank for a line end or tab, nothing for another
// control character, U+FFFD for bytes that are no UTF-8. Returns the bytes it took.
static size_t take(const char *p, size_t len, struct str *out)
{
    uint32_t point = REPLACEMENT;
    size_t n = text_decode(p, len, &point);

    if (*p == '\t' || *p == '\n' || *p == '\r')
        str_add_char(out, ' ');
    else if (point >= ' ' && (point < 0x7f || point >= 0xa0))
        text_encode(point, out);
    if (*p == '\r' && len > 1 && p[1] == '\n')
        return 2;
    return n ? n : 1;
}

// Text from outside in place of from..to, as much of it as there is room for.
static void put(struct edit *e, size_t from, size_t to, const char *text, size_t len)
{
    size_t kept = e->text.len - (to - from), room = most(e) > kept ? most(e) - kept : 0, whole = 0;
    struct str piece = {0};

    while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        len--;
    str_reserve(&piece, CHARACTER_MAX * ((len < room ? len : room) + 1));
    while (len && piece.len <= room) {
        size_t n = take(text, len, &piece);

        whole = piece.len <= room ? piece.len : whole;
        text += n;
        len -= n;
    }
    replace(e, from, to, piece.data, whole);
    if (e->secret)
        secret_wipe(piece.data, piece.cap);
    str_free(&piece);
}

void edit_free(struct edit *e)
{
    if (e->secret && e->text.data)
        secret_wipe(e->text.data, e->text.cap);
    str_free(&e->text);
    str_free(&e->cut);
    e->at = 0;
    e->left = 0;
}

void edit_set(struct edit *e, const char *text)
{
    e->left = 0;
    put(e, 0, e->text.len, text, strlen(text));
}

void edit_replace(struct edit *e, size_t from, size_t to, const char *text)
{
    put(e, from, to, text, strlen(text));
}

static size_t before(const struct edit *e)
{
    return text_prev(str_text(&e->text), e->text.len, e->at);
}

static size_t after(const struct edit *e)
{
    return text_next(str_text(&e->text), e->text.len, e->at);
}

static size_t start(const struct edit *e)
{
    (void)e;
    return 0;
}

static size_t end(const struct edit *e)
{
    return e->text.len;
}

static bool is_letter(uint32_t point)
{
    return iswalnum((wint_t)point);
}

static bool is_blank(uint32_t point)
{
    return point == ' ';
}

// Does the grapheme at `at` begin with such a character?
static bool begins(const struct edit *e, size_t at, bool (*is)(uint32_t point))
{
    uint32_t point = 0;

    (void)text_decode(e->text.data + at, e->text.len - at, &point);
    return is(point);
}

static size_t back_while(const struct edit *e, size_t at, bool (*is)(uint32_t point), bool want)
{
    while (at > 0) {
        size_t to = text_prev(e->text.data, e->text.len, at);

        if (begins(e, to, is) != want)
            break;
        at = to;
    }
    return at;
}

static size_t on_while(const struct edit *e, size_t at, bool (*is)(uint32_t point), bool want)
{
    while (at < e->text.len && begins(e, at, is) == want)
        at = text_next(e->text.data, e->text.len, at);
    return at;
}

static size_t word_before(const struct edit *e)
{
    return back_while(e, back_while(e, e->at, is_letter, false), is_letter, true);
}

static size_t blank_before(const struct edit *e)
{
    return back_while(e, back_while(e, e->at, is_blank, true), is_blank, false);
}

static size_t word_after(const struct edit *e)
{
    return on_while(e, on_while(e, e->at, is_letter, false), is_letter, true);
}

enum act { GO, ERASE, CUT };

static const struct {
    uint32_t key;
    size_t (*to)(const struct edit *e);
    enum act act; // on what lies between the cursor and there
} keys[] = {
    {K_LEFT, before, GO},
    {K_CTRL | 'b', before, GO},
    {K_RIGHT, after, GO},
    {K_CTRL | 'f', after, GO},
    {K_HOME, start, GO},
    {K_CTRL | 'a', start, GO},
    {K_END, end, GO},
    {K_CTRL | 'e', end, GO},
    {K_CTRL | K_LEFT, word_before, GO},
    {K_META | 'b', word_before, GO},
    {K_CTRL | K_RIGHT, word_after, GO},
    {K_META | 'f', word_after, GO},
    {K_BACKSPACE, before, ERASE},
    {K_CTRL | 'h', before, ERASE},
    {K_DELETE, after, ERASE},
    {K_CTRL | 'd', after, ERASE},
    {K_CTRL | 'w', blank_before, CUT},
    {K_META | K_BACKSPACE, word_before, CUT},
    {K_META | 'd', word_after, CUT},
    {K_CTRL | 'u', start, CUT},
    {K_CTRL | 'k', end, CUT},
};

static void act_on(struct edit *e, size_t to, enum act act)
{
    size_t from = e->at < to ? e->at : to;

    to = e->at < to ? to : e->at;
    if (act == CUT && !e->secret && from < to) {
        str_clear(&e->cut);
        str_add_len(&e->cut, e->text.data + from, to - from);
    }
    replace(e, from, to, NULL, 0);
}

static bool type(struct edit *e, uint32_t key)
{
    struct str typed = {0};

    if (key == (K_CTRL | 'y')) {
        put(e, e->at, e->at, str_text(&e->cut), e->cut.len);
        return true;
    }
    if (key < ' ' || (key >= 0x7f && key < 0xa0) || key > 0x10ffff)
        return false;
    text_encode(key, &typed);
    put(e, e->at, e->at, typed.data, typed.len);
    secret_wipe(typed.data, typed.cap);
    str_free(&typed);
    return true;
}

bool edit_event(struct edit *e, const struct event *ev)
{
    if (ev->kind == EVENT_PASTE) {
        put(e, e->at, e->at, ev->paste, ev->paste_len);
        return true;
    }
    if (ev->kind != EVENT_KEY)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (keys[i].key != ev->key)
            continue;
        if (keys[i].act == GO)
            e->at = keys[i].to(e);
        else if (keys[i].to(e) != e->at)
            act_on(e, keys[i].to(e), keys[i].act);
        return true;
    }
    return type(e, ev->key);
}

// The text up to byte n as it is shown. Returns its columns.
static int show(const struct edit *e, size_t n, struct str *out)
{
    const char *s = str_text(&e->text), *dot = text_is_utf8() ? "•" : "*";

    str_clear(out);
    if (!e->secret)
        text_clean(s, n, out);
    for (size_t at = 0; e->secret && at < n; at = text_next(s, e->text.len, at))
        str_add(out, dot);
    return text_width(str_text(out));
}

// Scrolls so that the cursor's character, columns from..to of all, is in a window of w columns,
// beside the signs that say there is more.
static void follow(struct edit *e, int w, int from, int to, int all)
{
    int sign = w >= ROW_SIGNS_FROM, last = to < all ? w - sign : w;

    if (from < e->left + (e->left ? sign : 0))
        e->left = from - sign;
    if (to > e->left + last)
        e->left = to - last;
    if (all + 1 - e->left < w)
        e->left = all + 1 - w;
    if (e->left > from - sign)
        e->left = from - sign;
    if (e->left < 0)
        e->left = 0;
}

void edit_draw(struct edit *e, struct area a, bool focused, const char *hint)
{
    struct str *shown = &a.canvas->scratch;
    int from = show(e, e->at, shown), to = show(e, after(e), shown);
    int all = show(e, e->text.len, shown);

    area_fill(area_part(a, 0, 0, 1, a.w), ROLE_FIELD);
    follow(e, a.w, from, to > from ? to : from + 1, all);
    if (e->text.len)
        row_text_from(a, 0, e->left, ROLE_FIELD, str_text(shown), shown->len);
    else if (hint)
        (void)area_text(a, 0, 0, a.w, ROLE_DIM, hint);
    if (focused)
        area_cursor(a, 0, from - e->left);
}
