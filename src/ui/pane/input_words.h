// What an input takes, in a few words for people. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_INPUT_WORDS_H
#define LODE_UI_PANE_INPUT_WORDS_H

#include "base/str.h"
#include "model/entity.h"

// "=", ">=", "<=", "!" of an exclude twin, or "within" of a radius.
const char *input_sign(const struct entity *entity, const struct input *input);
// In the place of a value: its unit or form, or NULL.
const char *input_hint(const struct input *input);
// A sentence or two: the name in the API, what it takes, how several values are written.
void input_about(const struct entity *entity, const struct input *input, struct str *out);
// Why the account may not search by it.
#define INPUT_DENIED "not in your account"

#endif
