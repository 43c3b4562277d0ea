// Rows into an SQLite file of their own. Floor: store.
#include "store/table_file.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/db.h"
#include "store/fd_vfs.h"

struct table_file {
    struct fd_vfs *vfs;
    struct db db;
    struct str insert;    // the statement; stays prepared
    struct value *values; // one a column
    size_t n;
};

static const char *affinity(enum column_type type)
{
    if (type == COLUMN_ID)
        return "INTEGER";
    return type == COLUMN_NUMBER || type == COLUMN_MONEY ? "NUMERIC" : "TEXT";
}

// How many columns before this one have its name, which to SQLite has no case.
static size_t twins(const char *const *names, size_t at)
{
    size_t n = 0;

    for (size_t i = 0; i < at; i++)
        n += str_eq_case(names[i], names[at]);
    return n;
}

static void add_name(const char *name, size_t twin, struct str *out)
{
    str_add_char(out, '"');
    for (; *name; name++) {
        str_add_char(out, *name);
        if (*name == '"')
            str_add_char(out, *name);
    }
    if (twin)
        str_addf(out, "_%zu", twin + 1);
    str_add_char(out, '"');
}

static bool make_table(struct table_file *t, const char *const *names,
                       const enum column_type *types, struct err *e)
{
    struct str table = {0};
    bool ok;

    str_add(&table, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
                    " PRAGMA cache_size = -1000; BEGIN; CREATE TABLE rows (");
    str_add(&t->insert, "INSERT INTO rows VALUES (");
    for (size_t i = 0; i < t->n; i++) {
        str_add(&table, i ? ", " : "");
        add_name(names[i], twins(names, i), &table);
        str_addf(&table, " %s", affinity(types[i]));
        str_add(&t->insert, i ? ", ?" : "?");
    }
    str_add(&table, ")");
    str_add(&t->insert, ")");
    ok = db_exec(&t->db, table.data, e);
    str_free(&table);
    return ok;
}

static void release(struct table_file *t)
{
    db_close(&t->db);
    fd_vfs_free(t->vfs);
    str_free(&t->insert);
    free(t->values);
    free(t);
}

struct table_file *table_file_open(int fd, const char *path, const char *const *names,
                                   const enum column_type *types, size_t n, struct err *e)
{
    struct table_file *t = mem_zalloc(sizeof(*t));

    t->n = n;
    t->values = mem_array(n, sizeof(*t->values));
    t->vfs = fd_vfs_new(fd);
    if (!t->vfs)
        (void)err_set(e, ERR_INTERNAL, "SQLite has no file system to write %s by", path);
    else if (db_open_through(&t->db, fd_vfs_name(t->vfs), path, "export", e) &&
             make_table(t, names, types, e))
        return t;
    release(t);
    return NULL;
}

bool table_file_row(struct table_file *t, const char *const *cells, struct err *e)
{
    for (size_t i = 0; i < t->n; i++)
        t->values[i] = value_text(*cells[i] ? cells[i] : NULL);
    return db_run(&t->db, t->insert.data, t->values, t->n, e);
}

bool table_file_close(struct table_file *t, struct err *e)
{
    bool ok = db_exec(&t->db, "COMMIT", e);

    release(t);
    return ok;
}
