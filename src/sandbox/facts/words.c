// The word lists of assets/sandbox. One thread while they are read. Floor: sandbox/facts.
#include "sandbox/facts/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/vec.h"
#include "sandbox/facts/asset.h"

struct section {
    struct word_list list; // first: what callers hold points here
    size_t cap;
};

struct words {
    struct map sections; // "names/el first"
    VEC(char *) kept;
};

// What stands after a backslash; returns where to go on.
static const char *unescape_one(const char *p, struct str *out)
{
    static const char letters[] = "ntr\\", meant[] = "\n\t\r\\";
    const char *letter = strchr(letters, *p);
    char *end;

    if (*p == 'u' && p[1] == '{') {
        text_encode((uint32_t)strtoul(p + 2, &end, 16), out);
        return end + 1;
    }
    if (!*p || !letter)
        abort();
    str_add_char(out, meant[letter - letters]);
    return p + 1;
}

// In place: an escape is never shorter than what it stands for.
static void unescape(char *line)
{
    struct str out = {0};
    const char *p = line;

    if (!strchr(line, '\\'))
        return;
    while (*p) {
        if (*p == '\\') {
            p = unescape_one(p + 1, &out);
        } else {
            str_add_char(&out, *p++);
        }
    }
    memcpy(line, str_text(&out), out.len + 1);
    str_free(&out);
}

static struct section *section_open(struct words *w, const char *file, const char *name)
{
    char *key = str_format("%.*s/%s", (int)strcspn(file, "."), file, name);
    struct section *s = map_get(&w->sections, key);

    if (!s) {
        s = mem_zalloc(sizeof(*s));
        map_put(&w->sections, key, s);
    }
    free(key);
    return s;
}

static void section_add(struct section *s, char *line)
{
    if (s->list.n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 16;
        s->list.lines = mem_regrow(s->list.lines, s->cap, sizeof(*s->list.lines));
    }
    unescape(line);
    s->list.lines[s->list.n++] = line;
}

static void file_load(struct words *w, const struct asset *a)
{
    char *rest = words_keep(w, mem_strndup((const char *)a->bytes, *a->len)), *line;
    struct section *section = NULL;

    while ((line = strsep(&rest, "\n"))) {
        size_t len = strlen(line);

        if (!len || *line == '#')
            continue;
        if (*line == '[' && line[len - 1] == ']') {
            line[len - 1] = '\0';
            section = section_open(w, a->name, line + 1);
        } else if (section) {
            section_add(section, line);
        }
    }
}

struct words *words_load(void)
{
    struct words *w = mem_zalloc(sizeof(*w));

    for (const struct asset *a = assets; a->name; a++) {
        if (str_ends(a->name, ".txt"))
            file_load(w, a);
    }
    return w;
}

static void section_free(void *section)
{
    free(((struct section *)section)->list.lines);
    free(section);
}

void words_free(struct words *w)
{
    if (!w)
        return;
    map_free(&w->sections, section_free);
    for (size_t i = 0; i < w->kept.len; i++)
        free(w->kept.items[i]);
    vec_free(&w->kept);
    free(w);
}

const struct word_list *words_get(const struct words *w, const char *file, const char *section)
{
    static const struct word_list none;
    char *key = str_format("%s/%s", file, section);
    const struct section *s = map_get(&w->sections, key);

    free(key);
    return s ? &s->list : &none;
}

void words_split(char *line, char **fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *bar = strchr(line, '|');

        fields[i] = line;
        if (bar)
            *bar = '\0';
        line = bar ? bar + 1 : line + strlen(line);
    }
}

char *words_keep(struct words *w, char *text)
{
    vec_push(&w->kept, text);
    return text;
}
