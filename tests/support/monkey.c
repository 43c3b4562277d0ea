// Random hands at a terminal. One thread. Tests.
#include "support/monkey.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { DID_MAX = 16384, PASTE_LONGEST = 20000, BYTES_LONGEST = 24 };

// Keys that do something in most programs come more often than chance would have it.
static const char *const keys[] = {
    "j",         "k",      "h",      "l",     "g",   "G",    "Down",    "Up",       "Left",
    "Right",     "Enter",  "Tab",    "S-Tab", "Esc", "Esc",  "Space",   "PageDown", "PageUp",
    "Home",      "End",    "C-d",    "C-u",   "/",   "n",    "N",       "f",        "v",
    "*",         "a",      "A",      "c",     "[",   "]",    "<",       ">",        "^",
    "y",         "Y",      "u",      "C-r",   "e",   "x",    "i",       "F",        "s",
    "S",         "o",      "R",      "m",     "P",   "L",    "?",       ":",        "C-l",
    "F10",       "F1",     "1",      "2",     "3",   "4",    "5",       "7",        "9",
    "Backspace", "Delete", "Insert", "M-x",   "C-w", "C-k",  "C-a",     "C-e",      "+",
    "-",         "=",      "!",      "q",     "C-c", "S-Up", "M-Enter", "F12"};

static const char *const words[] = {"software", "VP",
                                    "5",        "90",
                                    "ruiz",     "no",
                                    "contact",  "company",
                                    "Industry", "x.csv",
                                    "\"",       "'",
                                    "李明",     "e\u0301\u0301\u0301",
                                    "\u202e",   "1000000000000",
                                    "-1",       "=",
                                    "%s%n",     "\\",
                                    "tab\t"};

static const char *const commands[] = {"search",
                                       "count",
                                       "clear",
                                       "where Industry=software",
                                       "fetch-all",
                                       "quote",
                                       "mark-page",
                                       "mark-all",
                                       "mark-none",
                                       "mark-invert",
                                       "undo",
                                       "redo",
                                       "open results",
                                       "open usage",
                                       "open log",
                                       "open jobs",
                                       "open filters",
                                       "columns",
                                       "sort",
                                       "entity company",
                                       "entity contact",
                                       "theme light",
                                       "theme dark",
                                       "privacy",
                                       "zoom",
                                       "split 30",
                                       "help",
                                       "menu",
                                       "palette",
                                       "refresh",
                                       "export marked m.csv",
                                       "redraw",
                                       "set",
                                       "mouse off",
                                       "mouse on",
                                       "cancel",
                                       "buy",
                                       "buy 5",
                                       "reload",
                                       "request",
                                       "edit-filters"};

#define PICK(m, list) (list)[rng_below(&(m)->rng, ARRAY_LEN(list))]

static void say(struct monkey *m, const char *what, const char *detail)
{
    if (m->did.len > DID_MAX)
        str_clear(&m->did);
    str_addf(&m->did, "%s %s\n", what, detail);
}

static void press_key(struct monkey *m, struct screen *s)
{
    const char *key = PICK(m, keys);

    say(m, "key", key);
    screen_key(s, key);
}

static void press_any(struct monkey *m, struct screen *s)
{
    char byte[2] = {(char)(1 + rng_below(&m->rng, 126)), '\0'};
    char *said = str_format("%d", byte[0]);

    // Not to the shell: that is an event of its own.
    if (byte[0] != 0x1a) {
        say(m, "byte", said);
        screen_type(s, byte);
    }
    free(said);
}

static void type_word(struct monkey *m, struct screen *s)
{
    const char *word = PICK(m, words);

    say(m, "type", word);
    screen_type(s, word);
}

static void run_command(struct monkey *m, struct screen *s)
{
    const char *command = PICK(m, commands);

    say(m, "command", command);
    screen_key(s, "Esc");
    screen_key(s, ":");
    screen_type(s, command);
    screen_key(s, "Enter");
}

static char *random_text(struct monkey *m, size_t len)
{
    struct str text = {0};

    while (text.len < len) {
        uint32_t kind = rng_below(&m->rng, 10), cp = rng_below(&m->rng, 0x110000);

        if (kind < 6)
            str_add_char(&text, (char)(' ' + rng_below(&m->rng, 95)));
        else if (kind < 7)
            str_add_char(&text, '\n');
        else if (kind < 8)
            str_add_char(&text, (char)(1 + rng_below(&m->rng, 255)));
        else if (cp && (cp < 0xd800 || cp > 0xdfff))
            text_encode(cp, &text);
    }
    return str_take(&text);
}

static void paste(struct monkey *m, struct screen *s)
{
    bool lots = rng_below(&m->rng, 20) == 0;
    char *text = random_text(m, rng_below(&m->rng, lots ? PASTE_LONGEST : 60));

    say(m, "paste", text);
    screen_paste(s, text);
    free(text);
}

// What no terminal sends, or half of what one does.
static void send_broken(struct monkey *m, struct screen *s)
{
    static const char *const starts[] = {"\033[",      "\033O",      "\033[<",   "\033[200~",
                                         "\033[M",     "\033]52;c;", "\033P",    "\033[<0;1;",
                                         "\033[99999", "\xc3",       "\xf0\x9f", "\033\033["};
    const char *start = PICK(m, starts);
    size_t n = rng_below(&m->rng, BYTES_LONGEST);
    char bytes[BYTES_LONGEST];

    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)('0' + rng_below(&m->rng, 79)); // digits, signs, letters
    say(m, "broken", start);
    screen_type(s, start);
    screen_bytes(s, bytes, n);
    // An open paste would swallow the rest of this life.
    screen_type(s, "\033[201~");
}

static void use_mouse(struct monkey *m, struct screen *s)
{
    int h, w, y, x, to_y, to_x;
    char *said;

    screen_size(s, &h, &w);
    y = (int)rng_below(&m->rng, (uint32_t)h);
    x = (int)rng_below(&m->rng, (uint32_t)w);
    to_y = (int)rng_below(&m->rng, (uint32_t)h);
    to_x = (int)rng_below(&m->rng, (uint32_t)w);
    said = str_format("%d,%d to %d,%d", y, x, to_y, to_x);
    say(m, "mouse", said);
    free(said);
    switch (rng_below(&m->rng, 6)) {
    case 0:
        screen_drag(s, y, x, to_y, to_x);
        break;
    case 1:
        screen_wheel(s, y, x, (int)rng_below(&m->rng, 11) - 5);
        break;
    case 2:
        screen_double_click(s, y, x);
        break;
    case 3:
        screen_release(s, y, x, BUTTON_LEFT);
        break;
    case 4:
        screen_click(s, y, x, (enum screen_button)(1 + rng_below(&m->rng, 3)));
        break;
    default:
        screen_click(s, y, x, BUTTON_LEFT);
    }
}

static void change_size(struct monkey *m, struct screen *s)
{
    bool odd = rng_below(&m->rng, 4) == 0;
    int h = 1 + (int)rng_below(&m->rng, odd ? 200 : 60);
    int w = 1 + (int)rng_below(&m->rng, odd ? 500 : 160);
    char *said = str_format("%d by %d", w, h);

    say(m, "resize", said);
    screen_resize(s, h, w);
    free(said);
}

static const struct act {
    unsigned share; // of 100
    void (*run)(struct monkey *m, struct screen *s);
} acts[] = {{46, press_key}, {10, press_any},  {9, type_word},  {11, run_command},
            {4, paste},      {4, send_broken}, {12, use_mouse}, {4, change_size}};

void monkey_act(struct monkey *m, struct screen *s)
{
    unsigned at = rng_below(&m->rng, 100);

    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        if (at < acts[i].share) {
            acts[i].run(m, s);
            return;
        }
        at -= acts[i].share;
    }
}

void monkey_free(struct monkey *m)
{
    str_free(&m->did);
}
