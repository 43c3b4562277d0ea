// A second client of the keyring, by libsecret itself, for what tests must see or bring about:
//   put PROFILE KIND SECRET   one more item, beside any that is there
//   get PROFILE KIND          the secrets, one a line
//   show PROFILE              label and attributes of the profile's items
//   lock                      locks the default keyring
//   prompter                  is the desktop's prompt, and never answers
#include <stdio.h>
#include <string.h>

#include <libsecret/secret.h>

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

static int fail(GError *error)
{
    (void)fprintf(stderr, "keyring-client: %s\n", error ? error->message : "failed");
    return 1;
}

static GHashTable *attributes_of(char *profile, char *kind)
{
    static char profile_key[] = "profile", kind_key[] = "kind";
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);

    (void)g_hash_table_insert(table, profile_key, profile);
    if (kind)
        (void)g_hash_table_insert(table, kind_key, kind);
    return table;
}

static SecretCollection *collection(GError **error)
{
    SecretService *service = secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, NULL, error);

    return service ? secret_collection_for_alias_sync(service, SECRET_COLLECTION_DEFAULT,
                                                      SECRET_COLLECTION_NONE, NULL, error)
                   : NULL;
}

static int put(char **args)
{
    GError *error = NULL;
    SecretCollection *into = collection(&error);
    SecretValue *value = secret_value_new(args[2], -1, "text/plain");

    if (!into || !secret_item_create_sync(into, &schema, attributes_of(args[0], args[1]), "a test",
                                          value, SECRET_ITEM_CREATE_NONE, NULL, &error))
        return fail(error);
    return 0;
}

static GList *search(char *profile, char *kind, GError **error)
{
    return secret_service_search_sync(NULL, &schema, attributes_of(profile, kind),
                                      SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS, NULL, error);
}

static int get(char **args)
{
    GError *error = NULL;

    for (GList *at = search(args[0], args[1], &error); at; at = at->next) {
        SecretValue *value = secret_item_get_secret(at->data);
        const char *text = value ? secret_value_get(value, NULL) : "(unreadable)";

        (void)puts(text);
    }
    return error ? fail(error) : 0;
}

static void show_attribute(gpointer key, gpointer value, gpointer user)
{
    (void)user;
    (void)printf("  %s=%s\n", (const char *)key, (const char *)value);
}

static int show(char **args)
{
    GError *error = NULL;

    for (GList *at = search(args[0], NULL, &error); at; at = at->next) {
        (void)puts(secret_item_get_label(at->data));
        g_hash_table_foreach(secret_item_get_attributes(at->data), show_attribute, NULL);
    }
    return error ? fail(error) : 0;
}

static int lock(char **args)
{
    GError *error = NULL;
    SecretCollection *it = collection(&error);

    (void)args;
    if (!it || secret_service_lock_sync(NULL, g_list_append(NULL, it), NULL, NULL, &error) < 1)
        return fail(error);
    return 0;
}

// Takes every call that comes and says nothing to it.
static GDBusMessage *swallow(GDBusConnection *bus, GDBusMessage *message, gboolean incoming,
                             gpointer user)
{
    (void)bus;
    (void)user;
    if (!incoming || g_dbus_message_get_message_type(message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
        return message;
    (void)puts("asked");
    (void)fflush(stdout);
    g_object_unref(message);
    return NULL;
}

static void is_owned(GDBusConnection *bus, const char *name, gpointer user)
{
    (void)bus;
    (void)name;
    (void)user;
    (void)puts("ready");
    (void)fflush(stdout);
}

static int prompter(char **args)
{
    GError *error = NULL;
    GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &error);

    (void)args;
    if (!bus)
        return fail(error);
    (void)g_dbus_connection_add_filter(bus, swallow, NULL, NULL);
    (void)g_bus_own_name_on_connection(bus, "org.gnome.keyring.SystemPrompter",
                                       G_BUS_NAME_OWNER_FLAGS_REPLACE, is_owned, NULL, NULL, NULL);
    g_main_loop_run(g_main_loop_new(NULL, FALSE));
    return 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int args;
        int (*run)(char **args);
    } commands[] = {{"put", 3, put},   {"get", 2, get},           {"show", 1, show},
                    {"lock", 0, lock}, {"prompter", 0, prompter}, {NULL, 0, NULL}};

    for (size_t i = 0; argc > 1 && commands[i].name; i++) {
        if (strcmp(argv[1], commands[i].name) == 0 && argc == commands[i].args + 2)
            return commands[i].run(argv + 2);
    }
    (void)fputs("keyring-client: put, get, show, lock or prompter\n", stderr);
    return 2;
}
