// What a person is asked for on the terminal. Main thread. Floor: cli.
#include "cli/ask.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"
#include "flow/credentials.h"

enum { USER_MAX = 256, UNLOCK_MS = 60000 };

char *ask_user(struct err *e)
{
    char line[USER_MAX];

    if (!isatty(STDIN_FILENO)) {
        (void)err_set(e, ERR_UNAUTHORISED,
                      "nobody is signed in: pass --user NAME and --password-stdin, or --sandbox to "
                      "try Lode without an account");
        return NULL;
    }
    (void)fputs("User name: ", stderr);
    if (!fgets(line, sizeof(line), stdin) || !*str_trim(line)) {
        (void)err_set(e, ERR_CANCELLED, "no user name was given");
        return NULL;
    }
    return mem_strdup(str_trim(line));
}

struct secret *ask_password(const struct invocation *in, struct err *e)
{
    if (opt_has(&in->opts, "password-stdin") || isatty(STDIN_FILENO))
        return secret_read(STDIN_FILENO, "Password: ", e);
    (void)err_set(e, ERR_UNAUTHORISED,
                  "the password cannot be asked for here: pass --password-stdin and put it on the "
                  "first line of standard input");
    return NULL;
}

// Standard input may be the key itself, so the terminal is asked by its own name.
static struct secret *ask_passphrase(void *self, bool again, struct err *e)
{
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct secret *passphrase;

    (void)self;
    if (fd < 0) {
        (void)err_set(e, ERR_INVALID,
                      "it is encrypted, and there is no terminal to type its passphrase on: run "
                      "this on one, or give the key without a passphrase on standard input");
        return NULL;
    }
    passphrase = secret_read(
        fd, again ? "That was wrong. Passphrase of the key: " : "Passphrase of the key: ", e);
    (void)close(fd);
    return passphrase;
}

static struct secret *read_file(const char *path, struct err *e)
{
    return str_eq(path, "-") ? secret_read_all(STDIN_FILENO, PRIVATE_KEY_FILE_MAX, e)
                             : key_file_read(path, e);
}

struct private_key *ask_key(const char *path, struct err *e)
{
    static const struct private_key_ask ask = {.passphrase = ask_passphrase};
    struct secret *text = read_file(path, e);
    struct private_key *k = text ? private_key_read(text, &ask, e) : NULL;

    secret_free(text);
    if (!k)
        (void)err_prefix(e, "the key in %s", str_eq(path, "-") ? "standard input" : path);
    return k;
}

bool ask_unlock(const struct invocation *in, struct keyring *k, struct err *e)
{
    bool display = getenv("DISPLAY") || getenv("WAYLAND_DISPLAY");
    struct err why;

    if (!display || !isatty(STDERR_FILENO) || keyring_probe(k, &why) != KEYRING_LOCKED)
        return false;
    app_say(&in->app, "The keyring is locked; it asks for its password in a window of its own.");
    return keyring_unlock(k, UNLOCK_MS, in->app.cancel, e);
}
