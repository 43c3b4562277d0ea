// What libraries write to standard error while the screen is up: kept in memory that cannot grow,
// and said afterwards. UI thread. Floor: ui/term.
#include "ui/term/stray.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

void stray_open(struct stray *s)
{
    *s = (struct stray){-1, -1};
    if (!isatty(STDERR_FILENO))
        return;
    s->kept = memfd_create("lode-stderr", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (s->kept < 0 || ftruncate(s->kept, STRAY_MAX) != 0)
        return;
    (void)fcntl(s->kept, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK);
    s->real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    stray_return(s);
}

void stray_leave(const struct stray *s)
{
    if (s->real >= 0)
        (void)dup2(s->real, STDERR_FILENO);
}

void stray_return(const struct stray *s)
{
    if (s->real >= 0)
        (void)dup2(s->kept, STDERR_FILENO);
}

static char plain(char c)
{
    return c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f) ? c : '?';
}

void stray_say(const struct stray *s)
{
    char buf[512];
    off_t end = lseek(s->kept, 0, SEEK_CUR), at = end > STRAY_SAID ? end - STRAY_SAID : 0;

    stray_leave(s);
    while (s->real >= 0 && at < end) {
        ssize_t n = pread(s->kept, buf, sizeof(buf), at);

        n = n > end - at ? end - at : n;
        for (ssize_t i = 0; i < n; i++)
            buf[i] = plain(buf[i]);
        if (n <= 0 || write(STDERR_FILENO, buf, (size_t)n) != n)
            return;
        at += n;
    }
}

void stray_close(struct stray *s)
{
    stray_say(s);
    if (s->kept >= 0)
        (void)close(s->kept);
    if (s->real >= 0)
        (void)close(s->real);
    *s = (struct stray){-1, -1};
}
