// RFC 4648, section 5: base64 as tokens have it. Any thread. Floor: sandbox.
#include "sandbox/base64url.h"

#include <stdlib.h>

#include <openssl/evp.h>

#include "base/mem.h"

void base64url_add(struct str *out, const void *bytes, size_t len)
{
    unsigned char *text = mem_alloc((len + 2) / 3 * 4 + 1);
    int n = EVP_EncodeBlock(text, bytes, (int)len);

    for (int i = 0; i < n && text[i] != '='; i++)
        str_add_char(out, text[i] == '+' ? '-' : text[i] == '/' ? '_' : (char)text[i]);
    free(text);
}

unsigned char *base64url_read(const char *text, size_t len, size_t *out_len)
{
    struct str padded = {0};
    unsigned char *bytes;
    int n;

    for (size_t i = 0; i < len; i++)
        str_add_char(&padded, text[i] == '-' ? '+' : text[i] == '_' ? '/' : text[i]);
    while (padded.len % 4)
        str_add_char(&padded, '=');
    bytes = mem_alloc(padded.len + 1);
    n = EVP_DecodeBlock(bytes, (const unsigned char *)str_text(&padded), (int)padded.len);
    *out_len = n < 0 ? 0 : (size_t)n - (padded.len - len);
    str_free(&padded);
    if (n >= 0)
        return bytes;
    free(bytes);
    return NULL;
}
