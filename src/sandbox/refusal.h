// Answers that say no. FACTS 7. The thread of the connection. Floor: sandbox.
#ifndef LODE_SANDBOX_REFUSAL_H
#define LODE_SANDBOX_REFUSAL_H

#include "sandbox/account.h"
#include "sandbox/request.h"

struct search_error;

// Answers with the error and frees what it holds.
void refusal_search(struct reply *reply, struct search_error *error);
// What the account refused; entity "contact" or "company".
void refusal_account(struct reply *reply, enum account_outcome outcome, const char *entity);
// 400 with the names under key ("invalidOutputFields"); takes names over.
void refusal_names(struct reply *reply, const char *text, const char *key, json_t *names);

#endif
