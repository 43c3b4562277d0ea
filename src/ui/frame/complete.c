// What may stand at the cursor of a command line. UI thread. Floor: ui/frame.
#include "ui/frame/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "ui/frame/complete_args.h"
#include "ui/frame/frame.h"

struct offers {
    bool command; // the word is the command itself
    void (*add)(void *to, const char *word, const char *about);
    void *to;
};

static void offer(void *self, const char *word, const char *about)
{
    const struct offers *o = self;
    struct str quoted = {0};

    line_quote(word, &quoted);
    // What follows a command can be typed at once.
    if (o->command && cmd_find(word)->max_args != 0)
        str_add_char(&quoted, ' ');
    o->add(o->to, str_text(&quoted), about);
    str_free(&quoted);
}

// The words up to the cursor; an open quote is closed for it. false: they cannot be read.
static bool words_before(const char *text, size_t at, struct line *line)
{
    static const char *const closers[] = {"", "'", "\"", "\\"};
    struct err e;

    for (size_t i = 0; i < sizeof(closers) / sizeof(*closers); i++) {
        char *closed = str_format("%.*s%s", (int)at, text, closers[i]);
        bool ok = line_split(closed, 0, line, &e);

        free(closed);
        if (ok)
            return true;
    }
    return false;
}

static enum cmd_arg kind_of(const struct line *line, size_t word)
{
    const struct cmd *c = word ? cmd_find(line->words[0].text) : NULL;
    size_t arg = word - 1;

    if (!word)
        return ARG_COMMAND;
    if (!c || (c->max_args >= 0 && arg >= (size_t)c->max_args))
        return ARG_NONE;
    while (arg && (arg >= CMD_ARGS || c->takes[arg] == ARG_NONE))
        arg--;
    return c->takes[arg];
}

static bool ends_in_blank(const char *text, size_t at, const struct line *line)
{
    return line->n == 0 || (at && text[at - 1] == ' ' && !line->words[line->n - 1].quoted) ||
           (at > 1 && text[at - 1] == ' ' && strchr("'\"", text[at - 2]));
}

void complete_offer(void *self, const char *text, size_t at, size_t *start,
                    void (*add)(void *to, const char *word, const char *about), void *to)
{
    struct offers o = {.add = add, .to = to};
    const char *typed;
    struct line line;
    size_t word;

    *start = at;
    if (!words_before(text, at, &line))
        return;
    word = ends_in_blank(text, at, &line) ? line.n : line.n - 1;
    typed = word < line.n ? line.words[word].text : "";
    if (word < line.n)
        *start = (size_t)line.words[word].column - 1;
    o.command = word == 0;
    complete_fitting(self, kind_of(&line, word), &line, typed, offer, &o);
    line_free(&line);
}
