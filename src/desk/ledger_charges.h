// The ledger's charges as the explorer looks at them: which fit what was asked for, the rows that
// are looked at, one in full, exported, sent again. UI thread. Floor: desk.
#ifndef LODE_DESK_LEDGER_CHARGES_H
#define LODE_DESK_LEDGER_CHARGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "flow/charges.h"
#include "flow/reconcile.h"
#include "model/page.h"

struct desk;

enum charges_state {
    CHARGES_NONE,  // nobody has looked yet
    CHARGES_ASKED, // being looked for; what was found before stays
    CHARGES_THERE,
    CHARGES_FAILED
};

// One charge in full.
struct charge_told {
    uint64_t number; // grows with each that came
    struct ledger_row row;
    struct charge_records records; // labels of what is not owned: as the marks know them
    struct page texts;             // of the row
};

// What the meters told of what was in doubt, the last time they were asked.
struct charges_judged {
    uint64_t number; // grows with each time
    struct judged *all;
    size_t n;
    struct charge_told *told; // the first of them in full
    size_t n_told;
};

struct charges_view {
    enum charges_state state;
    struct err err;
    char *typed;    // what was asked for, or NULL: all; owned
    size_t n;       // that fit, newest first
    uint64_t found; // grows whenever other rows stand here
    struct charge_told told;
    struct charges_judged judged;
    struct charges_private *private;
};

// Looks for charges; NULL or "": all. ERR_INVALID says what cannot be asked for.
bool desk_charges_find(struct desk *d, const char *typed, struct err *e);
// Rows first..first+n-1 are on the screen: reads what is missing of them.
void desk_charges_look(struct desk *d, size_t first, size_t n);
// NULL where it was not read yet. Its texts live until the next desk_serve().
const struct ledger_row *desk_charge(const struct desk *d, size_t at);
// The number of the charge at a place, 0: none; and where it stands, or n where it is not among
// those that fit.
int64_t desk_charge_id(const struct desk *d, size_t at);
size_t desk_charge_place(const struct desk *d, int64_t id);
// Reads one in full: told holds it then.
void desk_charge_tell(struct desk *d, int64_t id);
// Writes those that fit to a file in the format its ending names, CSV where it has none, as a task.
// ERR_INVALID where its ending stands for no format, ERR_EXISTS where the file exists and replace is false.
bool desk_charges_export(struct desk *d, const char *path, bool replace, struct err *e);
// Quotes the records of a charge whose answer never came, by id, to be sent again where that is
// bought; 0: of all charges in doubt of the entity that is looked at. Sends nothing by itself.
bool desk_resend(struct desk *d, int64_t charge, const struct entity *entity, struct err *e);

#endif
