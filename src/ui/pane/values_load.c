// A list of values that was pasted or loaded for one filter. UI thread. Floor: ui/pane.
#include "ui/pane/values_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/cells.h"
#include "ui/pane/chooser.h"
#include "ui/widget/dialog.h"

enum { POPUP_H = 22, POPUP_W = 76, HINT_MAX = 160, LINE_DIGITS = 24 };

struct values_load {
    struct chooser chooser;
    const struct value_load *load;
    size_t *order; // places in the list: what needs a look first; owned
    size_t n;
    struct str head;
    int head_rows; // as drawn last
    char hint[HINT_MAX], aside[LINE_DIGITS];
};

static struct values_load *of(struct pane *p)
{
    return (struct values_load *)p;
}

static size_t count(void *self)
{
    return ((struct values_load *)self)->n;
}

static const char *text(void *self, size_t item)
{
    const struct values_load *v = self;

    return input_masked(v->chooser.pane.desk, v->load->input)
               ? cell_mask()
               : v->load->list.values.items[v->order[item]].text;
}

static const char *aside(void *self, size_t item)
{
    static const char *const words[FATES] = {[FATE_UNCLEAR] = "",
                                             [FATE_MATCHED] = "found",
                                             [FATE_UNMATCHED] = "not found",
                                             [FATE_REFUSED] = ""};
    struct values_load *v = self;
    const struct listed_value *value = &v->load->list.values.items[v->order[item]];
    enum value_fate fate = v->load->fates[v->order[item]];

    if (value->why || *words[fate])
        return value->why ? value->why : words[fate];
    (void)snprintf(v->aside, sizeof(v->aside), "line %zu", value->line);
    return v->aside;
}

static const char *sign(void *self, size_t item, enum role *role)
{
    static const char *const signs[FATES] = {
        [FATE_UNCLEAR] = " ", [FATE_MATCHED] = "=", [FATE_UNMATCHED] = "-", [FATE_REFUSED] = "x"};
    const struct values_load *v = self;
    enum value_fate fate = v->load->fates[v->order[item]];

    *role = fate == FATE_MATCHED ? ROLE_MARK : ROLE_WARNING;
    return signs[fate];
}

// What cannot be sent, what is not found, what nobody asked about, what is found.
static void put_in_order(struct values_load *v)
{
    static const enum value_fate first[FATES] = {FATE_REFUSED, FATE_UNMATCHED, FATE_UNCLEAR,
                                                 FATE_MATCHED};
    const struct value_load *l = v->load;

    v->n = 0;
    v->order = mem_regrow(v->order, l->list.values.len + 1, sizeof(*v->order));
    for (int k = 0; k < FATES && l->fates; k++) {
        for (size_t i = 0; i < l->list.values.len; i++) {
            if (l->fates[i] == first[k])
                v->order[v->n++] = i;
        }
    }
}

static size_t sendable(const struct value_load *l)
{
    return l->list.values.len - l->list.refused;
}

static long long ask_price(const struct value_load *l)
{
    return l->searches + 2 * (long long)l->n_fates[FATE_UNCLEAR];
}

static void say_searches(const struct value_load *l, struct str *out)
{
    char n[COUNT_MAX];

    if (l->searches < 0)
        str_add(out, " Another filter has to be mended before they can be sent.");
    else if (l->searches == 1)
        str_add(out, " They go with one search.");
    else
        str_addf(out,
                 " They are too long for one request: a search goes as %s, at least as many "
                 "requests, whose rows are put together by id.",
                 count_text(l->searches, n));
}

static void say_fates(const struct value_load *l, struct str *out)
{
    char found[COUNT_MAX], missing[COUNT_MAX], unclear[COUNT_MAX];

    str_addf(out, " %s are found, %s are not",
             count_text((long long)l->n_fates[FATE_MATCHED], found),
             count_text((long long)l->n_fates[FATE_UNMATCHED], missing));
    if (l->n_fates[FATE_UNCLEAR])
        str_addf(out, ", %s were not asked about",
                 count_text((long long)l->n_fates[FATE_UNCLEAR], unclear));
    str_add(out, ".");
}

static void say_head(struct values_load *v)
{
    const struct value_load *l = v->load;
    char good[COUNT_MAX], bad[COUNT_MAX], again[COUNT_MAX];

    str_clear(&v->head);
    if (l->state == LOAD_READING || l->state == LOAD_ASKING || l->state == LOAD_FAILED) {
        str_add(&v->head, l->state == LOAD_READING  ? "Reading the list..."
                          : l->state == LOAD_ASKING ? "Asking which of them are found..."
                                                    : l->err.text);
        return;
    }
    str_addf(&v->head, "%s values can be sent, %s cannot", count_text((long long)sendable(l), good),
             count_text((long long)l->list.refused, bad));
    if (l->list.repeated)
        str_addf(&v->head, "; %s were repeated", count_text((long long)l->list.repeated, again));
    str_add(&v->head, ".");
    if (l->state == LOAD_ASKED)
        say_fates(l, &v->head);
    say_searches(l, &v->head);
    if (l->err.kind)
        str_addf(&v->head, " Not all could be asked about: %s.", l->err.text);
}

static void say_hint(struct values_load *v)
{
    const struct value_load *l = v->load;
    char n[COUNT_MAX];
    bool there = l->state == LOAD_READ || l->state == LOAD_ASKED;

    if (there && l->n_fates[FATE_UNCLEAR] && l->searches > 0)
        (void)snprintf(v->hint, sizeof(v->hint),
                       "Enter takes %s  F5 asks which are found, <= %s requests  Esc leaves",
                       l->n_fates[FATE_UNMATCHED] ? "those" : "them", count_text(ask_price(l), n));
    else
        (void)snprintf(v->hint, sizeof(v->hint), "%sEsc leaves",
                       there ? l->n_fates[FATE_UNMATCHED] ? "Enter takes what is found  "
                                                          : "Enter takes them  "
                             : "");
    v->chooser.hint = v->hint;
}

static void changed(struct pane *p, unsigned parts)
{
    struct values_load *v = of(p);

    (void)parts;
    put_in_order(v);
    list_view_update(&v->chooser.list);
    say_head(v);
    say_hint(v);
    p->dirty = true;
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct values_load *v = of(p);
    enum role role = v->load->state == LOAD_FAILED ? ROLE_ERROR : ROLE_TEXT;
    struct area inner = area_part(a, 0, 1, a.h, a.w - 2);

    v->head_rows = wrapped_text(inner, 0, -1, str_text(&v->head));
    if (v->head_rows > a.h / 2)
        v->head_rows = a.h / 2;
    area_fill(area_part(a, 0, 0, v->head_rows, a.w), ROLE_TEXT);
    (void)wrapped_text(area_part(inner, 0, 0, v->head_rows, inner.w), 0, role, str_text(&v->head));
    chooser_draw(p, area_part(a, v->head_rows, 0, a.h - v->head_rows, a.w), focused);
}

static bool event(struct pane *p, const struct event *ev)
{
    struct event below = *ev;

    if (ev->kind == EVENT_MOUSE)
        below.y -= of(p)->head_rows;
    return chooser_event(p, &below);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct values_load *v = of(p);

    (void)line;
    if (v->load->state != LOAD_READ && v->load->state != LOAD_ASKED) {
        if (v->load->state == LOAD_FAILED)
            host_close(p->host);
        return true;
    }
    if (!desk_load_take(p->desk, v->load->state == LOAD_ASKED, e))
        return chooser_refuse(&v->chooser, e);
    host_close(p->host);
    return true;
}

static void answered(void *self, int button)
{
    struct values_load *v = self;

    if (button == 1)
        desk_load_ask(v->chooser.pane.desk, ask_price(v->load));
}

// The price first.
static bool ask(struct pane *p, const struct line *line, struct err *e)
{
    struct values_load *v = of(p);
    char n[COUNT_MAX];
    char *said;

    (void)line;
    (void)e;
    if ((v->load->state != LOAD_READ && v->load->state != LOAD_ASKED) || v->load->searches < 1 ||
        v->load->n_fates[FATE_UNCLEAR] == 0)
        return true;
    said = str_format("Which of the values are found takes up to %s requests, and no credits.",
                      count_text(ask_price(v->load), n));
    host_ask(p->host, "Ask which are found", said, "Cancel|Ask", answered, v);
    free(said);
    return true;
}

static void status(const struct pane *p, struct str *out)
{
    str_add(out, ((const struct values_load *)p)->load->input->label);
}

static void close(struct pane *p)
{
    struct values_load *v = of(p);

    desk_load_close(p->desk);
    chooser_free(&v->chooser);
    str_free(&v->head);
    free(v->order);
    free(v);
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {"refresh", ask}, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "load",
    .title = "A list of values",
    .about = "What of a pasted or loaded list can be sent, and what of it is found.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .typing = chooser_typing,
    .watches = DESK_FILTERS,
    .changed = changed,
    .status = status,
};

static void show(struct desk *desk, struct host *host)
{
    struct values_load *v = mem_zalloc(sizeof(*v));
    const struct list_source source = {v, count, text, aside, sign, NULL};

    v->load = desk_loaded(desk);
    chooser_open(&v->chooser, &ops, desk, host, &source);
    changed(&v->chooser.pane, ~0u);
    host_popup(host, &v->chooser.pane);
}

void values_load_text(struct desk *desk, struct host *host, const struct input *input,
                      const char *text_, size_t len)
{
    desk_load_text(desk, input, text_, len);
    show(desk, host);
}

void values_load_file(struct desk *desk, struct host *host, const struct input *input,
                      const char *path)
{
    char *file = mem_strdup(path), *colon = strrchr(file, ':');

    if (colon && colon != file && !strchr(colon, '/'))
        *colon++ = '\0';
    else
        colon = NULL;
    desk_load_file(desk, input, file, colon);
    free(file);
    show(desk, host);
}

bool values_load_wanted(const struct input *input, const struct event *ev)
{
    const char *line;

    if (ev->kind != EVENT_PASTE || !input || !input_many(input))
        return false;
    line = strchr(ev->paste, '\n');
    return (line && line[strspn(line, "\r\n ")]) ||
           (ev->paste_len > VALUE_MAX && strchr(ev->paste, ','));
}

bool values_load_instead(struct pane *popup, const struct input *input, const struct event *ev)
{
    if (!values_load_wanted(input, ev))
        return false;
    host_close(popup->host);
    values_load_text(popup->desk, popup->host, input, ev->paste, ev->paste_len);
    return true;
}
