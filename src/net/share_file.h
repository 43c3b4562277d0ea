// The file that share.c counts in: who has how much under way, and when answers came. All of it is
// read and changed under a lock of the kernel, so that whoever dies holds up nobody. For share.c
// only. Network thread, but for tests. Floor: net.
#ifndef LODE_NET_SHARE_FILE_H
#define LODE_NET_SHARE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "net/share.h"

enum {
    SHARE_TIMES = 4096,   // of each kind
    SHARE_HOLDERS = 1024, // processes at once
    SHARE_BOOT_MAX = 40,  // "0f6b3c5e-..." and a NUL
    SHARE_MAGIC = 8
};

// The file: this, then SHARE_TIMES times of each kind, of which the last ones count[kind] say are
// in use. A time is when the answer came; a slot is free one window later (RELIABILITY 0.7). Of the
// holders only those below top are read and written, so that room for many costs nothing.
struct share_head {
    char magic[SHARE_MAGIC];
    char boot[SHARE_BOOT_MAX]; // the times are of this boot
    int64_t pause_until;
    int64_t count[SHARE_KINDS]; // ever
    int64_t top;                // no holder stands at this place or behind it
    struct share_holder {
        int64_t changed;
        int32_t flying[SHARE_KINDS];
    } holders[SHARE_HOLDERS];
};

struct share_file {
    struct log *log;
    char *path;
    int fd;                 // -1: nothing is shared any more
    const char *why;        // then: what is the matter with the file
    int holder;             // -1: none yet
    bool busy;              // the lock could not be had the last time
    struct share_head head; // as read under the lock
};

// Opens the file at path or makes it. fd is -1 where it cannot be opened, which the log says.
void share_file_open(struct share_file *f, const char *path, struct log *log);
void share_file_close(struct share_file *f);
// Takes the lock, reads the head, and on the first call a place among the holders. false: the lock
// is not held; where that is for good, fd is -1 and the log says why.
bool share_file_lock(struct share_file *f, int64_t now_ms);
// changed: writes the head first.
void share_file_unlock(struct share_file *f, bool changed);

// The rest is for between the two.

// When the number-th was answered; never past now, so that no clock and no damage can stop calls.
int64_t share_file_time(const struct share_file *f, enum share_kind kind, int64_t number,
                        int64_t now_ms);
// Adds an answer at that time. They rise: whoever comes late to the lock counts from then.
void share_file_add(struct share_file *f, enum share_kind kind, int64_t at);
// What died while it called counts as answered now. false: there was none.
bool share_file_bury(struct share_file *f, int64_t now_ms);

#endif
