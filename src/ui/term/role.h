// What a cell means; a theme says how each meaning looks. Never colour alone: whoever draws says
// the same in text. Values. Floor: ui/term.
#ifndef LODE_UI_TERM_ROLE_H
#define LODE_UI_TERM_ROLE_H

#include <stdbool.h>

// ROLE(NAME, "name in themes", "what it is for")
#define ROLES(ROLE)                                                                                \
    ROLE(TEXT, "text", "ordinary text")                                                            \
    ROLE(DIM, "dim", "what matters less: hints, units, rows not fetched yet")                      \
    ROLE(STRONG, "strong", "what matters more")                                                    \
    ROLE(BAR, "bar", "top and bottom bar")                                                         \
    ROLE(BAR_STRONG, "bar-strong", "the profile's name and numbers in the bars")                   \
    ROLE(BORDER, "border", "lines around a pane")                                                  \
    ROLE(BORDER_FOCUS, "border-focus", "lines around the pane that has the keys")                  \
    ROLE(TITLE, "title", "a pane's title")                                                         \
    ROLE(HEADER, "header", "column headings")                                                      \
    ROLE(CURSOR, "cursor", "the row or item the cursor is on")                                     \
    ROLE(CURSOR_AWAY, "cursor-away", "the same in a pane without the keys")                        \
    ROLE(MARK, "mark", "a marked row")                                                             \
    ROLE(FOUND, "found", "text that was searched for")                                             \
    ROLE(KEY, "key", "names of keys")                                                              \
    ROLE(LABEL, "label", "names of fields")                                                        \
    ROLE(FIELD, "field", "what is being typed")                                                    \
    ROLE(CHOICE, "choice", "a button or tab that can be chosen")                                   \
    ROLE(CHOSEN, "chosen", "the button or tab that is chosen")                                     \
    ROLE(OWNED, "owned", "a record that is owned: costs nothing")                                  \
    ROLE(PRICE, "price", "what something costs")                                                   \
    ROLE(UNSURE, "unsure", "in doubt, unknown, between two numbers")                               \
    ROLE(GOOD, "good", "done, passed, unlocked on purpose")                                        \
    ROLE(WARNING, "warning", "look here")                                                          \
    ROLE(ERROR, "error", "it failed")                                                              \
    ROLE(METER, "meter", "the used part of a meter, bars of charts")                               \
    ROLE(METER_REST, "meter-rest", "the rest of a meter")

enum role {
#define ROLE_ENUM(id, name, about) ROLE_##id,
    ROLES(ROLE_ENUM)
#undef ROLE_ENUM
        ROLE_COUNT
};

#endif
