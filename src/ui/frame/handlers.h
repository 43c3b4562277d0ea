// What the frame itself does for commands, as the table names it: one function a command, true
// where it worked. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_HANDLERS_H
#define LODE_UI_FRAME_HANDLERS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/line.h"

struct frame;

#define HANDLER(name) bool do_##name(struct frame *f, const struct line *line, struct err *e)

// handlers_panes.c
HANDLER(open);
HANDLER(next_pane);
HANDLER(prev_pane);
HANDLER(back);
HANDLER(filter);
HANDLER(detail);
HANDLER(zoom);
HANDLER(split);

// handlers_desk.c
HANDLER(search);
HANDLER(count);
HANDLER(where);
HANDLER(clear);
HANDLER(server_sort);
HANDLER(entity);
HANDLER(fetch_all);
HANDLER(mark_all);
HANDLER(basket);
HANDLER(mark_none);
HANDLER(mark_invert);
HANDLER(undo);
HANDLER(redo);
HANDLER(privacy);
HANDLER(live_count);
HANDLER(sandbox);
HANDLER(profile);
HANDLER(doctor);
HANDLER(export);
HANDLER(import);
HANDLER(columns);
HANDLER(request);

// handlers_searches.c
HANDLER(save_search);
HANDLER(searches);
HANDLER(recent);
HANDLER(changes);
HANDLER(waterfall);
HANDLER(parts);

// handlers_money.c
HANDLER(quote);
HANDLER(quote_search);
HANDLER(buy);
HANDLER(resume_job);
HANDLER(reconcile);
HANDLER(ledger);
HANDLER(best);
HANDLER(lock);
HANDLER(refresh);

// handlers_config.c
HANDLER(set);
HANDLER(theme);
HANDLER(mouse);
HANDLER(bind);
HANDLER(unbind);
HANDLER(reload);

// leaving.c
HANDLER(cancel);
HANDLER(quit);

// handlers_lode.c
HANDLER(command);
HANDLER(palette);
HANDLER(menu);
HANDLER(help);
HANDLER(redraw);
HANDLER(suspend);
HANDLER(edit_filters);
HANDLER(press);
HANDLER(type);

#undef HANDLER

// edit_filters.c: a text of the filters that was left at fault goes, as do those of killed Lodes.
void edit_filters_forget(void);

#endif
