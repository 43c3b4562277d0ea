// An e-mail address as a hash that names it without saying it. Any thread. Floor: auth.
#ifndef LODE_AUTH_DIGEST_H
#define LODE_AUTH_DIGEST_H

enum { DIGEST_MAX = 65, DIGEST_LONG_MAX = 129, DIGESTS = 4 };

// SHA-256, in hexadecimal, of the address without blanks around it and in small letters. Returns
// out.
char *digest_email(const char *email, char out[static DIGEST_MAX]);
// The same by each kind of hash that a file may name an address by: SHA-256 first, then MD5, SHA-1
// and SHA-512; "" where OpenSSL does not give one.
void digest_email_all(const char *email, char out[static DIGESTS][DIGEST_LONG_MAX]);

#endif
