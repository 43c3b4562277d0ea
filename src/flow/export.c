// Rows into a file that appears whole, or into a stream. Floor: flow.
#include "flow/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/manifest.h"

// One of the files.
struct part {
    struct file_new file;
    struct sheet *sheet;
    size_t rows;
    struct sheet_sums sums;
};

struct export
{
    struct export_options o;
    struct part main, apart;
    struct file_new manifest;
    size_t do_not_call;
    struct export_notices notices;
};

static const char *const dnc_names[] = {
    [DNC_KEEP] = "keep", [DNC_DROP] = "drop", [DNC_SPLIT] = "split"};

bool export_dnc_find(const char *name, enum export_dnc *out)
{
    for (size_t i = 0; i < ARRAY_LEN(dnc_names); i++) {
        if (str_eq(dnc_names[i], name)) {
            *out = (enum export_dnc)i;
            return true;
        }
    }
    return false;
}

const char *export_dnc_name(enum export_dnc dnc)
{
    return dnc_names[dnc];
}

char *export_apart(const char *path)
{
    const char *name = file_name(path), *dot = strrchr(name, '.');

    if (!dot || dot == name)
        return str_format("%s.do-not-call", path);
    return str_format("%.*s.do-not-call%s", (int)(dot - path), path, dot);
}

char *export_manifest(const char *path)
{
    return str_format("%s.manifest.json", path);
}

const struct sheet_format *export_format(const char *path, const char *otherwise, struct err *e)
{
    const char *name = file_name(path), *dot = strrchr(name, '.');
    const struct sheet_format *found;

    if (!dot || dot == name || !dot[1])
        return sheet_format_find(otherwise);
    found = sheet_format_by_ending(dot + 1);
    if (!found)
        (void)err_set(e, ERR_INVALID,
                      "%.200s has an ending that stands for no format: take .csv, .tsv, .json, "
                      ".jsonl, .db, .sqlite or .txt (a table)",
                      path);
    return found;
}

static bool open_part(const struct export *x, struct part *p, const char *path, struct err *e)
{
    struct sheet_options options = x->o.sheet;

    if (path && !file_new_open(&p->file, path, x->o.replace, e))
        return false;
    if (path) {
        options.fd = p->file.fd;
        options.path = path;
    }
    p->sheet = sheet_open(&options, e);
    return p->sheet != NULL;
}

static bool open_apart(struct export *x, struct err *e)
{
    char *path = export_apart(x->o.path);
    bool ok = open_part(x, &x->apart, path, e);

    free(path);
    return ok;
}

static bool open_manifest(struct export *x, struct err *e)
{
    char *path = export_manifest(x->o.path);
    bool ok = file_new_open(&x->manifest, path, x->o.replace, e);

    free(path);
    return ok;
}

static bool check(const struct export_options *o, struct err *e)
{
    if (!o->path && sheet_needs_file(o->sheet.format))
        return err_set(e, ERR_INVALID, "%s is a file, no stream; say which: --output FILE",
                       sheet_format_name(o->sheet.format));
    return o->path || o->dnc != DNC_SPLIT ||
           err_set(e, ERR_INVALID, "two files cannot go into one stream; say --output FILE");
}

struct export *export_open(const struct export_options *options, struct err *e)
{
    struct export *x;

    if (!check(options, e))
        return NULL;
    x = mem_zalloc(sizeof(*x));
    x->o = *options;
    x->o.manifest = options->manifest && options->path;
    x->main.file.fd = x->apart.file.fd = x->manifest.fd = -1;
    if (open_part(x, &x->main, options->path, e) &&
        (options->dnc != DNC_SPLIT || open_apart(x, e)) && (!x->o.manifest || open_manifest(x, e)))
        return x;
    export_abort(x);
    return NULL;
}

static void count_notice(struct export_notices *n, int64_t by_ms)
{
    if (!by_ms)
        return;
    n->rows++;
    if (!n->first_ms || by_ms < n->first_ms)
        n->first_ms = by_ms;
}

bool export_row(struct export *x, const char *const *cells, const char *json,
                const struct export_duties *duties, struct err *e)
{
    bool do_not_call = duties && duties->do_not_call;
    bool aside = do_not_call && x->o.dnc == DNC_SPLIT;
    struct part *p = aside ? &x->apart : &x->main;

    x->do_not_call += do_not_call;
    if (do_not_call && x->o.dnc == DNC_DROP)
        return true;
    count_notice(&x->notices, duties ? duties->notice_by_ms : 0);
    p->rows++;
    return sheet_row(p->sheet, cells, json, e);
}

static bool finish(struct part *p, struct err *e)
{
    struct sheet *sheet = p->sheet;

    p->sheet = NULL;
    return !sheet || sheet_close(sheet, &p->sums, e);
}

static bool write_manifest(struct export *x, const struct export_facts *facts, struct err *e)
{
    char *apart = x->o.dnc == DNC_SPLIT ? export_apart(x->o.path) : NULL;
    const struct manifest_file files[] = {
        {x->o.path, x->main.file.fd, x->main.rows, x->main.sums.guarded},
        {apart, x->apart.file.fd, x->apart.rows, x->apart.sums.guarded}};
    const struct manifest m = {.options = &x->o,
                               .facts = facts,
                               .files = files,
                               .n_files = apart ? 2 : 1,
                               .do_not_call = x->do_not_call,
                               .notices = x->notices};
    struct str text = {0};
    bool ok = manifest_write(&m, &text, e);

    if (ok && !file_write_all(x->manifest.fd, text.data, text.len))
        ok = err_errno(e, ERR_STORAGE, "the manifest could not be written");
    free(apart);
    str_free(&text);
    return ok;
}

// The rows get their name last but for the manifest: it never speaks of a file that is not there.
static bool commit(struct export *x, struct err *e)
{
    if (x->apart.file.path && !file_new_commit(&x->apart.file, e))
        return false;
    if (x->main.file.path && !file_new_commit(&x->main.file, e))
        return false;
    return !x->manifest.path || file_new_commit(&x->manifest, e);
}

bool export_close(struct export *x, const struct export_facts *facts, struct export_result *out,
                  struct err *e)
{
    struct err late;
    bool ok = finish(&x->main, e);

    // What fails later counts only where nothing failed before.
    ok = finish(&x->apart, ok ? e : &late) && ok;
    ok = ok && (!x->o.manifest || write_manifest(x, facts, e)) && commit(x, e);
    *out = (struct export_result){.rows = x->main.rows,
                                  .do_not_call = x->do_not_call,
                                  .notices = x->notices,
                                  .guarded = x->main.sums.guarded + x->apart.sums.guarded,
                                  .left_out = x->main.sums.left_out};
    export_abort(x);
    return ok;
}

void export_say_notices(const struct export_notices *notices, struct str *out)
{
    char rows[COUNT_WORDS_MAX], day[CLOCK_ISO_MAX];
    bool one = notices->rows == 1;

    if (!notices->rows)
        return;
    str_addf(out,
             "%s%s of the EU: a notice (GDPR, Art. 14) is due to %s, %s by %.10s or at first "
             "contact.",
             out->len ? " " : "", count_words((long long)notices->rows, "row", rows),
             one ? "that person" : "them", one ? "at the latest" : "the first",
             clock_iso(notices->first_ms, day));
}

static void drop(struct part *p)
{
    if (p->sheet)
        sheet_abort(p->sheet);
    p->sheet = NULL;
}

void export_abort(struct export *x)
{
    if (!x)
        return;
    drop(&x->main);
    drop(&x->apart);
    file_new_abort(&x->main.file);
    file_new_abort(&x->apart.file);
    file_new_abort(&x->manifest);
    free(x);
}
