// Saved searches and history: kept, found again, undone, capped; through damage, kills, and files
// of other versions.
#include "store/box.h"

#include <signal.h>

#include "store/purge.h"
#include "store/searches.h"

static const char text[] = "entity = contact\nIndustry = software\n";

static int64_t put(struct box *b, int64_t id, const char *name, const char *what)
{
    struct saved_search one = {
        .id = id, .name = name, .note = "why", .entity = "contact", .text = what};
    struct err e;

    if (!store_search_put(b->s, &one, &e))
        fail_msg("%s", e.text);
    return one.id;
}

struct seen {
    size_t n;
    struct str names; // "a|b|"
    long long hits, rows;
    int64_t ran_ms;
};

static bool see(void *arg, const struct saved_search *one)
{
    struct seen *seen = arg;

    seen->n++;
    str_addf(&seen->names, "%s|", one->name);
    seen->hits = one->hits;
    seen->rows = one->rows;
    seen->ran_ms = one->ran_ms;
    assert_string_equal(one->note, "why");
    return true;
}

static struct seen look(struct box *b)
{
    struct seen seen = {0};
    struct err e;

    if (!store_searches_each(b->s, see, &seen, &e))
        fail_msg("%s", e.text);
    return seen;
}

static void expect_names(struct box *b, const char *names)
{
    struct seen seen = look(b);

    assert_string_equal(str_text(&seen.names), names);
    str_free(&seen.names);
}

static void test_put_and_list(void **state)
{
    struct box b;
    struct saved_search again = {.name = "ANA", .note = "", .entity = "contact", .text = text};
    int64_t first;
    struct err e;

    (void)state;
    box_make(&b);
    box_open(&b);
    assert_false(box_has(&b, "searches.db")); // nobody asked yet
    first = put(&b, 0, "ana", text);
    (void)put(&b, 0, "Bo", text);
    expect_names(&b, "ana|Bo|");
    assert_false(store_search_put(b.s, &again, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_int_equal(put(&b, first, "Zoe", text), first);
    expect_names(&b, "Bo|Zoe|");
    again.id = first + 100;
    assert_false(store_search_put(b.s, &again, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    box_close(&b);
    box_open(&b);
    expect_names(&b, "Bo|Zoe|");
    assert_string_equal(b.note, "");
    box_drop(&b);
}

static void test_delete_and_restore(void **state)
{
    struct box b;
    int64_t a, c, last = 0;
    struct err e;

    (void)state;
    box_make(&b);
    box_open(&b);
    a = put(&b, 0, "a", text);
    c = put(&b, 0, "c", text);
    assert_true(store_search_delete(b.s, a, &e));
    assert_true(store_search_delete(b.s, c, &e));
    assert_false(store_search_delete(b.s, c, &e));
    expect_names(&b, "");
    (void)put(&b, 0, "C", text); // its name is free meanwhile
    (void)put(&b, 0, "c (2)", text);
    assert_true(store_search_restore(b.s, &last, &e));
    assert_int_equal(last, c);
    expect_names(&b, "C|c (2)|c (3)|");
    assert_true(store_search_restore(b.s, &a, &e));
    expect_names(&b, "a|C|c (2)|c (3)|");
    last = 0;
    assert_false(store_search_restore(b.s, &last, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    box_drop(&b);
}

static void test_runs(void **state)
{
    struct str rows = {0}, names = {0}, back = {0}, named = {0};
    struct search_ran ran = {.hits = 12, .n = 2, .rows = &rows, .names = &names};
    struct seen seen;
    struct box b;
    struct err e;

    (void)state;
    box_make(&b);
    box_open(&b);
    ran.id = put(&b, 0, "a", text);
    seen = look(&b);
    assert_int_equal(seen.hits, -1);
    str_free(&seen.names);
    str_add_len(&rows, "x\0y", 3);
    str_add(&names, "Ana");
    assert_true(store_search_ran(b.s, &ran, &e));
    ran.rows = NULL; // a count alone leaves the rows
    ran.hits = 13;
    assert_true(store_search_ran(b.s, &ran, &e));
    box_close(&b);
    box_open(&b);
    seen = look(&b);
    assert_int_equal(seen.hits, 13);
    assert_int_equal(seen.rows, 2);
    assert_int_equal(seen.ran_ms, BOX_NOW_MS);
    str_free(&seen.names);
    assert_true(store_search_last(b.s, ran.id, &back, &named, &e));
    assert_string_equal(str_text(&named), "Ana");
    assert_int_equal(back.len, 3);
    assert_memory_equal(back.data, "x\0y", 3);
    (void)put(&b, ran.id, "renamed", text); // the same search: what it found holds
    seen = look(&b);
    assert_int_equal(seen.rows, 2);
    str_free(&seen.names);
    (void)put(&b, ran.id, "renamed", "entity = contact\n");
    seen = look(&b);
    assert_int_equal(seen.hits, -1);
    assert_int_equal(seen.rows, 0);
    assert_true(store_search_last(b.s, ran.id, &back, &named, &e));
    assert_int_equal(back.len + named.len, 0);
    str_free(&seen.names);
    str_free(&rows);
    str_free(&names);
    str_free(&back);
    str_free(&named);
    box_drop(&b);
}

struct past {
    size_t n;
    char first[32], last[32];
    long long times, hits;
};

static bool see_past(void *arg, const struct past_search *one)
{
    struct past *past = arg;

    if (past->n++ == 0) {
        (void)snprintf(past->first, sizeof(past->first), "%s", one->text);
        past->times = one->times;
        past->hits = one->hits;
    }
    (void)snprintf(past->last, sizeof(past->last), "%s", one->text);
    return true;
}

static void test_history(void **state)
{
    char line[32], *long_text = mem_zalloc(HISTORY_TEXT_MAX + 2);
    struct past past = {0};
    struct box b;
    struct err e;

    (void)state;
    box_make(&b);
    box_open(&b);
    for (int i = 0; i < HISTORY_KEPT + 3; i++) {
        (void)snprintf(line, sizeof(line), "n = %d", i);
        assert_true(store_history_add(b.s, "contact", line, i, &e));
    }
    assert_true(store_history_add(b.s, "contact", "n = 7", 70, &e));
    memset(long_text, 'x', HISTORY_TEXT_MAX + 1);
    assert_true(store_history_add(b.s, "contact", long_text, 1, &e));
    assert_true(store_history_each(b.s, see_past, &past, &e));
    assert_int_equal(past.n, HISTORY_KEPT);
    assert_string_equal(past.first, "n = 7");
    assert_string_equal(past.last, "n = 3");
    assert_int_equal(past.times, 2);
    assert_int_equal(past.hits, 70);
    // Long ones make way for each other.
    for (int i = 0; i < HISTORY_TEXT_MAX; i += 2) // each letter two bytes
        memcpy(long_text + i, "\xc3\xa9", 2);
    long_text[HISTORY_TEXT_MAX] = '\0';
    for (int i = 0; i < HISTORY_BYTES_MAX / HISTORY_TEXT_MAX + 2; i++) {
        long_text[0] = long_text[1] = (char)('a' + i);
        assert_true(store_history_add(b.s, "contact", long_text, i, &e));
    }
    past.n = 0;
    assert_true(store_history_each(b.s, see_past, &past, &e));
    assert_int_equal(past.n, HISTORY_BYTES_MAX / HISTORY_TEXT_MAX);
    free(long_text);
    box_drop(&b);
}

// What names the rows that a run found may be of whom the library must not name any more; what the
// next run is compared with stays.
static void test_purged(void **state)
{
    const char *const ids[] = {"4711"};
    struct str rows = {0}, names = {0}, bytes;
    struct search_ran ran = {.hits = 1, .n = 1, .rows = &rows, .names = &names};
    struct box b;
    struct err e;
    bool done;

    (void)state;
    box_make(&b);
    box_start(&b);
    str_add(&rows, "a4711z");
    str_add(&names, "canary-4711");
    ran.id = put(&b, 0, "a", text);
    assert_true(store_search_ran(b.s, &ran, &e));
    box_close(&b);
    box_start(&b);
    assert_true(store_purge(b.s, &(struct purging){"contact", ids, 1, true, NULL}, &done, &e));
    assert_true(store_search_last(b.s, ran.id, &rows, &names, &e));
    assert_string_equal(str_text(&rows), "a4711z");
    assert_int_equal(names.len, 0);
    box_close(&b);
    for (size_t i = 0; i < 2; i++) {
        bytes = box_read(&b, i ? "searches.backup" : "searches.db");
        assert_null(memmem(bytes.data, bytes.len, "canary-4711", 11));
        str_free(&bytes);
    }
    str_free(&rows);
    str_free(&names);
    box_drop(&b);
}

// What the first version of the file kept of a run named its rows among them: that goes, no more.
static void test_an_older_file(void **state)
{
    struct str rows = {0}, names = {0};
    struct search_ran ran = {.hits = 1, .n = 1, .rows = &rows, .names = &names};
    struct seen seen;
    struct box b;
    struct err e;

    (void)state;
    box_make(&b);
    box_open(&b);
    ran.id = put(&b, 0, "a", text);
    str_add(&rows, "2 canary-4711");
    assert_true(store_search_ran(b.s, &ran, &e));
    box_close(&b);
    (void)box_sql(&b, "searches.db", "ALTER TABLE run DROP COLUMN names; PRAGMA user_version = 1");
    box_open(&b);
    seen = look(&b);
    assert_string_equal(str_text(&seen.names), "a|");
    assert_int_equal(seen.hits, 1);
    assert_int_equal(seen.rows, 0);
    str_free(&seen.names);
    assert_true(store_search_last(b.s, ran.id, &rows, &names, &e));
    assert_int_equal(rows.len + names.len, 0);
    str_add(&rows, "3");
    assert_true(store_search_ran(b.s, &ran, &e));
    str_free(&rows);
    str_free(&names);
    box_drop(&b);
}

// A file that is none any more: the backup of the last close takes its place, and is said once.
static void test_damage(void **state)
{
    struct str note = {0};
    struct box b;
    struct err e;

    (void)state;
    box_make(&b);
    box_open(&b);
    (void)put(&b, 0, "kept", text);
    box_close(&b);
    assert_true(box_has(&b, "searches.backup"));
    box_write(&b, "searches.db", "no database at all, and long enough to be looked at", 51);
    box_open(&b);
    expect_names(&b, "kept|");
    assert_true(store_searches_note(b.s, &note, &e));
    assert_non_null(strstr(str_text(&note), "its backup took its place"));
    str_clear(&note);
    assert_true(store_searches_note(b.s, &note, &e));
    assert_int_equal(note.len, 0);
    box_close(&b);
    box_write(&b, "searches.db", "no database at all, and long enough to be looked at", 51);
    box_remove(&b, "searches.backup");
    box_open(&b);
    expect_names(&b, "");
    (void)put(&b, 0, "new", text);
    expect_names(&b, "new|");
    str_free(&note);
    box_drop(&b);
}

// A file of a later version, or of another program, is left as it is.
static void test_other_versions(void **state)
{
    static const char *const stamps[] = {"PRAGMA user_version = 99", "PRAGMA application_id = 5"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(stamps); i++) {
        struct str before, after;
        struct seen seen = {0};
        struct box b;
        struct err e;

        box_make(&b);
        box_open(&b);
        (void)put(&b, 0, "a", text);
        box_close(&b);
        (void)box_sql(&b, "searches.db", stamps[i]);
        before = box_read(&b, "searches.db");
        box_open(&b);
        assert_false(store_searches_each(b.s, see, &seen, &e));
        assert_int_equal(e.kind, ERR_STORAGE);
        box_close(&b);
        after = box_read(&b, "searches.db");
        assert_int_equal(before.len, after.len);
        assert_memory_equal(before.data, after.data, before.len);
        str_free(&before);
        str_free(&after);
        box_drop(&b);
    }
}

// Saves until it is killed.
static void save_on(void *arg)
{
    struct box *b = arg;

    box_open(b);
    for (int i = 0;; i++) {
        char name[24];

        (void)snprintf(name, sizeof(name), "s%06d", i);
        (void)put(b, 0, name, text);
        if (i == 20)
            (void)kill(getpid(), SIGKILL);
    }
}

static void test_killed(void **state)
{
    struct seen seen;
    struct box b;
    int status;

    (void)state;
    box_make(&b);
    status = box_child(save_on, &b);
    assert_true(WIFSIGNALED(status));
    box_open(&b);
    seen = look(&b);
    assert_int_equal(seen.n, 21); // each that was answered is there
    assert_int_equal(box_sql(&b, "searches.db",
                             "PRAGMA integrity_check; SELECT count(*) FROM saved"
                             " WHERE text LIKE 'entity = contact%software_'"),
                     21);
    str_free(&seen.names);
    box_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_put_and_list),  cmocka_unit_test(test_delete_and_restore),
        cmocka_unit_test(test_runs),          cmocka_unit_test(test_history),
        cmocka_unit_test(test_damage),        cmocka_unit_test(test_other_versions),
        cmocka_unit_test(test_killed),        cmocka_unit_test(test_purged),
        cmocka_unit_test(test_an_older_file),
    };

    return cmocka_run_group_tests_name("searches", tests, NULL, NULL);
}
