// A listening socket on this machine only. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_LISTENER_H
#define LODE_SANDBOX_LISTENER_H

#include <stdint.h>

#include "base/err.h"

// A socket that listens on 127.0.0.1; *port 0 becomes the port it got. The caller closes it. -1
// with *e filled: ERR_STORAGE where the port is taken. No other address can be asked for: the data
// are invented, but the account is real to those who test with it.
int listener_open(uint16_t *port, struct err *e);

#endif
