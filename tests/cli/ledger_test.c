// The ledger by the real program: as wide as its terminal, complete elsewhere, one charge in full,
// and lines of a file by their file and number.
#include "cli/world.h"

#include "base/text.h"
#include "support/screen.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--companies=100", "--contacts=300", "--faults", "",
                                          NULL};
    struct world *w;

    (void)world_open(state, options);
    w = *state;
    expect_line(w, "search contact --limit 3 --columns personId --output ids.csv --quiet", 0, NULL,
                NULL);
    expect_line(w, "enrich contact --from ids.csv --max-credits 3 --quiet", 0, NULL, NULL);
    write_file(w, "in.csv", "email\na@nowhere.example\n\nb@nowhere.example\n");
    server_faults(w->server, "POST /enrich/contact close");
    expect_line(w, "enrich contact --from in.csv --max-credits 5 --format csv", 3,
                "in doubt: sent and not answered", NULL);
    server_faults(w->server, "");
    return 0;
}

// What a terminal of that width was sent; the caller frees it.
static char *sent(const struct world *w, int width, const char *const *argv)
{
    struct screen *s =
        screen_start(&(struct pty_order){.home = &w->home, .argv = argv, .h = 50, .w = width});
    char *text;

    free(screen_raw(s));
    assert_int_equal(screen_end(s), 0);
    text = screen_raw(s);
    screen_free(s);
    return text;
}

static char *shown(const struct world *w, int width, const char *command)
{
    const char *argv[] = {LODE_BINARY, "ledger", command, "2", "--base-url", w->server->url, NULL};
    const char *list[] = {LODE_BINARY, "ledger", "--base-url", w->server->url, NULL};

    return sent(w, width, command ? argv : list);
}

static size_t widest(const char *text)
{
    size_t widest = 0, len;

    for (; *text; text += len + (text[len] != '\0')) {
        char *line;
        size_t width;

        len = strcspn(text, "\r\n");
        line = mem_strndup(text, len);
        width = (size_t)text_width(line);
        // Of the table alone: sentences wrap.
        if (!str_starts(line, "lode: "))
            widest = width > widest ? width : widest;
        free(line);
    }
    return widest;
}

static void the_table_fits_its_terminal(void **state)
{
    static const int widths[] = {60, 80, 200};

    for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
        char *text = shown(*state, widths[i], NULL);

        assert_true(widest(text) <= (size_t)widths[i]);
        assert_true(widest(text) > 40);
        assert_non_null(strstr(text, "in doubt"));
        assert_null(strstr(text, "Requests left before"));
        assert_true(!strstr(text, "POST /enrich/contact") == (widths[i] < 200));
        free(text);
    }
}

// There --fields says what to buy, not what to show.
static void fields_to_buy_leave_a_quote_as_wide_as_its_terminal(void **state)
{
    const struct world *w = *state;
    char *line = str_format("echo sandbox | " LODE_BINARY " quote contact --from ids.csv --each "
                            "--fields firstName --base-url %s --user analyst@example.com "
                            "--password-stdin --quiet",
                            w->server->url);
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    char *text = sent(w, 30, argv);

    assert_non_null(strstr(text, "Standing"));
    assert_null(strstr(text, "Most credits"));
    assert_true(widest(text) <= 30);
    free(line);
    free(text);
}

static void elsewhere_it_is_complete(void **state)
{
    expect_line(*state, "ledger", 0, "Requests left before", NULL);
    expect_line(*state, "ledger --fields charge,State,chosenIn --format csv", 0,
                "charge,state,chosenIn\n1,charged,ids.csv", NULL);
    expect_line(*state, "ledger --fields charge,stat", 2, NULL, "did you mean state");
    // The sum is of what is listed.
    expect_line(*state, "ledger --until 2020-01-01", 0, NULL,
                "Charged by what is listed: 0 credits, 0 records, 0 requests.");
}

static void one_charge_is_told_in_full(void **state)
{
    char *text = shown(*state, 80, "show");

    assert_non_null(strstr(text, "closed the connection without an answer"));
    assert_non_null(strstr(text, "in.csv, line 4: in doubt"));
    assert_null(strstr(text, "input:"));
    free(text);
    expect_line(*state, "ledger show 1", 0, "charged: 1 credit", NULL);
    expect_line(*state, "ledger show 1 --format jsonl", 0, "\"requestsAfter\":", NULL);
    expect_line(*state, "ledger show 9", 1, NULL, "the ledger has no charge 9");
    expect_line(*state, "ledger show 9 -o in.csv", 1, NULL, "the ledger has no charge 9");
    expect_line(*state, "ledger records 9 -o in.csv", 1, NULL, "the ledger has no charge 9");
    expect_line(*state, "ledger show", 2, NULL, "usage: lode ledger show N");
    expect_line(*state, "ledger shwo 1", 2, NULL, "did you mean show");
}

static void lines_go_by_their_file(void **state)
{
    expect_line(*state, "ledger records 2 --format csv", 0, ",\"in.csv, line 4\",,in doubt",
                "in doubt, 0 of at most 2 credits");
    expect_line(*state, "ledger reconcile", 0, NULL, "It asked for lines 2, 4 of in.csv.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_fits_its_terminal),
        cmocka_unit_test(fields_to_buy_leave_a_quote_as_wide_as_its_terminal),
        cmocka_unit_test(elsewhere_it_is_complete),
        cmocka_unit_test(one_charge_is_told_in_full),
        cmocka_unit_test(lines_go_by_their_file),
    };

    return cmocka_run_group_tests(tests, set_up, world_close);
}
