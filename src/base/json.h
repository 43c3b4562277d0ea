// Text as a JSON string, for writers that need no parser. Any thread. Floor: base.
#ifndef LODE_BASE_JSON_H
#define LODE_BASE_JSON_H

#include "base/str.h"

// Appends text in double quotes with everything escaped that JSON asks for. Bytes from 0x80 on are
// passed as they are.
void json_quote(const char *text, struct str *out);

#endif
