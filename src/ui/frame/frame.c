// The explorer's frame: its beginning and end, its settings. UI thread. Floor: ui/frame.
#include "ui/frame/frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "ui/frame/handlers.h"

int panes_find(const struct pane_row *rows, const char *name)
{
    for (int i = 0; rows[i].ops; i++) {
        if (str_eq(rows[i].ops->name, name))
            return i;
    }
    return -1;
}

static void apply_theme(struct frame *f)
{
    if (f->term)
        term_theme(f->term, &f->config.theme);
    f->stale = true;
}

static void apply_mouse(struct frame *f)
{
    if (f->term)
        term_mouse(f->term, settings_int(&f->config.settings, SETTING_MOUSE));
}

static void apply_privacy(struct frame *f)
{
    desk_set_privacy(f->desk, settings_int(&f->config.settings, SETTING_PRIVACY));
    f->stale = true;
}

static void apply_live_count(struct frame *f)
{
    desk_set_live_count(f->desk, settings_int(&f->config.settings, SETTING_LIVE_COUNT));
}

static void put_budget(struct frame *f, enum setting which, enum cap_kind kind)
{
    long long most = 0;

    (void)limit_parse(settings_text(&f->config.settings, which), &most);
    desk_set_budget(f->desk, kind, most);
    f->bars_stale = true;
}

static void apply_budget_job(struct frame *f)
{
    put_budget(f, SETTING_BUDGET_JOB, CAP_JOB);
}

static void apply_budget_session(struct frame *f)
{
    put_budget(f, SETTING_BUDGET_SESSION, CAP_SESSION);
}

static void apply_budget_day(struct frame *f)
{
    put_budget(f, SETTING_BUDGET_DAY, CAP_DAY);
}

static void apply_free_months(struct frame *f)
{
    desk_set_free_months(f->desk, settings_int(&f->config.settings, SETTING_FREE_MONTHS));
}

static void apply_retention(struct frame *f)
{
    const struct settings *s = &f->config.settings;

    desk_set_retention(f->desk, settings_int(s, SETTING_RETAIN_MONTHS),
                       settings_int(s, SETTING_RETAIN_PURGE));
}

// Where a line was dragged to is found again at the next start.
static void apply_split(struct frame *f)
{
    static const enum setting splits[] = {SETTING_SPLIT, SETTING_DETAIL_SPLIT};

    for (size_t i = 0; i < ARRAY_LEN(splits); i++) {
        const char *now = settings_text(&f->config.settings, splits[i]);

        if (!str_eq(now, settings_text(&f->config.told, splits[i])))
            desk_remember(f->desk, setting_defs()[splits[i]].name, now);
    }
    f->stale = true;
}

void frame_apply(struct frame *f, enum setting which)
{
    static void (*const apply[SETTINGS])(struct frame * f) = {
        [SETTING_THEME] = apply_theme,
        [SETTING_MOUSE] = apply_mouse,
        [SETTING_PRIVACY] = apply_privacy,
        [SETTING_LIVE_COUNT] = apply_live_count,
        [SETTING_SPLIT] = apply_split,
        [SETTING_DETAIL_SPLIT] = apply_split,
        [SETTING_TYPED_ABOVE] = NULL,
        [SETTING_BUDGET_JOB] = apply_budget_job,
        [SETTING_BUDGET_SESSION] = apply_budget_session,
        [SETTING_BUDGET_DAY] = apply_budget_day,
        [SETTING_FREE_MONTHS] = apply_free_months,
        [SETTING_RETAIN_MONTHS] = apply_retention,
        [SETTING_RETAIN_PURGE] = apply_retention,
    };

    if (apply[which])
        apply[which](f);
}

// What the desk was left with holds, as long as no file says otherwise.
static void take_desk(struct frame *f)
{
    struct settings *s = &f->config.settings;

    if (!s->texts[SETTING_PRIVACY])
        settings_put(s, SETTING_PRIVACY, f->desk->privacy ? "on" : "off");
    if (!s->texts[SETTING_LIVE_COUNT])
        settings_put(s, SETTING_LIVE_COUNT, f->desk->live_count ? "on" : "off");
}

void frame_reload(struct frame *f)
{
    char *first;

    config_load(&f->config);
    take_desk(f);
    for (int i = 0; i < SETTINGS; i++)
        frame_apply(f, (enum setting)i);
    desk_doctor_faults(f->desk, str_text(&f->config.fault));
    first = mem_strndup(str_text(&f->config.fault), strcspn(str_text(&f->config.fault), "\n"));
    if (f->config.faults > 1)
        frame_say(f, ROLE_WARNING, "%s (and %zu more: %sdoctor tells)", first, f->config.faults - 1,
                  f->screen ? ":" : "");
    else if (f->config.faults)
        frame_say(f, ROLE_WARNING, "%s", first);
    free(first);
}

void frame_init(struct frame *f, const struct pane_row *rows, struct desk *desk, struct term *term,
                bool screen)
{
    *f = (struct frame){.desk = desk, .term = term, .screen = screen, .clock = clock_system()};
    f->host.frame = f;
    f->message.number = desk->message.number;
    deck_init(&f->deck, rows, desk, &f->host);
    config_init(&f->config, rows);
    if (term)
        term_asks(term, frame_asks, frame_types, frame_moves, f);
    frame_reload(f);
}

void frame_free(struct frame *f)
{
    edit_filters_forget();
    deck_free(&f->deck);
    config_free(&f->config);
    canvas_free(&f->canvas);
    history_free(&f->history);
    script_free(&f->script);
    free(f->priced.line);
    str_free(&f->message.text);
    str_free(&f->host.key);
    vec_free(&f->wakes);
}

void frame_size(struct frame *f, int h, int w)
{
    f->h = h;
    f->w = w;
    f->stale = true;
}

static int first_pane(const struct frame *f)
{
    const char *kept = desk_remembered(f->desk, "pane");
    int welcome = panes_find(f->deck.rows, "welcome");
    int pane = kept ? panes_find(f->deck.rows, kept) : -1;

    if (!*f->desk->profile && welcome >= 0)
        return welcome;
    if (pane >= 0 && f->deck.rows[pane].tab)
        return pane;
    return 0;
}

// Kept words are lines of a file that anybody may have changed: they are read like any other.
static void restore_setting(struct frame *f, enum setting which)
{
    char *name = mem_strdup(setting_defs()[which].name);
    const char *kept = desk_remembered(f->desk, name);
    char *value = mem_strdup(kept ? kept : "");
    struct word words[] = {{.text = name}, {.text = name}, {.text = value}};
    const struct line line = {words, ARRAY_LEN(words), 0};

    if (kept && settings_line(&f->config.settings, &line, &which, &(struct err){0}))
        frame_apply(f, which);
    free(name);
    free(value);
}

void frame_open_first(struct frame *f)
{
    const char *zoom = desk_remembered(f->desk, "zoom");

    restore_setting(f, SETTING_SPLIT);
    restore_setting(f, SETTING_DETAIL_SPLIT);
    f->deck.zoom = zoom && str_eq(zoom, "on");
    deck_show(&f->deck, first_pane(f));
}
