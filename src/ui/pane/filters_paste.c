// What is pasted onto a filter. UI thread. Floor: ui/pane.
#include "base/count.h"
#include "base/text.h"
#include "ui/pane/filters_pane.h"
#include "ui/pane/values_load.h"

// Of a paste: its characters, and those that a line does not take, bytes that are none included.
struct made_of {
    size_t all, unfit;
};

static struct made_of look(const struct event *ev)
{
    struct made_of of = {0, 0};
    size_t bytes;

    for (size_t at = 0; at < ev->paste_len; at += bytes, of.all++) {
        char c = ev->paste[at];
        uint32_t point = 0;

        bytes = text_decode(ev->paste + at, ev->paste_len - at, &point);
        if (bytes == 0 || (point < ' ' && c != '\t' && c != '\n' && c != '\r') ||
            (point >= 0x7f && point < 0xa0))
            of.unfit++;
        bytes = bytes ? bytes : 1;
    }
    return of;
}

// Phrases with operators may be longer together; they are checked like any text of a person.
static bool has_room(const struct filters_pane *f, const struct input *in, const struct event *ev,
                     size_t characters)
{
    size_t room = EDIT_MAX - (f->form.editing ? f->form.edit.text.len : 0);

    return ev->paste_len <= room && (characters <= VALUE_MAX || in->kind == INPUT_EXPRESSION);
}

// Where nothing is typed yet, it takes the place of what is there, which Esc brings back.
static void put(struct filters_pane *f, const struct input *in, const struct event *ev)
{
    struct pane *popup;

    if (!f->form.editing && (in->kind == INPUT_LOOKUP || in->kind == INPUT_CHOICE)) {
        popup = filters_pick(f, in);
        (void)popup->ops->event(popup, ev);
        return;
    }
    if (!f->form.editing && filters_choose(f, in))
        edit_set(&f->form.edit, "");
    if (f->form.editing)
        (void)form_event(&f->form, ev);
}

static bool take(struct filters_pane *f, const struct input *in, const struct event *ev,
                 struct err *e)
{
    struct made_of of = look(ev);
    char n[COUNT_MAX];

    if (values_load_wanted(in, ev)) {
        f->form.editing = false;
        values_load_text(f->pane.desk, f->pane.host, in, ev->paste, ev->paste_len);
        return true;
    }
    if (in->kind == INPUT_FLAG)
        return err_set(e, ERR_INVALID, "%s is yes, no or either; nothing was pasted", in->label);
    if (!has_room(f, in, ev, of.all))
        return err_set(e, ERR_INVALID,
                       "what was pasted has %s characters, and %s takes %d; nothing of it was "
                       "pasted",
                       count_text((long long)of.all, n), in->label, VALUE_MAX);
    put(f, in, ev);
    if (of.unfit)
        host_say(f->pane.host, ROLE_WARNING,
                 "Left out of what was pasted: %s control characters, or bytes that are no text.",
                 count_text((long long)of.unfit, n));
    return true;
}

void filters_paste(struct filters_pane *f, const struct event *ev)
{
    const struct input *in = input_here(f);
    struct err e;

    if (filters_granted(f, in) && !take(f, in, ev, &e))
        host_fail(f->pane.host, &e);
    filters_refill(f);
}
