// The first thing a person sees without an account: what this is, the offline sandbox, signing in.
// UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/pane/welcome_pane.h"
#include "ui/widget/dialog.h"

enum { MARGIN = 2, LABEL_WIDTH = 12, TEXT_MAX = ERR_TEXT_MAX + 200, ABOUT_ROWS = 5 };

static const char about[] =
    "Lode explores the ZoomInfo Enterprise API: it searches without credits, says what buying "
    "costs "
    "before it costs, buys when you unlock spending and say so, and keeps what was bought here, to "
    "use and export for free.";
static const char short_about[] = "Lode explores the ZoomInfo Enterprise API.";

static struct welcome *of(struct pane *p)
{
    return (struct welcome *)p;
}

static const struct way *way_here(const struct welcome *w)
{
    return welcome_way(w, w->form.scroll.at);
}

static size_t row_count(void *self)
{
    return ((const struct welcome *)self)->n_rows;
}

static struct form_field field_at(void *self, size_t i)
{
    struct welcome *w = self;
    const struct way *way = welcome_way(w, i);
    const char *value, *note;

    if (way->heading)
        return (struct form_field){.label = way->label};
    value = way->value(w);
    note = way->note ? way->note(w) : NULL;
    return (struct form_field){.label = way->label,
                               .value = way->take ? value : hint_text(&w->pane, value, w->hint),
                               .note = note ? hint_text(&w->pane, note, w->note_hint) : NULL,
                               .secret = way->secret,
                               .button = way->button,
                               .role = way->take ? ROLE_TEXT : ROLE_CHOICE};
}

// How each kind of failure is mended, where its sentence does not say so.
static const char *mend(enum err_kind kind)
{
    static const char *const mends[] = {
        [ERR_UNAUTHORISED] = "Look at user name and password or key: they are those of the API, "
                             "which the Admin Portal shows, not always those of the web site.",
        [ERR_FORBIDDEN] = "Ask the account's administrator for the API role.",
        [ERR_NOT_FOUND] = "Look at the address: it begins with https:// and has no path.",
        [ERR_INVALID] = "Look at the address and the user name.",
        [ERR_RATE_LIMITED] = "Wait a minute and try again: one sign-in a second is let through.",
        [ERR_OFFLINE] = "Look at the network, a proxy or a firewall; the address may be mistyped.",
        [ERR_INTERNAL] = "lode.log says more.",
    };
    const char *found = (size_t)kind < ARRAY_LEN(mends) ? mends[kind] : NULL;

    return found ? found : "";
}

// Something of what was given is wrong, and somebody is where it matters.
static bool faulty(const struct welcome *w)
{
    enum role role;

    return w->form.scroll.at > 1 && welcome_fault(w, &role);
}

// The form does not fit below the about and all of the fault.
static bool is_tight(const struct welcome *w, struct area in)
{
    enum role role;
    const char *fault = faulty(w) ? welcome_fault(w, &role) : NULL;
    int rows = (int)w->n_rows + 1;

    return fault &&
           wrapped_text(in, 0, -1, short_about) + wrapped_text(in, 0, -1, fault) + rows > in.h;
}

// What is wrong with the keyring without how to mend it, where there is no room for that.
static int draw_fault(const struct welcome *w, struct area a, bool tight, enum role role,
                      const char *fault)
{
    const char *end = fault == w->pane.desk->keyring.err.text ? strstr(fault, ": ") : NULL;
    char text[TEXT_MAX];

    if (!tight)
        return wrapped_text(a, 0, (int)role, fault) + 1;
    (void)snprintf(text, sizeof(text), "%.*s; the command doctor says what to do",
                   end ? (int)(end - fault) : 0, fault);
    return wrapped_text(a, 0, (int)role, end ? text : fault);
}

static int draw_state(const struct welcome *w, struct area a, bool tight)
{
    const struct desk *d = w->pane.desk;
    enum role role;
    const char *fault = welcome_fault(w, &role);
    char text[TEXT_MAX];

    if (d->state == DESK_STARTING)
        return wrapped_text(a, 0, ROLE_STRONG, "Signing in...") + 1;
    if (faulty(w))
        return draw_fault(w, a, tight, role, fault);
    if (d->state != DESK_FAILED)
        return 0;
    (void)snprintf(text, sizeof(text), "Signing in failed: %s. %s", d->failed.text,
                   mend(d->failed.kind));
    return wrapped_text(a, 0, ROLE_ERROR, text) + 1;
}

static bool begins(const struct pane *p, uint32_t key)
{
    const struct welcome *w = (const struct welcome *)p;

    return w->form.editing || welcome_begins(way_here(w), key);
}

static void draw_keys(const struct welcome *w, struct area a)
{
    char help[KEY_TEXT_MAX], command[KEY_TEXT_MAX], quit[KEY_TEXT_MAX];
    bool text = way_here(w)->take;
    const char *commands = begins(&w->pane, ':') ? "palette" : "command";

    if (reads_lines(&w->pane)) {
        (void)area_text(a, 0, 0, a.w, ROLE_DIM, "up, down, choose  type TEXT  help  quit leaves");
        return;
    }
    (void)area_textf(a, 0, 0, a.w, ROLE_DIM, "Up, Down, Enter  %s help  %s commands  %s%s",
                     key_text(&w->pane, "help", help), key_text(&w->pane, commands, command),
                     text ? "the rest" : key_text(&w->pane, "quit", quit),
                     text ? " is text" : " leaves");
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct welcome *w = of(p);
    struct area in = area_part(a, 0, MARGIN, a.h, a.w > 4 ? a.w - 2 * MARGIN : a.w);
    int rows, y = 0;
    bool roomy, tight;

    welcome_lay_out(w);
    rows = (int)w->n_rows;
    roomy = a.h >= rows + (faulty(w) ? 3 : 2) * ABOUT_ROWS;
    tight = is_tight(w, in);
    area_fill(a, ROLE_TEXT);
    if (!tight)
        y += roomy + wrapped_text(in, roomy, ROLE_TEXT, roomy ? about : short_about) + roomy;
    y += draw_state(w, area_part(in, y, 0, in.h - y, in.w), tight);
    w->form.label_width = LABEL_WIDTH;
    w->form_y = y;
    form_draw(&w->form, area_part(in, y, 0, rows < in.h - y ? rows : in.h - y, in.w), focused);
    y += rows + 1;
    if (y < in.h)
        draw_keys(w, area_part(in, y, 0, 1, in.w));
}

// Beyond the sandbox somebody means to sign in: then it is time to know of the keyring.
static void ask_keyring(struct welcome *w)
{
    if (w->form.scroll.at > 1 && !w->session_only && w->pane.desk->keyring.state == KEYRING_UNASKED)
        desk_keyring_ask(w->pane.desk);
}

static void take_text(struct welcome *w)
{
    way_here(w)->take(w, str_text(&w->form.edit.text));
    edit_set(&w->form.edit, ""); // a secret goes with its copy
    w->form.edit.secret = false;
}

static bool give_form(struct welcome *w, const struct event *ev)
{
    enum form_result r = form_event(&w->form, ev);

    if (r == FORM_ENTERED && way_here(w)->take) {
        take_text(w);
        if (!w->reading)
            (void)form_move(&w->form, MOVE_DOWN);
    }
    if (r == FORM_CHOSEN)
        host_command(w->pane.host, "choose");
    w->pane.dirty |= r != FORM_NOT_MINE;
    ask_keyring(w);
    return r != FORM_NOT_MINE;
}

static bool give_key(struct welcome *w, const struct line *line)
{
    struct event ev;

    return w->form.editing && action_key(line, &ev) && give_form(w, &ev);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct welcome *w = of(p);

    (void)e;
    p->dirty = true;
    if (give_key(w, line))
        return true;
    if (way_here(w)->choose)
        way_here(w)->choose(w);
    welcome_lay_out(w);
    return true;
}

// C-u and C-d in a row of text are of its field, which is emptied or left as it is: who then types
// a secret types into it, and not commands.
static bool is_of_field(const struct welcome *w, enum move to)
{
    return way_here(w)->take && (to == MOVE_HALF_UP || to == MOVE_HALF_DOWN);
}

static void empty_field(struct welcome *w)
{
    welcome_edit(w);
    edit_set(&w->form.edit, "");
}

// Who goes on to another row has typed what was meant.
static bool move(struct pane *p, const struct line *line, struct err *e)
{
    const struct event enter = {.kind = EVENT_KEY, .key = K_ENTER};
    struct welcome *w = of(p);

    (void)e;
    if (is_of_field(w, action_move(line))) {
        if (action_move(line) == MOVE_HALF_UP)
            empty_field(w);
    } else if (!give_key(w, line)) {
        if (w->form.editing && form_event(&w->form, &enter) == FORM_ENTERED && way_here(w)->take)
            take_text(w);
        (void)form_move(&w->form, action_move(line));
    }
    ask_keyring(w);
    p->dirty = true;
    return true;
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    return give_key(of(p), line) || action_up(e);
}

static bool refresh(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    if (p->desk->state != DESK_FAILED)
        return action_up(e);
    of(p)->asked = true;
    desk_start(p->desk);
    return true;
}

static bool paste(struct welcome *w, const struct event *ev)
{
    if (welcome_paste(w, ev->paste, ev->paste_len)) {
        if (w->form.editing)
            (void)form_event(&w->form, &(struct event){.kind = EVENT_KEY, .key = K_ESCAPE});
        welcome_lay_out(w);
        w->pane.dirty = true;
        return true;
    }
    // A paste into a field that is not open yet opens it.
    if (!w->form.editing && way_here(w)->take)
        welcome_edit(w);
    return false;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct welcome *w = of(p);
    struct event within = *ev;

    within.y -= w->form_y;
    within.x -= MARGIN;
    if (ev->kind == EVENT_PASTE && paste(w, ev))
        return true;
    if (ev->kind == EVENT_KEY && !w->form.editing && begins(p, ev->key))
        welcome_edit(w);
    return give_form(w, &within);
}

static bool typing(const struct pane *p)
{
    return ((const struct welcome *)p)->form.editing;
}

static void changed(struct pane *p, unsigned parts)
{
    struct welcome *w = of(p);

    (void)parts;
    welcome_key_told(w);
    welcome_lay_out(w);
    if (w->asked && p->desk->state == DESK_READY) {
        w->asked = false;
        host_open(p->host, "filters");
    }
    p->dirty = true;
}

static void close(struct pane *p)
{
    struct welcome *w = of(p);

    form_free(&w->form);
    str_free(&w->profile);
    str_free(&w->address);
    str_free(&w->user);
    str_free(&w->client_id);
    str_free(&w->key_path);
    secret_free(w->password);
    free(w);
}

// What is known of the account already need not be typed again.
static void take_known(struct welcome *w)
{
    struct desk_login known;

    desk_login_known(w->pane.desk, &known, &w->by_key);
    w->session_only = known.session_only;
    str_add(&w->profile, known.profile ? known.profile : "");
    str_add(&w->address, known.base_url ? known.base_url : "");
    str_add(&w->user, known.user ? known.user : "");
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct welcome *w = mem_zalloc(sizeof(*w));

    w->pane = (struct pane){.ops = &pane_welcome, .desk = desk, .host = host, .dirty = true};
    w->form.source = (struct form_source){w, row_count, field_at};
    take_known(w);
    welcome_lay_out(w);
    w->form.scroll.at = 1;
    return &w->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move), {"choose", choose}, {"back", back}, {"refresh", refresh}, {NULL, NULL}};

const struct pane_ops pane_welcome = {
    .name = "welcome",
    .title = "Welcome",
    .about =
        "Choose the offline sandbox, or sign in: by password, or by a key of the Admin Portal.",
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .typing = typing,
    .begins = begins,
    .watches = DESK_ACCOUNT,
    .changed = changed,
};
