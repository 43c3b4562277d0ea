// A value of a record as panes show it: by its column's type, masked where a person's values are to
// be hidden. UI thread. Floor: ui/pane.
#include "ui/pane/cells.h"

#include <string.h>

#include "base/count.h"
#include "base/text.h"
#include "model/date.h"

enum { DAY_LEN = 10 };

typedef const char *shower(const char *text, char buf[static CELL_MAX]);

const char *cell_mask(void)
{
    return text_is_utf8() ? "\u2022\u2022\u2022\u2022\u2022" : "*****";
}

static bool is_masked(const struct desk *d, const struct column *c, const char *text)
{
    return d->privacy && c->marks & COLUMN_PERSONAL && *text;
}

// -1: neither.
static int flag_of(const char *text)
{
    static const char *const words[2][3] = {{"false", "no", "0"}, {"true", "yes", "1"}};

    for (int value = 0; value < 2; value++) {
        for (size_t i = 0; i < 3; i++) {
            if (str_eq_case(text, words[value][i]))
                return value;
        }
    }
    return -1;
}

static const char *show_text(const char *text, char buf[static CELL_MAX])
{
    (void)buf;
    return text;
}

static const char *show_flag(const char *text, char buf[static CELL_MAX])
{
    static const char *const signs[] = {".", "x"};
    int flag = flag_of(text);

    (void)buf;
    return flag < 0 ? text : signs[flag];
}

static const char *tell_flag(const char *text, char buf[static CELL_MAX])
{
    static const char *const words[] = {"no", "yes"};
    int flag = flag_of(text);

    (void)buf;
    return flag < 0 ? text : words[flag];
}

static const char *show_money(const char *text, char buf[static CELL_MAX])
{
    long long n;

    return str_int64(text, &n) ? count_text(n, buf) : text;
}

static const char *tell_date(const char *text, char buf[static CELL_MAX])
{
    return date_normal(text, buf) ? buf : text;
}

static const char *show_date(const char *text, char buf[static CELL_MAX])
{
    const char *told = tell_date(text, buf);

    if (told == buf && strlen(buf) > DAY_LEN)
        buf[DAY_LEN] = '\0';
    return told;
}

const char *cell_shown(const struct desk *d, const struct column *c, const char *text,
                       char buf[static CELL_MAX])
{
    static shower *const shown[] = {
        [COLUMN_TEXT] = show_text,   [COLUMN_ID] = show_text,     [COLUMN_NUMBER] = show_text,
        [COLUMN_MONEY] = show_money, [COLUMN_FLAG] = show_flag,   [COLUMN_DATE] = show_date,
        [COLUMN_LIST] = show_text,   [COLUMN_OBJECT] = show_text,
    };

    return is_masked(d, c, text) ? cell_mask() : shown[c->type](text, buf);
}

const char *cell_told(const struct desk *d, const struct column *c, const char *text,
                      char buf[static CELL_MAX])
{
    static shower *const told[] = {
        [COLUMN_TEXT] = show_text,   [COLUMN_ID] = show_text,     [COLUMN_NUMBER] = show_text,
        [COLUMN_MONEY] = show_money, [COLUMN_FLAG] = tell_flag,   [COLUMN_DATE] = tell_date,
        [COLUMN_LIST] = show_text,   [COLUMN_OBJECT] = show_text,
    };

    return is_masked(d, c, text) ? cell_mask() : told[c->type](text, buf);
}

const char *label_shown(const struct desk *d, const struct entity *entity, const char *label)
{
    for (size_t i = 0; i < entity->search.n_columns; i++) {
        if (is_masked(d, &entity->search.columns[i], label))
            return cell_mask();
    }
    return label;
}

bool input_masked(const struct desk *d, const struct input *in)
{
    return d->privacy && in->group == GROUP_WHO;
}

bool cell_is_number(const struct column *c)
{
    return c->type == COLUMN_NUMBER || c->type == COLUMN_MONEY;
}
