// One free request as it stands, for the curious. Floor: flow.
#include "flow/raw.h"

#include "api/answer.h"
#include "api/operation.h"

// A literal for the method, as requests want it; NULL for one that no free operation has.
static const char *method_literal(const char *method)
{
    if (str_eq_case(method, "GET"))
        return "GET";
    return str_eq_case(method, "POST") ? "POST" : NULL;
}

static bool allowed(const char *method, const char *path, struct err *e)
{
    const struct operation *op = method ? operation_find(method, path) : NULL;

    if (!op)
        return err_set(e, ERR_REFUSED,
                       "%s is no operation that Lode knows to be free, so it was not sent", path);
    if (op->charges)
        return err_set(e, ERR_REFUSED,
                       "%s %s charges credits or records, so it was not sent; lode enrich does it "
                       "for contacts and companies, with --max-credits",
                       op->method, path);
    return true;
}

bool raw_call(struct app *a, const char *method, const char *path, const char *body, int *status,
              struct str *out, struct err *e)
{
    const char *verb = method_literal(method);
    struct net_request *r;
    bool ok;

    if (!allowed(verb, path, e) || !app_need_net(a, e))
        return false;
    r = net_request_new(verb, str_format("%s%s", a->config.base_url, path));
    r->repeat = NET_FREE;
    if (*body) {
        str_add(&r->body, body);
        r->content_type = "application/json";
    }
    ok = app_call(a, r, e) && answer_check(r, e);
    *status = r->status;
    str_add_len(out, str_text(&r->answer), r->answer.len);
    net_request_free(r);
    return ok;
}
