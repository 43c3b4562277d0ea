// The last message: what is said, and how long it stays. UI thread. Floor: ui/frame.
#include <stdarg.h>

#include "base/str.h"
#include "ui/frame/frame.h"

enum {
    READABLE_MS = 1200, // a key takes a message away, but not one that nobody can have read yet
    JOINED_MOST = 400   // bytes that another one is put behind
};

// Nobody can have read it: it came just now, and no key was pressed since it was painted.
static bool is_unread(struct frame *f)
{
    const struct message *m = &f->message;

    return m->text.len && !m->seen && frame_now_ms(f) - m->at_ms < READABLE_MS;
}

static enum role graver(enum role a, enum role b)
{
    return a >= ROLE_GOOD && a > b ? a : b;
}

void frame_vsay(struct frame *f, enum role role, const char *format, va_list args)
{
    struct message *m = &f->message;
    bool joins = is_unread(f) && m->text.len <= JOINED_MOST;
    struct str text = {0};

    str_vaddf(&text, format, args);
    m->role = joins ? graver(m->role, role) : role;
    if (!joins)
        str_clear(&m->text);
    if (!joins || !str_ends(str_text(&m->text), str_text(&text)))
        str_addf(&m->text, "%s%s", joins ? "  " : "", str_text(&text));
    m->at_ms = frame_now_ms(f);
    m->fresh = true;
    m->seen = false;
    str_free(&text);
}

void frame_message_seen(struct frame *f)
{
    f->message.seen |= !f->message.fresh;
}

void frame_message_read(struct frame *f)
{
    struct message *m = &f->message;

    frame_message_seen(f);
    if (m->text.len && frame_now_ms(f) - m->at_ms >= READABLE_MS)
        frame_message_close(f);
}

void frame_message_close(struct frame *f)
{
    str_clear(&f->message.text);
    f->message.fresh = true;
}

static void take(struct frame *f, const struct desk_message *said)
{
    struct err e;

    if (said->kind == ERR_NONE) {
        frame_say(f, ROLE_TEXT, "%s", said->text);
        return;
    }
    (void)err_set(&e, said->kind, "%s", said->text);
    frame_fail(f, &e);
}

void frame_take_message(struct frame *f)
{
    uint64_t last = f->desk->message.number, next = f->message.number + 1;

    if (last >= DESK_SAID && next <= last - DESK_SAID)
        next = last - DESK_SAID + 1;
    for (; next <= last; next++)
        take(f, &f->desk->said[next % DESK_SAID]);
    f->message.number = last;
}
