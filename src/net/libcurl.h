// libcurl, loaded when the first request is near: linking it costs every start 5 ms and 8 MB, most
// of them for nothing. Any thread. Floor: net.
#ifndef LODE_NET_LIBCURL_H
#define LODE_NET_LIBCURL_H

#include <stdbool.h>

#include <curl/curl.h>

#include "base/err.h"

// Every function of it that is used here.
#define LIBCURL_FUNCTIONS(F)                                                                       \
    F(easy_cleanup)                                                                                \
    F(easy_getinfo)                                                                                \
    F(easy_init)                                                                                   \
    F(easy_setopt)                                                                                 \
    F(free)                                                                                        \
    F(getdate)                                                                                     \
    F(global_init_mem)                                                                             \
    F(multi_add_handle)                                                                            \
    F(multi_cleanup)                                                                               \
    F(multi_info_read)                                                                             \
    F(multi_init)                                                                                  \
    F(multi_perform)                                                                               \
    F(multi_poll)                                                                                  \
    F(multi_remove_handle)                                                                         \
    F(multi_wakeup)                                                                                \
    F(slist_append)                                                                                \
    F(slist_free_all)                                                                              \
    F(url)                                                                                         \
    F(url_cleanup)                                                                                 \
    F(url_get)                                                                                     \
    F(url_set)                                                                                     \
    F(version_info)

struct libcurl {
#define LIBCURL_MEMBER(name) __typeof__(curl_##name) *name;
    LIBCURL_FUNCTIONS(LIBCURL_MEMBER)
#undef LIBCURL_MEMBER
};

// Loads it and sets it up, once for the process. ERR_INTERNAL says what is missing and how to get
// it.
bool libcurl_load(struct err *e);
// The functions: libcurl()->easy_init(). Loads where nobody did; aborts where that cannot be.
const struct libcurl *libcurl(void);
// Whether its connections are those of net/openssl.h.
bool libcurl_on_openssl(void);

#endif
