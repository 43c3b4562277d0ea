// Money on the desk: quote, try, buy, what is required, the ledger as a file.
#include "desk/buying_stage.h"

#include <unistd.h>

#include "base/file.h"

static void test_what_a_quote_allows(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long before = server_total(s->office.server, "credits"), left;
    struct err e;

    assert_false(desk_quote(d, NULL, &e)); // nothing is marked
    assert_false(desk_buy(d, 10, 0, &e));
    mark_fresh(s, 30);
    quote(d);
    assert_int_equal(d->buying.selection.n, 30);
    assert_string_equal(d->buying.labels[3], d->marks.items[3].label);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_NEW], 30);
    assert_int_equal(desk_quote_price(d), 30);
    left = desk_budget_left(d);
    assert_true(left >= 9000);
    assert_false(desk_buy(d, 30, 0, &e)); // locked
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_true(desk_lock(d, false, &e));
    assert_false(desk_buy(d, left + 1, 0, &e));
    assert_false(desk_buy(d, -1, 0, &e));
    assert_int_equal(server_total(s->office.server, "credits"), before);
    s->next -= 30; // none was bought
}

static void test_a_few_are_tried(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long before = server_total(s->office.server, "credits"), left = desk_budget_left(d);
    const struct ledger_row *row;
    size_t first = s->next;
    struct err e;

    mark_fresh(s, 30);
    quote(d);
    buy(d, 30, 5);
    assert_string_equal(desk_running(d)->label, "enrich 5 contacts");
    assert_true(desk_running(d)->spends);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    assert_int_equal(d->buying.done.bought, 5);
    assert_int_equal(d->buying.done.credits, 5);
    // What was said before is what the five cost, not all that had been quoted.
    assert_int_equal(d->buying.quoted.quote.credits.max, 5);
    DESK_WAIT(d, d->jobs.n > 0);
    assert_int_equal(d->jobs.items[0].row.quoted_min, 5);
    assert_int_equal(d->jobs.items[0].row.quoted_max, 5);
    assert_null(desk_running(d));
    assert_int_equal(server_total(s->office.server, "credits"), before + 5);
    assert_int_equal(table_note(d->results.table, first)->standing, STANDING_HELD);
    assert_true(table_note(d->results.table, first)->free_until > desk_utc_ms(d));
    assert_int_equal(table_note(d->results.table, first + 5)->standing, STANDING_NEW);
    DESK_WAIT(d, d->marks.summed && d->ledger.known && d->ledger.totals.credits == 5);
    assert_int_equal(d->marks.count[STANDING_HELD], 5);
    assert_int_equal(d->marks.credits.max, 25);
    row = charge_at(d, NULL, 0);
    assert_int_equal(row->state, CHARGE_CHARGED);
    assert_int_equal(row->credits, 5);
    assert_int_equal(row->moved.credits, 5);
    assert_false(ledger_row_drifts(row));
    assert_string_equal(row->why, "5 new");
    assert_string_equal(row->origin, "marked contacts");
    assert_string_equal(row->who, "analyst@example.com");
    assert_string_equal(row->profile, d->profile);
    assert_true(row->sent_ms >= row->began_ms && row->ended_ms >= row->sent_ms);
    DESK_WAIT(d, desk_budget_left(d) == left - 5);
    assert_false(desk_buy(d, 30, 0, &e)); // once a quote
}

static void test_a_part_of_the_rest_is_bought(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long before = server_total(s->office.server, "credits");

    s->next -= 30; // of which five are owned by now
    mark_fresh(s, 30);
    quote(d);
    assert_int_equal(desk_quote_price(d), 25);
    buy(d, 10, 0); // a part that was chosen is all of it
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    assert_int_equal(d->buying.done.bought, 10);
    assert_int_equal(d->buying.done.left, 15);
    assert_int_equal(d->buying.done.from_library, 5);
    assert_int_equal(server_total(s->office.server, "credits"), before + 10);
    assert_string_equal(d->message.text, "Charged 10 credits: 10 bought, 5 in the library already, "
                                         "15 left, for the cap was reached.");
    DESK_WAIT(d, desk_rests(d));
    for (size_t i = 0; i < d->jobs.n; i++)
        assert_int_equal(d->jobs.items[i].row.state, JOB_DONE);
}

static void test_the_detail_of_what_is_owned(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    bool email = false, flags = false;
    size_t first = s->next;

    mark_fresh(s, 2);
    desk_detail(d, table_id(d->results.table, first));
    quote(d);
    buy(d, 2, 0);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    DESK_WAIT(d, d->detail.note.standing == STANDING_HELD);
    for (size_t i = 0; i < d->detail.n_fields; i++) {
        const struct detail_field *f = &d->detail.fields[i];

        if (!str_eq(f->source, "library"))
            continue;
        assert_true(f->as_of_ms >= d->results.asked_ms);
        assert_string_not_equal(f->column->name, "picture"); // nobody asked for it
        email = email || str_eq(f->column->name, "email");
        flags = flags || (str_eq(f->column->name, "withinEu") && str_eq(f->section, "Compliance"));
    }
    assert_true(email && flags);
}

static void test_quotes_go_stale(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    struct err e;

    mark_fresh(s, 3);
    quote(d);
    assert_true(desk_lock(d, false, &e));
    (void)desk_mark(d, s->next - 1, s->next - 1, false);
    assert_int_equal(d->buying.state, BUYING_STALE);
    assert_false(desk_buy(d, 3, 0, &e));
    assert_true(desk_quote(d, NULL, &e));
    (void)desk_mark(d, s->next - 1, s->next - 1, true); // while it is on its way
    DESK_WAIT(d, d->buying.state != BUYING_ASKED);
    assert_int_equal(d->buying.state, BUYING_STALE);
    assert_int_equal(d->buying.selection.n, 2);
    assert_true(desk_quote(d, "shoeSize", &e));
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    assert_non_null(strstr(d->buying.err.text, "shoeSize"));
}

// The one of five records.
static const struct job_row *job_paused(const struct desk *d)
{
    for (size_t i = 0; i < d->jobs.n; i++) {
        if (d->jobs.items[i].row.state == JOB_PAUSED && d->jobs.items[i].row.n == 5)
            return &d->jobs.items[i].row;
    }
    return NULL;
}

// Rows of a search cost what they cost in the first quote: there is somebody behind each.
static void test_the_rest_of_a_job_is_priced_as_before(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    const struct quote *q = &d->job_quote.quote;
    struct err e;

    mark_fresh(s, 5);
    quote(d);
    assert_true(desk_lock(d, false, &e));
    server_faults(s->office.server, "POST /enrich/contact 403");
    buy(d, 5, 0);
    DESK_WAIT(d, d->buying.state == BUYING_FAILED && job_paused(d));
    server_faults(s->office.server, "");
    assert_true(desk_job_quote(d, job_paused(d)->name, &e));
    DESK_WAIT(d, d->job_quote.state != JOB_QUOTE_ASKED);
    assert_int_equal(d->job_quote.state, JOB_QUOTE_THERE);
    assert_int_equal(q->count[STANDING_NEW], 5);
    assert_int_equal(q->credits.min, 5);
    assert_int_equal(q->credits.max, 5);
    assert_true(desk_job_drop(d, job_paused(d)->name, &e));
    DESK_WAIT(d, !job_paused(d));
}

static bool has_job_of(const struct desk *d, const char *field)
{
    bool found = false;

    for (size_t i = 0; i < d->jobs.n; i++)
        found = found || strstr(d->jobs.items[i].row.fields, field);
    return found;
}

// What is required may be lacking: nothing is certain then, and the job remembers it.
static void test_what_is_required_is_kept(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    struct err e;

    mark_fresh(s, 3);
    assert_true(desk_quote(d, "!phone,lastName", &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED || d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.state, BUYING_QUOTED);
    assert_int_equal(d->buying.selection.n_required, 1);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_UNSURE], 3);
    assert_int_equal(d->buying.quoted.quote.credits.min, 0);
    assert_int_equal(desk_quote_price(d), 3);
    assert_true(desk_lock(d, false, &e));
    buy(d, 3, 0);
    DESK_WAIT(d, d->buying.state != BUYING_RUNS);
    assert_int_equal(d->buying.done.bought + d->buying.done.not_found, 3);
    DESK_WAIT(d, has_job_of(d, "!phone"));
    mark_fresh(s, 2);
    quote(d); // as chosen last
    assert_int_equal(d->buying.selection.n_required, 1);
    assert_int_equal(d->buying.quoted.quote.credits.min, 0);
    desk_quote(d, "!nothing", &e);
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    assert_non_null(strstr(d->buying.err.text, "no field \"nothing\""));
    assert_string_equal(desk_quote_fields(d, &entity_contact), "!phone,lastName");
    assert_null(desk_quote_fields(d, &entity_company));
    assert_true(desk_quote(d, "@plain", &e)); // the next test begins with what is kept
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_int_equal(d->buying.selection.n_required, 0);
}

static void test_faults_at_the_quote(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long before = server_total(s->office.server, "credits");
    struct err e;

    mark_fresh(s, 3);
    server_faults(s->office.server, "GET /lookup/usage 403");
    assert_true(desk_quote(d, NULL, &e));
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.err.kind, ERR_FORBIDDEN);
    assert_true(desk_lock(d, false, &e));
    assert_false(desk_buy(d, 3, 0, &e));
    assert_int_equal(server_total(s->office.server, "credits"), before);
}

// What the filter shows goes to a file, whole, and over another only when that is wanted.
static void test_the_ledger_as_a_file(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    char *path = str_format("%s/ledger.csv", ((struct state *)*state)->office.home.path);
    struct str text = {0};
    size_t lines = 0;
    struct err e;

    (void)charge_at(d, "state:charged", 0);
    assert_true(desk_charges_export(d, path, false, &e));
    DESK_WAIT(d, strstr(d->message.text, " in /"));
    if (!file_read(path, 1 << 20, &text, &e))
        fail_msg("%s", e.text);
    for (const char *p = text.data; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, d->charges.n + 1);
    assert_true(str_starts(text.data, "charge,began,state,"));
    assert_null(strstr(text.data, ",reconciled,"));
    assert_false(desk_charges_export(d, path, false, &e));
    assert_int_equal(e.kind, ERR_EXISTS);
    assert_true(desk_charges_export(d, path, true, &e));
    assert_false(desk_charges_export(d, "/tmp/ledger.xlsx", false, &e));
    assert_string_equal(e.text, "/tmp/ledger.xlsx has an ending that stands for no format: take "
                                ".csv, .tsv, .json, .jsonl, .db, .sqlite or .txt (a table)");
    assert_false(desk_charges_find(d, "state:odd", &e));
    assert_false(desk_charges_find(d, "day:then", &e));
    str_free(&text);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_a_quote_allows, fresh, closed),
        cmocka_unit_test_setup_teardown(test_a_few_are_tried, fresh, closed),
        cmocka_unit_test_setup_teardown(test_a_part_of_the_rest_is_bought, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_detail_of_what_is_owned, fresh, closed),
        cmocka_unit_test_setup_teardown(test_quotes_go_stale, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_rest_of_a_job_is_priced_as_before, fresh, closed),
        cmocka_unit_test_setup_teardown(test_what_is_required_is_kept, fresh, closed),
        cmocka_unit_test_setup_teardown(test_faults_at_the_quote, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_ledger_as_a_file, fresh, closed),
    };

    return cmocka_run_group_tests_name("buying", tests, set_up, tear_down);
}
