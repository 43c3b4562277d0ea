// What enriching will cost (FACTS 3). Any thread. Floor: model.
#include "model/quote.h"

#include "base/count.h"

const struct standing_def *standing_defs(void)
{
    static const struct standing_def defs[STANDINGS] = {
        [STANDING_NEW] = {"new", "not owned as far as Lode knows: costs a credit",
                          "costs a credit each"},
        [STANDING_UNSURE] = {"unsure", "not known as owned: a credit where it is found",
                             "a credit where found"},
        [STANDING_HELD] = {"held", "owned, in the library with every field: no call",
                           "in the library: no call"},
        [STANDING_OWNED] = {"owned", "owned: no credit, but a record of the limit",
                            "no credit, but a record"},
        [STANDING_IN_DOUBT] = {"in doubt", "a call that was not answered may have bought it",
                               "may have been bought"},
        [STANDING_DUPLICATE] = {"duplicate", "stands in the selection already", "is here already"},
        [STANDING_SUPPRESSED] = {"suppressed", "opted out or purged: never sent",
                                 "opted out: never sent"},
        [STANDING_INVALID] = {"invalid", "is no record id", "is no record id"},
        [STANDING_MISSING] = {"missing data", "lacks what the API needs to find it: never sent",
                              "lacks data: never sent"},
        [STANDING_ANSWERED] = {"not found", "this job asked for it before: nothing came",
                               "nothing came before"},
    };

    return defs;
}

bool standing_may_cost(enum standing s, bool send_doubtful)
{
    return s == STANDING_NEW || s == STANDING_UNSURE || (s == STANDING_IN_DOUBT && send_doubtful);
}

// Of what costs that much by the rule: what may be free, for it was bought elsewhere.
static long long elsewhere(const struct quote *q, long long most)
{
    return q->unseen < 0 || q->unseen > most ? most : q->unseen;
}

long long quote_requests(const struct entity *entity, long long records)
{
    long long batch = entity->enrich.batch;

    return (records + batch - 1) / batch * entity->charging.requests_call;
}

void quote_sum(struct quote *q, bool send_doubtful)
{
    const struct charging_rule *rule = &q->entity->charging;
    long long fresh = (long long)q->count[STANDING_NEW];
    long long owned = (long long)q->count[STANDING_OWNED];
    long long doubtful = send_doubtful ? (long long)q->count[STANDING_IN_DOUBT] : 0;
    long long unsure = (long long)q->count[STANDING_UNSURE];
    long long sent = fresh + owned + doubtful + unsure;
    long long requests = quote_requests(q->entity, sent);
    long long most = fresh * rule->credits_new;
    long long outside = (long long)q->outside;

    q->credits =
        (struct span){most - elsewhere(q, most), most + (doubtful + unsure) * rule->credits_new};
    q->slack = elsewhere(q, most + outside * rule->credits_new) +
               (doubtful + unsure - outside) * rule->credits_new;
    q->records =
        (struct span){(sent - unsure) * rule->records_matched, sent * rule->records_matched};
    q->requests = (struct span){requests, requests};
}

static long long smaller(long long a, long long b)
{
    return a < b ? a : b;
}

static struct span at_most(struct span s, long long most)
{
    return (struct span){smaller(s.min, most), smaller(s.max, most)};
}

static long long per(long long n, long long each)
{
    return each > 0 ? n / each : 0;
}

// Records that are sent at the most for so many credits: those paid for, and of all that may come
// for nothing or not at all as many as there are.
static long long sent_for(const struct quote *q, long long top)
{
    const struct charging_rule *rule = &q->entity->charging;
    long long sent = per(q->records.max, rule->records_matched);
    long long paid = sent - per(q->credits.max - top, rule->credits_new);
    long long open = per(q->slack, rule->credits_new) + (long long)q->count[STANDING_UNSURE];

    return top > 0 ? smaller(sent, paid + open) : paid;
}

long long quote_requests_most(const struct quote *q)
{
    if (!q->count[STANDING_UNSURE])
        return q->requests.max;
    return sent_for(q, q->credits.max) * q->entity->charging.requests_call;
}

void quote_cap(struct quote *q, long long top)
{
    const struct charging_rule *rule = &q->entity->charging;
    long long cut = per(q->credits.max - top, rule->credits_new), most = sent_for(q, top);
    long long paid = per(q->records.max, rule->records_matched) - cut;
    long long full = quote_requests(q->entity, paid);
    // The call that reaches the cap leaves early; what is free goes in those behind it.
    bool early = top > 0 && paid > per(top, rule->credits_new);
    bool open = top > 0 && most > paid;
    long long free = open ? per(q->slack, rule->credits_new) : 0;

    if (top >= q->credits.max)
        return;
    q->requests = (struct span){
        smaller(q->requests.min, full),
        smaller(paid * rule->requests_call, full + (early ? rule->requests_call : 0))};
    if (open)
        q->requests.max = most * rule->requests_call;
    q->records.min = smaller(q->records.min, paid * rule->records_matched);
    q->records.max = smaller(q->records.max, (paid + free) * rule->records_matched);
    q->credits = at_most(q->credits, top);
}

bool quote_may_be_free(const struct quote *q)
{
    return q->unseen > 0 && q->count[STANDING_NEW] > 0;
}

void quote_add_unseen(const struct quote *q, struct str *out)
{
    char n[COUNT_WORDS_MAX], doubted[COUNT_MAX];

    str_addf(out, "%s that this ledger did not see", count_words(q->unseen, "credit", n));
    if (q->doubted > 0 && q->doubted >= q->unseen)
        str_addf(out, " (may be %s in doubt)", q->unseen == 1 ? "the one" : "those");
    else if (q->doubted > 0)
        str_addf(out, " (up to %s of them may be in doubt)", count_text(q->doubted, doubted));
}
