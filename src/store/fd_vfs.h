// One open file as all that SQLite sees of the disk, so that the file needs no name. Whoever owns
// the connection. Floor: store.
#ifndef LODE_STORE_FD_VFS_H
#define LODE_STORE_FD_VFS_H

struct fd_vfs;

// fd stays the caller's, to be synced and closed after the connection. There is no lock and no
// journal on the disk. NULL: SQLite has none of its own to go by.
struct fd_vfs *fd_vfs_new(int fd);
// What sqlite3_open_v2() knows it by.
const char *fd_vfs_name(const struct fd_vfs *v);
// After its connection was closed. Harmless on NULL.
void fd_vfs_free(struct fd_vfs *v);

#endif
