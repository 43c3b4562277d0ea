// Kernel locks on single bytes of an open file, which need not be there. They belong to the opening
// of the file: gone with its last descriptor, however that came about. Any thread. Floor: base.
#ifndef LODE_BASE_LOCK_H
#define LODE_BASE_LOCK_H

#include <stdbool.h>
#include <sys/types.h>

// type as fcntl() has it: F_RDLCK, which many may have at once, F_WRLCK for one alone, F_UNLCK. One
// that is held becomes the other. false at once, with errno, where another's is in the way.
bool lock_byte(int fd, int type, off_t byte);
// Waits until this one alone has it. false: it cannot be locked at all.
bool lock_byte_wait(int fd, off_t byte);
// Whether any other has it, in either way.
bool lock_byte_held(int fd, off_t byte);
// One of the n bytes from first on that another has, in either way; -1: none.
off_t lock_byte_find(int fd, off_t first, off_t n);

#endif
