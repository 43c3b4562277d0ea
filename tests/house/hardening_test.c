// How the programs are built, read from their ELF headers: the ones named on the command line,
// which must be release builds, or both of this build.
#include "support/test.h"

#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

enum { PROGRAM_MAX = 1 << 28 };

// Was this build made with checked calls?
#ifdef _FORTIFY_SOURCE
#define CHECKED_CALLS true
#else
#define CHECKED_CALLS false
#endif

struct image {
    struct str bytes;
    const ElfW(Ehdr) * head;
    const ElfW(Phdr) * segments;
    const ElfW(Dyn) * dynamic; // ends with DT_NULL
};

static const ElfW(Phdr) * segment(const struct image *m, unsigned type)
{
    for (size_t i = 0; i < m->head->e_phnum; i++) {
        if (m->segments[i].p_type == type)
            return &m->segments[i];
    }
    return NULL;
}

static struct image image_read(const char *path)
{
    struct image m = {0};
    const ElfW(Phdr) * dynamic;
    struct err e;

    if (!file_read(path, PROGRAM_MAX, &m.bytes, &e))
        fail_msg("%s", e.text);
    m.head = (const void *)m.bytes.data;
    assert_memory_equal(m.head->e_ident, ELFMAG, SELFMAG);
    m.segments = (const void *)(m.bytes.data + m.head->e_phoff);
    dynamic = segment(&m, PT_DYNAMIC);
    assert_non_null(dynamic);
    m.dynamic = (const void *)(m.bytes.data + dynamic->p_offset);
    return m;
}

static ElfW(Xword) entry(const struct image *m, ElfW(Sxword) tag)
{
    for (const ElfW(Dyn) *d = m->dynamic; d->d_tag != DT_NULL; d++) {
        if (d->d_tag == tag)
            return d->d_un.d_val;
    }
    return 0;
}

// Where a virtual address lies in the file.
static const char *at_address(const struct image *m, ElfW(Addr) address)
{
    for (size_t i = 0; i < m->head->e_phnum; i++) {
        const ElfW(Phdr) *p = &m->segments[i];

        if (p->p_type == PT_LOAD && address >= p->p_vaddr && address < p->p_vaddr + p->p_filesz)
            return m->bytes.data + p->p_offset + (address - p->p_vaddr);
    }
    fail_msg("an address lies outside the file");
    return NULL;
}

// Does a dynamic symbol's name end so? The string table holds the libraries' names as well.
static bool has_symbol(const struct image *m, const char *ending)
{
    const char *names = at_address(m, entry(m, DT_STRTAB));
    const char *end = names + entry(m, DT_STRSZ);

    for (; names < end; names += strlen(names) + 1) {
        if (str_ends(names, ending))
            return true;
    }
    return false;
}

// They cost every start more than all the rest together, so they are loaded when they are needed.
static void test_slow_libraries_are_not_linked(void **state)
{
    const struct image *m = *state;

    assert_true(has_symbol(m, "libc.so.6"));
    assert_false(has_symbol(m, "libcurl.so.4"));
    assert_false(has_symbol(m, "libsecret-1.so.0"));
}

static void test_position_independent(void **state)
{
    const struct image *m = *state;

    assert_int_equal(m->head->e_type, ET_DYN);
    assert_non_null(segment(m, PT_INTERP));
    assert_true(entry(m, DT_FLAGS_1) & DF_1_PIE);
}

static void test_bound_at_start_and_read_only(void **state)
{
    const struct image *m = *state;

    assert_non_null(segment(m, PT_GNU_RELRO));
    assert_true((entry(m, DT_FLAGS) & DF_BIND_NOW) || (entry(m, DT_FLAGS_1) & DF_1_NOW));
}

static void test_no_executable_data(void **state)
{
    const struct image *m = *state;
    const ElfW(Phdr) *stack = segment(m, PT_GNU_STACK);

    assert_non_null(stack);
    assert_false(stack->p_flags & PF_X);
    for (size_t i = 0; i < m->head->e_phnum; i++) {
        const ElfW(Phdr) *p = &m->segments[i];

        assert_false(p->p_type == PT_LOAD && (p->p_flags & PF_W) && (p->p_flags & PF_X));
    }
}

static void test_stack_protector(void **state)
{
    assert_true(has_symbol(*state, "__stack_chk_fail"));
}

static void test_checked_calls(void **state)
{
    assert_true(has_symbol(*state, "printf_chk"));
}

static int check_program(const char *path, bool checked_calls)
{
    struct image m = image_read(path);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_position_independent, &m),
        cmocka_unit_test_prestate(test_bound_at_start_and_read_only, &m),
        cmocka_unit_test_prestate(test_no_executable_data, &m),
        cmocka_unit_test_prestate(test_stack_protector, &m),
        cmocka_unit_test_prestate(test_slow_libraries_are_not_linked, &m),
    };
    const struct CMUnitTest more[] = {
        cmocka_unit_test_prestate(test_checked_calls, &m),
    };
    int failed = cmocka_run_group_tests_name(path, tests, NULL, NULL);

    if (checked_calls)
        failed += cmocka_run_group_tests_name(path, more, NULL, NULL);
    else
        printf("%s: FORTIFY is not looked for, this build goes without it\n", path);
    str_free(&m.bytes);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;

    if (argc == 1)
        return check_program(LODE_BINARY, CHECKED_CALLS) +
               check_program(SANDBOX_BINARY, CHECKED_CALLS);
    for (int i = 1; i < argc; i++)
        failed += check_program(argv[i], true);
    return failed;
}
