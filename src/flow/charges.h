// The ledger's charges: looked for as a person types it, read, told as cells, exported, with what
// became of each record. Any thread but the UI's, but for what says otherwise. Floor: flow.
#ifndef LODE_FLOW_CHARGES_H
#define LODE_FLOW_CHARGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/app.h"
#include "flow/export.h"
#include "model/pattern.h"
#include "store/ledger.h"

enum { CHARGE_DAY_MAX = 11 }; // "2026-11-26"

// Which charges are wanted.
struct charges_wish {
    int state;                                         // enum charge_state, -1: any
    bool drifts;                                       // only where the meters say otherwise
    char since[CHARGE_DAY_MAX], until[CHARGE_DAY_MAX]; // local days, "": any
    char *profile;                                     // owned, NULL: any
    struct pattern *text;                              // owned, in any cell; NULL: any
};

// "in-doubt", "in doubt" or "cleared-up"; ERR_INVALID names the nearest. Any thread.
bool charge_state_read(const char *text, int *out, struct err *e);
// What a state is called for people: "under way", "IN DOUBT". Any thread.
const char *charge_state_shown(enum charge_state state);
// state:in-doubt, since:DAY, until:DAY, day:DAY, profile:NAME, drift:yes; all else is text,
// /expression/ or =letters. now_ms: what today and yesterday are. Any thread.
bool charges_wish_read(const char *typed, int64_t now_ms, struct charges_wish *out, struct err *e);
void charges_wish_free(struct charges_wish *w);
bool charges_wish_holds(const struct charges_wish *w, const struct ledger_row *row);

// The numbers of those that are wanted, newest first, into *ids (the caller frees it); with a NULL
// wish *ids is NULL and *n how many charges there are: *n, *n - 1, ... 1.
bool charges_find(struct app *a, const struct charges_wish *w, int64_t **ids, size_t *n,
                  struct err *e);
bool charges_rows(struct app *a, const int64_t *ids, size_t n,
                  bool (*each)(void *self, const struct ledger_row *row), void *self,
                  struct err *e);

// The same columns wherever the ledger is written. Any thread.
extern const struct sheet_column charge_columns[];
size_t charge_columns_count(void);
enum { CHARGE_CELLS = 32, CHARGE_NUMBER_MAX = 24 };
struct charge_cells {
    const char *cells[CHARGE_CELLS]; // of charge_columns
    size_t n;
    char numbers[CHARGE_CELLS][CHARGE_NUMBER_MAX];
    char times[3][CLOCK_ISO_MAX];
};
// Fills *out; its texts live as long as it and row. Any thread.
void charge_cells(const struct ledger_row *row, struct charge_cells *out);
// Those that are wanted (NULL: all), newest first, into a file or stream; options' columns are set
// here. False: no file is there. Stops where the app's cancel token fires.
bool charges_export(struct app *a, const struct charges_wish *w,
                    const struct export_options *options, struct export_result *out, struct err *e);

// What became of one record of a charge.
struct charge_record {
    char *id;    // or the key of an input
    char *shown; // what people call it: its id, or "in.csv, line 3"
    char *label; // as the library has it, "" where it has not
    enum fate fate;
};

struct charge_records {
    struct charge_record *items; // owned
    size_t n;
};

bool charges_records(struct app *a, const struct ledger_row *row, struct charge_records *out,
                     struct err *e);
// The records of a charge whose answer never came, or, with 0, of all in doubt of an entity, each
// once. ERR_NOT_FOUND where there are none that can be sent by id.
bool charges_doubtful(struct app *a, const struct entity *entity, int64_t charge,
                      struct charge_records *out, struct err *e);
void charge_records_free(struct charge_records *r);
// What it asked for, for people: "lines 2-3, 6 of in.csv", "25 records, chosen in texans". Appends.
// Any thread.
void charge_asked_say(const struct ledger_row *row, struct str *out);
// The line of a file that its input `at`, from 0 on, was made of; 0: of none. Any thread.
size_t charge_line(const struct ledger_row *row, size_t at);
// What became of a record, for people: "a credit", "owned: no credit", "no match", ... By its
// charge's state where its own fate was not told. Any thread.
const char *charge_fate_shown(enum fate fate, enum charge_state state);

#endif
