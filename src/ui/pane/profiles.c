// The accounts there are; Enter goes over to one. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "flow/profiles.h"
#include "ui/pane/chooser.h"
#include "ui/pane/panes.h"

enum { POPUP_H = 14, POPUP_W = 70, ASIDE_MAX = 160 };

struct profiles_popup {
    struct chooser chooser;
    struct profile_list list;
    char aside[ASIDE_MAX];
};

static struct profiles_popup *of(struct pane *p)
{
    return (struct profiles_popup *)p;
}

static size_t count(void *self)
{
    return ((struct profiles_popup *)self)->list.n;
}

static const char *text(void *self, size_t item)
{
    return ((struct profiles_popup *)self)->list.items[item].name;
}

static const char *aside(void *self, size_t item)
{
    struct profiles_popup *v = self;
    const struct profile *p = &v->list.items[item];

    if (p->sandbox)
        (void)snprintf(v->aside, sizeof(v->aside), "invented people, this machine");
    else
        (void)snprintf(v->aside, sizeof(v->aside), "%s  %s  %s", profile_package_name(p->package),
                       profile_way_name(p->way), p->base_url);
    return v->aside;
}

static const char *sign(void *self, size_t item, enum role *role)
{
    struct profiles_popup *v = self;

    *role = ROLE_MARK;
    return str_eq(v->list.items[item].name, v->chooser.pane.desk->profile) ? "*" : " ";
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct profiles_popup *v = of(p);
    long long item = list_view_item(&v->chooser.list);
    char *command;

    (void)line;
    if (item < 0) {
        (void)err_set(e, ERR_INVALID, "no profile is called that; open welcome adds one");
        return chooser_refuse(&v->chooser, e);
    }
    command = str_format("profile %s", v->list.items[item].name);
    host_close(p->host);
    host_command(p->host, command);
    free(command);
    return true;
}

static void close(struct pane *p)
{
    struct profiles_popup *v = of(p);

    chooser_free(&v->chooser);
    profiles_free(&v->list);
    free(v);
}

static const struct sign_word words[] = {{"*", "in use"}, {NULL, NULL}};

static struct pane *open(struct desk *desk, struct host *host)
{
    struct profiles_popup *v = mem_zalloc(sizeof(*v));
    const struct list_source source = {v, count, text, aside, sign, NULL};
    struct err skipped, e;

    if (!profiles_list(&v->list, &skipped, &e))
        host_fail(host, &e);
    else if (skipped.kind != ERR_NONE)
        host_fail(host, &skipped);
    chooser_open(&v->chooser, &pane_profiles, desk, host, &source);
    v->chooser.list.words = words;
    v->chooser.hint = "Enter goes over to it  * is in use  Esc leaves";
    return &v->chooser.pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

const struct pane_ops pane_profiles = {
    .name = "profiles",
    .title = "Profiles",
    .about = "The accounts there are, each with a library and a ledger of its own.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = chooser_event,
    .typing = chooser_typing,
};
