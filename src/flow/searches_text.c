// Saved searches as text: written, and taken apart. Floor: flow.
#include "flow/searches.h"

#include <string.h>

#include "base/mem.h"
#include "model/query_text.h"

static const char name_mark[] = "# name: ", note_mark[] = "# note: ";

void searches_write(const struct saved *s, struct str *out)
{
    char *note = mem_strdup(s->note), *rest = note, *line;

    str_addf(out, "%s%s%s\n", out->len ? "\n" : "", name_mark, s->name);
    while (*note && (line = strsep(&rest, "\n")) != NULL)
        str_addf(out, "%s%s\n", note_mark, line);
    free(note);
    str_add(out, s->text);
    if (out->len && out->data[out->len - 1] != '\n')
        str_add_char(out, '\n');
}

static void ignore(void *self, const char *sentence)
{
    (void)self;
    (void)sentence;
}

// What it searches, or NULL: the text does not say. Faults are for whoever opens it.
static const struct entity *entity_of(const char *text)
{
    const struct query_faults to = {.fault = ignore, .long_lists = true};
    struct query q = {0};
    const struct entity *entity;

    (void)query_text_read(text, &q, &to);
    entity = q.entity;
    query_free(&q);
    return entity;
}

struct parting {
    struct str name, note, text;
    struct saved_list *out;
    size_t lines; // of the text that are no comment and not blank
};

static bool close_one(struct parting *p, const char *unnamed, struct err *e)
{
    const struct entity *entity;
    struct saved s = {.hits = -1};

    if (p->lines == 0) {
        str_clear(&p->text);
        str_clear(&p->note);
        return true;
    }
    entity = entity_of(str_text(&p->text));
    if (!entity)
        return err_set(e, ERR_INVALID,
                       "\"%.80s\" does not say what it searches: \"entity = contact\" or \"entity "
                       "= company\" must stand before its first filter",
                       p->name.len ? p->name.data : unnamed);
    s.name = mem_strdup(p->name.len ? p->name.data : unnamed);
    s.note = mem_strdup(str_text(&p->note));
    s.entity = mem_strdup(entity->name);
    s.text = mem_strdup(str_text(&p->text));
    vec_push(&p->out->items, s);
    str_clear(&p->text);
    str_clear(&p->note);
    p->lines = 0;
    return true;
}

static bool take_line(struct parting *p, char *line, const char *unnamed, struct err *e)
{
    const char *start = line + strspn(line, " \t\r");

    if (str_starts(line, name_mark)) {
        if (!close_one(p, unnamed, e))
            return false;
        str_clear(&p->name);
        str_add(&p->name, str_trim(line + strlen(name_mark)));
    } else if (str_starts(line, note_mark)) {
        str_addf(&p->note, "%s%s", p->note.len ? "\n" : "", str_trim(line + strlen(note_mark)));
    } else if (*start || p->lines) {
        p->lines += *start && *start != '#';
        str_addf(&p->text, "%s\n", line);
    }
    return true;
}

// Blank lines that only stood between two searches.
static void trim_end(struct saved_list *l)
{
    for (size_t i = 0; i < l->items.len; i++) {
        char *text = l->items.items[i].text;
        size_t n = strlen(text);

        while (n > 1 && text[n - 1] == '\n' && text[n - 2] == '\n')
            text[--n] = '\0';
    }
}

bool searches_read(const char *text, const char *unnamed, struct saved_list *out, struct err *e)
{
    char *copy = mem_strdup(text), *rest = copy, *line;
    struct parting p = {.out = out};
    bool ok = true;

    *out = (struct saved_list){0};
    while (ok && (line = strsep(&rest, "\n")) != NULL)
        ok = take_line(&p, line, unnamed, e);
    ok = ok && close_one(&p, unnamed, e);
    trim_end(out);
    if (ok && out->items.len == 0)
        ok = err_set(e, ERR_INVALID, "there is no search in that text");
    if (!ok)
        searches_list_free(out);
    str_free(&p.name);
    str_free(&p.note);
    str_free(&p.text);
    free(copy);
    return ok;
}
