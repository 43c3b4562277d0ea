// Pages of a table that stand on a shelf, one that breaks, and damaged ones.
#include "model/table_ready.h"
#include "model/table_stage.h"

// A shelf in memory: what a file is to the table.
struct box {
    char bytes[64 * 1024];
    size_t len;
    int refs, reads, finds;
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
    struct box *b = self;

    b->reads++;
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

// None has it.
static bool box_find_none(void *self, uint32_t hash, size_t *from, uint32_t *row)
{
    (void)hash;
    (void)from;
    (void)row;
    ((struct box *)self)->finds++;
    return false;
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

// As the rows of a page come: made ready beside the table, then put. between: what is put
// meanwhile.
static size_t put_ready(struct table *t, int number, const char *rows, const char *between)
{
    struct lookout l = table_lookout(t);
    struct page p = page_of(rows);
    struct page_ready ready = lookout_ready(&l, &p);
    size_t dropped;

    if (between)
        (void)put(t, number + 1, between);
    dropped = table_put_ready(t, number, &p, NULL, &ready);
    page_free(&p);
    lookout_free(&l);
    return dropped;
}

static void test_pages_made_ready(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    b->refs = 1;
    table_use_shelf(t, (struct shelf){b, box_ref, box_unref, box_read, box_find});
    assert_int_equal(put_ready(t, 1, "1,Ana|2,Bo|3,Cy|4,Di", NULL), 0);
    settle(t, b, 1);
    assert_int_equal(put_ready(t, 3, "9,Ina|10,Jo", NULL), 0);
    assert_int_equal(put_ready(t, 2, "5,Ed|5,Ed|3,Cy|-,Xy", NULL), 2);     // twice, on the shelf
    assert_int_equal(put_ready(t, 4, "10,Jo|11,Kit", NULL), 1);            // in memory
    assert_int_equal(put_ready(t, 5, "12,Lo|13,Moe", "13,Moe|14,Ned"), 1); // came meanwhile
    assert_int_equal(put_ready(t, 1, "1,Ana|2,Bo", NULL), 0); // in the place of another
    expect(t, "1 2 5  9 10 11 12 13 14");
    table_free(t);
    assert_int_equal(b->refs, 0);
    free(b);
}

// A page is taken in by what is in memory alone, however many went to the shelf before it.
static void test_what_is_ready_reads_nothing(void **state)
{
    enum { PAGES = 200 };
    struct box *b = mem_zalloc(sizeof(*b));
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    b->refs = 1;
    table_use_shelf(t, (struct shelf){b, box_ref, box_unref, box_read, box_find_none});
    for (int number = 1; number <= PAGES; number++) {
        char *rows = str_format("a%d,Ana|b%d,Bo|c%d,Cy|d%d,Di", number, number, number, number);
        struct page p = page_of(rows);
        struct lookout l = table_lookout(t);
        struct page_ready ready = lookout_ready(&l, &p);

        b->finds = 0;
        assert_int_equal(table_put_ready(t, number, &p, NULL, &ready), 0);
        assert_int_equal(b->finds, 0);
        settle(t, b, number);
        lookout_free(&l);
        page_free(&p);
        free(rows);
    }
    assert_int_equal(b->reads, 0);
    table_free(t);
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
        cmocka_unit_test(test_pages_made_ready),
        cmocka_unit_test(test_what_is_ready_reads_nothing),
        cmocka_unit_test(test_pages_laid_have_their_places),
        cmocka_unit_test(test_a_shelf_that_breaks),
        cmocka_unit_test(test_damaged_pages_are_holes),
    };

    return cmocka_run_group_tests_name("table/shelf", tests, NULL, NULL);
}
