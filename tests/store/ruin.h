// A full ledger with its backup, what there must be of it, and ways to ruin its files. Main thread.
// Tests.
#ifndef TESTS_STORE_RUIN_H
#define TESTS_STORE_RUIN_H

#include "store/box.h"

enum { CALLS = 20 };

// A ledger with its backup, in which all of it is.
static inline void make_full(struct box *b)
{
    box_make(b);
    box_start(b);
    for (int i = 0; i < CALLS; i++)
        (void)box_buy(b, (long long)i * BOX_CALL, BOX_CALL);
    box_close(b);
    assert_true(box_has(b, "ledger.backup"));
}

static inline void expect_all(struct box *b)
{
    struct ledger_totals t = box_totals(b);

    assert_int_equal(t.charges[CHARGE_CHARGED], CALLS);
    assert_int_equal(t.credits, CALLS * BOX_CALL);
    assert_int_equal(box_owned(b), CALLS * BOX_CALL);
    assert_true(box_find(b, "7").held);
}

static inline void expect_note(const struct box *b, const char *says)
{
    if (!strstr(b->note, says))
        fail_msg("\"%s\" does not say \"%s\"", b->note, says);
}

static inline size_t count_files(const struct box *b, const char *part)
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
static inline void garble_head(struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);

    memset(bytes.data, 0x5a, 100);
    box_write(b, name, bytes.data, bytes.len);
    str_free(&bytes);
}

static inline void zero(struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);

    memset(bytes.data, 0, bytes.len);
    box_write(b, name, bytes.data, bytes.len);
    str_free(&bytes);
}

static inline void cut_to_a_page(struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);

    box_write(b, name, bytes.data, 4096);
    str_free(&bytes);
}

static inline void cut_in_a_page(struct box *b, const char *name)
{
    struct str bytes = box_read(b, name);

    box_write(b, name, bytes.data, bytes.len / 2 + 1000);
    str_free(&bytes);
}

static inline void empty(struct box *b, const char *name)
{
    box_write(b, name, "", 0);
}

static inline void write_text(struct box *b, const char *name)
{
    box_write(b, name, "hello\n", 6);
}

static inline void lose_a_table(struct box *b, const char *name)
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

#endif
