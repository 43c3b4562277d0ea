// lode lookup --tree. Main thread. Floor: cli.
#include "cli/lookup_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/lists.h"

static const struct sheet_column columns[] = {{"Name", "Name", COLUMN_TEXT},
                                              {"Id", "Id", COLUMN_TEXT},
                                              {"parent", "Belongs to", COLUMN_TEXT},
                                              {"list", "List", COLUMN_TEXT},
                                              {"depth", "Level", COLUMN_NUMBER}};

// A value that no list has is a level only: it has no id to search by.
static bool write_node(struct output *out, const struct lookup_tree *tree, size_t i, struct err *e)
{
    const struct lookup_node *node = &tree->nodes[i];
    const struct lookup_value *v = node->step.value;
    const char *name = v && *v->name ? v->name : node->step.id;
    int indent = out->table ? node->depth * 2 : 0;
    char *shown = str_format("%*s%s", indent, "", name), depth[8];
    char *list = mem_strndup(node->step.path, strcspn(node->step.path, "?"));
    const char *cells[] = {shown, v ? v->id : "",
                           node->parent == NODE_NONE ? "" : tree->nodes[node->parent].step.id, list,
                           depth};
    bool ok;

    (void)snprintf(depth, sizeof(depth), "%d", node->depth);
    ok = output_row(out, cells, NULL, e);
    free(list);
    free(shown);
    return ok;
}

static bool write_tree(struct output *out, const struct lookup_tree *tree, struct err *e)
{
    for (size_t i = 0; i < tree->n; i++) {
        if (!tree->nodes[i].hidden && !write_node(out, tree, i, e))
            return false;
    }
    return true;
}

int lookup_tree_show(struct invocation *in, const char *path)
{
    const char *match = opt_value(&in->opts, "match", NULL);
    char date[CLOCK_ISO_MAX];
    struct lists_tree t;
    struct output out;
    char lines[COUNT_WORDS_MAX], values[COUNT_MAX];
    struct err e;
    bool ok;

    if (!lists_tree(&in->app, path, opt_has(&in->opts, "refresh"), &t, &e))
        return cli_fail(&e);
    if (match)
        (void)lookup_tree_match(&t.tree, match);
    ok = output_open(&out, in, columns, ARRAY_LEN(columns), &e);
    if (ok && !write_tree(&out, &t.tree, &e)) {
        output_abort(&out);
        ok = false;
    }
    ok = ok && output_close(&out, &e);
    if (ok && !lookup_above(path))
        app_say(&in->app, "The values of %s have no levels.", path);
    if (ok)
        app_say(&in->app, "%s: of the %s values of %s, fetched %s, and what stands above them.",
                count_words((long long)out.rows, "line", lines),
                count_text((long long)t.lists[0].n, values), path, clock_iso(t.fetched_ms, date));
    lists_tree_free(&t);
    return ok ? EXIT_DONE : cli_fail(&e);
}
