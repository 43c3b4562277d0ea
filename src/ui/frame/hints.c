// The keys that work here, generated from the bindings. UI thread. Floor: ui/frame.
#include "ui/frame/bars.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ui/frame/frame.h"
#include "ui/frame/gate.h"

// What is shown of the keys that work everywhere, in this order; OWN and REST stand for those of
// the pane itself.
#define OWN ""
#define REST "-"
static const char *const order[] = {"help",  "menu",   "command", OWN,      "find",
                                    "quote", "export", "filter",  "search", "back",
                                    "undo",  REST,     "choose"};

enum {
    OWN_FIRST = 2, // so many of its own come early
    ASCII = 128
};

// Where nothing is on top and no pane was gone to, `back quit` leaves.
static const char *label_of(const struct frame *f, const struct binding *b)
{
    if (!str_eq(b->command, "back quit"))
        return b->command;
    return f->deck.len || f->deck.zoom || f->deck.at != f->deck.base ? "back" : "quit";
}

static bool is_there(const struct frame *f, const struct binding *b)
{
    for (size_t i = 0; i < f->bars.n_hints; i++) {
        if (str_eq(f->bars.hints[i].label, label_of(f, b)))
            return true;
    }
    return false;
}

static void add(struct frame *f, const struct binding *b)
{
    struct bars *bars = &f->bars;
    struct str key = {0};
    size_t n = bars->n_hints;

    if (n == HINTS_MAX || is_there(f, b))
        return;
    key_print(b->key, &key);
    (void)snprintf(bars->hint_keys[n], KEY_NAME_MAX, "%s", str_text(&key));
    str_free(&key);
    bars->hints[n] = (struct tab){.key = bars->hint_keys[n], .label = label_of(f, b)};
    bars->hint_commands[n] = b->command;
    bars->n_hints++;
}

// What the frame itself carries out, where there may be nothing that it could be done to.
static bool may_export(const struct desk *d)
{
    return (gate_met(d, true) & (NEED_ROWS | NEED_MARKS)) != 0;
}

static bool may_undo(const struct desk *d)
{
    return desk_undo_pane(d) != NULL;
}

static const struct {
    const char *command;
    bool (*can)(const struct desk *d);
} frames_own[] = {{"export", may_export}, {"undo", may_undo}};

static unsigned able_now(const struct desk *d)
{
    unsigned able = 0;

    for (size_t i = 0; i < ARRAY_LEN(frames_own); i++)
        able |= frames_own[i].can(d) ? 1u << i : 0;
    return able;
}

struct hinting {
    struct frame *frame;
    const struct pane *pane;
    bool typing;
    uint64_t begins[2]; // a bit for each character of ASCII: it begins a text
    unsigned met;
    unsigned able;   // a bit for each of frames_own
    uint64_t offers; // a bit for each action of the pane that it offers
};

// What the pane does not carry out itself is not its to offer.
static bool is_offered(const struct hinting *h, const char *command)
{
    const struct pane *p = h->pane;

    for (const struct pane_action *a = p->ops->actions; a && a->command; a++) {
        if (str_eq(a->command, command))
            return !p->ops->offers || p->ops->offers(p, command);
    }
    for (size_t i = 0; i < ARRAY_LEN(frames_own); i++) {
        if (str_eq(frames_own[i].command, command))
            return h->able & 1u << i;
    }
    return true;
}

static bool works(const struct hinting *h, const struct binding *b)
{
    // It leads to where the person is.
    if (str_eq(b->cmd->name, "filter") && str_eq(h->pane->ops->name, "filters"))
        return false;
    return (b->cmd->needs & ~h->met) == 0 && !(h->typing && key_is_text(b->key)) &&
           !frame_begins(h->pane, b->key) && frame_acts(h->frame, b->cmd) &&
           is_offered(h, b->cmd->name);
}

// Another key for a move that has one everywhere is no news.
static bool moves_anyway(const struct keymap *k, const struct cmd *cmd)
{
    for (size_t i = 0; cmd->topic == TOPIC_MOVE && i < k->len; i++) {
        if (k->items[i].cmd == cmd && str_eq(k->items[i].context, CONTEXT_ALL))
            return true;
    }
    return false;
}

// The first `most` of the pane's own.
static void add_own(const struct hinting *h, size_t most)
{
    const struct keymap *k = &h->frame->config.keys;
    size_t end = h->frame->bars.n_hints + most;

    for (size_t i = 0; i < k->len && h->frame->bars.n_hints < end; i++) {
        const struct binding *b = &k->items[i];

        if (str_eq(b->context, h->pane->ops->name) && !moves_anyway(k, b->cmd) && works(h, b))
            add(h->frame, b);
    }
}

// false: no key runs it here.
static bool add_general(const struct hinting *h, const char *command)
{
    const struct keymap *k = &h->frame->config.keys;

    for (size_t i = 0; i < k->len; i++) {
        const struct binding *b = &k->items[i];

        if (!str_eq(b->cmd->name, command) || !str_eq(b->context, CONTEXT_ALL) ||
            keymap_find(k, h->pane->ops->name, b->key) || !works(h, b))
            continue;
        add(h->frame, b);
        return true;
    }
    return false;
}

static uint64_t offers_of(const struct pane *p)
{
    uint64_t bits = 0, bit = 1;

    for (const struct pane_action *a = p->ops->actions; p->ops->offers && a->command; a++) {
        bits |= p->ops->offers(p, a->command) ? bit : 0;
        bit <<= 1;
    }
    return bits;
}

static struct hinting hinting_now(struct frame *f)
{
    const struct pane *p = deck_focus(&f->deck);
    struct hinting h = {.frame = f,
                        .pane = p,
                        .typing = p->ops->typing && p->ops->typing(p),
                        .met = frame_met(f),
                        .able = able_now(f->desk),
                        .offers = offers_of(p)};

    for (uint32_t key = 0; p->ops->begins && key < ASCII; key++)
        h.begins[key / 64] |= (uint64_t)frame_begins(p, key) << key % 64;
    return h;
}

bool bars_hints_old(struct frame *f)
{
    const struct hinting now = hinting_now(f);

    return now.pane != f->bars.hinted || now.typing != f->bars.hinted_typing ||
           now.met != f->bars.hinted_met || now.able != f->bars.hinted_able ||
           now.offers != f->bars.hinted_offers ||
           memcmp(now.begins, f->bars.hinted_begins, sizeof(now.begins)) != 0;
}

void bars_make_hints(struct frame *f)
{
    const struct hinting h = hinting_now(f);

    f->bars.n_hints = 0;
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        if (str_eq(order[i], OWN) || str_eq(order[i], REST))
            add_own(&h, str_eq(order[i], OWN) ? OWN_FIRST : HINTS_MAX);
        else if (!add_general(&h, order[i]) && !h.typing && str_eq(order[i], "command"))
            (void)add_general(&h, "palette"); // where `:` begins a text
    }
    f->bars.hinted = h.pane;
    f->bars.hinted_typing = h.typing;
    memcpy(f->bars.hinted_begins, h.begins, sizeof(h.begins));
    f->bars.hinted_met = h.met;
    f->bars.hinted_able = h.able;
    f->bars.hinted_offers = h.offers;
}
