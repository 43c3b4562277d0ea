// What the ledger pane does: sifting, one charge in full, export, sending again what is in doubt.
// UI thread. Floor: ui/pane.
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "ui/pane/actions.h"
#include "ui/pane/ledger_pane.h"

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    table_step(p, &ledger_of(p)->view, ledger_of(p)->w, line);
    ledger_remember(ledger_of(p));
    return true;
}

static const struct ledger_row *row_here(const struct ledger_pane *l, struct err *e)
{
    const struct ledger_row *row = desk_charge(l->pane.desk, l->view.rows.at);

    if (!row)
        (void)err_set(e, ERR_INVALID, "there is no charge here");
    return row;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    const struct ledger_row *row = row_here(ledger_of(p), e);

    (void)line;
    if (!row)
        return false;
    ledger_of(p)->telling = row->id;
    desk_charge_tell(p->desk, row->id);
    return true;
}

static bool sift(struct pane *p, const char *text, struct err *e)
{
    if (!desk_charges_find(p->desk, text, e))
        return false;
    ledger_of(p)->id = 0;
    return true;
}

// `find TEXT` and `filter-rows TEXT`: only those that hold it.
static bool find(struct pane *p, const struct line *line, struct err *e)
{
    struct str text = {0};
    bool ok;

    action_text(line, &text);
    ok = sift(p, str_text(&text), e);
    str_free(&text);
    return ok;
}

static bool all_rows(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return sift(p, NULL, e);
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return p->desk->charges.typed ? sift(p, NULL, e) : action_up(e);
}

// The row as one line, tabs between; the request id is what the vendor's support asks for.
static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    const struct ledger_row *row = row_here(ledger_of(p), e);
    struct str text = {0};
    struct charge_cells c;

    (void)line;
    if (!row)
        return false;
    charge_cells(row, &c);
    for (size_t i = 0; i < c.n; i++)
        str_addf(&text, "%s%s", i ? "\t" : "", c.cells[i]);
    if (host_copy(p->host, str_text(&text)))
        host_say(p->host, ROLE_TEXT, "Copied charge %lld.", (long long)row->id);
    str_free(&text);
    return true;
}

static bool copy_cell(struct pane *p, const struct line *line, struct err *e)
{
    const struct ledger_row *row = row_here(ledger_of(p), e);

    (void)line;
    if (!row)
        return false;
    if (!*row->request_id)
        return err_set(e, ERR_NOT_FOUND, "this charge has no request id: no answer named one");
    if (host_copy(p->host, row->request_id))
        host_say(p->host, ROLE_TEXT, "Copied the request id %s.", row->request_id);
    return true;
}

static bool write_charges(struct pane *p, const char *path, bool replace, struct err *e)
{
    return desk_charges_export(p->desk, path, replace, e);
}

// `export [FILE]`: what the filter shows.
static bool export(struct pane *p, const struct line *line, struct err *e)
{
    struct ledger_pane *l = ledger_of(p);

    if (!p->desk->charges.n)
        return err_set(e, ERR_INVALID, "there is no charge to write");
    if (line->n > 2)
        return line_fault(e, &line->words[1], "in the ledger it goes: export [FILE]");
    l->file.pane = p;
    l->file.write = write_charges;
    write_file(&l->file, line->n == 2 ? line->words[1].text : NULL, "Write these charges",
               "ledger.csv");
    return true;
}

// Asks the meters, and shows what they tell of each call.
static bool reconcile(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    ledger_of(p)->judging = desk_reconcile(p->desk, e);
    return ledger_of(p)->judging;
}

// `resend [all]`: their quote. Nothing is sent before that is bought.
static bool resend(struct pane *p, const struct line *line, struct err *e)
{
    struct ledger_pane *l = ledger_of(p);
    bool all = line->n > 1;
    const struct ledger_row *row = all ? NULL : row_here(l, e);

    if (all && !str_eq(line->words[1].text, "all"))
        return line_fault(e, &line->words[1], "it goes: resend [all]");
    if (!all && !row)
        return false;
    if (!all && !ledger_row_unanswered(row))
        return err_set(e, ERR_INVALID,
                       "charge %lld is not in doubt: nothing of it is to be sent again",
                       (long long)row->id);
    if (!desk_resend(p->desk, all ? 0 : row->id, all ? NULL : entity_find(row->entity), e))
        return false;
    host_open(p->host, "quote");
    return true;
}

const struct pane_action ledger_actions[] = {
    MOVES_TO(move),         {"choose", choose}, {"find", find},           {"filter-rows", find},
    {"all-rows", all_rows}, {"back", back},     {"copy-row", copy_row},   {"copy-cell", copy_cell},
    {"export", export},     {"resend", resend}, {"reconcile", reconcile}, {NULL, NULL},
};

static bool is_there(const struct ledger_pane *l)
{
    return desk_charge(l->pane.desk, l->view.rows.at);
}

static bool is_unanswered(const struct ledger_pane *l)
{
    const struct ledger_row *row = desk_charge(l->pane.desk, l->view.rows.at);

    return row && ledger_row_unanswered(row);
}

static bool is_sifted(const struct ledger_pane *l)
{
    return l->pane.desk->charges.typed;
}

static bool has_any(const struct ledger_pane *l)
{
    return l->pane.desk->charges.n || is_sifted(l);
}

static bool has_charges(const struct ledger_pane *l)
{
    return l->pane.desk->charges.n;
}

bool ledger_offers(const struct pane *p, const char *command)
{
    static const struct {
        const char *command;
        bool (*can)(const struct ledger_pane *l);
    } rows[] = {{"choose", is_there},      {"copy-row", is_there},  {"copy-cell", is_there},
                {"resend", is_unanswered}, {"all-rows", is_sifted}, {"find", has_any},
                {"filter-rows", has_any},  {"reconcile", has_any},  {"export", has_charges}};

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (str_eq(rows[i].command, command))
            return rows[i].can((const struct ledger_pane *)p);
    }
    return true;
}
