// The doctor's checks, by what they look at. For doctor*.c only. Floor: flow.
#ifndef LODE_FLOW_DOCTOR_INSIDE_H
#define LODE_FLOW_DOCTOR_INSIDE_H

#include "flow/doctor.h"

typedef void doctor_run(struct doctor *d, struct doctor_result *out);

// One finding; the text by printf.
void doctor_find(struct doctor_result *out, enum doctor_state state, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

doctor_run doctor_keyring, doctor_key;                                           // doctor_secrets.c
doctor_run doctor_dns, doctor_tls, doctor_clock, doctor_sign_in, doctor_account; // doctor_network.c
doctor_run doctor_limits;                                                        // doctor_limits.c
doctor_run doctor_terminal, doctor_config, doctor_store, doctor_retention;       // doctor.c

#endif
