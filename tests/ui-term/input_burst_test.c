// Text that comes at once without brackets: a paste, the line that a key asks for, or keys that
// waited. Tests.
#include "ui-term/events.h"

static bool asks(void *self, char c)
{
    return strchr(self, c);
}

static char usual[] = ":/~";

static const struct input as_usual = {.asks = asks, .self = usual};

static void test_bursts_are_pastes(void **state)
{
    static const struct {
        const char *bytes, *want;
    } cases[] = {
        {"Ana Ruiz\rBo Lind\r", "{Ana Ruiz\nBo Lind\n}"},
        {"q\rdd:quit\r", "{q\ndd:quit\n}"},
        {"abcdef\rg", "{abcdef\ng}"},
        {"abcde\rg", "a b c d e Enter g"},
        {"/software\r", "/ s o f t w a r e Enter"},
        {"one line of more than forty characters it is\r",
         "{one line of more than forty characters it is\n}"},
        {"abcdefghijkl", "a b c d e f g h i j k l"},
        {"quite a line without an end, as most are that are copied",
         "{quite a line without an end, as most are that are copied}"},
        {":where companyName=acme with forty characters",
         ": w h e r e Space c o m p a n y N a m e = a c m e Space w i t h Space f o r t y Space "
         "c h a r a c t e r s"},
        {"hjklhjklhjklhjklhjklhjklhjklhjklhjklhjkl",
         "h j k l h j k l h j k l h j k l h j k l h j k l h j k l h j k l h j k l h j k l"},
        {"jjjjjjjjjj\r", "j j j j j j j j j j Enter"},
        {"jjjjjkkkkk\rjjj\r", "j j j j j k k k k k Enter j j j Enter"},
        {"李明数据科学\r研", "{李明数据科学\n研}"},
        // With escape sequences in it as well, whole.
        {"\033[Aq\rdd:quit\r\033[Bq", "{\033[Aq\ndd:quit\n\033[Bq}"},
        {"quit\033[Adown\033OPand\033ddup", "{quit\033[Adown\033OPand\033ddup}"},
        {"\033[31mquit\033[0m", "{\033[31mquit\033[0m}"},
        {"\033[1mls\033[0m \033[34md", "{\033[1mls\033[0m \033[34md}"},
        {":where some\033[Athing", "{:where some\033[Athing}"},
        // But not where it may have been typed.
        {"\033[A\033[A\033[B\033[B\033OA\033OB\033[A\033[B\033[A\033[B",
         "Up Up Down Down Up Down Up Down Up Down"},
        {"jjj\033[Bjj\033[Bkkk\033[B", "j j j Down j j Down k k k Down"},
        {"\033[B/software\r\033[B\033[B", "Down / s o f t w a r e Enter Down Down"},
        {"\033[[Aabcd\033[[A", "A a b c d A"},
        {"\033[<0;1;1Mabcd\033[<0;1;1m", "<press1 0,0> a b c d <release1 0,0>"},
        {"\033[200~q\r\033[201~abcd\033[B", "{q\n} a b c d Down"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check_events(as_usual, cases[i].bytes, strlen(cases[i].bytes), cases[i].want);
}

static bool types_nothing(void *self)
{
    (void)self;
    return false;
}

static bool moves(void *self, char c)
{
    (void)self;
    return strchr("hjklgGnN][12", c);
}

static bool types_as_told(void *self)
{
    return *(bool *)self;
}

// Where each character would be a command.
static void test_where_nothing_is_typed(void **state)
{
    static const struct {
        const char *bytes, *want;
    } cases[] = {
        {"Lorem ipsum dolor sit", "{Lorem ipsum dolor sit}"},
        {"Lea", "{Lea}"},
        {":quit\r", "{:quit\n}"},
        {"stty hello\r", "{stty hello\n}"},
        {"li\rst", "{li\nst}"},
        {"abcdefghijkl", "{abcdefghijkl}"},
        {"\033[BLea", "{\033[BLea}"},
        {"李明数", "{李明数}"},
        {"1234567890\r", "{1234567890\n}"},
        // However short.
        {"Bo", "{Bo}"},
        {"no", "{no}"},
        {"ok\r", "{ok\n}"},
        {"n o", "{n o}"},
        {"jx", "{jx}"},
        {"李明", "{李明}"},
        // But for those of which each moves.
        {"12j", "1 2 j"},
        {"jGn", "j G n"},
        {"[]", "[ ]"},
        // It goes into the line that is asked for.
        {":where x", ": w h e r e Space x"},
        {":q", ": q"},
        {":q\r", "{:q\n}"},
        // Keys that waited.
        {"gg", "g g"},
        {"]]", "] ]"},
        {"李", "李"},
        {"q\r", "q Enter"},
        {"\033x\033x", "M-x M-x"},
        {"555", "5 5 5"},
        {"jjjkkj", "j j j k k j"},
        {"hjkl", "h j k l"},
        {" j j j", "Space j Space j Space j"},
        {"\033[B\033[B\033[A\033[C", "Down Down Up Right"},
        {"jj\033[Bjj\rk", "j j Down j j Enter k"},
    };
    const struct input in = {.asks = asks, .types = types_nothing, .moves = moves, .self = usual};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check_events(in, cases[i].bytes, strlen(cases[i].bytes), cases[i].want);
}

// The keys of a run say with what they came.
static void test_what_came_with_a_key(void **state)
{
    static const struct {
        const char *bytes;
        bool joined, mixed;
    } cases[] = {
        {"j", false, false},  {"jj", false, false},       {"j ", true, false},
        {"l\r", true, false}, {"\033[C\r", false, false}, {"12\r", true, true},
        {"李", false, false}, {"ab", true, true},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct input in = as_usual;
        struct event e;

        input_feed(&in, cases[i].bytes, strlen(cases[i].bytes), NOW);
        while (input_next(&in, NOW, &e)) {
            if (e.key != K_RIGHT && (e.joined != cases[i].joined || e.mixed != cases[i].mixed))
                fail_msg("\"%s\": %d, %d", cases[i].bytes, e.joined, e.mixed);
        }
        input_free(&in);
    }
}

// A word that two reads brought is one: its end is no key either.
static void test_the_end_of_a_short_text(void **state)
{
    struct input in = {.types = types_nothing, .moves = moves};
    struct str out = {0};

    (void)state;
    input_feed(&in, "Bo", 2, NOW);
    drain(&in, NOW, &out);
    input_feed(&in, "b", 1, NOW + 20);
    drain(&in, NOW + 20, &out);
    // A key that moves is one again.
    input_feed(&in, "j", 1, NOW + 40);
    drain(&in, NOW + 40, &out);
    assert_string_equal(str_text(&out), "{Bo} {b} j");
    str_free(&out);
    input_free(&in);
}

// What follows a key that asks for a line is marked, for where it asks for none.
static void test_a_line_that_is_asked_for(void **state)
{
    static const char *const texts[] = {"~/of somebody's home, without any end of a line",
                                        "/tmp/is where this one begins, which has none either",
                                        ":where companyName=acme with forty characters"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct input in = as_usual;
        struct event e;
        size_t n = 0;

        input_feed(&in, texts[i], strlen(texts[i]), NOW);
        for (; input_next(&in, NOW, &e); n++) {
            assert_int_equal(e.kind, EVENT_KEY);
            assert_int_equal(e.key, texts[i][n]);
            assert_int_equal(e.asked, n > 0);
        }
        assert_int_equal(n, strlen(texts[i]));
        input_feed(&in, "q", 1, NOW + 200);
        assert_true(input_next(&in, NOW + 200, &e));
        assert_false(e.asked);
        input_free(&in);
    }
}

// It goes by what the keys do.
static void test_other_keys_ask(void **state)
{
    static char others[] = "s";
    static const char line[] = "so many characters that no hand has typed them";
    struct input in = {.asks = asks, .self = others};
    struct event e;

    (void)state;
    input_feed(&in, line, strlen(line), NOW);
    assert_true(input_next(&in, NOW, &e));
    assert_int_equal(e.key, 's');
    assert_true(input_next(&in, NOW, &e) && e.asked);
    input_free(&in);
    in = (struct input){.asks = asks, .self = others};
    input_feed(&in, ":o many characters that no hand has typed them", strlen(line), NOW);
    assert_true(input_next(&in, NOW, &e));
    assert_int_equal(e.kind, EVENT_PASTE);
    input_free(&in);
}

// In two reads, of which the second one alone is no burst.
static void test_an_asked_line_goes_on_for_a_while(void **state)
{
    static const char begun[] = "~/projects/2026/lists/of/people-of-interest";
    static const char rest[] = "q7dx.csv";
    struct input in = as_usual;
    struct str out = {0};
    struct event e;
    size_t n = 0;

    (void)state;
    input_feed(&in, begun, strlen(begun), NOW);
    drain(&in, NOW, &out);
    input_feed(&in, rest, strlen(rest), NOW + 10);
    for (; input_next(&in, NOW + 10, &e); n++) {
        assert_int_equal(e.kind, EVENT_KEY);
        assert_int_equal(e.key, rest[n]);
        assert_true(e.asked);
    }
    assert_int_equal(n, strlen(rest));
    str_clear(&out);
    input_feed(&in, "\rq\r", 3, NOW + 100); // with a line's end it is text
    drain(&in, NOW + 100, &out);
    assert_string_equal(str_text(&out), "{\nq\n}");
    input_feed(&in, "q", 1, NOW + 200);
    assert_true(input_next(&in, NOW + 200, &e));
    assert_int_equal(e.kind, EVENT_KEY);
    assert_false(e.asked);
    str_free(&out);
    input_free(&in);
}

// Its Enter ends it: what comes then is typed, however soon.
static void test_an_asked_line_ends_with_its_enter(void **state)
{
    static const char line[] = ":where \"Management level=VP Level Execs\"";
    struct input in = as_usual;
    struct str out = {0};
    struct event e;

    (void)state;
    input_feed(&in, line, strlen(line), NOW);
    drain(&in, NOW, &out);
    input_feed(&in, "\r", 1, NOW + 10);
    assert_true(input_next(&in, NOW + 10, &e));
    assert_true(e.asked);
    input_feed(&in, "r", 1, NOW + 20);
    assert_true(input_next(&in, NOW + 20, &e));
    assert_int_equal(e.key, 'r');
    assert_false(e.asked);
    str_free(&out);
    input_free(&in);
}

static void test_a_burst_goes_on_for_a_while(void **state)
{
    struct input in = as_usual;
    struct str out = {0};

    (void)state;
    input_feed(&in, "Ana\rRuiz\r", 9, NOW);
    drain(&in, NOW, &out);
    input_feed(&in, "B\r", 2, NOW + 99);
    drain(&in, NOW + 99, &out);
    input_feed(&in, "q", 1, NOW + 199);
    drain(&in, NOW + 199, &out);
    assert_string_equal(str_text(&out), "{Ana\nRuiz\n} {B\n} q");
    str_free(&out);
    input_free(&in);
}

// A key that opens a field, and what is typed into it, in reads of their own.
static void test_two_reads_are_two_runs(void **state)
{
    static bool typing;
    struct input in = {.types = types_as_told, .self = &typing};
    struct event e;

    (void)state;
    input_feed(&in, "s", 1, NOW);
    input_feed(&in, "name\r", 5, NOW);
    assert_true(input_next(&in, NOW, &e));
    assert_int_equal(e.key, 's');
    typing = true;
    for (const char *p = "name"; *p; p++) {
        assert_true(input_next(&in, NOW, &e));
        assert_int_equal(e.kind, EVENT_KEY);
        assert_int_equal(e.key, *p);
    }
    assert_true(input_next(&in, NOW, &e));
    assert_int_equal(e.key, K_ENTER);
    input_free(&in);
}

static void test_many_queued_keys_stay_keys(void **state)
{
    struct input in = {.asks = asks, .types = types_nothing, .moves = moves, .self = usual};
    struct event e;
    char j[1000];

    (void)state;
    memset(j, 'j', sizeof(j));
    input_feed(&in, j, sizeof(j), NOW);
    for (size_t i = 0; i < sizeof(j); i++) {
        assert_true(input_next(&in, NOW, &e));
        assert_int_equal(e.key, 'j');
    }
    assert_false(input_next(&in, NOW, &e));
    input_free(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bursts_are_pastes),
        cmocka_unit_test(test_where_nothing_is_typed),
        cmocka_unit_test(test_what_came_with_a_key),
        cmocka_unit_test(test_the_end_of_a_short_text),
        cmocka_unit_test(test_a_line_that_is_asked_for),
        cmocka_unit_test(test_other_keys_ask),
        cmocka_unit_test(test_an_asked_line_goes_on_for_a_while),
        cmocka_unit_test(test_an_asked_line_ends_with_its_enter),
        cmocka_unit_test(test_a_burst_goes_on_for_a_while),
        cmocka_unit_test(test_two_reads_are_two_runs),
        cmocka_unit_test(test_many_queued_keys_stay_keys),
    };

    return cmocka_run_group_tests_name("ui-term-input-burst", tests, events_start, NULL);
}
