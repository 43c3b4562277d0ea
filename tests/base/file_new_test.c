// Files that appear whole or not at all, whatever fails or kills meanwhile.
#include "base/place.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static void write_new(const char *path, bool replace, const char *bytes)
{
    struct file_new f;
    struct err e;

    assert_true(file_new_open(&f, path, replace, &e));
    assert_true(file_write_all(f.fd, bytes, strlen(bytes)));
    assert_true(file_new_commit(&f, &e));
    file_new_abort(&f);
    check_holds(path, bytes);
}

static void test_new_file(void **state)
{
    static const mode_t masks[] = {0, 022, 077};
    const struct place *p = *state;

    for (size_t i = 0; i < ARRAY_LEN(masks); i++) {
        mode_t before = umask(masks[i]);

        write_new(p->path, false, "whole");
        (void)umask(before);
        assert_int_equal(mode_of(p->path), 0600);
        assert_int_equal(entries(p->folder), 1);
        (void)unlink(p->path);
    }
}

static void test_nothing_shows_before_commit(void **state)
{
    const struct place *p = *state;
    struct file_new f;
    struct err e;

    put(p->path, "old");
    assert_true(file_new_open(&f, p->path, true, &e));
    assert_true(file_write_all(f.fd, "new", 3));
    check_holds(p->path, "old");
    file_new_abort(&f);
    check_holds(p->path, "old");
    assert_int_equal(entries(p->folder), 1);
    write_new(p->path, true, "new");
    assert_int_equal(entries(p->folder), 1);
}

static void check_refused(const char *path, bool replace, enum err_kind kind)
{
    struct file_new f;
    struct err e = {0};

    assert_false(file_new_open(&f, path, replace, &e));
    assert_int_equal(e.kind, kind);
    assert_non_null(strstr(e.text, path));
    file_new_abort(&f);
}

static void test_an_existing_file_stays(void **state)
{
    const struct place *p = *state;

    put(p->path, "old");
    check_refused(p->path, false, ERR_INVALID);
    check_holds(p->path, "old");
    assert_int_equal(entries(p->folder), 1);
}

static void test_only_ordinary_files(void **state)
{
    const struct place *p = *state;
    char *target = str_format("%s/target", p->folder);

    for (int replace = 0; replace < 2; replace++) {
        assert_int_equal(symlink(target, p->path), 0);
        check_refused(p->path, replace, ERR_INVALID);
        assert_int_not_equal(access(target, F_OK), 0);
        put(target, "precious");
        check_refused(p->path, replace, ERR_INVALID);
        check_holds(target, "precious");
        (void)unlink(p->path);
        (void)unlink(target);
        assert_int_equal(mkfifo(p->path, 0600), 0);
        check_refused(p->path, replace, ERR_INVALID);
        (void)unlink(p->path);
        check_refused(p->folder, replace, ERR_INVALID);
    }
    assert_int_equal(entries(p->folder), 0);
    free(target);
}

static void test_no_folder(void **state)
{
    const struct place *p = *state;
    char *path = str_format("%s/none/out", p->folder), *below = str_format("%s/x", p->path);

    check_refused(path, false, ERR_STORAGE);
    check_refused("", false, ERR_INVALID);
    put(p->path, "a file");
    check_refused(below, true, ERR_STORAGE);
    free(path);
    free(below);
}

// Something comes to stand at the path while the file is being written.
static void check_overtaken(const struct place *p, bool replace, void (*plant)(const char *path))
{
    struct file_new f;
    struct err e = {0};

    assert_true(file_new_open(&f, p->path, replace, &e));
    assert_true(file_write_all(f.fd, "new", 3));
    plant(p->path);
    assert_false(file_new_commit(&f, &e));
    assert_int_equal(e.kind, ERR_INVALID);
    assert_int_equal(entries(p->folder), 1);
}

static void plant_file(const char *path)
{
    put(path, "theirs");
}

static void plant_link(const char *path)
{
    assert_int_equal(symlink("/nowhere", path), 0);
}

static void test_overtaken(void **state)
{
    const struct place *p = *state;
    struct stat st;

    check_overtaken(p, false, plant_file);
    check_holds(p->path, "theirs");
    (void)unlink(p->path);
    check_overtaken(p, true, plant_link);
    assert_int_equal(lstat(p->path, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
}

static void test_the_folder_goes_away(void **state)
{
    const struct place *p = *state;
    char *folder = str_format("%s/sub", p->folder), *path = str_format("%s/out", folder);
    struct file_new f;
    struct err e = {0};

    assert_true(file_make_dir(folder, &e));
    assert_true(file_new_open(&f, path, false, &e));
    temp_remove(folder);
    assert_false(file_new_commit(&f, &e));
    assert_int_equal(e.kind, ERR_STORAGE);
    assert_null(f.temp);
    assert_int_equal(f.fd, -1);
    free(folder);
    free(path);
}

static bool filter_calls(struct sock_filter *rules, size_t n)
{
    struct sock_fprog program = {.len = (unsigned short)n, .filter = rules};

    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// From here on the system call fails so, for this process and without its being made, where its
// third argument has one of bits.
static bool fail_some(unsigned number, unsigned bits, unsigned error)
{
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };

    return filter_calls(rules, ARRAY_LEN(rules));
}

static bool filter_call(unsigned number, unsigned action)
{
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, action),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };

    return filter_calls(rules, ARRAY_LEN(rules));
}

static bool fail_call(unsigned number, unsigned error)
{
    return filter_call(number, SECCOMP_RET_ERRNO | error);
}

// As on a file system that has no files without a name.
static bool forget_nameless(void)
{
    return fail_some(SYS_openat, O_TMPFILE & ~O_DIRECTORY, EOPNOTSUPP) &&
           open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) == -1 && errno == EOPNOTSUPP;
}

// As on a file system that lacks RENAME_NOREPLACE as well.
static bool forget_noreplace(void)
{
    return forget_nameless() && fail_call(SYS_renameat2, EINVAL) &&
           renameat2(AT_FDCWD, "/a", AT_FDCWD, "/b", RENAME_NOREPLACE) == -1 && errno == EINVAL;
}

// Runs in a child and gives back its exit status.
static int in_child(int (*run)(const struct place *), const struct place *p)
{
    pid_t pid = fork();
    int status;

    assert_true(pid >= 0);
    if (pid == 0)
        _exit(run(p));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

// What a child does there leaves one file, with that in it.
static void check_leaves(const struct place *p, int (*run)(const struct place *), const char *bytes)
{
    assert_int_equal(in_child(run, p), 0);
    check_holds(p->path, bytes);
    assert_int_equal(entries(p->folder), 1);
}

static int commit_without_noreplace(const struct place *p)
{
    struct file_new f;
    struct err e;

    if (!forget_noreplace())
        return 10;
    if (!file_new_open(&f, p->path, false, &e) || !file_write_all(f.fd, "linked", 6))
        return 11;
    return file_new_commit(&f, &e) ? 0 : 12;
}

static int overtaken_without_noreplace(const struct place *p)
{
    struct file_new f = {.path = mem_strdup(p->path), .temp = str_format("%s.mine", p->path)};
    struct err e;

    if (!forget_noreplace())
        return 10;
    put(f.temp, "mine");
    f.fd = open(f.temp, O_WRONLY | O_CLOEXEC);
    put(p->path, "theirs");
    return file_new_commit(&f, &e) ? 11 : 0;
}

// Whoever looks is told that nothing is there; only the rename itself can know better.
static int overtaken_unseen(const struct place *p)
{
    struct file_new f;
    struct err e;

    if (!file_new_open(&f, p->path, false, &e))
        return 10;
    put(p->path, "theirs");
    if (!fail_call(SYS_newfstatat, ENOENT))
        return 11;
    return file_new_commit(&f, &e) || !strstr(e.text, "File exists") ? 12 : 0;
}

static void test_overtaken_unseen(void **state)
{
    const struct place *p = *state;

    check_leaves(p, overtaken_unseen, "theirs");
}

static void test_without_noreplace(void **state)
{
    const struct place *p = *state;

    check_leaves(p, commit_without_noreplace, "linked");
    check_leaves(p, overtaken_without_noreplace, "theirs");
}

static int write_without_nameless(const struct place *p)
{
    struct file_new f;
    struct err e;

    if (!forget_nameless())
        return 10;
    if (!file_new_open(&f, p->path, true, &e) || !file_write_all(f.fd, "named", 5) || !f.temp)
        return 11;
    return file_new_commit(&f, &e) ? 0 : 12;
}

static void test_without_nameless(void **state)
{
    const struct place *p = *state;

    for (int i = 0; i < 2; i++) {
        assert_int_equal(in_child(write_without_nameless, p), 0);
        check_holds(p->path, "named");
        assert_int_equal(entries(p->folder), 1);
        put(p->path, "old");
    }
}

// Where the file system has files without a name.
static void check_killed(const struct place *p, bool replace, size_t left)
{
    pid_t pid = fork();
    int status;

    assert_true(pid >= 0);
    if (pid == 0) {
        struct file_new f;
        struct err e;

        if (file_new_open(&f, p->path, replace, &e) && file_write_all(f.fd, "half", 4))
            (void)kill(getpid(), SIGKILL);
        _exit(10);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(entries(p->folder), left);
}

static void test_a_kill_leaves_nothing(void **state)
{
    const struct place *p = *state;
    int fd = open(p->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0)
        skip();
    (void)close(fd);
    check_killed(p, false, 0);
    put(p->path, "old");
    check_killed(p, true, 1);
    check_holds(p->path, "old");
}

// Killed when it has the short name by which it is to take another's place.
static void kill_at_rename(const struct place *p)
{
    pid_t pid = fork();
    int status;

    assert_true(pid >= 0);
    if (pid == 0) {
        struct file_new f;
        struct err e;

        if (file_new_open(&f, p->path, true, &e) && file_write_all(f.fd, "new", 3) &&
            filter_call(SYS_rename, SECCOMP_RET_KILL_PROCESS))
            (void)file_new_commit(&f, &e);
        _exit(10);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
}

static void test_a_short_name_that_is_left_goes_with_the_next(void **state)
{
    const struct place *p = *state;
    char *theirs = str_format("%s/.lode-0000000z", p->folder),
         *used = str_format("%s/.lode-00000000", p->folder);
    int fd = open(p->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0)
        skip();
    (void)close(fd);
    put(p->path, "old");
    put(theirs, "theirs");
    put(used, "used");
    fd = open(used, O_RDONLY | O_CLOEXEC);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    kill_at_rename(p);
    check_holds(p->path, "old");
    assert_int_equal(entries(p->folder), 4);
    write_new(p->path, true, "newer");
    check_holds(theirs, "theirs");
    check_holds(used, "used");
    assert_int_equal(entries(p->folder), 3);
    (void)close(fd);
    free(theirs);
    free(used);
}

static int commit_fails(const struct place *p, unsigned number, unsigned error, const char *why)
{
    struct file_new f;
    struct err e;

    if (!file_new_open(&f, p->path, true, &e) || !file_write_all(f.fd, "new", 3) ||
        !fail_call(number, error))
        return 10;
    if (file_new_commit(&f, &e) || e.kind != ERR_STORAGE || !strstr(e.text, why))
        return 11;
    return f.temp || f.path || f.fd != -1;
}

static int sync_fails(const struct place *p)
{
    return commit_fails(p, SYS_fsync, EIO, "which is as it was before: Input/output error");
}

static int rename_fails(const struct place *p)
{
    return commit_fails(p, SYS_rename, ENOSPC, "nothing was changed: No space left on device");
}

static void test_failing_commits_change_nothing(void **state)
{
    const struct place *p = *state;

    put(p->path, "old");
    assert_int_equal(in_child(sync_fails, p), 0);
    check_leaves(p, rename_fails, "old");
}

// The file may not grow past a few bytes: a write is cut short, the next one fails.
static int write_to_a_full_disk(const struct place *p)
{
    struct file_new f;
    struct err e;
    bool written;

    (void)signal(SIGXFSZ, SIG_IGN);
    if (!file_new_open(&f, p->path, true, &e))
        return 10;
    (void)setrlimit(RLIMIT_FSIZE, &(struct rlimit){4, 4});
    written = file_write_all(f.fd, "too much", 8);
    if (written || errno != EFBIG)
        return 11;
    file_new_abort(&f);
    return 0;
}

static void test_full_disk(void **state)
{
    const struct place *p = *state;

    put(p->path, "old");
    check_leaves(p, write_to_a_full_disk, "old");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_new_file),
        IN_FOLDER(test_nothing_shows_before_commit),
        IN_FOLDER(test_an_existing_file_stays),
        IN_FOLDER(test_only_ordinary_files),
        IN_FOLDER(test_no_folder),
        IN_FOLDER(test_overtaken),
        IN_FOLDER(test_the_folder_goes_away),
        IN_FOLDER(test_overtaken_unseen),
        IN_FOLDER(test_without_noreplace),
        IN_FOLDER(test_without_nameless),
        IN_FOLDER(test_a_kill_leaves_nothing),
        IN_FOLDER(test_a_short_name_that_is_left_goes_with_the_next),
        IN_FOLDER(test_failing_commits_change_nothing),
        IN_FOLDER(test_full_disk),
    };

    return cmocka_run_group_tests_name("base-file_new", tests, NULL, NULL);
}
