// Lines of commands: config, key, theme and session files and the `:` prompt are all read by this
// one parser. Any thread. Floor: base.
#include "base/line.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

static const char blanks[] = " \t\r\n";
static const char specials[] = " \t\r\n'\"\\";
static const char byte_order_mark[] = "\xef\xbb\xbf";

// What a backslash makes of the character behind it.
static char escaped(char c, char quote)
{
    return quote == '"' && c == 'n' ? '\n' : c;
}

// Adds the word that begins at p to *out. Returns its end, or NULL with *open at the quote that is
// not closed.
static const char *read_word(const char *p, struct str *out, bool *quoted, const char **open)
{
    char quote = 0;

    for (; *p && (quote || !strchr(blanks, *p)); p++) {
        if (quote ? *p == quote : *p == '\'' || *p == '"') {
            *open = p;
            *quoted = true;
            quote = quote ? 0 : *p;
        } else if (*p == '\\' && quote != '\'' && p[1]) {
            str_add_char(out, escaped(*++p, quote));
        } else {
            str_add_char(out, *p);
        }
    }
    return quote ? NULL : p;
}

bool line_split(const char *text, int number, struct line *out, struct err *e)
{
    VEC(struct word) words = {0};
    const char *p = text + strspn(text, blanks), *open = p;
    bool ok = true;

    while (ok && *p && *p != '#') {
        struct word w = {.column = (int)(p - text) + 1};
        struct str s = {0};

        p = read_word(p, &s, &w.quoted, &open);
        w.text = str_take(&s);
        vec_push(&words, w);
        ok = p != NULL;
        if (ok)
            p += strspn(p, blanks);
    }
    *out = (struct line){words.items, words.len, number};
    if (ok)
        return true;
    line_free(out);
    return err_set(e, ERR_INVALID, "column %d: the quote that opens here is not closed",
                   (int)(open - text) + 1);
}

void line_free(struct line *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->words[i].text);
    free(l->words);
    *l = (struct line){0};
}

static void quote_escaped(const char *word, struct str *out)
{
    str_add_char(out, '"');
    for (; *word; word++) {
        if (*word == '"' || *word == '\\' || *word == '\n')
            str_add_char(out, '\\');
        str_add_char(out, *word == '\n' ? 'n' : *word);
    }
    str_add_char(out, '"');
}

void line_quote(const char *word, struct str *out)
{
    if (*word && *word != '#' && !strpbrk(word, specials))
        str_add(out, word);
    else if (strpbrk(word, "'\n"))
        quote_escaped(word, out);
    else
        str_addf(out, "'%s'", word);
}

void line_tell(const char *file, int number, int column, const char *sentence, struct str *out)
{
    if (number)
        str_addf(out, "%s%s%d", file ? file : "line", file ? ":" : " ", number);
    if (number && column)
        str_addf(out, "%s%d", file ? ":" : ", column ", column);
    str_addf(out, "%s%s", number ? ": " : "", sentence);
}

static void tell(const struct raw_reader *r, const char *file, int number, const char *sentence)
{
    struct str s = {0};
    int column = 0, skip = 0;

    if (sscanf(sentence, "column %d: %n", &column, &skip) != 1 || !skip)
        column = skip = 0;
    line_tell(file, number, column, sentence + skip, &s);
    r->fault(r->self, str_text(&s));
    str_free(&s);
}

size_t lines_read_raw(const char *file, const char *text, const struct raw_reader *reader)
{
    size_t faults = 0;

    text += strncmp(text, byte_order_mark, 3) == 0 ? 3 : 0;
    for (int number = 1; *text; number++) {
        size_t len = strcspn(text, "\n");
        char *line = mem_strndup(text, len);
        struct err e;

        if (!reader->run(reader->self, line, number, &e)) {
            tell(reader, file, number, e.text);
            faults++;
        }
        free(line);
        text += len + (text[len] == '\n');
    }
    return faults;
}

static bool run_words(void *self, const char *text, int number, struct err *e)
{
    const struct line_reader *const *r = self;
    struct line line;
    bool ok = line_split(text, number, &line, e);

    if (!ok)
        return false;
    ok = line.n == 0 || (*r)->run((*r)->self, &line, e);
    line_free(&line);
    return ok;
}

static void pass_fault(void *self, const char *sentence)
{
    const struct line_reader *const *r = self;

    (*r)->fault((*r)->self, sentence);
}

size_t lines_read(const char *file, const char *text, const struct line_reader *reader)
{
    const struct raw_reader words = {&reader, run_words, pass_fault};

    return lines_read_raw(file, text, &words);
}

bool line_fault(struct err *e, const struct word *word, const char *format, ...)
{
    struct str s = {0};
    va_list args;

    va_start(args, format);
    str_vaddf(&s, format, args);
    va_end(args);
    (void)err_set(e, ERR_INVALID, "column %d: %s", word->column, str_text(&s));
    str_free(&s);
    return false;
}
