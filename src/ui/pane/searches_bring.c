// A search as text in the place of the filters. UI thread. Floor: ui/pane.
#include "ui/pane/searches_bring.h"

#include <stdlib.h>

#include "base/str.h"

static void read_it(void *self, int button)
{
    (void)self;
    (void)button;
}

bool search_bring(struct pane *p, const char *text, void (*then)(struct pane *p), struct err *e)
{
    struct str faults = {0};
    char *said;

    if (!desk_search_bring(p->desk, text, &faults, e)) {
        str_free(&faults);
        return false;
    }
    host_close(p->host);
    host_open(p->host, "filters");
    if (faults.len == 0 && then) {
        then(p);
    } else if (faults.len) {
        said = str_format("%sThe rest of it is in the filters; the saved search stays as it is.",
                          faults.data);
        host_ask(p->host, "Not all of it could be used", said, "Go on", read_it, NULL);
        free(said);
    }
    str_free(&faults);
    return true;
}
