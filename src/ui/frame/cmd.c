// Commands by their names, and what they take. Immutable. Floor: ui/frame.
#include "ui/frame/cmd.h"

#include "base/near.h"
#include "base/str.h"
#include "ui/frame/settings.h"

// As other programs call them.
static const char *own_name(const char *name)
{
    return str_eq(name, "q") ? "quit" : name;
}

const struct cmd *cmd_find(const char *name)
{
    name = own_name(name);
    for (const struct cmd *c = cmd_all(); c->name; c++) {
        if (str_eq(c->name, name))
            return c;
    }
    return NULL;
}

// Without these flags.
static const char *command_begun(const char *text, unsigned without)
{
    for (const struct cmd *c = cmd_all(); *text && c->name; c++) {
        if (!(c->flags & without) && str_starts(c->name, text))
            return c->name;
    }
    return NULL;
}

// What it was the beginning of, else what it is near to.
static void fail_unknown(const struct word *word, unsigned not, struct err *e)
{
    const char *command = command_begun(word->text, not );
    const char *setting = command ? NULL : setting_begun(word->text);
    struct near near = near_start(word->text);

    for (const struct cmd *c = cmd_all(); c->name && !command && !setting; c++) {
        if (!(c->flags & not ))
            near_try(&near, c->name);
    }
    command = command ? command : near.best;
    (void)line_fault(e, word, "there is no command \"%.40s\"; %s%s%s", word->text,
                     command || setting ? "did you mean " : "help shows them all",
                     setting ? "set " : "",
                     setting   ? setting
                     : command ? command
                               : "");
}

// Without the flags `not` where one has to be suggested.
static const struct cmd *named(const struct word *word, unsigned not, struct err *e)
{
    const struct cmd *found = cmd_find(word->text);

    if (!found)
        fail_unknown(word, not, e);
    return found;
}

const struct cmd *cmd_named(const struct word *word, struct err *e)
{
    return named(word, 0, e);
}

const struct cmd *cmd_named_for_key(const struct word *word, struct err *e)
{
    return named(word, CMD_SPENDS, e);
}

bool cmd_takes(const struct cmd *c, const struct word *words, size_t n, struct err *e)
{
    int args = (int)n - 1;

    if (args >= c->min_args && (c->max_args < 0 || args <= c->max_args))
        return true;
    if (args < c->min_args)
        return line_fault(e, &words[0], "too few words; it goes: %s %s", c->name, c->args);
    return line_fault(e, &words[c->max_args + 1], "one word too many; it goes: %s%s%s", c->name,
                      *c->args ? " " : "", c->args);
}

const char *cmd_topic_label(enum cmd_topic topic)
{
    static const char *const labels[] = {
        [TOPIC_MOVE] = "Moving",      [TOPIC_PANES] = "Panes", [TOPIC_ROWS] = "Rows",
        [TOPIC_SEARCH] = "Searching", [TOPIC_MONEY] = "Money", [TOPIC_FILES] = "Files",
        [TOPIC_LODE] = "Lode"};

    return labels[topic];
}
