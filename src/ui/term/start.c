// Curses on the terminal of standard input and output, or a sentence why not. UI thread.
// Floor: ui/term.
#include "ui/term/start.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#define NCURSES_NOMACROS
#include <curses.h>
#include <term.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/term/direct.h"

enum { DIRECT_LEAST = 256 }; // more colours than that are exact ones

#define INSTEAD "lode --linear and the subcommands do without (see: lode help)"

// What curses takes for itself and this program does not want it to have.
static const int taken_signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

static bool check_terminals(struct err *e)
{
    if (!isatty(STDIN_FILENO))
        return err_set(e, ERR_INVALID,
                       "standard input is not a terminal, which the explorer needs; " INSTEAD);
    if (!isatty(STDOUT_FILENO))
        return err_set(e, ERR_INVALID,
                       "standard output is not a terminal, which the explorer needs; " INSTEAD);
    return true;
}

static bool fail_named(const char *term, const char *what, struct err *e)
{
    char *clean = text_cleaned(term);

    (void)err_set(e, ERR_INVALID, "%s \"%.60s\" (TERM); " INSTEAD, what, clean);
    free(clean);
    return false;
}

// Reads the description of the terminal.
static bool describe(const char *term, struct start *s, struct err *e)
{
    int found = 0;

    if (!*term)
        return err_set(e, ERR_INVALID,
                       "TERM is not set, so nothing is known of this terminal; set "
                       "it, or else " INSTEAD);
    (void)setupterm(term, STDOUT_FILENO, &found);
    if (found != 1)
        return fail_named(term, "there is no description of the terminal", e);
    modes_read(&s->modes);
    key_strings_read(&s->keys);
    return s->modes.cursor || fail_named(term, "the cursor cannot be placed on the terminal", e);
}

static enum colours find_colours(const char *term, const struct modes *m)
{
    const char *no = getenv("NO_COLOR");

    if ((no && *no) || m->colours < 8)
        return COLOURS_NONE;
    if (m->colours > DIRECT_LEAST || direct_wanted(term, m->colours))
        return COLOURS_TRUE;
    return m->colours == 256 ? COLOURS_256 : COLOURS_16;
}

static SCREEN *new_screen(const char *term, const char *description, FILE *out)
{
    const char *now = getenv("TERMINFO");
    char *before = now ? mem_strdup(now) : NULL;
    SCREEN *screen;

    if (description)
        (void)setenv("TERMINFO", description, true);
    screen = newterm(term, out, stdin);
    if (description && before)
        (void)setenv("TERMINFO", before, true);
    else if (description)
        (void)unsetenv("TERMINFO");
    free(before);
    return screen;
}

static enum numbering find_numbering(const struct start *s)
{
    if (s->colours == COLOURS_TRUE)
        return s->modes.colours > DIRECT_LEAST ? NUMBERING_DIRECT : NUMBERING_MADE;
    return s->modes.colours < 16 ? NUMBERING_EIGHT : NUMBERING_PLAIN;
}

// With exact colours where they are to be had; curses may refuse a made description.
static SCREEN *best_screen(const char *term, struct start *s)
{
    struct str description = {0};
    SCREEN *screen = NULL;

    if (s->numbering == NUMBERING_MADE) {
        direct_description(term, &description);
        screen = new_screen(term, str_text(&description), s->outlet.stream);
        str_free(&description);
    }
    if (!screen && s->numbering == NUMBERING_MADE) {
        s->colours = COLOURS_256;
        s->numbering = NUMBERING_PLAIN;
    }
    return screen ? screen : new_screen(term, NULL, s->outlet.stream);
}

static void set_modes(enum colours colours)
{
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)typeahead(-1);
    if (colours == COLOURS_NONE)
        return;
    (void)start_color();
    (void)use_default_colors();
}

// newterm() with the signals' actions as they were before.
static SCREEN *guarded_screen(const char *term, struct start *s)
{
    struct sigaction before[ARRAY_LEN(taken_signals)];
    TERMINAL *described = cur_term;
    SCREEN *screen;

    for (size_t i = 0; i < ARRAY_LEN(taken_signals); i++)
        (void)sigaction(taken_signals[i], NULL, &before[i]);
    use_env(FALSE); // COLUMNS and LINES may be from another terminal
    use_tioctl(TRUE);
    screen = best_screen(term, s);
    for (size_t i = 0; i < ARRAY_LEN(taken_signals); i++)
        (void)sigaction(taken_signals[i], &before[i], NULL);
    (void)del_curterm(described);
    return screen;
}

bool start_screen(struct start *s, struct err *e)
{
    const char *term = getenv("TERM");

    *s = (struct start){0};
    term = term ? term : "";
    if (!check_terminals(e))
        return false;
    if (!describe(term, s, e)) {
        modes_free(&s->modes);
        key_strings_free(&s->keys);
        return false;
    }
    s->colours = find_colours(term, &s->modes);
    s->numbering = find_numbering(s);
    (void)tcgetattr(STDIN_FILENO, &s->before);
    if (!outlet_open(&s->outlet, e)) {
        modes_free(&s->modes);
        key_strings_free(&s->keys);
        return false;
    }
    s->screen = guarded_screen(term, s);
    if (!s->screen) {
        outlet_close(&s->outlet);
        modes_free(&s->modes);
        key_strings_free(&s->keys);
        return fail_named(term, "curses cannot use the terminal", e);
    }
    set_modes(s->colours);
    return true;
}
