// The token's life: however many threads meet an expired token there is one authentication, and in
// thirty days one each 55 minutes and not one more. Figures. Tests.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "auth/client.h"

// The figure is promised under ThreadSanitizer; the other builds look at the same code more
// briefly.
#ifdef __SANITIZE_THREAD__
enum { ROUNDS = 1000 };
#else
enum { ROUNDS = 100 };
#endif

// Some of the threads make requests, which the gate holds; the others wait for the token itself.
enum {
    THREADS = 64,
    CALLERS = 16,
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    DAYS = 30,
    PATIENCE_MS = 20000
};

static const char *const unlimited[] = {"--unlimited", NULL};

struct crowd {
    struct client *client;
    pthread_barrier_t barrier;
    atomic_int callers, bad;
};

static void *meet_in_rounds(void *arg)
{
    struct crowd *crowd = arg;
    bool calls = atomic_fetch_add(&crowd->callers, 1) < CALLERS;
    struct err e;

    for (int round = 0; round < ROUNDS; round++) {
        (void)pthread_barrier_wait(&crowd->barrier);
        if (calls ? call(crowd->client) != 200 : !auth_sign_in(crowd->client->auth, &e))
            (void)atomic_fetch_add(&crowd->bad, 1);
        (void)pthread_barrier_wait(&crowd->barrier);
    }
    return NULL;
}

static void threads_that_meet_an_expired_token_share_one_authentication(void **state)
{
    struct crowd crowd = {0};
    pthread_t threads[THREADS];
    struct client c;

    (void)state;
    open_client(&c, unlimited, by_password("sandbox"));
    crowd.client = &c;
    (void)pthread_barrier_init(&crowd.barrier, NULL, THREADS + 1);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, meet_in_rounds, &crowd), 0);
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        (void)pthread_barrier_wait(&crowd.barrier);
        (void)pthread_barrier_wait(&crowd.barrier);
        assert_int_equal(auth_status(c.auth).sign_ins, round);
        (void)atomic_fetch_add(&c.moved.ms, 61LL * MINUTE);
    }
    for (int i = 0; i < THREADS; i++)
        (void)pthread_join(threads[i], NULL);
    (void)pthread_barrier_destroy(&crowd.barrier);
    assert_int_equal(atomic_load(&crowd.bad), 0);
    assert_int_equal(server_stat(c.server, "requests.POST /authenticate"), ROUNDS);
    (void)printf("%d rounds of %d threads at an expired token: %d authentications\n", ROUNDS,
                 THREADS, ROUNDS);
    close_client(&c);
}

// A clock that stands still unless it is moved, and counts who looks at it.
struct virtual
{
    atomic_llong ms, looks;
};

static int64_t virtual_ms(void *self)
{
    struct virtual *v = self;

    (void)atomic_fetch_add(&v->looks, 1);
    return atomic_load(&v->ms);
}

// Moves the clock on and waits until the refresher has looked at it: nobody else does.
static void move(struct virtual *v, struct auth *a, int64_t ms)
{
    long long looks;

    (void)atomic_fetch_add(&v->ms, ms);
    looks = atomic_load(&v->looks);
    auth_clock_moved(a);
    for (int i = 0; i < PATIENCE_MS * 20 && atomic_load(&v->looks) == looks; i++)
        (void)usleep(50);
    assert_int_not_equal(atomic_load(&v->looks), looks);
}

// Waits until there is another token than the one that ends at old_ms.
static void wait_for_token(struct auth *a, int64_t old_ms)
{
    for (int i = 0; i < PATIENCE_MS * 20 && auth_status(a).expires_ms == old_ms; i++)
        (void)usleep(50);
    assert_int_not_equal(auth_status(a).expires_ms, old_ms);
}

// The time from the last sign-in until the next is begun, to a second.
static int64_t until_renewal(struct virtual *v, struct auth *a)
{
    uint64_t before = auth_status(a).sign_ins;
    int64_t waited = 54 * MINUTE + 58 * SECOND;

    move(v, a, waited);
    while (auth_status(a).sign_ins == before) {
        assert_true(waited < 56LL * MINUTE);
        move(v, a, SECOND);
        waited += SECOND;
    }
    assert_true(waited > 54LL * MINUTE + 58 * SECOND);
    return waited;
}

static void thirty_days_take_one_authentication_each_55_minutes(void **state)
{
    struct virtual v = {0};
    struct clock clock = {&v, virtual_ms, virtual_ms};
    struct server *server = server_start(unlimited);
    struct net_config net_config = {.clock = clock_system(), .user_agent = "lode-test"};
    struct auth_config config = {.clock = clock, .base_url = server->url};
    int64_t elapsed = 0;
    uint64_t n = 1;
    struct auth *a;
    struct err e;

    (void)state;
    atomic_store(&v.ms, clock_utc_ms(&net_config.clock));
    config.net = net_open(&net_config, &e);
    assert_non_null(config.net);
    a = auth_open(&config, by_password("sandbox"), &e);
    assert_non_null(a);
    assert_true(auth_sign_in(a, &e));
    while (elapsed < (int64_t)DAYS * 24 * 60 * MINUTE) {
        int64_t ends = auth_status(a).expires_ms;

        elapsed += until_renewal(&v, a);
        wait_for_token(a, ends);
        assert_int_equal(auth_status(a).sign_ins, ++n);
    }
    // 30 days are 785.5 times 55 minutes; up to half a minute of jitter may be added to each.
    assert_in_range(n, 779, 786);
    assert_int_equal(server_stat(server, "requests.POST /authenticate"), n);
    (void)printf("30 days: %llu authentications\n", (unsigned long long)n);
    auth_stop(a);
    net_close(config.net);
    auth_close(a);
    assert_int_equal(server_stop(server), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_that_meet_an_expired_token_share_one_authentication),
        cmocka_unit_test(thirty_days_take_one_authentication_each_55_minutes),
    };

    return cmocka_run_group_tests_name("auth-life", tests, NULL, NULL);
}
