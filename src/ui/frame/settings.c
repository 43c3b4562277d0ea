// What a person can set, as one table. Values; UI thread. Floor: ui/frame.
#include "ui/frame/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "flow/limits.h"

enum { SPLIT_MIN = 10, SPLIT_MAX = 90, CREDITS_MAX = 1000000 };

static const struct setting_def defs[SETTINGS] = {
    [SETTING_THEME] = {"theme", KIND_NAME, 0, 0, "default",
                       "how it looks: a name from themes/ here or beside lode.conf"},
    [SETTING_MOUSE] = {"mouse", KIND_SWITCH, 0, 1, "on", "the mouse is Lode's from the start"},
    [SETTING_PRIVACY] = {"privacy", KIND_SWITCH, 0, 1, "off",
                         "people's names and values are masked from the start"},
    [SETTING_LIVE_COUNT] = {"live-count", KIND_SWITCH, 0, 1, "on",
                            "count again a moment after each change of the filters: one request"},
    [SETTING_SPLIT] = {"split", KIND_NUMBER, SPLIT_MIN, SPLIT_MAX, "30",
                       "how much of the width the left pane gets, in percent"},
    [SETTING_DETAIL_SPLIT] = {"detail-split", KIND_NUMBER, SPLIT_MIN, SPLIT_MAX, "40",
                              "how much of the rest the detail gets beside the rows, in percent"},
    [SETTING_TYPED_ABOVE] = {"typed-above", KIND_NUMBER, 0, CREDITS_MAX, "100",
                             "a purchase of more credits has to be typed as a number"},
    [SETTING_BUDGET_JOB] = {"budget-job", KIND_CAP, 0, 0, "none",
                            "the most credits that one purchase may cost"},
    [SETTING_BUDGET_SESSION] = {"budget-session", KIND_CAP, 0, 0, "none",
                                "the most credits from this start to its end"},
    [SETTING_BUDGET_DAY] = {"budget-day", KIND_CAP, 0, 0, "none",
                            "the most credits from midnight to midnight"},
    [SETTING_FREE_MONTHS] = {FREE_MONTHS_NAME, KIND_NUMBER, FREE_MONTHS_MIN, FREE_MONTHS_MAX, "12",
                             "months that a record stays free once it was bought, as the contract "
                             "says"},
    [SETTING_RETAIN_MONTHS] = {RETAIN_MONTHS_NAME, KIND_NUMBER, 0, RETAIN_MONTHS_MAX, "0",
                               "months that a record is kept once it was fetched; 0: until it is "
                               "purged"},
    [SETTING_RETAIN_PURGE] = {"retain-purge", KIND_PURGE, 0, 0, "ask",
                              "what is kept longer is purged: ask, or auto, at the start of the "
                              "explorer and once a day"},
};

const struct setting_def *setting_defs(void)
{
    return defs;
}

bool switch_parse(const char *text, bool *on)
{
    static const char *const words[] = {"off", "on", "no", "yes", "false", "true"};

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (str_eq(text, words[i])) {
            *on = i % 2;
            return true;
        }
    }
    return false;
}

bool purge_parse(const char *text, bool *automatic)
{
    *automatic = str_eq(text, "auto");
    return *automatic || str_eq(text, "ask");
}

bool setting_named(const struct word *word, enum setting *which, struct err *e)
{
    struct near near = near_start(word->text);

    for (int i = 0; i < SETTINGS; i++) {
        if (str_eq(word->text, defs[i].name)) {
            *which = (enum setting)i;
            return true;
        }
        near_try(&near, defs[i].name);
    }
    return line_fault(e, word, "there is no setting \"%.40s\"%s%s", word->text,
                      near.best ? "; did you mean " : "", near.best ? near.best : "");
}

const char *setting_begun(const char *text)
{
    for (int i = 0; *text && i < SETTINGS; i++) {
        if (str_starts(defs[i].name, text))
            return defs[i].name;
    }
    return NULL;
}

static bool check(const struct setting_def *d, const struct word *word, struct err *e)
{
    long long number;
    bool on;

    switch (d->kind) {
    case KIND_SWITCH:
        return switch_parse(word->text, &on) ||
               line_fault(e, word, "%s is on or off, not \"%.20s\"", d->name, word->text);
    case KIND_NUMBER:
        return (str_int64(word->text, &number) && number >= d->min && number <= d->max) ||
               line_fault(e, word, "%s is a number from %d to %d, not \"%.20s\"", d->name, d->min,
                          d->max, word->text);
    case KIND_CAP:
        return limit_parse(word->text, &number) ||
               line_fault(e, word, "%s is a number of credits or none, not \"%.20s\"", d->name,
                          word->text);
    case KIND_PURGE:
        return purge_parse(word->text, &on) ||
               line_fault(e, word, "%s is ask or auto, not \"%.20s\"", d->name, word->text);
    case KIND_NAME:
        return (*word->text && !strchr(word->text, '/')) ||
               line_fault(e, word, "%s is a name, not \"%.20s\"", d->name, word->text);
    }
    return false;
}

bool settings_line(struct settings *s, const struct line *line, enum setting *which, struct err *e)
{
    if (!setting_named(&line->words[1], which, e) || !check(&defs[*which], &line->words[2], e))
        return false;
    settings_put(s, *which, line->words[2].text);
    return true;
}

void settings_put(struct settings *s, enum setting which, const char *value)
{
    char *copy = mem_strdup(value);

    free(s->texts[which]);
    s->texts[which] = copy;
}

const char *settings_text(const struct settings *s, enum setting which)
{
    return s->texts[which] ? s->texts[which] : defs[which].first;
}

int settings_int(const struct settings *s, enum setting which)
{
    long long number = 0;
    bool on;

    if (defs[which].kind == KIND_SWITCH)
        return switch_parse(settings_text(s, which), &on) && on;
    if (defs[which].kind == KIND_PURGE)
        return purge_parse(settings_text(s, which), &on) && on;
    (void)str_int64(settings_text(s, which), &number);
    return (int)number;
}

void settings_free(struct settings *s)
{
    for (int i = 0; i < SETTINGS; i++)
        free(s->texts[i]);
    *s = (struct settings){0};
}
