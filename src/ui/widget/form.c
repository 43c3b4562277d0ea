// A form: labelled fields one below the other. UI thread. Floor: ui/widget.
#include "ui/widget/form.h"

#include <stdio.h>

#include "base/str.h"
#include "base/text.h"
#include "ui/widget/row.h"

enum { GAP = 2, EDIT_LEAST = 8 };

static struct form_field field_at(const struct form *f, size_t i)
{
    return f->source.field(f->source.self, i);
}

static bool is_heading(const struct form *f, size_t i)
{
    return !field_at(f, i).value;
}

// The source may have changed since the last drawing.
static void recount(struct form *f)
{
    scroll_fit(&f->scroll, f->source.count(f->source.self), f->scroll.h);
}

// The nearest field from the cursor on, first one way, then the other.
static void settle(struct form *f, bool down)
{
    size_t at = f->scroll.at, n = f->scroll.n;

    for (int way = 0; way < 2; way++, down = !down) {
        size_t i = at;

        while (i < n && is_heading(f, i))
            i += down ? 1 : (size_t)-1;
        if (i < n) {
            scroll_to(&f->scroll, i);
            break;
        }
    }
}

// A heading just above the window comes into sight with the first of its fields.
static void show_heading(struct form *f)
{
    struct scroll *s = &f->scroll;

    if (s->at == s->top && s->top > 0 && s->h > 1 && is_heading(f, s->top - 1))
        s->top--;
}

static int label_width(const struct form *f, int room)
{
    int widest = f->label_width;

    for (size_t i = 0; f->label_width == 0 && i < f->scroll.n; i++) {
        struct form_field field = field_at(f, i);
        int width = field.value ? text_width(field.label) : 0;

        widest = width > widest ? width : widest;
    }
    return widest < room / 2 ? widest : room / 2;
}

// A secret as dots, as many whatever its length is.
static const char *value_of(const struct form_field *field)
{
    if (!field->secret || !*field->value)
        return field->value;
    return text_is_utf8() ? "••••••••" : "********";
}

// The next bound of a field has no label of its own.
static const char *spoken_label(const struct form *f, size_t i)
{
    while (i && !*field_at(f, i).label && !is_heading(f, i - 1))
        i--;
    return field_at(f, i).label;
}

static void say_field(const struct form *f, struct area a, int y, size_t i, bool at)
{
    struct str *said = row_say(a, y, at ? ROW_CURSOR : "", NULL, NULL);
    struct form_field field;
    const char *value;

    if (!said)
        return;
    str_add(said, spoken_label(f, i));
    field = field_at(f, i);
    value = field.secret && *field.value ? "hidden" : field.value;
    if (*value)
        str_addf(said, ": %s", str_eq(value, "-") ? "none" : value);
    row_say_pair(said, "", field.note ? field.note : "");
}

static void draw_field(const struct form *f, struct area a, int y, int value_x, size_t i, bool at,
                       bool focused)
{
    struct form_field field = field_at(f, i);
    enum role role = row_role(at, focused), dim = at ? role : ROLE_DIM;
    enum role label = at ? role : field.blocked ? ROLE_DIM : ROLE_LABEL;
    bool alone = !*field.value; // the label may go on where a value would stand
    int x = row_gutter(false), used;

    area_fill(area_part(a, y, 0, 1, a.w), role);
    row_signs(a, y, role, at ? ROW_CURSOR : "", NULL, role);
    used = area_text(a, y, x, alone ? a.w : value_x - GAP - x, label, field.label);
    if (alone && x + used + GAP > value_x)
        value_x = x + used + GAP;
    used = area_text(a, y, value_x, a.w, at ? role : field.role, value_of(&field));
    if (field.note)
        (void)area_text(a, y, value_x + used + (used ? GAP : 0), a.w, dim, field.note);
    say_field(f, a, y, i, at);
    if (at && focused)
        area_cursor(a, y, x);
}

static void draw_edit(struct form *f, struct area a, int y, int value_x, bool focused)
{
    int x = a.w - value_x < EDIT_LEAST ? row_gutter(false) : value_x;

    edit_draw(&f->edit, area_part(a, y, x, 1, a.w - x), focused, NULL);
}

static void draw_row(struct form *f, struct area a, int y, int value_x, size_t i, bool focused)
{
    bool at = i == f->scroll.at;

    if (is_heading(f, i))
        (void)area_text(a, y, 0, a.w, ROLE_TITLE, field_at(f, i).label);
    else
        draw_field(f, a, y, value_x, i, at, focused);
    if (at && f->editing)
        draw_edit(f, a, y, value_x, focused);
}

void form_draw(struct form *f, struct area a, bool focused)
{
    int gutter = row_gutter(false), value_x;

    scroll_fit(&f->scroll, f->source.count(f->source.self), a.h);
    settle(f, true);
    show_heading(f);
    value_x = gutter + label_width(f, a.w - gutter) + GAP;
    area_fill(a, ROLE_TEXT);
    for (int y = 0; y < a.h && (size_t)y < f->scroll.n - f->scroll.top; y++)
        draw_row(f, a, y, value_x, f->scroll.top + (size_t)y, focused);
    if (focused && f->scroll.n == 0)
        area_cursor(a, 0, 0);
}

bool form_cut(const struct form *f, int w, char *buf, size_t size)
{
    int gutter = row_gutter(false), room = label_width(f, w - gutter), label, end;
    struct form_field field;
    const char *value, *note;
    bool alone;

    *buf = '\0';
    if (f->editing || f->scroll.at >= f->scroll.n || is_heading(f, f->scroll.at))
        return false;
    field = field_at(f, f->scroll.at);
    value = value_of(&field);
    note = field.note ? field.note : "";
    alone = !*value;
    label = text_width(field.label);
    end = gutter + (alone && (label > room || !*note) ? label : room);
    if (!alone || *note)
        end += GAP + text_width(value) + (!alone && *note ? GAP : 0) + text_width(note);
    if (end <= w && (alone || label <= room))
        return false;
    (void)snprintf(buf, size, "%s%s%s%s%s", field.label, alone && !*note ? "" : ": ", value,
                   !alone && *note ? "  " : "", note);
    return true;
}

bool form_move(struct form *f, enum move move)
{
    size_t before = f->scroll.at;
    bool down =
        move == MOVE_DOWN || move == MOVE_PAGE_DOWN || move == MOVE_HALF_DOWN || move == MOVE_TOP;

    recount(f);
    if (!scroll_move(&f->scroll, move))
        return false;
    settle(f, down);
    return f->scroll.at != before;
}

bool form_edit(struct form *f, const char *text)
{
    struct form_field field;

    recount(f);
    if (f->scroll.n == 0)
        return false;
    field = field_at(f, f->scroll.at);
    if (field.blocked || !field.value)
        return false;
    edit_set(&f->edit, "");
    f->edit.secret = field.secret;
    edit_set(&f->edit, text);
    f->editing = true;
    return true;
}

static enum form_result type(struct form *f, const struct event *ev)
{
    bool enter = ev->kind == EVENT_KEY && ev->key == K_ENTER;
    bool escape = ev->kind == EVENT_KEY && ev->key == K_ESCAPE;

    if (enter || escape) {
        f->editing = false;
        if (escape)
            edit_set(&f->edit, "");
        return escape ? FORM_LEFT : FORM_ENTERED;
    }
    return edit_event(&f->edit, ev) ? FORM_TAKEN : FORM_NOT_MINE;
}

// The first press may have moved the rows: the second one is meant for the same field.
static enum form_result click_again(struct form *f)
{
    f->pressed = false;
    return field_at(f, f->scroll.at).button ? FORM_TAKEN : FORM_CHOSEN;
}

static enum form_result click(struct form *f, const struct event *ev)
{
    size_t i;

    if (f->pressed && ev->mouse == MOUSE_DOUBLE && !f->editing)
        return click_again(f);
    f->pressed = f->pressed && ev->mouse == MOUSE_RELEASE;
    if (!scroll_clicked(&f->scroll, ev, 0, &i))
        return FORM_NOT_MINE;
    if (f->editing) {
        f->editing = i == f->scroll.at;
        return f->editing ? FORM_TAKEN : FORM_ENTERED;
    }
    if (is_heading(f, i))
        return FORM_NOT_MINE;
    scroll_to(&f->scroll, i);
    f->pressed = ev->mouse == MOUSE_PRESS;
    return ev->mouse == MOUSE_DOUBLE || field_at(f, i).button ? FORM_CHOSEN : FORM_TAKEN;
}

enum form_result form_event(struct form *f, const struct event *ev)
{
    if (ev->kind != EVENT_MOUSE)
        return f->editing ? type(f, ev) : FORM_NOT_MINE;
    recount(f);
    if (f->editing || !scroll_wheeled(&f->scroll, ev))
        return click(f, ev);
    settle(f, ev->mouse == MOUSE_WHEEL_DOWN);
    return FORM_TAKEN;
}

void form_free(struct form *f)
{
    edit_free(&f->edit);
    f->editing = false;
}
