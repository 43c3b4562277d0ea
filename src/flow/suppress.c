// Purging, and the list of those of whom nothing may be kept. Any thread but the UI's. Floor: flow.
#include "flow/suppress.h"

#include <stdlib.h>
#include <string.h>

#include "auth/digest.h"
#include "base/count.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "flow/row.h"
#include "flow/session_marks.h"
#include "model/match.h"
#include "store/library.h"
#include "store/owned.h"
#include "store/purge.h"

static const struct column *column_of(const struct entity *entity, const char *name)
{
    return column_find(entity->enrich.columns, entity->enrich.n_columns, name);
}

static const struct column *email_column(const struct entity *entity)
{
    return column_of(entity, "email");
}

// One cell of a record; the caller frees it.
static char *cell_of(const struct entity *entity, const struct column *column, const char *raw)
{
    const struct enriched_row row = {.id = "", .raw = raw};
    struct page page = {0};
    char *text;

    row_as_cells(entity, &row, &column, 1, &page);
    text = mem_strdup(page.rows[0].cells[0]);
    page_free(&page);
    return text;
}

// The hash of a record's address; false where it has none.
static bool hash_of(const struct entity *entity, const char *raw, char out[static DIGEST_MAX])
{
    const struct column *email = email_column(entity);
    char *text;
    bool there;

    if (!email || !raw || !strchr(raw, '@'))
        return false;
    text = cell_of(entity, email, raw);
    there = *text;
    if (there)
        (void)digest_email(text, out);
    free(text);
    return there;
}

// The addresses of records, as the list keeps them.
struct gathering {
    const struct entity *entity;
    const char *id; // of the record at hand
    VEC(struct suppressed_email) all;
    VEC(char *) hashes; // that stand in it; owned
};

static const char *keep_hash(struct gathering *g, const char *hash)
{
    vec_push(&g->hashes, mem_strdup(hash));
    return g->hashes.items[g->hashes.len - 1];
}

static void gather(struct gathering *g, const char *hash, const char *with_entity,
                   const char *with_id)
{
    if (*hash)
        vec_push(&g->all, ((struct suppressed_email){keep_hash(g, hash), with_entity, with_id}));
}

static void gather_address(struct gathering *g, const char *email)
{
    char hashes[DIGESTS][DIGEST_LONG_MAX];

    if (!*email)
        return;
    digest_email_all(email, hashes);
    gather(g, hashes[0], g->entity->name, g->id);
    email = keep_hash(g, hashes[0]);
    for (size_t i = 1; i < DIGESTS; i++)
        gather(g, hashes[i], "", email);
}

// "; " between.
static void gather_hashes(struct gathering *g, char *list)
{
    for (char *hash; (hash = strsep(&list, "; ")) != NULL;)
        gather(g, hash, g->entity->name, g->id);
}

static bool gather_version(void *self, const struct library_version *v)
{
    struct gathering *g = self;
    const struct column *hashed = column_of(g->entity, "hashedEmails");
    char *text = cell_of(g->entity, email_column(g->entity), v->raw);

    gather_address(g, text);
    free(text);
    text = hashed ? cell_of(g->entity, hashed, v->raw) : mem_strdup("");
    gather_hashes(g, text);
    free(text);
    return true;
}

static void gathering_free(struct gathering *g)
{
    for (size_t i = 0; i < g->hashes.len; i++)
        free(g->hashes.items[i]);
    vec_free(&g->hashes);
    vec_free(&g->all);
}

// Addresses that a record has, and had, go on the list with it: it would be asked for by them.
static bool list_addresses(struct app *a, const struct purging *p, const struct entity *entity,
                           struct err *e)
{
    struct gathering g = {.entity = entity};
    long long ignored;
    bool ok = true;

    for (size_t i = 0; ok && email_column(entity) && i < p->n; i++) {
        g.id = p->ids[i];
        ok = store_library_versions(a->store, p->entity, g.id, gather_version, &g, e);
    }
    if (ok && g.all.len)
        ok = store_suppress_emails(a->store, g.all.items, g.all.len, &ignored, e);
    gathering_free(&g);
    return ok;
}

// The addresses first: once the records are gone, nobody knows them.
static bool put_away(struct app *a, const struct purging *p, const struct entity *entity,
                     bool *done, struct err *e)
{
    *done = false;
    return (!p->suppress || list_addresses(a, p, entity, e)) && store_purge(a->store, p, done, e);
}

// Within the explorer the marks are its own, and it writes them itself.
static bool drop_marks(const struct app *a, const char *const *ids, size_t n, struct err *e)
{
    return a->view || session_marks_drop(a->config.profile, ids, n, e);
}

bool suppress_purge(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                    bool suppress, bool *done, struct err *e)
{
    *done = false;
    return app_need_claim(a, e) &&
           put_away(a, &(struct purging){entity->name, ids, n, suppress, NULL}, entity, done, e) &&
           drop_marks(a, ids, n, e);
}

const char *suppress_along(const struct entity *entity)
{
    return email_column(entity) ? " Each e-mail address held, or once held, goes on the suppression"
                                  " list too: whoever shares one (info@...) is withheld as well."
                                : "";
}

bool suppress_answers(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                      bool gone, struct str *out, struct err *e)
{
    char others[COUNT_WORDS_MAX];
    struct purge_answers x;

    if (!app_need_store(a, e) || !store_purge_answers(a->store, entity->name, ids, n, &x, e))
        return false;
    if (!x.n)
        return true;
    str_addf(out, "With that %s what came of ", gone ? "went" : "goes");
    if (x.n == 1)
        str_addf(out, "charge %lld and was no sound answer", (long long)x.charge);
    else
        str_addf(out, "%lld charges and was no sound answer, that of charge %lld first",
                 (long long)x.n, (long long)x.charge);
    str_addf(out, ": whole, for %s too that %s asked for with it.",
             count_words(x.others, "other record", others), x.others == 1 ? "was" : "were");
    if (!gone)
        str_addf(out, " lode ledger answer %lld prints it.", (long long)x.charge);
    return true;
}

struct search {
    const struct entity *entity;
    struct map hashes;
    VEC(char *) ids, found; // whose address is among them, and its hash; owned
};

static bool look(void *self, const struct owned_row *row)
{
    struct search *s = self;
    char hash[DIGEST_MAX];

    if (hash_of(s->entity, row->raw, hash) && map_has(&s->hashes, hash)) {
        vec_push(&s->ids, mem_strdup(row->id));
        vec_push(&s->found, mem_strdup(hash));
    }
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
    if (ok && s.ids.len)
        ok = put_away(a,
                      &(struct purging){on->name, (const char *const *)s.ids.items, s.ids.len, true,
                                        (const char *const *)s.found.items},
                      on, &done, e) &&
             drop_marks(a, (const char *const *)s.ids.items, s.ids.len, e);
    out->purged += s.ids.len;
    for (size_t i = 0; i < s.ids.len; i++) {
        free(s.ids.items[i]);
        free(s.found.items[i]);
    }
    vec_free(&s.ids);
    vec_free(&s.found);
    map_free(&s.hashes, NULL);
    return ok;
}

static bool put_on(struct app *a, const struct suppress_list *l, long long *added, struct err *e)
{
    struct suppressed_email *all = mem_array(l->n_hashes + l->n_others, sizeof(*all));
    size_t n = 0;
    bool ok;

    for (size_t i = 0; i < l->n_hashes; i++)
        all[n++] = (struct suppressed_email){l->hashes[i], NULL, NULL};
    for (size_t i = 0; i < l->n_others; i++)
        all[n++] = (struct suppressed_email){l->others[i], "", l->of[i]};
    ok = n == 0 || store_suppress_emails(a->store, all, n, added, e);
    free(all);
    return ok;
}

bool suppress_apply(struct app *a, const struct entity *entity, const struct suppress_list *l,
                    struct suppress_done *out, struct err *e)
{
    bool ok, done;

    *out = (struct suppress_done){.ids = l->n_ids};
    ok = app_need_claim(a, e) && put_on(a, l, &out->emails, e);
    if (ok && l->n_ids)
        ok = put_away(
            a, &(struct purging){entity->name, (const char *const *)l->ids, l->n_ids, true, NULL},
            entity, &done, e);
    for (const struct entity *const *each = entity_all(); ok && *each; each++)
        ok = purge_addresses(a, l, *each, out, e);
    return ok;
}

static bool take_off(struct app *a, const char *entity, char **ids, size_t n, size_t *removed,
                     size_t *along, struct err *e)
{
    bool ok = true;

    for (size_t i = 0; ok && i < n; i++) {
        long long went = 0;

        ok = store_unsuppress(a->store, entity, ids[i], &went, e);
        *removed += went > 0;
        *along += went > 1 ? (size_t)went - 1 : 0;
    }
    return ok;
}

bool suppress_remove(struct app *a, const struct entity *entity, const struct suppress_list *l,
                     size_t *removed, size_t *along, struct err *e)
{
    *removed = *along = 0;
    return app_need_claim(a, e) && take_off(a, entity->name, l->ids, l->n_ids, removed, along, e) &&
           take_off(a, "", l->hashes, l->n_hashes, removed, along, e);
}

bool suppress_each(struct app *a, bool (*each)(void *arg, const struct suppressed_row *row),
                   void *arg, struct err *e)
{
    return app_need_store(a, e) && store_suppressed_each(a->store, each, arg, e);
}

static void withhold(struct enriched *row, const char *hash)
{
    row->status = match_status_withheld();
    row->status_name = row->status->name;
    row->raw = NULL;
    row->withheld_by = hash;
}

// A row of an answer that may be on the list, by its id or by the hash of its address.
struct suspect {
    size_t row;
    const char *name;
    char hash[DIGEST_MAX];
};

// A store that cannot be read cannot be written either: nothing of the answer is kept then.
static void withhold_listed(struct app *a, const char *entity, struct enrich_answer *answer,
                            const struct suspect *suspects, size_t n)
{
    const char **names = mem_array(n, sizeof(*names));
    bool *on = mem_array(n, sizeof(*on));
    struct err ignored;

    for (size_t i = 0; i < n; i++)
        names[i] = suspects[i].name;
    if (!store_records_suppressed(a->store, entity, names, n, on, &ignored))
        n = 0;
    for (size_t i = 0; i < n; i++) {
        if (on[i])
            withhold(&answer->rows[suspects[i].row],
                     entity ? NULL : page_text(&answer->memory, names[i], strlen(names[i])));
    }
    free(names);
    free(on);
}

void suppress_answer(struct app *a, const struct entity *entity, struct enrich_answer *answer)
{
    struct suspect *suspects = mem_array(answer->n, sizeof(*suspects));
    size_t n = 0;

    for (size_t i = 0; store_suppresses_records(a->store) && i < answer->n; i++) {
        if (answer->rows[i].raw)
            suspects[n++] = (struct suspect){.row = i, .name = answer->rows[i].id};
    }
    withhold_listed(a, entity->name, answer, suspects, n);
    n = 0;
    for (size_t i = 0; store_suppresses_emails(a->store) && i < answer->n; i++) {
        suspects[n].row = i;
        suspects[n].name = suspects[n].hash;
        n += hash_of(entity, answer->rows[i].raw, suspects[n].hash);
    }
    withhold_listed(a, NULL, answer, suspects, n);
    free(suspects);
}
