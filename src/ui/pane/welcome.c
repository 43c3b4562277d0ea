// The first thing a person sees without an account: what this is, the offline sandbox, signing in.
// Each way in is a row of a table; a password never stands on the screen. UI thread.
// Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/widget/dialog.h"
#include "ui/widget/form.h"

enum { MARGIN = 2, LABEL_WIDTH = 12, TEXT_MAX = ERR_TEXT_MAX + 200 };

struct welcome {
    struct pane pane;
    struct form form;
    struct str address, user; // address "": the API's own
    struct secret *password;  // NULL: not typed yet
    int form_y;               // where the form was drawn last
    bool asked;               // signing in was asked for here: once it is done, on to the filters
};

struct way {
    const char *label; // NULL: the end
    bool heading, secret;
    const char *(*value)(const struct welcome *w);
    const char *note;
    void (*choose)(struct welcome *w);
    // What was typed into the field.
    void (*take)(struct welcome *w, const char *text);
};

static const char about[] =
    "Lode explores the ZoomInfo Enterprise API: it searches without credits, says what buying "
    "costs "
    "before it costs, buys when you unlock spending and say so, and keeps what was bought here, to "
    "use and export for free.";

static struct welcome *of(struct pane *p)
{
    return (struct welcome *)p;
}

static const char *sandbox_value(const struct welcome *w)
{
    (void)w;
    return "Enter: invented people, no account, no cost";
}

static const char *address_value(const struct welcome *w)
{
    return str_text(&w->address);
}

static const char *user_value(const struct welcome *w)
{
    return str_text(&w->user);
}

// As long for every password.
static const char *password_value(const struct welcome *w)
{
    return w->password ? "********" : "";
}

static const char *sign_in_value(const struct welcome *w)
{
    return w->pane.desk->state == DESK_STARTING ? "on its way..." : "Enter signs in";
}

static void use_sandbox(struct welcome *w)
{
    w->asked = true;
    desk_use_sandbox(w->pane.desk);
}

static void edit_here(struct welcome *w);

static void take_address(struct welcome *w, const char *text)
{
    str_clear(&w->address);
    str_add(&w->address, text);
}

static void take_user(struct welcome *w, const char *text)
{
    str_clear(&w->user);
    str_add(&w->user, text);
}

static void take_password(struct welcome *w, const char *text)
{
    secret_free(w->password);
    w->password = *text ? secret_new(text, strlen(text)) : NULL;
}

static void sign_in(struct welcome *w)
{
    struct err e;

    if (!w->user.len || !w->password) {
        (void)err_set(&e, ERR_INVALID, "type the %s first: Enter on its line",
                      w->user.len ? "password" : "user name");
        host_fail(w->pane.host, &e);
        return;
    }
    w->asked = true;
    desk_sign_in(w->pane.desk, w->address.len ? str_text(&w->address) : NULL, str_text(&w->user),
                 w->password);
    w->password = NULL;
}

static const struct way ways[] = {
    {.label = "Without an account", .heading = true},
    {.label = "Sandbox", .value = sandbox_value, .choose = use_sandbox},
    {.label = "With an account", .heading = true},
    {.label = "Address",
     .value = address_value,
     .note = "empty: the API's own",
     .choose = edit_here,
     .take = take_address},
    {.label = "User name", .value = user_value, .choose = edit_here, .take = take_user},
    {.label = "Password",
     .secret = true,
     .value = password_value,
     .note = "kept in locked memory until Lode ends, never on disk",
     .choose = edit_here,
     .take = take_password},
    {.label = "Sign in", .value = sign_in_value, .choose = sign_in},
    {.label = NULL},
};

static const struct way *way_here(const struct welcome *w)
{
    return &ways[w->form.scroll.at < ARRAY_LEN(ways) - 1 ? w->form.scroll.at : 0];
}

static void edit_here(struct welcome *w)
{
    const struct way *way = way_here(w);

    (void)form_edit(&w->form, way->secret ? "" : way->value(w));
}

static size_t row_count(void *self)
{
    (void)self;
    return ARRAY_LEN(ways) - 1;
}

static struct form_field field_at(void *self, size_t i)
{
    const struct way *way = &ways[i];
    const char *value = way->heading ? NULL : way->value(self);

    if (way->heading)
        return (struct form_field){.label = way->label};
    return (struct form_field){.label = way->label,
                               .value = value,
                               .note = *value ? NULL : way->note,
                               .secret = way->secret,
                               .role = way->take ? ROLE_TEXT : ROLE_CHOICE};
}

// How each kind of failure is mended.
static const char *mend(enum err_kind kind)
{
    static const char *const mends[] = {
        [ERR_UNAUTHORISED] = "Look at user name and password: they are those of the API, which the "
                             "Admin Portal shows, not always those of the web site.",
        [ERR_FORBIDDEN] = "Ask the account's administrator for the API role.",
        [ERR_NOT_FOUND] = "Look at the address: it begins with https:// and has no path.",
        [ERR_INVALID] = "Look at the address and the user name.",
        [ERR_RATE_LIMITED] = "Wait a minute and try again: one sign-in a second is let through.",
        [ERR_OFFLINE] = "Look at the network, a proxy or a firewall; the address may be mistyped.",
        [ERR_STORAGE] = "Look at the disk: Lode's folders must be writable and have room.",
        [ERR_INTERNAL] = "lode.log says more.",
    };
    const char *found = (size_t)kind < ARRAY_LEN(mends) ? mends[kind] : NULL;

    return found ? found : "";
}

static int draw_state(const struct welcome *w, struct area a)
{
    const struct desk *d = w->pane.desk;
    char text[TEXT_MAX];

    if (d->state == DESK_STARTING)
        return wrapped_text(a, 0, ROLE_STRONG, "Signing in...") + 1;
    if (d->state != DESK_FAILED)
        return 0;
    (void)snprintf(text, sizeof(text), "Signing in failed: %s. %s", d->failed.text,
                   mend(d->failed.kind));
    return wrapped_text(a, 0, ROLE_ERROR, text) + 1;
}

static void draw_keys(const struct welcome *w, struct area a)
{
    char help[KEY_TEXT_MAX], command[KEY_TEXT_MAX], quit[KEY_TEXT_MAX];

    (void)area_textf(a, 0, 0, a.w, ROLE_DIM, "Up, Down and Enter  %s help  %s commands  %s leaves",
                     key_text(&w->pane, "help", help), key_text(&w->pane, "command", command),
                     key_text(&w->pane, "quit", quit));
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct welcome *w = of(p);
    struct area in = area_part(a, 0, MARGIN, a.h, a.w > 4 ? a.w - 2 * MARGIN : a.w);
    int y = a.h > 14, rows = (int)row_count(w);

    area_fill(a, ROLE_TEXT);
    y += wrapped_text(in, y, ROLE_TEXT, about) + 1;
    y += draw_state(w, area_part(in, y, 0, in.h - y, in.w));
    w->form.label_width = LABEL_WIDTH;
    w->form_y = y;
    form_draw(&w->form, area_part(in, y, 0, rows < in.h - y ? rows : in.h - y, in.w), focused);
    y += rows + 1;
    if (y < in.h)
        draw_keys(w, area_part(in, y, 0, 1, in.w));
}

static bool give_form(struct welcome *w, const struct event *ev)
{
    enum form_result r = form_event(&w->form, ev);

    if (r == FORM_ENTERED && way_here(w)->take) {
        way_here(w)->take(w, str_text(&w->form.edit.text));
        edit_set(&w->form.edit, ""); // a secret goes with its copy
        (void)form_move(&w->form, MOVE_DOWN);
    }
    if (r == FORM_CHOSEN)
        host_command(w->pane.host, "choose");
    w->pane.dirty |= r != FORM_NOT_MINE;
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
    if (give_key(w, line))
        return true;
    if (way_here(w)->choose)
        way_here(w)->choose(w);
    p->dirty = true;
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct welcome *w = of(p);

    (void)e;
    if (!give_key(w, line) && !w->form.editing)
        (void)form_move(&w->form, action_move(line));
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

// A paste into a field that is not open yet opens it.
static bool event(struct pane *p, const struct event *ev)
{
    struct welcome *w = of(p);
    struct event within = *ev;

    within.y -= w->form_y;
    within.x -= MARGIN;
    if (ev->kind == EVENT_PASTE && !w->form.editing && way_here(w)->take)
        edit_here(w);
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
    str_free(&w->address);
    str_free(&w->user);
    secret_free(w->password);
    free(w);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct welcome *w = mem_zalloc(sizeof(*w));

    w->pane = (struct pane){.ops = &pane_welcome, .desk = desk, .host = host, .dirty = true};
    w->form.source = (struct form_source){w, row_count, field_at};
    w->form.scroll.at = 1;
    return &w->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move), {"choose", choose}, {"back", back}, {"refresh", refresh}, {NULL, NULL}};

const struct pane_ops pane_welcome = {
    .name = "welcome",
    .title = "Welcome",
    .about = "Choose the offline sandbox, or sign in.",
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .typing = typing,
    .watches = DESK_ACCOUNT,
    .changed = changed,
};
