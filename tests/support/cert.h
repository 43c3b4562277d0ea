// A certificate of the test's own for https on this machine. Any thread. Tests.
#ifndef TESTS_SUPPORT_CERT_H
#define TESTS_SUPPORT_CERT_H

struct cert_names {
    const char *alt;    // subjectAltName; NULL: "DNS:localhost,IP:127.0.0.1"
    long from_s, to_s;  // validity from now; both 0: a day around now
    const char *issuer; // NAME of the one made before that signs it; NULL: itself
};

// Writes folder/NAME.pem (the certificate, to be trusted as it is where it is signed by itself) and
// folder/NAME.key. names may be NULL.
void cert_make(const char *folder, const char *name, const struct cert_names *names);

#endif
