// The values of one filter while they are being chosen: what is included, what is excluded, as
// texts that desk_filter_set() reads. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_VALUES_H
#define LODE_UI_PANE_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/lookup.h"
#include "model/query.h"

struct value_choice {
    char *text;     // owned
    long long item; // in the list of values, -1: not one of them
    bool excluded;
};

struct value_choices {
    struct value_choice *items; // owned
    size_t len, cap;
};

void value_choices_free(struct value_choices *v);
// Adds what the query's filter on this input has; NULL input: nothing.
void value_choices_read(struct value_choices *v, const struct query *q, const struct input *input,
                        bool excluded);
// The list came: finds each text in it.
void value_choices_match(struct value_choices *v, const struct lookup_list *list);
// Turns value number item of the list on or off on that side; where it is on the other side it
// changes sides. many false: it takes the place of whatever that side has.
void value_choices_toggle(struct value_choices *v, const struct lookup_list *list, size_t item,
                          bool excluded, bool many);
void value_choices_add(struct value_choices *v, const char *text, long long item, bool excluded);
void value_choices_take_out(struct value_choices *v, const struct value_choice *choice);
// NULL where the item is not chosen.
const struct value_choice *value_choices_find(const struct value_choices *v, size_t item);
// One side as text: values with ", " between, quoted where they need it.
void value_choices_text(const struct value_choices *v, bool excluded, struct str *out);
// What a value is called when people say it: its name, or its id where the name would lead to
// another one.
const char *value_name(const struct lookup_list *list, size_t item);

#endif
