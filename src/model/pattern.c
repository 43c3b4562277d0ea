// What cells are searched and filtered by. Any thread. Floor: model.
#include "model/pattern.h"

#include <regex.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/date.h"

enum { TEXT_MAX = 200, REPEAT_MAX = 99, REPEATS_MAX = 2, DAY_LEN = 10, SPREAD = 3 };

struct pattern {
    atomic_size_t refs;
    enum pattern_kind kind;
    enum column_type type; // PATTERN_VALUE
    char *text;            // owned
    bool ascii;
    regex_t regex; // PATTERN_REGEX
};

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

static struct pattern *make(enum pattern_kind kind, char *text)
{
    struct pattern *p = mem_zalloc(sizeof(*p));

    atomic_init(&p->refs, 1);
    p->kind = kind;
    p->text = text;
    p->ascii = is_ascii(text);
    return p;
}

// References back and large or many repeats can take longer than anybody waits.
static bool check_expression(const char *text, struct err *e)
{
    size_t repeats = 0;

    for (const char *p = text; *p; p++) {
        if (*p == '\\' && p[1]) {
            p++;
            if (*p >= '1' && *p <= '9')
                return err_set(e, ERR_INVALID, "\\%c is not searched for: it can take for ever",
                               *p);
        } else if (*p == '{') {
            long from = 0, to = 0;

            (void)sscanf(p, "{%6ld,%6ld", &from, &to);
            if (++repeats > REPEATS_MAX || from > REPEAT_MAX || to > REPEAT_MAX)
                return err_set(e, ERR_INVALID, "at most %d repeats of at most %d are searched for",
                               REPEATS_MAX, REPEAT_MAX);
        }
    }
    return true;
}

static struct pattern *read_regex(char *text, struct err *e)
{
    struct pattern *p = make(PATTERN_REGEX, text);
    char why[80];
    int code;

    if (check_expression(text, e)) {
        code = regcomp(&p->regex, text, REG_EXTENDED | REG_ICASE | REG_NOSUB);
        if (code == 0)
            return p;
        (void)regerror(code, &p->regex, why, sizeof(why));
        (void)err_set(e, ERR_INVALID, "/%.80s/ is no regular expression: %s", text, why);
    }
    p->kind = PATTERN_PLAIN; // there is no expression to free
    pattern_unref(p);
    return NULL;
}

static struct pattern *read_plain(const char *text)
{
    return make(PATTERN_PLAIN, text_fold(text));
}

struct pattern *pattern_read(const char *text, struct err *e)
{
    size_t len = strlen(text);

    if (len == 0 || len > TEXT_MAX) {
        (void)err_set(e, ERR_INVALID,
                      len ? "more than %d bytes are not searched for"
                          : "say what to look for (at most %d bytes)",
                      TEXT_MAX);
        return NULL;
    }
    if (strpbrk(text, "\r\n")) {
        (void)err_set(e, ERR_INVALID, "what is looked for is one line");
        return NULL;
    }
    if (len > 2 && *text == '/' && text[len - 1] == '/')
        return read_regex(mem_strndup(text + 1, len - 2), e);
    if (len > 1 && *text == '=')
        return make(PATTERN_FUZZY, mem_strdup(text + 1));
    return read_plain(text);
}

struct pattern *pattern_value(const char *value, enum column_type type)
{
    struct pattern *p = make(PATTERN_VALUE, mem_strdup(value));

    p->type = type;
    return p;
}

struct pattern *pattern_ref(struct pattern *p)
{
    if (p)
        (void)atomic_fetch_add(&p->refs, 1);
    return p;
}

void pattern_unref(struct pattern *p)
{
    if (!p || atomic_fetch_sub(&p->refs, 1) != 1)
        return;
    if (p->kind == PATTERN_REGEX)
        regfree(&p->regex);
    free(p->text);
    free(p);
}

enum pattern_kind pattern_kind(const struct pattern *p)
{
    return p->kind;
}

const char *pattern_text(const struct pattern *p)
{
    return p->text;
}

bool pattern_is_ascii(const struct pattern *p)
{
    return p->ascii;
}

static bool holds_plain(const struct pattern *p, const char *cell)
{
    char *folded;
    bool found;

    if (is_ascii(cell))
        return p->ascii && str_find_case(cell, p->text);
    folded = text_fold(cell);
    found = strstr(folded, p->text);
    free(folded);
    return found;
}

// One letter for comparing; 0 for what does not count.
static uint32_t letter_at(const char **p)
{
    uint32_t cp = 0;
    size_t n = text_decode(*p, strlen(*p), &cp);

    *p += n ? n : 1;
    return n ? text_plain(cp) : 0xfffd;
}

// The letters of word (len bytes) in order from cell on, within so many of its letters.
static bool in_order(const char *word, size_t len, const char *cell)
{
    const char *w = word, *end = word + len;
    size_t left = len * SPREAD;
    uint32_t want = letter_at(&w);

    while (*cell && left--) {
        if (letter_at(&cell) != want && want)
            continue;
        if (w >= end)
            return true;
        want = letter_at(&w);
    }
    return false;
}

static bool holds_word(const char *word, size_t len, const char *cell)
{
    while (*cell) {
        if (in_order(word, len, cell))
            return true;
        (void)letter_at(&cell);
    }
    return false;
}

static bool holds_fuzzy(const struct pattern *p, const char *cell)
{
    for (const char *word = p->text; *word;) {
        size_t len = strcspn(word, " ");

        if (len && !holds_word(word, len, cell))
            return false;
        word += len + (word[len] != '\0');
    }
    return true;
}

static bool holds_regex(const struct pattern *p, const char *cell)
{
    return regexec(&p->regex, cell, 0, NULL, 0) == 0;
}

static bool holds_value(const struct pattern *p, const char *cell)
{
    char buf[VALUE_SHOWN_MAX];

    return str_eq(cell_value(cell, p->type, buf), p->text);
}

bool pattern_holds(const struct pattern *p, const char *cell)
{
    static bool (*const holds[])(const struct pattern *p, const char *cell) = {
        [PATTERN_PLAIN] = holds_plain,
        [PATTERN_REGEX] = holds_regex,
        [PATTERN_FUZZY] = holds_fuzzy,
        [PATTERN_VALUE] = holds_value,
    };

    return holds[p->kind](p, cell);
}

const char *cell_value(const char *cell, enum column_type type, char buf[static VALUE_SHOWN_MAX])
{
    char date[DATE_MAX];

    if (type != COLUMN_DATE || !date_normal(cell, date))
        return cell;
    (void)snprintf(buf, VALUE_SHOWN_MAX, "%.*s", DAY_LEN, date);
    return buf;
}
