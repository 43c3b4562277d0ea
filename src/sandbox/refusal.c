// Answers that say no. The thread of the connection. Floor: sandbox.
#include "sandbox/refusal.h"

#include <stdio.h>

#include "sandbox/search/search.h"

void refusal_search(struct reply *reply, struct search_error *error)
{
    reply->status = error->status;
    str_clear(&reply->body);
    search_error_json(error, &reply->body);
    search_error_free(error);
}

void refusal_names(struct reply *reply, const char *text, const char *key, json_t *names)
{
    struct search_error error = {.status = 400, .names_key = key, .names = names};

    (void)snprintf(error.text, sizeof(error.text), "%s", text);
    refusal_search(reply, &error);
}

void refusal_account(struct reply *reply, enum account_outcome outcome, const char *entity)
{
    switch (outcome) {
    case ACCOUNT_NO_CREDITS:
        reply_error(reply, 400,
                    str_eq(entity, "contact") ? "Exceeded the max limit to enrich new Contacts"
                                              : "Exceeded the max limit to enrich new Companies");
        break;
    case ACCOUNT_NO_RECORDS:
        reply_error(reply, 403, "You have used up your record limit");
        break;
    case ACCOUNT_NO_REQUESTS:
        reply_error(reply, 403, "You have used up your request limit");
        break;
    default:
        reply_error(reply, 500, "Something went wrong on our side; nothing was charged");
    }
}
