// Which columns of a file give which inputs of an enrich call, and what a line of it asks for.
// Values. Floor: model.
#ifndef LODE_MODEL_MATCH_PLAN_H
#define LODE_MODEL_MATCH_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "model/entity.h"

struct match_plan {
    const struct entity *entity;
    char **names;                      // the file's columns; owned
    const struct match_input **inputs; // one a column, NULL: it is only passed on; owned
    size_t n;
};

enum { MATCH_REASON_MAX = 160 };

// Guesses the inputs from the headings, which are compared by their letters and digits without
// case. Of two columns that would give the same input the first one does.
struct match_plan match_plan_guess(const struct entity *entity, const char *const *names, size_t n);
void match_plan_free(struct match_plan *p);
// "COLUMN=INPUT", or "COLUMN=" for none; COLUMN by heading or number from 1, INPUT by name, alias
// or label. Takes the input from the column that had it. ERR_INVALID names what is unknown.
bool match_plan_map(struct match_plan *p, const char *text, struct err *e);
void match_plan_set(struct match_plan *p, size_t column, const struct match_input *input);
// Appends its inputs by the columns' numbers from 1: "2=emailAddress,5=phone". Headings are left
// out: a file without any may begin with a person.
void match_plan_text(const struct match_plan *p, struct str *out);
// Takes the inputs of such a text in the place of its own. false: a column or an input is unknown.
bool match_plan_take(struct match_plan *p, const char *text);
// Whether a line with all its columns filled would suffice; else *e says what is lacking.
bool match_plan_suffices(const struct match_plan *p, struct err *e);
// The column that gives an input, or p->n.
size_t match_plan_column(const struct match_plan *p, const struct match_input *input);
// What suffices, for people: "e-mail; or full name and company name or company id; ...".
void match_plan_needs(const struct entity *entity, struct str *out);

// What a line asks for.
struct match_line {
    struct str json; // {"emailAddress":"a@b.c"}
    struct str key;  // the same for comparing: without case, marks of phones and so on
    struct str id;   // of the record itself, where it is given: it alone says which one is meant
    char reason[MATCH_REASON_MAX]; // why it is not worth sending
};

// cells: one a column. false: l->reason says why it cannot be sent. l is used again from line to
// line.
bool match_line_read(const struct match_plan *p, const char *const *cells, struct match_line *l);
void match_line_free(struct match_line *l);

#endif
