// Looks for secrets in the memory of a process that stands still. Tests.
#include "support/memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "support/test.h"

enum { STEP = 1 << 20, OVERLAP = 256, LINE_BYTES = 512 };

// A sanitizer's shadow is larger than that, and holds nothing but marks of its own.
static const unsigned long shadow = 1UL << 36;

struct range {
    unsigned long from, to;
    bool readable, dumped;
    char name[96];
};

typedef VEC(struct range) ranges;

static void read_ranges(pid_t pid, ranges *out)
{
    char *path = str_format("/proc/%d/smaps", pid), line[LINE_BYTES];
    FILE *f = fopen(path, "re");
    struct range r;

    assert_non_null(f);
    while (fgets(line, sizeof(line), f)) {
        char rights[8] = "", name[96] = "";

        if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %95s", &r.from, &r.to, rights, name) >= 3) {
            r.readable = rights[0] == 'r' && !strstr(name, "[vvar]");
            r.dumped = true;
            (void)snprintf(r.name, sizeof(r.name), "%s", name);
            vec_push(out, r);
        } else if (strncmp(line, "VmFlags:", 8) == 0 && strstr(line, " dd")) {
            out->items[out->len - 1].dumped = false;
        }
    }
    (void)fclose(f);
    free(path);
}

static size_t count(const char *bytes, size_t len, const struct mark *mark)
{
    size_t n = 0;
    const char *at = bytes;

    while ((at = memmem(at, len - (size_t)(at - bytes), mark->bytes, mark->len)) != NULL) {
        n++;
        at++;
    }
    return n;
}

static size_t search(int fd, const struct range *r, const struct mark *marks, size_t n,
                     struct str *report)
{
    char *bytes = mem_alloc(STEP + OVERLAP);
    size_t hits = 0;

    for (unsigned long at = r->from; at < r->to; at += STEP) {
        size_t want = r->to - at < STEP + OVERLAP ? r->to - at : STEP + OVERLAP;
        ssize_t len = pread(fd, bytes, want, (off_t)at);

        for (size_t i = 0; len > 0 && i < n; i++) {
            size_t found = count(bytes, (size_t)len, &marks[i]);

            hits += found;
            if (found)
                str_addf(report, "%s: %zu times in %lx-%lx %s\n", marks[i].name, found, r->from,
                         r->to, r->name);
        }
    }
    free(bytes);
    return hits;
}

size_t memory_find(pid_t pid, enum memory_what what, const struct mark *marks, size_t n,
                   struct str *report)
{
    char *path = str_format("/proc/%d/mem", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ranges all = {0};
    size_t hits = 0;

    if (fd < 0)
        fail_msg("the memory of process %d cannot be read", pid);
    read_ranges(pid, &all);
    for (size_t i = 0; i < all.len; i++) {
        const struct range *r = &all.items[i];

        if (r->readable && r->to - r->from < shadow && (r->dumped || what == MEMORY_ALL))
            hits += search(fd, r, marks, n, report);
    }
    vec_free(&all);
    (void)close(fd);
    free(path);
    return hits;
}
