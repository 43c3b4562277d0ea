// The disk fails or the power goes at any moment: what was acknowledged is there, what could not be
// written was not sent. How many moments may be given as an argument: store-power 10000. Tests.
#include "store/box.h"

#include <signal.h>
#include <sys/resource.h>

#include "store/faulty_disk.h"

enum { MOMENTS = 24, STRIDE = 89, CALLS = 6, RECORDS = 5, WHOLE = 1000000 };

// What a child tells before it goes on: an intent was durable, a settlement was, all was done.
struct ack {
    char what; // 'i', 's', 'e'
    int call;
    int64_t id;
    long ops;
};

struct scene {
    struct box b;
    enum disk_fault fault;
    long at;
    bool full;
    uint64_t seed;
    int tell;
};

static void tell(const struct scene *s, struct ack ack)
{
    ack.ops = faulty_disk.ops;
    if (write(s->tell, &ack, sizeof(ack)) != (ssize_t)sizeof(ack))
        abort();
}

// Every second call is not answered.
static void make_call(struct scene *s, int i)
{
    struct call c;
    struct err e;

    call_make(&c, 100 * (long long)i, RECORDS);
    if (!box_try_intend(&s->b, &c, &e)) {
        if (e.kind != ERR_STORAGE || !*e.text)
            abort();
        return;
    }
    tell(s, (struct ack){'i', i, c.t.charge.id, 0});
    if (i % 2)
        call_end(&c, CHARGE_IN_DOUBT);
    if (box_try_settle(&s->b, &c, &e))
        tell(s, (struct ack){'s', i, c.t.charge.id, 0});
}

static void play(void *arg)
{
    struct scene *s = arg;
    struct err e;

    disk_begin(s->fault, s->at, s->full, s->seed);
    if (!box_try(&s->b, &e))
        _exit(1);
    if (store_claim_spending(s->b.s, &e)) {
        for (int i = 0; i < CALLS; i++)
            make_call(s, i);
    }
    box_close(&s->b);
    tell(s, (struct ack){.what = 'e'});
}

struct acks {
    VEC(struct ack) list;
};

static struct acks take_acks(int fd)
{
    struct acks acks = {0};
    struct ack ack;

    while (read(fd, &ack, sizeof(ack)) == (ssize_t)sizeof(ack))
        vec_push(&acks.list, ack);
    (void)close(fd);
    return acks;
}

// A pipe holds what little a child has to tell.
static int run(struct scene *s, struct acks *acks)
{
    int ends[2], status;

    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    s->tell = ends[1];
    status = box_child(play, s);
    (void)close(ends[1]);
    *acks = take_acks(ends[0]);
    return status;
}

static long long state_of(struct box *b, int64_t id, const char *state)
{
    char *sql = str_format("SELECT count(*) FROM charge_now WHERE id = %lld AND state = '%s'",
                           (long long)id, state);
    long long n = box_sql(b, "ledger.db", sql);

    free(sql);
    return n;
}

static void expect_acked(struct box *b, const struct ack *ack)
{
    char id[24];

    if (ack->what == 'i' && !state_of(b, ack->id, "charged") && !state_of(b, ack->id, "in doubt"))
        fail_msg("the intent %lld is not there", (long long)ack->id);
    if (ack->what != 's' || ack->call % 2)
        return;
    if (!state_of(b, ack->id, "charged"))
        fail_msg("the charge %lld is not there", (long long)ack->id);
    for (int i = 0; i < RECORDS; i++) {
        (void)snprintf(id, sizeof(id), "%d", 100 * ack->call + i);
        assert_true(box_find(b, id).held);
    }
}

// After a fault: no damage, everything acknowledged, and buying goes on.
static void check(struct scene *s, const struct acks *acks)
{
    struct box *b = &s->b;

    box_open(b);
    if (*b->note)
        fail_msg("at operation %ld: %s", s->at, b->note);
    box_claim(b);
    for (size_t i = 0; i < acks->list.len; i++)
        expect_acked(b, &acks->list.items[i]);
    assert_int_equal(box_totals(b).charges[CHARGE_INTENT], 0);
    assert_int_equal(box_buy(b, 1000000, 2), 2);
    box_close(b);
    assert_int_equal(
        box_sql(b, "ledger.db", "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
}

// A ledger with something in it, so that a fault may also take what was there.
static void begin(struct scene *s)
{
    box_make(&s->b);
    box_start(&s->b);
    (void)box_buy(&s->b, 5000, RECORDS);
    box_close(&s->b);
}

// How many operations the scene has when nothing happens.
static long count_ops(void)
{
    struct scene s = {.fault = DISK_FAIL_ONCE, .at = WHOLE};
    struct acks acks;
    long ops;

    begin(&s);
    assert_int_equal(run(&s, &acks), 0);
    assert_true(acks.list.len == 2 * CALLS + 1);
    ops = acks.list.items[acks.list.len - 1].ops;
    assert_true(ops > CALLS);

    check(&s, &acks);
    vec_free(&acks.list);
    box_drop(&s.b);
    return ops;
}

static int moments(void *const *state)
{
    return *(int *)*state;
}

static void a_power_cut_takes_nothing_that_was_acknowledged(void **state)
{
    long ops = count_ops();

    for (int i = 0; i < moments(state); i++) {
        struct scene s = {
            .fault = DISK_POWER, .at = 1 + (long)i * STRIDE % ops, .seed = (uint64_t)i};
        struct acks acks;
        int status;

        begin(&s);
        status = run(&s, &acks);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == DISK_EXIT);
        check(&s, &acks);
        vec_free(&acks.list);
        box_drop(&s.b);
    }
}

// Fails the test where the child died, or where one failure kept it from buying later.
static void try_failure(enum disk_fault fault, long at, bool full)
{
    struct scene s = {.fault = fault, .at = at, .full = full};
    struct acks acks;
    int status, settled = 0;

    begin(&s);
    status = run(&s, &acks);
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
        fail_msg("operation %ld: the program died (%d)", at, status);
    for (size_t i = 0; i < acks.list.len; i++)
        settled += acks.list.items[i].what == 's';
    // One failure takes one call at most, unless it kept all from beginning.
    if (fault == DISK_FAIL_ONCE && acks.list.len > 1 && settled < CALLS - 1)
        fail_msg("operation %ld failed once, and only %d of %d calls went well", at, settled,
                 CALLS);
    check(&s, &acks);
    vec_free(&acks.list);
    box_drop(&s.b);
}

static void a_failure_is_survived_wherever_it_comes(void **state)
{
    long ops = count_ops();

    for (int i = 0; i < moments(state); i++)
        try_failure(DISK_FAIL_ONCE, 1 + (long)i * STRIDE % ops, i % 3 == 0);
}

static void a_disk_that_stays_broken_loses_nothing(void **state)
{
    long ops = count_ops();

    for (int i = 0; i < moments(state) / 2; i++)
        try_failure(DISK_FAIL_ON, 1 + (long)i * STRIDE % ops, i % 3 == 0);
}

// A real limit of the kernel's on the size of a file.
static void spend_until_full(void *arg)
{
    struct box *b = arg;
    struct rlimit small = {48 * 4096, 48 * 4096};
    struct call c;
    struct err e;

    box_start(b);
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)setrlimit(RLIMIT_FSIZE, &small);
    for (int i = 0; i < 1000; i++) {
        call_make(&c, 100 * (long long)i, BOX_CALL);
        if (!box_try_intend(b, &c, &e) || !box_try_settle(b, &c, &e))
            _exit(strstr(e.text, b->folder) && e.kind == ERR_STORAGE ? 7 : 1);
    }
}

static void a_file_that_may_not_grow_stops_the_buying(void **state)
{
    struct ledger_totals t;
    struct box b;
    int status;

    (void)state;
    box_make(&b);
    status = box_child(spend_until_full, &b);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    box_start(&b);
    t = box_totals(&b);
    assert_true(t.charges[CHARGE_CHARGED] > 0);
    assert_int_equal(t.credits, t.charges[CHARGE_CHARGED] * BOX_CALL);
    assert_int_equal(box_owned(&b), t.credits);
    assert_int_equal(box_buy(&b, 1000000, 2), 2);
    box_drop(&b);
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : MOMENTS;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_power_cut_takes_nothing_that_was_acknowledged, &count),
        cmocka_unit_test_prestate(a_failure_is_survived_wherever_it_comes, &count),
        cmocka_unit_test_prestate(a_disk_that_stays_broken_loses_nothing, &count),
        cmocka_unit_test(a_file_that_may_not_grow_stops_the_buying),
    };

    return cmocka_run_group_tests_name("power", tests, NULL, NULL);
}
