// Commands of the frame that change keys and settings for this session. UI thread.
// Floor: ui/frame.
#include "ui/frame/handlers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/frame/pickers.h"
#include "ui/frame/toggle.h"

bool toggle_read(const struct line *line, bool *on, struct err *e)
{
    if (line->n < 2) {
        *on = !*on;
        return true;
    }
    return switch_parse(line->words[1].text, on) ||
           line_fault(e, &line->words[1], "%s takes on or off, not \"%.20s\"", line->words[0].text,
                      line->words[1].text);
}

static bool toggle(struct frame *f, const struct line *line, enum setting which,
                   const char *on_text, const char *off_text, struct err *e)
{
    bool on = settings_int(&f->config.settings, which);

    if (!toggle_read(line, &on, e))
        return false;
    settings_put(&f->config.settings, which, on ? "on" : "off");
    frame_apply(f, which);
    frame_say(f, ROLE_TEXT, "%s", on ? on_text : off_text);
    return true;
}

bool do_mouse(struct frame *f, const struct line *line, struct err *e)
{
    return toggle(f, line, SETTING_MOUSE, "The mouse is Lode's.",
                  "The mouse is the terminal's: it selects text.", e);
}

bool do_privacy(struct frame *f, const struct line *line, struct err *e)
{
    return toggle(f, line, SETTING_PRIVACY, "People's names and values are masked.",
                  "People's names and values are shown.", e);
}

bool do_live_count(struct frame *f, const struct line *line, struct err *e)
{
    return toggle(f, line, SETTING_LIVE_COUNT,
                  "Counts by itself after each change of the filters: one request each.",
                  "Counts only when asked.", e);
}

// The old theme stays where there is no such one.
static bool take_theme(struct frame *f, const char *name, struct err *e)
{
    char *old = mem_strdup(settings_text(&f->config.settings, SETTING_THEME));
    bool ok;

    settings_put(&f->config.settings, SETTING_THEME, name);
    ok = config_theme(&f->config, e);
    if (ok)
        frame_apply(f, SETTING_THEME);
    else
        settings_put(&f->config.settings, SETTING_THEME, old);
    free(old);
    return ok;
}

bool do_theme(struct frame *f, const struct line *line, struct err *e)
{
    if (line->n > 1)
        return take_theme(f, line->words[1].text, e);
    if (!f->screen) {
        frame_say(f, ROLE_TEXT, "The theme is %s.",
                  settings_text(&f->config.settings, SETTING_THEME));
        return true;
    }
    pick_theme(f);
    return true;
}

bool do_set(struct frame *f, const struct line *line, struct err *e)
{
    enum setting which;

    if (!setting_named(&line->words[1], &which, e))
        return false;
    if (line->n == 2) {
        frame_say(f, ROLE_TEXT, "%s is %s.", setting_defs()[which].name,
                  settings_text(&f->config.settings, which));
        return true;
    }
    if (which == SETTING_THEME)
        return take_theme(f, line->words[2].text, e);
    if (!settings_line(&f->config.settings, line, &which, e))
        return false;
    frame_apply(f, which);
    return true;
}

bool do_split(struct frame *f, const struct line *line, struct err *e)
{
    struct word words[] = {line->words[0], {.text = mem_strdup("split")}, line->words[1]};
    const struct line set = {words, 3, line->number};
    enum setting which;
    bool ok = settings_line(&f->config.settings, &set, &which, e);

    free(words[1].text);
    if (ok)
        frame_apply(f, SETTING_SPLIT);
    return ok;
}

bool do_bind(struct frame *f, const struct line *line, struct err *e)
{
    if (!config_line(&f->config, "", line, e))
        return false;
    f->bars_stale = true;
    return true;
}

bool do_unbind(struct frame *f, const struct line *line, struct err *e)
{
    return do_bind(f, line, e);
}

bool do_reload(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    frame_reload(f);
    if (!f->config.faults)
        frame_say(f, ROLE_TEXT, CONFIG_FILE " was read again.");
    return true;
}
