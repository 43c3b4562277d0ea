// Subcommands as one const table: name, arguments, options, what they need, whether they spend.
// Help, man page and completions are made from it; one gate tests what a row asks for. Main thread.
// Floor: cli.
#ifndef LODE_CLI_COMMAND_H
#define LODE_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/opt.h"
#include "flow/app.h"
#include "model/entity.h"

enum command_need {
    NEED_NONE,
    NEED_LOGIN,   // somebody who signs in now
    NEED_ACCOUNT, // a base URL or the sandbox; signing in is the command's own affair
    NEED_STORE,
    NEED_API, // a base URL or the sandbox, and somebody to sign in
};

enum { REQUESTS_MAX = 1000000 };  // of --max-requests
enum { CREDITS_MAX = 100000000 }; // of --max-credits

struct account;
struct cli_screen;
struct invocation;

struct command {
    const char *name;
    const char *args;  // as help shows them, "" for none
    const char *help;  // one line
    const char *about; // a few sentences for its own help and the man page
    const struct opt *options;
    size_t min_args, max_args; // after the name; --query may stand for the first
    enum command_need need;
    bool spends; // goes only with --max-credits, and claims the ledger itself before it buys
    // The exit status; failures go through cli_fail().
    int (*run)(struct invocation *in);
};

struct invocation {
    const struct command *command;
    struct opts opts;
    char **args; // after the command's name
    size_t n_args;
    struct app app;
    struct account *account; // NULL where the command needs none
    bool quiet;
    const char *format; // of output where the line says none; NULL: a table
    const struct cli_screen *screen;
};

// Ended by a row whose name is NULL.
const struct command *command_all(void);
const struct command *command_find(const char *name);
// Options that every command takes.
const struct opt *command_global_options(void);

// The entity of that name; NULL with *e filled.
const struct entity *cli_entity(const char *name, struct err *e);
// The entity named by the first argument, which must be there; NULL with *e filled.
const struct entity *invocation_entity(const struct invocation *in, struct err *e);

int command_count(struct invocation *in);
int command_doctor(struct invocation *in);
int command_enrich(struct invocation *in);
int command_export(struct invocation *in);
int command_fields(struct invocation *in);
int command_help(struct invocation *in);
int command_jobs(struct invocation *in);
int command_keys(struct invocation *in);
int command_ledger(struct invocation *in);
int command_library(struct invocation *in);
int command_login(struct invocation *in);
int command_logout(struct invocation *in);
int command_lookup(struct invocation *in);
int command_profiles(struct invocation *in);
int command_quote(struct invocation *in);
int command_raw(struct invocation *in);
int command_sandbox(struct invocation *in);
int command_search(struct invocation *in);
int command_searches(struct invocation *in);
int command_status(struct invocation *in);
int command_usage(struct invocation *in);

#endif
