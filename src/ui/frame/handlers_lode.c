// Commands of the frame about Lode itself: asking for commands, help, leaving. UI thread.
// Floor: ui/frame.
#include "ui/frame/handlers.h"

#include <stdlib.h>

#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/frame/help.h"
#include "ui/frame/pickers.h"
#include "ui/term/event.h"

bool do_command(struct frame *f, const struct line *line, struct err *e)
{
    struct str first = {0};

    (void)e;
    for (size_t i = 1; i < line->n; i++) {
        line_quote(line->words[i].text, &first);
        str_add_char(&first, ' ');
    }
    ask_command(f, str_text(&first));
    str_free(&first);
    return true;
}

bool do_palette(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    pick_command(f);
    return true;
}

bool do_menu(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    open_menu(f);
    return true;
}

bool do_help(struct frame *f, const struct line *line, struct err *e)
{
    const struct cmd *c = NULL;

    if (line->n > 1 && !(c = cmd_named(&line->words[1], e)))
        return false;
    help_open(f, c);
    return true;
}

bool do_redraw(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    f->stale = true;
    if (f->term)
        term_redraw(f->term);
    return true;
}

bool do_suspend(struct frame *f, const struct line *line, struct err *e)
{
    int h, w;

    (void)line;
    (void)e;
    if (!f->term)
        return true;
    term_suspend(f->term);
    term_size(f->term, &h, &w);
    frame_size(f, h, w);
    return true;
}

bool do_press(struct frame *f, const struct line *line, struct err *e)
{
    for (size_t i = 1; i < line->n; i++) {
        if (!key_parse(line->words[i].text))
            return line_fault(e, &line->words[i], "there is no key \"%.20s\"", line->words[i].text);
    }
    for (size_t i = 1; i < line->n; i++)
        frame_event(f, &(struct event){.kind = EVENT_KEY, .key = key_parse(line->words[i].text)});
    return true;
}

bool do_type(struct frame *f, const struct line *line, struct err *e)
{
    struct str text = {0};

    (void)e;
    for (size_t i = 1; i < line->n; i++)
        str_addf(&text, "%s%s", i > 1 ? " " : "", line->words[i].text);
    frame_event(
        f, &(struct event){.kind = EVENT_PASTE, .paste = str_text(&text), .paste_len = text.len});
    str_free(&text);
    return true;
}
