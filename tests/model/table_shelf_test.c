// Pages of a table that stand on a shelf, one that breaks, and damaged ones.
#include "model/table_stage.h"

// A shelf in memory: what a file is to the table.
struct box {
    char bytes[64 * 1024];
    size_t len;
    int refs;
    bool broken;
};

static void *box_ref(void *self)
{
    ((struct box *)self)->refs++;
    return self;
}

static void box_unref(void *self)
{
    ((struct box *)self)->refs--;
}

static bool box_read(void *self, uint64_t at, void *out, size_t len)
{
    const struct box *b = self;

    if (b->broken || at + len > b->len)
        return false;
    memcpy(out, b->bytes + at, len);
    return true;
}

// Every row may have it.
static bool box_find(void *self, uint32_t hash, size_t *from, uint32_t *row)
{
    (void)self;
    (void)hash;
    *row = (uint32_t)(*from)++;
    return *row < 100;
}

static void settle(struct table *t, struct box *b, int number)
{
    struct packed *rows = table_packed(t, number);
    size_t len;
    const void *bytes = packed_bytes(rows, &len);

    memcpy(b->bytes + b->len, bytes, len);
    table_settle(t, number, rows, b->len, len);
    b->len += len;
    packed_unref(rows);
}

static void test_pages_on_a_shelf(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));
    struct table *t = table_new(COLUMNS, RPP), *copy;

    (void)state;
    b->refs = 1;
    table_set_rows(t, 12);
    table_use_shelf(t, (struct shelf){b, box_ref, box_unref, box_read, box_find});
    (void)put(t, 1, "1,Ana,3|2,Bo,1|3,Cy,2|4,Di,5");
    (void)put(t, 2, "5,Ed,4|6,Flo,6|7,Gus,8|8,Hal,7");
    settle(t, b, 1);
    settle(t, b, 2);
    expect(t, "1 2 3 4 5 6 7 8 . . . .");
    assert_string_equal(table_cell(t, 5, NAME), "Flo");
    assert_int_equal(table_place(t, "7"), 6);
    assert_int_equal(put(t, 3, "8,Hal|9,Ina"), 1); // known by the shelf
    sort(t, SCORE, COLUMN_NUMBER, true);
    expect(t, "2 3 1 5 4 6 8 7 9");
    assert_int_equal(find(t, "gus", 0, 1), 7);
    copy = table_share(t);
    table_free(t);
    expect(copy, "2 3 1 5 4 6 8 7 9");
    table_free(copy);
    assert_int_equal(b->refs, 0);
    free(b);
}

// A table without rows in memory, over a shelf that holds a page of four.
static struct table *shelved(struct box *b)
{
    struct table *t = table_new(COLUMNS, RPP);

    b->refs = 1;
    table_use_shelf(t, (struct shelf){b, box_ref, box_unref, box_read, box_find});
    (void)put(t, 1, "1,Ana|2,Bo|3,Cy|4,Di");
    settle(t, b, 1);
    table_free(t);
    t = table_new(COLUMNS, RPP);
    b->refs = 1;
    table_use_shelf(t, (struct shelf){b, box_ref, box_unref, box_read, box_find});
    return t;
}

// Whatever else is known of the search: nobody need say how many rows it has.
static void test_pages_laid_have_their_places(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));
    struct table *t = shelved(b);

    (void)state;
    table_lay(t, 3, 0, b->len, 4);
    table_lay(t, 1, 0, b->len, 4);
    assert_int_equal(table_rows(t), 8);
    assert_string_equal(table_id(t, 1), "2");
    assert_string_equal(table_id(t, 5), "2");
    table_free(t);
    free(b);
}

// What cannot be read is a hole that can be fetched again.
static void test_a_shelf_that_breaks(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));
    struct table *t = shelved(b);
    struct groups g;

    (void)state;
    b->broken = true;
    table_lay(t, 1, 0, b->len, 4);
    table_set_rows(t, 4);
    assert_true(table_has_page(t, 1));
    assert_true(table_group(t, NAME, COLUMN_TEXT, NULL, &g));
    assert_int_equal(g.rows, 0);
    groups_free(&g);
    assert_null(table_id(t, 0));
    assert_false(table_has_page(t, 1));
    assert_int_equal(table_missing(t, 0), 1);
    assert_int_equal(table_page_of(t, 0), 1);
    (void)put(t, 1, "1,Ana|2,Bo|3,Cy|4,Di");
    expect(t, "1 2 3 4");
    table_free(t);
    free(b);
}

static void test_damaged_pages_are_holes(void **state)
{
    struct page p = page_of("1,Ana,3|2,Bo,1|3,Cy,2|4,Bo,5");
    const bool keep[] = {true, true, true, true};
    struct packed *rows = packed_new(&p, keep, COLUMNS), *room;
    size_t len, sound = 0;
    const char *bytes = packed_bytes(rows, &len);

    (void)state;
    page_free(&p);
    for (size_t i = 0; i < len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            room = packed_room(len);
            memcpy(packed_room_bytes(room), bytes, len);
            ((char *)packed_room_bytes(room))[i] ^= (char)(1 << bit);
            if (packed_sound(room, len, COLUMNS)) {
                sound++;
                for (size_t r = 0; r < packed_rows(room); r++) {
                    (void)strlen(packed_id(room, r));
                    (void)strlen(packed_cell(room, r, DATE));
                }
            }
            packed_unref(room);
        }
    }
    assert_true(sound < len * 8);
    packed_unref(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_on_a_shelf),
        cmocka_unit_test(test_pages_laid_have_their_places),
        cmocka_unit_test(test_a_shelf_that_breaks),
        cmocka_unit_test(test_damaged_pages_are_holes),
    };

    return cmocka_run_group_tests_name("table/shelf", tests, NULL, NULL);
}
