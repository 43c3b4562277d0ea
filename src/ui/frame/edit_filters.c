// The filters as text in $EDITOR and back. UI thread; it waits while the editor runs.
// Floor: ui/frame.
#include "ui/frame/handlers.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "ui/frame/ask.h"
#include "ui/frame/frame.h"

enum { FILTERS_MAX = 1 << 20 };

enum { BUTTON_AGAIN, BUTTON_LEAVE, BUTTON_DROP };

#define TEXT_NAME "filters.%ld.txt" // of the process

static const char usage[] = "# A filter a line: FIELD = VALUES, also != >= <=. Lines that begin "
                            "with # do not count.\n";

static bool write_text(struct frame *f, const char *path, struct err *e)
{
    struct file_new file;
    struct str text = {0};
    bool ok;

    str_add(&text, usage);
    desk_filters_text(f->desk, &text);
    ok = file_new_open(&file, path, true, e);
    if (ok && !file_write_all(file.fd, str_text(&text), text.len)) {
        file_new_abort(&file);
        ok = err_errno(e, ERR_STORAGE, "%s could not be written", path);
    }
    ok = ok && file_new_commit(&file, e);
    str_free(&text);
    return ok;
}

// $VISUAL and $EDITOR may hold arguments, so that words are split at blanks; no shell.
static void become_editor(const char *editor, const char *path)
{
    char *words[16] = {NULL}, *rest = mem_strdup(editor), *word;
    size_t n = 0;
    sigset_t none;

    while ((word = strsep(&rest, " ")) && n < ARRAY_LEN(words) - 2) {
        if (*word)
            words[n++] = word;
    }
    words[n] = mem_strdup(path);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)execvp(words[0], words);
    _exit(127);
}

// To its end. Where it is stopped, so are we, until the shell lets both go on.
static int wait_for(pid_t pid)
{
    int status;

    for (;;) {
        if (waitpid(pid, &status, WUNTRACED) < 0) {
            if (errno != EINTR)
                return -1;
        } else if (WIFSTOPPED(status)) {
            (void)kill(getpid(), SIGSTOP);
            (void)kill(pid, SIGCONT);
        } else {
            return status;
        }
    }
}

// What was typed at the editor was not meant for us.
static void forget_signals(void)
{
    const struct timespec now = {0};
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGQUIT);
    (void)sigaddset(&set, SIGTSTP);
    while (sigtimedwait(&set, NULL, &now) > 0)
        continue;
}

static bool run_editor(struct frame *f, const char *path, struct err *e)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    const char *program = visual && *visual ? visual : editor && *editor ? editor : "vi";
    int status;
    pid_t pid;

    if (f->term)
        term_leave(f->term);
    pid = fork();
    if (pid == 0)
        become_editor(program, path);
    status = pid > 0 ? wait_for(pid) : -1;
    forget_signals();
    if (f->term)
        term_return(f->term);
    f->stale = true;
    if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 127)
        return err_set(e, ERR_NOT_FOUND, "the editor \"%.60s\" could not be run; set EDITOR",
                       program);
    return WEXITSTATUS(status) == 0 ||
           err_set(e, ERR_CANCELLED, "the editor ended with %d; the filters are as they were",
                   WEXITSTATUS(status));
}

static bool read_back(struct frame *f, const char *path, struct err *e)
{
    struct str text = {0};
    bool ok =
        file_read(path, FILTERS_MAX, &text, e) && desk_filters_read(f->desk, str_text(&text), e);

    str_free(&text);
    return ok;
}

// The text while it is at fault: what was written is not thrown away.
struct edited {
    struct frame *frame;
    char *path; // owned; NULL: somebody else goes on with it
};

static void edited_free(void *self)
{
    struct edited *t = self;

    if (t->path)
        (void)unlink(t->path);
    free(t->path);
    free(t);
}

static bool edit_text(struct frame *f, char *path, struct err *e);

static void answered(void *self, int button)
{
    struct edited *t = self;
    char *path = t->path;
    struct err e;

    if (button == BUTTON_DROP)
        return;
    t->path = NULL;
    if (button == BUTTON_LEAVE) {
        frame_say(t->frame, ROLE_TEXT, "The text is kept until Lode ends: %s goes on with it.",
                  host_key(&t->frame->host, deck_focus(&t->frame->deck), "edit-filters"));
        t->frame->text_left = true;
        free(path);
        return;
    }
    if (!edit_text(t->frame, path, &e))
        frame_fail(t->frame, &e);
}

static void ask_again(struct frame *f, char *path, const struct err *e)
{
    struct edited *t = mem_zalloc(sizeof(*t));
    char *said = str_format("%s%s The filters are as they were.", e->text,
                            str_ends(e->text, "?") ? "" : ".");

    *t = (struct edited){f, path};
    (void)ask_buttons(f, &(struct ask_buttons){.title = "The filters as text",
                                               .text = said,
                                               .buttons = "Edit again|Leave it|Drop the text",
                                               .escape = BUTTON_LEAVE,
                                               .answered = answered,
                                               .free = edited_free,
                                               .self = t});
    free(said);
}

// Takes path over. What cannot be read is asked about.
static bool edit_text(struct frame *f, char *path, struct err *e)
{
    bool ok = run_editor(f, path, e), at_fault = ok && !read_back(f, path, e);

    if (at_fault && e->kind == ERR_INVALID) {
        ask_again(f, path, e);
        return true;
    }
    (void)unlink(path);
    free(path);
    return ok && !at_fault;
}

// NULL with *e: there is no place for it. The caller frees it.
static char *text_path(struct err *e)
{
    char *folder = xdg_make(XDG_STATE, NULL, e);
    char *path = folder ? str_format("%s/" TEXT_NAME, folder, (long)getpid()) : NULL;

    free(folder);
    return path;
}

// One's own, or of a Lode that was killed.
static bool is_left(const char *name)
{
    long pid;
    int end = 0;

    return sscanf(name, TEXT_NAME "%n", &pid, &end) == 1 && end && !name[end] &&
           (pid == (long)getpid() || (kill((pid_t)pid, 0) != 0 && errno == ESRCH));
}

void edit_filters_forget(void)
{
    struct err ignored;
    char *folder = xdg_folder(XDG_STATE, &ignored);
    DIR *all = folder ? opendir(folder) : NULL;

    for (const struct dirent *f; all && (f = readdir(all)) != NULL;) {
        if (is_left(f->d_name))
            (void)unlinkat(dirfd(all), f->d_name, 0);
    }
    if (all)
        (void)closedir(all);
    free(folder);
}

// A text that was left while it was at fault is gone on with.
bool do_edit_filters(struct frame *f, const struct line *line, struct err *e)
{
    char *path = text_path(e);

    (void)line;
    if (!path)
        return false;
    if (f->text_left || write_text(f, path, e)) {
        bool ok = edit_text(f, path, e);

        f->text_left = f->text_left && !ok;
        return ok;
    }
    (void)unlink(path);
    free(path);
    return false;
}
