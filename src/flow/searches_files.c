// Saved searches to files and from them, as text. Floor: flow.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "flow/searches.h"

enum { IMPORT_CAP = 16 << 20 };

bool searches_file_write(const char *path, const struct str *text, bool replace, struct err *e)
{
    struct file_new file;
    bool ok;

    if (!file_new_open(&file, path, replace, e))
        return false;
    ok = file_write_all(file.fd, str_text(text), text->len) ||
         err_errno(e, ERR_STORAGE, "cannot write %s", path);
    ok = ok && file_new_commit(&file, e);
    file_new_abort(&file);
    return ok;
}

bool searches_write_all(struct app *a, struct str *text, size_t *n, struct err *e)
{
    struct saved_list l;

    if (!searches_list(a, &l, e))
        return false;
    for (size_t i = 0; i < l.items.len; i++)
        searches_write(&l.items.items[i], text);
    *n = l.items.len;
    searches_list_free(&l);
    return true;
}

// A file's name without folders and ending.
static char *name_of(const char *path)
{
    const char *base = file_name(path);
    const char *dot = strrchr(base, '.');
    int len = (int)(dot && dot > base ? (size_t)(dot - base) : strlen(base));

    return str_eq(path, "-") ? mem_strdup("imported") : str_format("%.*s", len, base);
}

bool searches_file_import(struct app *a, const char *path, bool replace, struct str *names,
                          struct err *e)
{
    struct saved_list l = {0};
    struct str text = {0};
    char *name = name_of(path);
    bool ok = file_read(path, IMPORT_CAP, &text, e) &&
              (strlen(str_text(&text)) == text.len ||
               err_set(e, ERR_INVALID, "the text of a search holds no NUL bytes")) &&
              searches_read(str_text(&text), name, &l, e) &&
              searches_import(a, &l, replace, names, e);

    searches_list_free(&l);
    str_free(&text);
    free(name);
    return ok;
}
