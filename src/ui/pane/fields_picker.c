// Which output fields to buy, and which a record must have: a fuzzy list of presets and fields with
// what the account says of each; Enter quotes anew. UI thread. Floor: ui/pane.
#include "ui/pane/fields_picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow/preset.h"
#include "ui/pane/chooser.h"

enum { POPUP_H = 20, POPUP_W = 74, TEXT_MAX = 80, HINT_MAX = 160 };

enum wish { LEFT_OUT, WANTED, REQUIRED };

struct fields_picker {
    struct chooser chooser;
    const struct entity *entity;
    const struct desk_fields *fields;
    unsigned char *wishes; // one for each column that can be bought; owned
    char **presets;        // their names: the first items; owned
    size_t n_presets;
    bool by_hand; // something was chosen since a preset was taken
    char text[TEXT_MAX], typed[TEXT_MAX], hint[HINT_MAX];
};

static struct fields_picker *of(struct pane *p)
{
    return (struct fields_picker *)p;
}

static const struct column *column_of(const struct fields_picker *f, size_t item)
{
    return &f->entity->enrich.columns[item - f->n_presets];
}

static size_t count(void *self)
{
    const struct fields_picker *f = self;

    return f->n_presets + f->entity->enrich.n_columns;
}

static const char *text(void *self, size_t item)
{
    struct fields_picker *f = self;

    if (item >= f->n_presets)
        return column_of(f, item)->heading;
    (void)snprintf(f->text, sizeof(f->text), "preset %.64s", f->presets[item]);
    return f->text;
}

static const char *blocked(void *self, size_t item)
{
    const struct fields_picker *f = self;

    if (item < f->n_presets)
        return NULL;
    return desk_fields_name(&f->fields->denied, column_of(f, item)->name) ? "not in your account"
                                                                          : NULL;
}

static const char *aside(void *self, size_t item)
{
    const struct fields_picker *f = self;
    const struct column *c;

    if (item < f->n_presets)
        return str_eq(f->presets[item], "plain") ? "the usual fields" : "its fields, no others";
    c = column_of(f, item);
    if (f->wishes[item - f->n_presets] == REQUIRED)
        return "required, else not charged";
    if (c->marks & COLUMN_COMPLIANCE)
        return "duty";
    if (!f->fields->there)
        return "not known yet";
    return desk_fields_name(&f->fields->granted, c->name) ? "in your account"
                                                          : "not in your account's list";
}

static const char *sign(void *self, size_t item, enum role *role)
{
    static const char *const signs[] = {[LEFT_OUT] = " ", [WANTED] = "x", [REQUIRED] = "!"};
    const struct fields_picker *f = self;

    *role = ROLE_MARK;
    return item < f->n_presets ? " " : signs[f->wishes[item - f->n_presets]];
}

static const struct sign_word words[] = {{"x", "wanted"}, {"!", "required"}, {NULL, NULL}};

static void refuse(struct fields_picker *f, const struct err *e)
{
    (void)chooser_refuse(&f->chooser, e);
}

static void take_selection(struct fields_picker *f, const struct selection *s)
{
    memset(f->wishes, LEFT_OUT, f->entity->enrich.n_columns);
    for (size_t i = 0; i < s->n_fields; i++)
        f->wishes[s->fields[i] - f->entity->enrich.columns] =
            selection_requires(s, s->fields[i]->name) ? REQUIRED : WANTED;
}

static bool take_named(struct fields_picker *f, const char *names, struct err *e)
{
    struct selection s = {.entity = f->entity};
    bool ok = selection_named(&s, names, e);

    if (ok)
        take_selection(f, &s);
    selection_free(&s);
    return ok;
}

static bool take_preset(struct fields_picker *f, const char *name, struct err *e)
{
    char *names = str_format("@%s", name);
    bool ok = take_named(f, names, e);

    free(names);
    return ok;
}

static void wish(struct fields_picker *f, size_t item, enum wish wanted)
{
    unsigned char *now = &f->wishes[item - f->n_presets];
    struct err e;

    if (*now == LEFT_OUT && blocked(f, item)) {
        (void)err_set(&e, ERR_FORBIDDEN, "%s is not in your account: the API would refuse it",
                      column_of(f, item)->heading);
        refuse(f, &e);
        return;
    }
    *now = *now == wanted ? (wanted == REQUIRED ? WANTED : LEFT_OUT) : wanted;
    f->by_hand = true;
    *f->chooser.said = '\0';
}

static void toggle(struct fields_picker *f, enum wish wanted)
{
    long long item = list_view_item(&f->chooser.list);
    struct err e;

    f->chooser.pane.dirty = true;
    if (item < 0)
        return;
    if ((size_t)item >= f->n_presets)
        wish(f, (size_t)item, wanted);
    else if (!take_preset(f, f->presets[item], &e))
        refuse(f, &e);
    else
        f->by_hand = false;
}

// What is chosen, as selection_fields() and presets read it.
static void add_names(const struct fields_picker *f, struct str *out)
{
    for (size_t i = 0; i < f->entity->enrich.n_columns; i++) {
        if (f->wishes[i])
            str_addf(out, "%s%s%s", out->len ? "," : "", f->wishes[i] == REQUIRED ? "!" : "",
                     f->entity->enrich.columns[i].name);
    }
}

static bool none_chosen(struct err *e)
{
    return err_set(e, ERR_INVALID, "at least one field must be chosen: Space chooses it");
}

// Enter on a preset takes it as well, but never over what was chosen by hand.
static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct fields_picker *f = of(p);
    long long item = list_view_item(&f->chooser.list);
    struct str names = {0};
    bool ok = f->by_hand || item < 0 || (size_t)item >= f->n_presets ||
              take_preset(f, f->presets[item], e);

    (void)line;
    if (ok) {
        add_names(f, &names);
        ok = names.len ? desk_quote(p->desk, str_text(&names), e) : none_chosen(e);
    }
    str_free(&names);
    if (!ok)
        return chooser_refuse(&f->chooser, e);
    host_close(p->host);
    return true;
}

static void presets_free(struct fields_picker *f)
{
    for (size_t i = 0; i < f->n_presets; i++)
        free(f->presets[i]);
    free(f->presets);
    f->presets = NULL;
    f->n_presets = 0;
}

static void read_presets(struct fields_picker *f)
{
    struct str names = {0};
    char *rest, *name;

    presets_free(f);
    preset_names(&names);
    rest = names.data;
    while ((name = strsep(&rest, "|")) != NULL) {
        f->presets = mem_regrow(f->presets, f->n_presets + 1, sizeof(*f->presets));
        f->presets[f->n_presets++] = mem_strdup(name);
    }
    str_free(&names);
    list_view_update(&f->chooser.list);
    f->chooser.pane.dirty = true;
}

static bool keep(struct fields_picker *f, const char *name, bool replace, struct err *e)
{
    struct str names = {0};
    bool ok;

    add_names(f, &names);
    ok = names.len ? preset_save(name, names.data, replace, e) : none_chosen(e);
    str_free(&names);
    if (ok)
        read_presets(f);
    return ok;
}

static void replace_answered(void *self, int button)
{
    struct fields_picker *f = self;
    struct err e;

    if (button == 1 && !keep(f, f->typed, true, &e))
        refuse(f, &e);
}

// What is no name stays to be mended.
static void name_typed(void *self, const char *text)
{
    struct fields_picker *f = self;
    struct err e;

    (void)snprintf(f->typed, sizeof(f->typed), "%s", text);
    if (keep(f, text, false, &e))
        return;
    if (e.kind != ERR_EXISTS)
        host_fail(f->chooser.pane.host, &e);
    else
        host_ask(f->chooser.pane.host, "Replace the preset?",
                 "There is a preset of that name. Put what is chosen in its place?",
                 "Cancel|Replace", replace_answered, f);
}

static bool save_preset(struct pane *p, const struct line *line, struct err *e)
{
    struct str names = {0};
    bool any;

    (void)line;
    add_names(of(p), &names);
    any = names.len > 0;
    str_free(&names);
    if (!any) {
        (void)none_chosen(e);
        return chooser_refuse(&of(p)->chooser, e);
    }
    host_ask_text(p->host, "Save what is chosen", "Name of the preset", "", name_typed, p);
    return true;
}

static void drop_answered(void *self, int button)
{
    struct fields_picker *f = self;
    struct err e;

    if (button != 1)
        return;
    if (preset_drop(f->typed, &e))
        read_presets(f);
    else
        refuse(f, &e);
}

static bool delete_preset(struct pane *p, const struct line *line, struct err *e)
{
    struct fields_picker *f = of(p);
    long long item = list_view_item(&f->chooser.list);

    (void)line;
    if (item < 0 || (size_t)item >= f->n_presets) {
        (void)err_set(e, ERR_INVALID, "no preset is under the cursor: they come first in the list");
        return chooser_refuse(&f->chooser, e);
    }
    (void)snprintf(f->typed, sizeof(f->typed), "%s", f->presets[item]);
    host_ask(p->host, "Delete the preset?", f->typed, "Cancel|Delete", drop_answered, f);
    return true;
}

// Round and round: wanted, required, neither.
static void toggle_on(struct fields_picker *f)
{
    long long field = list_view_item(&f->chooser.list) - (long long)f->n_presets;
    unsigned now = field < 0 ? LEFT_OUT : f->wishes[field];

    toggle(f, now == WANTED ? REQUIRED : WANTED);
    if (now == REQUIRED) // it is wanted now
        toggle(f, WANTED);
}

static bool event(struct pane *p, const struct event *ev)
{
    if (chooser_on_mark(&of(p)->chooser, ev))
        toggle(of(p), WANTED);
    else if (ev->kind == EVENT_KEY && ev->key == '!')
        toggle(of(p), REQUIRED);
    else if (chooser_on_sign(p, ev, true))
        toggle_on(of(p));
    else
        return chooser_event(p, ev);
    return true;
}

static void close(struct pane *p)
{
    struct fields_picker *f = of(p);

    chooser_free(&f->chooser);
    presets_free(f);
    free(f->wishes);
    free(f);
}

// The keys are known once it is on top.
static void draw(struct pane *p, struct area a, bool focused)
{
    struct fields_picker *f = of(p);
    char keep_key[KEY_TEXT_MAX], drop_key[KEY_TEXT_MAX];

    (void)snprintf(f->hint, sizeof(f->hint),
                   "! requires  Enter quotes  %s keeps  %s deletes a preset",
                   key_text(p, "save-preset", keep_key), key_text(p, "delete-preset", drop_key));
    chooser_draw(p, a, focused);
}

static const struct pane_action actions[] = {MOVES_TO(chooser_move),
                                             {"choose", choose},
                                             {"save-preset", save_preset},
                                             {"delete-preset", delete_preset},
                                             {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "fields",
    .title = "Fields to buy",
    .about =
        "What is asked for of each record: one credit buys all of it. What is required a record "
        "must have: one that lacks any of it is not bought and not charged. Space chooses (Tab, "
        "once text is typed).",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .typing = chooser_typing,
    .watches = DESK_LISTS,
};

// Those of the quote in front, else those kept, else the usual ones.
static void choose_first(struct fields_picker *f, const struct selection *s)
{
    const char *kept = desk_quote_fields(f->chooser.pane.desk, f->entity);
    struct err ignored;

    if (s->n_fields)
        take_selection(f, s);
    if (s->n_fields || (kept && take_named(f, kept, &ignored)))
        return;
    for (size_t i = 0; i < f->entity->enrich.n_columns; i++)
        f->wishes[i] = f->entity->enrich.columns[i].marks & COLUMN_SHOWN ? WANTED : LEFT_OUT;
}

struct pane *fields_picker_open(struct desk *desk, struct host *host)
{
    struct fields_picker *f = mem_zalloc(sizeof(*f));
    struct list_source source = {f, count, text, aside, sign, blocked};
    const struct selection *s = &desk->buying.selection;

    f->entity = s->entity ? s->entity : desk->filters.entity;
    f->fields = desk_fields(desk, f->entity);
    f->wishes = mem_array(f->entity->enrich.n_columns, sizeof(*f->wishes));
    chooser_open(&f->chooser, &ops, desk, host, &source);
    f->chooser.list.words = words;
    choose_first(f, s);
    read_presets(f);
    f->chooser.list.scroll.at = f->n_presets;
    f->chooser.hint = f->hint;
    f->chooser.marking = "chooses";
    return &f->chooser.pane;
}
