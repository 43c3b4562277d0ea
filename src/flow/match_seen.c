// What has been asked for in a run. Floor: flow.
#include "flow/match_seen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

// FILE_FIRST: of the file, which has holes where nothing is, while moving all of it takes a second.
enum { FIRST = 1024, FILE_FIRST = 1 << 20, GROUP = 16, CHUNK = 4096 };

// A file without a name in a folder; where the file system has none, one whose name goes at once.
static int open_nameless(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    char *path;

    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
        return fd;
    path = str_format("%s/asked.%ld", folder, (long)getpid());
    fd = open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        (void)unlink(path);
    free(path);
    return fd;
}

static bool fail(const struct match_seens *s, struct err *e)
{
    return err_errno(e, ERR_STORAGE, "what was asked for cannot be kept in a file in %s",
                     s->folder);
}

// So many slots from place on.
static bool read_slots(const struct match_seens *s, size_t place, struct match_seen *out, size_t n,
                       struct err *e)
{
    size_t len = n * sizeof(*out);

    if (pread(s->fd, out, len, (off_t)(place * sizeof(*out))) == (ssize_t)len)
        return true;
    return fail(s, e);
}

static bool write_slot(struct match_seens *s, size_t place, const struct match_seen *seen,
                       struct err *e)
{
    if (s->slots) {
        s->slots[place] = *seen;
        return true;
    }
    return pwrite(s->fd, seen, sizeof(*seen), (off_t)(place * sizeof(*seen))) ==
               (ssize_t)sizeof(*seen) ||
           fail(s, e);
}

// The entry, or the free slot where it would stand. Hashes are as good as random; in the file GROUP
// slots are read at a stroke, which are enough for nearly all.
static bool find(const struct match_seens *s, uint64_t hash, struct match_seen *out, size_t *place,
                 struct err *e)
{
    struct match_seen group[GROUP];
    size_t i = (size_t)hash & (s->cap - 1), first = SIZE_MAX;

    for (;; i = (i + 1) & (s->cap - 1)) {
        if (s->slots) {
            *out = s->slots[i];
        } else {
            if (first != i / GROUP * GROUP) {
                first = i / GROUP * GROUP;
                if (!read_slots(s, first, group, GROUP, e))
                    return false;
            }
            *out = group[i - first];
        }
        if (!out->hash || out->hash == hash) {
            *place = i;
            return true;
        }
    }
}

static bool make(struct match_seens *s, size_t cap, struct err *e)
{
    s->cap = cap;
    if (cap <= MATCH_SEENS_IN_MEMORY) {
        s->slots = mem_array(cap, sizeof(*s->slots));
        return true;
    }
    s->fd = open_nameless(s->folder);
    return (s->fd >= 0 && ftruncate(s->fd, (off_t)(cap * sizeof(struct match_seen))) == 0) ||
           fail(s, e);
}

static bool move(struct match_seens *to, const struct match_seen *slots, size_t n, struct err *e)
{
    struct match_seen none;
    size_t place;

    for (size_t i = 0; i < n; i++) {
        if (slots[i].hash &&
            !(find(to, slots[i].hash, &none, &place, e) && write_slot(to, place, &slots[i], e)))
            return false;
    }
    return true;
}

static bool move_all(struct match_seens *to, const struct match_seens *from, struct err *e)
{
    struct match_seen *chunk;
    bool ok = true;

    if (from->slots)
        return move(to, from->slots, from->cap, e);
    chunk = mem_array(CHUNK, sizeof(*chunk));
    for (size_t i = 0; ok && i < from->cap; i += CHUNK)
        ok = read_slots(from, i, chunk, CHUNK, e) && move(to, chunk, CHUNK, e);
    free(chunk);
    return ok;
}

static size_t next_cap(size_t cap)
{
    if (cap == 0)
        return FIRST;
    return cap == MATCH_SEENS_IN_MEMORY ? FILE_FIRST : cap * 2;
}

static bool grow(struct match_seens *s, struct err *e)
{
    struct match_seens bigger = {.folder = s->folder, .fd = -1, .n = s->n};

    if (!make(&bigger, next_cap(s->cap), e) || (s->cap && !move_all(&bigger, s, e))) {
        match_seens_close(&bigger);
        return false;
    }
    match_seens_close(s);
    *s = bigger;
    return true;
}

void match_seens_open(struct match_seens *s, const char *folder)
{
    *s = (struct match_seens){.folder = folder, .fd = -1};
}

void match_seens_close(struct match_seens *s)
{
    free(s->slots);
    if (s->fd >= 0)
        (void)close(s->fd);
    match_seens_open(s, s->folder);
}

static uint64_t never_0(uint64_t hash)
{
    return hash ? hash : 1;
}

bool match_seen(struct match_seens *s, uint64_t hash, struct match_seen *out, size_t *place,
                struct err *e)
{
    if (s->n + 1 > s->cap - s->cap / 8 && !grow(s, e))
        return false;
    return find(s, never_0(hash), out, place, e);
}

bool match_seen_keep(struct match_seens *s, uint64_t hash, const struct match_seen *seen,
                     size_t place, struct err *e)
{
    struct match_seen kept = *seen;

    s->n += !seen->hash;
    kept.hash = never_0(hash);
    return write_slot(s, place, &kept, e);
}
