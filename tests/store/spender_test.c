// Several processes on one folder: one spends, the others look; however the one ends, the next may.
// Tests.
#include "store/box.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>

#include "store/lookups.h"

enum { PATIENCE_MS = 60000 };

// A child that does something, says so, and then waits to be killed.
struct other {
    pid_t pid;
    int said; // its pipe's end for reading
};

static struct other start(struct box *b, void (*body)(struct box *b))
{
    struct other o;
    int ends[2];

    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    o.pid = fork();
    if (o.pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        body(b);
        (void)!write(ends[1], "!", 1);
        for (;;)
            (void)pause();
    }
    assert_true(o.pid > 0);
    (void)close(ends[1]);
    o.said = ends[0];
    return o;
}

// Fails the test where the child ended before it had said so.
static void await(const struct other *o)
{
    struct pollfd p = {.fd = o->said, .events = POLLIN};
    char c;

    assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
    assert_int_equal(read(o->said, &c, 1), 1);
}

static void end(struct other *o)
{
    int status;

    assert_int_equal(kill(o->pid, SIGKILL), 0);
    assert_int_equal(waitpid(o->pid, &status, 0), o->pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    (void)close(o->said);
}

static void spend(struct box *b)
{
    struct call c;

    box_start(b);
    (void)box_buy(b, 1, 5);
    call_make(&c, 6, 5);
    box_intend(b, &c);
}

static void refuse_to_claim(struct box *b)
{
    struct err e;

    assert_false(store_claim_spending(b->s, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_non_null(strstr(e.text, "another lode is spending"));
}

static bool count_row(void *arg, const struct ledger_row *row)
{
    assert_int_equal(row->state, CHARGE_IN_DOUBT);
    assert_non_null(strstr(row->reason, "ended before it knew"));
    return ++*(int *)arg;
}

// Before anybody writes it down: whoever looks reads what a killed spender left as in doubt.
static void check_doubt_seen(struct box *b)
{
    const struct ledger_totals t = box_totals(b);
    const int64_t left = 2;
    struct err e;
    int n = 0;

    assert_int_equal(t.charges[CHARGE_INTENT], 0);
    assert_int_equal(t.charges[CHARGE_IN_DOUBT], 1);
    assert_true(t.in_doubt_max > 0);
    assert_true(store_ledger_each(b->s, CHARGE_IN_DOUBT, false, count_row, &n, &e));
    assert_int_equal(n, 1);
    assert_true(store_ledger_rows(b->s, &left, 1, count_row, &n, &e));
    assert_int_equal(n, 2);
    assert_true(store_ledger_each(b->s, CHARGE_INTENT, false, count_row, &n, &e));
    assert_int_equal(n, 2);
}

static void one_spends_and_the_other_looks(void **state)
{
    struct box b;
    struct other o;
    struct err e;

    (void)state;
    box_make(&b);
    o = start(&b, spend);
    await(&o);
    box_open(&b);
    assert_string_equal(b.note, "");
    assert_true(store_can_spend(b.s));
    refuse_to_claim(&b);
    assert_int_equal(box_totals(&b).credits, 5);
    assert_int_equal(box_totals(&b).charges[CHARGE_INTENT], 1);
    assert_true(box_find(&b, "3").held);
    assert_true(box_find(&b, "7").in_doubt);
    assert_true(store_put_lookup(b.s, "industry", "[1]", b.now_ms, &e));
    end(&o);
    check_doubt_seen(&b);
    // The same process may spend as soon as the other has gone, and knows what it left.
    box_claim(&b);
    assert_int_equal(box_totals(&b).charges[CHARGE_IN_DOUBT], 1);
    assert_int_equal(box_buy(&b, 1, 10), 5);
    box_drop(&b);
}

static void look(struct box *b)
{
    box_open(b);
    (void)box_totals(b);
}

static void those_who_look_hold_up_nobody(void **state)
{
    struct box b;
    struct other o[3];

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 5);
    box_close(&b);
    for (int i = 0; i < 3; i++)
        o[i] = start(&b, look);
    for (int i = 0; i < 3; i++)
        await(&o[i]);
    box_start(&b);
    assert_int_equal(box_buy(&b, 6, 5), 5);
    box_close(&b);
    for (int i = 0; i < 3; i++)
        end(&o[i]);
    box_start(&b);
    assert_int_equal(box_totals(&b).credits, 10);
    box_drop(&b);
}

// What another bought is there for one that was open before.
static void who_looks_sees_what_is_bought_meanwhile(void **state)
{
    struct box b, spender;

    (void)state;
    box_make(&b);
    box_open(&b);
    assert_int_equal(box_owned(&b), 0);
    spender = b;
    box_start(&spender);
    (void)box_buy(&spender, 1, 5);
    assert_int_equal(box_owned(&b), 5);
    refuse_to_claim(&b);
    box_close(&spender);
    assert_int_equal(box_owned(&b), 5);
    box_claim(&b);
    assert_int_equal(box_buy(&b, 6, 2), 2);
    box_drop(&b);
}

// While one looks on, the log stays; the last to leave puts it away.
static void the_last_to_leave_puts_the_log_away(void **state)
{
    struct box b, spender;

    (void)state;
    box_make(&b);
    box_open(&b);
    spender = b;
    box_start(&spender);
    (void)box_buy(&spender, 1, 5);
    assert_int_equal(box_owned(&b), 5);
    assert_true(box_has(&b, "ledger.db-wal"));
    box_close(&spender);
    assert_int_equal(box_owned(&b), 5);
    box_close(&b);
    assert_false(box_has(&b, "ledger.db-wal") || box_has(&b, "ledger.db-shm"));
    box_drop(&b);
}

static void a_lock_is_freed_by_any_end(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    for (int i = 0; i < 5; i++) {
        struct other o = start(&b, spend);

        await(&o);
        end(&o);
    }
    box_start(&b);
    assert_int_equal(box_totals(&b).charges[CHARGE_IN_DOUBT], 5);
    assert_int_equal(box_totals(&b).credits, 5);
    box_drop(&b);
}

static void open_at_once(struct box *b)
{
    box_open(b);
    assert_string_equal(b->note, "");
    (void)box_totals(b);
}

static void many_may_begin_in_an_empty_folder_at_once(void **state)
{
    enum { MANY = 10, TIMES = 5 };

    (void)state;
    for (int i = 0; i < TIMES; i++) {
        struct other o[MANY];
        struct box b;

        box_make(&b);
        for (int k = 0; k < MANY; k++)
            o[k] = start(&b, open_at_once);
        for (int k = 0; k < MANY; k++)
            await(&o[k]);
        for (int k = 0; k < MANY; k++)
            end(&o[k]);
        box_start(&b);
        assert_int_equal(box_buy(&b, 1, 1), 1);
        box_drop(&b);
    }
}

static void claim_if_free(struct box *b)
{
    struct err e;

    box_open(b);
    if (store_claim_spending(b->s, &e))
        (void)box_buy(b, 1000 * (long long)getpid(), 1);
    else
        assert_int_equal(e.kind, ERR_REFUSED);
}

static void of_many_exactly_one_spends(void **state)
{
    enum { MANY = 10 };

    struct other o[MANY];
    struct box b;

    (void)state;
    box_make(&b);
    for (int k = 0; k < MANY; k++)
        o[k] = start(&b, claim_if_free);
    for (int k = 0; k < MANY; k++)
        await(&o[k]);
    box_open(&b);
    assert_int_equal(box_totals(&b).charges[CHARGE_CHARGED], 1);
    for (int k = 0; k < MANY; k++)
        end(&o[k]);
    box_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_spends_and_the_other_looks),
        cmocka_unit_test(those_who_look_hold_up_nobody),
        cmocka_unit_test(who_looks_sees_what_is_bought_meanwhile),
        cmocka_unit_test(the_last_to_leave_puts_the_log_away),
        cmocka_unit_test(a_lock_is_freed_by_any_end),
        cmocka_unit_test(many_may_begin_in_an_empty_folder_at_once),
        cmocka_unit_test(of_many_exactly_one_spends),
    };

    return cmocka_run_group_tests_name("spender", tests, NULL, NULL);
}
