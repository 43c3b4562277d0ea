// Commands of the frame that stop work or lead out of Lode. UI thread. Floor: ui/frame.
#include "ui/frame/ask.h"
#include "ui/frame/frame.h"
#include "ui/frame/handlers.h"

enum { QUIT_BUTTON = 1 };

static void leave(void *self, int button)
{
    struct frame *f = self;

    f->quit_question = NULL;
    f->leave = f->leave || button == QUIT_BUTTON;
}

static const struct pane *ask(struct frame *f, const char *text)
{
    return ask_buttons(f, &(struct ask_buttons){"Quit", text, "Stay|Quit", leave, NULL, f, 0});
}

bool do_quit(struct frame *f, const struct line *line, struct err *e)
{
    const char *unfinished = desk_unfinished(f->desk);

    (void)line;
    (void)e;
    if (!unfinished || !f->screen)
        f->leave = true;
    else
        f->quit_question = ask(f, unfinished);
    return true;
}

// On top of the panes: what Esc does; but where the question is whether to quit, the second ^C is
// the answer.
static void cancel_popup(struct frame *f)
{
    if (f->quit_question == deck_focus(&f->deck))
        f->leave = true;
    else
        frame_run(f, "back");
}

static void ask_to_quit(struct frame *f)
{
    const char *unfinished = desk_unfinished(f->desk);

    if (f->screen)
        f->quit_question = ask(f, unfinished ? unfinished : "Nothing would be lost.");
    else
        f->leave = true;
}

// ^C: what is on top first, then what runs, then Lode itself.
bool do_cancel(struct frame *f, const struct line *line, struct err *e)
{
    const struct task_view *running = desk_running(f->desk);

    (void)line;
    (void)e;
    if (deck_top(&f->deck))
        cancel_popup(f);
    else if (running && desk_cancel(f->desk, running->id))
        frame_say(f, ROLE_TEXT, "Stopping: %s.", running->label);
    else
        ask_to_quit(f);
    return true;
}
