// Steps of scripts: the program's surroundings, its start and its end. One at a time. Tests.
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "support/script_inside.h"
#include "support/test.h"

static bool number(const struct line *line, size_t i, long long min, long long max, int *out,
                   struct err *e)
{
    long long n;

    if (!str_int64(script_word(line, i), &n) || n < min || n > max)
        return line_fault(e, &line->words[i], "\"%s\" is no number from %lld to %lld",
                          script_word(line, i), min, max);
    *out = (int)n;
    return true;
}

static bool step_size(struct script *sc, const struct line *line, struct err *e)
{
    return number(line, 1, 1, 1000, &sc->w, e) && number(line, 2, 1, 1000, &sc->h, e);
}

static bool step_env(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    for (size_t i = 1; i < line->n; i++)
        vec_push(&sc->env, mem_strdup(script_word(line, i)));
    return true;
}

static bool step_program(struct script *sc, const struct line *line, struct err *e)
{
    static const struct {
        const char *name, *path;
    } programs[] = {{"lode", LODE_BINARY}, {"tiny", TINY_BINARY}, {"sh", "/bin/sh"}};

    for (size_t i = 0; i < ARRAY_LEN(programs); i++) {
        if (str_eq(programs[i].name, script_word(line, 1))) {
            sc->program = programs[i].path;
            return true;
        }
    }
    return line_fault(e, &line->words[1], "there is no program \"%s\"", script_word(line, 1));
}

static void start(struct script *sc, const char *const *argv)
{
    VEC(const char *) env = {0};

    for (size_t i = 0; i < sc->env.len; i++)
        vec_push(&env, sc->env.items[i]);
    vec_push(&env, NULL);
    screen_free(sc->screen);
    sc->screen = screen_start(&(struct pty_order){
        .home = &sc->home, .argv = argv, .env = env.items, .h = sc->h, .w = sc->w});
    if (sc->deadline_s > 0)
        screen_deadline(sc->screen, sc->deadline_s);
    vec_free(&env);
}

static bool step_start(struct script *sc, const struct line *line, struct err *e)
{
    VEC(const char *) argv = {0};

    if (sc->screen && !pty_ended(screen_pty(sc->screen)))
        return line_fault(e, &line->words[0], "the program that was started has not ended");
    vec_push(&argv, sc->program);
    for (size_t i = 1; i < line->n; i++)
        vec_push(&argv, script_word(line, i));
    vec_push(&argv, NULL);
    start(sc, argv.items);
    vec_free(&argv);
    return true;
}

static bool step_resize(struct script *sc, const struct line *line, struct err *e)
{
    if (!step_size(sc, line, e))
        return false;
    screen_resize(sc->screen, sc->h, sc->w);
    return true;
}

static bool step_signal(struct script *sc, const struct line *line, struct err *e)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {{"TERM", SIGTERM}, {"HUP", SIGHUP},   {"INT", SIGINT},    {"CONT", SIGCONT},
                   {"TSTP", SIGTSTP}, {"SEGV", SIGSEGV}, {"WINCH", SIGWINCH}};

    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        if (str_eq(signals[i].name, script_word(line, 1))) {
            screen_signal(sc->screen, signals[i].number);
            return true;
        }
    }
    return line_fault(e, &line->words[1], "there is no signal \"%s\" here", script_word(line, 1));
}

static bool step_deadline(struct script *sc, const struct line *line, struct err *e)
{
    if (!str_double(script_word(line, 1), &sc->deadline_s) || sc->deadline_s <= 0)
        return line_fault(e, &line->words[1], "these are no seconds");
    if (sc->screen)
        screen_deadline(sc->screen, sc->deadline_s);
    return true;
}

// A command for the shell in the home, with $LODE; it must end with 0.
static bool step_sh(struct script *sc, const struct line *line, struct err *e)
{
    const char *argv[] = {"/bin/sh", "-c", script_word(line, 1), NULL};
    struct run r;

    (void)e;
    (void)setenv("LODE", LODE_BINARY, 1);
    r = run_program(&sc->home, argv, NULL);
    if (r.status != 0 && sc->screen)
        screen_fail(sc->screen, "it ended with %d: %s%s", r.status, str_text(&r.out),
                    str_text(&r.err));
    if (r.status != 0)
        fail_msg("%s ended with %d: %s", argv[2], r.status, str_text(&r.err));
    run_free(&r);
    return true;
}

static bool step_status(struct script *sc, const struct line *line, struct err *e)
{
    int wanted = 0, status;

    if (!number(line, 1, -64, 255, &wanted, e))
        return false;
    status = screen_end(sc->screen);
    if (status != wanted)
        screen_fail(sc->screen, "the program ended with %d, not %d", status, wanted);
    return true;
}

static bool step_stty(struct script *sc, const struct line *line, struct err *e)
{
    char *before, *now;

    if (!str_eq(script_word(line, 1), "same"))
        return line_fault(e, &line->words[1], "only \"same\" is known");
    before = pty_stty(&screen_pty(sc->screen)->before);
    now = pty_stty_now(screen_pty(sc->screen));
    if (!str_eq(before, now))
        screen_fail(sc->screen, "the terminal's modes are not as before:\n%s\n%s", before, now);
    free(before);
    free(now);
    return true;
}

static bool step_modes(struct script *sc, const struct line *line, struct err *e)
{
    struct screen_modes m = screen_modes(sc->screen);

    if (!str_eq(script_word(line, 1), "clean"))
        return line_fault(e, &line->words[1], "only \"clean\" is known");
    if (m.alternate || m.mouse || m.paste || m.cursor_keys || !m.cursor)
        screen_fail(sc->screen, "left behind:%s%s%s%s%s", m.alternate ? " alternate screen" : "",
                    m.mouse ? " mouse" : "", m.paste ? " bracketed paste" : "",
                    m.cursor_keys ? " cursor keys" : "", m.cursor ? "" : " hidden cursor");
    return true;
}

static bool step_do(struct script *sc, const struct line *line, struct err *e)
{
    char *path = str_format("%s/parts/%s.script", sc->folder, script_word(line, 1));

    (void)e;
    script_read(sc, path);
    free(path);
    return true;
}

static bool step_repeat(struct script *sc, const struct line *line, struct err *e)
{
    struct line rest = {line->words + 2, line->n - 2, line->number};
    int times = 0;

    if (!number(line, 1, 1, 100000, &times, e))
        return false;
    for (int i = 0; i < times; i++) {
        if (!script_step(sc, &rest, e))
            return false;
    }
    return true;
}

const struct script_step script_life_steps[] = {
    {"size", "COLUMNS ROWS", 2, 2, false, step_size},
    {"env", "NAME=VALUE...", 1, -1, false, step_env},
    {"program", "lode|tiny|sh", 1, 1, false, step_program},
    {"start", "[ARGS...]", 0, -1, false, step_start},
    {"resize", "COLUMNS ROWS", 2, 2, true, step_resize},
    {"signal", "NAME", 1, 1, true, step_signal},
    {"deadline", "SECONDS", 1, 1, false, step_deadline},
    {"sh", "COMMAND", 1, 1, false, step_sh},
    {"status", "N", 1, 1, true, step_status},
    {"stty", "same", 1, 1, true, step_stty},
    {"modes", "clean", 1, 1, true, step_modes},
    {"do", "PART", 1, 1, false, step_do},
    {"repeat", "N STEP...", 2, -1, false, step_repeat},
    {NULL, NULL, 0, 0, false, NULL},
};
