// The search that a command line asks for. Main thread. Floor: cli.
#include "cli/asked.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/exit.h"
#include "flow/lists.h"
#include "model/query_text.h"

enum { TEXT_CAP = 1 << 20 };

static void tell(void *self, const char *sentence)
{
    struct err e;

    (void)self;
    (void)err_set(&e, ERR_INVALID, "%s", sentence);
    (void)cli_fail(&e);
}

static struct query_faults faults_of(const struct invocation *in)
{
    const char *file = opt_value(&in->opts, "query", NULL);

    return (struct query_faults){.file = file && str_eq(file, "-") ? "standard input" : file,
                                 .fault = tell};
}

// Returns how many lines were at fault.
static size_t read_text(const struct invocation *in, struct query *q)
{
    const char *path = opt_value(&in->opts, "query", NULL);
    const struct query_faults to = faults_of(in);
    struct str text = {0};
    struct err e;
    size_t faults = 1;

    if (!path)
        return 0;
    if (!file_read(path, TEXT_CAP, &text, &e))
        tell(NULL, e.text);
    else if (strlen(str_text(&text)) != text.len)
        tell(NULL, "the text of a search holds no NUL bytes");
    else
        faults = query_text_read(str_text(&text), q, &to);
    str_free(&text);
    return faults;
}

static size_t read_options(const struct invocation *in, struct query *q)
{
    const char *sort = opt_value(&in->opts, "sort", NULL);
    size_t faults = 0;
    struct err e;

    for (size_t i = 0; i < in->opts.n_seen; i++) {
        if (!str_eq(in->opts.seen[i].opt->name, "where") ||
            query_where(q, in->opts.seen[i].value, &e))
            continue;
        tell(NULL, e.text);
        faults++;
    }
    if (sort && !query_sort(q, sort, &e)) {
        tell(NULL, e.text);
        faults++;
    }
    return faults;
}

int asked_read(const struct invocation *in, struct query *q)
{
    struct err e;
    size_t faults;

    *q = query_new(NULL);
    if (in->n_args && !(q->entity = invocation_entity(in, &e)))
        return cli_fail(&e);
    faults = read_text(in, q);
    if (q->entity) {
        faults += read_options(in, q);
    } else if (!faults) {
        tell(NULL, "say what is searched: contact or company");
        faults++;
    }
    if (!faults)
        return EXIT_DONE;
    query_free(q);
    return EXIT_USAGE;
}

static void say_remarks(struct invocation *in, const struct query *q)
{
    struct str text = {0};
    char *rest;

    query_remarks(q, &text);
    lists_ungranted(&in->app, q, &text);
    rest = text.data;
    for (char *line; rest && (line = strsep(&rest, "\n")) != NULL;) {
        if (*line)
            app_say(&in->app, "%s", line);
    }
    str_free(&text);
}

int asked_settle(struct invocation *in, struct query *q)
{
    const struct query_faults to = faults_of(in);
    size_t faults;
    struct err e;

    if (!lists_resolve_all(&in->app, q, &to, &faults, &e))
        return cli_fail(&e);
    faults += query_check_all(q, &to);
    if (faults)
        return EXIT_USAGE;
    say_remarks(in, q);
    return EXIT_DONE;
}
