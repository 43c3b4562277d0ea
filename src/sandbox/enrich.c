// POST /enrich/contact and /enrich/company. FACTS 3 and 6. Assumptions: only FULL_MATCH is charged,
// as only it is a found person; CONTACT_ONLY_MATCH brings no data, COMPANY_ONLY_MATCH the company's
// half for nothing; where no input suffices the whole request is refused. The thread of the
// connection. Floor: sandbox.
#include "sandbox/handlers.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "sandbox/facts/contract.h"
#include "sandbox/enrich_check.h"
#include "sandbox/refusal.h"
#include "sandbox/sandbox.h"
#include "sandbox/world/world.h"
#include "sandbox/world/match.h"

// One input and what becomes of it.
struct row {
    struct world_match match;
    const char *status; // of the wire
    bool found;         // its record is to be charged and answered
};

struct batch {
    const struct sandbox *sandbox;
    const struct enrich_kind *kind;
    struct enrich_request request;
    struct row rows[ENRICH_INPUTS_MAX];
    size_t n;
};

static const struct enrich_kind contact = {WORLD_CONTACT, "contact", "/enrich/contact",
                                           "matchPersonInput"};
static const struct enrich_kind company = {WORLD_COMPANY, "company", "/enrich/company",
                                           "matchCompanyInput"};

static uint32_t record_of(const struct batch *b, const struct row *row)
{
    return b->kind->entity == WORLD_CONTACT ? row->match.contact : row->match.company;
}

static int64_t id_of(const struct batch *b, const struct row *row)
{
    const struct world *w = b->sandbox->world;

    return b->kind->entity == WORLD_CONTACT ? world_contact_id(w, row->match.contact)
                                            : world_company_id(w, row->match.company);
}

static bool has_required(const struct batch *b, uint32_t record)
{
    const struct world_fields *required = &b->request.required;

    for (int i = world_fields_next(required, 0); i >= 0; i = world_fields_next(required, i + 1)) {
        if (!world_record_has(b->sandbox->world, b->kind->entity, record, (size_t)i))
            return false;
    }
    return true;
}

static void match(struct batch *b)
{
    const struct world *w = b->sandbox->world;

    b->n = json_array_size(b->request.inputs);
    for (size_t i = 0; i < b->n; i++) {
        const json_t *input = json_array_get(b->request.inputs, i);
        struct row *row = &b->rows[i];

        row->match = b->kind->entity == WORLD_CONTACT ? world_match_contact(w, input)
                                                      : world_match_company(w, input);
        row->status = world_match_text(row->match.status);
        row->found = row->match.status == MATCH_FULL;
        if (row->found && !has_required(b, record_of(b, row))) {
            row->found = false;
            row->status = "NON_MATCH_BY_REQUIRED_FIELDS";
        }
    }
}

static bool any_suffices(const struct batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        if (b->rows[i].match.status != MATCH_INSUFFICIENT)
            return true;
    }
    return false;
}

// Charges for what was found; rows that the account has no room for are found no more.
static enum account_outcome charge(struct batch *b, struct account *account, const char *request_id)
{
    struct account_record records[ENRICH_INPUTS_MAX];
    enum account_outcome outcome;
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) {
        if (b->rows[i].found)
            records[n++] = (struct account_record){.id = id_of(b, &b->rows[i])};
    }
    outcome =
        account_enrich(account, b->kind->name, request_id, sandbox_now_ms(b->sandbox), records, n);
    n = 0;
    for (size_t i = 0; i < b->n; i++) {
        struct row *row = &b->rows[i];

        if (row->found && !records[n++].granted) {
            row->found = false;
            row->status = "LIMIT_EXCEEDED";
        }
    }
    return outcome;
}

static void lower(struct str *text, size_t from)
{
    for (size_t i = from; i < text->len; i++)
        text->data[i] = (char)tolower((unsigned char)text->data[i]);
}

// Names and values in lower case, ASCII letters only: an assumption.
static void add_lowered(const json_t *value, struct str *out)
{
    char *text = json_dumps(value, JSON_COMPACT);
    size_t from = out->len;

    str_add(out, text);
    lower(out, from);
    free(text);
}

static void add_record(const struct batch *b, const struct row *row, struct str *out)
{
    const struct world *w = b->sandbox->world;
    const struct world_match *m = &row->match;
    const struct world_fields *fields = &b->request.output;

    if (b->kind->entity == WORLD_COMPANY && row->found)
        world_company_enrich_json(w, m->company, fields, out);
    else if (row->found)
        world_contact_enrich_json(w, m->contact, m->company, PART_BOTH, fields, out);
    else if (m->status == MATCH_COMPANY_ONLY)
        world_contact_enrich_json(w, WORLD_NONE, m->company, PART_COMPANY, fields, out);
}

static void answer(const struct batch *b, struct str *out)
{
    str_add(out, "{\"success\":true,\"data\":{\"outputFields\":[");
    add_lowered(b->request.output_names, out);
    str_add_char(out, ']');
    if (b->request.required_names) {
        str_add(out, ",\"requiredFields\":[");
        add_lowered(b->request.required_names, out);
        str_add_char(out, ']');
    }
    str_add(out, ",\"result\":[");
    for (size_t i = 0; i < b->n; i++) {
        const struct row *row = &b->rows[i];

        str_add(out, i ? ",{\"input\":" : "{\"input\":");
        add_lowered(json_array_get(b->request.inputs, i), out);
        str_add(out, ",\"data\":[");
        add_record(b, row, out);
        str_add(out, "],\"matchStatus\":\"");
        str_add(out, row->status);
        str_add(out, "\"}");
    }
    str_add(out, "]}}");
}

static void serve(struct batch *b, struct account *account, struct reply *reply)
{
    enum account_outcome outcome;

    match(b);
    if (!any_suffices(b)) {
        reply_error(reply, 400, "There is insufficient information for this request");
        return;
    }
    outcome = charge(b, account, reply->id);
    if (outcome == ACCOUNT_DONE)
        answer(b, &reply->body);
    else
        refusal_account(reply, outcome, b->kind->name);
}

static void enrich(struct sandbox *s, const struct enrich_kind *kind, const struct request *r,
                   struct reply *reply)
{
    struct batch batch = {.sandbox = s, .kind = kind};
    json_t *body = request_json(r, reply);

    if (body && enrich_check(kind, contract_find(s->contract, "POST", kind->path), body,
                             &batch.request, reply))
        serve(&batch, s->account, reply);
    json_decref(body);
}

void enrich_contact_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    enrich(s, &contact, r, reply);
}

void enrich_company_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    enrich(s, &company, r, reply);
}
