// Purging, and the list of those of whom nothing may be kept. Any thread but the UI's. Floor: flow.
#include "flow/suppress.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "auth/digest.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/row.h"
#include "flow/selection.h"
#include "flow/session_marks.h"
#include "model/match.h"
#include "store/owned.h"
#include "store/purge.h"

enum { FILE_CAP = 64 << 20, HASH_LEN = DIGEST_MAX - 1 };

// Within the explorer the marks are its own, and it writes them itself.
bool suppress_purge(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                    bool suppress, bool *done, struct err *e)
{
    *done = false;
    return app_need_claim(a, e) && store_purge(a->store, entity->name, ids, n, suppress, done, e) &&
           (a->view || session_marks_drop(a->config.profile, ids, n, e));
}

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

bool suppress_list_add(struct suppress_list *l, const char *text)
{
    char *copy = mem_strdup(text), *plain = str_trim(copy), hash[DIGEST_MAX];
    long long number;
    bool ok = true;

    if (str_int64(plain, &number))
        push_id(l, plain);
    else if (is_hash(plain))
        push(&l->hashes, &l->n_hashes, plain);
    else if (strchr(plain, '@') && strchr(plain, '@') != plain && !strpbrk(plain, " \t,;"))
        push(&l->hashes, &l->n_hashes, digest_email(plain, hash));
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
    *l = (struct suppress_list){0};
}

static const struct column *email_column(const struct entity *entity)
{
    return column_find(entity->enrich.columns, entity->enrich.n_columns, "email");
}

// The hash of a record's address; false where it has none.
static bool hash_of(const struct entity *entity, const char *raw, char out[static DIGEST_MAX])
{
    const struct column *email = email_column(entity);
    const struct enriched_row row = {.id = "", .raw = raw};
    struct page page = {0};
    bool there;

    if (!email || !raw || !strchr(raw, '@'))
        return false;
    row_as_cells(entity, &row, &email, 1, &page);
    there = *page.rows[0].cells[0];
    if (there)
        (void)digest_email(page.rows[0].cells[0], out);
    page_free(&page);
    return there;
}

struct search {
    const struct entity *entity;
    struct map hashes;
    char **ids; // whose address is among them; owned
    size_t n;
};

static bool look(void *self, const struct owned_row *row)
{
    struct search *s = self;
    char hash[DIGEST_MAX];

    if (hash_of(s->entity, row->raw, hash) && map_has(&s->hashes, hash))
        push(&s->ids, &s->n, row->id);
    return true;
}

static void small(char *text)
{
    for (; *text; text++)
        *text = str_lower(*text);
}

static bool purge_addresses(struct app *a, const struct suppress_list *l, const struct entity *on,
                            struct suppress_done *out, struct err *e)
{
    struct search s = {.entity = on};
    bool ok, done;

    if (!email_column(on) || !l->n_hashes)
        return true;
    for (size_t i = 0; i < l->n_hashes; i++) {
        char *hash = mem_strdup(l->hashes[i]);

        small(hash);
        (void)map_put(&s.hashes, hash, out);
        free(hash);
    }
    ok = store_owned_each(a->store, on->name, NULL, 0, look, &s, e);
    if (ok && s.n)
        ok = suppress_purge(a, on, (const char *const *)s.ids, s.n, true, &done, e);
    out->purged += s.n;
    map_free(&s.hashes, NULL);
    free_all(s.ids, s.n);
    return ok;
}

bool suppress_apply(struct app *a, const struct entity *entity, const struct suppress_list *l,
                    struct suppress_done *out, struct err *e)
{
    bool ok, done;

    *out = (struct suppress_done){.ids = l->n_ids};
    ok = app_need_claim(a, e) &&
         (!l->n_hashes || store_suppress_emails(a->store, (const char *const *)l->hashes,
                                                l->n_hashes, &out->emails, e));
    if (ok && l->n_ids)
        ok = store_purge(a->store, entity->name, (const char *const *)l->ids, l->n_ids, true, &done,
                         e);
    for (const struct entity *const *each = entity_all(); ok && *each; each++)
        ok = purge_addresses(a, l, *each, out, e);
    return ok;
}

bool suppress_remove(struct app *a, const struct entity *entity, const struct suppress_list *l,
                     size_t *removed, struct err *e)
{
    bool ok = app_need_claim(a, e), there;

    *removed = 0;
    for (size_t i = 0; ok && i < l->n_ids; i++) {
        ok = store_unsuppress(a->store, entity->name, l->ids[i], &there, e);
        *removed += ok && there;
    }
    for (size_t i = 0; ok && i < l->n_hashes; i++) {
        ok = store_unsuppress(a->store, "", l->hashes[i], &there, e);
        *removed += ok && there;
    }
    return ok;
}

bool suppress_each(struct app *a, bool (*each)(void *arg, const struct suppressed_row *row),
                   void *arg, struct err *e)
{
    return app_need_store(a, e) && store_suppressed_each(a->store, each, arg, e);
}

void suppress_answer(struct app *a, const struct entity *entity, struct enrich_answer *answer)
{
    char(*texts)[DIGEST_MAX];
    const char **hashes;
    size_t *rows, n = 0;
    struct err ignored;
    bool *gone;

    if (!store_suppresses_emails(a->store) || !email_column(entity))
        return;
    texts = mem_array(answer->n, sizeof(*texts));
    hashes = mem_array(answer->n, sizeof(*hashes));
    rows = mem_array(answer->n, sizeof(*rows));
    gone = mem_array(answer->n, sizeof(*gone));
    for (size_t i = 0; i < answer->n; i++) {
        if (!hash_of(entity, answer->rows[i].raw, texts[n]))
            continue;
        hashes[n] = texts[n];
        rows[n++] = i;
    }
    // A store that cannot be read cannot be written either: nothing of the answer is kept then.
    if (store_emails_suppressed(a->store, hashes, n, gone, &ignored)) {
        for (size_t i = 0; i < n; i++) {
            struct enriched *row = &answer->rows[rows[i]];

            if (!gone[i])
                continue;
            row->status = match_status_withheld();
            row->status_name = row->status->name;
            row->raw = NULL;
        }
    }
    free(texts);
    free(hashes);
    free(rows);
    free(gone);
}

bool suppress_has_email(struct app *a, const char *email, bool *out, struct err *e)
{
    char hash[DIGEST_MAX];
    const char *hashes[] = {digest_email(email, hash)};

    *out = false;
    return app_need_store(a, e) && (!store_suppresses_emails(a->store) ||
                                    store_emails_suppressed(a->store, hashes, 1, out, e));
}
