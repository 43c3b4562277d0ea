// What the program switches on in a terminal and off again, and what the terminal's description
// says about that and about its keys. UI thread. Floor: ui/term.
#include "ui/term/modes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#define NCURSES_NOMACROS
#include <curses.h>
#include <term.h>

#include "base/mem.h"
#include "base/vec.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define EVERY_MOUSE_OFF "\033[?1006l\033[?1003l\033[?1002l\033[?1000l"

static const struct {
    const char *name;
    uint32_t key;
} key_names[] = {
    {"kcuu1", K_UP},
    {"kcud1", K_DOWN},
    {"kcub1", K_LEFT},
    {"kcuf1", K_RIGHT},
    {"khome", K_HOME},
    {"kend", K_END},
    {"kpp", K_PAGE_UP},
    {"knp", K_PAGE_DOWN},
    {"kich1", K_INSERT},
    {"kdch1", K_DELETE},
    {"kbs", K_BACKSPACE},
    {"kent", K_ENTER},
    {"kcbt", K_SHIFT | K_TAB},
    {"kri", K_SHIFT | K_UP},
    {"kind", K_SHIFT | K_DOWN},
    {"kLFT", K_SHIFT | K_LEFT},
    {"kRIT", K_SHIFT | K_RIGHT},
    {"kHOM", K_SHIFT | K_HOME},
    {"kEND", K_SHIFT | K_END},
    {"kPRV", K_SHIFT | K_PAGE_UP},
    {"kNXT", K_SHIFT | K_PAGE_DOWN},
    {"kIC", K_SHIFT | K_INSERT},
    {"kDC", K_SHIFT | K_DELETE},
    {"ka1", K_HOME},
    {"ka3", K_PAGE_UP},
    {"kc1", K_END},
    {"kc3", K_PAGE_DOWN},
};

// NULL: the terminal has none.
static const char *string_of(const char *name)
{
    const char *value = tigetstr(name);

    return value == (const char *)-1 || (value && !*value) ? NULL : value;
}

static int number_of(const char *name)
{
    int n = tigetnum(name);

    return n < 0 ? 0 : n;
}

// Without the pauses of old terminals, $<5>.
static void add_plain(struct str *out, const char *name)
{
    const char *p = string_of(name), *pause;

    while (p && (pause = strstr(p, "$<")) != NULL && strchr(pause, '>')) {
        str_add_len(out, p, (size_t)(pause - p));
        p = strchr(pause, '>') + 1;
    }
    if (p)
        str_add(out, p);
}

void modes_read(struct modes *m)
{
    const char *cup = string_of("cup");

    *m = (struct modes){.cursor = cup != NULL,
                        .ansi = cup && str_starts(cup, "\033["),
                        .sync = string_of("Sync") != NULL,
                        .colours = number_of("colors"),
                        .h = number_of("lines"),
                        .w = number_of("cols")};
    m->mouse = m->ansi && string_of("kmous");
    add_plain(&m->on, "smkx");
    if (m->ansi) {
        str_add(&m->on, PASTE_ON);
        str_add(&m->off, PASTE_OFF);
        str_add(&m->dying, MODES_SYNC_OFF PASTE_OFF EVERY_MOUSE_OFF);
    }
    add_plain(&m->off, "rmkx");
    if (!string_of("rmcup"))
        add_plain(&m->last, "el");
    add_plain(&m->dying, "sgr0");
    add_plain(&m->dying, "cnorm");
    add_plain(&m->dying, "rmcup");
    add_plain(&m->dying, "rmkx");
}

void modes_free(struct modes *m)
{
    str_free(&m->on);
    str_free(&m->off);
    str_free(&m->last);
    str_free(&m->dying);
}

static void add_key(struct key_strings *k, const char *name, uint32_t key)
{
    const char *text = string_of(name);
    struct key_string item;

    if (!text)
        return;
    item = (struct key_string){mem_strdup(text), key};
    vec_push(k, item);
}

// kf1 to kf12, and kf13 to kf24 for them with Shift.
void key_strings_read(struct key_strings *k)
{
    char name[8];

    *k = (struct key_strings){0};
    for (size_t i = 0; i < ARRAY_LEN(key_names); i++)
        add_key(k, key_names[i].name, key_names[i].key);
    for (uint32_t i = 0; i < 24; i++) {
        (void)snprintf(name, sizeof(name), "kf%u", (unsigned)i + 1);
        add_key(k, name, i < 12 ? K_F1 + i : K_SHIFT | (K_F1 + i - 12));
    }
}

void key_strings_free(struct key_strings *k)
{
    for (size_t i = 0; i < k->len; i++)
        free(k->items[i].text);
    vec_free(k);
}
