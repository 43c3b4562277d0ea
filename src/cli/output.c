// A command's data: a sheet on stdout or in a file that appears whole. Main thread. Floor: cli.
#include "cli/output.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/count.h"
#include "base/near.h"
#include "base/str.h"
#include "base/text.h"

static int terminal_width(int fd)
{
    struct winsize size;

    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// The format asked for, else the one an output file's ending names, else a table; NULL: unknown.
static const struct sheet_format *format_of(const struct invocation *in)
{
    const char *name = opt_value(&in->opts, "format", NULL);
    const char *file = opt_value(&in->opts, "output", "-");
    const char *dot = strrchr(file, '.');
    const struct sheet_format *by_ending = dot ? sheet_format_find(dot + 1) : NULL;

    if (name)
        return sheet_format_find(name);
    return by_ending ? by_ending : sheet_format_find("table");
}

bool output_wants_json(const struct invocation *in)
{
    const struct sheet_format *format = format_of(in);

    return format && sheet_wants_json(format);
}

static bool open_target(struct output *o, struct err *e)
{
    const char *path = opt_value(&o->in->opts, "output", "-");

    if (str_eq(path, "-"))
        return true;
    o->to_file = file_new_open(&o->file, path, opt_has(&o->in->opts, "force"), e);
    return o->to_file;
}

bool output_open(struct output *o, const struct invocation *in, const struct sheet_column *columns,
                 size_t n, struct err *e)
{
    struct sheet_options options = {.format = format_of(in), .columns = columns, .n_columns = n};

    *o = (struct output){.in = in, .file = {.fd = -1}};
    if (!options.format)
        return err_set(e, ERR_INVALID, "--format takes one of %s, not \"%.20s\"",
                       sheet_format_names(), opt_value(&in->opts, "format", ""));
    if (!open_target(o, e))
        return false;
    options.fd = o->to_file ? o->file.fd : STDOUT_FILENO;
    options.clean = isatty(options.fd);
    options.width = terminal_width(options.fd);
    options.raw_formula = opt_has(&in->opts, "raw-formulas");
    o->json = sheet_wants_json(options.format);
    o->table = sheet_for_people(options.format);
    o->sheet = sheet_open(&options);
    return true;
}

bool output_row(struct output *o, const char *const *cells, const char *json, struct err *e)
{
    o->rows++;
    return sheet_row(o->sheet, cells, json, e);
}

static void say_done(const struct output *o, uint64_t guarded)
{
    char text[COUNT_MAX];

    if (guarded)
        app_say(
            &o->in->app,
            "Cells that a spreadsheet would have run as formulas, and that got a ' before them: "
            "%s.",
            count_text((long long)guarded, text));
    if (o->to_file)
        app_say(&o->in->app, "%s rows are in %s.", count_text((long long)o->rows, text),
                opt_value(&o->in->opts, "output", ""));
}

bool output_close(struct output *o, struct err *e)
{
    uint64_t guarded = 0;
    bool ok = sheet_close(o->sheet, &guarded, e);

    o->sheet = NULL;
    if (o->to_file && ok)
        ok = file_new_commit(&o->file, e);
    else if (o->to_file)
        file_new_abort(&o->file);
    if (ok)
        say_done(o, guarded);
    return ok;
}

void output_abort(struct output *o)
{
    struct err ignored;

    if (o->sheet)
        (void)sheet_close(o->sheet, NULL, &ignored);
    if (o->to_file)
        file_new_abort(&o->file);
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
