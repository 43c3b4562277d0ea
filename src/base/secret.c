// Secrets in locked, no-dump memory between guard pages, wiped after use. Any thread.
// Floor: base.
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"

// Each secret has pages of its own, so there is no arena to share between threads:
// [guard] [struct secret ... text NUL] [guard]; the text ends where the second guard begins.
struct secret {
    size_t mapped; // without the guards
    size_t len;
    char *text;
};

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static struct secret *secret_make(size_t len)
{
    size_t page = page_size(), need = sizeof(struct secret) + len + 1;
    size_t mapped = (need + page - 1) / page * page;
    struct secret *s;
    char *base;

    if (len > SIZE_MAX / 4)
        abort();
    base = mmap(NULL, mapped + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED || mprotect(base + page, mapped, PROT_READ | PROT_WRITE) != 0)
        abort();
    s = (struct secret *)(void *)(base + page);
    (void)madvise(s, mapped, MADV_DONTDUMP);
    (void)madvise(s, mapped, MADV_WIPEONFORK);
    (void)mlock(s, mapped);
    s->mapped = mapped;
    s->len = len;
    s->text = base + page + mapped - len - 1;
    return s;
}

struct secret *secret_new(const char *bytes, size_t len)
{
    struct secret *s = secret_make(len);

    if (len)
        memcpy(s->text, bytes, len);
    return s;
}

void secret_free(struct secret *s)
{
    size_t page = page_size();
    size_t mapped;

    if (!s)
        return;
    mapped = s->mapped;
    secret_wipe(s, mapped);
    (void)munmap((char *)s - page, mapped + 2 * page);
}

const char *secret_text(const struct secret *s)
{
    return s->text;
}

size_t secret_len(const struct secret *s)
{
    return s->len;
}

void secret_wipe(void *p, size_t len)
{
    explicit_bzero(p, len);
}

void secret_harden_process(void)
{
#ifdef NDEBUG
    int fd = open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);

    // Should somebody make a core all the same, no memory of our own is in it.
    if (fd >= 0) {
        (void)file_write_all(fd, "0", 1);
        (void)close(fd);
    }
    // The limit alone does not stop a core that the kernel pipes to a program.
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

// What ends a line besides its newline; the kernel hands these over as last byte of a line.
struct line_end {
    bool terminal;
    char cancel;
};

static bool read_line(int fd, struct line_end end, struct secret *line, struct err *e)
{
    line->len = 0;
    for (;;) {
        char c;
        ssize_t n = read(fd, &c, 1);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, ERR_STORAGE, "cannot read the secret");
        if (n == 0 || c == '\n')
            return true;
        if (end.terminal && c == end.cancel)
            return err_set(e, ERR_CANCELLED, "nothing was entered");
        if (line->len == SECRET_LINE_MAX)
            return err_set(e, ERR_INVALID, "the secret is longer than %d bytes", SECRET_LINE_MAX);
        line->text[line->len++] = c;
    }
}

static bool check_line(struct secret *line, struct err *e)
{
    if (line->len && line->text[line->len - 1] == '\r')
        line->len--;
    if (line->len == 0)
        return err_set(e, ERR_INVALID, "the secret is empty");
    for (size_t i = 0; i < line->len; i++) {
        if ((unsigned char)line->text[i] < ' ' || line->text[i] == 0x7f)
            return err_set(e, ERR_INVALID, "the secret holds a control character");
    }
    return true;
}

// Ctrl-C must not end the program while the echo is off: it comes as the end of a line instead.
static struct termios without_echo(const struct termios *saved)
{
    struct termios quiet = *saved;

    quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    quiet.c_lflag |= ICANON;
    quiet.c_cc[VEOL] = quiet.c_cc[VINTR];
    return quiet;
}

static void say(int fd, const char *text)
{
    char name[64];
    int out =
        ttyname_r(fd, name, sizeof(name)) == 0 ? open(name, O_WRONLY | O_NOCTTY | O_CLOEXEC) : -1;

    (void)file_write_all(out >= 0 ? out : STDERR_FILENO, text, strlen(text));
    if (out >= 0)
        (void)close(out);
}

static bool read_quietly(int fd, const char *prompt, struct secret *line, struct err *e)
{
    struct termios saved, quiet;
    bool ok;

    if (tcgetattr(fd, &saved) != 0)
        return read_line(fd, (struct line_end){0}, line, e);
    quiet = without_echo(&saved);
    if (tcsetattr(fd, TCSAFLUSH, &quiet) != 0)
        return err_errno(e, ERR_STORAGE, "cannot turn the terminal's echo off");
    say(fd, prompt);
    ok = read_line(fd, (struct line_end){true, (char)saved.c_cc[VINTR]}, line, e);
    (void)tcsetattr(fd, TCSAFLUSH, &saved);
    say(fd, "\n");
    return ok;
}

struct secret *secret_read(int fd, const char *prompt, struct err *e)
{
    struct secret *line = secret_make(SECRET_LINE_MAX), *s = NULL;

    if (read_quietly(fd, prompt, line, e) && check_line(line, e))
        s = secret_new(line->text, line->len);
    secret_free(line);
    return s;
}

static bool read_to_end(int fd, size_t cap, struct secret *all, struct err *e)
{
    all->len = 0;
    for (;;) {
        ssize_t n = read(fd, all->text + all->len, cap - all->len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, ERR_STORAGE, "cannot read the secret");
        all->len += (size_t)n;
        if (n == 0)
            return all->len > 0 || err_set(e, ERR_INVALID, "there is nothing in it");
        if (all->len == cap)
            return err_set(e, ERR_INVALID, "it is longer than %zu bytes", cap - 1);
    }
}

struct secret *secret_read_all(int fd, size_t cap, struct err *e)
{
    struct secret *all = secret_make(cap + 1), *s = NULL;

    if (read_to_end(fd, cap + 1, all, e))
        s = secret_new(all->text, all->len);
    secret_free(all);
    return s;
}
