// Key pairs for tests of signing in with a key. Any thread. Tests.
#ifndef TESTS_SUPPORT_RSA_H
#define TESTS_SUPPORT_RSA_H

// Writes folder/NAME.key (PKCS#8) and folder/NAME.pub: an RSA pair of so many bits.
void rsa_make(const char *folder, const char *name, unsigned bits);
// The same for an elliptic curve.
void ec_make(const char *folder, const char *name);

#endif
