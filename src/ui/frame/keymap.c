// Which key runs which command where. Values; UI thread. Floor: ui/frame.
#include "ui/frame/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/vec.h"
#include "ui/term/event.h"

static const char *const contexts[] = {CONTEXT_ALL, CONTEXT_POPUP, CONTEXT_TEXT};

const char *context_name(const struct pane_row *panes, size_t i)
{
    if (i < ARRAY_LEN(contexts))
        return contexts[i];
    i -= ARRAY_LEN(contexts);
    for (size_t at = 0; panes[at].ops; at++) {
        if (at == i)
            return panes[at].ops->name;
    }
    return NULL;
}

void bound_line_drop(struct bound_line *bound)
{
    if (!bound || --bound->holds)
        return;
    line_free(&bound->line);
    free(bound);
}

static void binding_free(struct binding *b)
{
    bound_line_drop(b->bound);
    free(b->context);
    free(b->command);
    free(b->from);
}

void keymap_free(struct keymap *k)
{
    for (size_t i = 0; i < k->len; i++)
        binding_free(&k->items[i]);
    vec_free(k);
    memset(k->slots, 0, sizeof(k->slots));
}

static size_t slot_of(uint32_t key)
{
    return (key ^ key >> 6) % KEYMAP_SLOTS;
}

static void put_in_slot(struct keymap *k, size_t i)
{
    size_t *slot = &k->slots[slot_of(k->items[i].key)];

    k->items[i].next = *slot;
    *slot = i + 1;
}

static void take_away(struct keymap *k, const char *context, uint32_t key)
{
    size_t kept = 0;

    if (!keymap_find(k, context, key))
        return;
    for (size_t i = 0; i < k->len; i++) {
        if (k->items[i].key == key && str_eq(k->items[i].context, context))
            binding_free(&k->items[i]);
        else
            k->items[kept++] = k->items[i];
    }
    k->len = kept;
    memset(k->slots, 0, sizeof(k->slots));
    for (size_t i = 0; i < k->len; i++)
        put_in_slot(k, i);
}

static bool fail_context(const struct pane_row *panes, const struct word *word, struct err *e)
{
    struct near near = near_start(word->text);
    const char *name;

    for (size_t i = 0; (name = context_name(panes, i)); i++)
        near_try(&near, name);
    return line_fault(e, word, "keys have no context \"%.40s\"; %s%s", word->text,
                      near.best ? "did you mean " : "it is all, popup, text or a pane's name",
                      near.best ? near.best : "");
}

static bool check_context(const struct pane_row *panes, const struct word *word, struct err *e)
{
    const char *name;

    for (size_t i = 0; (name = context_name(panes, i)); i++) {
        if (str_eq(name, word->text))
            return true;
    }
    return fail_context(panes, word, e);
}

static bool check_key(const struct line *line, uint32_t *key, struct err *e)
{
    const struct word *word = &line->words[2];

    *key = key_parse(word->text);
    if (!*key)
        return line_fault(e, word, "there is no key \"%.20s\"", word->text);
    if (str_eq(line->words[1].text, CONTEXT_TEXT) && key_is_text(*key))
        return line_fault(e, word, "%.20s is a character: in text it stays what it is", word->text);
    return true;
}

static const struct cmd *check_command(const struct line *line, struct err *e)
{
    const struct word *word = &line->words[3];
    const struct cmd *c = cmd_named_for_key(word, e);

    if (!c)
        return NULL;
    if (c->flags & CMD_SPENDS) {
        (void)line_fault(e, word, "%s spends, and no key spends", c->name);
        return NULL;
    }
    return c->ask || cmd_takes(c, word, line->n - 3, e) ? c : NULL;
}

static char *command_text(const struct line *line)
{
    struct str s = {0};

    for (size_t i = 3; i < line->n; i++) {
        if (s.len)
            str_add_char(&s, ' ');
        line_quote(line->words[i].text, &s);
    }
    return str_take(&s);
}

bool keymap_line(struct keymap *k, const struct pane_row *panes, const char *from,
                 const struct line *line, struct err *e)
{
    const struct cmd *self = cmd_named(&line->words[0], e), *c;
    uint32_t key;

    if (!self || !cmd_takes(self, line->words, line->n, e) ||
        !check_context(panes, &line->words[1], e) || !check_key(line, &key, e))
        return false;
    if (str_eq(self->name, "unbind")) {
        take_away(k, line->words[1].text, key);
        return true;
    }
    c = check_command(line, e);
    if (!c)
        return false;
    take_away(k, line->words[1].text, key);
    vec_push(k, ((struct binding){.context = mem_strdup(line->words[1].text),
                                  .key = key,
                                  .cmd = c,
                                  .command = command_text(line),
                                  .from = mem_strdup(from),
                                  .line = line->number}));
    put_in_slot(k, k->len - 1);
    return true;
}

const struct binding *keymap_find(const struct keymap *k, const char *context, uint32_t key)
{
    size_t i = k->slots[slot_of(key)];

    while (i && (k->items[i - 1].key != key || !str_eq(k->items[i - 1].context, context)))
        i = k->items[i - 1].next;
    return i ? &k->items[i - 1] : NULL;
}

static struct bound_line *bound_line_new(const char *command)
{
    struct bound_line *b = mem_zalloc(sizeof(*b));
    struct err never;

    b->holds = 1;
    (void)line_split(command, 0, &b->line, &never);
    return b;
}

struct bound_line *keymap_hold(struct keymap *k, const struct binding *b)
{
    struct bound_line **bound = &k->items[b - k->items].bound;

    if (!*bound)
        *bound = bound_line_new(b->command);
    (*bound)->holds++;
    return *bound;
}

// Does this binding hold for one who is in the context?
static bool reaches(const struct keymap *k, const struct binding *b, const char *context)
{
    if (str_eq(b->context, context))
        return true;
    return str_eq(b->context, CONTEXT_ALL) && !keymap_find(k, context, b->key);
}

const struct binding *keymap_next(const struct keymap *k, const char *context, const char *command,
                                  size_t *at)
{
    while (*at < k->len) {
        const struct binding *b = &k->items[(*at)++];

        if (str_eq(b->command, command) && reaches(k, b, context))
            return b;
    }
    return NULL;
}

uint32_t keymap_key(const struct keymap *k, const char *context, const char *command)
{
    size_t at = 0;
    const struct binding *b = keymap_next(k, context, command, &at);

    return b ? b->key : 0;
}

void keymap_keys(const struct keymap *k, const char *context, const char *command, struct str *out)
{
    const struct binding *b;
    size_t at = 0, before = out->len;

    while ((b = keymap_next(k, context, command, &at))) {
        if (out->len > before)
            str_add_char(out, ' ');
        key_print(b->key, out);
    }
}
