// Who uses this sandbox: programs that hold a lock on the first byte of a file, each as long as it
// lives, and find it by the byte that it locks itself. Floor: sandbox.
#ifndef LODE_SANDBOX_USERS_H
#define LODE_SANDBOX_USERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct users;

// From now on the process ends, with the file at path removed, once nobody has that lock any more.
// Main thread, with signals blocked. What is returned is there as long as the process. NULL:
// ERR_STORAGE.
struct users *users_watch(const char *path, struct err *e);
// It listens there, which whoever has the file sees by the byte of that number: from now on it is
// locked, until the process ends, however it does. ERR_STORAGE.
bool users_tell(const struct users *u, uint16_t port, struct err *e);

#endif
