// The library, searched without the API: which records fit, their rows, their history, and how two
// answers of one differ. Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_LIBRARY_FIND_H
#define LODE_FLOW_LIBRARY_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/app.h"
#include "flow/enrich.h"
#include "flow/library_wish.h"
#include "store/library.h"

// The numbers of the answers that fit, in the order wished for; the caller frees them. Where words
// or flags are asked for, the index is brought up to date first, which is told as steps.
bool library_find(struct app *a, const struct library_wish *w, int64_t **out, size_t *n,
                  struct err *e);
// Rows of such numbers; those that have gone meanwhile are left out.
bool library_rows(struct app *a, const int64_t *numbers, size_t n,
                  bool (*each)(void *arg, const struct library_row *row), void *arg, struct err *e);
// One record. ERR_NOT_FOUND where it is not owned.
bool library_record(struct app *a, const struct entity *entity, const char *id,
                    bool (*each)(void *arg, const struct library_row *row), void *arg,
                    struct err *e);
// The answers a record had, the one that holds first.
bool library_versions(struct app *a, const struct entity *entity, const char *id,
                      bool (*each)(void *arg, const struct library_version *v), void *arg,
                      struct err *e);
// The free window's end of a row; until when a notice is due to the person (model/notice.h; UTC,
// 0: none is); and the row as what exports and tables take.
int64_t library_until(const struct app *a, const struct entity *entity,
                      const struct library_row *row);
int64_t library_notice_by(const struct entity *entity, const struct library_row *row);
struct enriched_row library_enriched(const struct library_row *row);
// Is a name among those of fields, ',' between?
bool library_names(const char *names, const char *name);
// The next of a row's older fields that came together: when, UTC, and their names, ',' between.
// *older, NULL at first where there are none, goes on behind them; false: there are no more.
bool library_older(const char **older, int64_t *fetched_ms, struct str *names);
// When a field came: with one of these, else with the newest answer.
int64_t library_fetched(const char *older, const char *name, int64_t newest_ms);

// What names a record: a person's name, a company's.
void library_label(const struct entity *entity, const struct library_row *row, struct str *out);

// A field that two answers tell otherwise. "" for what is absent.
struct difference {
    const struct column *column;
    const char *before, *after;
};

// Each field of the catalogue that the later one was asked for and tells otherwise. Texts live
// until each() returns.
void library_differences(const struct entity *entity, const struct library_version *before,
                         const struct library_version *after,
                         void (*each)(void *arg, const struct difference *d), void *arg);

// What people write about owned records. ERR_REFUSED where another process writes the ledger.
bool library_note(struct app *a, const struct entity *entity, const char *id, const char *text,
                  struct err *e);
// The tag on, or off, those that are owned; ERR_NOT_FOUND where none is.
bool library_tag(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                 const char *tag, bool on, struct tagged *out, struct err *e);
// Appends what became of n records: how many changed, had it so already, or are not owned.
void library_tag_say(const struct entity *entity, const struct tagged *done, size_t n,
                     const char *tag, bool on, struct str *out);
// The tags there are.
bool library_tags(struct app *a, const struct entity *entity,
                  bool (*each)(void *arg, const char *tag, long long n), void *arg, struct err *e);

#endif
