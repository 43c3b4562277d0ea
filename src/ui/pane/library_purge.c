// What the library pane purges: what is marked, the record under the cursor, or all that is past
// retention; each once a person has said so. UI thread. Floor: ui/pane.
#include "ui/pane/library_pane.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "flow/retain.h"
#include "flow/suppress.h"
#include "ui/pane/money.h"

long long library_past(const struct desk *d)
{
    return d->retention.known ? retain_of(&d->retention.past, d->results.entity) : 0;
}

bool library_has_retention(const struct desk *d, struct err *e)
{
    return retain_is_set(d->retention.months, e);
}

static void purge_answered(void *self, int button)
{
    struct library_pane *l = self;
    struct err e;

    if (button != 1)
        return;
    // The record is the one that was asked about, wherever the cursor is now.
    if (!desk_library_purge(l->pane.desk, l->wait.id, &e))
        host_fail(l->pane.host, &e);
}

static void past_answered(void *self, int button)
{
    struct library_pane *l = self;
    struct err e;

    if (button == 1 && !desk_purge_past(l->pane.desk, &e))
        host_fail(l->pane.host, &e);
}

static void purge_typed(void *self, const char *text)
{
    struct library_pane *l = self;
    struct err e;

    if (number_typed(text, l->purging)) {
        l->purge_answered(l, 1);
        return;
    }
    (void)err_set(&e, ERR_REFUSED, "nothing was purged: \"%.20s\" is not the number asked for",
                  text);
    host_fail(l->pane.host, &e);
}

// For more than a few the number is typed: two keys are enough for none that cannot be undone.
static void ask_purge(struct library_pane *l, const char *text)
{
    char *label;

    if (l->purging <= host_typed_above(l->pane.host)) {
        host_ask(l->pane.host, "Purge", text, "Cancel|Purge", l->purge_answered, l);
        return;
    }
    label = str_format("%s Type %lld to purge", text, l->purging);
    host_ask_text(l->pane.host, "Purge", label, "", purge_typed, l);
    free(label);
}

bool library_purge(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);
    const struct marks *m = &p->desk->marks;
    size_t n = m->n ? marks_owned(m) : 1, others = m->n ? m->n - n : 0;
    const char *id = library_which(l);
    char count[COUNT_MAX], left[COUNT_WORDS_MAX];
    struct str text = {0};

    (void)line;
    if (!id && !m->n)
        return err_set(e, ERR_INVALID, "there is no owned record here");
    free(l->wait.id);
    l->wait.id = id ? mem_strdup(id) : NULL;
    l->purging = (long long)(n + others);
    l->purge_answered = purge_answered;
    str_addf(&text,
             "%s %s out of the library, its index, kept searches and the ledger's backup, "
             "for good: never bought or kept again.%s What was paid stays in the ledger, by ids; "
             "an answer that was kept unsound goes whole. This cannot be undone.",
             count_text((long long)n, count), n == 1 ? l->entity->name : l->entity->plural,
             suppress_along(l->entity));
    if (others)
        str_addf(&text, " %s that %s not owned can no more be bought either.",
                 count_text((long long)others, left), others == 1 ? "is" : "are");
    ask_purge(l, str_text(&text));
    str_free(&text);
    return true;
}

bool library_purge_past(struct pane *p, const struct line *line, struct err *e)
{
    struct library_pane *l = library_of(p);
    const struct retention_view *v = &p->desk->retention;
    struct str text = {0};

    (void)line;
    if (!library_has_retention(p->desk, e))
        return false;
    l->purging = library_past(p->desk);
    if (!l->purging)
        return err_set(e, ERR_INVALID, "no %s here is past retention", l->entity->name);
    l->purge_answered = past_answered;
    retain_say(&v->past, l->entity, v->months, &text);
    str_add(&text, ": out of the library, its index, kept searches and the ledger's backup. They "
                   "may be bought again, while they are free at no credit. What was paid stays in "
                   "the ledger, by ids. Those of a call in doubt stay for now. This cannot be "
                   "undone.");
    ask_purge(l, str_text(&text));
    str_free(&text);
    return true;
}
