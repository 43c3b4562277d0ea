// A table drawn at several sizes: columns, signs, cursor, what is hit, and random use.
#include "ui-widget/drawing.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "ui/widget/table_view.h"

enum { ROUNDS = 3000 };

static const char *const people[][4] = {
    {"Ana Ruiz", "VP Data", "97", "Initech"}, {"Bo Lind", "Director BI", "94", "Hooli"},
    {"李明", "数据总监", "91", "Globex"},     {NULL, NULL, NULL, NULL},
    {"שרה כהן", "VP", "7", "Acme"},
};

struct rows {
    size_t n;
    size_t asked; // cells
};

static size_t count(void *self)
{
    return ((struct rows *)self)->n;
}

static const char *cell(void *self, size_t row, size_t column, enum role *role)
{
    struct rows *r = self;

    assert_true(row < r->n);
    assert_int_equal(*role, ROLE_TEXT);
    r->asked++;
    if (column == 2)
        *role = ROLE_STRONG;
    return people[row % ARRAY_LEN(people)][column % 4];
}

static const char *sign(void *self, size_t row, enum role *role)
{
    (void)self;
    *role = ROLE_MARK;
    return row == 1 ? "*" : row == 2 ? "!" : NULL;
}

static const struct table_column columns[] = {
    {"Name", NULL, 10, false, true, 0},
    {"Title", NULL, 12, false, false, 0},
    {"Score", NULL, 7, true, false, 'v'},
    {"Company", NULL, 9, false, false, '^'},
};

static struct table_view table_of(struct rows *r)
{
    return (struct table_view){
        .source = {r, count, cell, sign}, .columns = columns, .n_columns = 4};
}

static void test_whole(void **state)
{
    struct rows r = {5, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    table_view_draw(&t, fresh(&c, 7, 46), true);
    check_drawing(&c, "   Name       Title        Score v Company ^\n"
                      ">  Ana Ruiz   VP Data           97 Initech\n"
                      " * Bo Lind    Director BI       94 Hooli\n"
                      " ! 李明       数据总监          91 Globex\n"
                      "   ···        ···              ··· ···\n"
                      "   שרה כהן    VP                 7 Acme\n"
                      "\n");
    check_cursor(&c, 1, 3);
    check_role(&c, 1, 0, 46, ROLE_CURSOR);
    check_role(&c, 2, 1, 2, ROLE_MARK);
    check_role(&c, 2, 32, 34, ROLE_STRONG);
    check_role(&c, 4, 3, 6, ROLE_DIM);
    check_role(&c, 0, 3, 13, ROLE_CHOSEN);
    table_view_draw(&t, fresh(&c, 7, 46), false);
    check_cursor(&c, -1, -1);
    check_role(&c, 1, 0, 46, ROLE_CURSOR_AWAY);
    canvas_free(&c);
}

static void test_sideways(void **state)
{
    struct rows r = {3, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    table_view_draw(&t, fresh(&c, 3, 30), true);
    check_drawing(&c, "   Name       Title         v>\n"
                      ">  Ana Ruiz   VP Data       97\n"
                      " * Bo Lind    Director BI   94\n");
    assert_true(table_view_move(&t, MOVE_RIGHT));
    assert_true(table_view_move(&t, MOVE_RIGHT));
    table_view_draw(&t, fresh(&c, 3, 30), true);
    check_drawing(&c, "<  Name       Score v Comp… ^>\n"
                      ">  Ana Ruiz        97 Initech\n"
                      " * Bo Lind         94 Hooli\n");
    check_cursor(&c, 1, 19);
    assert_true(table_view_move(&t, MOVE_RIGHT));
    assert_false(table_view_move(&t, MOVE_RIGHT));
    table_view_draw(&t, fresh(&c, 3, 30), true);
    check_drawing(&c, "<  Name       Company ^\n"
                      ">  Ana Ruiz   Initech\n"
                      " * Bo Lind    Hooli\n");
    check_cursor(&c, 1, 14);
    assert_true(table_view_move(&t, MOVE_FIRST));
    assert_false(table_view_move(&t, MOVE_LEFT));
    assert_false(table_view_move(&t, MOVE_FIRST));
    assert_true(table_view_move(&t, MOVE_LAST));
    assert_int_equal(t.at, 3);
    assert_true(table_view_move(&t, MOVE_LEFT));
    assert_int_equal(t.at, 2);
    // More room: no column stays out that has room.
    table_view_draw(&t, fresh(&c, 3, 46), true);
    check_drawing(&c, "   Name       Title        Score v Company ^\n"
                      ">  Ana Ruiz   VP Data           97 Initech\n"
                      " * Bo Lind    Director BI       94 Hooli\n");
    canvas_free(&c);
}

// A column of one letter keeps it, ordered by or at the end.
// To the first column is to the first that scrolls too, and a sign tells where pinned ones end.
static void test_back_to_the_first(void **state)
{
    struct rows r = {5, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    t.pins = true;
    assert_true(table_view_move(&t, MOVE_LAST));
    table_view_draw(&t, fresh(&c, 7, 28), true);
    assert_int_not_equal(t.left, 1);
    assert_true(table_view_move(&t, MOVE_FIRST));
    table_view_draw(&t, fresh(&c, 7, 28), true);
    assert_int_equal(t.at, 0);
    assert_int_equal(t.left, 1);
    assert_true(c.cells[13].text[0] == '|');
    canvas_free(&c);
}

static void test_narrow_headings(void **state)
{
    static const struct table_column narrow[] = {
        {"E", NULL, 1, false, false, 'v'}, {"P", NULL, 2, false, false, '^'},
        {"Q", NULL, 3, false, false, '^'}, {"R", NULL, 1, true, false, 'v'},
        {"S", NULL, 2, true, false, 'v'},  {"X", NULL, 1, false, false, 0},
        {"Y", NULL, 9, false, false, 0},
    };
    struct rows r = {1, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};
    struct str line = {0};

    (void)state;
    t.columns = narrow;
    t.n_columns = ARRAY_LEN(narrow);
    table_view_draw(&t, fresh(&c, 3, 18), true);
    canvas_line(&c, 0, &line);
    assert_string_equal(str_text(&line), "   E P^ Q ^ R Sv>X");
    str_clear(&line);
    table_view_draw(&t, fresh(&c, 3, 22), true);
    canvas_line(&c, 0, &line);
    assert_string_equal(str_text(&line), "   E P^ Q ^ R Sv X Y >");
    // A wider one that has no more than the end is left out: nothing could be read of it.
    str_clear(&line);
    table_view_draw(&t, fresh(&c, 3, 20), true);
    canvas_line(&c, 0, &line);
    assert_string_equal(str_text(&line), "   E P^ Q ^ R Sv X >");
    str_free(&line);
    canvas_free(&c);
}

static void test_pinned_stand_in_front(void **state)
{
    static const struct table_column mixed[] = {
        {"Name", NULL, 8, false, false, 0},
        {"Title", NULL, 8, false, true, 0},
        {"Score", NULL, 5, true, false, 0},
        {"Firm", NULL, 8, false, true, 0},
    };
    static const size_t order[] = {1, 3, 0, 2};
    struct rows r = {1, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    t.columns = mixed;
    table_view_draw(&t, fresh(&c, 2, 42), true);
    check_drawing(&c, "   Title    Firm     Name     Score\n"
                      ">  VP Data  Initech  Ana Ruiz    97\n");
    (void)table_view_move(&t, MOVE_FIRST);
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        assert_int_equal(t.at, order[i]);
        assert_int_equal(table_view_move(&t, MOVE_RIGHT), i + 1 < ARRAY_LEN(order));
    }
    // Where they would take more than half, they scroll with the others.
    table_view_draw(&t, fresh(&c, 2, 24), true);
    check_drawing(&c, "<  Title    Score\n"
                      ">  VP Data     97\n");
    canvas_free(&c);
}

static void test_small(void **state)
{
    struct rows r = {5, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    for (int h = 0; h < 4; h++) {
        for (int w = 0; w < 30; w++)
            table_view_draw(&t, fresh(&c, h, w), true);
    }
    table_view_draw(&t, fresh(&c, 2, 1), true);
    check_drawing(&c, "\n>\n");
    check_cursor(&c, 1, 0);
    table_view_draw(&t, fresh(&c, 2, 6), true);
    check_drawing(&c, "   N…>\n>  An…\n");
    canvas_free(&c);
}

static void test_nothing_to_show(void **state)
{
    struct rows r = {0, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    table_view_draw(&t, fresh(&c, 3, 25), true);
    check_drawing(&c, "   Name       Title     >\n\n\n");
    check_cursor(&c, 1, 0);
    assert_int_equal(table_view_hit(&t, 25, 1, 4).part, TABLE_NOTHING);
    t.n_columns = 0;
    r.n = 2;
    table_view_draw(&t, fresh(&c, 3, 25), true);
    check_drawing(&c, "\n>\n *\n");
    assert_false(table_view_move(&t, MOVE_RIGHT));
    assert_true(table_view_move(&t, MOVE_DOWN));
    canvas_free(&c);
}

static void test_only_what_is_shown_is_asked_for(void **state)
{
    struct rows r = {SIZE_MAX, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    assert_false(table_view_move(&t, MOVE_DOWN)); // not drawn yet: nothing is known of the rows
    table_view_draw(&t, fresh(&c, 11, 46), true);
    assert_int_equal(r.asked, 40);
    assert_true(table_view_move(&t, MOVE_BOTTOM));
    table_view_draw(&t, fresh(&c, 11, 46), true);
    assert_int_equal(t.rows.at, SIZE_MAX - 1);
    assert_int_equal(r.asked, 80);
    check_cursor(&c, 10, 3);
    canvas_free(&c);
}

static void test_range(void **state)
{
    struct rows r = {5, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    t.ranging = true;
    t.anchor = 3;
    table_view_draw(&t, fresh(&c, 4, 14), true);
    scroll_to(&t.rows, 1);
    table_view_draw(&t, fresh(&c, 6, 14), true);
    check_drawing(&c, "   Name      >\n"
                      "   Ana Ruiz\n"
                      ">* Bo Lind\n"
                      "|! 李明\n"
                      "|  ···\n"
                      "   שרה כהן\n");
    check_role(&c, 2, 0, 14, ROLE_CURSOR);
    check_role(&c, 3, 0, 14, ROLE_MARK);
    check_role(&c, 4, 0, 14, ROLE_MARK);
    canvas_free(&c);
}

static void test_found(void **state)
{
    struct rows r = {5, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    t.found = "DÁTA";
    table_view_draw(&t, fresh(&c, 4, 46), true);
    check_role(&c, 1, 17, 21, ROLE_FOUND);
    t.found = "据总";
    table_view_draw(&t, fresh(&c, 4, 46), true);
    check_role(&c, 3, 16, 20, ROLE_FOUND);
    assert_int_equal(role_at(&c, 1, 17), ROLE_CURSOR);
    canvas_free(&c);
}

static void check_hit(const struct table_view *t, int y, int x, enum table_part part, size_t row,
                      size_t column)
{
    struct table_hit hit = table_view_hit(t, 30, y, x);

    assert_int_equal(hit.part, part);
    assert_int_equal(hit.row, row);
    assert_int_equal(hit.column, column);
}

static void test_hits(void **state)
{
    struct rows r = {5, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    t.at = 2;
    scroll_fit(&t.rows, 5, 2);
    scroll_to(&t.rows, 2);
    table_view_draw(&t, fresh(&c, 3, 30), true);
    check_drawing(&c, "<  Name       Score v Comp… ^>\n"
                      " * Bo Lind         94 Hooli\n"
                      ">! 李明            91 Globex\n");
    check_hit(&t, 0, 0, TABLE_NOTHING, 0, 0);
    check_hit(&t, 0, 3, TABLE_HEADING, 0, 0);
    check_hit(&t, 0, 12, TABLE_HEADING, 0, 0);
    check_hit(&t, 0, 13, TABLE_EDGE, 0, 0);
    check_hit(&t, 0, 14, TABLE_HEADING, 0, 2);
    check_hit(&t, 0, 21, TABLE_EDGE, 0, 2);
    check_hit(&t, 0, 29, TABLE_HEADING, 0, 3);
    check_hit(&t, 0, 30, TABLE_NOTHING, 0, 0);
    check_hit(&t, 1, 5, TABLE_ROW, 1, 0);
    check_hit(&t, 2, 15, TABLE_ROW, 2, 2);
    check_hit(&t, 2, 0, TABLE_ROW, 2, 2);
    check_hit(&t, 3, 5, TABLE_NOTHING, 0, 0);
    check_hit(&t, -1, 5, TABLE_NOTHING, 0, 0);
    canvas_free(&c);
}

static void random_columns(struct rng *r, struct table_column *to, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (struct table_column){"Heading",
                                      NULL,
                                      (int)rng_below(r, 30) - 1,
                                      rng_below(r, 2),
                                      rng_below(r, 4) == 0,
                                      rng_below(r, 5) ? 0 : '^'};
}

// After random use the cursor's cell is on the screen, as much of it as there is room for.
static void test_cursor_stays_on_the_screen(void **state)
{
    struct rng random = rng_seed(7);
    struct table_column many[12];
    struct rows r = {0, 0};
    struct table_view t = table_of(&r);
    struct canvas c = {0};

    (void)state;
    t.columns = many;
    for (int i = 0; i < ROUNDS; i++) {
        int h = (int)rng_below(&random, 12), w = (int)rng_below(&random, 90);
        bool shown = false;

        if (i % 20 == 0) {
            t.n_columns = rng_below(&random, 13);
            random_columns(&random, many, t.n_columns);
            r.n = rng_below(&random, 30);
        }
        for (int k = 0; k < 5; k++)
            (void)table_view_move(&t, (enum move)rng_below(&random, MOVES));
        table_view_draw(&t, fresh(&c, h, w), true);
        for (int x = 0; h > 1 && x < w; x++)
            shown = shown || (table_view_hit(&t, w, 0, x).part == TABLE_HEADING &&
                              table_view_hit(&t, w, 0, x).column == t.at);
        assert_int_equal(shown, h > 1 && w > 3 && t.n_columns > 0);
        assert_int_equal(c.cursor_y >= 0, h > 1 && w > 0);
        if (c.cursor_y >= 0 && r.n)
            assert_int_equal(c.cursor_y, 1 + (int)(t.rows.at - t.rows.top));
    }
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_sideways),
        cmocka_unit_test(test_back_to_the_first),
        cmocka_unit_test(test_narrow_headings),
        cmocka_unit_test(test_pinned_stand_in_front),
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_nothing_to_show),
        cmocka_unit_test(test_only_what_is_shown_is_asked_for),
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_hits),
        cmocka_unit_test(test_cursor_stays_on_the_screen),
    };

    return cmocka_run_group_tests_name("ui-widget-table-view", tests, use_utf8, NULL);
}
