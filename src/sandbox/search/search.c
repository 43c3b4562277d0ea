// POST /search/contact and /search/company. Assumed where FACTS are silent: page 1 of a search that
// matches nothing is 200 without rows; page 0 is page 1; the depth is checked before the end.
// Any thread. Floor: sandbox/search.
#include "sandbox/search/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/search/query.h"
#include "sandbox/search/sort.h"

static struct lookup_list vocabulary(const char *path, const char *const *words, size_t n)
{
    struct lookup_list list = {.path = path, .n = n};

    list.values = mem_array(n, sizeof(*list.values));
    for (size_t i = 0; i < n; i++)
        list.values[i] = (struct lookup_value){words[i], words[i], NULL};
    return list;
}

struct search *search_open(const struct world *world, const struct lookups *lookups,
                           const struct contract *contract, const struct search_options *options)
{
    struct search *s = mem_zalloc(sizeof(*s));

    s->world = world;
    s->lookups = lookups;
    s->operations[SEARCH_CONTACT] = contract_find(contract, "POST", "/search/contact");
    s->operations[SEARCH_COMPANY] = contract_find(contract, "POST", "/search/company");
    if (options)
        s->options = *options;
    if (!s->options.depth)
        s->options.depth = SEARCH_DEPTH_DEFAULT;
    s->columns = columns_new(world);
    s->models = vocabulary("businessModel", world_models, WORLD_MODELS);
    s->engagements = vocabulary("engagementType", world_engagements, WORLD_ENGAGEMENTS);
    s->cache = search_cache_new();
    return s;
}

void search_close(struct search *s)
{
    if (!s)
        return;
    columns_free(s->columns);
    search_cache_free(s->cache);
    free(s->models.values);
    free(s->engagements.values);
    free(s);
}

static bool refuse(struct search_error *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool refuse(struct search_error *e, const char *format, ...)
{
    va_list args;

    *e = (struct search_error){.status = 400};
    va_start(args, format);
    (void)vsnprintf(e->text, sizeof(e->text), format, args);
    va_end(args);
    return false;
}

static uint64_t paging(const json_t *inputs, const char *name, uint64_t fallback)
{
    const json_t *value = json_object_get(inputs, name);
    uint64_t number = value ? (uint64_t)json_integer_value(value) : fallback;

    return number ? number : 1;
}

// Reads and takes away the paging keys. The numbers are checked: rpp is 1..100.
static bool take_page(const struct search *s, json_t *inputs, struct search_result *out,
                      struct search_error *e)
{
    uint64_t page = paging(inputs, "page", 1), rpp = paging(inputs, "rpp", SEARCH_RPP_DEFAULT);

    json_object_del(inputs, "page");
    json_object_del(inputs, "rpp");
    if (page > s->options.depth || page * rpp > s->options.depth)
        return refuse(e, "Total record pagination is over max allowed value (%u)",
                      s->options.depth);
    out->page = (uint32_t)page;
    out->rpp = (uint32_t)rpp;
    return true;
}

// The rows that pass, in order, as far as they can be paged to; *n of them. The caller frees them.
static uint32_t *find_rows(const struct search_query *q, const struct search_order *order,
                           uint32_t *n, uint32_t *total)
{
    const struct search *s = q->search;
    bool contacts = q->entity == SEARCH_CONTACT;
    uint32_t n_rows = contacts ? s->world->n_contacts : s->world->n_companies;
    uint8_t *pass = mem_alloc(n_rows + 1);
    uint32_t *rows = mem_array(n_rows + 1, sizeof(*rows));

    memset(pass, 1, n_rows);
    filter_run(contacts ? &q->contacts : &q->companies, n_rows, pass);
    *total = 0;
    for (uint32_t i = 0; i < n_rows; i++) {
        rows[*total] = i;
        *total += pass[i];
    }
    free(pass);
    search_sort(s, order, rows, *total);
    *n = *total < s->options.depth ? *total : s->options.depth;
    return mem_regrow(rows, *n + 1, sizeof(*rows));
}

static uint32_t page_start(const struct search_result *page)
{
    return (page->page - 1) * page->rpp;
}

// Runs the query, fills the page and keeps the rows under key for the next ones.
static bool run_query(struct search *s, enum search_entity entity, const char *key, json_t *inputs,
                      struct search_result *out, struct search_error *e)
{
    struct search_query q;
    struct search_order order;
    uint32_t *rows, n, from = page_start(out);
    bool good =
        search_order_read(entity, inputs, &order, e) && search_compile(s, entity, inputs, &q, e);

    if (!good)
        return false;
    rows = find_rows(&q, &order, &n, &out->max_results);
    for (out->n_rows = 0; out->n_rows < out->rpp && from + out->n_rows < n; out->n_rows++)
        out->rows[out->n_rows] = rows[from + out->n_rows];
    search_cache_put(s->cache, key, rows, n, out->max_results);
    search_query_free(&q);
    return true;
}

// What makes a query the same: its entity and inputs, however they were written.
static char *key_of(enum search_entity entity, const json_t *inputs)
{
    char *text = json_dumps(inputs, JSON_COMPACT | JSON_SORT_KEYS);
    char *key = str_format("%d %s", (int)entity, text);

    free(text);
    return key;
}

static bool answer(struct search *s, enum search_entity entity, json_t *inputs,
                   struct search_result *out, struct search_error *e)
{
    char *key = key_of(entity, inputs);
    bool good = search_cache_get(s->cache, key, page_start(out), out->rpp, out->rows, &out->n_rows,
                                 &out->max_results) ||
                run_query(s, entity, key, inputs, out, e);

    free(key);
    if (good && out->n_rows == 0 && out->page > 1)
        return refuse(e, "Page number (page) requested is greater than the available results.");
    return good;
}

bool search_run(struct search *s, enum search_entity entity, const json_t *body,
                struct search_result *out, struct search_error *e)
{
    json_t *inputs = search_check(s, entity, body, e);
    bool good = inputs && take_page(s, inputs, out, e) && answer(s, entity, inputs, out, e);

    json_decref(inputs);
    return good;
}

void search_error_json(const struct search_error *e, struct str *out)
{
    json_t *body =
        json_pack("{s:b, s:s, s:i}", "success", 0, "error", e->text, "statusCode", e->status);
    char *text;

    if (e->names_key)
        json_object_set(body, e->names_key, e->names);
    text = json_dumps(body, JSON_COMPACT);
    str_add(out, text);
    free(text);
    json_decref(body);
}

void search_error_free(struct search_error *e)
{
    json_decref(e->names);
    e->names = NULL;
}
