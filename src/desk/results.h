// The rows of the search that was run, and one record in full. UI thread. Floor: desk.
#ifndef LODE_DESK_RESULTS_H
#define LODE_DESK_RESULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "flow/more.h"
#include "model/pattern.h"
#include "model/query.h"
#include "model/table.h"

struct desk;

enum results_state { RESULTS_NONE, RESULTS_ASKED, RESULTS_THERE, RESULTS_FAILED };

struct shown_column {
    size_t column; // of desk_column()
    int width;     // of the terminal; what the person set, or the catalogue's
    bool pinned;   // stays when the others scroll sideways
};

// Until page 1 of a new search has come the former rows stay, with their query; where it does not
// come they stay as well, THERE, and err says why. FAILED: there are no rows to fall back on.
struct results {
    enum results_state state;
    const struct entity *entity;
    struct query query;         // of the rows shown, as people say it
    struct table *table;        // NULL before the first search
    long long hits;             // of the whole search, -1: unknown
    long long reach;            // rows paging can reach where that is less than the hits, else 0
    int64_t asked_ms;           // UTC
    bool kept;                  // from an earlier session: as old as asked_ms says
    bool gathered;              // from several searches: none of its pages can be asked for alone
    struct query asked;         // ASKED: what is on its way
    struct err err;             // RESULTS_FAILED, or why the next search or a page did not come
    bool err_of_page;           // it is a page's
    struct shown_column *shown; // owned
    size_t n_shown;
    // The local order of the fetched rows, and which of them are shown.
    struct sort_key keys[SORT_KEYS_MAX]; // the first counts most
    size_t n_keys;
    struct pattern *filter; // owned; NULL: all rows
    char *filter_text;      // as it was typed, or the value; owned
    size_t filter_column;   // of a value; SIZE_MAX: the columns shown
    char *stood;            // the record under the cursor before rows were filtered; owned
    bool arranging;         // the former order is shown until this one has come
    size_t arranged;        // how often rows took other places, or are to be looked at anew
    struct pattern *found;  // what was searched for last; owned
    char *found_text;       // owned
    bool finding;
    struct groups groups; // of group_column, once they have come
    size_t group_column;
    bool grouping;            // on their way
    struct more_columns more; // behind those of the search
    struct map known; // what the library has of rows, by id, where a search tells little; owned
    size_t place, top, left; // cursor row, first row and first unpinned column on the screen: kept
    size_t at;               // cursor column, in shown
};

// Runs the query of the rows shown again, in another order of the server's (NULL: its own).
bool desk_search_sorted(struct desk *d, const char *field, bool ascending, struct err *e);
// Runs the filters: page 1 now, more as they are looked at. One request a page.
bool desk_search(struct desk *d, struct err *e);
// Rows first..first+n-1 are on the screen: fetches what is missing of them first, then a page or
// two ahead, and gives up read-ahead that nobody will look at. In a local order: one page where the
// person moved to, and none ahead.
void desk_look(struct desk *d, size_t first, size_t n);
// Is a row fetched, not yet, or on a page that did not come?
enum row_state { ROW_THERE, ROW_AWAY, ROW_FAILED };
enum row_state desk_row_state(const struct desk *d, size_t place);
// Pages that did not come may be asked for again at once, when they are looked at; false where
// there are none.
bool desk_look_again(struct desk *d);
// Fetches every row that paging can reach, as a task that can be cancelled. rows: how many requests
// that takes is said before (desk_fetch_all_requests()).
void desk_fetch_all(struct desk *d);
int desk_fetch_all_requests(const struct desk *d);
// Local order of the fetched rows, worked out in the background; more: behind the keys that are
// there, of which there are SORT_KEYS_MAX at most.
void desk_sort(struct desk *d, size_t column, bool ascending, bool more);
void desk_unsort(struct desk *d);
bool desk_sorted(const struct desk *d, size_t column, bool *ascending);
// Shows only the fetched rows that hold a text (pattern_read()) in one of the columns shown, or one
// value of a column; dropped with the next search.
bool desk_filter_rows(struct desk *d, const char *text, struct err *e);
void desk_filter_value(struct desk *d, size_t column, const char *value);
void desk_filter_drop(struct desk *d);
// Takes the cursor to the next fetched row that holds a text in one of the columns shown; NULL: the
// last one again. In the background; what came of it is said.
bool desk_find(struct desk *d, const char *text, int step, struct err *e);
void desk_find_forget(struct desk *d);
// Counts the values of a column over the rows that are fetched and shown, in the background:
// results.groups.
bool desk_group(struct desk *d, size_t column, struct err *e);
// The columns there are: those of the search, which are the table's too; then, where it tells
// little, filters, which say the same of all rows, and what the library may have of a row.
enum column_source { COLUMN_OF_SEARCH, COLUMN_OF_FILTER, COLUMN_OF_LIBRARY };
size_t desk_n_columns(const struct results *r);
const struct column *desk_column(const struct results *r, size_t column);
enum column_source desk_column_source(const struct results *r, size_t column);
// By name, heading or path; SIZE_MAX: none.
size_t desk_column_find(const struct results *r, const char *name);
// Is it worth offering: not where it is of a filter that these rows were not searched by.
bool desk_column_offered(const struct results *r, size_t column);
// A cell by place or by id: NULL where it is not fetched, "" where it is empty or not known. What
// the library has is known once the row was looked at (desk_look()).
const char *desk_cell(const struct desk *d, size_t place, size_t column);
const char *desk_cell_of(const struct desk *d, const char *id, size_t column);
// Which columns are shown, in order; also width and pin of one, and one to where another stands on
// the screen (pinned ones first), pinned as that one is and with the cursor on it.
bool desk_columns(struct desk *d, const struct shown_column *shown, size_t n, struct err *e);
void desk_column_width(struct desk *d, size_t at, int width);
void desk_column_pin(struct desk *d, size_t at, bool pinned);
void desk_column_move(struct desk *d, size_t at, size_t to);
// Where the cursor and the window are: kept for the next start.
void desk_place(struct desk *d, size_t place, size_t top, size_t at, size_t left);
// The cursor to a place, fetched or not.
void desk_go_to(struct desk *d, size_t place);
// "all 1,284 hits", "fetched 300 of 1,284", "capped at 10,000 of 30,579": the basis of what is
// shown; of rows from an earlier session with the minute of it, UTC: ", as of 2026-11-25T20:41Z".
void desk_basis(const struct desk *d, struct str *out);
// The same without that; most: columns of a text that rows are filtered by, BASIS_TEXT above.
enum { BASIS_TEXT = 40 };
void desk_basis_ageless(const struct desk *d, int most, struct str *out);

// One line of the detail: a field of the record as search or library has it.
struct detail_field {
    const struct column *column;
    const char *section; // "Search row", "Owned", "Compliance", ...
    const char *text;    // "" absent
    const char *source;  // "search", "library"
    int64_t as_of_ms;    // UTC
};

struct detail {
    char *id; // owned; NULL: nothing looked at
    const struct entity *entity;
    struct row_note note;
    struct detail_field *fields; // owned
    size_t n_fields;
    bool asked;      // the library is being read
    bool of_library; // looked at from the library's rows: the record before and behind are there
    size_t at;       // its row there
    struct err err;
    struct detail_private *private;
};

// The record of a row: at once from the row, then with what the library has of it.
void desk_detail(struct desk *d, const char *id);

#endif
