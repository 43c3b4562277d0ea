// Names for calls. Any thread. Floor: sandbox.
#include "sandbox/uuid.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

void uuid_new(char out[static UUID_LEN + 1])
{
    static const char shape[] = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx",
                      digits[] = "0123456789abcdef";
    unsigned char random[UUID_LEN];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        abort();
    memcpy(out, shape, sizeof(shape));
    for (char *p = out; *p; p++) {
        if (*p == 'x')
            *p = digits[random[p - out] & 15];
        else if (*p == 'y')
            *p = digits[8 | (random[p - out] & 3)];
    }
}
