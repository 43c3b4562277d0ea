// What people type to find owned records: words, phrases, what sifts; and that nothing typed is
// ever an error, of ours or of the index's. Tests.
#include "support/test.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "flow/library_wish.h"

static struct library_wish wish(const char *text)
{
    struct library_wish w = wish_new(&entity_contact);

    wish_add(&w, text);
    return w;
}

static void words_become_a_sound_expression(void **state)
{
    static const struct {
        const char *typed, *words;
    } cases[] = {
        {"ana", "\"ana\"*"},
        {" ana \t ruiz\n", "\"ana\"* \"ruiz\"*"},
        {"\"data scientist\" bo", "\"data scientist\" \"bo\"*"},
        {"ana.ruiz@x.com", "\"ana.ruiz@x.com\"*"},
        {"NOT (OR", "\"NOT\"* \"(OR\"*"},
        {"李明", "\"李明\"*"},
        {"\"open end", "\"open end\""},
        {"email:ana", "\"email:\"* \"ana\"*"},
        {"expiring:soon", "\"expiring:\"* \"soon\"*"},
        {"a\"b\"", "\"a\"* \"b\""},
        {"* - ' \"\" ;", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct library_wish w = wish(cases[i].typed);

        if (!cases[i].words != !w.words || (w.words && !str_eq(w.words, cases[i].words)))
            fail_msg("%s: %s", cases[i].typed, w.words ? w.words : "(none)");
        wish_free(&w);
    }
}

static void what_sifts_is_taken_out(void **state)
{
    struct library_wish w = wish("ana tag:\"hot lead\" expiring:30 DNC:yes older:7");

    (void)state;
    assert_string_equal(w.words, "\"ana\"*");
    assert_string_equal(w.tag, "hot lead");
    assert_int_equal(w.expiring, 30);
    assert_int_equal(w.older, 7);
    assert_int_equal(w.do_not_call, 1);
    wish_add(&w, "tag:cold dnc:no bo");
    assert_string_equal(w.words, "\"ana\"* \"bo\"*");
    assert_string_equal(w.tag, "cold");
    assert_int_equal(w.do_not_call, 0);
    wish_free(&w);
}

// Pieces that mean something to SQL, FTS5 or the shell, bytes that are no UTF-8, and any others.
static void add_rubbish(struct rng *rng, struct str *out)
{
    static const char *const pieces[] = {"\"",   "'",     "*",    "(",    ")",    "OR ", " AND ",
                                         "NOT ", ":",     "-",    "^",    "NEAR", "{",   "}",
                                         "\\",   "tag:",  "\xff", "\xe6", "--",   ";",   " ",
                                         "dnc:", "name:", "+",    "\x01", "李",   "é",   "0",
                                         "\t",   "\"\"",  ",",    "?1"};

    for (uint64_t n = rng_below(rng, 12); n > 0; n--) {
        if (rng_below(rng, 4))
            str_add(out, pieces[rng_below(rng, ARRAY_LEN(pieces))]);
        else
            str_add_char(out, (char)(1 + rng_below(rng, 255)));
    }
}

static void nothing_typed_is_an_error_of_the_index(void **state)
{
    enum { ROUNDS = 20000 };
    struct rng rng = rng_seed(4711);
    sqlite3_stmt *match;
    sqlite3 *db;

    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE VIRTUAL TABLE words USING fts5(name, body, notes,"
                                  " content = '', prefix = '2 3');"
                                  "INSERT INTO words (rowid, name) VALUES (1, 'ana ruiz')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT rowid FROM words WHERE words MATCH ?", -1, &match, NULL),
        SQLITE_OK);
    for (int i = 0; i < ROUNDS; i++) {
        struct str typed = {0};
        struct library_wish w;
        int code = SQLITE_DONE;

        add_rubbish(&rng, &typed);
        w = wish(str_text(&typed));
        if (w.words) {
            (void)sqlite3_bind_text(match, 1, w.words, -1, SQLITE_STATIC);
            code = sqlite3_step(match);
            (void)sqlite3_reset(match);
        }
        if (code != SQLITE_DONE && code != SQLITE_ROW)
            fail_msg("%s -> %s: %s", str_text(&typed), w.words, sqlite3_errmsg(db));
        wish_free(&w);
        str_free(&typed);
    }
    (void)sqlite3_finalize(match);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_paste_of_a_million_bytes_is_cut_to_words(void **state)
{
    struct str paste = {0};
    struct library_wish w;

    (void)state;
    for (int i = 0; i < 100000; i++)
        str_addf(&paste, "word%d ", i);
    w = wish(paste.data);
    assert_true(strlen(w.words) < 2000);
    wish_free(&w);
    str_free(&paste);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_become_a_sound_expression),
        cmocka_unit_test(what_sifts_is_taken_out),
        cmocka_unit_test(nothing_typed_is_an_error_of_the_index),
        cmocka_unit_test(a_paste_of_a_million_bytes_is_cut_to_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
