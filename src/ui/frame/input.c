// From what a person does to a command or to the pane that takes it. UI thread. Floor: ui/frame.
#include "ui/frame/frame.h"

#include "base/mem.h"
#include "ui/term/event.h"

static bool give(struct pane *p, const struct event *ev)
{
    bool taken = p->ops->event && p->ops->event(p, ev);

    if (taken)
        p->dirty = true;
    return taken;
}

static const struct binding *bound(const struct frame *f, const struct pane *p, bool popup,
                                   uint32_t key)
{
    const struct keymap *k = &f->config.keys;
    const struct binding *b = keymap_find(k, p->ops->name, key);

    if (!b && popup)
        b = keymap_find(k, CONTEXT_POPUP, key);
    return b ? b : keymap_find(k, CONTEXT_ALL, key);
}

static void say_unbound(struct frame *f, uint32_t key)
{
    struct str name = {0};

    key_print(key, &name);
    frame_say(f, ROLE_DIM, "%s does nothing here; %s shows the keys.", str_text(&name),
              host_key(&f->host, deck_focus(&f->deck), "help"));
    str_free(&name);
}

// While something is being typed: characters are text, and what the field takes is the field's.
static bool type_key(struct frame *f, struct pane *p, const struct event *ev)
{
    const struct binding *b = keymap_find(&f->config.keys, CONTEXT_TEXT, ev->key);

    if (b) {
        frame_run_bound(f, b);
        return true;
    }
    return give(p, ev) || key_is_text(ev->key);
}

bool frame_begins(const struct pane *p, uint32_t key)
{
    return key_is_text(key) && p->ops->begins && p->ops->begins(p, key);
}

static bool is_typing(const struct pane *p)
{
    return p->ops->typing && p->ops->typing(p);
}

bool frame_types(void *self)
{
    const struct pane *p = deck_focus(&((struct frame *)self)->deck);

    return is_typing(p) && !p->ops->letters;
}

static bool opens_a_line(const struct binding *b)
{
    static const char *const commands[] = {"command", "find", "filter-rows"};

    for (size_t n = 0; n < ARRAY_LEN(commands); n++) {
        if (str_eq(b->command, commands[n]))
            return true;
    }
    return false;
}

bool frame_asks(void *self, char c)
{
    const struct keymap *k = &((struct frame *)self)->config.keys;

    for (size_t i = 0; i < k->len; i++) {
        if (k->items[i].key == (uint32_t)c && opens_a_line(&k->items[i]))
            return true;
    }
    return false;
}

static bool moves(struct frame *f, uint32_t key)
{
    struct pane *p = deck_focus(&f->deck);
    const struct binding *b = bound(f, p, deck_top(&f->deck) != NULL, key);

    if (!b || p->ops->letters || frame_begins(p, key))
        return false;
    return opens_a_line(b) || (b->cmd->flags & CMD_LOOKS);
}

bool frame_moves(void *self, char c)
{
    return moves(self, (unsigned char)c);
}

static void say_no_text(struct frame *f)
{
    frame_say(f, ROLE_DIM,
              "Nothing is being typed here, so nothing was pasted; press keys one by one.");
}

// What came at once with others may be of a text: no button is pressed by it, and what is done
// where nothing is typed has to be pressed alone.
static bool is_of_text(struct frame *f, const struct pane *p, const struct event *ev)
{
    if (p->ops->letters)
        return ev->asked || (ev->joined && (key_is_text(ev->key) || ev->key == K_ENTER));
    return ev->asked || (ev->mixed && key_is_text(ev->key) && ev->key != ' ' && !moves(f, ev->key));
}

static void press(struct frame *f, const struct event *ev)
{
    struct pane *p = deck_focus(&f->deck);
    bool popup = deck_top(&f->deck) != NULL, typed = is_typing(p) && !p->ops->letters;
    const struct binding *b;

    if (typed && type_key(f, p, ev))
        return;
    if (is_of_text(f, p, ev)) {
        say_no_text(f);
        return;
    }
    if (!typed && is_typing(p) && type_key(f, p, ev))
        return;
    if (frame_begins(p, ev->key) && give(p, ev))
        return;
    b = bound(f, p, popup, ev->key);
    // What nobody carries out here may still be a key that the pane itself knows.
    if (b && (frame_acts(f, b->cmd) || !give(p, ev)))
        frame_run_bound(f, b);
    else if (!b && !give(p, ev))
        say_unbound(f, ev->key);
}

static void paste(struct frame *f, const struct event *ev)
{
    if (!give(deck_focus(&f->deck), ev))
        say_no_text(f);
    else if (ev->paste_cut)
        frame_say(f, ROLE_WARNING, "Only the first MiB of what was pasted was taken.");
}

// On a screen without room only what leaves it can be meant.
static void press_blind(struct frame *f, uint32_t key)
{
    static const char *const commands[] = {"quit", "cancel", "suspend", "redraw"};
    const struct binding *b = keymap_find(&f->config.keys, CONTEXT_ALL, key);

    for (size_t i = 0; b && i < ARRAY_LEN(commands); i++) {
        if (str_eq(b->cmd->name, commands[i]))
            frame_run(f, b->command);
    }
}

void frame_event(struct frame *f, const struct event *ev)
{
    if (ev->kind == EVENT_RESIZE)
        return;
    if (ev->kind == EVENT_GONE) {
        f->leave = true;
        return;
    }
    if (f->layout.too_small) {
        if (ev->kind == EVENT_KEY)
            press_blind(f, ev->key);
        return;
    }
    if (ev->kind == EVENT_KEY) {
        frame_message_read(f);
        press(f, ev);
    } else if (ev->kind == EVENT_PASTE) {
        paste(f, ev);
    } else if (ev->kind == EVENT_MOUSE) {
        frame_message_seen(f);
        frame_mouse(f, ev);
    }
}
