// Indexes over the world, built on first use. Any thread. Floor: sandbox/world.
#include "sandbox/world/index.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "sandbox/world/world.h"

enum { HASH_DIGITS = 16 };

struct world_index {
    pthread_mutex_t lock;
    struct row_table digests[WORLD_DIGESTS], names;
};

struct world_index *world_index_open(void)
{
    struct world_index *index = mem_zalloc(sizeof(*index));

    pthread_mutex_init(&index->lock, NULL);
    return index;
}

void world_index_close(struct world_index *index)
{
    for (int i = 0; i < WORLD_DIGESTS; i++)
        free(index->digests[i].rows);
    free(index->names.rows);
    pthread_mutex_destroy(&index->lock);
    free(index);
}

static void table_open(struct row_table *t, uint32_t n)
{
    size_t slots = 16;

    while (slots < 2 * (size_t)n)
        slots *= 2;
    t->rows = mem_array(slots, sizeof(*t->rows));
    memset(t->rows, 0xff, slots * sizeof(*t->rows));
    t->mask = slots - 1;
}

static void table_add(struct row_table *t, uint64_t hash, uint32_t row)
{
    size_t slot = (size_t)hash & t->mask;

    while (t->rows[slot] != WORLD_NONE)
        slot = (slot + 1) & t->mask;
    t->rows[slot] = row;
}

uint64_t world_digest_hash(const char *hex)
{
    char start[HASH_DIGITS + 1] = "";

    memcpy(start, hex, strnlen(hex, HASH_DIGITS));
    return strtoull(start, NULL, 16);
}

uint64_t world_name_hash(const char *name)
{
    char *folded = text_fold(name);
    uint64_t hash = hash_bytes(folded, strlen(folded));

    free(folded);
    return hash;
}

static const EVP_MD *method_of(enum world_digest digest)
{
    return digest == DIGEST_MD5 ? EVP_md5() : digest == DIGEST_SHA1 ? EVP_sha1() : EVP_sha256();
}

static void add_hex(EVP_MD_CTX *context, const EVP_MD *method, const struct str *text,
                    struct str *out)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned n = 0;

    if (!EVP_DigestInit_ex(context, method, NULL) ||
        !EVP_DigestUpdate(context, text->data, text->len) ||
        !EVP_DigestFinal_ex(context, bytes, &n))
        abort();
    for (unsigned i = 0; i < n; i++) {
        str_add_char(out, digits[bytes[i] >> 4]);
        str_add_char(out, digits[bytes[i] & 15]);
    }
}

void world_contact_digest(const struct world *w, uint32_t contact, enum world_digest digest,
                          struct str *out)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    struct str email = {0};

    world_contact_email(w, contact, &email);
    if (email.len)
        add_hex(context, method_of(digest), &email, out);
    str_free(&email);
    EVP_MD_CTX_free(context);
}

static void build_digests(const struct world *w, enum world_digest digest, struct row_table *t)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_MD *method = EVP_MD_fetch(NULL, EVP_MD_get0_name(method_of(digest)), NULL);
    struct str email = {0}, hex = {0};

    table_open(t, w->n_contacts);
    for (uint32_t i = 0; i < w->n_contacts; i++) {
        str_clear(&email);
        str_clear(&hex);
        world_contact_email(w, i, &email);
        if (!email.len)
            continue;
        add_hex(context, method, &email, &hex);
        table_add(t, world_digest_hash(str_text(&hex)), i);
    }
    str_free(&email);
    str_free(&hex);
    EVP_MD_free(method);
    EVP_MD_CTX_free(context);
}

const struct row_table *world_index_digests(const struct world *w, enum world_digest digest)
{
    struct row_table *t = &w->index->digests[digest];

    pthread_mutex_lock(&w->index->lock);
    if (!t->rows)
        build_digests(w, digest, t);
    pthread_mutex_unlock(&w->index->lock);
    return t;
}

const struct row_table *world_index_names(const struct world *w)
{
    struct row_table *t = &w->index->names;

    pthread_mutex_lock(&w->index->lock);
    if (!t->rows) {
        table_open(t, w->n_companies);
        for (uint32_t i = 0; i < w->n_companies; i++)
            table_add(t, world_name_hash(world_company_name(w, i)), i);
    }
    pthread_mutex_unlock(&w->index->lock);
    return t;
}
