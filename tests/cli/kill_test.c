// kill -9 in the middle of an enrich: nothing is charged twice, nothing paid for is lost, every
// unknown is listed. How often may be given as an argument, and how many worlds are tried side by
// side: cli-kill 1000 4. Tests.
#include "support/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/mem.h"
#include "base/rng.h"
#include "support/http.h"
#include "support/jobs.h"
#include "support/money.h"

enum {
    PER_WORLD = 18, // rounds until the records are used up and all begins anew
    KILLS = 20,
    RECORDS = 25, // of a call
    FEW = 8,      // calls of most rounds
    MANY = 56,    // of some: more than are under way at once, so that intents come in turns
    MANY_EVERY = 16,
    NAP_US = 2000,
    SEED = 20261124,
    PATIENCE_S = 60,
    TURNS = 3 // a drift that doubts explain may pause a job twice
};

// The first calls of a round are answered and the others never, so that it cannot end by itself.
struct round {
    char job[16]; // "": it is none
    uint32_t calls, answered;
    bool worked;   // those that stall are charged all the same
    uint32_t seen; // calls, charges or settled charges to wait for
};

struct world {
    bool by_line; // buys by the names in the lines of a file, not by ids
    struct home home;
    struct server *server;
    int next; // record of all.csv that nobody has bought yet
    // The round's:
    int round; // its number, and its file's: a job goes on by the file it was begun with
    pid_t pid;
    long long sequence; // the server's last charge before it
    size_t settled;     // the ledger's charges before it
};

static void nap_us(uint32_t us)
{
    struct timespec t = {us / 1000000, (long)(us % 1000000) * 1000};

    (void)nanosleep(&t, NULL);
}

static void must(const struct world *w, const char *line, int status)
{
    struct run r = run_lode(&w->home, w->server->url, line);

    if (r.status != status)
        fail_msg("%s: exit %d: %s", line, r.status, str_text(&r.err));
    run_free(&r);
}

// Nobody has the name of another, in any script, so that no two lines mean the same person; each
// has a line of its own.
static struct world world_make(bool by_line)
{
    static const char *const options[] = {
        "--unlimited", "--credits=1000000", "--contacts=20000", "--latency=10", "--faults", "",
        NULL};
    char *command;
    struct world w = {.by_line = by_line, .home = home_make(), .server = server_start(options)};

    must(&w,
         "search contact --limit 10000 --rate 0 --columns personId,firstName,lastName,companyName "
         "--output found.csv",
         0);
    command = str_format("cd '%s' && LC_ALL=C awk -F, 'NF == 4 && !/[^ !#-~]/ && !seen[$2,$3]++' "
                         "found.csv > all.csv",
                         w.home.path);
    assert_int_equal(system(command), 0);
    free(command);
    return w;
}

static void world_drop(struct world *w)
{
    home_remove(&w->home);
    assert_int_equal(server_stop(w->server), 0);
}

// What the server tells at path, without the faults.
static json_t *ask(const struct world *w, const char *path)
{
    char *url = str_format("%s%s", w->server->direct, path);
    json_t *json = http_get_json(url, NULL, 200);

    free(url);
    return json;
}

static bool have_arrived(const struct world *w, const struct round *r)
{
    json_t *rules = ask(w, "/_sandbox/faults");
    json_int_t seen = json_integer_value(json_object_get(json_array_get(rules, 0), "seen"));

    json_decref(rules);
    return seen >= r->seen;
}

static size_t charges_since(const struct world *w)
{
    char *path = str_format("/_sandbox/audit?after=%lld", w->sequence);
    json_t *audit = ask(w, path);
    size_t n = json_array_size(json_object_get(audit, "charges"));

    json_decref(audit);
    free(path);
    return n;
}

static bool are_charged(const struct world *w, const struct round *r)
{
    return charges_since(w) >= r->seen;
}

// As another lode sees it that only looks.
static bool are_settled(const struct world *w, const struct round *r)
{
    return money_read(&w->home, w->server).settled >= w->settled + r->seen;
}

static bool at_once(const struct world *w, const struct round *r)
{
    (void)w;
    (void)r;
    return true;
}

// When to kill: once this was seen from outside, and up to so much later.
static const struct moment {
    const char *name;
    bool (*come)(const struct world *w, const struct round *r);
    bool answered; // only calls that are answered count
    uint32_t later_us;
} moments[] = {
    {"calls have arrived", have_arrived, false, 3000},
    {"calls are charged", are_charged, true, 40000},
    {"charges are settled", are_settled, true, 3000},
    {"any", at_once, false, 600000},
};

static void await(const struct world *w, const struct moment *m, const struct round *r)
{
    time_t until = time(NULL) + PATIENCE_S;
    int status;

    while (!m->come(w, r)) {
        if (waitpid(w->pid, &status, WNOHANG) != 0)
            fail_msg("lode ended by itself (%d) before %u %s", status, r->seen, m->name);
        if (time(NULL) > until)
            fail_msg("%u %s never came to be", r->seen, m->name);
        nap_us(NAP_US);
    }
}

// The last round's records come once more: those in doubt must not be sent again.
static void next_ids(struct world *w, const struct round *r)
{
    char *command =
        str_format("cd '%s' && touch new.csv && cp new.csv old.csv &&"
                   " tail -n +%d all.csv | head -n %u > new.csv &&"
                   " (head -n 1 all.csv; cat old.csv new.csv) > ids.csv && cp ids.csv ids-%d.csv",
                   w->home.path, 2 + w->next, r->calls * RECORDS, ++w->round);

    assert_int_equal(system(command), 0);
    w->next += (int)r->calls * RECORDS;
    free(command);
}

static void set_stalls(const struct world *w, const struct round *r)
{
    char *rule = str_format("POST /enrich/contact stall-%s-work after=%u",
                            r->worked ? "after" : "before", r->answered);

    server_faults(w->server, rule);
    free(rule);
}

static struct round draw(struct rng *rng, const struct moment *m, int i, bool by_line)
{
    uint32_t look;
    struct round r = {.calls = i % MANY_EVERY == MANY_EVERY - 1 ? MANY : FEW};

    r.answered = m->answered + rng_below(rng, r.calls - 1);
    r.worked = rng_below(rng, 2);
    r.seen = 1 + rng_below(rng, m->answered ? r.answered : FEW);
    if (i % 2 == 0 && !by_line)
        return r;
    // A job, as a purchase by lines is also without a name, looks at the meter after 1, 2, 4, 8
    // calls before it begins more.
    if (i % 2)
        (void)snprintf(r.job, sizeof(r.job), "round-%d", i);
    for (look = 1; look <= r.answered; look *= 2)
        ;
    r.seen = r.seen < look ? r.seen : look;
    return r;
}

// The id goes along with its line, and is not sent.
#define BY_NAMES " --map personId="

static void start(struct world *w, const struct round *r)
{
    char *line = str_format("enrich contact --from ids-%d.csv --max-credits 1000000 --rate 0 "
                            "--format jsonl --output out.jsonl --force --fields email%s%s%s",
                            w->round, w->by_line ? BY_NAMES : "", *r->job ? " --job " : "", r->job);

    w->pid = run_lode_start(&w->home, w->server->url, line);
    free(line);
}

// Each line once, in its order, those in doubt too.
static void check_lines(const struct world *w)
{
    char *command = str_format("cd '%s' && grep -o '\"input\":{\"personId\":\"[-0-9]*' out.jsonl |"
                               " grep -o '[-0-9]*$' > lines.txt && tail -n +2 ids.csv |"
                               " cut -d, -f1 | cmp -s - lines.txt",
                               w->home.path);

    assert_int_equal(system(command), 0);
    free(command);
}

static bool is_open(const struct job_end *end)
{
    return str_eq(end->state, "paused") || str_eq(end->state, "waits");
}

// A job says what is left of it: nothing, doubts of its own, or so many of others' calls. Its kill
// left nothing to a person's word but these.
static void check_end(const struct world *w, const struct round *r, const struct job_end *end)
{
    struct job_places p =
        job_places(&w->home, w->server, r->job, w->by_line ? "out.jsonl" : "ids.csv");
    char *others = str_format("%zu in doubt by other purchases", p.doubtful);
    bool fits = p.unsent == 0;

    if (str_eq(end->state, "done"))
        fits = fits && p.doubtful == 0;
    else if (str_eq(end->state, "doubts"))
        fits = fits && p.doubtful > 0;
    else
        fits = fits && is_open(end) && p.doubtful > 0 && str_eq(end->reason, others);
    if (!fits)
        fail_msg("%s is %s (%s): %zu owned, %zu in doubt, %zu not sent, %zu never sent", r->job,
                 end->state, end->reason, p.owned, p.doubtful, p.unsent, p.never);
    free(others);
}

// A killed job is paused, or waits where it never began, and goes on at a person's word: what is in
// doubt stays so, all else is bought.
static void go_on(const struct world *w, const struct round *r)
{
    char *line = str_format("jobs resume %s --max-credits 1000000 --rate 0 --quiet --output "
                            "out.jsonl --force",
                            r->job);
    struct job_end end;

    if (job_end(&w->home, w->server, r->job, &end)) {
        assert_true(is_open(&end));
        for (int i = 0; i < TURNS && is_open(&end); i++) {
            struct run run = run_lode(&w->home, w->server->url, line);

            if (run.status != 0 && run.status != 5 && run.status != 6)
                fail_msg("%s: exit %d: %s", line, run.status, str_text(&run.err));
            run_free(&run);
            assert_true(job_end(&w->home, w->server, r->job, &end));
        }
        check_end(w, r, &end);
        if (w->by_line)
            check_lines(w);
    }
    free(line);
}

// True where the kill came before the run had ended by itself.
static bool kill_once(struct world *w, struct rng *rng, int i)
{
    const struct moment *m = &moments[(size_t)i % ARRAY_LEN(moments)];
    struct round r = draw(rng, m, i, w->by_line);
    int status;

    next_ids(w, &r);
    set_stalls(w, &r);
    start(w, &r);
    await(w, m, &r);
    nap_us(rng_below(rng, m->later_us));
    (void)kill(w->pid, SIGKILL);
    assert_int_equal(waitpid(w->pid, &status, 0), w->pid);
    server_faults(w->server, "");
    if (*r.job)
        go_on(w, &r);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

// What must be true after every kill.
static struct money check(struct world *w)
{
    struct money m = money_read(&w->home, w->server);
    json_t *audit = server_audit(w->server);
    const json_t *charges = json_object_get(audit, "charges");

    money_agrees(&m);
    if (m.sent_twice)
        fail_msg("%zu records were sent twice", m.sent_twice);
    w->settled = m.settled;
    w->sequence = json_integer_value(
        json_object_get(json_array_get(charges, json_array_size(charges) - 1), "sequence"));
    json_decref(audit);
    return m;
}

// What was in doubt is no more: every job comes to its end, and finds all that it asked for.
static void end_jobs(const struct world *w)
{
    struct run r;
    int n = 0;

    do {
        r = run_lode(&w->home, w->server->url,
                     "jobs resume --max-credits 1000000 --rate 0 --quiet --output out.jsonl "
                     "--force");
        if (r.status != 0 && !strstr(str_text(&r.err), "no job waits or is paused"))
            fail_msg("jobs resume: exit %d: %s", r.status, str_text(&r.err));
        n += r.status == 0;
        run_free(&r);
    } while (r.status == 0 && n <= PER_WORLD);
    assert_true(n <= PER_WORLD);
}

// What is left is bought or free; what is in doubt is sent again on the user's word, by id or by
// line.
static void end_well(struct world *w, int rounds, int killed, size_t doubtful)
{
    struct money m;

    char *line = str_format("enrich contact --from all.csv --max-credits 1000000 --rate 0 --resend "
                            "--fields email --output end.csv%s",
                            w->by_line ? BY_NAMES : "");

    must(w, line, 0);
    free(line);
    m = money_read(&w->home, w->server);
    money_agrees(&m);
    end_jobs(w);
    assert_int_equal(money_read(&w->home, w->server).audited, m.audited);
    (void)printf(
        "%s: %d of %d killed, %zu calls in doubt: server charged %lld, ledger %lld and %lld "
        "in doubt, %zu records twice\n",
        w->by_line ? "by lines" : "by ids", killed, rounds, doubtful, m.audited, m.charged,
        m.in_doubt, m.charged_twice);
    assert_int_equal(m.open + m.doubtful, 0);
    assert_int_equal(m.charged, m.audited);
    assert_int_equal(money_lost(&w->home, w->server, "contact"), 0);
}

static void campaign(struct rng *rng, int rounds, bool by_line)
{
    struct world w = world_make(by_line);
    int killed = 0;
    struct money m = check(&w);

    for (int i = 0; i < rounds; i++) {
        killed += kill_once(&w, rng, i);
        m = check(&w);
    }
    end_well(&w, rounds, killed, m.doubtful + m.open);
    assert_int_equal(killed, rounds);
    world_drop(&w);
}

// What one of several processes side by side does of all kills.
struct share {
    int kills, first, step; // the worlds from that on, each so many further
};

static void kills_lose_nothing(void **state)
{
    const struct share *share = *state;
    int left = share->kills;

    // Every second world goes by lines; a short campaign has one of each.
    for (int i = 0, n; left > 0; left -= n, i++) {
        struct rng rng = rng_seed(SEED + (uint64_t)i);

        n = i == 0 && left < 2 * PER_WORLD ? (left + 1) / 2 : left;
        n = n < PER_WORLD ? n : PER_WORLD;
        if (i % share->step == share->first)
            campaign(&rng, n, i % 2 == 1);
    }
}

static int run(struct share share)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(kills_lose_nothing, &share),
    };

    return cmocka_run_group_tests_name("kill", tests, NULL, NULL);
}

// A process each; how many failed.
static int run_side_by_side(int kills, int side)
{
    int failed = 0, status;

    for (int i = 0; i < side; i++) {
        pid_t pid = fork();

        if (pid == 0)
            exit(run((struct share){kills, i, side}) ? 1 : 0);
        failed += pid < 0;
    }
    while (wait(&status) > 0)
        failed += status != 0;
    return failed;
}

int main(int argc, char **argv)
{
    int kills = argc > 1 ? atoi(argv[1]) : KILLS, side = argc > 2 ? atoi(argv[2]) : 1;

    return side > 1 ? run_side_by_side(kills, side) : run((struct share){kills, 0, 1});
}
