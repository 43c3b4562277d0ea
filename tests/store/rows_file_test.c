// The rows of a search in a file: pages in any order, ids, a new search in the old one's place,
// damage, the oldest files making way.
#include "support/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "model/table.h"
#include "store/rows_file.h"
#include "support/temp.h"

enum { COLUMNS = 2, RPP = 10, PAGES = 700 };

static int set_up(void **state)
{
    *state = temp_make();
    return 0;
}

static int tear_down(void **state)
{
    temp_remove(*state);
    free(*state);
    return 0;
}

static struct packed *page_of(int number, const char *name)
{
    struct page p = {.hits = -1};
    bool keep[RPP];
    struct packed *rows;
    char text[64];

    for (int i = 0; i < RPP; i++) {
        struct row *r = page_add(&p, COLUMNS);

        keep[i] = true;
        r->id =
            page_text(&p, text, (size_t)snprintf(text, sizeof(text), "id-%d", number * RPP + i));
        page_cell(&p, r, 0, name, strlen(name));
        page_cell(&p, r, 1, text, strlen(text));
    }
    rows = packed_new(&p, keep, COLUMNS);
    page_free(&p);
    return rows;
}

static void put(struct rows_file *f, int number, const char *name)
{
    struct packed *rows = page_of(number, name);
    const struct rows_info info = {7000, 5, true};
    uint64_t at;
    size_t len;
    struct err e;

    if (!rows_file_put(f, number, rows, &info, &at, &len, &e))
        fail_msg("%s", e.text);
    packed_unref(rows);
}

static void lay(void *arg, int number, uint64_t at, size_t len, size_t n_rows)
{
    table_lay(arg, number, at, len, n_rows);
}

static struct table *open_table(const char *folder, bool write)
{
    struct err e;
    struct rows_file *f = rows_file_open(folder, "a", COLUMNS, RPP, write, &e);
    struct table *t;

    if (!f)
        return NULL;
    t = table_new(COLUMNS, RPP);
    table_use_shelf(t, rows_file_shelf(f));
    assert_true(rows_file_each(f, lay, t, &e));
    rows_file_unref(f);
    table_set_rows(t, (PAGES + 5) * RPP);
    return t;
}

static void test_pages_and_ids(void **state)
{
    struct rows_file *f = rows_file_new(*state, "a", COLUMNS, RPP);
    struct table *t;
    char id[32];

    assert_null(open_table(*state, false));
    put(f, 3, "three");
    assert_null(open_table(*state, false)); // not before page 1 is there
    for (int i = PAGES; i > 0; i--)
        put(f, i, "name");
    put(f, 5, "again");
    assert_int_equal(rows_file_info(f).hits, 7000);
    assert_int_equal(rows_file_info(f).at_ms, 5);
    rows_file_unref(f);
    t = open_table(*state, false);
    assert_non_null(t);
    assert_int_equal(table_fetched(t), PAGES * RPP);
    assert_string_equal(table_cell(t, 4 * RPP, 0), "again");
    for (int i = RPP; i < (PAGES + 1) * RPP; i += 7) {
        (void)snprintf(id, sizeof(id), "id-%d", i);
        assert_int_equal(table_place(t, id), i - RPP);
    }
    assert_int_equal(table_place(t, "id-1"), TABLE_NONE);
    table_free(t);
}

static void test_a_new_search_takes_the_place(void **state)
{
    struct rows_file *old = rows_file_new(*state, "a", COLUMNS, RPP), *fresh;
    struct table *t, *again;

    put(old, 1, "old");
    put(old, 2, "old");
    t = open_table(*state, true);
    fresh = rows_file_new(*state, "a", COLUMNS, RPP);
    put(fresh, 1, "new");
    assert_string_equal(table_cell(t, RPP, 0), "old"); // whoever looks at it still can
    again = open_table(*state, false);
    assert_int_equal(table_fetched(again), RPP);
    assert_string_equal(table_cell(again, 0, 0), "new");
    put(fresh, 2, "new");
    table_free(again);
    again = open_table(*state, false);
    assert_string_equal(table_cell(again, RPP, 0), "new");
    table_free(again);
    table_free(t);
    rows_file_unref(old);
    rows_file_unref(fresh);
}

static void test_what_is_open_for_reading_is_not_written(void **state)
{
    struct rows_file *f = rows_file_new(*state, "a", COLUMNS, RPP);
    struct packed *rows = page_of(2, "x");
    const struct rows_info info = {-1, 0, false};
    uint64_t at;
    size_t len;
    struct err e;
    struct stat st;
    char *path = str_format("%s/a.rows", (char *)*state);

    put(f, 1, "x");
    rows_file_unref(f);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    f = rows_file_open(*state, "a", COLUMNS, RPP, false, &e);
    assert_false(rows_file_put(f, 2, rows, &info, &at, &len, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_null(rows_file_open(*state, "a", COLUMNS + 1, RPP, false, &e));
    assert_null(rows_file_open(*state, "a", COLUMNS, RPP + 1, false, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    packed_unref(rows);
    rows_file_unref(f);
    free(path);
}

// Whatever was cut or flipped: what can be read is right, and nothing else happens.
static void test_damage(void **state)
{
    char *path = str_format("%s/a.rows", (char *)*state);
    struct rows_file *f = rows_file_new(*state, "a", COLUMNS, RPP);
    struct stat st;

    for (int i = 1; i <= 20; i++)
        put(f, i, "name");
    rows_file_unref(f);
    assert_int_equal(stat(path, &st), 0);
    for (unsigned round = 0; round < 200; round++) {
        int fd = open(path, O_RDWR | O_CLOEXEC);
        off_t at = (off_t)(round * 2654435761u % (unsigned)st.st_size);
        struct table *t;
        char byte;

        if (round < 72)
            at = round; // the head
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        byte ^= (char)(1 << round % 8);
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
        t = open_table(*state, false);
        for (size_t i = 0; t && i < table_rows(t); i++)
            (void)table_place(t, table_cell(t, i, 1) ? table_id(t, i) : "id-10");
        table_free(t);
        byte ^= (char)(1 << round % 8);
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
        (void)close(fd);
    }
    assert_int_equal(truncate(path, st.st_size / 2), 0);
    table_free(open_table(*state, false));
    free(path);
}

static size_t files_in(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    size_t n = 0;

    while ((entry = readdir(dir)) != NULL)
        n += entry->d_name[0] != '.';
    (void)closedir(dir);
    return n;
}

static void test_the_oldest_make_way(void **state)
{
    struct err e;
    char name[16];

    for (int i = 0; i < 8; i++) {
        const struct timespec when[2] = {{1000 + i, 0}, {1000 + i, 0}};
        struct rows_file *f;
        char *path;

        (void)snprintf(name, sizeof(name), "s%d", i);
        path = str_format("%s/%s.rows", (char *)*state, name);
        f = rows_file_new(*state, name, COLUMNS, RPP);
        put(f, 1, "x");
        rows_file_unref(f);
        assert_int_equal(utimensat(AT_FDCWD, path, when, 0), 0);
        free(path);
    }
    rows_files_thin(*state, 3);
    assert_int_equal(files_in(*state), 3);
    assert_null(rows_file_open(*state, "s4", COLUMNS, RPP, false, &e));
    rows_file_unref(rows_file_open(*state, "s5", COLUMNS, RPP, false, &e));
    assert_true(rows_files_remove(*state, &e));
    assert_int_equal(files_in(*state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pages_and_ids, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_new_search_takes_the_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_open_for_reading_is_not_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_oldest_make_way, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("rows_file", tests, NULL, NULL);
}
