// What the desk promises and has not got yet. Whoever carries one of these out takes it from here;
// the last one takes the file away. UI thread. Floor: desk.
#include "desk/desk.h"

bool desk_export(struct desk *d, const struct export_order *order, struct err *e)
{
    (void)d;
    (void)order;
    return err_set(e, ERR_REFUSED,
                   "the explorer cannot export yet; lode search and lode export do");
}

void desk_fetch_all(struct desk *d)
{
    (void)d;
}

int desk_fetch_all_requests(const struct desk *d)
{
    (void)d;
    return 0;
}
