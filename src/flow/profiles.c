// Profiles: which accounts there are. Any thread. Floor: flow.
#include "flow/profiles.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "flow/address.h"
#include "flow/profile_text.h"
#include "flow/sandbox.h"

enum { NAME_MAX_LEN = 64, USER_MAX = 256, FILE_MAX = 16 * 1024 };

static const char folder_name[] = "profiles", ending[] = ".profile";
// Beside the profiles: the name of the one that was chosen.
static const char current_name[] = "current";

bool profile_check_name(const char *name, struct err *e)
{
    bool good = *name && *name != '.' && strlen(name) <= NAME_MAX_LEN &&
                name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._-")] == '\0';

    return good || err_set(e, ERR_INVALID,
                           "the name of a profile takes letters, digits, dots, dashes and "
                           "underscores, and not \"%.64s\"",
                           name);
}

static bool check_user(const char *user, struct err *e)
{
    size_t len = strlen(user);

    if (!len)
        return err_set(e, ERR_INVALID, "the user name is empty");
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)user[i] < ' ' || user[i] == 0x7f)
            return err_set(e, ERR_INVALID, "the user name holds a control character");
    }
    if (len > USER_MAX || !text_valid(user, len))
        return err_set(e, ERR_INVALID, "the user name is too long, or no UTF-8");
    return true;
}

bool profile_check(const struct profile *p, struct err *e)
{
    if (!profile_check_name(p->name, e))
        return false;
    if (str_eq(p->name, SANDBOX_PROFILE))
        return err_set(e, ERR_INVALID,
                       "\"" SANDBOX_PROFILE
                       "\" is the offline sandbox's own profile; choose another name");
    return address_check(p->base_url, e) && check_user(p->user, e);
}

static struct profile sandbox_profile(void)
{
    return (struct profile){.name = mem_strdup(SANDBOX_PROFILE),
                            .user = mem_strdup(SANDBOX_USER),
                            .keep = KEEP_SESSION,
                            .sandbox = true};
}

struct profile profile_copy(const struct profile *p)
{
    struct profile copy = *p;

    copy.name = mem_strdup(p->name);
    copy.base_url = p->base_url ? mem_strdup(p->base_url) : NULL;
    copy.user = p->user ? mem_strdup(p->user) : NULL;
    return copy;
}

void profile_free(struct profile *p)
{
    free(p->name);
    free(p->base_url);
    free(p->user);
    *p = (struct profile){0};
}

// The path of a file beside the profiles; the folder is made. NULL with *e.
static char *path_of(const char *name, struct err *e)
{
    char *folder = xdg_make(XDG_CONFIG, folder_name, e);
    char *path = folder ? str_format("%s/%s", folder, name) : NULL;

    free(folder);
    return path;
}

static bool read_file(const char *name, struct str *out, struct err *e)
{
    char *path = path_of(name, e);
    bool ok = path && file_read(path, FILE_MAX, out, e);

    free(path);
    return ok;
}

bool profile_read(const char *name, struct profile *out, struct err *e)
{
    struct str text = {0};
    char *file;
    bool ok;

    *out = (struct profile){0};
    if (!profile_check_name(name, e))
        return false;
    if (str_eq(name, SANDBOX_PROFILE)) {
        *out = sandbox_profile();
        return true;
    }
    file = str_format("%s%s", name, ending);
    ok = read_file(file, &text, e);
    free(file);
    if (!ok && e->kind == ERR_NOT_FOUND)
        (void)err_set(e, ERR_NOT_FOUND,
                      "there is no profile %s; lode profiles lists them, lode login makes one",
                      name);
    out->name = mem_strdup(name);
    ok = ok && profile_parse(str_text(&text), out, e) &&
         (profile_check(out, e) || err_prefix(e, "profile %s", name));
    str_free(&text);
    if (!ok)
        profile_free(out);
    return ok;
}

// Whole or not at all, in place of what was there.
static bool write_file(const char *name, const char *text, struct err *e)
{
    char *path = path_of(name, e);
    struct file_new f;
    bool ok = path && file_new_open(&f, path, true, e);

    if (ok && !file_write_all(f.fd, text, strlen(text))) {
        (void)err_errno(e, ERR_STORAGE, "cannot write %s", path);
        file_new_abort(&f);
        ok = false;
    }
    ok = ok && file_new_commit(&f, e);
    free(path);
    return ok;
}

bool profile_write(const struct profile *p, struct err *e)
{
    struct str text = {0};
    char *file;
    bool ok;

    if (!profile_check(p, e))
        return false;
    file = str_format("%s%s", p->name, ending);
    profile_print(p, &text);
    ok = write_file(file, str_text(&text), e);
    str_free(&text);
    free(file);
    return ok;
}

bool profile_remove(const char *name, struct err *e)
{
    char *file = str_format("%s%s", name, ending);
    char *path = profile_check_name(name, e) ? path_of(file, e) : NULL;
    bool ok = path && (unlink(path) == 0 || errno == ENOENT ||
                       err_errno(e, ERR_STORAGE, "%s could not be removed", path));

    free(file);
    free(path);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    const struct profile *x = a, *y = b;

    return x->sandbox != y->sandbox ? x->sandbox - y->sandbox : strcmp(x->name, y->name);
}

bool profiles_list(struct profile_list *out, struct err *skipped, struct err *e)
{
    char *folder = xdg_make(XDG_CONFIG, folder_name, e);
    DIR *dir = folder ? opendir(folder) : NULL;
    VEC(struct profile) items = {0};
    const struct dirent *entry;

    *skipped = (struct err){0};
    *out = (struct profile_list){0};
    if (folder && !dir)
        (void)err_errno(e, ERR_STORAGE, "cannot read the folder %s", folder);
    free(folder);
    if (!dir)
        return false;
    while ((entry = readdir(dir)) != NULL) {
        struct profile p;
        struct err fault;
        char *name;

        if (!str_ends(entry->d_name, ending))
            continue;
        name = mem_strndup(entry->d_name, strlen(entry->d_name) - strlen(ending));
        if (profile_read(name, &p, &fault))
            vec_push(&items, p);
        else if (skipped->kind == ERR_NONE)
            *skipped = fault;
        free(name);
    }
    (void)closedir(dir);
    vec_push(&items, sandbox_profile());
    qsort(items.items, items.len, sizeof(*items.items), by_name);
    *out = (struct profile_list){items.items, items.len};
    return true;
}

void profiles_free(struct profile_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        profile_free(&l->items[i]);
    free(l->items);
    *l = (struct profile_list){0};
}

static char *only_one(void)
{
    struct profile_list l;
    struct err skipped, e;
    char *name = NULL;

    if (profiles_list(&l, &skipped, &e) && l.n == 2 && skipped.kind == ERR_NONE)
        name = mem_strdup(l.items[0].name);
    profiles_free(&l);
    return name;
}

char *profiles_current(void)
{
    struct str text = {0};
    struct profile p;
    struct err e;
    char *name = NULL;

    if (read_file(current_name, &text, &e) && profile_read(str_trim(text.data), &p, &e)) {
        name = mem_strdup(p.name);
        profile_free(&p);
    }
    str_free(&text);
    return name ? name : only_one();
}

bool profiles_use(const char *name, struct err *e)
{
    struct profile p;
    char *text;
    bool ok;

    if (!profile_read(name, &p, e))
        return false;
    text = str_format("%s\n", name);
    ok = write_file(current_name, text, e);
    free(text);
    profile_free(&p);
    return ok;
}
