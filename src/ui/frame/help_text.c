// Help as text, made from the live bindings, the commands and the panes. UI thread.
// Floor: ui/frame.
#include "ui/frame/help.h"

#include <stdlib.h>

#include "ui/frame/frame.h"

static bool told_before(const struct keymap *k, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (str_eq(k->items[i].context, k->items[at].context) &&
            str_eq(k->items[i].command, k->items[at].command))
            return true;
    }
    return false;
}

static void add_line(const struct binding *b, const char *keys, struct str *out)
{
    str_addf(out, "  %-13s ", keys);
    // Its help alone would not say which pane, say, is opened.
    if (!str_eq(b->command, b->cmd->name))
        str_addf(out, "%s: ", b->command);
    str_addf(out, "%s\n", b->cmd->help);
}

// A line a command, with every key that runs it.
static void add_keys(struct frame *f, const char *context, struct str *out)
{
    const struct keymap *k = &f->config.keys;

    for (size_t i = 0; i < k->len; i++) {
        struct str keys = {0};

        if (!str_eq(k->items[i].context, context) || told_before(k, i))
            continue;
        for (size_t n = i; n < k->len; n++) {
            if (!str_eq(k->items[n].context, context) ||
                !str_eq(k->items[n].command, k->items[i].command))
                continue;
            if (keys.len)
                str_add_char(&keys, ' ');
            key_print(k->items[n].key, &keys);
        }
        add_line(&k->items[i], str_text(&keys), out);
        str_free(&keys);
    }
}

// The same where lines are read: the commands themselves.
static void add_words(struct frame *f, const char *context, struct str *out)
{
    const struct keymap *k = &f->config.keys;

    for (size_t i = 0; i < k->len; i++) {
        const struct binding *b = &k->items[i];

        if (str_eq(b->context, context) && !told_before(k, i) && !(b->cmd->needs & NEED_SCREEN))
            str_addf(out, "  %-24s %s\n", b->command, b->cmd->help);
    }
}

static bool has_keys(const struct frame *f, const char *context)
{
    for (size_t i = 0; i < f->config.keys.len; i++) {
        if (str_eq(f->config.keys.items[i].context, context))
            return true;
    }
    return false;
}

static void add_pane(struct frame *f, const struct pane_ops *ops, struct str *out)
{
    str_addf(out, "# %s\n%s\n", ops->title, ops->about);
    if (f->screen)
        add_keys(f, ops->name, out);
    else
        add_words(f, ops->name, out);
    str_add(out, "\n");
}

static void add_everywhere(struct frame *f, struct str *out)
{
    if (!f->screen)
        return;
    str_add(out, "# Everywhere\n");
    add_keys(f, CONTEXT_ALL, out);
}

static void add_commands(const struct frame *f, struct str *out)
{
    for (int topic = 0; topic < CMD_TOPICS; topic++) {
        str_addf(out, "\n# Commands: %s\n", cmd_topic_label((enum cmd_topic)topic));
        for (const struct cmd *c = cmd_all(); c->name; c++) {
            char *usage = str_format("%s %s", c->name, c->args);

            if ((int)c->topic == topic && (f->screen || !(c->needs & NEED_SCREEN)))
                str_addf(out, "  %-24s %s\n", usage, c->help);
            free(usage);
        }
    }
}

static void add_other_panes(struct frame *f, const struct pane_ops *here, struct str *out)
{
    for (const struct pane_row *r = f->deck.rows; r->ops; r++) {
        if (r->ops == here || !has_keys(f, r->ops->name))
            continue;
        add_pane(f, r->ops, out);
    }
}

static void add_one(struct frame *f, const struct cmd *c, struct str *out)
{
    str_addf(out, "# %s %s\n%s\n\nKeys:", c->name, c->args, c->help);
    for (size_t i = 0; i < f->config.keys.len; i++) {
        const struct binding *b = &f->config.keys.items[i];

        if (b->cmd != c)
            continue;
        str_add(out, " ");
        key_print(b->key, out);
        str_addf(out, " (%s: %s)", b->context, b->command);
    }
    str_add(out, c->flags & CMD_SPENDS ? " none: no key spends\n" : "\n");
}

void help_text(struct frame *f, const struct cmd *c, struct str *out)
{
    const struct pane_ops *here = deck_focus(&f->deck)->ops;

    if (c) {
        add_one(f, c, out);
        return;
    }
    add_pane(f, here, out);
    add_everywhere(f, out);
    add_commands(f, out);
    str_add(out, "\n");
    add_other_panes(f, here, out);
    str_addf(out, "Keys and looks are changed in " CONFIG_FILE ": see lode.conf(5).\n");
}
