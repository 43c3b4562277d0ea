// An analyst's desk: all that one explorer knows and does, without a screen. The UI thread owns it;
// every function returns at once. Work runs elsewhere and comes back through desk_serve(), which
// alone changes what stands here. Floor: desk.
#ifndef LODE_DESK_DESK_H
#define LODE_DESK_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/buying.h"
#include "desk/filters.h"
#include "desk/ledger_charges.h"
#include "desk/library.h"
#include "desk/lists.h"
#include "desk/marks.h"
#include "desk/doctor.h"
#include "desk/results.h"
#include "desk/sign_in.h"
#include "desk/searches.h"
#include "desk/task.h"
#include "desk/value_load.h"
#include "flow/app.h"
#include "flow/export.h"
#include "flow/trace.h"

// Bits: which parts changed.
enum desk_part {
    DESK_ACCOUNT = 1,
    DESK_FILTERS = 2,
    DESK_RESULTS = 4,
    DESK_MARKS = 8,
    DESK_DETAIL = 16,
    DESK_QUOTE = 32,
    DESK_USAGE = 64, // meters, token, rate, ledger
    DESK_TASKS = 128,
    DESK_TRACE = 256,
    DESK_LISTS = 512,
    DESK_MESSAGE = 1024,
    DESK_PLACE = 2048, // of the results: cursor and window, and nothing else of them
    DESK_LIBRARY = 4096,
    DESK_SEARCHES = 8192, // saved ones, history, waterfall, parts
    DESK_PAGES = 16384    // of the results: how many are fetched, and no row that is looked at
};

// What leaves a pane as it stands, but for a line or two.
#define DESK_LITTLE ((unsigned)DESK_PLACE | DESK_PAGES)

enum desk_state {
    DESK_NOBODY,   // no account chosen: the welcome pane
    DESK_STARTING, // the sandbox, the store or the sign-in is on its way; what is kept is shown
    DESK_READY,
    DESK_FAILED // d->failed says why; what is kept can be browsed
};

// Whom the explorer talks to. Texts are copied.
struct desk_config {
    bool sandbox;
    const char *base_url, *profile, *ca_file; // NULL where the command line did not say
    int rate;                                 // requests a second, -1: the account's usual
    const char *user;                         // or NULL
    const struct secret *password; // to sign in with for this run; borrowed by desk_open(), or NULL
};

// The last thing to be said, for the bottom line. number grows with each.
struct desk_message {
    uint64_t number;
    enum err_kind kind; // ERR_NONE: plain talk
    char text[ERR_TEXT_MAX];
};

enum { DESK_SAID = 8 }; // messages that wait for who shows them

// What the top bar shows beside the meters; fresh after desk_tick().
struct desk_pulse {
    int64_t token_expires_ms; // UTC, 0: no token
    bool signing_in;
    bool alone;                // calls of other Lodes are not counted with these
    int rate_used, rate_limit; // slots of this second's window
    int in_flight;
};

// All fields are for the UI to read and for desk/ alone to write.
struct desk {
    enum desk_state state;
    struct err failed;
    bool sandbox;
    char *profile, *host; // as the top bar shows them; owned
    bool spender; // this process may spend and save; false: another Lode has this profile, browse
    bool locked;  // the spend lock: on at every start
    struct limits limits; // what may be spent, beside the account's credits
    bool live_count;      // count again after each change of the filters
    bool privacy;         // people's names and values are masked on the screen
    struct desk_message message;         // the last one
    struct desk_message said[DESK_SAID]; // it and those before it, each at its number
    struct desk_pulse pulse;
    struct usage usage;
    int64_t usage_ms; // UTC when the meters were last told, 0: never
    struct filters filters;
    struct results results;
    struct marks marks;
    struct detail detail;
    struct buying buying;
    struct ledger_view ledger;
    struct charges_view charges;
    struct job_infos jobs;
    uint64_t jobs_read; // grows with each reading of them
    struct job_quote job_quote;
    struct library_view library;
    struct retention_view retention;
    struct searches_view searches;
    struct task_list tasks;
    struct key_view key;         // a private key to sign in with
    struct keyring_view keyring; // whether it could keep a secret
    struct doctor_view doctor;
    char *faults;        // of lode.conf, for the doctor; owned; NULL: it was not told of any
    struct trace *trace; // of flow: has a lock of its own
    struct desk_private *private;
};

// An empty desk; restores what the profile's last session left (a small file; no network, no
// store).
struct desk *desk_open(const struct desk_config *config);
// Saves, cancels what runs (calls that may charge are waited for up to five seconds) and frees.
void desk_close(struct desk *d);
// Starts what takes time: sandbox or sign-in, store, kept rows. After the first frame; after
// DESK_FAILED it tries again. Where the configuration names no account: DESK_NOBODY.
void desk_start(struct desk *d);

// Readable when desk_serve() has something to do; for poll only.
int desk_fd(const struct desk *d);
// Takes in what came back. Returns the parts (enum desk_part bits) that changed since the last
// call, by it or by the functions of desk/.
unsigned desk_serve(struct desk *d);
// The parts that changed, without taking anything in.
unsigned desk_changes(struct desk *d);
// Milliseconds until desk_tick() is wanted (live count, saving, a rate that falls); -1: never, so
// that an idle desk wakes nobody.
int desk_tick_ms(const struct desk *d);
void desk_tick(struct desk *d);

// The engine's clock, for ages and dates: milliseconds since 1970, UTC.
int64_t desk_utc_ms(const struct desk *d);
// Shows an https address in the person's browser: xdg-open as a child of its own, without a shell,
// its output thrown away. ERR_INVALID for any other address, ERR_NOT_FOUND without xdg-open.
bool desk_browse(const char *url, struct err *e);

// Undo and redo of filters, marks, columns and orders of rows, where the server's costs a request.
// false with *e where there is nothing or it cannot be asked for; *what says
// what it did, for the bottom line.
bool desk_undo(struct desk *d, struct str *what, struct err *e);
bool desk_redo(struct desk *d, struct str *what, struct err *e);
// The pane that shows what the next of them changes, or NULL: there is none.
const char *desk_undo_pane(const struct desk *d);
const char *desk_redo_pane(const struct desk *d);
// Opens or closes the spend lock. Closed, it pauses what is buying: calls under way end, no other
// is begun. ERR_REFUSED where this process may not spend.
bool desk_lock(struct desk *d, bool locked, struct err *e);
// Is something under way that may charge?
bool desk_spends(const struct desk *d);
// A cap on what is spent from now on; CAP_NONE: none. What is under way keeps within it too, but
// for a job's, which holds from the next one on.
void desk_set_budget(struct desk *d, enum cap_kind which, long long most);
// How many months a record that was bought stays free: what is asked from then on goes by it.
void desk_set_free_months(struct desk *d, int months);
// Counting by itself after each change of the filters; people's names and values masked.
void desk_set_live_count(struct desk *d, bool on);
void desk_set_privacy(struct desk *d, bool on);
// Another entity: contact or company. Each has filters, marks, results and columns of its own.
void desk_entity(struct desk *d, const struct entity *entity);
// Asks GET /lookup/usage and reads the ledger again.
void desk_refresh_usage(struct desk *d);
// What leaving now would lose or stop, one plain sentence, or NULL: nothing.
const char *desk_unfinished(struct desk *d);
// How the screen is left, kept for the next start as words of the caller's: the open pane, where a
// line was dragged to. desk_remembered() is NULL where nothing is known of the name.
void desk_remember(struct desk *d, const char *name, const char *value);
const char *desk_remembered(const struct desk *d, const char *name);

enum export_what { EXPORT_MARKED, EXPORT_FETCHED, EXPORT_OWNED, EXPORT_LIBRARY, EXPORTS };

struct export_order {
    // EXPORT_OWNED: marked rows as the library has them, all bought fields; EXPORT_LIBRARY: the
    // same of what was found there last, in its order.
    enum export_what what;
    const char *format; // "csv", "tsv", "json", "jsonl", "sqlite"
    const char *path;   // ~/ is home
    const char *preset; // of columns and headings; "plain": as shown
    bool replace;       // an existing file
    bool raw_formulas;
    bool crlf, bom;      // of CSV and TSV
    enum export_dnc dnc; // rows with a do-not-call flag
    bool manifest;       // PATH.manifest.json beside it
};

// Writes in the background, as a task; the message at its end says rows, basis and file. At once *e
// where the order cannot be: no rows, unknown format, or the file or its manifest is there
// (ERR_EXISTS) and replace is false.
bool desk_export(struct desk *d, const struct export_order *order, struct err *e);

#endif
