// Every value that an argument of some kind may have. UI thread. Floor: ui/frame.
#include "ui/frame/complete_args.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/xdg.h"
#include "flow/profiles.h"
#include "ui/frame/frame.h"
#include "ui/frame/themes.h"
#include "ui/term/event.h"

struct wanted {
    struct frame *frame;
    const struct line *line;
    const char *typed;
    arg_offer *offer;
    void *to;
};

static void give(const struct wanted *w, const char *word, const char *about)
{
    w->offer(w->to, word, about);
}

static void commands(const struct wanted *w)
{
    for (const struct cmd *c = cmd_all(); c->name; c++)
        give(w, c->name, c->help);
}

static void panes(const struct wanted *w)
{
    for (const struct pane_row *r = w->frame->deck.rows; r->ops; r++)
        give(w, r->ops->name, r->ops->title);
}

static void contexts(const struct wanted *w)
{
    const char *name;

    for (size_t i = 0; (name = context_name(w->frame->deck.rows, i)); i++)
        give(w, name, "");
}

static void keys(const struct wanted *w)
{
    for (uint32_t key = K_UP; key <= K_F12; key++) {
        struct str name = {0};

        key_print(key, &name);
        give(w, str_text(&name), "");
        str_free(&name);
    }
}

static void field_values(const struct wanted *w, const struct input *input, const char *field,
                         size_t len)
{
    const struct desk_list *list = input->lookup ? desk_list(w->frame->desk, input->lookup) : NULL;

    for (size_t i = 0; list && list->there && i < list->list.n; i++) {
        char *word = str_format("%.*s=%s", (int)len, field, list->list.values[i].name);

        give(w, word, list->list.values[i].id);
        free(word);
    }
}

static void where(const struct wanted *w)
{
    const struct entity *entity = w->frame->desk->filters.entity;
    size_t len = strcspn(w->typed, "=!<>");
    char *field = mem_strndup(w->typed, len);
    const struct input *input = entity_input(entity, field, BOUND_NONE);

    if (w->typed[len] == '=' && input) {
        field_values(w, input, field, len);
    } else if (!w->typed[len]) {
        for (size_t i = 0; i < entity->search.n_inputs; i++) {
            const struct input *in = &entity->search.inputs[i];
            char *word = str_format("%s%s", in->label,
                                    in->bound == BOUND_LOW    ? ">="
                                    : in->bound == BOUND_HIGH ? "<="
                                                              : "=");

            if (in->kind != INPUT_PAGING)
                give(w, word, in->name);
            free(word);
        }
    }
    free(field);
}

static void columns(const struct wanted *w)
{
    const struct results *r = &w->frame->desk->results;

    for (size_t i = 0; r->entity && i < desk_n_columns(r); i++) {
        if (desk_column_offered(r, i))
            give(w, desk_column(r, i)->heading, desk_column(r, i)->name);
    }
}

static void sorts(const struct wanted *w)
{
    const struct entity *entity = w->frame->desk->filters.entity;

    for (const char *const *s = entity->search.sorts; *s; s++)
        give(w, *s, "");
}

static void entities(const struct wanted *w)
{
    for (const struct entity *const *all = entity_all(); *all; all++)
        give(w, (*all)->name, "");
}

static void themes(const struct wanted *w)
{
    struct theme_names names = themes_list();

    for (size_t i = 0; i < names.len; i++)
        give(w, names.items[i], "");
    themes_free(&names);
}

// "~/x" and plain paths; folders end in a slash.
static void files(const struct wanted *w)
{
    char *prefix = mem_strndup(w->typed, (size_t)(file_name(w->typed) - w->typed));
    char *folder = xdg_home_path(*prefix ? prefix : ".");
    DIR *dir = opendir(folder);

    for (const struct dirent *d = dir ? readdir(dir) : NULL; d; d = readdir(dir)) {
        char *path = str_format("%s/%s", folder, d->d_name);
        struct stat st;
        bool is_folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
        char *word = str_format("%s%s%s", prefix, d->d_name, is_folder ? "/" : "");

        if (d->d_name[0] != '.')
            give(w, word, "");
        free(word);
        free(path);
    }
    if (dir)
        (void)closedir(dir);
    free(folder);
    free(prefix);
}

static void words(const struct wanted *w, const char *const *each)
{
    for (; *each; each++)
        give(w, *each, "");
}

static void switches(const struct wanted *w)
{
    words(w, (const char *const[]){"on", "off", NULL});
}

static void whichs(const struct wanted *w)
{
    words(w, (const char *const[]){"marked", "fetched", "owned", "library", NULL});
    files(w);
}

static void settings(const struct wanted *w)
{
    for (int i = 0; i < SETTINGS; i++)
        give(w, setting_defs()[i].name, setting_defs()[i].help);
}

static void values(const struct wanted *w)
{
    enum setting which;
    struct err e;

    if (w->line->n < 2 || !setting_named(&w->line->words[1], &which, &e))
        return;
    if (setting_defs()[which].kind == KIND_SWITCH)
        switches(w);
    else if (setting_defs()[which].kind == KIND_CAP)
        give(w, "none", "");
    else if (setting_defs()[which].kind == KIND_PURGE)
        words(w, (const char *const[]){"ask", "auto", NULL});
    else if (which == SETTING_THEME)
        themes(w);
}

static void jobs(const struct wanted *w)
{
    const struct job_infos *all = &w->frame->desk->jobs;

    for (size_t i = 0; i < all->n; i++)
        give(w, all->items[i].row.name, "");
}

static void profiles(const struct wanted *w)
{
    struct profile_list all = {0};
    struct err skipped, e;

    if (!profiles_list(&all, &skipped, &e))
        return;
    for (size_t i = 0; i < all.n; i++)
        give(w, all.items[i].name, "");
    profiles_free(&all);
}

static void choices(const struct wanted *w)
{
    static const char between[] = "[|] ";
    const struct cmd *c = w->line->n ? cmd_find(w->line->words[0].text) : NULL;
    const char *at = c ? c->args + strspn(c->args, between) : "";

    while (*at) {
        size_t len = strcspn(at, between);
        char *word = mem_strndup(at, len);

        give(w, word, "");
        free(word);
        at += len + strspn(at + len, between);
    }
}

static void (*const by_kind[])(const struct wanted *w) = {
    [ARG_PANE] = panes,       [ARG_WHERE] = where,      [ARG_COLUMN] = columns,
    [ARG_SORT] = sorts,       [ARG_ENTITY] = entities,  [ARG_THEME] = themes,
    [ARG_FILE] = files,       [ARG_SWITCH] = switches,  [ARG_WHICH] = whichs,
    [ARG_COMMAND] = commands, [ARG_CONTEXT] = contexts, [ARG_KEY] = keys,
    [ARG_SETTING] = settings, [ARG_VALUE] = values,     [ARG_CHOICE] = choices,
    [ARG_JOB] = jobs,         [ARG_PROFILE] = profiles};

bool complete_knows(enum cmd_arg kind)
{
    return (size_t)kind < ARRAY_LEN(by_kind) && by_kind[kind];
}

void complete_arg(struct frame *f, enum cmd_arg kind, const struct line *line, const char *typed,
                  arg_offer *offer, void *to)
{
    const struct wanted w = {f, line, typed, offer, to};

    if (complete_knows(kind))
        by_kind[kind](&w);
}

struct fitting {
    const char *typed;
    bool starting; // those that begin with it, not those that hold it further on
    arg_offer *offer;
    void *to;
};

static void offer_fitting(void *self, const char *word, const char *about)
{
    const struct fitting *f = self;
    const char *at = str_find_case(word, f->typed);

    if (at && (at == word) == f->starting)
        f->offer(f->to, word, about);
}

void complete_fitting(struct frame *f, enum cmd_arg kind, const struct line *line,
                      const char *typed, arg_offer *offer, void *to)
{
    struct fitting fitting = {typed, true, offer, to};

    complete_arg(f, kind, line, typed, offer_fitting, &fitting);
    fitting.starting = false;
    complete_arg(f, kind, line, typed, offer_fitting, &fitting);
}
