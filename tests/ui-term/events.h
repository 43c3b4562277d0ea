// Events as text: "j Enter {a paste} <press1 3,4>". Tests.
#ifndef TESTS_UI_TERM_EVENTS_H
#define TESTS_UI_TERM_EVENTS_H

#include "support/test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/term/input.h"

enum { NOW = 1000 };

static inline void add_mouse(const struct event *e, struct str *out)
{
    static const char *const names[] = {"press", "double", "drag", "release", "up", "down"};

    str_addf(out, "<%s%d %d,%d>", names[e->mouse], e->button, e->y, e->x);
}

static inline void add_event(const struct event *e, struct str *out)
{
    str_add(out, out->len ? " " : "");
    if (e->kind == EVENT_KEY)
        key_print(e->key, out);
    else if (e->kind == EVENT_MOUSE)
        add_mouse(e, out);
    else
        str_addf(out, "{%.*s}%s", (int)e->paste_len, e->paste, e->paste_cut ? "cut" : "");
}

static inline void drain(struct input *in, int64_t now, struct str *out)
{
    struct event e;

    while (input_next(in, now, &e))
        add_event(&e, out);
}

// What the bytes come to when nothing follows them.
static inline void check_events(struct input in, const char *bytes, size_t len, const char *want)
{
    struct str out = {0};
    int64_t now = NOW;
    int wait;

    input_feed(&in, bytes, len, now);
    drain(&in, now, &out);
    while ((wait = input_pending_ms(&in, now)) >= 0) {
        now += wait;
        drain(&in, now, &out);
    }
    assert_string_equal(str_text(&out), want);
    str_free(&out);
    input_free(&in);
}

static inline int events_start(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

#endif
