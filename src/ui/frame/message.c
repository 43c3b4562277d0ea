// How long the last message stays. UI thread. Floor: ui/frame.
#include "ui/frame/frame.h"

// A key takes a message away, but not one that nobody can have read yet.
enum { READABLE_MS = 1200 };

void frame_message_read(struct frame *f)
{
    struct message *m = &f->message;

    if (m->text.len && frame_now_ms(f) - m->at_ms >= READABLE_MS)
        frame_message_close(f);
}

void frame_message_close(struct frame *f)
{
    str_clear(&f->message.text);
    f->message.fresh = true;
}

// Says what the desk has said since the last time.
void frame_take_message(struct frame *f)
{
    const struct desk_message *said = &f->desk->message;
    struct err e;

    if (said->number == f->message.number)
        return;
    f->message.number = said->number;
    if (said->kind == ERR_NONE) {
        frame_say(f, ROLE_TEXT, "%s", said->text);
        return;
    }
    (void)err_set(&e, said->kind, "%s", said->text);
    frame_fail(f, &e);
}
