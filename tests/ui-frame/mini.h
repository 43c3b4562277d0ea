// Panes of the tests' own, the least that a frame needs, and a frame over them without a terminal.
// Tests.
#ifndef TESTS_UI_FRAME_MINI_H
#define TESTS_UI_FRAME_MINI_H

#include "support/test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "support/temp.h"
#include "ui/frame/frame.h"
#include "ui/term/event.h"

enum { MINI_LEFT, MINI_MAIN, MINI_BESIDE, MINI_WHOLE, MINI_POPUP };

// What happened to a pane last.
struct mini {
    struct pane pane;
    char did[64];        // the action that ran
    struct event event;  // the event it was given
    unsigned events;     // how many
    struct str typed;    // while typing: the characters
    bool typing, passes; // passes: what it acts on goes up to the frame
    const char *begins;  // keys that begin a text, or NULL
    const char *refuses; // a command of its own that there is nothing for, or NULL
    int y, x, h, w;      // where it was drawn
    bool focused;        // and how
    unsigned draws;
    unsigned woken; // how often; the next time is wished for
};

struct mini_frame {
    struct frame frame;
    struct desk *desk;
    char *home;
    struct str row;
};

static inline bool mini_act(struct pane *p, const struct line *line, struct err *e)
{
    struct mini *m = (struct mini *)p;

    (void)snprintf(m->did, sizeof(m->did), "%s%s%s", line->words[0].text, line->n > 1 ? " " : "",
                   line->n > 1 ? line->words[1].text : "");
    if (m->passes)
        return false;
    if (line->n > 1 && str_eq(line->words[1].text, "fail"))
        return err_set(e, ERR_INVALID, "it would not");
    return true;
}

static const struct pane_action mini_actions[] = {{"down", mini_act},
                                                  {"back", mini_act},
                                                  {"find", mini_act},
                                                  {"mark-page", mini_act},
                                                  {NULL, NULL}};
static const struct pane_action mini_left_actions[] = {
    {"down", mini_act},       {"back", mini_act},    {"find", mini_act}, {"mark-page", mini_act},
    {"add-filter", mini_act}, {"exclude", mini_act}, {NULL, NULL}};
static const struct pane_action mini_popup_actions[] = {{"down", mini_act}, {NULL, NULL}};

static inline void mini_close_pane(struct pane *p)
{
    str_free(&((struct mini *)p)->typed);
    free(p);
}

static inline void mini_draw_pane(struct pane *p, struct area a, bool focused)
{
    struct mini *m = (struct mini *)p;

    m->y = a.y;
    m->x = a.x;
    m->h = a.h;
    m->w = a.w;
    m->focused = focused;
    m->draws++;
    area_fill(a, ROLE_TEXT);
    // The corners, and a line that is far too long.
    (void)area_textf(a, 0, 0, 1000, ROLE_TEXT, "<%s %0500d", p->ops->name, 0);
    (void)area_text(a, a.h - 1, a.w - 1, 1, ROLE_TEXT, ">");
    if (focused)
        area_cursor(a, 0, 0);
}

static inline bool mini_event(struct pane *p, const struct event *ev)
{
    struct mini *m = (struct mini *)p;

    m->event = *ev;
    m->events++;
    if (!m->typing)
        return ev->kind == EVENT_MOUSE || (ev->kind == EVENT_KEY && ev->key == 'K');
    if (ev->kind == EVENT_PASTE)
        str_add_len(&m->typed, ev->paste, ev->paste_len);
    else if (ev->kind == EVENT_KEY && ev->key < 0x7f)
        str_add_char(&m->typed, (char)ev->key);
    return ev->kind == EVENT_PASTE || (ev->kind == EVENT_KEY && ev->key < 0x7f);
}

static inline bool mini_typing(const struct pane *p)
{
    return ((const struct mini *)p)->typing;
}

static inline bool mini_begins(const struct pane *p, uint32_t key)
{
    const char *begins = ((const struct mini *)p)->begins;

    return begins && strchr(begins, (int)key);
}

// Another one each time.
static inline void mini_woken(struct pane *p)
{
    ((struct mini *)p)->woken++;
    host_wake_at(p->host, p, host_now_ms(p->host) + 100000);
}

static inline bool mini_offers(const struct pane *p, const char *command)
{
    const char *refuses = ((const struct mini *)p)->refuses;

    return !refuses || !str_eq(refuses, command);
}

static inline void mini_status(const struct pane *p, struct str *out)
{
    (void)p;
    str_add(out, "3 of 7");
}

static inline struct pane *mini_new(const struct pane_ops *ops, struct desk *desk,
                                    struct host *host)
{
    struct mini *m = mem_zalloc(sizeof(*m));

    m->pane = (struct pane){.ops = ops, .desk = desk, .host = host, .dirty = true};
    return &m->pane;
}

#define MINI_OPS(id, name_, popup_h_, popup_w_, actions_)                                          \
    static struct pane *mini_open_##id(struct desk *desk, struct host *host);                      \
    static const struct pane_ops mini_##id = {.name = name_,                                       \
                                              .title = #id,                                        \
                                              .about = "A pane of a test",                         \
                                              .popup_h = popup_h_,                                 \
                                              .popup_w = popup_w_,                                 \
                                              .open = mini_open_##id,                              \
                                              .close = mini_close_pane,                            \
                                              .draw = mini_draw_pane,                              \
                                              .actions = actions_,                                 \
                                              .event = mini_event,                                 \
                                              .typing = mini_typing,                               \
                                              .begins = mini_begins,                               \
                                              .woken = mini_woken,                                 \
                                              .offers = mini_offers,                               \
                                              .status = mini_status};                              \
    static struct pane *mini_open_##id(struct desk *desk, struct host *host)                       \
    {                                                                                              \
        return mini_new(&mini_##id, desk, host);                                                   \
    }

// Names that the default keys open.
MINI_OPS(Left, "filters", 0, 0, mini_left_actions)
MINI_OPS(Main, "results", 0, 0, mini_actions)
MINI_OPS(Beside, "detail", 0, 0, mini_actions)
MINI_OPS(Whole, "log", 0, 0, mini_actions)
MINI_OPS(Popup, "export", 8, 30, mini_popup_actions)
#undef MINI_OPS

static const struct pane_row mini_rows[] = {
    {&mini_Left, SIDE_LEFT, true},     {&mini_Main, SIDE_MAIN, true},
    {&mini_Beside, SIDE_BESIDE, true}, {&mini_Whole, SIDE_WHOLE, true},
    {&mini_Popup, SIDE_POPUP, false},  {.ops = NULL},
};

static inline void mini_draw(struct mini_frame *m)
{
    (void)frame_serve(&m->frame);
    (void)frame_draw(&m->frame);
}

// A frame of that size over an empty desk, in a home of its own, with the default keys. The default
// keys of panes that are not there are faults, and their message is taken away.
static inline struct mini_frame *mini_open(int h, int w)
{
    static const struct desk_config config = {.rate = -1};
    struct mini_frame *m = mem_zalloc(sizeof(*m));

    m->home = temp_make();
    (void)setenv("HOME", m->home, 1);
    (void)unsetenv("XDG_CONFIG_HOME");
    (void)unsetenv("XDG_DATA_HOME");
    (void)unsetenv("XDG_STATE_HOME");
    (void)setenv("XDG_CONFIG_DIRS", "/nonexistent", 1);
    m->desk = desk_open(&config);
    frame_init(&m->frame, mini_rows, m->desk, NULL, true);
    str_clear(&m->frame.message.text);
    frame_size(&m->frame, h, w);
    deck_show(&m->frame.deck, MINI_MAIN);
    mini_draw(m);
    return m;
}

static inline void mini_close(struct mini_frame *m)
{
    frame_free(&m->frame);
    desk_close(m->desk);
    temp_remove(m->home);
    free(m->home);
    str_free(&m->row);
    free(m);
}

static inline struct mini *mini_pane(struct mini_frame *m, int pane)
{
    return (struct mini *)m->frame.deck.panes[pane];
}

// The name of what has the keys.
static inline const char *mini_focus(struct mini_frame *m)
{
    return deck_focus(&m->frame.deck)->ops->name;
}

static inline void mini_event_in(struct mini_frame *m, const struct event *ev)
{
    frame_event(&m->frame, ev);
    mini_draw(m);
}

// Keys by name, with blanks between; each is served and drawn.
static inline void mini_press(struct mini_frame *m, const char *keys)
{
    char *copy = mem_strdup(keys), *rest = copy, *name;

    while ((name = strsep(&rest, " "))) {
        uint32_t key = key_parse(name);

        assert_int_not_equal(key, 0);
        mini_event_in(m, &(struct event){.kind = EVENT_KEY, .key = key});
    }
    free(copy);
}

static inline void mini_type(struct mini_frame *m, const char *text)
{
    for (; *text; text++)
        mini_event_in(m, &(struct event){.kind = EVENT_KEY, .key = (unsigned char)*text});
}

static inline void mini_mouse(struct mini_frame *m, enum mouse_what what, int y, int x)
{
    mini_event_in(m,
                  &(struct event){.kind = EVENT_MOUSE, .mouse = what, .button = 1, .y = y, .x = x});
}

static inline void mini_run(struct mini_frame *m, const char *command)
{
    frame_run(&m->frame, command);
    mini_draw(m);
}

// Row y of the screen; lives until the next call.
static inline const char *mini_row(struct mini_frame *m, int y)
{
    str_clear(&m->row);
    canvas_line(&m->frame.canvas, y, &m->row);
    return str_text(&m->row);
}

// Where text stands on the screen; x in bytes of the row. Both -1 where it does not.
static inline bool mini_find(struct mini_frame *m, const char *text, int *y, int *x)
{
    *y = *x = -1;
    for (int row = 0; row < m->frame.canvas.h; row++) {
        const char *line = mini_row(m, row), *at = strstr(line, text);

        if (!at)
            continue;
        *y = row;
        *x = (int)(at - line);
        return true;
    }
    return false;
}

static inline bool mini_shows(struct mini_frame *m, const char *text)
{
    int y, x;

    return mini_find(m, text, &y, &x);
}

static inline void mini_wants(struct mini_frame *m, const char *text)
{
    struct str screen = {0};

    if (mini_shows(m, text))
        return;
    for (int y = 0; y < m->frame.canvas.h; y++)
        str_addf(&screen, "%s\n", mini_row(m, y));
    fail_msg("\"%s\" is not on the screen:\n%s", text, str_text(&screen));
}

#endif
