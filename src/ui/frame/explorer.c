// The explorer from start to end. Main thread. Floor: ui/frame.
#include "ui/frame/explorer.h"

#include "ui/frame/frame.h"
#include "ui/frame/linear.h"
#include "ui/frame/loop.h"

static void start_desk(struct frame *f)
{
    desk_start(f->desk);
}

static bool run_screen(struct desk *desk, const struct explorer_order *order, struct err *e)
{
    struct term *term = term_open(e);
    struct frame f;

    if (!term)
        return false;
    frame_init(&f, panes_all(), desk, term, true);
    frame_open_first(&f);
    for (size_t i = 0; i < order->n_commands; i++)
        script_add(&f.script, order->commands[i]);
    loop_run(&f, start_desk);
    frame_free(&f);
    term_close(term);
    return true;
}

bool explorer_run(const struct explorer_order *order, struct err *e)
{
    struct desk *desk;
    bool ok;

    loop_block_signals();
    desk = desk_open(&order->desk);
    ok = order->linear ? linear_run(desk, order, e) : run_screen(desk, order, e);
    desk_close(desk);
    return ok;
}
