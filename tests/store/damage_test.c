// Damaged, cut, emptied and missing files: set aside, restored, said; never lost without a word,
// never a crash. How many random damages may be given as an argument: store-damage 100000. Tests.
#include "store/ruin.h"

#include <sys/file.h>

#include "base/rng.h"
#include "store/lookups.h"

enum { DAMAGES = 100 };

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
        assert_true(store_put_lookup(b.s, "industry", "[1]", b.now_ms, &e));
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
        cmocka_unit_test(a_missing_charge_is_noticed_at_once),
        cmocka_unit_test(nobody_buys_without_knowing_all_that_was_bought),
        cmocka_unit_test_prestate(no_damage_loses_a_charge_without_a_word, &count),
    };

    return cmocka_run_group_tests_name("damage", tests, NULL, NULL);
}
