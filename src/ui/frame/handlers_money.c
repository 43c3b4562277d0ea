// Commands of the frame about money: the quote, buying, the lock. UI thread. Floor: ui/frame.
#include "ui/frame/handlers.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/frame/ask.h"
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

struct whole {
    struct frame *frame;
    size_t rows;
};

static bool quote_search(struct frame *f, size_t rows, struct err *e)
{
    if (!desk_quote_search(f->desk, rows, e))
        return false;
    host_open(&f->host, "quote");
    return true;
}

static void answered(void *self, int button)
{
    struct whole *w = self;
    struct err e;

    if (button == 1 && !quote_search(w->frame, w->rows, &e))
        frame_fail(w->frame, &e);
}

// Which rows they are, and what they lack.
static char *search_question(const struct desk *d, size_t rows, int requests)
{
    size_t places = table_places(d->results.table);
    char n[COUNT_MAX], hits[COUNT_MAX], price[COUNT_WORDS_MAX], marks[COUNT_WORDS_MAX];
    struct str s = {0};

    if (rows && rows < places)
        str_addf(&s, "The first %s of %s hits.", count_text((long long)rows, n),
                 count_text(d->results.hits, hits));
    else if (d->results.reach)
        str_addf(&s, "Paging reaches %s of %s hits: those, and no others (parts has them all).",
                 count_text((long long)places, n), count_text(d->results.hits, hits));
    else
        str_addf(&s, "All %s hits.", count_text((long long)places, n));
    if (requests)
        str_addf(&s, " Fetching what is missing of their rows takes %s, no credits.",
                 count_words(requests, "request", price));
    if (d->marks.n)
        str_addf(&s, " They are marked in the place of what is marked now, %s.",
                 count_words((long long)d->marks.n, "record", marks));
    return str_take(&s);
}

bool do_quote_search(struct frame *f, const struct line *line, struct err *e)
{
    long long records = 0;
    int requests;
    struct whole *w;
    char *text;

    if (!spend_number(line, 1, "records", &records, e))
        return false;
    requests = desk_quote_search_requests(f->desk, (size_t)records);
    if (requests == 0 && !(f->desk->results.reach && !records))
        return quote_search(f, (size_t)records, e);
    w = mem_zalloc(sizeof(*w));
    *w = (struct whole){f, (size_t)records};
    text = search_question(f->desk, w->rows, requests);
    ask_buttons(
        f, &(struct ask_buttons){"Quote the search", text, "Cancel|Quote", answered, free, w, 0});
    free(text);
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
