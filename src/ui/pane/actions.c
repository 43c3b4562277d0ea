// What panes share in carrying out commands. UI thread. Floor: ui/pane.
#include "ui/pane/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "ui/widget/dialog.h"

enum { WHEEL_ROWS = 3 };

enum move action_move(const struct line *line)
{
    const char *name = line->words[0].text;
    enum move move = MOVE_DOWN;

    if (str_eq(name, "next-column"))
        return MOVE_RIGHT;
    if (str_eq(name, "prev-column"))
        return MOVE_LEFT;
    (void)move_find(name, &move);
    return move;
}

bool action_key(const struct line *line, struct event *out)
{
    static const struct {
        const char *name;
        uint32_t key;
    } keys[] = {{"choose", K_ENTER}, {"back", K_ESCAPE}, {"delete", K_DELETE},
                {"left", K_LEFT},    {"right", K_RIGHT}, {"first", K_HOME},
                {"last", K_END},     {"top", K_HOME},    {"bottom", K_END}};

    *out = (struct event){.kind = EVENT_KEY};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (str_eq(line->words[0].text, keys[i].name))
            out->key = keys[i].key;
    }
    return out->key != 0;
}

void action_text(const struct line *line, struct str *out)
{
    for (size_t i = 1; i < line->n; i++)
        str_addf(out, "%s%s", i > 1 ? " " : "", line->words[i].text);
}

bool action_up(struct err *e)
{
    *e = (struct err){.retry_after = -1};
    return false;
}

char *key_text(const struct pane *p, const char *command, char buf[static KEY_TEXT_MAX])
{
    (void)snprintf(buf, KEY_TEXT_MAX, "%s", host_key(p->host, p, command));
    return buf;
}

bool reads_lines(const struct pane *p)
{
    return str_eq(host_key(p->host, p, "choose"), "choose");
}

static bool is_letter(char c)
{
    return str_lower(c) >= 'a' && str_lower(c) <= 'z';
}

// What is typed instead of the key that text begins with; NULL: it begins with none.
static const char *typed_for(const char *text, size_t *len)
{
    static const struct {
        const char *key, *typed;
    } keys[] = {{"Enter", "choose"},
                {"Esc", "back"},
                {"Space", "press Space"},
                {"Tab", "press Tab"},
                {"S-Up", "press S-Up,"},
                {"S-Down", "press S-Down"},
                {"Delete", "delete"},
                {"M-u", "undo"},
                {"C-c", "cancel"},
                {"F5", "refresh"},
                {"Type to narrow", "type TEXT narrows"}};

    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        *len = strlen(keys[i].key);
        if (str_starts(text, keys[i].key) && !is_letter(text[*len]))
            return keys[i].typed;
    }
    return NULL;
}

const char *hint_text(const struct pane *p, const char *text, char buf[static HINT_TEXT_MAX])
{
    size_t n = 0, len = 0;

    if (!reads_lines(p))
        return text;
    for (const char *at = text; *at && n + 1 < HINT_TEXT_MAX; at += len) {
        const char *typed = at == text || !is_letter(at[-1]) ? typed_for(at, &len) : NULL;

        len = typed ? len : 1;
        n += (size_t)snprintf(buf + n, HINT_TEXT_MAX - n, "%.*s", typed ? HINT_TEXT_MAX : 1,
                              typed ? typed : at);
    }
    buf[n < HINT_TEXT_MAX ? n : HINT_TEXT_MAX - 1] = '\0';
    return buf;
}

// The bytes of what comes before the next two blanks, and of what is between.
static size_t hint_item(const char *text, size_t *gap)
{
    const char *end = strstr(text, "  ");

    *gap = end ? strspn(end, " ") : 0;
    return end ? (size_t)(end - text) : strlen(text);
}

// The bytes of the first row of a hint in w columns: whole items, and one at the least.
static size_t hint_row(const char *text, int w, size_t *next)
{
    size_t len = 0, gap = 0;
    int used;

    for (*next = 0; text[*next];) {
        size_t end = *next + hint_item(text + *next, &gap);

        if (len && text_fitting(text, end, w, &used) < end)
            break;
        len = end;
        *next = end + gap;
    }
    return len;
}

int hint_draw(struct area a, bool draw, const char *hint)
{
    int rows = draw ? hint_draw(a, false, hint) : 0, y = 0;
    size_t next = 0;

    for (const char *at = hint; *at; at += next, y++) {
        size_t len = hint_row(at, a.w, &next);

        if (draw)
            (void)area_textf(a, a.h - rows + y, 0, a.w, ROLE_DIM, "%.*s", (int)len, at);
    }
    return y;
}

int form_cut_draw(const struct pane *p, struct area a, const struct form *f, int w)
{
    char text[FORM_TEXT_MAX];

    return !reads_lines(p) && form_cut(f, w, text, sizeof(text))
               ? wrapped_text(a, 0, ROLE_TEXT, text)
               : 0;
}

void copy_told(const struct desk *d, struct host *h, const char *text, const char *what)
{
    if (d->privacy && !host_has_clipboard(h))
        host_say(h, ROLE_WARNING,
                 "There is no clipboard here, and people's values are masked: nothing is shown. "
                 "privacy off shows them.");
    else if (host_copy(h, text))
        host_say(h, d->privacy ? ROLE_WARNING : ROLE_TEXT, "Copied %s%s.", what,
                 d->privacy ? ", in clear: the mask is over the screen alone" : "");
}

void table_step(struct pane *p, struct table_view *v, int w, const struct line *line)
{
    (void)table_view_move(v, action_move(line));
    table_view_reveal(v, w);
    p->dirty = true;
}

bool table_mouse(struct pane *p, struct table_view *v, int y, int w, const struct event *ev)
{
    struct table_hit hit;

    if (ev->kind != EVENT_MOUSE)
        return false;
    p->dirty = true;
    if (ev->mouse == MOUSE_WHEEL_UP || ev->mouse == MOUSE_WHEEL_DOWN) {
        scroll_wheel(&v->rows, ev->mouse == MOUSE_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
        return true;
    }
    hit = table_view_hit(v, w, ev->y - y, ev->x);
    if (hit.part != TABLE_ROW)
        return false;
    scroll_to(&v->rows, hit.row);
    if (ev->mouse == MOUSE_DOUBLE)
        host_command(p->host, "choose");
    return true;
}

void empty_say(struct area a, enum role role, const char *text)
{
    struct area middle = area_part(a, 0, 2, a.h, a.w > 4 ? a.w - 4 : a.w);
    int rows = wrapped_text(middle, 0, -1, text);
    int y = rows < a.h ? (a.h - rows) / 3 : 0;

    area_fill(a, ROLE_TEXT);
    (void)wrapped_text(middle, y, (int)role, text);
    area_cursor(a, y, 2);
}

void table_foot_place(struct area a, int used, const struct table_view *v)
{
    char at[COUNT_MAX], of[COUNT_MAX], text[COUNT_MAX * 2 + 16];

    (void)snprintf(text, sizeof(text), "row %s of %s", count_text((long long)v->rows.at + 1, at),
                   count_text((long long)v->rows.n, of));
    if (used + text_width(text) + 2 < a.w)
        (void)area_text_right(a, 0, used, a.w - used, ROLE_DIM, text);
}

void table_foot_range(const struct pane *p, struct area a, const struct table_view *v)
{
    size_t from = v->anchor, to = v->rows.at;
    size_t n = (from < to ? to - from : from - to) + 1;
    char count[COUNT_MAX], key[KEY_TEXT_MAX], hint[HINT_TEXT_MAX];

    (void)area_textf(a, 0, 1, a.w - 1, ROLE_STRONG, "a range of %s row%s: %s marks it, %s",
                     count_text((long long)n, count), n == 1 ? "" : "s",
                     key_text(p, "mark-range", key), hint_text(p, "Esc leaves it", hint));
}

bool table_looks(const struct table_view *v, size_t *first, size_t *n)
{
    if (*n == (size_t)v->rows.h && *first == v->rows.top)
        return false;
    *first = v->rows.top;
    *n = (size_t)v->rows.h;
    return true;
}
