// Reading rules: [METHOD] PATH|* FAULT [OPTION=VALUE]..., as assets/sandbox/FAULTS.md describes.
// Any thread. Floor: sandbox.
#include "sandbox/fault.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/vec.h"

// clang-format off
static const struct fault_kind kinds[] = {
    {"refuse",           FAULT_REFUSE,        0,                     false, false},
    {"reset-in-request", FAULT_RESET_READING, FAULT_AT,              false, false},
    {"reset",            FAULT_RESET,         0,                     true,  false},
    {"close",            FAULT_CLOSE,         0,                     true,  false},
    {"stall",            FAULT_STALL,         FAULT_MS,              true,  true},
    {"hold",             FAULT_HOLD,          0,                     true,  true},
    {"reset-in-answer",  FAULT_RESET_ANSWER,  FAULT_AT,              false, true},
    {"stall-in-answer",  FAULT_STALL_ANSWER,  FAULT_AT | FAULT_MS,   false, true},
    {"drip",             FAULT_DRIP,          FAULT_BPS,             false, true},
    {"truncate",         FAULT_TRUNCATE,      FAULT_AT,              false, true},
    {"length-short",     FAULT_LENGTH_SHORT,  FAULT_BY,              false, true},
    {"length-long",      FAULT_LENGTH_LONG,   FAULT_BY,              false, true},
    {"bad-chunk",        FAULT_BAD_CHUNK,     0,                     false, true},
    {"bad-gzip",         FAULT_BAD_GZIP,      FAULT_AT,              false, true},
    {"endless",          FAULT_ENDLESS,       FAULT_BY,              false, true},
    {"huge-header",      FAULT_HUGE_HEADER,   FAULT_BY,              false, true},
    {"bad-json",         FAULT_BAD_JSON,      FAULT_AT,              false, true},
    {"wrong-types",      FAULT_WRONG_TYPES,   FAULT_FIELD | FAULT_AT, false, true},
    {"bad-utf8",         FAULT_BAD_UTF8,      FAULT_FIELD | FAULT_AT, false, true},
    {"unknown-fields",   FAULT_UNKNOWN_FIELDS, FAULT_BY,             false, true},
    {"missing-jwt",      FAULT_CANNED,        0,                     true,  false},
    {"empty",            FAULT_CANNED,        0,                     true,  false},
    {"html-200",         FAULT_CANNED,        0,                     true,  false},
    {"error-200",        FAULT_CANNED,        0,                     true,  false},
    {"204",              FAULT_CANNED,        0,                     true,  false},
    {"302",              FAULT_CANNED,        FAULT_LOCATION,        true,  false},
    {"400",              FAULT_CANNED,        0,                     true,  false},
    {"401",              FAULT_CANNED,        0,                     true,  false},
    {"403",              FAULT_CANNED,        0,                     true,  false},
    {"html-403",         FAULT_CANNED,        0,                     true,  false},
    {"404",              FAULT_CANNED,        0,                     true,  false},
    {"408",              FAULT_CANNED,        0,                     true,  false},
    {"429",              FAULT_CANNED,        FAULT_RETRY_AFTER,     true,  false},
    {"500",              FAULT_CANNED,        0,                     true,  false},
    {"502",              FAULT_CANNED,        0,                     true,  false},
    {"503",              FAULT_CANNED,        FAULT_RETRY_AFTER,     true,  false},
    {"504",              FAULT_CANNED,        0,                     true,  false},
};

static const struct option {
    const char *name;
    unsigned only; // the kinds that take it; 0: all
    size_t offset; // in struct fault_rule
    int64_t min;   // of a number; -1: the value is text of FAULT_TEXT_MAX
} options[] = {
    {"first",       0,                 offsetof(struct fault_rule, first),       1},
    {"every",       0,                 offsetof(struct fault_rule, every),       1},
    {"after",       0,                 offsetof(struct fault_rule, after),       0},
    {"at",          FAULT_AT,          offsetof(struct fault_rule, at),          0},
    {"by",          FAULT_BY,          offsetof(struct fault_rule, by),          1},
    {"ms",          FAULT_MS,          offsetof(struct fault_rule, ms),          0},
    {"bps",         FAULT_BPS,         offsetof(struct fault_rule, bps),         1},
    {"field",       FAULT_FIELD,       offsetof(struct fault_rule, field),       -1},
    {"retry-after", FAULT_RETRY_AFTER, offsetof(struct fault_rule, retry_after), -1},
    {"location",    FAULT_LOCATION,    offsetof(struct fault_rule, location),    -1},
};
// clang-format on

const struct fault_kind *fault_kind(size_t i)
{
    return i < ARRAY_LEN(kinds) ? &kinds[i] : NULL;
}

enum { WORD_MAX = 256, WORDS_MAX = 16 };

struct word {
    char text[WORD_MAX];
    size_t line, column;
};

struct scan {
    const char *at;
    size_t line, column;
};

static bool refuse_word(struct err *e, const struct word *w, const char *what)
{
    return err_set(e, ERR_INVALID, "fault rules, line %zu, column %zu: %s", w->line, w->column,
                   what);
}

static void step(struct scan *s)
{
    s->column++;
    if (*s->at == '\n') {
        s->line++;
        s->column = 1;
    }
    s->at++;
}

// Skips blanks and a comment; true where a word begins, false where the rule ends.
static bool find_word(struct scan *s)
{
    while (*s->at == ' ' || *s->at == '\t' || *s->at == '\r')
        step(s);
    if (*s->at == '#') {
        while (*s->at && *s->at != '\n')
            step(s);
    }
    return *s->at && *s->at != ';' && *s->at != '\n';
}

// "..." keeps blanks and ';' within a word and falls away.
static bool take_word(struct scan *s, struct word *w, struct err *e)
{
    size_t n = 0;
    bool quoted = false;

    *w = (struct word){.line = s->line, .column = s->column};
    for (; *s->at && *s->at != '\n' && (quoted || !strchr(" \t\r;", *s->at)); step(s)) {
        if (*s->at == '"')
            quoted = !quoted;
        else if (n == WORD_MAX - 1)
            return refuse_word(e, w, "this word is too long");
        else
            w->text[n++] = *s->at;
    }
    return !quoted || refuse_word(e, w, "a \" is missing at the end of this word");
}

static bool is_method(const char *text)
{
    const char *p = text;

    while (isupper((unsigned char)*p))
        p++;
    return p > text && !*p;
}

// The operation's words; *used becomes their number.
static bool read_operation(const struct word *words, size_t n, struct fault_rule *rule,
                           size_t *used, struct err *e)
{
    const struct word *path = words;
    size_t len;

    *used = 1;
    rule->prefix = true;
    if (str_eq(words->text, "*"))
        return true;
    if (is_method(words->text)) {
        *used = 2;
        path = n > 1 ? words + 1 : words;
        if (snprintf(rule->method, FAULT_METHOD_MAX, "%s", words->text) >= FAULT_METHOD_MAX)
            return refuse_word(e, words, "this method is too long");
    }
    if (*path->text != '/')
        return refuse_word(e, path, "a rule starts with * or [METHOD] /PATH");
    if (str_starts(path->text, "/_sandbox"))
        return refuse_word(e, path, "what is under /_sandbox never meets a fault");
    len = strlen(path->text);
    rule->prefix = path->text[len - 1] == '*';
    if (len - rule->prefix >= FAULT_PATH_MAX)
        return refuse_word(e, path, "this path is too long");
    memcpy(rule->path, path->text, len - rule->prefix);
    return true;
}

// "reset-after-work" is the kind "reset" told when.
static bool read_kind(const struct word *w, struct fault_rule *rule, struct err *e)
{
    static const char before[] = "-before-work", after[] = "-after-work";
    bool is_before = str_ends(w->text, before), is_after = str_ends(w->text, after);
    struct near near = near_start(w->text);
    char message[WORD_MAX + 120], *name = mem_strdup(w->text);

    if (is_before || is_after)
        name[strlen(name) - (is_before ? sizeof(before) : sizeof(after)) + 1] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        near_try(&near, kinds[i].name);
        if (str_eq(kinds[i].name, name) && (kinds[i].timed || !(is_before || is_after)))
            rule->kind = &kinds[i];
    }
    free(name);
    if (rule->kind) {
        rule->after_work = is_after || (rule->kind->after_work && !is_before);
        return true;
    }
    (void)snprintf(message, sizeof(message), "there is no fault \"%s\"%s%s", w->text,
                   near.best ? "; did you mean " : "", near.best ? near.best : "");
    return refuse_word(e, w, message);
}

static bool read_chance(const char *value, double *out)
{
    return str_double(value, out) && *out >= 0 && *out <= 1;
}

static bool read_value(const struct option *o, const char *value, struct fault_rule *rule)
{
    char *place = (char *)rule + o->offset;
    long long number;
    int64_t wide;

    if (o->min < 0)
        return snprintf(place, FAULT_TEXT_MAX, "%s", value) < FAULT_TEXT_MAX;
    if (!str_int64(value, &number) || number < o->min)
        return false;
    wide = number;
    memcpy(place, &wide, sizeof(wide));
    return true;
}

static bool read_option(const struct word *w, struct fault_rule *rule, struct err *e)
{
    const char *value = strchr(w->text, '=');
    size_t len = value ? (size_t)(value - w->text) : 0;
    bool ok = false, known = false;

    if (!value)
        return refuse_word(e, w, "what follows the fault is OPTION=VALUE");
    if (len == 1 && *w->text == 'p') {
        known = true;
        ok = read_chance(value + 1, &rule->p);
    }
    for (size_t i = 0; i < ARRAY_LEN(options); i++) {
        const struct option *o = &options[i];

        if (strlen(o->name) == len && strncmp(o->name, w->text, len) == 0 &&
            (!o->only || rule->kind->options & o->only)) {
            known = true;
            ok = read_value(o, value + 1, rule);
        }
    }
    if (!known)
        return refuse_word(e, w, "this fault has no such option");
    return ok || refuse_word(e, w, "this option cannot have that value");
}

static bool read_rule(const struct word *words, size_t n, struct fault_rule *rule, struct err *e)
{
    size_t at = 0;

    *rule = (struct fault_rule){.at = -1, .by = -1, .ms = -1, .bps = -1, .p = 1};
    if (!read_operation(words, n, rule, &at, e))
        return false;
    if (at >= n)
        return refuse_word(e, &words[n - 1], "the fault is missing after this");
    if (!read_kind(&words[at], rule, e))
        return false;
    if (rule->kind->act == FAULT_REFUSE && (*rule->path || *rule->method))
        return refuse_word(e, words, "refuse comes before anything is read, so its operation is *");
    for (at++; at < n; at++) {
        if (!read_option(&words[at], rule, e))
            return false;
    }
    return true;
}

static bool take_words(struct scan *s, struct word *words, size_t *n, struct err *e)
{
    for (*n = 0; find_word(s); (*n)++) {
        struct word extra = {.line = s->line, .column = s->column};

        if (*n == WORDS_MAX)
            return refuse_word(e, &extra, "this rule has too many words");
        if (!take_word(s, &words[*n], e))
            return false;
    }
    if (*s->at)
        step(s);
    return true;
}

bool fault_parse(const char *text, struct fault_rule **rules, size_t *n, struct err *e)
{
    struct scan s = {text, 1, 1};
    struct word words[WORDS_MAX];
    VEC(struct fault_rule) read = {0};
    bool ok = true;

    while (ok && *s.at) {
        struct fault_rule rule;
        size_t n_words;

        ok = take_words(&s, words, &n_words, e);
        if (!ok || !n_words)
            continue;
        ok = read_rule(words, n_words, &rule, e);
        if (ok)
            vec_push(&read, rule);
    }
    if (!ok)
        vec_free(&read);
    *rules = read.items;
    *n = read.len;
    return ok;
}
