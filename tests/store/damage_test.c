// Damaged, cut, emptied and missing files: set aside, restored, said; never lost without a word,
// never a crash. How many random damages may be given as an argument: store-damage 100000. Tests.
#include "store/box.h"

#include <signal.h>
#include <sys/file.h>

#include "base/rng.h"
#include "store/lookups.h"

enum { DAMAGES = 100, CALLS = 20 };

// A ledger with its backup, in which all of it is.
static void make_full(struct box *b)
{
    box_make(b);
    box_start(b);
    for (int i = 0; i < CALLS; i++)
        (void)box_buy(b, (long long)i * BOX_CALL, BOX_CALL);
    box_close(b);
    assert_true(box_has(b, "ledger.backup"));
}

static void expect_all(struct box *b)
{
    struct ledger_totals t = box_totals(b);

    assert_int_equal(t.charges[CHARGE_CHARGED], CALLS);
    assert_int_equal(t.credits, CALLS * BOX_CALL);
    assert_int_equal(box_owned(b), CALLS * BOX_CALL);
    assert_true(box_find(b, "7").held);
}

static void expect_note(const struct box *b, const char *says)
{
    if (!strstr(b->note, says))
        fail_msg("\"%s\" does not say \"%s\"", b->note, says);
}

static size_t count_files(const struct box *b, const char *part)
{
    char *command = str_format("ls '%s' | grep -c '%s'", b->folder, part), line[16] = "0";
    FILE *out = popen(command, "r");

    assert_non_null(out);
    assert_non_null(fgets(line, sizeof(line), out));
    (void)pclose(out);
    free(command);
    return strtoul(line, NULL, 10);
}

// How a file can be ruined. Each leaves it there or not.
static void garble_head(struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);

    memset(bytes.data, 0x5a, 100);
    box_write(b, name, bytes.data, bytes.len);
    str_free(&bytes);
}

static void zero(struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);

    memset(bytes.data, 0, bytes.len);
    box_write(b, name, bytes.data, bytes.len);
    str_free(&bytes);
}

static void cut_to_a_page(struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);

    box_write(b, name, bytes.data, 4096);
    str_free(&bytes);
}

static void cut_in_a_page(struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);

    box_write(b, name, bytes.data, bytes.len / 2 + 1000);
    str_free(&bytes);
}

static void empty(struct box *b, const char *name)
{
    box_write(b, name, "", 0);
}

static void write_text(struct box *b, const char *name)
{
    box_write(b, name, "hello\n", 6);
}

static void lose_a_table(struct box *b, const char *name)
{
    (void)box_sql(b, name,
                  "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema WHERE rowid ="
                  " (SELECT max(rowid) FROM sqlite_schema WHERE type = 'table')");
}

static const struct ruin {
    const char *name;
    void (*ruin)(struct box *b, const char *name);
    bool shows; // in a disposable file: an empty one is as good as none
} ruins[] = {
    {"garbled head", garble_head, true},
    {"zeroed", zero, true},
    {"cut to a page", cut_to_a_page, true},
    {"cut within a page", cut_in_a_page, true},
    {"emptied", empty, false},
    {"text", write_text, true},
    {"a table is gone", lose_a_table, true},
};

static void a_ruined_cache_is_set_aside(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ruins); i++) {
        struct box b;
        struct err e;

        make_full(&b);
        ruins[i].ruin(&b, "cache.db");
        box_open(&b);
        if (ruins[i].shows)
            expect_note(&b, "lookup cache");
        if (ruins[i].shows && count_files(&b, "^cache.db.broken-.*[Z0-9]$") != 1)
            fail_msg("%s: not set aside", ruins[i].name);
        assert_true(store_put_lookup(b.s, "industry", "[1]", &e));
        expect_all(&b);
        box_close(&b);
        box_open(&b);
        assert_string_equal(b.note, "");
        box_drop(&b);
    }
}

static void a_ruined_ledger_is_restored_from_its_backup(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ruins); i++) {
        struct box b;

        make_full(&b);
        ruins[i].ruin(&b, "ledger.db");
        box_open(&b);
        expect_note(&b, "its backup of 20");
        expect_note(&b, "ledger.db.broken-2026-03-01T12:00:00Z");
        assert_int_equal(count_files(&b, "^ledger.db.broken-.*[Z0-9]$"), 1);
        expect_all(&b);
        box_claim(&b);
        assert_int_equal(box_buy(&b, 1000000, 2), 2);
        box_close(&b);
        box_open(&b);
        assert_string_equal(b.note, "");
        assert_int_equal(box_totals(&b).credits, CALLS * BOX_CALL + 2);
        box_drop(&b);
    }
}

static void a_ledger_that_is_gone_is_restored(void **state)
{
    struct box b;

    (void)state;
    make_full(&b);
    box_remove(&b, "ledger.db");
    box_open(&b);
    expect_note(&b, "missing");
    expect_note(&b, "its backup of 20");
    expect_all(&b);
    box_drop(&b);
}

static void without_a_backup_a_new_one_is_begun_and_said(void **state)
{
    struct box b;

    (void)state;
    make_full(&b);
    box_remove(&b, "ledger.backup");
    garble_head(&b, "ledger.db");
    box_open(&b);
    expect_note(&b, "knows of no purchase");
    assert_int_equal(count_files(&b, "^ledger.db.broken-.*[Z0-9]$"), 1);
    assert_int_equal(box_totals(&b).credits, 0);
    box_claim(&b);
    assert_int_equal(box_buy(&b, 1, 1), 1);
    box_drop(&b);
}

static void a_ruined_backup_is_kept_too(void **state)
{
    struct box b;

    (void)state;
    make_full(&b);
    cut_in_a_page(&b, "ledger.backup");
    garble_head(&b, "ledger.db");
    box_open(&b);
    expect_note(&b, "no sound backup");
    assert_int_equal(count_files(&b, "^ledger.db.broken-.*[Z0-9]$"), 1);
    assert_int_equal(count_files(&b, "^ledger.backup.broken-.*[Z0-9]$"), 1);
    box_drop(&b);
}

// Twice in the same second: nothing set aside takes the place of what was.
static void what_was_set_aside_stays(void **state)
{
    struct box b;

    (void)state;
    make_full(&b);
    for (int i = 0; i < 3; i++) {
        write_text(&b, "ledger.db");
        box_open(&b);
        box_close(&b);
    }
    assert_int_equal(count_files(&b, "^ledger.db.broken-.*[Z0-9]$"), 3);
    box_drop(&b);
}

// Who spends has the file open: nobody takes it from under him.
static void a_ledger_in_use_is_not_restored(void **state)
{
    struct box b;
    struct err e;
    char *path;
    int fd;

    (void)state;
    make_full(&b);
    garble_head(&b, "ledger.db");
    path = box_path(&b, "ledger.lock");
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_false(box_try(&b, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
    assert_non_null(strstr(e.text, "damaged or gone"));
    assert_int_equal(count_files(&b, "broken"), 0);
    (void)close(fd);
    box_open(&b);
    expect_all(&b);
    free(path);
    box_drop(&b);
}

static bool any(void *arg, const struct owned_row *row)
{
    (void)arg;
    (void)row;
    return true;
}

// A page that only a query meets: it fails in words, and the next start finds it out.
static void damage_met_in_use_is_found_at_the_next_start(void **state)
{
    struct box b;
    struct str bytes;
    size_t at = 0;
    struct err e;

    (void)state;
    make_full(&b);
    bytes = box_read(&b, "ledger.db");
    // The page of answers that holds record 0.
    for (size_t page = 4096; page < bytes.len && !at; page += 4096) {
        if (memmem(bytes.data + page, 4096, "{\"id\":0}", 8) && bytes.data[page] == 0x0d)
            at = page;
    }
    assert_true(at > 0);
    memset(bytes.data + at, 0xff, 8);
    box_write(&b, "ledger.db", bytes.data, bytes.len);
    box_open(&b);
    assert_string_equal(b.note, "");
    assert_false(store_owned_each(b.s, "contact", NULL, 0, any, NULL, &e));
    assert_int_equal(e.kind, ERR_STORAGE);
    assert_non_null(strstr(e.text, "damaged; start again"));
    box_close(&b);
    box_open(&b);
    expect_note(&b, "its backup of 20");
    expect_all(&b);
    box_close(&b);
    box_open(&b);
    assert_string_equal(b.note, "");
    str_free(&bytes);
    box_drop(&b);
}

static void buy_and_die(void *arg)
{
    struct box *b = arg;

    box_start(b);
    (void)box_buy(b, 500000, 5);
    (void)kill(getpid(), SIGKILL);
}

// A full ledger, and in its log what a process bought that was killed.
static void make_interrupted(struct box *b)
{
    make_full(b);
    (void)box_child(buy_and_die, b);
    assert_true(box_has(b, "ledger.db-wal"));
}

static void expect_one_file(struct box *b)
{
    box_close(b);
    assert_false(box_has(b, "ledger.db-wal") || box_has(b, "ledger.db-shm") ||
                 box_has(b, "ledger.db-journal"));
}

static void the_next_one_puts_a_killed_ones_log_away(void **state)
{
    struct box b;

    (void)state;
    make_interrupted(&b);
    box_open(&b);
    assert_string_equal(b.note, "");
    assert_int_equal(box_totals(&b).credits, CALLS * BOX_CALL + 5);
    expect_one_file(&b);
    box_start(&b);
    assert_int_equal(box_totals(&b).credits, CALLS * BOX_CALL + 5);
    (void)box_buy(&b, 600000, 5);
    expect_one_file(&b);
    box_drop(&b);
}

static void a_log_that_is_gone_is_said(void **state)
{
    struct box b;

    (void)state;
    make_interrupted(&b);
    box_remove(&b, "ledger.db-wal");
    box_open(&b);
    expect_note(&b, "ledger.db-wal");
    expect_note(&b, "lode usage");
    expect_all(&b);
    box_claim(&b);
    (void)box_buy(&b, 700000, 1);
    expect_one_file(&b);
    box_open(&b);
    assert_string_equal(b.note, "");
    box_drop(&b);
}

// The log of a file that was set aside must never be played into the backup that took its place.
static void a_log_goes_with_its_file(void **state)
{
    (void)state;
    for (int gone = 0; gone < 2; gone++) {
        struct box b;

        make_interrupted(&b);
        if (gone)
            box_remove(&b, "ledger.db");
        else
            zero(&b, "ledger.db");
        box_open(&b);
        expect_note(&b, "its backup of 20");
        expect_all(&b);
        assert_int_equal(count_files(&b, "^ledger.db.broken-.*-wal$"), 1);
        expect_one_file(&b);
        assert_int_equal(
            box_sql(&b, "ledger.db", "SELECT integrity_check = 'ok' FROM pragma_integrity_check"),
            1);
        box_drop(&b);
    }
}

static void a_ruined_log_harms_nothing_before_it(void **state)
{
    static const struct ruin *const kinds[] = {&ruins[0], &ruins[1], &ruins[2], &ruins[4]};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct box b;
        struct ledger_totals t;

        make_interrupted(&b);
        kinds[i]->ruin(&b, "ledger.db-wal");
        box_open(&b);
        t = box_totals(&b);
        assert_true(t.credits >= CALLS * BOX_CALL);
        assert_true(box_find(&b, "7").held);
        box_claim(&b);
        assert_int_equal(box_buy(&b, 900000, 2), 2);
        expect_one_file(&b);
        box_drop(&b);
    }
}

// SQLite reads a page of which a cell count is wrong without complaint.
static void a_missing_charge_is_noticed_at_once(void **state)
{
    static const char *const losses[] = {
        "DROP TRIGGER charge_kept; DELETE FROM charge WHERE id = 5",
        "DROP TRIGGER charge_event_kept; DELETE FROM charge_event WHERE charge = 5"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(losses); i++) {
        struct box b;

        make_full(&b);
        (void)box_sql(&b, "ledger.db", losses[i]);
        box_open(&b);
        expect_note(&b, "its backup of 20");
        expect_all(&b);
        box_drop(&b);
    }
}

static void nobody_buys_without_knowing_all_that_was_bought(void **state)
{
    static const char *const losses[] = {
        "DELETE FROM answer WHERE no = 7",
        "DROP TRIGGER charge_record_kept; DELETE FROM charge_record WHERE record = '30'"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(losses); i++) {
        struct box b;
        struct err e;

        make_full(&b);
        (void)box_sql(&b, "ledger.db", losses[i]);
        box_open(&b);
        assert_string_equal(b.note, "");
        assert_false(store_claim_spending(b.s, &e));
        assert_int_equal(e.kind, ERR_STORAGE);
        assert_non_null(strstr(e.text, "rows are missing"));
        box_close(&b);
        box_open(&b);
        expect_note(&b, "its backup of 20");
        expect_all(&b);
        box_claim(&b);
        box_drop(&b);
    }
}

static void damage(struct rng *rng, struct str *bytes)
{
    size_t at = rng_below(rng, (uint32_t)bytes->len), len = 1 + rng_below(rng, 2000);

    if (len > bytes->len - at)
        len = bytes->len - at;
    switch (rng_below(rng, 8)) {
    case 0:
        str_cut(bytes, at);
        break;
    case 1:
        memset(bytes->data + at, 0, len);
        break;
    case 2:
        for (size_t i = 0; i < len; i++)
            bytes->data[at + i] = (char)rng_next(rng);
        break;
    case 3: // in the head of a page, where it hurts
        bytes->data[at / 4096 * 4096 + rng_below(rng, 12)] ^= (char)(1u << rng_below(rng, 8));
        break;
    default:
        bytes->data[at] ^= (char)(1u << rng_below(rng, 8));
    }
}

struct campaign {
    struct box *b;
    int opened, noted, failed, lost;
};

static bool count_one(void *arg, const struct ledger_row *row)
{
    (void)row;
    ++*(int *)arg;
    return true;
}

// Everything is read; whatever fails must say so.
static bool read_all(struct box *b, int *charges)
{
    struct err e = {0};
    bool ok = store_ledger_each(b->s, -1, true, count_one, charges, &e) &&
              store_owned_each(b->s, "contact", NULL, 0, any, NULL, &e) &&
              store_claim_spending(b->s, &e);

    if (!ok)
        assert_true(e.kind != ERR_NONE && *e.text);
    return ok;
}

static void try_damage(struct campaign *c)
{
    struct err e = {0};
    int charges = 0;
    bool sound;

    if (!box_try(c->b, &e)) {
        assert_true(e.kind != ERR_NONE && *e.text);
        c->failed++;
        return;
    }
    c->opened++;
    c->noted += *c->b->note != '\0';
    sound = read_all(c->b, &charges) && !*c->b->note;
    box_close(c->b);
    // A changed letter within a value cannot be told; a row that is gone can.
    c->lost +=
        sound && (charges < CALLS ||
                  box_sql(c->b, "ledger.db", "SELECT count(*) FROM record") < CALLS * BOX_CALL);
}

static void no_damage_loses_a_charge_without_a_word(void **state)
{
    int count = *(int *)*state;
    struct rng rng = rng_seed(4711);
    struct box b;
    struct campaign c = {.b = &b};
    struct str whole;

    make_full(&b);
    whole = box_read(&b, "ledger.db");
    for (int i = 0; i < count; i++) {
        struct str bytes = {0};
        char *sweep = str_format("rm -f '%s'/*.broken-* '%s'/ledger.suspect", b.folder, b.folder);

        str_add_len(&bytes, whole.data, whole.len);
        damage(&rng, &bytes);
        box_write(&b, "ledger.db", bytes.data, bytes.len);
        try_damage(&c);
        assert_int_equal(system(sweep), 0);
        free(sweep);
        str_free(&bytes);
    }
    (void)printf("%d damages: %d opened, %d of them restored, %d refused, %d lost charges\n", count,
                 c.opened, c.noted, c.failed, c.lost);
    assert_int_equal(c.lost, 0);
    str_free(&whole);
    box_drop(&b);
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : DAMAGES;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ruined_cache_is_set_aside),
        cmocka_unit_test(a_ruined_ledger_is_restored_from_its_backup),
        cmocka_unit_test(a_ledger_that_is_gone_is_restored),
        cmocka_unit_test(without_a_backup_a_new_one_is_begun_and_said),
        cmocka_unit_test(a_ruined_backup_is_kept_too),
        cmocka_unit_test(what_was_set_aside_stays),
        cmocka_unit_test(a_ledger_in_use_is_not_restored),
        cmocka_unit_test(damage_met_in_use_is_found_at_the_next_start),
        cmocka_unit_test(the_next_one_puts_a_killed_ones_log_away),
        cmocka_unit_test(a_log_that_is_gone_is_said),
        cmocka_unit_test(a_log_goes_with_its_file),
        cmocka_unit_test(a_ruined_log_harms_nothing_before_it),
        cmocka_unit_test(a_missing_charge_is_noticed_at_once),
        cmocka_unit_test(nobody_buys_without_knowing_all_that_was_bought),
        cmocka_unit_test_prestate(no_damage_loses_a_charge_without_a_word, &count),
    };

    return cmocka_run_group_tests_name("damage", tests, NULL, NULL);
}
