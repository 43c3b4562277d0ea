// Commands of the frame about money: the quote, buying, the lock. UI thread. Floor: ui/frame.
#include "ui/frame/handlers.h"

#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/frame/spend.h"
#include "ui/frame/toggle.h"

bool do_quote(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    if (!desk_quote(f->desk, NULL, e))
        return false;
    host_open(&f->host, "quote");
    return true;
}

bool do_buy(struct frame *f, const struct line *line, struct err *e)
{
    long long credits;
    size_t most;

    return spend_terms(f, line, &credits, &most, e) && desk_buy(f->desk, credits, most, e);
}

bool do_resume_job(struct frame *f, const struct line *line, struct err *e)
{
    long long credits = 0;

    return spend_number(line, 2, "credits", &credits, e) &&
           desk_job_resume(f->desk, line->words[1].text, credits, e);
}

bool do_best(struct frame *f, const struct line *line, struct err *e)
{
    long long most;

    if (!str_int64(line->words[1].text, &most) || most < 0)
        return line_fault(e, &line->words[1], "\"%.20s\" is no number of records",
                          line->words[1].text);
    return desk_quote_best(f->desk, (size_t)most, e);
}

bool do_reconcile(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    return desk_reconcile(f->desk, e);
}

bool do_ledger(struct frame *f, const struct line *line, struct err *e)
{
    struct str text = {0};
    bool ok;

    for (size_t i = 1; i < line->n; i++)
        str_addf(&text, "%s%s", i > 1 ? " " : "", line->words[i].text);
    ok = !text.len || desk_charges_find(f->desk, text.data, e);
    str_free(&text);
    if (ok)
        host_open(&f->host, "ledger");
    return ok;
}

bool do_lock(struct frame *f, const struct line *line, struct err *e)
{
    bool on = f->desk->locked;

    if (!toggle_read(line, &on, e) || !desk_lock(f->desk, on, e))
        return false;
    if (on && desk_spends(f->desk))
        frame_say(f, ROLE_WARNING,
                  "The spend lock is on, and what was buying is paused once the calls under way "
                  "have ended: in Jobs it goes on, unlocked.");
    else if (on)
        frame_say(f, ROLE_GOOD, "The spend lock is on: nothing can be bought.");
    else
        frame_say(f, ROLE_WARNING, "The spend lock is open: what is bought now costs credits.");
    f->bars_stale = true;
    return true;
}

bool do_refresh(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    desk_refresh_usage(f->desk);
    return true;
}
