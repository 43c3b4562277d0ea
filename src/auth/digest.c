// An e-mail address as a hash. Any thread. Floor: auth.
#include "auth/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "net/openssl.h"

// The address without blanks around it and in small letters; the caller frees it.
static char *normal(const char *email)
{
    char *copy = mem_strdup(email), *plain = mem_strdup(str_trim(copy));

    free(copy);
    for (char *p = plain; *p; p++)
        *p = str_lower(*p);
    return plain;
}

static void hash(const char *text, const EVP_MD *kind, char *out, size_t max)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (!openssl()->EVP_Digest(text, strlen(text), bytes, &len, kind, NULL))
        len = 0;
    out[0] = '\0';
    for (unsigned i = 0; i < len && 2 * i + 2 < max; i++)
        (void)snprintf(out + 2 * (size_t)i, 3, "%02x", bytes[i]);
}

char *digest_email(const char *email, char out[static DIGEST_MAX])
{
    char *plain = normal(email);

    hash(plain, openssl()->EVP_sha256(), out, DIGEST_MAX);
    free(plain);
    return out;
}

void digest_email_all(const char *email, char out[static DIGESTS][DIGEST_LONG_MAX])
{
    const EVP_MD *const kinds[DIGESTS] = {openssl()->EVP_sha256(), openssl()->EVP_md5(),
                                          openssl()->EVP_sha1(), openssl()->EVP_sha512()};
    char *plain = normal(email);

    for (size_t i = 0; i < DIGESTS; i++)
        hash(plain, kinds[i], out[i], DIGEST_LONG_MAX);
    free(plain);
}
