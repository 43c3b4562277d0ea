// What a person can set, as one table: lode.conf, `set`, completion and the manual read it. Values;
// UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_SETTINGS_H
#define LODE_UI_FRAME_SETTINGS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/line.h"

enum setting {
    SETTING_THEME,
    SETTING_MOUSE,
    SETTING_PRIVACY,
    SETTING_LIVE_COUNT,
    SETTING_SPLIT,
    SETTING_DETAIL_SPLIT,
    SETTING_TYPED_ABOVE,
    SETTING_BUDGET_JOB,
    SETTING_BUDGET_SESSION,
    SETTING_BUDGET_DAY,
    SETTING_FREE_MONTHS,
    SETTING_RETAIN_MONTHS,
    SETTING_RETAIN_PURGE,
    SETTINGS
};

enum setting_kind { KIND_SWITCH, KIND_NUMBER, KIND_NAME, KIND_CAP, KIND_PURGE };

struct setting_def {
    const char *name;
    enum setting_kind kind;
    int min, max;      // of a number
    const char *first; // before anybody said anything
    const char *help;  // one line
};

struct settings {
    char *texts[SETTINGS]; // owned; NULL: as at first
};

// SETTINGS rows.
const struct setting_def *setting_defs(void);
// A line whose words 1 and 2 are a setting's name and value. false with *e (column first). *which
// says which, also where the value is wrong.
bool settings_line(struct settings *s, const struct line *line, enum setting *which, struct err *e);
// The setting of that name, with the nearest name in *e where there is none.
bool setting_named(const struct word *word, enum setting *which, struct err *e);
// The first whose name begins so, or NULL.
const char *setting_begun(const char *text);
// value is one that the setting takes.
void settings_put(struct settings *s, enum setting which, const char *value);
const char *settings_text(const struct settings *s, enum setting which);
// Of a switch 0 or 1; of how to purge 0: ask, 1: auto.
int settings_int(const struct settings *s, enum setting which);
void settings_free(struct settings *s);
// "on", "yes", "true", "off", "no", "false".
bool switch_parse(const char *text, bool *on);
// "ask" or "auto".
bool purge_parse(const char *text, bool *automatic);

#endif
