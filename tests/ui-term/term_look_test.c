// The terminal in a pseudo-terminal: what is shown is what was drawn, in the colours that it has.
// Tests.
#include "ui-term/term_stage.h"

enum { DRAWINGS = 25, PATIENCE_MS = 20000 };

#define ALL_LOOKS (~0U)

static void it_finds_the_colours(void **state)
{
    static const struct {
        const char *env[3];
        int colours;
    } cases[] = {
        {{"TERM=xterm-256color", NULL}, COLOURS_256},
        {{"TERM=xterm-256color", "NO_COLOR=1", NULL}, COLOURS_NONE},
        {{"TERM=xterm-256color", "NO_COLOR=", NULL}, COLOURS_256},
        {{"TERM=xterm-256color", "COLORTERM=truecolor", NULL}, COLOURS_TRUE},
        {{"TERM=screen-256color", "COLORTERM=truecolor", NULL}, COLOURS_256},
        {{"TERM=tmux-256color", "COLORTERM=24bit", NULL}, COLOURS_TRUE},
        {{"TERM=xterm", "COLORTERM=truecolor", NULL}, COLOURS_16},
        {{"TERM=linux", NULL}, COLOURS_16},
        {{"TERM=vt220", NULL}, COLOURS_NONE},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct screen *s = loop_in(*state, cases[i].env);
        char *line = str_format("colours %d", cases[i].colours);

        screen_wait(s, line);
        free(line);
        quit(s);
    }
}

static unsigned bits_of(unsigned look)
{
    return (look & LOOK_BOLD ? SCREEN_BOLD : 0) | (look & LOOK_DIM ? SCREEN_DIM : 0) |
           (look & LOOK_ITALIC ? SCREEN_ITALIC : 0) |
           (look & LOOK_UNDERLINE ? SCREEN_UNDERLINE : 0) |
           (look & LOOK_REVERSE ? SCREEN_REVERSE : 0);
}

// looks: those that the terminal has.
static void assert_cell(struct screen *s, const struct canvas *c, const struct theme *theme,
                        enum colours colours, unsigned looks, int y, int x)
{
    const struct cell *want = &c->cells[y * c->w + x];
    struct screen_cell got = screen_cell(s, y, x);
    struct style style = theme_style(theme, want->role, colours);
    struct str text = {0};
    bool blank = want->text[0] == L' ';
    unsigned bits = bits_of(style.look & looks);

    for (int i = 0; i < CELL_POINTS && want->text[i]; i++)
        text_encode((uint32_t)want->text[i], &text);
    if (blank && !*got.text)
        strcpy(got.text, " ");
    if (want->width && (!str_eq(got.text, str_text(&text)) || got.width != want->width))
        screen_fail(s, "at %d,%d stands \"%s\", not \"%s\"", y, x, got.text, str_text(&text));
    str_free(&text);
    if (!want->width)
        return;
    if (blank)
        bits = (bits & (SCREEN_UNDERLINE | SCREEN_REVERSE)) |
               (got.bits & ~(unsigned)(SCREEN_UNDERLINE | SCREEN_REVERSE));
    if (got.bg != style.bg || got.bits != bits || (!blank && got.fg != style.fg))
        screen_fail(s, "at %d,%d it looks %x on %x (%x), not %x on %x (%x)", y, x, got.fg, got.bg,
                    got.bits, style.fg, style.bg, bits);
}

// What the program draws step by step is drawn here too, and every cell compared.
static void draw_with(struct world *w, const char *theme_name, uint64_t seed, enum colours colours,
                      unsigned looks, const char *const *env)
{
    char *number = str_format("%llu", (unsigned long long)seed);
    const char *argv[] = {"/proc/self/exe", "draw", number, theme_name, NULL};
    struct screen *s = start_at(w, argv, env, DRAW_H, DRAW_W);
    struct rng r = rng_seed(seed);
    struct canvas c = {0};
    const struct theme theme = find_theme(theme_name);

    canvas_size(&c, DRAW_H, DRAW_W);
    screen_quiet(s);
    for (int step = 0; step < DRAWINGS; step++) {
        for (int i = 0; i < DRAWS; i++)
            draw_random(&r, &c);
        screen_key(s, "x");
        // What the key paints; it may be long on its way to a busy program.
        if (!screen_take(s, PATIENCE_MS))
            fail_msg("step %d paints nothing", step);
        screen_quiet(s);
        for (int y = 0; y < DRAW_H; y++) {
            for (int x = 0; x < DRAW_W; x++)
                assert_cell(s, &c, &theme, colours, looks, y, x);
        }
    }
    canvas_free(&c);
    free(number);
    quit(s);
}

static void it_shows_what_was_drawn(void **state)
{
    static const char *const exact[] = {"COLORTERM=truecolor", NULL};

    (void)setlocale(LC_ALL, "C.UTF-8");
    draw_with(*state, "dark", 1, COLOURS_256, ALL_LOOKS, NULL);
    draw_with(*state, "nord", 2, COLOURS_TRUE, ALL_LOOKS, exact);
    draw_with(*state, "default", 3, COLOURS_TRUE, ALL_LOOKS, exact);
    draw_with(*state, "mono", 4, COLOURS_256, ALL_LOOKS, NULL);
}

static void it_shows_the_same_by_curses(void **state)
{
    static const char *const env[] = {"TERM=vt100", NULL};

    (void)setlocale(LC_ALL, "C.UTF-8");
    draw_with(*state, "mono", 5, COLOURS_NONE, LOOK_BOLD | LOOK_UNDERLINE | LOOK_REVERSE, env);
}

static void it_changes_its_look(void **state)
{
    struct screen *s = loop(*state);
    struct screen_cell before = screen_cell(s, 5, 5), after;

    screen_key(s, "D");
    screen_wait(s, "1: D");
    screen_quiet(s);
    after = screen_cell(s, 5, 5);
    assert_int_equal(before.bg, SCREEN_DEFAULT);
    assert_int_not_equal(after.bg, SCREEN_DEFAULT);
    quit(s);
}

static void it_makes_do_with_eight_colours(void **state)
{
    static const char *const env[] = {"TERM=linux", NULL};
    struct screen *s = loop_in(*state, env);
    struct screen_cell title, text;

    screen_key(s, "D");
    screen_wait(s, "1: D");
    screen_quiet(s);
    title = screen_cell(s, 0, 0); // white on a dark grey, and bold
    text = screen_cell(s, 1, 2);
    assert_int_equal(title.fg, 7);
    assert_int_equal(title.bg, 0);
    assert_int_equal(title.bits, SCREEN_BOLD);
    assert_int_equal(text.fg, 7);
    assert_int_equal(text.bits, 0);
    quit(s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(it_finds_the_colours),           TEST(it_shows_what_was_drawn),
        TEST(it_shows_the_same_by_curses),    TEST(it_changes_its_look),
        TEST(it_makes_do_with_eight_colours),
#undef TEST
    };

    if (argc > 1)
        return run_program_here(argv + 1);
    return cmocka_run_group_tests_name("ui-term-term_look", tests, NULL, NULL);
}
