// A private key on its way to the key doctor and back, and whether the keyring is there. UI thread;
// run functions on a worker. Floor: desk.
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/secret.h"
#include "desk/inside.h"

struct key_task {
    struct task task;
    char *path;          // or NULL:
    struct secret *text; // of the key
    struct secret *passphrase;
    uint64_t number;
    bool asked; // for the passphrase
    struct private_key *key;
};

static struct secret *passphrase(void *self, bool again, struct err *e)
{
    struct key_task *t = self;
    struct secret *given = t->passphrase;

    t->asked = true;
    t->passphrase = NULL;
    if (!given)
        (void)err_set(e, ERR_INVALID,
                      again ? "that was not the key's passphrase; type it again"
                            : "the key is encrypted; type its passphrase");
    return given;
}

static bool read_key(struct task *task)
{
    struct key_task *t = (struct key_task *)task;
    const struct private_key_ask ask = {t, passphrase};

    if (!t->text)
        t->text = key_file_read(t->path, &task->err);
    if (t->text)
        t->key = private_key_read(t->text, &ask, &task->err);
    return t->key;
}

static void take_key(struct desk *d, struct key_task *t)
{
    struct key_view *view = &d->key;

    d->private->key.key = t->key;
    t->key = NULL;
    view->bits = private_key_bits(d->private->key.key);
    (void)snprintf(view->remark, sizeof(view->remark), "%s",
                   private_key_remark(d->private->key.key));
}

static void key_read(struct desk *d, struct task *task)
{
    struct key_task *t = (struct key_task *)task;

    if (d->private->key.number != t->number)
        return; // another one was given meanwhile
    d->key = (struct key_view){.state = KEY_READY};
    if (task->ok) {
        take_key(d, t);
    } else if (t->asked) {
        d->key = (struct key_view){.state = KEY_ENCRYPTED, .err = task->err};
        d->private->key.text = t->text;
        t->text = NULL;
    } else {
        d->key = (struct key_view){.state = KEY_FAULT, .err = task->err};
        if (t->path)
            (void)err_prefix(&d->key.err, "the key %s", t->path);
    }
    desk_changed(d, DESK_ACCOUNT);
}

static void free_key_task(struct task *task)
{
    struct key_task *t = (struct key_task *)task;

    free(t->path);
    secret_free(t->text);
    secret_free(t->passphrase);
    private_key_free(t->key);
}

static const struct task_kind key_kind = {
    .name = "key", .lane = LANE_LOCAL, .run = read_key, .done = key_read, .free = free_key_task};

void key_free(struct desk *d)
{
    secret_free(d->private->key.text);
    private_key_free(d->private->key.key);
    d->private->key.text = NULL;
    d->private->key.key = NULL;
}

void desk_key_forget(struct desk *d)
{
    key_free(d);
    d->private->key.number++;
    d->key = (struct key_view){0};
    desk_changed(d, DESK_ACCOUNT);
}

static void look_at_key(struct desk *d, const char *path, struct secret *text, struct secret *given)
{
    struct key_task *t;

    desk_key_forget(d);
    start_lanes(d);
    t = task_new(d, &key_kind, sizeof(*t), NULL);
    t->number = d->private->key.number;
    t->path = path ? mem_strdup(path) : NULL;
    t->text = text;
    t->passphrase = given;
    d->key.state = KEY_READING;
    task_start(&t->task);
}

void desk_key_file(struct desk *d, const char *path)
{
    look_at_key(d, path, NULL, NULL);
}

void desk_key_text(struct desk *d, struct secret *pem)
{
    look_at_key(d, NULL, pem, NULL);
}

void desk_key_passphrase(struct desk *d, struct secret *given)
{
    struct secret *text = d->private->key.text;

    d->private->key.text = NULL;
    if (text)
        look_at_key(d, NULL, text, given);
    else
        secret_free(given);
}

static bool ask_keyring(struct task *t)
{
    struct keyring *k = keyring_open(NULL);
    bool ok = keyring_probe(k, &t->err) == KEYRING_READY;

    if (!ok)
        keyring_for_screen(t->err.text);
    keyring_close(k);
    return ok;
}

static void keyring_told(struct desk *d, struct task *t)
{
    if (t->err.kind == ERR_CANCELLED)
        d->keyring.state = KEYRING_UNASKED;
    else
        d->keyring = (struct keyring_view){t->ok ? KEYRING_FINE : KEYRING_FAULT, t->err};
    desk_changed(d, DESK_ACCOUNT);
}

static const struct task_kind keyring_kind = {
    .name = "keyring", .lane = LANE_LONG, .run = ask_keyring, .done = keyring_told};

void desk_keyring_ask(struct desk *d)
{
    if (d->keyring.state == KEYRING_ASKED)
        return;
    start_lanes(d);
    d->keyring.state = KEYRING_ASKED;
    task_start(task_new(d, &keyring_kind, sizeof(struct task), NULL));
}
