// What stands on the screen of a terminal. One thread. Tests.
#include <string.h>

#include <openssl/evp.h>

#include "base/text.h"
#include "base/vec.h"
#include "support/screen_inside.h"

void screen_size(const struct screen *s, int *h, int *w)
{
    vterm_get_size(s->vt, h, w);
}

static int32_t colour(const VTermColor *c, bool standard)
{
    if (standard)
        return SCREEN_DEFAULT;
    if (VTERM_COLOR_IS_INDEXED(c))
        return c->indexed.idx;
    return SCREEN_RGB | c->rgb.red << 16 | c->rgb.green << 8 | c->rgb.blue;
}

// 16-231 a cube, 232-255 greys, as xterm has them; libvterm's are darker.
static uint32_t of_256(unsigned n)
{
    static const uint32_t ramp[] = {0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff};

    if (n >= 232)
        return (8 + (n - 232) * 10) * 0x010101u;
    n -= 16;
    return ramp[n / 36] << 16 | ramp[n / 6 % 6] << 8 | ramp[n % 6];
}

static uint32_t shown(const struct screen *s, VTermColor c)
{
    if (VTERM_COLOR_IS_INDEXED(&c) && c.indexed.idx >= 16)
        return of_256(c.indexed.idx);
    vterm_screen_convert_color_to_rgb(s->cells, &c);
    return (uint32_t)(c.rgb.red << 16 | c.rgb.green << 8 | c.rgb.blue);
}

static unsigned bits_of(const VTermScreenCellAttrs *a)
{
    return (a->bold ? SCREEN_BOLD : 0u) | (a->font == SGR_DIM_FONT ? SCREEN_DIM : 0u) |
           (a->italic ? SCREEN_ITALIC : 0u) | (a->underline ? SCREEN_UNDERLINE : 0u) |
           (a->reverse ? SCREEN_REVERSE : 0u) | (a->blink ? SCREEN_BLINK : 0u);
}

static void text_of(const VTermScreenCell *cell, struct str *out)
{
    if (!cell->chars[0])
        str_add_char(out, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
        text_encode(cell->chars[i], out);
}

static bool right_half(const VTermScreenCell *cell)
{
    return cell->chars[0] == (uint32_t)-1;
}

struct screen_cell screen_cell(const struct screen *s, int y, int x)
{
    struct screen_cell out = {.fg = SCREEN_DEFAULT, .bg = SCREEN_DEFAULT};
    struct str text = {0};
    VTermScreenCell cell;

    if (!vterm_screen_get_cell(s->cells, (VTermPos){y, x}, &cell))
        return out;
    if (!right_half(&cell)) {
        text_of(&cell, &text);
        str_cut(&text, text.len < sizeof(out.text) ? text.len : sizeof(out.text) - 1);
        memcpy(out.text, str_text(&text), text.len + 1);
        out.width = cell.width;
        str_free(&text);
    }
    out.bits = bits_of(&cell.attrs);
    out.fg = colour(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
    out.bg = colour(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
    out.ink = shown(s, cell.fg);
    out.back = shown(s, cell.bg);
    return out;
}

// Row y with its blanks; columns (may be NULL): of each byte, the column it stands in.
static void read_row(const struct screen *s, int y, struct str *out, int *columns)
{
    VTermScreenCell cell;
    int h, w;

    screen_size(s, &h, &w);
    for (int x = 0; x < w; x++) {
        size_t before = out->len;

        if (!vterm_screen_get_cell(s->cells, (VTermPos){y, x}, &cell) || right_half(&cell))
            continue;
        text_of(&cell, out);
        for (size_t i = before; columns && i < out->len; i++)
            columns[i] = x;
    }
}

char *screen_row(const struct screen *s, int y)
{
    struct str row = {0};

    read_row(s, y, &row, NULL);
    while (row.len && row.data[row.len - 1] == ' ')
        str_cut(&row, row.len - 1);
    return str_take(&row);
}

char *screen_text(const struct screen *s)
{
    struct str all = {0};
    int h, w;

    screen_size(s, &h, &w);
    for (int y = 0; y < h; y++) {
        char *row = screen_row(s, y);

        str_addf(&all, "%s\n", row);
        free(row);
    }
    return str_take(&all);
}

static bool find_in_row(const struct screen *s, const char *text, int *nth, int y, int *x)
{
    struct str row = {0};
    const char *at;
    int h, w, *columns;

    screen_size(s, &h, &w);
    columns = mem_array((size_t)w * VTERM_MAX_CHARS_PER_CELL * 4 + 1, sizeof(*columns));
    read_row(s, y, &row, columns);
    at = strstr(str_text(&row), text);
    while (at && --*nth > 0)
        at = strstr(at + 1, text);
    if (at)
        *x = columns[at - row.data];
    free(columns);
    str_free(&row);
    return at != NULL;
}

bool screen_find(const struct screen *s, const char *text, int nth, int *y, int *x)
{
    int h, w;

    screen_size(s, &h, &w);
    for (*y = 0; *y < h; ++*y) {
        if (find_in_row(s, text, &nth, *y, x))
            return true;
    }
    return false;
}

bool screen_cursor(const struct screen *s, int *y, int *x)
{
    VTermPos at;

    vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &at);
    *y = at.row;
    *x = at.col;
    return !s->hidden;
}

// Asks the terminal what it would send, without sending it.
static bool would_send(struct screen *s, void (*act)(VTerm *vt), const char *bytes)
{
    struct str sent = {0};
    bool same;

    s->probe = &sent;
    act(s->vt);
    s->probe = NULL;
    same = str_eq(str_text(&sent), bytes);
    str_free(&sent);
    return same;
}

static void press_up(VTerm *vt)
{
    vterm_keyboard_key(vt, VTERM_KEY_UP, VTERM_MOD_NONE);
}

struct screen_modes screen_modes(struct screen *s)
{
    struct screen_modes m = {.alternate = s->alternate,
                             .mouse = s->mouse != VTERM_PROP_MOUSE_NONE,
                             .drags = s->mouse >= VTERM_PROP_MOUSE_DRAG,
                             .cursor = !s->hidden};

    m.paste = would_send(s, vterm_keyboard_start_paste, "\033[200~");
    m.cursor_keys = would_send(s, press_up, "\033OA");
    return m;
}

const char *screen_title(const struct screen *s)
{
    return str_text(&s->title);
}

char *screen_clipboard(const struct screen *s)
{
    const char *coded = str_text(&s->clipboard);
    size_t len = strlen(coded);
    unsigned char *text = mem_zalloc(len + 1);
    int n = EVP_DecodeBlock(text, (const unsigned char *)coded, (int)len);

    // Each = at the end stands for a byte that is none.
    for (; n > 0 && len && coded[len - 1] == '='; len--)
        text[--n] = '\0';
    return (char *)text;
}
