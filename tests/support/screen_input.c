// What a person does to the program in a terminal. One thread. Tests.
#include <string.h>

#include "support/screen_inside.h"
#include "support/screen_keys.h"

enum { ESCAPE_MS = 250, HOLD_MS = 5, HOLD_TURNS = 200, READ_MS = 1, READ_TURNS = 500 };

bool screen_key_known(const char *name)
{
    struct screen_keypress press;

    return screen_keypress(name, &press);
}

// What the terminal has made of a key or a click, on to the program.
static void flush(struct screen *s)
{
    screen_send(s, "", 0);
}

// Control and a letter as every terminal sends it; libvterm prefers CSI u for some.
static bool send_control(struct screen *s, const struct screen_keypress *p)
{
    char bytes[2] = {'\033', (char)(p->point & 0x1f)};

    if (!(p->mod & VTERM_MOD_CTRL) || !p->point || !strchr("@[\\]^_ /", (int)p->point)) {
        if (!(p->mod & VTERM_MOD_CTRL) || p->point < 'a' || p->point > 'z')
            return false;
    }
    if (p->point == '/')
        bytes[1] = 0x1f;
    if (p->mod & VTERM_MOD_ALT)
        screen_send(s, bytes, 2);
    else
        screen_send(s, bytes + 1, 1);
    return true;
}

// The program has read what was sent last, looked for more, and slept anew.
static bool is_taken(const struct screen *s)
{
    struct pty_rest now = pty_rest(&s->pty);

    return pty_unread(&s->pty) == 0 && pty_waits(&s->pty) &&
           (now.pid != s->sent.pid || now.sleeps != s->sent.sleeps);
}

// Keys that are read together are a paste: a hand presses none before the last one was taken. A
// program that sleeps meanwhile does not read; one that is busy will.
static void wait_read(struct screen *s)
{
    double until = screen_now() + s->deadline_s;
    int asleep = 0;

    do {
        (void)screen_take(s, READ_MS);
        if (is_taken(s))
            return;
        asleep = pty_asleep(&s->pty) ? asleep + 1 : 0;
    } while (asleep < READ_TURNS && screen_now() < until);
}

void screen_key(struct screen *s, const char *name)
{
    struct screen_keypress p;

    wait_read(s);
    if (!screen_keypress(name, &p))
        screen_fail(s, "there is no key \"%s\"", name);
    if (p.point && send_control(s, &p))
        return;
    if (p.point)
        vterm_keyboard_unichar(s->vt, p.point, p.mod);
    else
        vterm_keyboard_key(s->vt, p.key, p.mod);
    flush(s);
    // The next key would make Meta of it, until the program has given up waiting for one.
    if (p.key == VTERM_KEY_ESCAPE) {
        (void)screen_take(s, ESCAPE_MS);
        screen_quiet(s);
    }
}

void screen_type(struct screen *s, const char *text)
{
    wait_read(s);
    screen_send(s, text, strlen(text));
}

void screen_paste(struct screen *s, const char *text)
{
    vterm_keyboard_start_paste(s->vt);
    str_add(&s->pending, text);
    vterm_keyboard_end_paste(s->vt);
    flush(s);
}

void screen_bytes(struct screen *s, const void *bytes, size_t len)
{
    screen_send(s, bytes, len);
}

static void button(struct screen *s, int y, int x, int which, bool down)
{
    struct str scrap = {0};

    // The terminal must know which button is down, but would tell programs that did not ask.
    if (s->mouse == VTERM_PROP_MOUSE_NONE)
        s->probe = &scrap;
    vterm_mouse_move(s->vt, y, x, VTERM_MOD_NONE);
    vterm_mouse_button(s->vt, which, down, VTERM_MOD_NONE);
    s->probe = NULL;
    str_free(&scrap);
    flush(s);
}

void screen_press(struct screen *s, int y, int x, enum screen_button which)
{
    button(s, y, x, (int)which, true);
}

void screen_release(struct screen *s, int y, int x, enum screen_button which)
{
    button(s, y, x, (int)which, false);
}

void screen_move(struct screen *s, int y, int x)
{
    vterm_mouse_move(s->vt, y, x, VTERM_MOD_NONE);
    flush(s);
}

// A finger stays down for longer than a program takes to see it.
static void hold(struct screen *s)
{
    wait_read(s);
    for (int i = 0; i < HOLD_TURNS && screen_take(s, HOLD_MS); i++)
        continue;
}

void screen_click(struct screen *s, int y, int x, enum screen_button which)
{
    screen_press(s, y, x, which);
    hold(s);
    screen_release(s, y, x, which);
}

// Faster than any hand: how soon a busy machine lets the program see the second one nobody knows.
void screen_double_click(struct screen *s, int y, int x)
{
    for (int i = 0; i < 2; i++) {
        screen_press(s, y, x, BUTTON_LEFT);
        screen_release(s, y, x, BUTTON_LEFT);
    }
}

void screen_drag(struct screen *s, int y, int x, int to_y, int to_x)
{
    int steps = 1;

    if (to_y != y || to_x != x)
        steps = abs(to_y - y) > abs(to_x - x) ? abs(to_y - y) : abs(to_x - x);
    screen_press(s, y, x, BUTTON_LEFT);
    for (int i = 1; i <= steps; i++)
        screen_move(s, y + (to_y - y) * i / steps, x + (to_x - x) * i / steps);
    screen_release(s, to_y, to_x, BUTTON_LEFT);
}

void screen_wheel(struct screen *s, int y, int x, int steps)
{
    int which = steps < 0 ? 4 : 5;

    for (int i = 0; i < abs(steps); i++)
        button(s, y, x, which, true);
}
