// POST /search/contact and /search/company. FACTS 5. The two output fields that a row has only on
// demand are not the account's to ask for. The thread of the connection. Floor: sandbox.
#include "sandbox/handlers.h"

#include "sandbox/account.h"
#include "sandbox/refusal.h"
#include "sandbox/sandbox.h"
#include "sandbox/search/search.h"
#include "sandbox/world/json.h"

static void add_page(const struct sandbox *s, enum search_entity entity,
                     const struct search_result *page, struct str *out)
{
    str_addf(out, "{\"maxResults\":%u,\"totalResults\":%u,\"currentPage\":%u,\"data\":[",
             page->max_results, page->n_rows, page->page);
    for (uint32_t i = 0; i < page->n_rows; i++) {
        if (i)
            str_add_char(out, ',');
        if (entity == SEARCH_CONTACT)
            world_contact_row_json(s->world, page->rows[i], 0, out);
        else
            world_company_row_json(s->world, page->rows[i], out);
    }
    str_add(out, "]}");
}

static void search(struct sandbox *s, enum search_entity entity, const char *name,
                   const struct request *r, struct reply *reply)
{
    json_t *body = request_json(r, reply);
    struct search_result page;
    struct search_error wrong = {0};
    enum account_outcome outcome;

    if (!body)
        return;
    if (!search_run(s->search, entity, body, &page, &wrong)) {
        refusal_search(reply, &wrong);
    } else {
        outcome = account_search(s->account, name, reply->id, sandbox_now_ms(s));
        if (outcome == ACCOUNT_DONE)
            add_page(s, entity, &page, &reply->body);
        else
            refusal_account(reply, outcome, name);
    }
    json_decref(body);
}

void search_contact_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    search(s, SEARCH_CONTACT, "contact", r, reply);
}

void search_company_handle(struct sandbox *s, const struct request *r, struct reply *reply)
{
    search(s, SEARCH_COMPANY, "company", r, reply);
}
