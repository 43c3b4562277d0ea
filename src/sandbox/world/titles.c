// Job titles by level and department out of the word list, and which buying groups they are in. One
// thread. Assumed: a person is in a buying group where level and department (or job function) fit
// one of its personas, and the title holds one of the persona's titles where it names any. Floor:
// sandbox/world.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "sandbox/world/lore.h"

struct titles {
    struct world *w;
    const struct lookup_list *functions, *groups, *departments;
    VEC(struct world_title) items;
};

// The list of levels names them otherwise than the personas of buying groups do.
static const char *const persona_levels[LEVELS] = {"C_EXECUTIVES", "VP_EXECUTIVES", "DIRECTOR",
                                                   "MANAGER",      "NON_MANAGER",   "BOARD_MEMBER"};

uint8_t world_function_department(const struct world *w, uint16_t function)
{
    return (uint8_t)atoi(w->lore->function_list->values[function].id);
}

static uint8_t department_of(const struct titles *t, uint16_t function)
{
    return world_function_department(t->w, function);
}

static bool array_has(const json_t *texts, const char *text)
{
    const json_t *item;
    size_t i;

    json_array_foreach(texts, i, item)
    {
        if (str_eq_case(json_string_value(item), text))
            return true;
    }
    return false;
}

static bool persona_titled(const json_t *persona, const char *title)
{
    const json_t *names = json_object_get(persona, "titles"), *name;
    size_t i;

    if (!json_array_size(names))
        return true;
    json_array_foreach(names, i, name)
    {
        if (str_find_case(title, json_string_value(name)))
            return true;
    }
    return false;
}

static bool persona_fits(const struct titles *t, const json_t *persona,
                         const struct world_title *title)
{
    const json_t *names = json_object_get(persona, "departmentsAndJobFunctions");

    if (!array_has(json_object_get(persona, "managementLevels"), persona_levels[title->level]))
        return false;
    for (int i = 0; i < WORLD_FUNCTIONS && title->functions[i] != WORLD_NONE16; i++) {
        uint16_t function = title->functions[i];
        const char *department = t->departments->values[department_of(t, function)].name;

        if (array_has(names, department) || array_has(names, t->functions->values[function].name))
            return persona_titled(persona, title->text);
    }
    return false;
}

static uint16_t groups_of(const struct titles *t, const struct world_title *title)
{
    uint16_t bits = 0;

    for (size_t g = 0; g < t->groups->n && g < 16; g++) {
        const json_t *personas = json_object_get(t->groups->values[g].element, "personas");
        const json_t *persona;
        size_t i;

        json_array_foreach(personas, i, persona)
        {
            if (persona_fits(t, persona, title))
                bits |= (uint16_t)(1u << g);
        }
    }
    return bits;
}

static void add(struct titles *t, const char *text, int level, uint16_t first, uint16_t second)
{
    struct world_title title = {.text = text,
                                .level = (uint8_t)level,
                                .department = department_of(t, first),
                                .functions = {first, second}};

    title.buying_groups = groups_of(t, &title);
    vec_push(&t->items, title);
}

// Chiefs and board members: whole titles with one or two functions.
static void add_whole(struct titles *t, const char *section, int level)
{
    const struct word_list *lines = words_get(t->w->words, "titles", section);
    struct run *run = &t->w->lore->titles[level][0];
    char *f[2];

    run->first = (uint32_t)t->items.len;
    for (size_t i = 0; i < lines->n; i++) {
        char *second;

        words_split(lines->lines[i], f, 2);
        second = f[1];
        strsep(&second, ";");
        add(t, f[0], level, world_code(t->functions, f[1]),
            second ? world_code(t->functions, second) : WORLD_NONE16);
    }
    run->n = (uint32_t)t->items.len - run->first;
}

static char *filled(struct titles *t, const char *pattern, const char *phrase)
{
    const char *hole = strstr(pattern, "{}");

    return words_keep(t->w->words,
                      str_format("%.*s%s%s", (int)(hole - pattern), pattern, phrase, hole + 2));
}

// What follows | on the line that begins with name, or NULL.
static char *line_of(const struct word_list *lines, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < lines->n; i++) {
        if (str_starts(lines->lines[i], name) && lines->lines[i][len] == '|')
            return lines->lines[i] + len + 1;
    }
    return NULL;
}

static void add_filled(struct titles *t, const struct word_list *patterns, int level,
                       uint16_t function)
{
    const char *name = t->functions->values[function].name;
    const char *phrase = line_of(words_get(t->w->words, "titles", "phrase"), name);

    for (size_t i = 0; i < patterns->n; i++) {
        add(t, filled(t, patterns->lines[i], phrase ? phrase : name), level, function,
            WORLD_NONE16);
    }
}

static void add_staff(struct titles *t, const struct word_list *lines, uint16_t function)
{
    char *rest = line_of(lines, t->functions->values[function].name), *title;

    while ((title = strsep(&rest, ";")))
        add(t, title, LEVEL_NON_MANAGER, function, WORLD_NONE16);
}

static void add_level(struct titles *t, const char *section, int level)
{
    const struct word_list *lines = words_get(t->w->words, "titles", section);

    for (uint8_t d = 1; d < DEPARTMENTS; d++) {
        struct run *run = &t->w->lore->titles[level][d];

        run->first = (uint32_t)t->items.len;
        for (uint16_t f = 0; f < t->functions->n; f++) {
            if (department_of(t, f) != d)
                continue;
            if (level == LEVEL_NON_MANAGER) {
                add_staff(t, lines, f);
            } else {
                add_filled(t, lines, level, f);
            }
        }
        run->n = (uint32_t)t->items.len - run->first;
    }
}

static void add_odd(struct titles *t)
{
    const struct word_list *lines = words_get(t->w->words, "titles", "odd");
    struct run *run = &t->w->lore->odd_titles;
    char *f[3];

    run->first = (uint32_t)t->items.len;
    for (size_t i = 0; i < lines->n; i++) {
        words_split(lines->lines[i], f, 3);
        add(t, f[0], atoi(f[1]), world_code(t->functions, f[2]), WORLD_NONE16);
    }
    run->n = (uint32_t)t->items.len - run->first;
}

void world_titles_load(struct world *w)
{
    struct titles t = {.w = w,
                       .functions = world_list(w, "jobfunction"),
                       .groups = world_list(w, "buyinggroups"),
                       .departments = world_list(w, "department")};

    add_whole(&t, "chief", LEVEL_C);
    add_whole(&t, "board", LEVEL_BOARD);
    add_level(&t, "vp", LEVEL_VP);
    add_level(&t, "director", LEVEL_DIRECTOR);
    add_level(&t, "manager", LEVEL_MANAGER);
    add_level(&t, "staff", LEVEL_NON_MANAGER);
    add_odd(&t);
    w->titles = t.items.items;
    w->n_titles = (uint32_t)t.items.len;
}
