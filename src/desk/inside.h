// The desk from inside: what its files share, for desk/*.c only. UI thread, but for what says
// otherwise. Floor: desk.
#ifndef LODE_DESK_INSIDE_H
#define LODE_DESK_INSIDE_H

#include <stdatomic.h>

#include "base/map.h"
#include "base/vec.h"
#include "desk/account.h"
#include "desk/desk.h"
#include "desk/undo.h"
#include "desk/value_load.h"
#include "flow/kept.h"
#include "flow/more_sheet.h"
#include "flow/sandbox.h"
#include "job/pool.h"
#include "job/queue.h"
#include "model/query_text.h"

// What is due some time, by the boot clock; serve.c has what each does.
enum timer {
    TIMER_BELL,    // workers may ring again
    TIMER_COUNT,   // the live count
    TIMER_SAVE,    // the session
    TIMER_PULSE,   // what falls by itself in the top bar
    TIMER_ARRANGE, // rows that came are put in order
    TIMER_QUOTE,   // a quote grows old
    TIMER_SUMS,    // what the marked cost may have moved
    TIMER_REST,    // nothing was asked of the network for a while
    TIMER_RETAIN,  // records may be past retention
    TIMERS
};

enum { PULSE_MS = 200 }; // how often the top bar is looked at while it moves

// A page under way, or one that did not come.
struct page_ask {
    int number;
    struct task *task; // NULL: it failed
    bool of_all;       // asked for because all are
    int64_t failed_ms; // boot clock
};

// The order that the rows of a search do stand in: what is asked for may fail.
struct held_order {
    struct sort_key keys[SORT_KEYS_MAX];
    size_t n_keys;
    struct pattern *filter; // as results.filter and what goes with it; owned
    char *filter_text;
    size_t filter_column;
};

// The search whose rows are shown.
struct search {
    struct held_order held;
    uint64_t number;       // 0: none
    struct query resolved; // what goes on the wire, once it is known
    bool is_resolved;
    int depth;             // rows that paging can reach
    struct cancel *cancel; // of its pages
    VEC(struct page_ask) asks;
    size_t last_first; // of desk_look(): which way it goes
    size_t rest_first; // the first row on the screen as a local order left it, or as it was last
                       // looked at in one: SIZE_MAX: neither
    struct rows_file *file;                      // where its rows are kept; NULL: nowhere
    VEC(int) noting;                             // pages whose notes are on their way
    struct task *arranging, *finding, *grouping; // on their way, or NULL
    struct {
        struct task_view *view; // while all pages are being fetched
        struct cancel *cancel;
        int last; // page that is wanted; 0: all
    } fetch;
};

// What one entity has. Of the one that is looked at, the first five stand in the desk itself.
struct seat {
    const struct entity *entity;
    struct filters filters;
    struct results results;
    struct marks marks;
    struct detail detail;
    struct buying buying;

    struct task *counting; // the count under way
    struct search search;
    struct task *searching;  // page 1 of the next search
    bool ordering;           // it brings the same rows in another order; meanwhile:
    struct rows_order order; // theirs before
    // From the session before, or for the next one:
    bool had_rows;           // results.query has rows that are kept
    bool summing, sum_again; // the marks; they moved meanwhile
    bool sum_due;            // something else did, since when there are no sums
    int64_t summed_ms;       // when that made them last; boot clock, 0: never
    struct task *quoting;
    bool quote_moved;     // what is quoted, since it was asked for
    char *fields;         // chosen for quotes, as selection_fields() reads them; NULL: the usual
    struct task *marking; // many rows at once, in the background
    size_t marks_lent;    // 1 while it reads the marks
    struct {
        bool on;          // its rows are being fetched and marked, to be quoted then
        size_t rows;      // so many of the first, in the server's order
        uint64_t search;  // its number
        long long hits;   // of the search, -1: unknown
        long long marked; // the marks are its rows: of so many hits; 0: they are not
    } whole;              // the search, as a quote
    struct undo undo;
};

// Where a seat's parts are right now.
struct face {
    struct filters *filters;
    struct results *results;
    struct marks *marks;
    struct detail *detail;
    struct buying *buying;
};

// What talks to an account; the steps of start.c open it.
struct engine {
    struct account account;
    struct app_config config;
    struct app app;
    bool begun; // app_open() was called
    struct sandbox_child child;
};

struct view_note {
    char *name, *value;
};

struct desk_private {
    struct engine *engine;
    bool away;             // a step has it
    struct account *next;  // whom to talk to once all has come to its end, or NULL
    bool open, closing;    // open: the store is there
    struct app app;        // the engine's parts as far as they are open, to make views of
    struct cancel *root;   // of all tasks
    struct queue *replies; // tasks, sentences, the bell
    struct pool *lanes[LANES];
    size_t ledger_readings;   // under way
    size_t running, spending; // tasks that have not come back, and those of them that may charge
    uint64_t next_id;         // of what is shown, of searches
    unsigned changed;         // parts, since desk_serve() last said so
    int64_t due[TIMERS];      // 0: not

    // Rung by workers and the network thread.
    struct job bell;
    atomic_bool rung;
    atomic_uint news; // parts

    struct seat *seats; // one an entity
    size_t n_seats, at; // at: the one that is looked at
    struct map lists;   // by path
    size_t lists_asked;
    struct value_load load; // for one filter
    struct task *loading;
    struct task *pricing; // what is left of a job
    bool looks_at_jobs;   // on its way
    uint64_t jobs_asked;  // how many readings of them were begun
    uint64_t jobs_taken;  // which of these holds: an earlier one may come later
    uint64_t jobs_stamp;  // of the files that say how they stand
    uint64_t usage_told;
    size_t marks_read;           // copies of marks that are away
    VEC(struct mark_set) buried; // to be freed when they have come back
    struct {
        struct view_note *items;
        size_t len, cap;
    } view; // how the screen was left
    struct {
        struct secret *text;     // of an encrypted one, until its passphrase comes
        struct private_key *key; // to sign in with
        uint64_t number;         // of the key that was given last
    } key;
    bool touched, saving, save_failed; // the session: since it was saved; under way; the last time
    struct str unfinished;             // what desk_unfinished() said last
};

// desk.c
struct seat *desk_seat(struct desk *d);
// Empties what the seats hold.
void seats_reset(struct desk *d);
struct face seat_face(struct desk *d, struct seat *s);
// Says which parts changed.
void desk_changed(struct desk *d, unsigned parts);
// The bottom line's next sentence.
void desk_say(struct desk *d, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// A failure as the next sentence, unless it is only that somebody stopped it.
void desk_tell(struct desk *d, const struct err *e);
// False with *e where nobody is signed in.
bool desk_online(const struct desk *d, struct err *e);
int64_t desk_now_ms(void); // boot clock

// serve.c
void timer_set(struct desk *d, enum timer timer, int64_t in_ms);
// Only where it would ring sooner than it does now.
void timer_sooner(struct desk *d, enum timer timer, int64_t in_ms);
void timer_stop(struct desk *d, enum timer timer);
// Wakes the UI thread, for these parts. Any thread.
void bell_ring(struct desk_private *p, unsigned parts);
// Waits for what comes back and takes it in, until *left is 0 or the time is over (-1: never).
void serve_until(struct desk *d, const size_t *left, int timeout_ms);

// task.c
// A task of that kind and size; its cancel token is below parent's (NULL: all tasks').
void *task_new(struct desk *d, const struct task_kind *kind, size_t size, struct cancel *parent);
// What the Jobs pane calls it; for shown ones.
void task_label(struct task *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Sentences without a task.
struct talk desk_talk(struct desk *d);
// Gives it to a worker, with a view of the engine as it is now; it comes back to kind->done.
void task_start(struct task *t);
// When it came back.
void task_end(struct desk *d, struct task *t);
// What the Jobs pane shows. kind and cancel are borrowed while it runs.
struct task_view *view_begin(struct desk *d, const char *kind, struct cancel *cancel);
void view_end(struct desk *d, struct task_view *v, enum task_state state);
struct task_view *view_find(const struct desk *d, uint64_t id);
void views_free(struct desk *d);
// A sentence among what comes back.
bool said_is(const struct job *job);
void said_take(struct desk *d, struct job *job);

// start.c
// Workers, for what needs no account.
void start_lanes(struct desk *d);
// Everything of the account there is comes to its end; desk_serve() goes on with the next, which is
// taken over.
void start_change(struct desk *d, struct account *account);
// An engine for that account, which is taken over; opens nothing.
void start_account(struct desk *d, const struct account *account);
// The account that is wanted next, where nothing runs any more.
void start_next(struct desk *d);
// Another Lode may have ended: tries to become the one that spends.
void start_claim(struct desk *d);
// Ends all tasks, the engine and the workers.
void start_close(struct desk *d);
// An answer said that nobody is signed in.
void start_lost(struct desk *d, const struct err *e);

// retain.c: counts what is past retention; with a word about it; and what a start, a sign-in and a
// day do about it.
void retention_read(struct desk *d);
void retention_opened(struct desk *d);
void retention_signed_in(struct desk *d);
void retention_due(struct desk *d);
// Of another account.
void retention_reset(struct desk *d);

// rest.c: after a task; and when the time has come.
void rest_after(struct desk *d, const struct task *t);
void rest_begin(struct desk *d);

// filters.c, count.c
void filters_free(struct filters *f);
// filters_look.c: what can be said of a filter set before it is sent.
void filters_look(struct desk *d, struct filters *f);
// How many searches it takes to send a query.
long long filters_requests(struct desk *d, const struct query *query);
// filters.c: gives an input settled values in the place of what it had.
void filters_put(struct desk *d, const struct input *input, const char *const *values, size_t n);
void filters_forget_stale(struct filters *f);
// The values of an input with the nearest ones in the place of those that no list has.
bool filters_mended(const struct filters *f, const struct input *input, struct str *out,
                    struct err *e);
// parts.c: resolves and checks a query of any length, and parts it into what requests take. Any
// thread, with its own view of the engine.
struct query_parts;
bool parts_resolve(struct app *a, struct query *q, struct query_parts *out, struct err *e);
// Lists came: what can be said of the filters may be something else.
void filters_listed(struct desk *d);
void count_later(struct desk *d);
void count_due(struct desk *d);
// Another answer tells it.
void count_stop(struct desk *d);

// search.c, page.c, columns.c
void results_free(struct results *r);
void search_open(struct desk *d, struct seat *s);
// Rows of several searches as those of one; table and file are taken over.
struct gathering;
void search_gather(struct desk *d, struct seat *s, struct gathering *g);
// Gives up what is on its way; the rows make way for others.
void search_close(struct desk *d, struct search *s);
void fetch_end(struct desk *d, struct search *s, enum task_state state);
void columns_usual(struct results *r);
// One more behind those that are shown; false where it is there already.
bool columns_show(struct results *r, size_t column, int width, bool pinned);

// marks.c, sums.c, detail.c
void marks_free(struct marks *m);
void mark_set_free(struct mark_set *set);
void mark_set_reserve(struct mark_set *set, size_t n);
void mark_set_add(struct mark_set *set, struct mark mark, size_t place);
// What a mark is called; the caller frees it.
char *mark_label(const struct entity *entity, const struct table *t, size_t place);
// Another list in the place of the marks, whose texts live on in it or in a step.
void marks_replace(struct desk *d, struct seat *s, struct mark *items, size_t n, struct map places);
// A change that was made, as a step that can be undone.
void marks_push(struct desk *d, struct seat *s, struct mark_set gone, struct mark_set come);
// Are marks being set in the background? Then it is said.
bool marks_away(struct desk *d);
// Stops that, and waits for the marks to come back.
void marks_wait(struct desk *d, struct seat *s);
// marks_many.c: marks the first so many rows of the search, in the server's order, and no others;
// whole_marked() after that. false where marks are being set already.
bool marks_only(struct desk *d, size_t rows);
// quote_search.c: pages of the search have come, or no more of them come; its rows are marked, and
// so many other marks are gone, or why they are not.
void whole_fetched(struct desk *d, struct search *search, enum task_state state);
void whole_marked(struct desk *d, struct seat *s, const struct err *why, size_t gone);
// Rows of another search are shown: a quote of the former is stale.
void whole_moved(struct desk *d, struct seat *s);
// marks_texts.c: frees the map, or the set with its texts, where nobody waits for it and once
// nobody reads them.
void marks_sweep(struct desk *d, struct map *map);
void marks_bury(struct desk *d, struct mark_set *set);
// The list for another thread to read: its texts stay until it was given back.
struct marks_copy {
    struct mark *items;
    size_t n;
};
struct marks_copy marks_copy(struct desk *d, const struct marks *m);
void marks_copy_free(struct desk *d, struct marks_copy *copy);
// The list has lost and gained marks: which ids it has is worked out, elsewhere where it takes
// long.
void marks_map(struct desk *d, struct seat *s, const struct mark_set *gone,
               const struct mark_set *come);
void marks_changed(struct desk *d, struct seat *s);
// One more mark, as it was kept; not a step that can be undone.
void marks_add(struct desk *d, struct seat *s, const char *id, const char *label);
// Of records that were purged; what could be undone goes with them.
void marks_forget(struct desk *d, struct seat *s, const char *const *ids, size_t n);
// Sums the marks up anew, whose sums are not known until then; _soon: twice a second at most, for
// what no person did.
void sums_later(struct desk *d, struct seat *s);
void sums_soon(struct desk *d, struct seat *s);
void sums_due(struct desk *d);
void detail_free(struct detail *t);
// What the library has of the record that is looked at, once more.
void detail_read(struct desk *d, struct seat *s);
// As the last session left it: the record is known by its id alone, until its row or the library
// tells more.
void detail_restore(struct desk *d, struct seat *s, const char *id);
void detail_rows_came(struct desk *d, struct seat *s);

// quote.c, ledger.c
void buying_free(struct buying *b);
// What a quote stands on has moved.
void quote_stale(struct desk *d, struct seat *s);
// Every quote that has grown old is stale from now on.
void quote_age(struct desk *d);
// So is each whose credits left are not those of the meters any more.
void quote_check(struct desk *d);
void ledger_read(struct desk *d);
// jobs_look.c: the jobs as they were read by the asked-th reading, which are taken over unless a
// later one has come before; false then.
bool jobs_take(struct desk *d, uint64_t asked, struct job_infos *jobs);
// jobs.c: false with *e where the job cannot go on as it stands.
bool job_may_go_on(const struct job_row *job, struct err *e);
void ledger_free(struct desk *d);
// The engine that is open now keeps within the desk's caps.
void budget_apply(struct desk *d);

// session.c, restore.c
// Something that is kept for the next start has changed.
void session_touch(struct desk *d);
void session_save(struct desk *d);
// Where the desk closes: waits for the file.
void session_close(struct desk *d);
// A small file; what it says takes the place of nothing yet.
void session_restore(struct desk *d);
// key.c
void key_free(struct desk *d);
// view.c
void view_put(struct desk *d, const char *name, const char *value);
void view_free(struct desk *d);
// searches.c, searches_compare.c
// What belongs to another account goes. Nothing of it may be under way.
void searches_reset(struct desk *d);
const struct saved *saved_at(const struct desk *d, int64_t id); // NULL: it is gone
struct saved saved_copy(const struct saved *s);
void changes_view_free(struct changes_view *c);
// kept.c
void kept_restore(struct desk *d, struct seat *s);
// A file for the rows that are shown from now on.
void kept_begin(struct desk *d, struct seat *s);
// Keeps a page that has come.
void kept_page(struct desk *d, struct seat *s, int number);
// Looks up who of a page is owned, and what of them is known, unless that is on its way.
void kept_note(struct desk *d, struct seat *s, int number);

// known.c
// What the library has of those that are owned, by id; on a worker. Values are for free().
void known_read(struct app *a, const struct entity *entity, const char *const *ids,
                const struct row_note *notes, size_t n, struct map *out);
void known_take(struct results *r, struct map *from);
// The library has something else now: what is on the screen is asked for again.
void known_forget(struct results *r);
// Is the row owned, and was the library not asked for it?
bool known_lacks(const struct results *r, const char *id, const struct row_note *note);
// "" where nothing is known.
const char *known_cell(const struct results *r, const char *id, size_t column);

// shadow.c
struct shadow {
    struct more_sheet sheet;
    const struct column **columns; // of sheet.all; owned
    size_t n;
};
// Is the column (of desk_column()) beyond what the table tells?
bool shadow_wanted(const struct results *r, size_t column);
void shadow_open(struct shadow *s, const struct results *r);
// Harmless on a zeroed one.
void shadow_free(struct shadow *s);
// That column is wanted: its number in the shadow.
size_t shadow_column(struct shadow *s, size_t column);
// The same rows by the same numbers; shown: those that are shown alone, in that order. On a
// worker. NULL with t->err where the library cannot be read, or it was stopped.
struct table *shadow_table(struct shadow *s, struct task *t, const struct table *of, bool shown);

// arrange.c
// The rows in the order and with the filter that are wanted; what was on its way is given up.
enum follow { FOLLOW_RECORD, FOLLOW_PLACE }; // what the cursor stays on
void arrange_now(struct desk *d, struct seat *s, enum follow follow);
// Makes the order that the server was asked for the local one; false where no column tells it.
bool arrange_as_asked(struct results *r);
// The library has something else now, by which the rows may be ordered or sifted.
void arrange_by_library(struct desk *d, struct seat *s);
// Rows have come that the order was made without: soon.
void arrange_behind(struct desk *d, struct seat *s);
void arrange_due(struct desk *d);
// pattern is taken over, text is copied; NULL: none.
void rows_filter_set(struct results *r, struct pattern *pattern, const char *text, size_t column);
// Those that are shown; the caller frees them.
size_t *results_columns(const struct results *r, size_t *n);
// For struct stop. Any thread.
bool desk_stop_asked(void *cancel);

// lists.c
// Asks for what is wanted, as far as it can be.
void lists_start(struct desk *d);
// Of another account: all are asked for anew.
void lists_reset(struct desk *d);
void lists_free(struct desk *d);

// usage.c
// The meters as the trace has them now: the one place where they come from.
void usage_take(struct desk *d);
void pulse_take(struct desk *d);

#endif
