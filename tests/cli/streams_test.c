// Standard streams that are closed or full, and files past the size that the system allows: nothing
// lands where it does not belong, nothing is half written, and the exit status tells. Tests.
#include "cli/world.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults=", NULL};

    return world_open_with_ids(state, options, 60);
}

// A shell's line where $LODE is the program with its account.
static struct run shell(const struct world *w, const char *line)
{
    char *script = str_format("lode() { printf 'sandbox\\n' | '%s' \"$@\" --base-url %s "
                              "--user analyst@example.com --password-stdin; }; %s",
                              LODE_BINARY, w->server->url, line);
    struct run r = run_program(&w->home, (const char *[]){"/bin/sh", "-c", script, NULL}, NULL);

    free(script);
    return r;
}

static char *file_of(const struct world *w, const char *name)
{
    char *path = str_format("%s/%s", w->home.path, name);
    struct str text = {0};
    struct err e;

    if (!file_read(path, 1 << 20, &text, &e))
        fail_msg("%s", e.text);
    free(path);
    return str_take(&text);
}

static void what_cannot_be_printed_is_no_success(void **state)
{
    static const char *const lines[] = {
        "lode count contact >/dev/full",
        "lode lookup industry >/dev/full",
        "lode raw GET /lookup/industry >/dev/full",
        "lode help --man >/dev/full",
        "lode --version >/dev/full",
        "lode sandbox serve >/dev/full",
        "lode count contact >&-",
        "lode search contact -f csv >&-",
    };
    const struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        struct run r = shell(w, lines[i]);

        if (r.status != 1 || r.err.len == 0)
            fail_msg("%s: exit %d; it said:\n%s", lines[i], r.status, str_text(&r.err));
        run_free(&r);
    }
}

static void no_talk_lands_in_a_file_when_streams_are_closed(void **state)
{
    const struct world *w = *state;
    struct run r = shell(w, "lode search contact -n 2 --columns personId -o two.csv 2>&- >&-");
    char *log, *rows;

    expect(&r, 0, "");
    run_free(&r);
    r = shell(w, "lode search contact -n 2 -f jsonl 2>&- >&-");
    assert_int_equal(r.status, 1);
    run_free(&r);
    rows = file_of(w, "two.csv");
    if (!str_starts(rows, "personId\n") || strstr(rows, "lode"))
        fail_msg("two.csv holds:\n%s", rows);
    log = file_of(w, "state/lode/lode.log");
    if (strstr(log, "lode:") || strstr(log, "firstName"))
        fail_msg("the log holds:\n%s", log);
    free(rows);
    free(log);
}

static void a_purchase_needs_no_streams(void **state)
{
    const struct world *w = *state;
    struct run r =
        shell(w, "lode enrich contact --from all.csv --max-credits 5 -o five.csv 2>&- >&-");
    char *rows;

    assert_int_equal(r.status, 6);
    run_free(&r);
    rows = file_of(w, "five.csv");
    expect_in(&(struct str){.data = rows, .len = strlen(rows)}, "FULL_MATCH");
    free(rows);
    assert_int_equal(server_total(w->server, "credits"), 5);
}

// ulimit -f counts blocks of 512 bytes.
static void a_file_past_the_size_allowed_is_told_and_not_left_behind(void **state)
{
    const struct world *w = *state;
    long long credits = server_total(w->server, "credits");
    struct run r = shell(w, "ulimit -f 8; lode search contact -n 300 -o big.csv");

    expect(&r, 1, "");
    expect_in(&r.err, "File too large");
    run_free(&r);
    r = shell(w, "ls -A | grep big");
    expect(&r, 1, "");
    run_free(&r);
    r = shell(w, "ulimit -f 1; lode enrich contact --from all.csv --max-credits 50");
    assert_int_equal(r.status, 1);
    assert_true(r.err.len > 0);
    run_free(&r);
    assert_int_equal(server_total(w->server, "credits"), credits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_printed_is_no_success),
        cmocka_unit_test(no_talk_lands_in_a_file_when_streams_are_closed),
        cmocka_unit_test(a_purchase_needs_no_streams),
        cmocka_unit_test(a_file_past_the_size_allowed_is_told_and_not_left_behind),
    };

    return cmocka_run_group_tests(tests, set_up, world_close);
}
