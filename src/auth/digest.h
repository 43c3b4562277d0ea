// An e-mail address as a hash that names it without saying it. Any thread. Floor: auth.
#ifndef LODE_AUTH_DIGEST_H
#define LODE_AUTH_DIGEST_H

enum { DIGEST_MAX = 65 };

// SHA-256, in hexadecimal, of the address without blanks around it and in small letters. Returns
// out.
char *digest_email(const char *email, char out[static DIGEST_MAX]);

#endif
