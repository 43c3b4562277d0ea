// What the parts of lode library share. Main thread. Floor: cli.
#ifndef LODE_CLI_LIBRARY_COMMAND_H
#define LODE_CLI_LIBRARY_COMMAND_H

#include "cli/command.h"
#include "flow/library_wish.h"
#include "flow/selection.h"

// One of its actions: args are those behind the entity.
struct library_action {
    const char *name;
    size_t min_args, max_args;
    bool by_id; // the first of them is the id of a record
    int (*run)(struct invocation *in, const struct entity *entity, char **args, size_t n);
};

// What the options and words ask for of the library; false with *e for a bad value.
bool library_wish(const struct invocation *in, const struct entity *entity, char *const *words,
                  size_t n, struct library_wish *out, struct err *e);
// How many options say which records are meant.
size_t library_sifts(const struct invocation *in);
// ERR_INVALID where what is past retention is asked for, and none is set.
bool library_retains(const struct invocation *in, struct err *e);
// The records an action is about: ids in args, --from, or what the options ask for; at least one
// of these must be given. ERR_INVALID names a word that is no id.
bool library_chosen(struct invocation *in, const struct entity *entity, char *const *args, size_t n,
                    struct selection *out, struct err *e);

// library_read_command.c: what only reads.
int library_search_action(struct invocation *in, const struct entity *entity, char **args,
                          size_t n);
int library_expiring_action(struct invocation *in, const struct entity *entity, char **args,
                            size_t n);
int library_show_action(struct invocation *in, const struct entity *entity, char **args, size_t n);
int library_history_action(struct invocation *in, const struct entity *entity, char **args,
                           size_t n);

// library_edit_command.c: what changes the library.
int library_tag_action(struct invocation *in, const struct entity *entity, char **args, size_t n);
int library_untag_action(struct invocation *in, const struct entity *entity, char **args, size_t n);
int library_note_action(struct invocation *in, const struct entity *entity, char **args, size_t n);
int library_refresh_action(struct invocation *in, const struct entity *entity, char **args,
                           size_t n);
int library_purge_action(struct invocation *in, const struct entity *entity, char **args, size_t n);
int library_suppress_action(struct invocation *in, const struct entity *entity, char **args,
                            size_t n);

#endif
