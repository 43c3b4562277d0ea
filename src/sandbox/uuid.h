// Names for calls. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_UUID_H
#define LODE_SANDBOX_UUID_H

enum { UUID_LEN = 36 };

// A random UUID, RFC 4122 version 4.
void uuid_new(char out[static UUID_LEN + 1]);

#endif
