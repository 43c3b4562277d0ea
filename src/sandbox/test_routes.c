// /_sandbox/...: what tests ask and set; no part of the API. The thread of the connection.
// Floor: sandbox.
#include "sandbox/handlers.h"

#include <inttypes.h>

#include "sandbox/account.h"
#include "sandbox/fault.h"
#include "sandbox/limits.h"
#include "sandbox/refusal.h"
#include "sandbox/sandbox.h"
#include "sandbox/search/search.h"
#include "sandbox/stats.h"
#include "sandbox/world/world.h"

// ?summary=1: the totals only. ?after=N: charges with a sequence above N.
void audit_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    const char *summary = request_query(r, "summary"), *text = request_query(r, "after");
    long long after = 0;
    struct err e;

    if (text && (!str_int64(text, &after) || after < 0))
        reply_error(reply, 400, "after is the sequence of a charge");
    else if (!account_audit(s->account, summary && str_eq(summary, "1"), (uint64_t)after,
                            &reply->body, &e))
        reply_error(reply, 500, e.text);
}

void stats_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    (void)r;
    stats_json(s->stats, route_name, &reply->body);
}

static json_t *why_body(const struct request *r, struct reply *reply)
{
    const char *text = request_query(r, "body");
    struct request in_query = *r;
    json_t *body;

    if (!text)
        return request_json(r, reply);
    in_query.body = (struct str){0};
    str_add(&in_query.body, text);
    body = request_json(&in_query, reply);
    str_free(&in_query.body);
    return body;
}

// ?entity=contact|company&id=N, and a search body: as that of the request, or as &body=.
void why_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    const char *entity = request_query(r, "entity"), *id_text = request_query(r, "id");
    struct search_error wrong = {0};
    enum search_entity which;
    json_t *body;
    long long id;

    if (!entity || !id_text || !str_int64(id_text, &id) ||
        !(str_eq(entity, "contact") || str_eq(entity, "company"))) {
        reply_error(reply, 400, "why takes entity=contact or company, an id, and a body");
        return;
    }
    body = why_body(r, reply);
    if (!body)
        return;
    which = str_eq(entity, "contact") ? SEARCH_CONTACT : SEARCH_COMPANY;
    if (!search_why(s->search, which, body, id, &reply->body, &wrong))
        refusal_search(reply, &wrong);
    json_decref(body);
}

static bool is_wanted(const struct world *w, bool contacts, bool opted_out, uint32_t row)
{
    bool has_opted_out = contacts && w->contacts.flags[row] & CONTACT_OPT_OUT;

    return has_opted_out == opted_out;
}

// ?entity=contact|company[&n=N][&optedOut=1]: the first N (25) that an enrich by id finds, or those
// that opted out.
void ids_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    const char *entity = request_query(r, "entity"), *n_text = request_query(r, "n");
    bool opted_out = request_query(r, "optedOut"), contacts = entity && str_eq(entity, "contact");
    uint32_t rows = contacts ? s->world->n_contacts : s->world->n_companies;
    long long n = 25, found = 0;

    if (!entity || (n_text && !str_int64(n_text, &n)) || !(contacts || str_eq(entity, "company"))) {
        reply_error(reply, 400, "ids takes entity=contact or company, and n");
        return;
    }
    str_add(&reply->body, "{\"ids\":[");
    for (uint32_t row = 0; row < rows && found < n; row++) {
        if (is_wanted(s->world, contacts, opted_out, row))
            str_addf(&reply->body, "%s%" PRId64, found++ ? "," : "",
                     contacts ? world_contact_id(s->world, row) : world_company_id(s->world, row));
    }
    str_add(&reply->body, "]}");
}

static bool may_fault(const struct sandbox *s, struct reply *reply)
{
    if (!s->faults)
        reply_error(reply, 409, "started without --faults: give --faults '' to set them later");
    return s->faults;
}

void faults_show_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    (void)r;
    if (may_fault(s, reply))
        faults_json(s->faults, &reply->body);
}

// The body is rules, in place of those before.
void faults_set_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    struct err e;

    if (!may_fault(s, reply))
        return;
    if (faults_set(s->faults, str_text(&r->body), &e))
        faults_json(s->faults, &reply->body);
    else
        reply_error(reply, 400, e.text);
}

// The account, the limits, the stats and the counts of the rules start anew; the rules stay.
void reset_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    struct err e;

    (void)r;
    limits_reset(s->limits);
    stats_reset(s->stats);
    if (s->faults)
        faults_reset(s->faults);
    if (account_reset(s->account, &e))
        str_add(&reply->body, "{\"success\":true}");
    else
        reply_error(reply, 500, e.text);
}
