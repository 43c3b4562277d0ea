// A shared library that is loaded when it is first needed. Any thread. Floor: base.
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const struct library *l, void *table, struct err *e)
{
    void *handle = dlopen(l->file, RTLD_NOW | RTLD_LOCAL);

    if (!handle)
        return err_set(e, ERR_INTERNAL,
                       "%s is not here, so %s (%s); install it, on Debian with: apt "
                       "install %s",
                       l->name, l->without, dlerror(), l->package);
    for (size_t i = 0; i < l->n_symbols; i++) {
        void *found = dlsym(handle, l->symbols[i].name);

        if (!found)
            return err_set(e, ERR_INTERNAL, "%s is too old, so %s: it lacks %s", l->name,
                           l->without, l->symbols[i].name);
        memcpy((char *)table + l->symbols[i].offset, &found, sizeof(found));
    }
    return true;
}
