// Whom a person names to be suppressed. Any thread. Floor: flow.
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "auth/digest.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/selection.h"
#include "flow/suppress.h"

enum { FILE_CAP = 64 << 20, HASH_LEN = DIGEST_MAX - 1 };

static void push(char ***items, size_t *n, const char *text)
{
    *items = mem_regrow(*items, *n + 1, sizeof(**items));
    (*items)[(*n)++] = mem_strdup(text);
}

static bool is_hash(const char *text)
{
    size_t n = 0;

    while (isxdigit((unsigned char)text[n]))
        n++;
    return n == HASH_LEN && !text[n];
}

static void push_id(struct suppress_list *l, const char *text)
{
    char *id = selection_id(text);

    push(&l->ids, &l->n_ids, id);
    free(id);
}

static void push_address(struct suppress_list *l, const char *email)
{
    char hashes[DIGESTS][DIGEST_LONG_MAX];

    digest_email_all(email, hashes);
    push(&l->hashes, &l->n_hashes, hashes[0]);
    for (size_t i = 1; i < DIGESTS; i++) {
        if (!*hashes[i])
            continue;
        push(&l->others, &l->n_others, hashes[i]);
        push(&l->of, &l->n_of, hashes[0]);
    }
}

bool suppress_list_add(struct suppress_list *l, const char *text)
{
    char *copy = mem_strdup(text), *plain = str_trim(copy);
    long long number;
    bool ok = true;

    if (str_int64(plain, &number))
        push_id(l, plain);
    else if (is_hash(plain))
        push(&l->hashes, &l->n_hashes, plain);
    else if (strchr(plain, '@') && strchr(plain, '@') != plain && !strpbrk(plain, " \t,;"))
        push_address(l, plain);
    else
        ok = false;
    free(copy);
    return ok;
}

// What names a person or a company in a list: an id column's heading, or one about e-mail.
static bool names_somebody(const struct entity *entity, const char *heading)
{
    const char *at = str_find_case(entity->id_names, heading);
    size_t n = strlen(heading);

    for (; at && n; at = str_find_case(at + 1, heading)) {
        if ((at == entity->id_names || at[-1] == '|') && (!at[n] || at[n] == '|'))
            return true;
    }
    return str_find_case(heading, "email") || str_find_case(heading, "e-mail");
}

static bool take_records(struct suppress_list *l, const struct entity *entity,
                         struct csv_reader *csv, const char *path, struct err *e)
{
    bool *wanted, any = false;
    size_t n;

    if (!csv_next(csv, e))
        return e->kind == ERR_NONE;
    n = csv->n_values;
    wanted = mem_array(n, sizeof(*wanted));
    for (size_t i = 0; i < n; i++) {
        // Where there is no heading, the first line is one of them.
        wanted[i] = names_somebody(entity, csv->values[i]) ||
                    (n == 1 && suppress_list_add(l, csv->values[i]));
        any = any || wanted[i];
    }
    while (any && csv_next(csv, e)) {
        for (size_t i = 0; i < n && i < csv->n_values; i++) {
            if (wanted[i] && *csv->values[i] && !suppress_list_add(l, csv->values[i])) {
                free(wanted);
                return err_set(e, ERR_INVALID,
                               "%s, line %zu: \"%.40s\" is no id, e-mail address or SHA-256", path,
                               csv->line, csv->values[i]);
            }
        }
    }
    free(wanted);
    return any ? e->kind == ERR_NONE
               : err_set(e, ERR_INVALID,
                         "%s has neither a column of ids (one of %s) nor one of e-mail addresses",
                         path, entity->id_names);
}

bool suppress_list_read(struct suppress_list *l, const struct entity *entity, const char *path,
                        struct err *e)
{
    struct str bytes = {0};
    struct csv_reader csv;
    bool ok;

    *e = (struct err){0};
    if (!file_read(path, FILE_CAP, &bytes, e)) {
        str_free(&bytes);
        return false;
    }
    csv = csv_open(str_text(&bytes), bytes.len);
    ok = take_records(l, entity, &csv, path, e);
    csv_close(&csv);
    str_free(&bytes);
    return ok;
}

static void free_all(char **items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(items[i]);
    free(items);
}

void suppress_list_free(struct suppress_list *l)
{
    free_all(l->ids, l->n_ids);
    free_all(l->hashes, l->n_hashes);
    free_all(l->others, l->n_others);
    free_all(l->of, l->n_of);
    *l = (struct suppress_list){0};
}
