// An e-mail address as a hash. Any thread. Floor: auth.
#include "auth/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "net/openssl.h"

char *digest_email(const char *email, char out[static DIGEST_MAX])
{
    char *copy = mem_strdup(email), *plain = str_trim(copy);
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    for (char *p = plain; *p; p++)
        *p = str_lower(*p);
    (void)openssl()->EVP_Digest(plain, strlen(plain), hash, &len, openssl()->EVP_sha256(), NULL);
    free(copy);
    out[0] = '\0';
    for (unsigned i = 0; i < len && 2 * i + 2 < DIGEST_MAX; i++)
        (void)snprintf(out + 2 * (size_t)i, 3, "%02x", hash[i]);
    return out;
}
