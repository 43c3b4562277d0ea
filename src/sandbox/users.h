// Who uses this sandbox: programs that hold a lock on the first byte of a file, each as long as it
// lives. Floor: sandbox.
#ifndef LODE_SANDBOX_USERS_H
#define LODE_SANDBOX_USERS_H

#include <stdbool.h>

#include "base/err.h"

// From now on the process ends, with the file at path removed, once nobody has that lock any more.
// Main thread, with signals blocked. ERR_STORAGE.
bool users_watch(const char *path, struct err *e);

#endif
