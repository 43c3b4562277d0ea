// A pane on a sheet in memory, over the real desk: the frame's part is played by doubles of host_*
// that keep what they were told. One test program each. Main thread. Tests.
#ifndef TESTS_UI_PANE_STAGE_H
#define TESTS_UI_PANE_STAGE_H

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/desk.h"
#include "ui/pane/panes.h"

enum {
    STAGE_POPUPS = 8,
    SMALL_H = 18,
    SMALL_W = 58,
    USUAL_H = 20,
    USUAL_W = 78,
    LARGE_H = 46,
    LARGE_W = 198,
    TITLE_W = 12, // columns of a title and what is around it
    STAGE_SOIL = 0x2592
};

struct host {
    struct desk *desk;
    struct pane *pane; // the one under test
    struct pane *popups[STAGE_POPUPS];
    bool closing[STAGE_POPUPS];
    size_t n_popups;
    struct canvas canvas;
    char *said, *failed, *opened, *copied, *commands; // the last ones; commands: a line each
    enum role said_role;
    char *asked, *buttons; // a question that waits
    void (*answered)(void *self, int button);
    void (*typed)(void *self, const char *text);
    void *answered_self;
    long long typed_above; // 0: as it is usually set
    bool no_clipboard;
    int64_t wake_ms;
};

static inline void keep(char **place, const char *text)
{
    free(*place);
    *place = mem_strdup(text);
}

static inline struct pane *stage_top(const struct host *h)
{
    return h->n_popups ? h->popups[h->n_popups - 1] : h->pane;
}

void host_open(struct host *h, const char *pane)
{
    keep(&h->opened, pane);
}

void host_popup(struct host *h, struct pane *popup)
{
    assert_true(h->n_popups < STAGE_POPUPS);
    h->closing[h->n_popups] = false;
    h->popups[h->n_popups++] = popup;
}

void host_close(struct host *h)
{
    size_t i = h->n_popups;

    while (i > 0 && h->closing[i - 1])
        i--;
    assert_true(i > 0);
    h->closing[i - 1] = true;
}

void host_say(struct host *h, enum role role, const char *format, ...)
{
    struct str s = {0};
    va_list args;

    va_start(args, format);
    str_vaddf(&s, format, args);
    va_end(args);
    keep(&h->said, str_text(&s));
    h->said_role = role;
    str_free(&s);
}

void host_fail(struct host *h, const struct err *e)
{
    keep(&h->failed, e->text);
}

void host_ask(struct host *h, const char *title, const char *text, const char *buttons,
              void (*answered)(void *self, int button), void *self)
{
    char *whole = str_format("%s: %s", title, text);

    keep(&h->asked, whole);
    free(whole);
    keep(&h->buttons, buttons);
    h->answered = answered;
    h->answered_self = self;
}

long long host_typed_above(struct host *h)
{
    return h->typed_above ? h->typed_above : 100;
}

void host_ask_text(struct host *h, const char *title, const char *label, const char *first,
                   void (*answered)(void *self, const char *text), void *self)
{
    (void)first;
    h->typed = answered;
    h->answered_self = self;
    keep(&h->asked, title);
    keep(&h->buttons, label);
}

void host_ask_file(struct host *h, const char *title, const char *label, const char *first,
                   void (*answered)(void *self, const char *text), void *self)
{
    host_ask_text(h, title, label, first, answered, self);
}

const char *host_key(struct host *h, const struct pane *p, const char *command)
{
    static const char *const keys[][2] = {
        {"filter", "f"},  {"search", "r"}, {"mark", "Space"}, {"quote", "e"},     {"export", "x"},
        {"lock", "L"},    {"count", "C"},  {"refresh", "F5"}, {"fields", "F"},    {"help", "?"},
        {"command", ":"}, {"quit", "Q"},   {"cancel", "C-c"}, {"mark-range", "v"}};
    static char other[64];

    (void)h;
    (void)p;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (str_eq(keys[i][0], command))
            return keys[i][1];
    }
    (void)snprintf(other, sizeof(other), ":%s", command);
    return other;
}

bool host_has_clipboard(const struct host *h)
{
    return !h->no_clipboard;
}

bool host_copy(struct host *h, const char *text)
{
    keep(&h->copied, text);
    return true;
}

int64_t host_now_ms(struct host *h)
{
    (void)h;
    return desk_clock_ms();
}

void host_wake_at(struct host *h, struct pane *p, int64_t boot_ms)
{
    (void)p;
    h->wake_ms = boot_ms;
}

static inline void stage_reap(struct host *h)
{
    size_t kept = 0;

    for (size_t i = 0; i < h->n_popups; i++) {
        if (h->closing[i])
            h->popups[i]->ops->close(h->popups[i]);
        else
            h->popups[kept++] = h->popups[i];
    }
    memset(h->closing, 0, sizeof(h->closing));
    h->n_popups = kept;
}

// As Esc does where the popup has no use for it.
static inline void stage_close_popup(struct host *h)
{
    host_close(h);
    stage_reap(h);
}

static inline bool run_action(struct pane *p, const struct line *line, struct err *e)
{
    *e = (struct err){0};
    for (const struct pane_action *a = p->ops->actions; a && a->command; a++) {
        if (str_eq(a->command, line->words[0].text))
            return a->run(p, line, e);
    }
    return false;
}

// A command line as a bound key would run it, in the topmost pane. false: refused, with *e, or not
// taken, with ERR_NONE.
static inline bool stage_run(struct host *h, const char *text, struct err *e)
{
    struct line line;
    bool ok;

    assert_true(line_split(text, 0, &line, e));
    ok = run_action(stage_top(h), &line, e);
    line_free(&line);
    stage_reap(h);
    return ok;
}

#define DO(host_, line_)                                                                           \
    do {                                                                                           \
        struct err e_;                                                                             \
        if (!stage_run((host_), (line_), &e_))                                                     \
            fail_msg("%s: %s", (line_), e_.text);                                                  \
    } while (0)

// Text of a refusal that is wanted.
#define REFUSED(host_, line_, part_)                                                               \
    do {                                                                                           \
        struct err e_;                                                                             \
        assert_false(stage_run((host_), (line_), &e_));                                            \
        if (!strstr(e_.text, (part_)))                                                             \
            fail_msg("%s was refused with: %s", (line_), e_.text);                                 \
    } while (0)

// The doubles run what panes press buttons for; the rest is kept.
void host_command(struct host *h, const char *text)
{
    char *all = str_format("%s%s\n", h->commands ? h->commands : "", text);
    struct err e;

    free(h->commands);
    h->commands = all;
    if (str_eq(text, "search") && !desk_search(h->desk, &e))
        host_fail(h, &e);
    if (str_eq(text, "choose") || str_eq(text, "detail") || str_eq(text, "mark"))
        (void)stage_run(h, text, &e);
}

static inline bool stage_event(struct host *h, const struct event *ev)
{
    struct pane *p = stage_top(h);
    bool taken = p->ops->event && p->ops->event(p, ev);

    stage_reap(h);
    return taken;
}

static inline bool stage_key(struct host *h, uint32_t key)
{
    return stage_event(h, &(struct event){.kind = EVENT_KEY, .key = key});
}

static inline void stage_type(struct host *h, const char *text)
{
    for (; *text; text++)
        assert_true(stage_key(h, (unsigned char)*text));
}

static inline void stage_paste(struct host *h, const char *text)
{
    assert_true(stage_event(
        h, &(struct event){.kind = EVENT_PASTE, .paste = text, .paste_len = strlen(text)}));
}

static inline bool stage_mouse(struct host *h, enum mouse_what what, int y, int x)
{
    return stage_event(
        h, &(struct event){.kind = EVENT_MOUSE, .mouse = what, .button = 1, .y = y, .x = x});
}

static inline void tell_changed(struct pane *p, unsigned parts)
{
    if (p->ops->watches && !(p->ops->watches & parts))
        return;
    if (p->ops->changed)
        p->ops->changed(p, parts);
}

// What the desk did since, told to the panes.
static inline void stage_serve(struct host *h)
{
    unsigned parts = desk_parts() | desk_serve(h->desk);

    if (!parts)
        return;
    tell_changed(h->pane, parts);
    for (size_t i = 0; i < h->n_popups; i++)
        tell_changed(h->popups[i], parts);
}

// What stood there before: the frame clears nothing.
static inline void stage_soil(struct canvas *c)
{
    for (int i = 0; i < c->h * c->w; i++)
        c->cells[i] = (struct cell){.text = {STAGE_SOIL}, .role = ROLE_ERROR, .width = 1};
}

static inline void stage_is_clean(const struct canvas *c)
{
    for (int i = 0; i < c->h * c->w; i++) {
        if (c->cells[i].text[0] == STAGE_SOIL)
            fail_msg("nothing was drawn at %d, %d of %d x %d", i / c->w, i % c->w, c->h, c->w);
    }
}

// Draws the topmost pane as the frame would, at this size.
static inline void stage_draw(struct host *h, int height, int width)
{
    struct pane *p = stage_top(h);

    stage_serve(h);
    canvas_size(&h->canvas, height, width);
    stage_soil(&h->canvas);
    p->dirty = true; // the canvas is new
    p->title_w = width > TITLE_W ? width - TITLE_W : 1;
    p->ops->draw(p, canvas_area(&h->canvas), true);
    stage_is_clean(&h->canvas);
    p->dirty = false;
    if (p->ops->shown)
        p->ops->shown(p);
}

// Waits until something holds, drawing as the frame would on the way.
#define STAGE_WAIT(host_, condition_)                                                              \
    do {                                                                                           \
        int64_t until_ = desk_clock_ms() + DESK_WAIT_MS;                                           \
        stage_draw((host_), (host_)->canvas.h, (host_)->canvas.w);                                 \
        while (!(condition_)) {                                                                    \
            if (!desk_pump((host_)->desk, until_))                                                 \
                fail_msg("in vain: %s (%s)", #condition_, (host_)->desk->message.text);            \
            stage_draw((host_), (host_)->canvas.h, (host_)->canvas.w);                             \
        }                                                                                          \
    } while (0)

static inline char *stage_text(const struct host *h)
{
    struct str s = {0};

    for (int y = 0; y < h->canvas.h; y++) {
        canvas_line(&h->canvas, y, &s);
        str_add_char(&s, '\n');
    }
    return str_take(&s);
}

// The first line with text, or -1.
static inline int stage_find(const struct host *h, const char *text)
{
    struct str s = {0};
    int found = -1;

    for (int y = 0; y < h->canvas.h && found < 0; y++) {
        str_clear(&s);
        canvas_line(&h->canvas, y, &s);
        if (strstr(str_text(&s), text))
            found = y;
    }
    str_free(&s);
    return found;
}

#define SHOWS(host_, text_)                                                                        \
    do {                                                                                           \
        if (stage_find((host_), (text_)) < 0) {                                                    \
            char *all_ = stage_text(host_);                                                        \
            (void)fputs(all_, stderr);                                                             \
            free(all_);                                                                            \
            fail_msg("the screen does not show \"%s\"", (text_));                                  \
        }                                                                                          \
    } while (0)

#define SHOWS_NOT(host_, text_)                                                                    \
    do {                                                                                           \
        if (stage_find((host_), (text_)) >= 0) {                                                   \
            char *all_ = stage_text(host_);                                                        \
            (void)fputs(all_, stderr);                                                             \
            free(all_);                                                                            \
            fail_msg("the screen shows \"%s\"", (text_));                                          \
        }                                                                                          \
    } while (0)

// The pane ops, open over the desk, drawn at the usual size.
static inline void stage_open(struct host *h, struct desk *desk, const struct pane_ops *ops)
{
    *h = (struct host){.desk = desk};
    h->pane = ops->open(desk, h);
    stage_draw(h, USUAL_H, USUAL_W);
}

static inline void stage_close(struct host *h)
{
    while (h->n_popups)
        stage_close_popup(h);
    h->pane->ops->close(h->pane);
    canvas_free(&h->canvas);
    free(h->said);
    free(h->failed);
    free(h->opened);
    free(h->copied);
    free(h->commands);
    free(h->asked);
    free(h->buttons);
}

// A search that was run and has come.
static inline void stage_search(struct desk *d, const char *const *where)
{
    struct err e;

    for (; where && *where; where++) {
        if (!desk_where(d, *where, &e))
            fail_msg("%s: %s", *where, e.text);
    }
    if (!desk_search(d, &e))
        fail_msg("%s", e.text);
    DESK_WAIT(d, d->results.state != RESULTS_ASKED);
}

#endif
