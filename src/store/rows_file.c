// The rows of one search in a file of their own. Any thread. Floor: store.
#include "store/rows_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

enum {
    MAGIC = 0x4c525731,
    GROUP = 8, // slots read at a stroke
    SLOTS_MIN = 4096,
    PAGES_MIN = 128,
    ALIGN = 8,
    NUMBER_MAX = 1 << 24
};

// What begins the file. Pages and slots are parts of it that move to its end when they grow.
struct head {
    uint32_t magic, n_columns, rpp, gathered;
    int64_t hits, at_ms;
    uint64_t pages_at, n_pages; // of struct entry
    uint64_t slots_at, n_slots; // of uint64_t: hash and row number + 1; n_slots: a power of two
    uint64_t n_ids;
};

struct entry {
    uint64_t at; // 0: not there
    uint32_t len, n_rows;
};

struct rows_file {
    atomic_size_t refs;
    char *path, *temp; // temp: its name until page 1 has come; NULL then
    bool writable;
    pthread_mutex_t putting; // whoever puts a page
    // Under lock, which is never held across a read or write of pages.
    pthread_mutex_t lock;
    int fd; // -1: not made yet
    struct head head;
    // Whoever puts a page alone.
    uint64_t end;
};

static struct rows_file *make(const char *folder, const char *name, size_t n_columns, int rpp)
{
    struct rows_file *f = mem_zalloc(sizeof(*f));

    atomic_init(&f->refs, 1);
    f->path = str_format("%s/%s.rows", folder, name);
    f->fd = -1;
    f->head = (struct head){
        .magic = MAGIC, .n_columns = (uint32_t)n_columns, .rpp = (uint32_t)rpp, .hits = -1};
    (void)pthread_mutex_init(&f->putting, NULL);
    (void)pthread_mutex_init(&f->lock, NULL);
    return f;
}

struct rows_file *rows_file_new(const char *folder, const char *name, size_t n_columns, int rpp)
{
    struct rows_file *f = make(folder, name, n_columns, rpp);

    f->temp = str_format("%s.%ld-%p.new", f->path, (long)getpid(), (void *)f);
    f->writable = true;
    return f;
}

struct rows_file *rows_file_ref(struct rows_file *f)
{
    (void)atomic_fetch_add(&f->refs, 1);
    return f;
}

void rows_file_unref(struct rows_file *f)
{
    if (!f || atomic_fetch_sub(&f->refs, 1) != 1)
        return;
    if (f->fd >= 0) {
        (void)close(f->fd);
        if (f->temp)
            (void)unlink(f->temp);
    }
    (void)pthread_mutex_destroy(&f->putting);
    (void)pthread_mutex_destroy(&f->lock);
    free(f->path);
    free(f->temp);
    free(f);
}

static struct head head_now(struct rows_file *f, int *fd)
{
    struct head head;

    (void)pthread_mutex_lock(&f->lock);
    head = f->head;
    *fd = f->fd;
    (void)pthread_mutex_unlock(&f->lock);
    return head;
}

static void set_head(struct rows_file *f, const struct head *head)
{
    (void)pthread_mutex_lock(&f->lock);
    f->head = *head;
    (void)pthread_mutex_unlock(&f->lock);
}

struct rows_info rows_file_info(const struct rows_file *f)
{
    return (struct rows_info){f->head.hits, f->head.at_ms, f->head.gathered != 0};
}

static bool read_at(int fd, uint64_t at, void *out, size_t len)
{
    char *to = out;

    while (len) {
        ssize_t n = pread(fd, to, len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        to += n;
        at += (uint64_t)n;
        len -= (size_t)n;
    }
    return true;
}

static bool write_at(int fd, uint64_t at, const void *bytes, size_t len)
{
    const char *from = bytes;

    while (len) {
        ssize_t n = pwrite(fd, from, len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        from += n;
        at += (uint64_t)n;
        len -= (size_t)n;
    }
    return true;
}

// Room at the end of the file, all zeros.
static bool take_room(struct rows_file *f, size_t len, uint64_t *at)
{
    *at = (f->end + ALIGN - 1) & ~(uint64_t)(ALIGN - 1);
    if (ftruncate(f->fd, (off_t)(*at + len)) != 0)
        return false;
    f->end = *at + len;
    return true;
}

// The first slot from the id's own on that is free in items.
static void put_slot(uint64_t *items, uint64_t n, uint64_t slot)
{
    uint64_t i = (slot >> 32) & (n - 1);

    while (items[i])
        i = (i + 1) & (n - 1);
    items[i] = slot;
}

static bool grow_slots(struct rows_file *f, struct head *head, uint64_t ids)
{
    uint64_t n = SLOTS_MIN, *was = mem_array(head->n_slots + 1, sizeof(*was)), *items, at;
    bool ok = read_at(f->fd, head->slots_at, was, head->n_slots * sizeof(*was));

    while (n < ids * 2)
        n *= 2;
    items = mem_array(n, sizeof(*items));
    for (uint64_t i = 0; i < head->n_slots; i++) {
        if (was[i])
            put_slot(items, n, was[i]);
    }
    ok = ok && take_room(f, n * sizeof(*items), &at) &&
         (head->n_ids == 0 || write_at(f->fd, at, items, n * sizeof(*items)));
    if (ok) {
        head->slots_at = at;
        head->n_slots = n;
    }
    free(items);
    free(was);
    return ok;
}

static bool grow_pages(struct rows_file *f, struct head *head, uint64_t pages)
{
    uint64_t n = PAGES_MIN, at;
    struct entry *items;
    bool ok;

    while (n < pages)
        n *= 2;
    items = mem_array(n, sizeof(*items));
    ok = read_at(f->fd, head->pages_at, items, head->n_pages * sizeof(*items)) &&
         take_room(f, n * sizeof(*items), &at) &&
         write_at(f->fd, at, items, head->n_pages * sizeof(*items));
    free(items);
    if (ok) {
        head->pages_at = at;
        head->n_pages = n;
    }
    return ok;
}

// As large as the search says it will be.
static bool make_room(struct rows_file *f, struct head *head, int number, size_t n_rows)
{
    uint64_t hits = head->hits > 0 && head->hits < NUMBER_MAX ? (uint64_t)head->hits : 0;
    uint64_t ids = head->n_ids + n_rows;

    if (ids * 2 > head->n_slots && !grow_slots(f, head, ids > hits ? ids * 2 : hits))
        return false;
    if ((uint64_t)number <= head->n_pages)
        return true;
    hits = hits / head->rpp + 1;
    return grow_pages(f, head, (uint64_t)number > hits ? (uint64_t)number : hits);
}

static bool add_id(int fd, const struct head *head, const char *id, uint32_t row)
{
    uint64_t hash = shelf_hash(id), slot = hash << 32 | (row + 1u), group[GROUP];
    uint64_t i = hash & (head->n_slots - 1);

    for (;;) {
        uint64_t base = i & ~(uint64_t)(GROUP - 1);

        if (!read_at(fd, head->slots_at + base * sizeof(*group), group, sizeof(group)))
            return false;
        for (; i < base + GROUP; i++) {
            if (group[i - base] == slot)
                return true;
            if (!group[i - base])
                return write_at(fd, head->slots_at + i * sizeof(*group), &slot, sizeof(slot));
        }
        i &= head->n_slots - 1;
    }
}

static bool add_ids(int fd, struct head *head, int number, const struct packed *rows)
{
    for (size_t i = 0; i < packed_rows(rows); i++) {
        const char *id = packed_id(rows, i);

        if (*id && !add_id(fd, head, id, (uint32_t)((size_t)(number - 1) * head->rpp + i)))
            return false;
    }
    head->n_ids += packed_rows(rows);
    return true;
}

static bool create(struct rows_file *f, struct err *e)
{
    int fd = open(f->temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return err_errno(e, ERR_STORAGE, "cannot make %s", f->temp);
    f->end = sizeof(f->head);
    (void)pthread_mutex_lock(&f->lock);
    f->fd = fd;
    (void)pthread_mutex_unlock(&f->lock);
    return true;
}

// Page 1 is there: what was kept before makes way.
static bool give_name(struct rows_file *f, struct err *e)
{
    if (rename(f->temp, f->path) != 0)
        return err_errno(e, ERR_STORAGE, "cannot make %s", f->path);
    free(f->temp);
    f->temp = NULL;
    return true;
}

// The page first and what leads to it after, so that whatever is cut short leads nowhere.
static bool put(struct rows_file *f, int number, const struct packed *rows, struct head *head,
                struct entry *entry)
{
    size_t len, n_rows = packed_rows(rows);
    const void *bytes = packed_bytes(rows, &len);

    *entry = (struct entry){.len = (uint32_t)len, .n_rows = (uint32_t)n_rows};
    return make_room(f, head, number, n_rows) && take_room(f, len, &entry->at) &&
           write_at(f->fd, entry->at, bytes, len) && add_ids(f->fd, head, number, rows) &&
           write_at(f->fd, head->pages_at + (uint64_t)(number - 1) * sizeof(*entry), entry,
                    sizeof(*entry)) &&
           write_at(f->fd, 0, head, sizeof(*head));
}

bool rows_file_put(struct rows_file *f, int number, const struct packed *rows,
                   const struct rows_info *info, uint64_t *at, size_t *len, struct err *e)
{
    struct head head;
    struct entry entry = {0};
    bool ok = false;
    int fd;

    if (!f->writable || number < 1 || number > NUMBER_MAX)
        return err_set(e, ERR_REFUSED, "%s is not written to", f->path);
    (void)pthread_mutex_lock(&f->putting);
    head = head_now(f, &fd);
    if (info->hits >= 0)
        head.hits = info->hits;
    head.gathered = info->gathered;
    if (!head.at_ms)
        head.at_ms = info->at_ms;
    if (fd >= 0 || create(f, e))
        ok = put(f, number, rows, &head, &entry) ||
             err_errno(e, ERR_STORAGE, "cannot write %s", f->path);
    if (ok) {
        set_head(f, &head);
        ok = number > 1 || !f->temp || give_name(f, e);
    }
    (void)pthread_mutex_unlock(&f->putting);
    *at = entry.at;
    *len = entry.len;
    return ok;
}

bool rows_file_each(struct rows_file *f,
                    void (*each)(void *arg, int number, uint64_t at, size_t len, size_t n_rows),
                    void *arg, struct err *e)
{
    int fd;
    struct head head = head_now(f, &fd);
    struct entry *items = mem_array(head.n_pages + 1, sizeof(*items));
    bool ok = fd >= 0 && read_at(fd, head.pages_at, items, head.n_pages * sizeof(*items));

    for (uint64_t i = 0; ok && i < head.n_pages; i++) {
        const struct entry *p = &items[i];

        if (p->at && p->len && p->n_rows <= head.rpp && p->at < f->end && p->len <= f->end - p->at)
            each(arg, (int)i + 1, p->at, p->len, p->n_rows);
    }
    free(items);
    return ok || err_set(e, ERR_STORAGE, "cannot read %s", f->path);
}

// Are the parts within the file?
static bool sound(const struct head *h, uint64_t end, size_t n_columns, int rpp)
{
    return h->magic == MAGIC && h->n_columns == n_columns && h->rpp == (uint32_t)rpp &&
           h->n_pages <= NUMBER_MAX && h->n_slots >= GROUP && h->n_slots <= (uint64_t)1 << 32 &&
           (h->n_slots & (h->n_slots - 1)) == 0 && h->n_ids < h->n_slots && h->pages_at < end &&
           h->slots_at < end && h->n_pages * sizeof(struct entry) <= end - h->pages_at &&
           h->n_slots * sizeof(uint64_t) <= end - h->slots_at;
}

static bool open_file(struct rows_file *f, size_t n_columns, int rpp)
{
    struct stat st;

    f->fd = open(f->path, (f->writable ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_CLOEXEC);
    if (f->fd < 0 || fstat(f->fd, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    f->end = (uint64_t)st.st_size;
    if (f->writable)
        (void)futimens(f->fd, NULL);
    return read_at(f->fd, 0, &f->head, sizeof(f->head)) && sound(&f->head, f->end, n_columns, rpp);
}

struct rows_file *rows_file_open(const char *folder, const char *name, size_t n_columns, int rpp,
                                 bool write, struct err *e)
{
    struct rows_file *f = make(folder, name, n_columns, rpp);

    f->writable = write;
    if (open_file(f, n_columns, rpp))
        return f;
    (void)err_set(e, ERR_NOT_FOUND, "nothing that can be read is kept in %s", f->path);
    rows_file_unref(f);
    return NULL;
}

static void *ref(void *self)
{
    return rows_file_ref(self);
}

static void unref(void *self)
{
    rows_file_unref(self);
}

static bool read_page(void *self, uint64_t at, void *out, size_t len)
{
    int fd;

    (void)head_now(self, &fd);
    return fd >= 0 && read_at(fd, at, out, len);
}

// *from: how many slots were looked at, from the hash's own on.
static bool find(void *self, uint32_t hash, size_t *from, uint32_t *row)
{
    int fd;
    const struct head head = head_now(self, &fd);
    uint64_t group[GROUP];

    while (fd >= 0 && *from < head.n_slots) {
        uint64_t i = (hash + *from) & (head.n_slots - 1), base = i & ~(uint64_t)(GROUP - 1);

        if (!read_at(fd, head.slots_at + base * sizeof(*group), group, sizeof(group)))
            return false;
        for (; i < base + GROUP; i++) {
            ++*from;
            if (!group[i - base])
                return false;
            if (group[i - base] >> 32 == hash) {
                *row = (uint32_t)group[i - base] - 1;
                return true;
            }
        }
    }
    return false;
}

struct shelf rows_file_shelf(struct rows_file *f)
{
    return (struct shelf){rows_file_ref(f), ref, unref, read_page, find};
}
