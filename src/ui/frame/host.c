// What panes may ask of the frame. UI thread. Floor: ui/frame.
#include "ui/pane/pane.h"

#include <stdarg.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "ui/frame/ask.h"
#include "ui/frame/frame.h"
#include "ui/term/clipboard.h"

void host_open(struct host *h, const char *pane)
{
    struct frame *f = h->frame;
    int i = panes_find(f->deck.rows, pane);

    if (i < 0)
        return;
    deck_show(&f->deck, i);
    if (f->deck.rows[i].side != SIDE_POPUP)
        desk_remember(f->desk, "pane", pane);
}

void host_popup(struct host *h, struct pane *popup)
{
    deck_popup(&h->frame->deck, popup, POPUP_CENTRE);
}

void host_close(struct host *h)
{
    deck_close_top(&h->frame->deck);
}

void host_say(struct host *h, enum role role, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    frame_vsay(h->frame, role, format, args);
    va_end(args);
}

void frame_say(struct frame *f, enum role role, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    frame_vsay(f, role, format, args);
    va_end(args);
}

void frame_fail(struct frame *f, const struct err *e)
{
    f->failure = *e;
    f->failures++;
    frame_say(f, ROLE_ERROR, "%s%s%s%s", e->text, *e->request_id ? " (request " : "", e->request_id,
              *e->request_id ? ")" : "");
}

void host_fail(struct host *h, const struct err *e)
{
    frame_fail(h->frame, e);
}

void host_command(struct host *h, const char *line)
{
    frame_run(h->frame, line);
}

long long host_typed_above(struct host *h)
{
    return settings_int(&h->frame->config.settings, SETTING_TYPED_ABOVE);
}

void host_ask(struct host *h, const char *title, const char *text, const char *buttons,
              void (*answered)(void *self, int button), void *self)
{
    ask_buttons(h->frame, &(struct ask_buttons){title, text, buttons, answered, NULL, self, 0});
}

void host_ask_text(struct host *h, const char *title, const char *label, const char *first,
                   void (*answered)(void *self, const char *text), void *self)
{
    ask_text(
        h->frame,
        &(struct ask_text){
            .title = title, .label = label, .first = first, .answered = answered, .self = self});
}

void host_ask_file(struct host *h, const char *title, const char *label, const char *first,
                   void (*answered)(void *self, const char *text), void *self)
{
    ask_text(h->frame, &(struct ask_text){.title = title,
                                          .label = label,
                                          .first = first,
                                          .takes = ARG_FILE,
                                          .answered = answered,
                                          .self = self});
}

// The first key that runs it there and begins no text of the pane.
static uint32_t key_of(const struct keymap *k, const struct pane *p, const char *context,
                       const char *command)
{
    const struct binding *b;
    size_t at = 0;

    do {
        b = keymap_next(k, context, command, &at);
    } while (b && frame_begins(p, b->key));
    return b ? b->key : 0;
}

const char *host_key(struct host *h, const struct pane *p, const char *command)
{
    const struct keymap *k = &h->frame->config.keys;
    uint32_t key = key_of(k, p, p->ops->name, command);

    if (!key && p->ops->popup_h)
        key = key_of(k, p, CONTEXT_POPUP, command);
    str_clear(&h->key);
    if (!h->frame->screen) // lines are read there, no keys
        str_add(&h->key, command);
    else if (key)
        key_print(key, &h->key);
    else
        str_addf(&h->key, ":%s", command);
    return str_text(&h->key);
}

bool host_has_clipboard(const struct host *h)
{
    return h->frame->term;
}

bool host_copy(struct host *h, const char *text)
{
    struct frame *f = h->frame;
    bool given = f->term && clipboard_give(text, strlen(text)); // by a program, if there is one
    bool ok = f->term && (term_copy(f->term, text) || given);

    if (!f->term)
        frame_say(f, ROLE_TEXT, "%s", text);
    else if (!ok)
        frame_say(f, ROLE_ERROR,
                  "That is too long for the terminal's clipboard: it takes 64 KiB. Export it.");
    return ok;
}

int64_t frame_now_ms(struct frame *f)
{
    return clock_boot_ms(&f->clock);
}

int64_t host_now_ms(struct host *h)
{
    return frame_now_ms(h->frame);
}

void host_wake_at(struct host *h, struct pane *p, int64_t boot_ms)
{
    struct frame *f = h->frame;

    for (size_t i = 0; i < f->wakes.len; i++) {
        if (f->wakes.items[i].pane == p) {
            f->wakes.items[i].at_ms = boot_ms;
            return;
        }
    }
    vec_push(&f->wakes, ((struct wake){p, boot_ms}));
}
