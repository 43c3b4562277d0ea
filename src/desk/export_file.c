// Rows that a task writes to a file of a typed path. UI thread. Floor: desk.
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "desk/exporting.h"

bool export_file_open(struct export_file *f, const char *path, bool replace, struct err *e)
{
    *f = (struct export_file){.path = xdg_home_path(path), .replace = replace};
    f->format = export_format(f->path, "csv", e);
    if (f->format && export_check_path(f->path, replace, e))
        return true;
    export_file_free(f);
    return false;
}

void export_file_free(struct export_file *f)
{
    free(f->path);
    f->path = NULL;
}

struct export_options export_file_options(const struct export_file *f)
{
    return (struct export_options){
        .sheet = {.format = f->format}, .path = f->path, .replace = f->replace};
}

void export_say_guarded(uint64_t guarded, struct str *out)
{
    char n[COUNT_MAX];

    if (guarded)
        str_addf(out,
                 " Cells that a spreadsheet would have run as formulas got a ' before them: %s.",
                 count_text((long long)guarded, n));
}

void export_file_ended(struct desk *d, struct task *t, const struct export_file *f, char *sentence)
{
    struct str out = {0};

    str_add(&out, sentence);
    export_say_notices(&f->result.notices, &out);
    export_say_guarded(f->result.guarded, &out);
    export_ended(d, t, ERR_NONE, str_text(&out));
    str_free(&out);
    free(sentence);
}
