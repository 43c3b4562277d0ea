// Text conditions of a search: phrases joined by OR, AND, NOT. Any thread. Floor: sandbox/search.
#include "sandbox/search/filter_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

static const struct {
    const char *word;
    unsigned flag;
} operators[] = {{"OR", TEXT_OR}, {"AND", TEXT_AND}, {"NOT", TEXT_NOT}};

static unsigned operator_at(const char *word, size_t len, unsigned allowed)
{
    for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
        if ((allowed & operators[i].flag) && strlen(operators[i].word) == len &&
            memcmp(operators[i].word, word, len) == 0)
            return operators[i].flag;
    }
    return 0;
}

char *text_fold_quick(const char *text)
{
    size_t len = strlen(text);
    char *folded;

    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] >= 0x80)
            return text_fold(text);
    }
    folded = mem_strndup(text, len);
    for (size_t i = 0; i < len; i++)
        folded[i] = (char)tolower((unsigned char)folded[i]);
    return folded;
}

static char *phrase_of(const char *from, const char *to)
{
    char *copy = mem_strndup(from, (size_t)(to - from)), *start = str_trim(copy), *folded;
    size_t len = strlen(start);

    if (len >= 2 && start[0] == '"' && start[len - 1] == '"') {
        start[len - 1] = '\0';
        start++;
    }
    folded = text_fold_quick(str_trim(start));
    free(copy);
    return folded;
}

// Ends the phrase begun at from, which stands after the operator before it.
static bool add_phrase(struct text_query *q, const char *from, const char *to, unsigned before)
{
    struct text_phrase phrase = {
        .folded = phrase_of(from, to), .joined = before == TEXT_AND, .refused = before == TEXT_NOT};

    if (!*phrase.folded || q->n == TEXT_PHRASES_MAX) {
        free(phrase.folded);
        return false;
    }
    q->phrases = mem_regrow(q->phrases, q->n + 1, sizeof(phrase));
    q->phrases[q->n++] = phrase;
    return true;
}

static bool blank(const char *from, const char *to)
{
    return from + strspn(from, " ") >= to;
}

bool text_query_parse(const char *text, unsigned allowed, struct text_query *out)
{
    const char *from = text, *at = text;
    unsigned before = TEXT_OR, op;
    size_t len;
    bool whole = true;

    *out = (struct text_query){0};
    while (*(at += strspn(at, " ")) && whole) {
        len = strcspn(at, " ");
        op = operator_at(at, len, allowed);
        if (op) {
            whole = (op == TEXT_NOT && blank(from, at)) || add_phrase(out, from, at, before);
            before = op;
            from = at + len;
        }
        at += len;
    }
    if (whole && add_phrase(out, from, at, before))
        return true;
    text_query_free(out);
    return false;
}

void text_query_free(struct text_query *q)
{
    for (size_t i = 0; i < q->n; i++)
        free(q->phrases[i].folded);
    free(q->phrases);
    *q = (struct text_query){0};
}

uint64_t text_query_found(const struct text_query *q, const char *folded,
                          bool (*has)(const char *folded, const char *phrase))
{
    uint64_t found = 0;

    for (size_t i = 0; i < q->n; i++)
        found |= (uint64_t)has(folded, q->phrases[i].folded) << i;
    return found;
}

bool text_query_holds(const struct text_query *q, uint64_t found)
{
    bool any = false, group = false, wanted = false, has;

    for (size_t i = 0; i < q->n; i++) {
        has = found >> i & 1;
        if (q->phrases[i].refused) {
            if (has)
                return false;
            continue;
        }
        wanted = true;
        any = any || (group && !q->phrases[i].joined);
        group = q->phrases[i].joined ? group && has : has;
    }
    return any || group || !wanted;
}

static bool word_byte(unsigned char c)
{
    return isalnum(c) || c >= 0x80;
}

bool text_has_words(const char *folded, const char *phrase)
{
    size_t len = strlen(phrase);
    const unsigned char *hit;

    if (!len)
        return false;
    for (const char *at = folded; (at = strstr(at, phrase)) != NULL; at++) {
        hit = (const unsigned char *)at;
        if (at > folded && isalnum(hit[0]) && word_byte(hit[-1]))
            continue;
        if (isalnum(hit[len - 1]) && word_byte(hit[len]))
            continue;
        return true;
    }
    return false;
}

bool text_is(const char *folded, const char *phrase)
{
    return *phrase && strcmp(folded, phrase) == 0;
}
