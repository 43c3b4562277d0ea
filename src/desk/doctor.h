// The doctor on the desk: its checks one after the other, each as it is known. UI thread.
// Floor: desk.
#ifndef LODE_DESK_DOCTOR_H
#define LODE_DESK_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/doctor.h"

struct desk;

struct doctor_view {
    struct doctor_result *items; // room for doctor_count() of them, owned; NULL: it was never asked
    size_t known;                // how many of them there are
    bool running;
};

// Looks at everything anew; comes back as DESK_ACCOUNT, a check at a time.
void desk_doctor(struct desk *d);
// What is wrong in lode.conf, a sentence a line, for it to tell.
void desk_doctor_faults(struct desk *d, const char *faults);

#endif
