// The ledger of the one profile there is, changed as another program would while Lode has it open.
// Tests.
#ifndef TESTS_SUPPORT_LEDGER_H
#define TESTS_SUPPORT_LEDGER_H

#include "support/test.h"

#include <glob.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "base/str.h"
#include "support/run.h"

static inline void ledger_change(const struct home *h, const char *sql)
{
    char *pattern = str_format("%s/data/lode/*/ledger.db", h->path), *why = NULL;
    glob_t found;
    sqlite3 *db;

    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    assert_int_equal(sqlite3_open(found.gl_pathv[0], &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    globfree(&found);
    free(pattern);
}

// As if the first n contacts, by their ids, had been fetched 300 days earlier.
static inline void ledger_age(const struct home *h, int n)
{
    char *sql = str_format("UPDATE record SET fetched_ms = fetched_ms - 300 * 86400000 WHERE id IN"
                           " (SELECT id FROM record WHERE entity = 'contact' ORDER BY id LIMIT %d)",
                           n);

    ledger_change(h, sql);
    free(sql);
}

#endif
