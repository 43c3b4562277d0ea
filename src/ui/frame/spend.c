// The person's word before anything is spent. UI thread. Floor: ui/frame.
#include "ui/frame/spend.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/ask.h"
#include "ui/frame/frame.h"
#include "ui/pane/money.h"

enum { BUY_BUTTON = 1, ARG_CREDITS = 1, ARG_RECORDS = 2 };

struct order {
    struct frame *frame;
    char *line;
    long long credits;
};

static void order_free(void *self)
{
    struct order *o = self;

    free(o->line);
    free(o);
}

bool spend_number(const struct line *line, size_t at, const char *of, long long *out, struct err *e)
{
    if (line->n <= at)
        return true;
    return (str_int64(line->words[at].text, out) && *out >= 0) ||
           line_fault(e, &line->words[at], "\"%.20s\" is no number of %s", line->words[at].text,
                      of);
}

bool spend_terms(const struct frame *f, const struct line *line, long long *credits, size_t *most,
                 struct err *e)
{
    long long records = 0;

    *credits = desk_quote_price(f->desk);
    if (!spend_number(line, ARG_CREDITS, "credits", credits, e) ||
        !spend_number(line, ARG_RECORDS, "records", &records, e))
        return false;
    *most = (size_t)records;
    return true;
}

static void buy(struct order *o)
{
    struct err e;

    if (!frame_run_confirmed(o->frame, o->line, &e))
        frame_fail(o->frame, &e);
}

static void pressed(void *self, int button)
{
    if (button == BUY_BUTTON)
        buy(self);
}

static void typed(void *self, const char *text)
{
    struct order *o = self;
    struct err e;

    if (number_typed(text, o->credits)) {
        buy(o);
        return;
    }
    (void)err_set(&e, ERR_REFUSED, "nothing was bought: \"%.20s\" is not the number asked for",
                  text);
    frame_fail(o->frame, &e);
}

static char *question(const struct frame *f, long long credits, size_t most)
{
    const struct buying *b = &f->desk->buying;
    char records[COUNT_MAX], price[COUNT_MAX], cut[COUNT_MAX], left[COUNT_MAX];
    const struct meter *m = &f->desk->usage.meters[METER_CREDITS];
    const char *things = b->by_line ? "lines" : "records";
    struct str s = {0};

    (void)count_text((long long)desk_quote_rows(f->desk), records);
    (void)count_text(credits, price);
    if (most)
        str_addf(&s, "Of %s %s at most %s of those not owned, for at most %s credits.", records,
                 things, count_text((long long)most, cut), price);
    else if (credits < desk_quote_price(f->desk))
        str_addf(&s, "%s %s, as far as %s credits go.", records, things, price);
    else
        str_addf(&s, "%s %s for at most %s credits.", records, things, price);
    if (m->known && m->remaining >= 0)
        str_addf(&s, " At least %s credits are left after that.",
                 count_text(m->remaining - credits, left));
    return str_take(&s);
}

char *spend_line_text(const struct line *line)
{
    struct str s = {0};

    for (size_t i = 0; i < line->n; i++) {
        str_add(&s, i ? " " : "");
        line_quote(line->words[i].text, &s);
    }
    return str_take(&s);
}

// Said with what to type: the quote's own line is not at hand everywhere.
static bool check_left(const struct desk *d, long long credits, struct err *e)
{
    long long left = desk_budget_left_for(d, credits);

    if (desk_budget_room(d, credits, e))
        return true;
    if (e->kind == ERR_REFUSED && left > 0)
        (void)err_prefix(e, "buy %lld at the most", left);
    return false;
}

static bool buy_question(const struct frame *f, const struct line *line, struct spend_question *out,
                         struct err *e)
{
    size_t most;

    if (!spend_terms(f, line, &out->credits, &most, e) || !check_left(f->desk, out->credits, e))
        return false;
    out->text = question(f, out->credits, most);
    out->line = spend_line_text(line);
    return true;
}

// The texts are taken over.
static void ask(struct frame *f, const struct spend_question *q)
{
    struct order *o = mem_zalloc(sizeof(*o));
    char *label;

    *o = (struct order){f, q->line, q->credits};
    if (q->credits > settings_int(&f->config.settings, SETTING_TYPED_ABOVE)) {
        label = str_format("%s Type %lld to buy", q->text, q->credits);
        ask_text(f, &(struct ask_text){.title = "Buy",
                                       .label = label,
                                       .alone = true,
                                       .answered = typed,
                                       .free = order_free,
                                       .self = o});
        free(label);
    } else {
        ask_buttons(f,
                    &(struct ask_buttons){"Buy", q->text, "Cancel|Buy", pressed, order_free, o, 0});
    }
    free(q->text);
}

bool spend_ask(struct frame *f, const struct line *line, struct err *e)
{
    bool by_job = str_eq(line->words[0].text, "resume-job");
    struct spend_question q = {0};

    if (by_job && !desk_job_quoted(f->desk, line->words[1].text))
        return spend_job_wait(f, line, e);
    if (!(by_job ? spend_job_question(f, line, &q, e) : buy_question(f, line, &q, e)))
        return false;
    if (by_job)
        desk_job_quote_drop(f->desk);
    ask(f, &q);
    return true;
}
