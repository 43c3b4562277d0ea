// A program on the terminal in a pseudo-terminal, for the tests of it: started here, and looked at
// once it is over. Tests.
#ifndef TESTS_UI_TERM_TERM_STAGE_H
#define TESTS_UI_TERM_TERM_STAGE_H

#include "support/test.h"

#include "support/screen.h"
#include "ui-term/term_program.h"

struct world {
    struct home home;
    struct screen *s;
};

static inline int set_up(void **state)
{
    struct world *w = mem_zalloc(sizeof(*w));

    w->home = home_make();
    *state = w;
    return 0;
}

static inline int tear_down(void **state)
{
    struct world *w = *state;

    screen_free(w->s);
    home_remove(&w->home);
    free(w);
    return 0;
}

static inline struct screen *start_at(struct world *w, const char *const *argv,
                                      const char *const *env, int h, int width)
{
    screen_free(w->s);
    w->s = screen_start(
        &(struct pty_order){.home = &w->home, .argv = argv, .env = env, .h = h, .w = width});
    free(screen_raw(w->s));
    return w->s;
}

static inline struct screen *loop_in(struct world *w, const char *const *env)
{
    static const char *const argv[] = {"/proc/self/exe", "loop", NULL};
    struct screen *s = start_at(w, argv, env, 24, 80);

    screen_wait(s, "ready 80x24");
    screen_wait_cursor(s, "ready");
    return s;
}

static inline struct screen *loop(struct world *w)
{
    return loop_in(w, NULL);
}

static inline void assert_given_back(struct screen *s)
{
    struct screen_modes m = screen_modes(s);
    char *before = pty_stty(&screen_pty(s)->before), *now = pty_stty_now(screen_pty(s));

    assert_string_equal(now, before);
    assert_false(m.alternate);
    assert_false(m.mouse);
    assert_false(m.drags);
    assert_false(m.paste);
    assert_false(m.cursor_keys);
    assert_true(m.cursor);
    free(before);
    free(now);
}

static inline void quit(struct screen *s)
{
    screen_key(s, "q");
    assert_int_equal(screen_end(s), 0);
    assert_given_back(s);
}

static inline void assert_has(const char *raw, const char *bytes)
{
    if (!strstr(raw, bytes))
        fail_msg("not sent: ESC%s", bytes + 1);
}

#endif
