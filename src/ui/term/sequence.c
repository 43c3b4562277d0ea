// One escape sequence of a terminal, taken apart: keys as xterm and its kin send them, with
// modifiers; mouse reports. Values. Floor: ui/term.
#include "ui/term/sequence.h"

#include "base/mem.h"

enum { PARAM_MAX = 100000, MOUSE_MAX = 10000, MODIFIERS_MAX = 16 };

// The bits of a mouse report.
enum { REPORT_BUTTON = 3, REPORT_MOVED = 32, REPORT_WHEEL = 64, REPORT_OTHER = 128 };

struct row {
    int code;
    uint32_t key;
};

static const struct row by_final[] = {{'A', K_UP},     {'B', K_DOWN},         {'C', K_RIGHT},
                                      {'D', K_LEFT},   {'H', K_HOME},         {'F', K_END},
                                      {'P', K_F1},     {'Q', K_F1 + 1},       {'R', K_F1 + 2},
                                      {'S', K_F1 + 3}, {'Z', K_SHIFT | K_TAB}};

// CSI number ~
static const struct row by_number[] = {{1, K_HOME},
                                       {2, K_INSERT},
                                       {3, K_DELETE},
                                       {4, K_END},
                                       {5, K_PAGE_UP},
                                       {6, K_PAGE_DOWN},
                                       {7, K_HOME},
                                       {8, K_END},
                                       {11, K_F1},
                                       {12, K_F1 + 1},
                                       {13, K_F1 + 2},
                                       {14, K_F1 + 3},
                                       {15, K_F1 + 4},
                                       {17, K_F1 + 5},
                                       {18, K_F1 + 6},
                                       {19, K_F1 + 7},
                                       {20, K_F1 + 8},
                                       {21, K_F1 + 9},
                                       {23, K_F1 + 10},
                                       {24, K_F12},
                                       {25, K_SHIFT | K_F1},
                                       {26, K_SHIFT | (K_F1 + 1)},
                                       {28, K_SHIFT | (K_F1 + 2)},
                                       {29, K_SHIFT | (K_F1 + 3)},
                                       {31, K_SHIFT | (K_F1 + 4)},
                                       {32, K_SHIFT | (K_F1 + 5)},
                                       {33, K_SHIFT | (K_F1 + 6)},
                                       {34, K_SHIFT | (K_F1 + 7)}};

// The numeric keypad in its application mode: SS3 and this.
static const struct row by_keypad[] = {
    {'M', K_ENTER}, {'I', K_TAB}, {' ', ' '}, {'X', '='}, {'j', '*'}, {'k', '+'}, {'l', ','},
    {'m', '-'},     {'n', '.'},   {'o', '/'}, {'p', '0'}, {'q', '1'}, {'r', '2'}, {'s', '3'},
    {'t', '4'},     {'u', '5'},   {'v', '6'}, {'w', '7'}, {'x', '8'}, {'y', '9'}};

static uint32_t look_up(const struct row *rows, size_t n, int code)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].code == code)
            return rows[i].key;
    }
    return 0;
}

static void add_digit(struct sequence *s, char c)
{
    int *param = &s->params[s->n ? s->n - 1 : 0];

    s->n = s->n ? s->n : 1;
    if (*param < PARAM_MAX)
        *param = *param * 10 + c - '0';
}

// A byte between the start and the end of a CSI. A number too many goes to the last one.
static void add_byte(struct sequence *s, char c)
{
    if (c >= '0' && c <= '9') {
        add_digit(s, c);
    } else if (c == ';' || c == ':') {
        s->n = s->n ? s->n : 1;
        if (s->n < SEQUENCE_PARAMS)
            s->params[s->n++] = 0;
    } else if (c >= '<' && c <= '?') {
        s->prefix = c;
    } else {
        s->middle = c;
    }
}

static size_t read_csi(const char *p, size_t len, struct sequence *out)
{
    for (size_t i = 1; i < len; i++) {
        if (p[i] < ' ' || p[i] > '~' || i >= SEQUENCE_MAX)
            return i;
        if (p[i] >= '@') {
            out->final = p[i];
            return i + 1;
        }
        add_byte(out, p[i]);
    }
    return 0;
}

// Some terminals put a modifier between: SS3 5 A.
static size_t read_ss3(const char *p, size_t len, struct sequence *out)
{
    size_t at = 1;

    for (; at < len && at < 3 && p[at] >= '0' && p[at] <= '9'; at++)
        add_digit(out, p[at]);
    if (at == len)
        return 0;
    if (p[at] < ' ' || p[at] > '~')
        return at;
    out->final = p[at];
    return at + 1;
}

size_t sequence_read(const char *p, size_t len, struct sequence *out)
{
    *out = (struct sequence){.start = *p};
    return *p == '[' ? read_csi(p, len, out) : read_ss3(p, len, out);
}

// xterm's number for modifiers: one more than their bits.
static uint32_t modifiers(int param)
{
    int bits = param > 1 ? param - 1 : 0;

    return (bits & 1 ? K_SHIFT : 0) | (bits & (2 | 8) ? K_META : 0) | (bits & 4 ? K_CTRL : 0);
}

uint32_t control_key(unsigned char c)
{
    switch (c) {
    case '\t':
        return K_TAB;
    case '\r':
        return K_ENTER;
    case 0x1b:
        return K_ESCAPE;
    case 0x7f:
        return K_BACKSPACE;
    case 0:
        return K_CTRL | ' ';
    default:
        return K_CTRL | (uint32_t)(c <= 26 ? c + 'a' - 1 : c + '@');
    }
}

// A character by its code point, as newer terminals send it where modifiers were held.
static uint32_t coded_key(int point, uint32_t mods)
{
    uint32_t key = (uint32_t)point;

    if (point < ' ' || point == 0x7f)
        key = control_key((unsigned char)point);
    if (key & K_SPECIAL)
        return key | mods;
    if (key >= 'a' && key <= 'z' && mods & K_SHIFT && !(mods & K_CTRL))
        key -= 'a' - 'A';
    if (key >= 'A' && key <= 'Z' && mods & K_CTRL)
        key += 'a' - 'A';
    return key | (mods & ~(uint32_t)K_SHIFT);
}

static uint32_t ss3_key(const struct sequence *s)
{
    uint32_t key = look_up(by_final, ARRAY_LEN(by_final), s->final);

    if (!key)
        key = look_up(by_keypad, ARRAY_LEN(by_keypad), s->final);
    return key ? key | modifiers(s->params[0]) : 0;
}

uint32_t sequence_key(const struct sequence *s)
{
    uint32_t key = 0;

    if (s->prefix || s->middle || s->params[1] > MODIFIERS_MAX)
        return 0;
    if (s->start == 'O')
        return ss3_key(s);
    if (s->final == 'u' && s->params[0] > 0 && s->params[0] < 0x110000)
        return coded_key(s->params[0], modifiers(s->params[1]));
    if (s->final == '~' && s->params[0] == 27 && s->n == 3)
        return coded_key(s->params[2], modifiers(s->params[1]));
    if (s->final == '~')
        key = look_up(by_number, ARRAY_LEN(by_number), s->params[0]);
    else
        key = look_up(by_final, ARRAY_LEN(by_final), s->final);
    return key ? key | modifiers(s->params[1]) : 0;
}

static bool mouse_report(int bits, int x, int y, bool released, struct event *out)
{
    int button = bits & REPORT_BUTTON;

    *out = (struct event){.kind = EVENT_MOUSE, .button = button + 1, .y = y - 1, .x = x - 1};
    if (y < 1 || x < 1 || y > MOUSE_MAX || x > MOUSE_MAX || bits & REPORT_OTHER)
        return false;
    if (bits & REPORT_WHEEL) {
        out->mouse = button == 0 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
        out->button = 0;
        return button < 2 && !released;
    }
    out->mouse = released ? MOUSE_RELEASE : bits & REPORT_MOVED ? MOUSE_DRAG : MOUSE_PRESS;
    return button < 3;
}

bool sequence_mouse(const struct sequence *s, struct event *out)
{
    return mouse_report(s->params[0], s->params[1], s->params[2], s->final == 'm', out);
}

// A release does not say of which button.
bool x10_mouse(const char bytes[static 3], struct event *out)
{
    int bits = (unsigned char)bytes[0] - 32;
    bool released = (bits & (REPORT_BUTTON | REPORT_WHEEL | REPORT_MOVED)) == 3;

    if (released)
        bits &= ~REPORT_BUTTON;
    return bits >= 0 && mouse_report(bits, (unsigned char)bytes[1] - 32,
                                     (unsigned char)bytes[2] - 32, released, out);
}
