// Writing what a job asked for with what was found. UI thread. Floor: ui/pane.
#include "ui/pane/job_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

static void write_rows(struct job_rows *r, bool replace)
{
    struct err e;

    if (!desk_job_rows(r->pane->desk, r->name, r->path, replace, &e))
        host_fail(r->pane->host, &e);
}

static void replaced(void *self, int button)
{
    if (button == 1)
        write_rows(self, true);
}

// A file that is there goes at the person's word alone.
static void named(void *self, const char *text)
{
    struct job_rows *r = self;
    char *question;
    struct err e;

    free(r->path);
    r->path = mem_strdup(text);
    if (desk_job_rows(r->pane->desk, r->name, text, false, &e))
        return;
    if (e.kind != ERR_EXISTS) {
        host_fail(r->pane->host, &e);
        return;
    }
    question = str_format("%s exists. The new file takes its place once it is whole.", text);
    host_ask(r->pane->host, "Replace it?", question, "Cancel|Replace", replaced, r);
    free(question);
}

// "people.csv": "people-found.csv". The caller frees it.
static char *found_path(const char *path)
{
    const char *name = file_name(path);
    const char *dot = strrchr(name, '.');
    size_t stem = dot > name ? (size_t)(dot - path) : strlen(path);

    return str_format("%.*s-found.csv", (int)stem, path);
}

void job_rows_write(struct job_rows *r, struct pane *p, const struct job_row *job, const char *path)
{
    char *proposed;

    r->pane = p;
    (void)snprintf(r->name, sizeof(r->name), "%s", job->name);
    if (path) {
        named(r, path);
        return;
    }
    proposed = found_path(*job->file.path ? job->file.path : job->name);
    host_ask_file(p->host, "Write what it asked for with what was found", "File", proposed, named,
                  r);
    free(proposed);
}
