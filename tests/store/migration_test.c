// Files of every age: an empty one, each older version, today's, a newer one, another program's.
// Tests.
#include "store/box.h"

#include <sys/file.h>

#include "store/jobs.h"
#include "store/schema.h"

// The ledger as a lode of that version left it, with one open charge and one that was charged.
static void make_old(const struct box *b, int version)
{
    char *path = box_path(b, "ledger.db");
    char *stamp = str_format("PRAGMA application_id = %d; PRAGMA user_version = %d",
                             schema_ledger.application_id, version);
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (int i = 0; i < version; i++)
        assert_int_equal(sqlite3_exec(db, schema_ledger.steps[i], NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, stamp, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "INSERT INTO charge (id, began_ms, entity, operation, base_url, n_records,"
                     " quoted_max) VALUES (1, 1000, 'contact', 'POST /enrich/contact',"
                     " 'https://api.example.com', 2, 2), (2, 2000, 'contact',"
                     " 'POST /enrich/contact', 'https://api.example.com', 1, 1);"
                     "INSERT INTO charge_record VALUES (1, 0, 'a'), (1, 1, 'b'), (2, 0, 'c');"
                     "INSERT OR IGNORE INTO charge_open VALUES (1), (2);"
                     "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id,"
                     " reason, credits, records, requests)"
                     " VALUES (1, 1, 'charged', 1500, 200, 'r', '', 2, 2, 1);"
                     "DELETE FROM charge_open WHERE charge = 1",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(stamp);
    free(path);
}

// The jobs as a lode of that version left them: one, of a record.
static void make_old_jobs(const struct box *b, int version)
{
    char *path = box_path(b, "jobs.db");
    char *stamp = str_format("PRAGMA application_id = %d; PRAGMA user_version = %d",
                             schema_jobs.application_id, version);
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (int i = 0; i < version; i++)
        assert_int_equal(sqlite3_exec(db, schema_jobs.steps[i], NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, stamp, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "INSERT INTO job (id, name, entity, fields, made_ms, changed_ms, state, wish,"
                     " priority, n, max_credits, quoted_min, quoted_max, reason) VALUES (1, 'old',"
                     " 'contact', 'email', 1000, 1000, 'paused', 0, 0, 1, 1, 1, 1, 'told to');"
                     "INSERT INTO job_record VALUES (1, 0, 'a')",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(stamp);
    free(path);
}

static long long version_of(const struct box *b, const char *name)
{
    return box_sql(b, name, "PRAGMA user_version");
}

static void expect_old_rows(struct box *b)
{
    struct ledger_totals t = box_totals(b);

    assert_int_equal(t.charges[CHARGE_CHARGED], 1);
    assert_int_equal(t.charges[CHARGE_IN_DOUBT], 1);
    assert_int_equal(t.credits, 2);
    assert_true(box_find(b, "c").in_doubt);
    assert_false(box_find(b, "a").in_doubt);
}

static void an_empty_folder_gets_todays_files(void **state)
{
    struct box b;
    struct stat st;
    char *path;

    (void)state;
    box_make(&b);
    path = box_path(&b, "ledger.db");
    box_start(&b);
    assert_true(store_can_spend(b.s));
    box_close(&b);
    assert_int_equal(version_of(&b, "ledger.db"), schema_ledger.n_steps);
    assert_int_equal(version_of(&b, "cache.db"), schema_cache.n_steps);
    assert_int_equal(lstat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    free(path);
    box_drop(&b);
}

static void every_older_ledger_is_brought_up_to_date(void **state)
{
    (void)state;
    for (int version = 1; version < schema_ledger.n_steps; version++) {
        struct box b;

        box_make(&b);
        make_old(&b, version);
        box_open(&b);
        assert_string_equal(b.note, "");
        assert_true(store_can_spend(b.s));
        expect_old_rows(&b);
        box_claim(&b);
        assert_int_equal(box_totals(&b).charges[CHARGE_IN_DOUBT], 1);
        assert_int_equal(box_buy(&b, 1, 3), 3);
        box_close(&b);
        assert_int_equal(version_of(&b, "ledger.db"), schema_ledger.n_steps);
        box_drop(&b);
    }
}

static bool expect_job(void *arg, const struct job_row *row)
{
    int *seen = arg;

    // Of an older one it is not known whether its records were ever seen here.
    if (str_eq(row->name, "old"))
        assert_true(row->outside);
    else
        assert_false(row->outside);
    assert_int_equal(row->n, 1);
    assert_string_equal(row->file.path, "");
    ++*seen;
    return true;
}

static bool expect_record(void *arg, const char *record)
{
    assert_string_equal(record, "a");
    ++*(int *)arg;
    return true;
}

static void older_jobs_are_brought_up_to_date(void **state)
{
    static const char *const records[] = {"a"};
    const struct job_new job = {
        .name = "new", .entity = "contact", .fields = "email", .records = records, .n = 1};

    (void)state;
    for (int version = 1; version < schema_jobs.n_steps; version++) {
        int jobs = 0, n = 0;
        struct box b;
        struct err e;
        int64_t id;

        box_make(&b);
        make_old_jobs(&b, version);
        box_start(&b);
        assert_true(store_job_make(b.s, &job, &id, &e));
        assert_true(store_job_each(b.s, expect_job, &jobs, &e));
        assert_int_equal(jobs, 2);
        assert_true(store_job_records(b.s, 1, expect_record, &n, &e));
        assert_int_equal(n, 1);
        box_close(&b);
        assert_int_equal(version_of(&b, "jobs.db"), schema_jobs.n_steps);
        box_drop(&b);
    }
}

// Before version 13 a record was its newest answer alone.
static void records_become_the_union_of_their_answers(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    make_old(&b, 12);
    (void)box_sql(
        &b, "ledger.db",
        "INSERT INTO field_list VALUES (1, 'email,id,phone'), (2, 'city,id'), (3, 'city,id,phone');"
        "INSERT INTO answer VALUES (1, 'contact', '7', 'FULL_MATCH', 'x',"
        " '{\"id\":7,\"city\":\"R\"}'), (2, 'contact', '8', 'FULL_MATCH', 'x',"
        " '{\"id\":8,\"city\":\"S\"}');"
        "INSERT INTO record VALUES ('contact', '7', 1, 400, 3, 1), ('contact', '8', 1, 400, 2, 2);"
        "INSERT INTO version VALUES (1, 'contact', '7', 200, 300, 1, 'FULL_MATCH', 'x',"
        " '{\"id\":7,\"email\":\"a@b.c\",\"phone\":\"1\"}'),"
        " (2, 'contact', '8', 200, 400, 2, 'FULL_MATCH', 'x', '{\"id\":8}'),"
        " (3, 'contact', '7', 300, 400, 2, 'FULL_MATCH', 'x', '{\"id\":7,\"city\":\"Q\"}')");
    box_open(&b);
    box_close(&b);
    assert_int_equal(
        box_sql(&b, "ledger.db",
                "SELECT a.raw = '{\"id\":7,\"email\":\"a@b.c\",\"city\":\"R\"}'"
                " AND f.names = 'city,email,id,phone' AND r.fetched_ms = 400 FROM answer a JOIN"
                " record r ON r.answer = a.no JOIN field_list f ON f.id = r.fields WHERE a.no = 1"),
        1);
    assert_int_equal(
        box_sql(&b, "ledger.db",
                "SELECT v.raw = '{\"id\":7,\"email\":\"a@b.c\",\"phone\":\"1\",\"city\":\"Q\"}'"
                " AND f.names = 'city,email,id,phone' FROM version v"
                " JOIN field_list f ON f.id = v.fields WHERE no = 3"),
        1);
    assert_int_equal(box_sql(&b, "ledger.db",
                             "SELECT count(*) = 1 AND max(id = '7' AND fetched_ms = 200 AND"
                             " fields = 'email') FROM older"),
                     1);
    assert_int_equal(box_sql(&b, "ledger.db",
                             "SELECT raw = '{\"id\":8,\"city\":\"S\"}' FROM answer WHERE no = 2"),
                     1);
    box_drop(&b);
}

static void the_old_file_is_backed_up_first(void **state)
{
    struct box b;

    (void)state;
    box_make(&b);
    make_old(&b, 1);
    box_open(&b);
    box_close(&b);
    assert_int_equal(version_of(&b, "ledger.backup"), 1);
    assert_int_equal(box_sql(&b, "ledger.backup", "SELECT count(*) FROM charge"), 2);
    box_drop(&b);
}

// While another lode spends from it, the file keeps its shape.
static void a_ledger_in_use_is_not_brought_up_to_date(void **state)
{
    struct box b;
    struct err e;
    char *path;
    int fd;

    (void)state;
    box_make(&b);
    make_old(&b, 2);
    path = box_path(&b, "ledger.lock");
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_false(box_try(&b, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_non_null(strstr(e.text, "could not be brought up to date"));
    assert_int_equal(version_of(&b, "ledger.db"), 2);
    assert_int_equal(close(fd), 0);
    box_open(&b);
    expect_old_rows(&b);
    free(path);
    box_drop(&b);
}

static void a_newer_ledger_is_only_read(void **state)
{
    struct box b;
    struct str before, after;
    struct err e;

    (void)state;
    box_make(&b);
    box_start(&b);
    (void)box_buy(&b, 1, 3);
    box_close(&b);
    (void)box_sql(&b, "ledger.db",
                  "ALTER TABLE charge ADD COLUMN mood TEXT; PRAGMA user_version = 99");
    before = box_read(&b, "ledger.db");
    box_open(&b);
    assert_non_null(strstr(b.note, "newer lode"));
    assert_non_null(strstr(b.note, "updated"));
    assert_false(store_can_spend(b.s));
    assert_int_equal(box_totals(&b).credits, 3);
    assert_true(box_find(&b, "2").held);
    assert_false(store_claim_spending(b.s, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
    box_close(&b);
    after = box_read(&b, "ledger.db");
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.data, after.data, before.len);
    str_free(&before);
    str_free(&after);
    box_drop(&b);
}

static void another_programs_file_is_left_alone(void **state)
{
    struct box b;
    struct str before, after;
    struct err e;

    (void)state;
    box_make(&b);
    (void)box_sql(&b, "ledger.db", "CREATE TABLE recipes (name); INSERT INTO recipes VALUES ('x')");
    before = box_read(&b, "ledger.db");
    assert_false(box_try(&b, &e));
    assert_int_equal(e.kind, ERR_STORAGE);
    assert_non_null(strstr(e.text, "belongs to another program"));
    after = box_read(&b, "ledger.db");
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.data, after.data, before.len);
    assert_false(box_has(&b, "ledger.backup"));
    str_free(&before);
    str_free(&after);
    box_drop(&b);
}

static void a_link_in_the_ledgers_place_is_not_followed(void **state)
{
    struct box b;
    struct err e;
    char *path, *target;

    (void)state;
    box_make(&b);
    path = box_path(&b, "ledger.db");
    target = box_path(&b, "elsewhere");
    box_write(&b, "elsewhere", "", 0);
    assert_int_equal(symlink(target, path), 0);
    assert_false(box_try(&b, &e));
    assert_non_null(strstr(e.text, "not an ordinary file"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(box_try(&b, &e));
    assert_non_null(strstr(e.text, "not an ordinary file"));
    free(target);
    free(path);
    box_drop(&b);
}

static void others_lose_their_rights(void **state)
{
    struct box b;
    struct stat st;
    char *path;

    (void)state;
    box_make(&b);
    box_open(&b);
    box_close(&b);
    path = box_path(&b, "ledger.db");
    assert_int_equal(chmod(path, 0666), 0);
    assert_int_equal(chmod(b.folder, 0755), 0);
    box_open(&b);
    assert_int_equal(lstat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(lstat(b.folder, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    free(path);
    box_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_folder_gets_todays_files),
        cmocka_unit_test(every_older_ledger_is_brought_up_to_date),
        cmocka_unit_test(older_jobs_are_brought_up_to_date),
        cmocka_unit_test(records_become_the_union_of_their_answers),
        cmocka_unit_test(the_old_file_is_backed_up_first),
        cmocka_unit_test(a_ledger_in_use_is_not_brought_up_to_date),
        cmocka_unit_test(a_newer_ledger_is_only_read),
        cmocka_unit_test(another_programs_file_is_left_alone),
        cmocka_unit_test(a_link_in_the_ledgers_place_is_not_followed),
        cmocka_unit_test(others_lose_their_rights),
    };

    return cmocka_run_group_tests_name("migration", tests, NULL, NULL);
}
