// The explorer's commands as one const table: keys, the `:` line, palette, menu, help, completion,
// manual and -e all come from it. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_CMD_H
#define LODE_UI_FRAME_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/line.h"

struct frame;

// What an argument is, for completion.
enum cmd_arg {
    ARG_NONE,
    ARG_TEXT,
    ARG_PANE,
    ARG_WHERE,  // FIELD=VALUE of the entity's filters
    ARG_COLUMN, // of the results
    ARG_SORT,   // an order the server knows
    ARG_ENTITY,
    ARG_THEME,
    ARG_FILE,
    ARG_NUMBER,
    ARG_SWITCH, // on or off
    ARG_WHICH,  // marked, fetched or owned
    ARG_COMMAND,
    ARG_CONTEXT,
    ARG_KEY,
    ARG_SETTING,
    ARG_VALUE,  // of the setting before it
    ARG_CHOICE, // one of the words that the command's args name: "[day|search]"
    ARG_JOB,
    ARG_PROFILE
};

enum cmd_topic {
    TOPIC_MOVE,
    TOPIC_PANES,
    TOPIC_ROWS,
    TOPIC_SEARCH,
    TOPIC_MONEY,
    TOPIC_FILES,
    TOPIC_LODE,
    CMD_TOPICS
};

// Bits: what must hold before a command runs; tested by gate_pass() alone.
enum cmd_need {
    NEED_ACCOUNT = 1, // somebody, or the sandbox, is signed in
    NEED_ROWS = 2,    // a search was run
    NEED_ROW = 4,     // its row under the cursor is fetched
    NEED_MARKS = 8,
    NEED_SPENDER = 16,  // this process may spend
    NEED_UNLOCKED = 32, // the spend lock is open
    NEED_QUOTE = 64,    // the quote is fresh
    NEED_SCREEN = 128   // a full screen: not with --linear
};

enum cmd_flag {
    CMD_SPENDS = 1, // confirmed before it runs; no key can be bound to it
    CMD_OVER = 2,   // works while a popup is open
    CMD_FORGET = 4, // what was typed is kept in no history
    CMD_LOOKS = 8,  // changes only what is looked at: its key runs among others that came at once
    CMD_THERE = 16  // of one pane, wherever the keys are: that is opened first
};

enum { CMD_ARGS = 3 };

struct cmd {
    const char *name;
    const char *args;             // as help shows them: "PANE", "[on|off]"
    enum cmd_arg takes[CMD_ARGS]; // of each argument; the last one holds for all that follow
    int min_args, max_args;       // -1: as many as there are
    const char *ask;              // what is asked for where an argument is missing; NULL: usage
    enum cmd_topic topic;
    unsigned needs; // enum cmd_need bits
    unsigned flags; // enum cmd_flag bits
    // NULL: only panes act on it. Else called where neither the popup nor the pane does.
    bool (*run)(struct frame *f, const struct line *line, struct err *e);
    const char *help; // one line
};

// In the order of help; ended by a row whose name is NULL.
const struct cmd *cmd_all(void);
// NULL where there is none.
const struct cmd *cmd_find(const char *name);
// The same with a word's place and the nearest name in *e.
const struct cmd *cmd_named(const struct word *word, struct err *e);
// The same for a key: the nearest of those that spend nothing.
const struct cmd *cmd_named_for_key(const struct word *word, struct err *e);
// Whether there are as many arguments as it takes; words begin with its name. The usage in *e.
bool cmd_takes(const struct cmd *c, const struct word *words, size_t n, struct err *e);
const char *cmd_topic_label(enum cmd_topic topic);

#endif
