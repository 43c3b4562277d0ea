// Rows as far as they were fetched: pages in any order, local sort, find, what it costs.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/table.h"

enum { RPP = 4, COLUMNS = 3, NAME = 0, SCORE = 1, DATE = 2 };

// "7,Ana,90,2024-01-01|..." to a page; an id "-" is none.
static struct page page_of(const char *rows)
{
    struct page p = {.hits = -1};
    char *copy = mem_strdup(rows), *rest = copy, *line;

    while ((line = strsep(&rest, "|")) != NULL) {
        const char *id = strsep(&line, ","), *cell;
        struct row *r = page_add(&p, COLUMNS);

        r->id = page_text(&p, id, str_eq(id, "-") ? 0 : strlen(id));
        for (size_t i = 0; i < COLUMNS && (cell = strsep(&line, ",")) != NULL; i++)
            page_cell(&p, r, i, cell, strlen(cell));
    }
    free(copy);
    return p;
}

static size_t put(struct table *t, int number, const char *rows)
{
    struct page p = page_of(rows);
    size_t dropped = table_put(t, number, &p, NULL);

    page_free(&p);
    return dropped;
}

// Orders the rows there are by up to two keys, the first counting most.
static void arrange(struct table *t, const struct arrangement *how)
{
    struct row_order order;

    assert_true(table_arrange(t, how, NULL, &order));
    table_take_order(t, &order);
}

static void sort(struct table *t, size_t column, enum column_type type, bool ascending)
{
    arrange(t, &(struct arrangement){.keys = {{column, type, ascending}}, .n_keys = 1});
}

static long long find(const struct table *t, const char *text, size_t from, int step)
{
    static const size_t columns[] = {NAME};
    struct err e;
    struct pattern *pattern = pattern_read(text, &e);
    long long place;

    assert_non_null(pattern);
    place = table_find(t, pattern, columns, 1, from, step, NULL);
    pattern_unref(pattern);
    return place;
}

// The ids in the order shown: "1 2 . 4"; a place not fetched is a dot.
static void expect(const struct table *t, const char *ids)
{
    struct str out = {0};

    for (size_t i = 0; i < table_rows(t); i++) {
        const char *id = table_id(t, i);

        str_addf(&out, "%s%s", i ? " " : "", id ? id : ".");
    }
    assert_string_equal(str_text(&out), ids);
    str_free(&out);
}

static void test_pages_come_in_any_order(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    assert_int_equal(table_rows(t), 0);
    assert_null(table_id(t, 0));
    table_set_rows(t, 10);
    expect(t, ". . . . . . . . . .");
    assert_int_equal(put(t, 3, "9,Ina|10,Jo"), 0);
    expect(t, ". . . . . . . . 9 10");
    assert_int_equal(put(t, 1, "1,Ana|2,Bo|3,Cy|4,Di"), 0);
    expect(t, "1 2 3 4 . . . . 9 10");
    assert_true(table_has_page(t, 1));
    assert_false(table_has_page(t, 2));
    assert_false(table_has_page(t, 0));
    assert_false(table_has_page(t, 4));
    assert_int_equal(table_page_of(t, 4), 2);
    assert_int_equal(table_page_of(t, 7), 2);
    assert_int_equal(table_fetched(t), 6);
    assert_string_equal(table_cell(t, 8, NAME), "Ina");
    assert_string_equal(table_cell(t, 8, SCORE), "");
    assert_null(table_cell(t, 5, NAME));
    assert_int_equal(table_place(t, "10"), 9);
    assert_int_equal(table_place(t, "11"), TABLE_NONE);
    table_free(t);
}

static void test_rows_that_came_twice_are_dropped(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 12);
    assert_int_equal(put(t, 1, "1,A|2,B|3,C|4,D"), 0);
    assert_int_equal(put(t, 2, "4,D|5,E|6,F|6,F"), 2);
    expect(t, "1 2 3 4 5 6 . . . .");
    assert_int_equal(table_page_of(t, 6), 3);
    assert_int_equal(table_place(t, "6"), 5);
    // Rows past rpp are not the page's; rows without an id are never the same.
    assert_int_equal(put(t, 3, "-,G|-,H|9,I|10,J|11,K"), 1);
    expect(t, "1 2 3 4 5 6   9 10");
    table_free(t);
}

static void test_a_page_takes_the_place_of_itself(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 8);
    (void)put(t, 1, "1,A|2,B|3,C|4,D");
    sort(t, NAME, COLUMN_TEXT, false);
    assert_int_equal(put(t, 1, "4,D|1,A|7,G"), 0);
    expect(t, "4 1 7 . . . .");
    sort(t, NAME, COLUMN_TEXT, false);
    expect(t, "7 4 1 . . . .");
    assert_int_equal(table_place(t, "2"), TABLE_NONE);
    assert_int_equal(table_place(t, "7"), 0);
    table_unorder(t);
    expect(t, "4 1 7 . . . .");
    table_free(t);
}

static void test_the_end_moves(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 9);
    (void)put(t, 1, "1|2|3|4");
    table_set_rows(t, 5);
    expect(t, "1 2 3 4 .");
    table_set_rows(t, 2); // what came stays
    expect(t, "1 2 3 4");
    table_set_rows(t, 6);
    expect(t, "1 2 3 4 . .");
    table_set_rows(t, 0);
    expect(t, "1 2 3 4");
    table_free(t);
}

static void test_sort_by_type(void **state)
{
    static const struct {
        size_t column;
        enum column_type type;
        bool ascending;
        const char *ids;
    } cases[] = {
        {NAME, COLUMN_TEXT, true, "2 3 1 4 6 5"}, // anna ÄMIL=ämil émile, empty last
        {NAME, COLUMN_TEXT, false, "6 1 4 3 2 5"},
        {SCORE, COLUMN_NUMBER, true, "3 1 2 6 4 5"}, // 7 9.5 80 80 n/a, empty
        {SCORE, COLUMN_NUMBER, false, "4 2 6 1 3 5"},
        {SCORE, COLUMN_TEXT, true, "3 2 6 1 4 5"},
        {DATE, COLUMN_DATE, true, "2 1 3 6 4 5"},
        {DATE, COLUMN_DATE, false, "6 3 1 2 4 5"},
        {DATE, COLUMN_TEXT, true, "2 3 6 1 4 5"},
    };
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 6);
    (void)put(t, 1,
              "1,\303\204MIL,9.5,7/14/2020 3:05 PM|2,anna,80,2019-02-01|3,Anna "
              "B,7,2021-01-01|4,\303\244mil,n/a");
    (void)put(t, 2, "5,,,|6,\303\251mile,80,2021-06-30");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        sort(t, cases[i].column, cases[i].type, cases[i].ascending);
        assert_true(table_ordered(t));
        expect(t, cases[i].ids);
    }
    table_unorder(t);
    expect(t, "1 2 3 4 5 6");
    table_free(t);
}

static void test_ids_sort_as_64_bit_numbers(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    (void)put(t, 1, "1,9223372036854775807|2,-1766367996|3,9223372036854775806|4,7076615179");
    sort(t, NAME, COLUMN_ID, true);
    expect(t, "2 4 3 1");
    table_free(t);
}

static void test_late_pages_find_their_place(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 15);
    (void)put(t, 2, "5,E,50|6,F,10|7,G,|8,H,90");
    sort(t, SCORE, COLUMN_NUMBER, false);
    expect(t, "8 5 6 7 . . . . . . . . . . .");
    assert_int_equal(table_page_of(t, 4), 1);
    assert_int_equal(table_page_of(t, 8), 3);
    assert_int_equal(table_page_of(t, 14), 4);
    assert_false(table_behind(t));
    (void)put(t, 1, "1,A,50|2,B,95|3,C,|4,D,10");
    expect(t, "8 5 6 7 1 2 3 4 . . . . . . ."); // behind, until it is ordered again
    assert_true(table_behind(t));
    assert_int_equal(table_place(t, "4"), 7);
    sort(t, SCORE, COLUMN_NUMBER, false);
    assert_false(table_behind(t));
    expect(t, "2 8 1 5 4 6 3 7 . . . . . . .");
    assert_int_equal(table_place(t, "4"), 4);
    (void)put(t, 4, "13,M,50|14,N,1|15,O,99");
    (void)put(t, 3, "9,I|10,J|11,K|12,L");
    sort(t, SCORE, COLUMN_NUMBER, false);
    expect(t, "15 2 8 1 5 13 4 6 14 3 7 9 10 11 12");
    table_free(t);
}

static void test_notes_go_by_id(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);
    struct page p = page_of("1,A|1,A|3,C");
    const struct row_note notes[] = {
        {STANDING_NEW, true, 0}, {STANDING_HELD, true, 1}, {STANDING_OWNED, true, 7}};

    (void)state;
    (void)table_put(t, 1, &p, notes);
    page_free(&p);
    assert_int_equal(table_note(t, 0)->standing, STANDING_NEW);
    assert_int_equal(table_note(t, 1)->standing, STANDING_OWNED);
    assert_int_equal(table_note(t, 1)->free_until, 7);
    assert_null(table_note(t, 2));
    (void)put(t, 2, "5,E");
    assert_null(table_note(t, 2));
    assert_false(table_noted(t, 2));
    table_set_notes(t, 2, &(struct row_note){.standing = STANDING_NEW}, 1);
    sort(t, NAME, COLUMN_TEXT, false);
    table_set_note(t, "5", (struct row_note){STANDING_IN_DOUBT, true, 0});
    table_set_note(t, "nobody", (struct row_note){STANDING_HELD, true, 0});
    assert_int_equal(table_note(t, 0)->standing, STANDING_IN_DOUBT);
    assert_int_equal(table_note(t, 2)->standing, STANDING_NEW);
    table_free(t);
}

static void test_find(void **state)
{
    static const struct {
        const char *text;
        size_t from;
        int step;
        long long place;
    } cases[] = {
        {"an", 9, 1, 0},           {"AN", 0, 1, 2},     {"an", 2, 1, 7},
        {"an", 7, 1, 0},           {"an", 0, -1, 7},    {"an", 7, -1, 2},
        {"bo", 1, 1, 1},           {"bo", 1, -1, 1},    {"zo", 0, 1, -1},
        {"\303\204rmel", 0, 1, 3}, {"armel", 0, 1, -1}, {"an", 100, 1, 0},
        {"an", 100, -1, 7},        {"95", 0, 1, -1},    {"/^an/", 9, 1, 0},
        {"/^(bo|ju)/", 0, -1, 2},  {"/n$/", 0, 1, 2},   {"=arml", 0, 1, 3},
        {"=vn", 0, 1, 7},          {"=zz", 0, 1, -1},
    };
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    table_set_rows(t, 10);
    assert_int_equal(find(t, "an", 0, 1), TABLE_NONE);
    (void)put(t, 1, "1,Ana,95|2,Bo|3,Juan|4,\303\244rmel");
    (void)put(t, 2, "5,,an|6,|7,B|8,VAN");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(find(t, cases[i].text, cases[i].from, cases[i].step), cases[i].place);
    sort(t, NAME, COLUMN_TEXT, true); // Ana B Bo Juan VAN ärmel
    assert_int_equal(find(t, "an", 0, 1), 3);
    assert_int_equal(find(t, "an", 0, -1), 4);
    table_free(t);
}

static void test_a_share_lives_by_itself(void **state)
{
    struct table *t = table_new(COLUMNS, RPP), *copy;

    (void)state;
    table_set_rows(t, 6);
    (void)put(t, 1, "1,B|2,A|3,C|4,D");
    sort(t, NAME, COLUMN_TEXT, true);
    copy = table_share(t);
    (void)put(t, 1, "9,Z");
    expect(copy, "2 1 3 4 . .");
    table_free(t);
    expect(copy, "2 1 3 4 . .");
    assert_string_equal(table_cell(copy, 1, NAME), "B");
    table_free(copy);
}

static void test_long_texts(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);
    struct page p = page_of("1,A|2,B");
    char *text = mem_alloc(100001);

    (void)state;
    memset(text, 'x', 100000);
    text[100000] = '\0';
    page_cell(&p, &p.rows[0], SCORE, text, 100000);
    (void)table_put(t, 1, &p, NULL);
    page_free(&p);
    assert_string_equal(table_cell(t, 0, SCORE), text);
    assert_string_equal(table_cell(t, 1, NAME), "B");
    assert_string_equal(table_id(t, 1), "2");
    free(text);
    table_free(t);
}

static void test_several_keys(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);

    (void)state;
    (void)put(t, 1, "1,B,1|2,A,2|3,B,2|4,A,1");
    (void)put(t, 2, "5,B,1|6,A,");
    arrange(
        t, &(struct arrangement){.keys = {{NAME, COLUMN_TEXT, true}, {SCORE, COLUMN_NUMBER, false}},
                                 .n_keys = 2});
    expect(t, "2 4 6 3 1 5");
    arrange(t, &(struct arrangement){
                   .keys = {{SCORE, COLUMN_NUMBER, true}, {NAME, COLUMN_TEXT, true}}, .n_keys = 2});
    expect(t, "4 1 5 2 3 6");
    table_free(t);
}

static void test_filter(void **state)
{
    static const size_t columns[] = {NAME, DATE};
    struct table *t = table_new(COLUMNS, RPP);
    struct err e;
    struct pattern *pattern = pattern_read("an", &e),
                   *day = pattern_value("2024-05-06", COLUMN_DATE);
    struct arrangement how = {.keys = {{SCORE, COLUMN_NUMBER, false}},
                              .n_keys = 1,
                              .pattern = pattern,
                              .columns = columns,
                              .n_columns = 2};

    (void)state;
    table_set_rows(t, 20);
    (void)put(t, 1, "1,Ana,1,|2,Bo,2,Jan 3|3,Cy,3,|4,Dan,4,5/6/2024 1:00 PM");
    (void)put(t, 3, "5,Ian,9,2024-05-06|6,X,8,2024-05-07");
    arrange(t, &how);
    expect(t, "5 4 2 1");
    assert_int_equal(table_rows(t), 4);
    assert_int_equal(table_place(t, "3"), TABLE_NONE);
    assert_int_equal(find(t, "an", 0, 1), 1);
    (void)put(t, 2, "7,Nan,5"); // not before it is arranged again
    expect(t, "5 4 2 1");
    assert_true(table_behind(t));
    arrange(t, &how);
    expect(t, "5 7 4 2 1");
    how.pattern = day;
    how.n_keys = 0;
    arrange(t, &how);
    expect(t, "4 5");
    table_unorder(t);
    assert_int_equal(table_rows(t), 15);
    pattern_unref(pattern);
    pattern_unref(day);
    table_free(t);
}

static void test_group(void **state)
{
    struct table *t = table_new(COLUMNS, RPP);
    struct groups g;

    (void)state;
    (void)put(t, 1, "1,A,|2,B,|3,A,|4,,");
    (void)put(t, 2, "5,A,|6,B,|7,C,");
    assert_true(table_group(t, NAME, COLUMN_TEXT, NULL, &g));
    assert_int_equal(g.n, 4);
    assert_int_equal(g.rows, 7);
    assert_string_equal(g.texts.data + g.items[0].text, "A");
    assert_int_equal(g.items[0].count, 3);
    assert_string_equal(g.texts.data + g.items[1].text, "B");
    assert_string_equal(g.texts.data + g.items[2].text, "");
    groups_free(&g);
    table_free(t);
}

static void test_what_takes_for_ever_is_refused(void **state)
{
    static const char *const texts[] = {"",    "/(a)\\1/", "/a{1000}/", "/a{9}b{9}c{9}/",
                                        "/(/", "/[/"};
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        assert_null(pattern_read(texts[i], &e));
        assert_int_equal(e.kind, ERR_INVALID);
    }
}

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

// What cannot be read is a hole that can be fetched again.
static void test_a_shelf_that_breaks(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));
    struct table *t = table_new(COLUMNS, RPP);
    struct groups g;

    (void)state;
    b->refs = 1;
    table_use_shelf(t, (struct shelf){b, box_ref, box_unref, box_read, box_find});
    (void)put(t, 1, "1,Ana|2,Bo|3,Cy|4,Di");
    settle(t, b, 1);
    table_free(t);
    t = table_new(COLUMNS, RPP);
    b->refs = 1;
    b->broken = true;
    table_use_shelf(t, (struct shelf){b, box_ref, box_unref, box_read, box_find});
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

static double now_ms(void)
{
    struct timespec ts;

    (void)clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

// A contact as the sandbox invents them: names, title and company of people, dates, flags.
static void add_contact(struct page *p, unsigned n)
{
    static const char *const flags[] = {"true", "false"};
    const struct entity *contact = &entity_contact;
    struct row *r = page_add(p, contact->search.n_columns);
    char text[80];

    r->id = page_text(p, text, (size_t)snprintf(text, sizeof(text), "%d", (int)(n * 2654435761u)));
    for (size_t i = 0; i < contact->search.n_columns; i++) {
        const struct column *c = &contact->search.columns[i];

        switch (c->type) {
        case COLUMN_FLAG:
            (void)snprintf(text, sizeof(text), "%s", flags[n >> (i % 8) & 1]);
            break;
        case COLUMN_DATE:
            (void)snprintf(text, sizeof(text), "2024-%02u-%02u %02u:%02u", n % 12 + 1, n % 28 + 1,
                           n % 24, n % 60);
            break;
        case COLUMN_NUMBER:
            (void)snprintf(text, sizeof(text), "%u", 70 + n % 30);
            break;
        default:
            (void)snprintf(text, sizeof(text), "%.*s %u", c->width - 4,
                           "Vice President, Digital Marketing", n * 7919 % 9973);
        }
        page_cell(p, r, i, text, strlen(text));
    }
}

static void test_ten_thousand_contacts(void **state)
{
    enum { ROWS = 10000, EACH = 100, BYTES = 3500000 };
    const struct search_operation *op = &entity_contact.search;
    struct table *t = table_new(op->n_columns, EACH);
    double at[4];

    (void)state;
    table_set_rows(t, ROWS);
    at[0] = now_ms();
    for (int i = 0; i < ROWS / EACH; i++) {
        struct page p = {0};

        for (unsigned k = 0; k < EACH; k++)
            add_contact(&p, (unsigned)(i * EACH) + k);
        assert_int_equal(table_put(t, i + 1, &p, NULL), 0);
        page_free(&p);
    }
    assert_int_equal(table_fetched(t), ROWS);
    at[1] = now_ms();
    sort(t, 4, COLUMN_TEXT, true);
    at[2] = now_ms();
    assert_int_equal(find(t, "not there", 0, 1), TABLE_NONE);
    at[3] = now_ms();
    (void)printf("10,000 contacts: %zu bytes; made and put in %.1f ms, sorted in %.1f, searched in "
                 "%.1f\n",
                 table_bytes(t), at[1] - at[0], at[2] - at[1], at[3] - at[2]);
    assert_true(table_bytes(t) < BYTES);
    table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_come_in_any_order),
        cmocka_unit_test(test_rows_that_came_twice_are_dropped),
        cmocka_unit_test(test_a_page_takes_the_place_of_itself),
        cmocka_unit_test(test_the_end_moves),
        cmocka_unit_test(test_sort_by_type),
        cmocka_unit_test(test_ids_sort_as_64_bit_numbers),
        cmocka_unit_test(test_late_pages_find_their_place),
        cmocka_unit_test(test_notes_go_by_id),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_a_share_lives_by_itself),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_several_keys),
        cmocka_unit_test(test_filter),
        cmocka_unit_test(test_group),
        cmocka_unit_test(test_what_takes_for_ever_is_refused),
        cmocka_unit_test(test_pages_on_a_shelf),
        cmocka_unit_test(test_a_shelf_that_breaks),
        cmocka_unit_test(test_damaged_pages_are_holes),
        cmocka_unit_test(test_ten_thousand_contacts),
    };

    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
