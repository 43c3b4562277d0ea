// Commands of the frame about accounts. UI thread. Floor: ui/frame.
#include <stdlib.h>

#include "base/mem.h"
#include "ui/frame/ask.h"
#include "ui/frame/frame.h"
#include "ui/frame/handlers.h"

// A question whether to leave what is unfinished for another account.
struct going {
    struct frame *frame;
    char *profile;
};

static bool go(struct frame *f, const char *profile, struct err *e)
{
    if (!desk_use_profile(f->desk, profile, e))
        return false;
    frame_say(f, ROLE_TEXT, "Going over to profile %s.", profile);
    return true;
}

static void answered(void *self, int button)
{
    struct going *g = self;
    struct err e;

    if (button == 1 && !go(g->frame, g->profile, &e))
        frame_fail(g->frame, &e);
}

static void free_going(void *self)
{
    struct going *g = self;

    free(g->profile);
    free(g);
}

bool do_profile(struct frame *f, const struct line *line, struct err *e)
{
    const char *unfinished = desk_unfinished(f->desk);
    struct going *g;

    if (line->n < 2) {
        host_open(&f->host, "profiles");
        return true;
    }
    if (!unfinished || !f->screen)
        return go(f, line->words[1].text, e);
    g = mem_alloc(sizeof(*g));
    *g = (struct going){f, mem_strdup(line->words[1].text)};
    (void)ask_buttons(f, &(struct ask_buttons){"Another account", unfinished, "Stay|Go", answered,
                                               free_going, g, 0});
    return true;
}

bool do_doctor(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_open(&f->host, "doctor");
    return true;
}
