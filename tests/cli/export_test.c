// Exports by the real program: formats, presets, do-not-call rows, manifests, kills.
#include "cli/world.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/rng.h"

enum { KILLS = 12 };

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          NULL};
    struct world *w;

    (void)world_open(state, options);
    w = *state;
    expect_line(w, "search contact --limit 300 --columns personId --output ids.csv --quiet", 0,
                NULL, NULL);
    expect_line(w, "enrich contact --from ids.csv --max-credits 1000 --output first.csv --quiet", 0,
                NULL, NULL);
    expect_line(w, "export contact --output all.csv", 0, NULL, "rows are in");
    return 0;
}

// The cells of a CSV or TSV, NUL-separated, by an order that a reader of its own gives them.
static struct str cells_of(const struct world *w, const char *name, size_t *rows)
{
    char *text = file_text(w, name);
    struct csv_reader csv = csv_open(text, strlen(text));
    struct str out = {0};
    struct err e;

    for (*rows = 0; csv_next(&csv, &e); ++*rows) {
        for (size_t i = 0; i < csv.n_values; i++)
            str_add_len(&out, csv.values[i], strlen(csv.values[i]) + 1);
    }
    assert_int_equal(e.kind, ERR_NONE);
    csv_close(&csv);
    free(text);
    return out;
}

static size_t count(const struct world *w, const char *name)
{
    struct str cells;
    size_t rows;

    cells = cells_of(w, name, &rows);
    str_free(&cells);
    return rows - 1;
}

// Records of the library: some of those asked for have opted out.
static size_t owned(const struct world *w)
{
    return count(w, "all.csv");
}

// The same of an SQLite file, headings first.
static struct str cells_of_sqlite(const struct world *w, const char *name, size_t *rows)
{
    char *path = str_format("%s/%s", w->home.path, name);
    struct str out = {0};
    sqlite3_stmt *all;
    sqlite3 *db;

    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT * FROM rows", -1, &all, NULL), SQLITE_OK);
    for (int i = 0; i < sqlite3_column_count(all); i++) {
        const char *heading = sqlite3_column_name(all, i);

        str_add_len(&out, heading, strlen(heading) + 1);
    }
    for (*rows = 1; sqlite3_step(all) == SQLITE_ROW; ++*rows) {
        for (int i = 0; i < sqlite3_column_count(all); i++) {
            const char *text = (const char *)sqlite3_column_text(all, i);

            str_add_len(&out, text ? text : "", strlen(text ? text : "") + 1);
        }
    }
    (void)sqlite3_finalize(all);
    (void)sqlite3_close(db);
    free(path);
    return out;
}

static void same(const struct str *a, const struct str *b, const char *name)
{
    if (a->len != b->len || memcmp(a->data, b->data, a->len) != 0)
        fail_msg("%s holds other cells than the first", name);
}

static void each_format_gives_the_same_cells(void **state)
{
    static const char *const names[] = {"all.csv", "all.tsv", "crlf.csv", "raw.csv"};
    static const char *const lines[] = {"export contact --output all.csv --force",
                                        "export contact --output all.tsv",
                                        "export contact --output crlf.csv --crlf --bom",
                                        "export contact --output raw.csv --raw-formulas"};
    const struct world *w = *state;
    struct str first = {0}, other;
    size_t rows;
    char *text;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        expect_line(w, lines[i], 0, NULL, "rows are in");
        other = cells_of(w, names[i], &rows);
        assert_int_equal(rows, owned(w) + 1);
        if (i == 0)
            first = other;
        else
            same(&first, &other, names[i]);
        if (i)
            str_free(&other);
    }
    text = file_text(w, "crlf.csv");
    assert_memory_equal(text, "\xef\xbb\xbfid,", 6);
    assert_non_null(strstr(text, "fetchedAt\r\n"));
    free(text);
    expect_line(w, "export contact --output all.db", 0, NULL, "rows are in");
    other = cells_of_sqlite(w, "all.db", &rows);
    assert_int_equal(rows, owned(w) + 1);
    same(&first, &other, "all.db");
    str_free(&other);
    str_free(&first);
}

static void presets_choose_and_name_columns(void **state)
{
    const struct world *w = *state;
    char *text;

    text = printed(w, "export contact --preset crm --format csv");
    assert_true(str_starts(text, "Salutation,First Name,Last Name,Title,Company,Email,Phone,"));
    assert_non_null(strstr(text, "directPhoneDoNotCall"));
    free(text);
    expect_line(w,
                "export contact --fields 'lastName=Surname,email' --save-preset mine --format csv",
                0, "Surname,email,directPhoneDoNotCall", "Preset mine is kept.");
    expect_line(w, "export contact --preset mine --format csv", 0, "Surname,email,", NULL);
    expect_line(w, "export contact --fields email --save-preset mine --format csv", 2, NULL,
                "--force replaces it");
    expect_line(w, "export contact --fields email --save-preset crm --format csv", 2, NULL,
                "none of the shipped ones'");
    expect_line(w, "export contact --fields email --save-preset ../x --format csv", 2, NULL,
                "letters, digits");
    expect_line(w, "export contact --preset other --format csv", 1, NULL, "plain|crm|mine");
}

static void rows_that_forbid_calling_are_kept_dropped_or_split(void **state)
{
    const struct world *w = *state;
    size_t with;

    expect_line(w, "export contact --dnc drop --output drop.csv", 0, NULL,
                "rows with a do-not-call flag were left out");
    expect_line(w, "export contact --dnc split --output split.csv", 0, NULL,
                "rows with a do-not-call flag are in split.do-not-call.csv");
    with = count(w, "split.do-not-call.csv");
    assert_true(with > 0);
    assert_int_equal(count(w, "split.csv"), owned(w) - with);
    assert_int_equal(count(w, "drop.csv"), owned(w) - with);
    expect_line(w, "export contact --dnc split", 2, NULL, "two files cannot go into one stream");
    expect_line(w, "export contact --dnc maybe", 2, NULL, "keep, drop or split");
    // The flags count whether they are shown or not.
    expect_line(w, "export contact --fields companyName --dnc drop --output few.csv", 0, NULL,
                NULL);
    assert_int_equal(count(w, "few.csv"), owned(w) - with);
}

// Of the library's people; whom it is due to is told alike by the file, its manifest and the sift.
static void notices_that_are_due_are_told(void **state)
{
    const struct world *w = *state;
    char *text, *told, *found;
    size_t due;

    expect_line(w, "library search contact --notice-due --limit all --output due.csv", 0, NULL,
                "of the library that fit");
    due = count(w, "due.csv");
    assert_in_range(due, 1, owned(w) - 1);
    text = file_text(w, "due.csv");
    assert_non_null(strstr(text, ",noticeBy"));
    free(text);
    told = str_format("%zu rows of the EU: a notice (GDPR, Art. 14) is due to them, the first by ",
                      due);
    expect_line(w, "library search contact --limit all --output found.csv", 0, NULL, told);
    expect_line(w, "export contact --output all.csv --force", 0, NULL, told);
    expect_line(w, "export contact --output all.jsonl", 0, NULL, told);
    expect_line(w, "export contact --fields companyName --output bare-eu.csv", 0, NULL, told);
    text = file_text(w, "all.csv.manifest.json");
    found = str_format("\"noticeDue\": {\"rows\": %zu, \"firstBy\": \"20", due);
    assert_non_null(strstr(text, found));
    free(text);
    free(found);
    free(told);
    expect_line(w, "search company --limit 5 --output firms.csv --manifest", 0, NULL, NULL);
    text = file_text(w, "firms.csv.manifest.json");
    assert_non_null(strstr(text, "\"noticeDue\": {\"rows\": 0}"));
    free(text);
}

static void a_manifest_says_what_there_is(void **state)
{
    const struct world *w = *state;
    const char *sum[] = {"/usr/bin/sha256sum", "told.csv", NULL};
    struct run r;
    char *text, *hash;

    expect_line(
        w, "search contact --where 'Accuracy score>=90' --limit 40 --output told.csv --manifest", 0,
        NULL, "40 rows are in");
    text = file_text(w, "told.csv.manifest.json");
    r = run_program(&w->home, sum, NULL);
    hash = mem_strndup(str_text(&r.out), 64);
    if (!strstr(text, hash))
        fail_msg("%s is not in\n%s", hash, text);
    assert_non_null(strstr(text, "\"rows\": 40"));
    assert_non_null(strstr(text, "\"basis\": \"40 of "));
    assert_non_null(strstr(text, "\"filters\": \"entity = contact"));
    assert_non_null(strstr(text, "\"credits\": 0"));
    free(hash);
    free(text);
    run_free(&r);
    // Neither is replaced unasked.
    expect_line(w, "export contact --output told.csv", 2, NULL, "exists and was left as it is");
    // What is exported has one unasked.
    expect_line(w, "export contact --output new.csv", 0, NULL, "new.csv.manifest.json says");
    expect_line(w, "export contact --output new.csv --force", 0, NULL, NULL);
    text = file_text(w, "new.csv.manifest.json");
    assert_non_null(strstr(text, "\"basis\": \"all contacts of the library\""));
    free(text);
    expect_line(w, "export contact --output bare.csv --no-manifest", 0, NULL,
                "rows are in bare.csv.");
    text = str_format("%s/bare.csv.manifest.json", w->home.path);
    assert_int_equal(access(text, F_OK), -1);
    free(text);
    expect_line(w, "export contact --manifest", 2, NULL, "beside a file");
}

// Killed at any moment: the name is either not there or the whole file is.
// A search of companies tells little: what its filters and the library say of its rows comes where
// it is named, and what that stands on is said.
static void a_search_gives_what_filters_and_library_say(void **state)
{
    const struct world *w = *state;
    char *text;

    expect_line(w, "search company --where state=texas --limit 2 --output two.csv", 0, NULL, NULL);
    expect_line(w, "enrich company --from two.csv --max-credits 2 --output owned.csv", 0, NULL,
                "2 bought");
    text = printed(w, "search company --where state=texas --limit 2 -f csv");
    assert_true(str_starts(text, "companyId,companyName\n")); // as ever, where none is named
    free(text);
    expect_line(w,
                "search company --where state=texas --limit 4 -f csv --columns "
                "companyId,filter.state,country --output more.csv --manifest",
                0, NULL, "1 column as the filters say; 1 column as the library knows 2 of the");
    text = file_text(w, "more.csv");
    assert_true(str_starts(text, "companyId,filter.state,country\n"));
    assert_non_null(strstr(text, ",texas,United States\n"));
    assert_non_null(strstr(text, ",texas,\n"));
    free(text);
    text = file_text(w, "more.csv.manifest.json");
    assert_non_null(strstr(text, "as the library knows 2 of the rows"));
    free(text);
    text = printed(w, "search company --where state=texas --limit 2 --preset crm -f csv");
    assert_true(str_starts(text, "Account Name,Website,Phone,"));
    free(text);
    expect_line(w, "search company --columns emploeeCount", 2, NULL, "did you mean employeeCount");
    expect_line(w, "search company --limit 1 --columns companyId -o CAPITALS.CSV", 0, NULL, NULL);
    text = file_text(w, "CAPITALS.CSV");
    assert_true(str_starts(text, "companyId\r\n") || str_starts(text, "companyId\n"));
    free(text);
}

// Files in the home that an export made, whatever they are called.
static size_t made(const struct world *w)
{
    DIR *folder = opendir(w->home.path);
    size_t n = 0;

    assert_non_null(folder);
    for (const struct dirent *d; (d = readdir(folder)) != NULL;)
        n += str_starts(d->d_name, "kill.") || str_starts(d->d_name, ".lode-");
    (void)closedir(folder);
    return n;
}

// Some file systems know no files without a name: there a kill leaves one with an odd name.
static bool has_nameless(const struct world *w)
{
    int fd = open(w->home.path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (fd >= 0)
        (void)close(fd);
    return fd >= 0;
}

static void a_kill_leaves_nothing_half(void **state)
{
    static const char *const names[] = {"kill.csv", "kill.db"};
    const struct world *w = *state;
    struct rng rng = rng_seed(11);

    for (int i = 0; i < KILLS; i++) {
        const char *name = names[i % 2];
        char *path = str_format("%s/%s", w->home.path, name);
        char *line = str_format("export contact --output %s --manifest", name);
        pid_t pid = run_lode_start(&w->home, w->server->url, line);
        struct str cells;
        size_t rows;
        int status;

        (void)usleep(rng_below(&rng, 120) * 1000);
        (void)kill(pid, SIGKILL);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        if (access(path, F_OK) == 0) {
            cells = i % 2 ? cells_of_sqlite(w, name, &rows) : cells_of(w, name, &rows);
            assert_int_equal(rows, owned(w) + 1);
            str_free(&cells);
        }
        (void)unlink(path);
        free(path);
        path = str_format("%s/%s.manifest.json", w->home.path, name);
        (void)unlink(path);
        free(path);
        free(line);
        assert_true(made(w) == 0 || !has_nameless(w));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_gives_the_same_cells),
        cmocka_unit_test(presets_choose_and_name_columns),
        cmocka_unit_test(rows_that_forbid_calling_are_kept_dropped_or_split),
        cmocka_unit_test(notices_that_are_due_are_told),
        cmocka_unit_test(a_manifest_says_what_there_is),
        cmocka_unit_test(a_search_gives_what_filters_and_library_say),
        cmocka_unit_test(a_kill_leaves_nothing_half),
    };

    return cmocka_run_group_tests_name("export", tests, set_up, world_close);
}
