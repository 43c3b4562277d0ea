// One question to the keyring, asked over libsecret. On the keyring's thread. Floor: auth.
#include "auth/keyring_call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "job/queue.h"

enum { LABEL_MAX = 160 };

// Attributes are in clear on the disk: a name and a kind, nothing private.
static const SecretSchema schema = {
    "org.lode.Secret",
    SECRET_SCHEMA_NONE,
    {{"profile", SECRET_SCHEMA_ATTRIBUTE_STRING}, {"kind", SECRET_SCHEMA_ATTRIBUTE_STRING}, {0}},
    0,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL};

static const char *const kind_attributes[] = {
    [KEYRING_PASSWORD] = "password", [KEYRING_KEY] = "key", [KEYRING_WEBHOOK] = "webhook"};

// GLib takes keys and values that it may own; these it does not.
static void *borrowed(const char *text)
{
    return (void *)(uintptr_t)text;
}

static GHashTable *attributes_of(const struct keyring_call *c)
{
    GHashTable *table = c->lib->g_hash_table_new(c->lib->g_str_hash, c->lib->g_str_equal);

    (void)c->lib->g_hash_table_insert(table, borrowed("profile"), borrowed(c->profile));
    (void)c->lib->g_hash_table_insert(table, borrowed("kind"), borrowed(kind_attributes[c->kind]));
    return table;
}

static void free_items(const struct keyring_call *c, GList *items)
{
    c->lib->g_list_free_full(items, c->lib->g_object_unref);
}

// The default keyring, or NULL; the caller unrefs it. A missing one sets c->state.
static SecretCollection *default_keyring(struct keyring_call *c, SecretService *service,
                                         GError **error)
{
    SecretCollection *collection = c->lib->secret_collection_for_alias_sync(
        service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, c->cancellable, error);

    if (!collection && !*error)
        c->state = KEYRING_EMPTY;
    return collection;
}

// Only the keyring itself tells "locked" and "not there" from "no such item".
bool keyring_call_probe(struct keyring_call *c, SecretService *service, GError **error)
{
    SecretCollection *collection = default_keyring(c, service, error);
    bool locked = collection && c->lib->secret_collection_get_locked(collection);

    if (!collection)
        return false;
    c->lib->g_object_unref(collection);
    if (locked)
        c->state = KEYRING_LOCKED;
    return !locked;
}

bool keyring_call_unlock(struct keyring_call *c, SecretService *service, GError **error)
{
    SecretCollection *collection = default_keyring(c, service, error);
    GList *list;
    int n;

    if (!collection)
        return false;
    list = c->lib->g_list_append(NULL, collection);
    n = c->lib->secret_service_unlock_sync(service, list, c->cancellable, NULL, error);
    c->lib->g_list_free(list);
    c->lib->g_object_unref(collection);
    if (n < 1 && !*error)
        c->state = KEYRING_LOCKED;
    return n > 0;
}

static GList *search(struct keyring_call *c, SecretService *service, SecretSearchFlags more,
                     GError **error)
{
    GHashTable *attributes = attributes_of(c);
    GList *items = c->lib->secret_service_search_sync(
        service, &schema, attributes, SECRET_SEARCH_ALL | more, c->cancellable, error);

    c->lib->g_hash_table_unref(attributes);
    return items;
}

static bool take_secret(struct keyring_call *c, SecretItem *item)
{
    SecretValue *value = c->lib->secret_item_get_secret(item);
    gsize len = 0;
    const char *text = value ? c->lib->secret_value_get(value, &len) : NULL;

    if (len && memchr(text, '\0', len))
        len = 0;
    if (len)
        c->out = secret_new(text, len);
    else
        c->fault = value ? "is empty or not a text" : "cannot be read";
    if (value)
        c->lib->secret_value_unref(value);
    return len > 0;
}

bool keyring_call_get(struct keyring_call *c, SecretService *service, GError **error)
{
    GList *items = search(c, service, SECRET_SEARCH_LOAD_SECRETS, error);
    bool ok;

    if (*error)
        return false;
    if (!items)
        return keyring_call_probe(c, service, error);
    if (c->lib->g_list_length(items) > 1)
        c->fault = "is there more than once";
    ok = !c->fault && take_secret(c, items->data);
    free_items(c, items);
    if (!ok && !c->out) // a locked keyring may show an item, and not what is in it
        (void)keyring_call_probe(c, service, error);
    return ok;
}

static bool clear(struct keyring_call *c, SecretService *service, GError **error)
{
    GHashTable *attributes = attributes_of(c);
    bool any =
        c->lib->secret_service_clear_sync(service, &schema, attributes, c->cancellable, error);

    c->lib->g_hash_table_unref(attributes);
    return any;
}

// Storing replaces one item; where there are several, all but the new one must go.
static bool make_single(struct keyring_call *c, SecretService *service, GError **error)
{
    GList *items = search(c, service, SECRET_SEARCH_NONE, error);
    bool several = items && c->lib->g_list_length(items) > 1;

    free_items(c, items);
    return !*error && (!several || clear(c, service, error));
}

bool keyring_call_put(struct keyring_call *c, SecretService *service, GError **error)
{
    char label[LABEL_MAX];
    GHashTable *attributes;
    SecretValue *value;
    bool ok;

    // Asked first, for storing would ask a locked keyring's prompt and wait for it.
    if (!keyring_call_probe(c, service, error) || !make_single(c, service, error))
        return false;
    (void)snprintf(label, sizeof(label), "Lode: %s of %s", keyring_kind_name(c->kind), c->profile);
    attributes = attributes_of(c);
    value = c->lib->secret_value_new(secret_text(c->in), (gssize)secret_len(c->in), "text/plain");
    ok = c->lib->secret_service_store_sync(service, &schema, attributes, SECRET_COLLECTION_DEFAULT,
                                           label, value, c->cancellable, error);
    c->lib->secret_value_unref(value);
    c->lib->g_hash_table_unref(attributes);
    return ok;
}

// That nothing was removed may mean that the keyring is locked.
bool keyring_call_remove(struct keyring_call *c, SecretService *service, GError **error)
{
    if (clear(c, service, error))
        return true;
    return !*error && keyring_call_probe(c, service, error);
}

bool keyring_call_find(struct keyring_call *c, SecretService *service, GError **error)
{
    GList *items = search(c, service, SECRET_SEARCH_NONE, error);

    if (*error)
        return false;
    if (!items)
        return keyring_call_probe(c, service, error);
    c->item.found = true;
    c->item.changed_ms = (int64_t)c->lib->secret_item_get_modified(items->data) * 1000;
    free_items(c, items);
    return true;
}

// GDBus ends the whole process when the bus goes away, unless it is told not to.
static bool tame_bus(struct keyring_call *c, GError **error)
{
    GDBusConnection *bus = c->lib->g_bus_get_sync(G_BUS_TYPE_SESSION, c->cancellable, error);

    if (!bus)
        return false;
    c->lib->g_dbus_connection_set_exit_on_close(bus, FALSE);
    c->lib->g_object_unref(bus);
    return true;
}

static bool try_once(struct keyring_call *c)
{
    SecretService *service;
    bool ok;

    c->state = KEYRING_READY;
    c->fault = NULL;
    c->bus_failed = !tame_bus(c, &c->error);
    if (c->bus_failed)
        return false;
    service =
        c->lib->secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, c->cancellable, &c->error);
    if (!service)
        return false;
    ok = c->run(c, service, &c->error);
    c->lib->g_object_unref(service);
    return ok && !c->error;
}

static void read_notes(const struct libsecret *lib, GMainContext *context)
{
    while (lib->g_main_context_iteration(context, FALSE))
        ;
}

GMainContext *keyring_call_begin(const struct libsecret *lib)
{
    GMainContext *context = lib->g_main_context_new();

    lib->g_main_context_push_thread_default(context);
    return context;
}

void keyring_call_end(const struct libsecret *lib, GMainContext *context)
{
    lib->secret_service_disconnect();
    read_notes(lib, context);
    lib->g_main_context_pop_thread_default(context);
    lib->g_main_context_unref(context);
}

void keyring_call_run(struct keyring_call *c, GMainContext *context)
{
    read_notes(c->lib, context);
    c->ok = try_once(c);
    if (!c->error || c->lib->g_cancellable_is_cancelled(c->cancellable))
        return;
    c->lib->g_error_free(c->error);
    c->error = NULL;
    c->lib->secret_service_disconnect();
    read_notes(c->lib, context);
    secret_free(c->out);
    c->out = NULL;
    c->ok = try_once(c);
}

struct keyring_call *keyring_call_new(const struct libsecret *lib, const char *profile,
                                      enum keyring_kind kind, const struct secret *in)
{
    struct keyring_call *c = mem_zalloc(sizeof(*c));

    c->lib = lib;
    c->cancellable = lib->g_cancellable_new();
    c->profile = mem_strdup(profile ? profile : "");
    c->kind = kind;
    c->in = in ? secret_new(secret_text(in), secret_len(in)) : NULL;
    c->job.reply = queue_open();
    return c;
}

void keyring_call_free(struct keyring_call *c)
{
    if (c->error)
        c->lib->g_error_free(c->error);
    c->lib->g_object_unref(c->cancellable);
    queue_close(c->job.reply);
    secret_free(c->in);
    secret_free(c->out);
    free(c->profile);
    free(c);
}
