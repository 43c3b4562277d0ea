// One charging call's life inside an enrich run: records picked, its turn come, intent written,
// sent, answered, settled. Floor: flow.
#ifndef LODE_FLOW_BATCH_H
#define LODE_FLOW_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/enrich.h"
#include "flow/app.h"
#include "flow/selection.h"
#include "model/quote.h"
#include "store/ledger.h"

enum { BATCH_MAX = 25 };

// Where a batch is while it is not its owner's.
enum batch_stage {
    BATCH_WAITS,    // with the network, until its turn has come: the ledger knows nothing of it
    BATCH_DECLINED, // with the network: it is not sent after all
    BATCH_INTENDED, // with the store: nothing has left yet
    BATCH_SENT,     // with the network
    BATCH_ANSWERED, // with a worker
    BATCH_SETTLED,  // with the store
    BATCH_STAGES
};

// Calls that are under way together, from when none was until none is.
struct stretch {
    int64_t first;             // its charge; 0: none stands in the ledger yet
    struct usage before;       // what the account's meters said then
    struct meters_moved moved; // since, as far as answers told
};

struct batch {
    struct charge_task charge; // to the store and the workers, and back on the queue
    enum batch_stage stage;
    struct app *app;
    const struct entity *entity;
    const char *ids[BATCH_MAX]; // the selection's
    struct enrich_input inputs[BATCH_MAX];
    size_t rows[BATCH_MAX];  // their places in the selection
    size_t lines[BATCH_MAX]; // where they stand in a file; 0: in none
    size_t n;
    int64_t job;                 // 0: of none
    const char *origin;          // the order's, or NULL
    long long reserved;          // credits it may cost
    long long least;             // credits it will cost at least, as the quote said
    size_t standings[STANDINGS]; // how many records stand where
    size_t turn;                 // its number among the run's
    bool alone;                  // no other call of the run was under way when it was begun
    bool intended;               // it stands in the ledger
    char *operation;             // "POST /enrich/contact"; owned
    char *why;           // what the quote said of its records, and the lines they stand in; owned,
                         // NULL before the intent
    char *meters_before; // what remained when it was begun; owned, NULL: not told
    struct usage before; // the same
    char *fields_key;    // asked for; owned
    int64_t given_ms;    // to the network, UTC
    struct net_request *request;

    // Once it is answered:
    enum charge_state state;
    struct err err; // why it is not CHARGE_CHARGED
    struct enrich_answer answer;
    struct bought bought[BATCH_MAX];
    long long records;
    struct usage told;         // what remained
    char *meters;              // the same for the ledger; NULL: not told
    struct meters_moved moved; // by it, where it was alone
    struct str refused_fields; // those the account may not buy, where that was the reason
    size_t n_handy;            // records that are still to be handed out of it
};

// It comes back on reply after each of the steps below.
struct batch *batch_new(struct app *a, const struct entity *entity, struct queue *reply);
void batch_free(struct batch *b);
// What is only of use until the answer is counted.
void batch_forget_request(struct batch *b);
// credits: what the record may cost.
void batch_add(struct batch *b, struct enrich_input input, size_t row, enum standing standing,
               long long credits);
// The same records with the same terms once more, as a batch of its own.
struct batch *batch_again(const struct batch *b, struct queue *reply);
// What came back on the queue.
struct batch *batch_of(struct job *job);
// Has the network say when the batch could leave (b->request->at_turn), so that an intent is never
// older than that. until ends the waiting.
void batch_wait(struct batch *b, struct cancel *until);
// Writes the intent, durable before anything is sent. b->charge.task says whether it was.
void batch_intend(struct batch *b);
// Gives the batch's request to the network.
void batch_send(struct batch *b, const struct selection *s);
// Gives up its turn, as b->err says.
void batch_decline(struct batch *b);
// Ends the charge of one that was declined after its intent.
void batch_release(struct batch *b);
// Has a worker read the answer: what it means for the charge.
void batch_read(struct batch *b);
// Ends the charge in the ledger. Where that fails the batch is in doubt. together: the calls that
// were under way meanwhile, which it adds its meters to; NULL: there was none, so that what the
// meters moved by is its own.
void batch_settle(struct batch *b, struct stretch *together);

#endif
