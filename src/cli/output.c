// A command's data: a sheet on stdout or in a file that appears whole. Main thread. Floor: cli.
#include "cli/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "base/text.h"

static int terminal_width(int fd)
{
    struct winsize size;

    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// The format asked for, else the one an output file's ending names, else a table; NULL: unknown.
static const struct sheet_format *find_format(const struct invocation *in, struct err *e)
{
    const char *name = opt_value(&in->opts, "format", NULL);
    const struct sheet_format *found = name ? sheet_format_find(name) : NULL;
    char *why;

    if (!name)
        found = export_format(opt_value(&in->opts, "output", "-"),
                              in->format && *in->format ? in->format : "table", e);
    if (found)
        return found;
    if (name) {
        (void)err_set(e, ERR_INVALID, "--format takes one of %s, not \"%.20s\"",
                      sheet_format_names(), name);
        return NULL;
    }
    why = mem_strdup(e->text);
    (void)err_set(e, ERR_INVALID, "%s, or say --format", why);
    free(why);
    return NULL;
}

const char *output_format_name(const struct invocation *in)
{
    struct err ignored;
    const struct sheet_format *format = find_format(in, &ignored);

    return format ? sheet_format_name(format) : "";
}

bool output_wants_json(const struct invocation *in)
{
    struct err ignored;
    const struct sheet_format *format = find_format(in, &ignored);

    return format && sheet_wants_json(format);
}

enum export_dnc output_dnc(const struct invocation *in)
{
    enum export_dnc dnc = DNC_KEEP;

    (void)export_dnc_find(opt_value(&in->opts, "dnc", "keep"), &dnc);
    return dnc;
}

// Asked for; or unasked, where the command is one that can leave it out.
static bool wants_manifest(const struct output *o)
{
    const struct opt *known = o->in->command->options;

    if (opt_has(&o->in->opts, "manifest") || !o->to_file)
        return opt_has(&o->in->opts, "manifest");
    while (known->name && !str_eq(known->name, "no-manifest"))
        known++;
    return known->name && !opt_has(&o->in->opts, "no-manifest");
}

static bool read_options(struct output *o, struct export_options *x, struct err *e)
{
    const struct opts *opts = &o->in->opts;
    const char *path = opt_value(opts, "output", "-"), *dnc = opt_value(opts, "dnc", "keep");

    o->to_file = !str_eq(path, "-");
    x->path = o->to_file ? path : NULL;
    x->replace = opt_has(opts, "force");
    x->manifest = o->manifest = wants_manifest(o);
    x->sheet.raw_formula = opt_has(opts, "raw-formulas");
    x->sheet.crlf = opt_has(opts, "crlf");
    x->sheet.bom = opt_has(opts, "bom");
    if (x->manifest && !o->to_file)
        return err_set(e, ERR_INVALID, "a manifest stands beside a file; say --output FILE");
    return export_dnc_find(dnc, &x->dnc) ||
           err_set(e, ERR_INVALID, "--dnc takes keep, drop or split, not \"%.20s\"", dnc);
}

static bool names_columns(const struct invocation *in)
{
    return opt_has(&in->opts, "columns") || opt_has(&in->opts, "fields") ||
           opt_has(&in->opts, "preset");
}

static bool open_to(struct output *o, const struct invocation *in, struct sheet_options sheet,
                    struct err *e)
{
    struct export_options options = {.sheet = sheet};

    *o = (struct output){.in = in, .facts = {.credits = -1}};
    options.sheet.format = find_format(in, e);
    if (!options.sheet.format || !read_options(o, &options, e))
        return false;
    if (!o->to_file) {
        options.sheet.fd = STDOUT_FILENO;
        options.sheet.clean = isatty(STDOUT_FILENO);
    } else {
        options.sheet.width = 0;
    }
    o->json = sheet_wants_json(options.sheet.format);
    o->table = sheet_for_people(options.sheet.format);
    o->x = export_open(&options, e);
    return o->x != NULL;
}

bool output_check(const struct invocation *in, struct err *e)
{
    static const struct sheet_column column = {"id", "Id", COLUMN_ID};
    struct output o = {.in = in};
    struct export_options x = {
        .sheet = {.format = find_format(in, e), .columns = &column, .n_columns = 1}};

    if (!x.sheet.format || !read_options(&o, &x, e))
        return false;
    if (!o.to_file)
        return true;
    o.x = export_open(&x, e);
    if (!o.x)
        return false;
    export_abort(o.x);
    return true;
}

static bool open_fitting(struct output *o, const struct invocation *in,
                         const struct sheet_column *columns, size_t n, bool fit,
                         const char *const *shown, struct err *e)
{
    const struct sheet_options sheet = {.columns = columns,
                                        .n_columns = n,
                                        .width = terminal_width(STDOUT_FILENO),
                                        .fit = fit,
                                        .shown = shown};

    return open_to(o, in, sheet, e);
}

bool output_open_shown(struct output *o, const struct invocation *in,
                       const struct sheet_column *columns, size_t n, const char *const *shown,
                       struct err *e)
{
    return open_fitting(o, in, columns, n, true, shown, e);
}

bool output_open_named(struct output *o, const struct invocation *in,
                       const struct sheet_column *columns, size_t n, struct err *e)
{
    return open_fitting(o, in, columns, n, !names_columns(in), NULL, e);
}

bool output_open(struct output *o, const struct invocation *in, const struct sheet_column *columns,
                 size_t n, struct err *e)
{
    return open_fitting(o, in, columns, n, true, NULL, e);
}

bool output_open_whole(struct output *o, const struct invocation *in,
                       const struct sheet_column *columns, size_t n, struct err *e)
{
    return open_to(o, in, (struct sheet_options){.columns = columns, .n_columns = n}, e);
}

bool output_record(struct output *o, const char *const *cells, const char *json,
                   struct export_duties duties, struct err *e)
{
    o->rows++;
    return export_row(o->x, cells, json, &duties, e);
}

bool output_row(struct output *o, const char *const *cells, const char *json, struct err *e)
{
    return output_record(o, cells, json, (struct export_duties){0}, e);
}

static void say_do_not_call(const struct output *o, const struct export_result *r)
{
    char text[COUNT_WORDS_MAX], *apart;

    if (!r->do_not_call || output_dnc(o->in) == DNC_KEEP)
        return;
    if (output_dnc(o->in) == DNC_DROP) {
        app_say(&o->in->app, "%s with a do-not-call flag %s left out.",
                count_words((long long)r->do_not_call, "row", text),
                r->do_not_call == 1 ? "was" : "were");
        return;
    }
    apart = export_apart(opt_value(&o->in->opts, "output", ""));
    app_say(&o->in->app, "%s with a do-not-call flag %s in %s.",
            count_words((long long)r->do_not_call, "row", text), r->do_not_call == 1 ? "is" : "are",
            apart);
    free(apart);
}

static void say_notices(const struct output *o, const struct export_result *r)
{
    struct str text = {0};

    export_say_notices(&r->notices, &text);
    if (text.len)
        app_say(&o->in->app, "%s", text.data);
    str_free(&text);
}

static void say_done(const struct output *o, const struct export_result *r)
{
    const char *path = opt_value(&o->in->opts, "output", "");
    const char *are = r->rows == 1 ? "is" : "are";
    char text[COUNT_MAX], rows[COUNT_WORDS_MAX];

    (void)count_words((long long)r->rows, "row", rows);
    if (r->guarded)
        app_say(
            &o->in->app,
            "Cells that a spreadsheet would have run as formulas, and that got a ' before them: "
            "%s.",
            count_text((long long)r->guarded, text));
    if (o->manifest)
        app_say(&o->in->app, "%s %s in %s; %s.manifest.json says what they are.", rows, are, path,
                path);
    else if (o->to_file)
        app_say(&o->in->app, "%s %s in %s.", rows, are, path);
    say_do_not_call(o, r);
    say_notices(o, r);
    if (r->left_out)
        app_say(&o->in->app, "%s %s left out on this terminal; --format csv has all.",
                count_words((long long)r->left_out, "column", rows),
                r->left_out == 1 ? "is" : "are");
}

bool output_close(struct output *o, struct err *e)
{
    struct export_result result;
    bool ok;

    // Commands that need no engine have no clock, and no manifest.
    if (o->manifest)
        o->facts.at_ms = clock_utc_ms(&o->in->app.clock);
    ok = export_close(o->x, &o->facts, &result, e);
    o->x = NULL;
    if (ok)
        say_done(o, &result);
    return ok;
}

void output_abort(struct output *o)
{
    export_abort(o->x);
    o->x = NULL;
}

void output_bytes(const struct str *came)
{
    const char *p = str_text(came), *end = p + came->len;
    struct str clean = {0};

    while (isatty(STDOUT_FILENO) && p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t len = (size_t)((stop ? stop : end) - p);

        text_clean(p, len, &clean);
        str_add_char(&clean, '\n');
        p += len + 1;
    }
    if (clean.len)
        (void)fwrite(clean.data, 1, clean.len, stdout);
    else
        (void)fwrite(str_text(came), 1, came->len, stdout);
    str_free(&clean);
}
