// Memory that never fails: running out of it aborts the program. Any thread. Floor: base.
#include "base/mem.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void *checked(void *p)
{
    if (!p)
        abort();
    return p;
}

static size_t product(size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        abort();
    return n * size;
}

void *mem_alloc(size_t size)
{
    return checked(malloc(size ? size : 1));
}

void *mem_zalloc(size_t size)
{
    return checked(calloc(1, size ? size : 1));
}

void *mem_realloc(void *p, size_t size)
{
    return checked(realloc(p, size ? size : 1));
}

void *mem_array(size_t n, size_t size)
{
    return mem_zalloc(product(n, size));
}

void *mem_regrow(void *p, size_t n, size_t size)
{
    return mem_realloc(p, product(n, size));
}

char *mem_strdup(const char *s)
{
    return mem_dup(s, strlen(s) + 1);
}

char *mem_strndup(const char *s, size_t len)
{
    size_t n = strnlen(s, len);
    char *copy = mem_alloc(n + 1);

    memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

void *mem_dup(const void *p, size_t len)
{
    void *copy = mem_alloc(len);

    return len ? memcpy(copy, p, len) : copy;
}

// Only what is never written to, and so is as in its file.
static int drop_pages(struct dl_phdr_info *info, size_t size, void *self)
{
    const uintptr_t page = *(const uintptr_t *)self;

    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        uintptr_t from = (info->dlpi_addr + h->p_vaddr) & ~(page - 1);
        uintptr_t to = (info->dlpi_addr + h->p_vaddr + h->p_filesz) & ~(page - 1);

        if (h->p_type == PT_LOAD && !(h->p_flags & PF_W) && to > from)
            (void)madvise((void *)from, to - from, MADV_DONTNEED);
    }
    return 0;
}

void mem_give_back(void)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    (void)malloc_trim(0);
    (void)dl_iterate_phdr(drop_pages, &page);
}
