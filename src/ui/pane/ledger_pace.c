// Panes over the ledger keep up with it while something is bought. UI thread. Floor: ui/pane.
#include "ui/pane/ledger_pace.h"

enum { EACH_MS = 1000 };

void ledger_pace(struct pane *p, int64_t *wake_ms)
{
    int64_t now = host_now_ms(p->host);

    if (!desk_buys(p->desk) || now < *wake_ms)
        return;
    desk_ledger_look(p->desk);
    *wake_ms = now + EACH_MS;
    host_wake_at(p->host, p, *wake_ms);
}
