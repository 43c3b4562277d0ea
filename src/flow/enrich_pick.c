// Which records of a purchase are sent next, and what becomes of the others. Floor: flow.
#include "flow/enrich_inside.h"

void count_unfound(struct run *run, const struct match_status *status)
{
    run->sum->not_found += !status->unserved;
    run->sum->unserved += status->unserved;
    run->sum->by_status[match_status_place(status)]++;
}

// What becomes of records that are never sent.
static void leave(struct run *run, size_t i, enum standing standing)
{
    if (standing == STANDING_HELD) {
        outcome_held(&run->outcome, i);
        run->sum->from_library++;
        return;
    }
    if (standing == STANDING_ANSWERED) {
        const struct match_status *status = match_status_of(run->order->answered[i]);

        outcome_absent(&run->outcome, i, status);
        count_unfound(run, status);
        return;
    }
    // Of lines of a file that is told by who reads them.
    if (standing == STANDING_SUPPRESSED && !run->order->lines)
        outcome_absent(&run->outcome, i, match_status_withheld());
    else
        outcome_out(&run->outcome, i);
    if (standing == STANDING_IN_DOUBT)
        run->sum->doubtful++;
    else
        run->sum->skipped[standing]++;
}

static bool is_sent(const struct run *run, enum standing standing)
{
    return standing == STANDING_NEW || standing == STANDING_UNSURE || standing == STANDING_OWNED ||
           (standing == STANDING_IN_DOUBT && run->order->again);
}

static long long price(const struct run *run, enum standing standing)
{
    return standing == STANDING_OWNED ? 0 : run->s->entity->charging.credits_new;
}

enum pick { PICK_TAKEN, PICK_PASSED, PICK_WAIT };

// Puts record i into b where the budget allows. PICK_WAIT: it may, once calls under way have ended.
static enum pick pick(struct run *run, struct batch *b, size_t i)
{
    enum standing standing = run->order->quoted->standings[i];
    long long credits = price(run, standing);
    enum cap_kind which = CAP_JOB;

    if (!is_sent(run, standing)) {
        leave(run, i, standing);
        return PICK_PASSED;
    }
    if (credits && !budget_reserve(&run->budget, credits, &which)) {
        if (budget_hope(&run->budget) >= credits && (run->under_way > 0 || b->n > 0))
            return PICK_WAIT;
        outcome_out(&run->outcome, i);
        run->sum->left++;
        run->sum->left_by = which;
        return PICK_PASSED;
    }
    batch_add(b, selection_input(run->s, i), i, standing, credits);
    b->lines[b->n - 1] = run->order->lines ? run->order->lines[i] : 0;
    b->least += standing == STANDING_NEW ? credits : 0;
    return PICK_TAKEN;
}

// Of what is new as far as Lode knows, so many may be free already as the account used credits that
// the ledger did not see.
static long long least(const struct run *run, long long most)
{
    long long unseen = run->order->quoted->quote.unseen;

    return unseen < 0 || unseen > most ? 0 : most - unseen;
}

struct batch *pick_batch(struct run *run)
{
    struct batch *b = batch_new(run->app, run->s->entity, run->back);

    b->job = run->order->job;
    b->origin = run->order->origin;
    while (run->planned < run->order->n && b->n < (size_t)run->s->entity->enrich.batch) {
        if (pick(run, b, run->planned) == PICK_WAIT)
            break;
        run->planned++;
    }
    b->least = least(run, b->least);
    if (b->n)
        return b;
    batch_free(b);
    return NULL;
}

void pick_none(struct run *run)
{
    for (; run->planned < run->order->n; run->planned++) {
        enum standing standing = run->order->quoted->standings[run->planned];

        if (is_sent(run, standing)) {
            outcome_out(&run->outcome, run->planned);
            run->sum->unsent++;
        } else {
            leave(run, run->planned, standing);
        }
    }
}
