// Named lists of columns with headings. A person's own are files, a column a line. Floor: flow.
#include "flow/preset.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/xdg.h"

enum { FILE_CAP = 64 * 1024 };

static const char ending[] = ".preset";

// As the import wizards of the usual CRM programs know them.
static const struct shipped {
    const char *name;
    const struct entity *entity;
    const char *columns;
} shipped[] = {
    {"plain", NULL, ""},
    {"crm", &entity_contact,
     "?salutation=Salutation,firstName=First Name,lastName=Last Name,jobTitle=Title,"
     "companyName=Company,?email=Email,?phone=Phone,?mobilePhone=Mobile,?street=Street,?city=City,"
     "?state=State/Province,?zipCode=Zip/Postal Code,?country=Country,?companyWebsite=Website,"
     "?id=ZoomInfo Contact ID,?personId=ZoomInfo Contact ID,?companyId=ZoomInfo Company ID"},
    {"crm", &entity_company,
     "?name=Account Name,?companyName=Account Name,?website=Website,?phone=Phone,"
     "?street=Billing Street,?city=Billing City,?state=Billing State/Province,"
     "?zipCode=Billing Zip/Postal Code,?country=Billing Country,?primaryIndustry=Industry,"
     "?employeeCount=Employees,?revenue=Annual Revenue,?ticker=Ticker Symbol,"
     "?id=ZoomInfo Company ID,?companyId=ZoomInfo Company ID"},
};

// NULL where there is no home.
static char *path_of(const char *name, struct err *e)
{
    char *config = xdg_folder(XDG_CONFIG, e);
    char *path = config ? str_format("%s/presets%s%s%s", config, name ? "/" : "", name ? name : "",
                                     name ? ending : "")
                        : NULL;

    free(config);
    return path;
}

static bool is_shipped(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(shipped); i++) {
        if (str_eq(shipped[i].name, name))
            return true;
    }
    return false;
}

static bool is_name(const char *name)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    return *name && strlen(name) < 64 && name[strspn(name, letters)] == '\0';
}

// Lines to a list; what is behind # does not count.
static void take_lines(char *text, struct str *out)
{
    for (char *line; (line = strsep(&text, "\n")) != NULL;) {
        line[strcspn(line, "#")] = '\0';
        line = str_trim(line);
        if (*line)
            str_addf(out, "%s%s", out->len ? "," : "", line);
    }
}

static bool read_own(const char *name, struct str *out, struct err *e)
{
    char *path = path_of(name, e);
    struct str text = {0};
    bool ok = path && file_read(path, FILE_CAP, &text, e);

    if (ok && strlen(str_text(&text)) == text.len && text.len)
        take_lines(text.data, out);
    if (ok && !out->len)
        ok = err_set(e, ERR_INVALID, "%s names no columns", path);
    str_free(&text);
    free(path);
    return ok;
}

bool preset_get(const char *name, const struct entity *entity, struct str *out, struct err *e)
{
    struct str names = {0};

    for (size_t i = 0; i < ARRAY_LEN(shipped); i++) {
        if (!str_eq(shipped[i].name, name) || (shipped[i].entity && shipped[i].entity != entity))
            continue;
        str_add(out, shipped[i].columns);
        return true;
    }
    if (is_name(name) && read_own(name, out, e))
        return true;
    if (is_name(name) && e->kind != ERR_NOT_FOUND)
        return false;
    preset_names(&names);
    (void)err_set(e, ERR_NOT_FOUND, "there is no preset \"%.40s\", only %s", name, names.data);
    str_free(&names);
    return false;
}

static void as_lines(const char *columns, struct str *out)
{
    str_add(out, "# A column a line: FIELD = HEADING\n");
    for (; *columns; columns++)
        str_add_char(out, *columns == ',' ? '\n' : *columns);
    str_add_char(out, '\n');
}

bool preset_save(const char *name, const char *columns, bool replace, struct err *e)
{
    char *in = xdg_make(XDG_CONFIG, "presets", e), *path = path_of(name, e);
    struct str text = {0};
    struct file_new f = {.fd = -1};
    bool ok;

    as_lines(columns, &text);
    if (!is_name(name) || is_shipped(name))
        ok = err_set(e, ERR_INVALID,
                     "a preset's name is letters, digits, - and _, and none of the shipped ones'");
    else if (path && !replace && access(path, F_OK) == 0)
        ok = err_set(e, ERR_EXISTS, "there is a preset %s already; choose another name", name);
    else
        ok = in && path && file_new_open(&f, path, replace, e);
    if (ok && !file_write_all(f.fd, text.data, text.len))
        ok = err_errno(e, ERR_STORAGE, "the preset could not be written");
    ok = ok && file_new_commit(&f, e);
    file_new_abort(&f);
    str_free(&text);
    free(path);
    free(in);
    return ok;
}

bool preset_drop(const char *name, struct err *e)
{
    char *path;
    bool ok;

    if (is_shipped(name))
        return err_set(e, ERR_INVALID, "the preset %s comes with Lode and stays", name);
    path = is_name(name) ? path_of(name, e) : NULL;
    ok = path && unlink(path) == 0;
    if (!path)
        ok = err_set(e, ERR_NOT_FOUND, "there is no preset \"%.40s\"", name);
    else if (!ok)
        ok = err_errno(e, ERR_STORAGE, "the preset %s could not be taken away", name);
    free(path);
    return ok;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_preset(const struct dirent *entry)
{
    return str_ends(entry->d_name, ending) && strlen(entry->d_name) > strlen(ending);
}

void preset_names(struct str *out)
{
    struct err ignored;
    char *in = path_of(NULL, &ignored);
    struct dirent **entries = NULL;
    int n = in ? scandir(in, &entries, is_preset, by_name) : 0;

    str_add(out, "plain|crm");
    for (int i = 0; i < n; i++) {
        size_t len = strlen(entries[i]->d_name) - strlen(ending);

        str_addf(out, "|%.*s", (int)len, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    free(in);
}
