// A session bus and a keyring daemon of the test's own. Tests.
#include "support/bus.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "support/test.h"

enum { PATIENCE_MS = 60000, NAP_MS = 20, LINE_BYTES = 512 };

static const char config[] =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN\" "
    "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
    "<busconfig><type>session</type><listen>unix:dir=%s</listen>%s\n"
    "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
    "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n";

static void nap(void)
{
    (void)nanosleep(&(struct timespec){.tv_nsec = NAP_MS * 1000000L}, NULL);
}

static void enter(const struct bus *b)
{
    sigset_t none;
    char *run = str_format("%s/run", b->home.path);

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    home_enter(&b->home);
    (void)mkdir(run, 0700);
    (void)setenv("XDG_RUNTIME_DIR", run, 1);
    free(run);
    (void)unsetenv("DISPLAY");
    (void)unsetenv("WAYLAND_DISPLAY");
}

static FILE *create(const struct bus *b, const char *name)
{
    char *path = str_format("%s/%s", b->home.path, name);
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    free(path);
    return f;
}

static void write_service(const struct bus *b)
{
    FILE *f = create(b, "unlock.sh");

    (void)fputs("printf " BUS_PASSWORD " | gnome-keyring-daemon --foreground --unlock "
                "--components=secrets >/dev/null 2>&1\n",
                f);
    assert_int_equal(fclose(f), 0);
    f = create(b, "secrets.service");
    (void)fprintf(f, "[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sh %s/unlock.sh\n",
                  b->home.path);
    assert_int_equal(fclose(f), 0);
}

static void write_config(const struct bus *b, enum bus_services services)
{
    FILE *f = create(b, "bus.conf");
    char *own = str_format("<servicedir>%s</servicedir>", b->home.path);
    const char *const folders[] = {"", "<standard_session_servicedirs/>", own};

    // The format's only variable parts are these two.
    (void)fprintf(f, config, b->home.path, folders[services]);
    assert_int_equal(fclose(f), 0);
    free(own);
}

static void read_address(int fd)
{
    char line[LINE_BYTES] = "";
    struct pollfd p = {.fd = fd, .events = POLLIN};
    ssize_t n = poll(&p, 1, PATIENCE_MS) > 0 ? read(fd, line, sizeof(line) - 1) : 0;

    if (n <= 0)
        fail_msg("dbus-daemon did not start");
    line[strcspn(line, "\n")] = '\0';
    (void)setenv("DBUS_SESSION_BUS_ADDRESS", line, 1);
}

struct bus bus_start(enum bus_services services)
{
    struct bus b = {.home = home_make(), .bus = -1, .keyring = -1};
    char *option = str_format("--config-file=%s/bus.conf", b.home.path);
    int fds[2], null = open("/dev/null", O_RDWR | O_CLOEXEC);

    write_service(&b);
    write_config(&b, services);
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    b.bus = fork();
    if (b.bus == 0) {
        enter(&b);
        (void)dup2(fds[1], STDOUT_FILENO);
        (void)dup2(null, STDERR_FILENO);
        (void)execlp("dbus-daemon", "dbus-daemon", option, "--nofork", "--print-address=1", NULL);
        _exit(127);
    }
    (void)close(fds[1]);
    read_address(fds[0]);
    (void)close(fds[0]);
    (void)close(null);
    free(option);
    return b;
}

static void end(pid_t *pid)
{
    if (*pid > 0) {
        (void)kill(*pid, SIGKILL);
        (void)waitpid(*pid, NULL, 0);
    }
    *pid = -1;
}

void bus_kill(struct bus *b)
{
    end(&b->bus);
}

void bus_stop(struct bus *b)
{
    end(&b->keyring);
    bus_kill(b);
    (void)unsetenv("DBUS_SESSION_BUS_ADDRESS");
    home_remove(&b->home);
}

// The unique name of the keyring's owner, "" where nobody has it.
static struct str owner(const struct bus *b)
{
    struct run r = run_program(
        &b->home,
        (const char *const[]){"/usr/bin/gdbus", "call", "--session", "-d", "org.freedesktop.DBus",
                              "-o", "/org/freedesktop/DBus", "-m",
                              "org.freedesktop.DBus.GetNameOwner", "org.freedesktop.secrets", NULL},
        NULL);
    struct str out = {0};

    if (r.status == 0)
        str_add(&out, str_text(&r.out));
    run_free(&r);
    return out;
}

// Waits until the name's owner is another than before; "" is nobody.
static void wait_for_owner(const struct bus *b, const char *before, bool some)
{
    for (int i = 0; i < PATIENCE_MS / NAP_MS; i++) {
        struct str now = owner(b);
        bool done = strcmp(str_text(&now), before) != 0 && (now.len > 0) == some;

        str_free(&now);
        if (done)
            return;
        nap();
    }
    fail_msg("the keyring daemon did not %s", some ? "start" : "go");
}

static void become_keyring(const struct bus *b, const char *password, int in)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    char *args[8];
    int n = 0;

    enter(b);
    (void)dup2(in, STDIN_FILENO);
    (void)dup2(null, STDOUT_FILENO);
    (void)dup2(null, STDERR_FILENO);
    args[n++] = mem_strdup("gnome-keyring-daemon");
    args[n++] = mem_strdup("--foreground");
    args[n++] = mem_strdup("--components=secrets");
    if (password)
        args[n++] = mem_strdup("--unlock");
    args[n] = NULL;
    (void)execvp(args[0], args);
    _exit(127);
}

void bus_start_keyring(struct bus *b, const char *password)
{
    struct str before = owner(b);
    int fds[2];
    size_t len = password ? strlen(password) : 0;

    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    assert_int_equal(write(fds[1], password ? password : "", len), len);
    b->keyring = fork();
    if (b->keyring == 0)
        become_keyring(b, password, fds[0]);
    (void)close(fds[0]);
    (void)close(fds[1]);
    wait_for_owner(b, str_text(&before), true);
    str_free(&before);
}

void bus_kill_keyring(struct bus *b)
{
    struct str before = owner(b);

    end(&b->keyring);
    if (before.len)
        wait_for_owner(b, str_text(&before), false);
    str_free(&before);
}

struct str bus_client(const struct bus *b, const char *command, const char *a, const char *c,
                      const char *d)
{
    const char *argv[] = {KEYRING_CLIENT, command, a, c, d, NULL};
    struct run r = run_program(&b->home, argv, NULL);
    struct str out = r.out;

    if (r.status != 0)
        fail_msg("keyring-client %s: %s", command, str_text(&r.err));
    str_free(&r.err);
    return out;
}
