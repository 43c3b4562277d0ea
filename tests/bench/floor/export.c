// A bare loop from SQLite to CSV: FILE SQL OUTPUT, where SQL gives the cells. No engine, no sync,
// no formulas made harmless. Floor of the bench.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum { BUFFER = 64 * 1024 };

static void quoted(const char *text, FILE *out)
{
    (void)putc_unlocked('"', out);
    for (; *text; text++) {
        if (*text == '"')
            (void)putc_unlocked('"', out);
        (void)putc_unlocked(*text, out);
    }
    (void)putc_unlocked('"', out);
}

static void cell(const char *text, FILE *out)
{
    if (text[strcspn(text, ",\"\r\n")])
        quoted(text, out);
    else
        (void)fputs_unlocked(text, out);
}

static void end_cell(int i, int n, FILE *out)
{
    (void)putc_unlocked(i + 1 < n ? ',' : '\n', out);
}

static long write_all(sqlite3_stmt *rows, FILE *out)
{
    int n = sqlite3_column_count(rows);
    long written = 0;

    for (int i = 0; i < n; i++) {
        cell(sqlite3_column_name(rows, i), out);
        end_cell(i, n, out);
    }
    for (; sqlite3_step(rows) == SQLITE_ROW; written++) {
        for (int i = 0; i < n; i++) {
            const char *text = (const char *)sqlite3_column_text(rows, i);

            cell(text ? text : "", out);
            end_cell(i, n, out);
        }
    }
    return written;
}

int main(int argc, char **argv)
{
    static char buffer[BUFFER];
    sqlite3_stmt *rows;
    sqlite3 *db;
    FILE *out;

    if (argc != 4 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, argv[2], -1, &rows, NULL) != SQLITE_OK ||
        !(out = fopen(argv[3], "w")))
        return 1;
    (void)setvbuf(out, buffer, _IOFBF, sizeof(buffer));
    (void)printf("%ld\n", write_all(rows, out));
    if (fclose(out) != 0)
        return 1;
    (void)sqlite3_finalize(rows);
    (void)sqlite3_close(db);
    return 0;
}
