// What stands beside an export. Floor: flow.
#include "flow/manifest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/sha256.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"

enum { BLOCK = 64 * 1024 };

static void member(struct str *out, const char *name, const char *value)
{
    if (!value)
        return;
    str_add(out, ",\n  ");
    json_quote(name, out);
    str_add(out, ": ");
    json_quote(value, out);
}

static bool add_bytes(int fd, struct sha256 *sum, long long *bytes)
{
    char *block = mem_alloc(BLOCK);
    ssize_t n;

    *bytes = 0;
    while ((n = pread(fd, block, BLOCK, *bytes)) > 0) {
        sha256_add(sum, block, (size_t)n);
        *bytes += n;
    }
    free(block);
    return n == 0;
}

static bool hash_file(const struct manifest_file *f, char hex[static SHA256_HEX_MAX],
                      long long *bytes, struct err *e)
{
    struct sha256 *sum = sha256_new(e);
    bool ok;

    if (!sum)
        return false;
    ok = add_bytes(f->fd, sum, bytes) ||
         err_errno(e, ERR_STORAGE, "%s could not be read back for its hash", f->path);
    sha256_hex(sum, hex);
    sha256_free(sum);
    return ok;
}

static bool add_file(const struct manifest_file *f, struct str *out, struct err *e)
{
    char hex[SHA256_HEX_MAX];
    long long bytes;

    if (!hash_file(f, hex, &bytes, e))
        return false;
    str_add(out, "{\"name\": ");
    json_quote(file_name(f->path), out);
    str_addf(out,
             ", \"rows\": %zu, \"bytes\": %lld, \"sha256\": \"%s\", \"formulasNeutralised\": %llu}",
             f->rows, bytes, hex, (unsigned long long)f->guarded);
    return true;
}

static void add_columns(const struct sheet_options *o, struct str *out)
{
    str_add(out, ",\n  \"fields\": [");
    for (size_t i = 0; i < o->n_columns; i++) {
        str_add(out, i ? ", " : "");
        json_quote(o->columns[i].name, out);
    }
    str_add_char(out, ']');
}

static void add_notices(const struct export_notices *n, struct str *out)
{
    char by[CLOCK_ISO_MAX];

    str_addf(out, ",\n  \"noticeDue\": {\"rows\": %zu", n->rows);
    if (n->rows)
        str_addf(out, ", \"firstBy\": \"%.10s\"", clock_iso(n->first_ms, by));
    str_add_char(out, '}');
}

static void add_facts(const struct manifest *m, struct str *out)
{
    const struct export_facts *f = m->facts;
    char at[CLOCK_ISO_MAX] = "";

    member(out, "entity", f->entity);
    member(out, "profile", f->profile);
    member(out, "source", f->source);
    member(out, "basis", f->basis);
    member(out, "filters", f->filters);
    if (f->credits >= 0)
        str_addf(out, ",\n  \"credits\": %lld", f->credits);
    member(out, "written", clock_iso(f->at_ms, at));
    member(out, "by", "lode " LODE_VERSION);
}

bool manifest_write(const struct manifest *m, struct str *out, struct err *e)
{
    const struct export_options *o = m->options;

    str_add(out, "{\n  \"files\": [");
    for (size_t i = 0; i < m->n_files; i++) {
        str_add(out, i ? ",\n    " : "");
        if (!add_file(&m->files[i], out, e))
            return false;
    }
    str_add_char(out, ']');
    member(out, "format", sheet_format_name(o->sheet.format));
    add_columns(&o->sheet, out);
    str_addf(out, ",\n  \"doNotCall\": {\"rows\": %zu, \"treatment\": \"%s\"}", m->do_not_call,
             export_dnc_name(o->dnc));
    add_notices(&m->notices, out);
    add_facts(m, out);
    str_add(out, "\n}\n");
    return true;
}
