// Commands, keys, settings and roles as rows of text. Any thread. Floor: ui/frame.
#include "ui/frame/lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/frame/cmd.h"
#include "ui/frame/config.h"
#include "ui/frame/themes.h"
#include "ui/term/event.h"
#include "ui/term/role.h"

typedef bool row_taker(void *self, const char *const *cells);

static void commands(row_taker *row, void *self)
{
    for (const struct cmd *c = cmd_all(); c->name; c++) {
        const char *cells[] = {c->name, c->args, c->help, cmd_topic_label(c->topic)};

        if (!row(self, cells))
            return;
    }
}

static bool key_row(const struct binding *b, row_taker *row, void *self)
{
    char *from = b->line ? str_format("%s:%d", b->from, b->line) : mem_strdup(b->from);
    struct str key = {0};
    const char *cells[5] = {b->context, NULL, b->command, b->cmd->help, from};
    bool more;

    key_print(b->key, &key);
    cells[1] = str_text(&key);
    more = row(self, cells);
    str_free(&key);
    free(from);
    return more;
}

static void keys(row_taker *row, void *self)
{
    struct config c;

    config_init(&c, panes_all());
    config_load(&c);
    for (size_t i = 0; i < c.keys.len && key_row(&c.keys.items[i], row, self); i++)
        continue;
    config_free(&c);
}

static void faults(row_taker *row, void *self)
{
    struct config c;
    char *rest, *line;

    config_init(&c, panes_all());
    config_load(&c);
    rest = c.fault.data;
    while ((line = strsep(&rest, "\n"))) {
        const char *cells[] = {line};

        if (!row(self, cells))
            break;
    }
    config_free(&c);
}

static void settings(row_taker *row, void *self)
{
    for (int i = 0; i < SETTINGS; i++) {
        const struct setting_def *d = &setting_defs()[i];
        char *range = str_format("%d to %d", d->min, d->max);
        const char *cells[] = {d->name,
                               d->kind == KIND_SWITCH   ? "on or off"
                               : d->kind == KIND_NUMBER ? range
                               : d->kind == KIND_CAP    ? "a number of credits, or none"
                               : d->kind == KIND_PURGE  ? "ask or auto"
                                                        : "a name",
                               d->first, d->help};
        bool more = row(self, cells);

        free(range);
        if (!more)
            return;
    }
}

static void roles(row_taker *row, void *self)
{
#define ROLE_CELLS(id, name, about) {name, about},
    static const char *const cells[][2] = {ROLES(ROLE_CELLS)};
#undef ROLE_CELLS

    for (size_t i = 0; i < ARRAY_LEN(cells) && row(self, cells[i]); i++)
        continue;
}

static void themes(row_taker *row, void *self)
{
    struct theme_names names = themes_list();

    for (size_t i = 0; i < names.len; i++) {
        const char *cells[] = {names.items[i]};

        if (!row(self, cells))
            break;
    }
    themes_free(&names);
}

void lists_each(enum lists_which which, row_taker *row, void *self)
{
    static void (*const lists[])(row_taker * row, void *self) = {
        [LISTS_COMMANDS] = commands, [LISTS_KEYS] = keys,   [LISTS_FAULTS] = faults,
        [LISTS_SETTINGS] = settings, [LISTS_ROLES] = roles, [LISTS_THEMES] = themes};

    lists[which](row, self);
}
