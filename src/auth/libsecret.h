// libsecret and the GLib below it, loaded at the first word with the keyring: linking them costs
// every start 2 ms. Any thread. For this folder only. Floor: auth.
#ifndef LODE_AUTH_LIBSECRET_H
#define LODE_AUTH_LIBSECRET_H

#include <stdbool.h>

#include <libsecret/secret.h>

#include "base/err.h"

struct log;

// Every function of them that is used here.
#define LIBSECRET_FUNCTIONS(F)                                                                     \
    F(g_bus_get_sync)                                                                              \
    F(g_cancellable_cancel)                                                                        \
    F(g_cancellable_is_cancelled)                                                                  \
    F(g_cancellable_new)                                                                           \
    F(g_dbus_connection_set_exit_on_close)                                                         \
    F(g_dbus_error_quark)                                                                          \
    F(g_error_free)                                                                                \
    F(g_hash_table_insert)                                                                         \
    F(g_hash_table_new)                                                                            \
    F(g_hash_table_unref)                                                                          \
    F(g_io_error_quark)                                                                            \
    F(g_list_append)                                                                               \
    F(g_list_free)                                                                                 \
    F(g_list_free_full)                                                                            \
    F(g_list_length)                                                                               \
    F(g_log_set_writer_func)                                                                       \
    F(g_main_context_iteration)                                                                    \
    F(g_main_context_new)                                                                          \
    F(g_main_context_pop_thread_default)                                                           \
    F(g_main_context_push_thread_default)                                                          \
    F(g_main_context_unref)                                                                        \
    F(g_object_unref)                                                                              \
    F(g_str_equal)                                                                                 \
    F(g_str_hash)                                                                                  \
    F(secret_collection_for_alias_sync)                                                            \
    F(secret_collection_get_locked)                                                                \
    F(secret_error_get_quark)                                                                      \
    F(secret_item_get_modified)                                                                    \
    F(secret_item_get_secret)                                                                      \
    F(secret_service_clear_sync)                                                                   \
    F(secret_service_disconnect)                                                                   \
    F(secret_service_get_sync)                                                                     \
    F(secret_service_search_sync)                                                                  \
    F(secret_service_store_sync)                                                                   \
    F(secret_service_unlock_sync)                                                                  \
    F(secret_value_get)                                                                            \
    F(secret_value_new)                                                                            \
    F(secret_value_unref)

struct libsecret {
#define LIBSECRET_MEMBER(name) __typeof__(name) *name;
    LIBSECRET_FUNCTIONS(LIBSECRET_MEMBER)
#undef LIBSECRET_MEMBER
};

// The way out that the command line has where they are missing, as libsecret_load() says it.
#define LIBSECRET_WITHOUT " (--session-only goes without it)"

// Loads them, once for the process. NULL: *e says what is missing and how to get it.
const struct libsecret *libsecret_load(struct err *e);
// Where GLib's own warnings go from now on, instead of standard error; NULL: nowhere.
void libsecret_log(struct log *log);

#endif
