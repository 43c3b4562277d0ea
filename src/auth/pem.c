// Private keys as PEM text: which block it is, and its text mended. Any thread. Floor: auth.
#include "auth/pem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/str.h"

enum { COLUMNS = 64, LINE_USUAL = 76, LABEL_MAX = 40 };

#define BEGIN "-----BEGIN "
#define END "-----END "
#define DASHES "-----"

// What a block is by its label, and what to do where it is the wrong one.
struct label {
    const char *name;
    bool key, encrypted, old_form;
    const char *fault; // NULL for a key that can be read
};

static const struct label labels[] = {
    {"PRIVATE KEY", true, false, false, NULL},
    {"ENCRYPTED PRIVATE KEY", true, true, false, NULL},
    {"RSA PRIVATE KEY", true, false, true, NULL},
    {"EC PRIVATE KEY", true, false, false,
     "it is an elliptic-curve key, and signing in takes an RSA key: use the one that the Admin "
     "Portal made"},
    {"DSA PRIVATE KEY", true, false, false,
     "it is a DSA key, and signing in takes an RSA key: use the one that the Admin Portal made"},
    {"OPENSSH PRIVATE KEY", true, false, false,
     "it is a key of OpenSSH: use the one that the Admin Portal made, which begins with "
     "-----BEGIN PRIVATE KEY-----"},
    {"CERTIFICATE", false, false, false,
     "it is a certificate, not the private key: take the other file of the pair, which begins with "
     "-----BEGIN PRIVATE KEY-----"},
    {"PUBLIC KEY", false, false, false,
     "it is the public key: take the private one of the pair, which begins with "
     "-----BEGIN PRIVATE KEY-----"},
    {"RSA PUBLIC KEY", false, false, false,
     "it is the public key: take the private one of the pair, which begins with "
     "-----BEGIN PRIVATE KEY-----"},
    {"CERTIFICATE REQUEST", false, false, false,
     "it is a request for a certificate: take the private key, which begins with "
     "-----BEGIN PRIVATE KEY-----"},
};

static const struct label unknown = {
    NULL, false, false, false,
    "it holds no private key: take the file that begins with -----BEGIN PRIVATE KEY-----"};

// A block in the text that was given: label, and what stands between its two marks.
struct block {
    const struct label *label;
    const char *body, *end; // end: NULL where the closing mark is missing
};

static const struct label *label_find(const char *name, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
        if (strlen(labels[i].name) == len && strncmp(labels[i].name, name, len) == 0)
            return &labels[i];
    }
    return &unknown;
}

static bool next_block(const char *from, struct block *out)
{
    const char *begin = strstr(from, BEGIN), *name, *close;

    if (!begin)
        return false;
    name = begin + strlen(BEGIN);
    close = strstr(name, DASHES);
    if (!close || close - name > LABEL_MAX)
        return false;
    out->label = label_find(name, (size_t)(close - name));
    out->body = close + strlen(DASHES);
    out->end = strstr(out->body, END);
    return true;
}

// The first block with a private key, else the first there is: a file may hold several.
static bool choose(const char *text, struct block *out)
{
    struct block b;

    if (!next_block(text, out))
        return false;
    for (b = *out; b.end && next_block(b.end, &b);) {
        if (!out->label->key && b.label->key)
            *out = b;
    }
    return true;
}

static bool not_pem(const struct secret *given, struct err *e)
{
    const char *text = secret_text(given);

    if ((unsigned char)text[0] == 0x30 && (unsigned char)text[1] >= 0x80)
        return err_set(e, ERR_INVALID,
                       "it is in binary form (DER), and PEM is wanted: openssl pkey -inform DER "
                       "-in FILE | lode login --private-key - ...");
    return err_set(e, ERR_INVALID,
                   "it is no PEM: the first line is to be -----BEGIN PRIVATE KEY-----; copy the "
                   "whole file, both lines of dashes included");
}

static bool is_base64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
}

// How many bytes of something that stands between the characters of a body start at p: a blank, or
// a line end that became the two characters of its escape.
static size_t gap(const char *p)
{
    if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
        return 1;
    return p[0] == '\\' && (p[1] == 'n' || p[1] == 'r') ? 2 : 0;
}

// PKCS#1 has its own way of being encrypted: two headers before the body.
static bool has_headers(const struct block *b)
{
    const char *at = strstr(b->body, "Proc-Type:");

    return at && at < b->end;
}

static bool lines_are_fine(const struct block *b)
{
    const char *p = b->body;

    if (*p != '\n' && *p != '\r')
        return false;
    while (p < b->end) {
        size_t len = strcspn(p, "\r\n");

        if (len > LINE_USUAL && p + len <= b->end)
            return false;
        for (size_t i = 0; i < len && p + i < b->end; i++) {
            if (!is_base64(p[i]))
                return false;
        }
        p += len + strspn(p + len, "\r\n");
    }
    return true;
}

// Writes into out, which has room for twice the body and its marks.
static bool rebuild(const struct block *b, char *out, struct err *e)
{
    char *at = out + sprintf(out, BEGIN "%s" DASHES, b->label->name);
    size_t n = 0;

    for (const char *p = b->body; p < b->end; p++) {
        size_t skip = gap(p);

        if (skip) {
            p += skip - 1;
            continue;
        }
        if (!is_base64(*p))
            return err_set(e, ERR_INVALID,
                           "its body holds a character that no key has (byte %zu after the first "
                           "line): copy the file again",
                           (size_t)(p - b->body));
        if (n++ % COLUMNS == 0)
            *at++ = '\n';
        *at++ = *p;
    }
    (void)sprintf(at, "\n" END "%s" DASHES "\n", b->label->name);
    return true;
}

static bool mend(const struct block *b, struct pem *out, struct err *e)
{
    size_t room = 2 * (size_t)(b->end - b->body) + 4 * LABEL_MAX;
    char *text = mem_zalloc(room);
    bool ok = rebuild(b, text, e);

    if (ok)
        out->text = secret_new(text, strlen(text));
    secret_wipe(text, room);
    free(text);
    return ok;
}

bool pem_find(const struct secret *given, struct pem *out, struct err *e)
{
    struct block b;

    *out = (struct pem){0};
    if (!choose(secret_text(given), &b))
        return not_pem(given, e);
    if (b.label->fault)
        return err_set(e, ERR_INVALID, "%s", b.label->fault);
    if (!b.end)
        return err_set(e, ERR_INVALID,
                       "it is cut short: the last line, -----END %s-----, is missing; copy the "
                       "whole file",
                       b.label->name);
    out->old_form = b.label->old_form;
    out->encrypted = b.label->encrypted || has_headers(&b);
    if (has_headers(&b)) {
        out->text = secret_new(secret_text(given), secret_len(given));
        return true;
    }
    out->rebuilt = !lines_are_fine(&b);
    return mend(&b, out, e);
}
