// JSON as jansson writes it compactly, told from any other and read where it stands, without a
// tree: a tree costs ten times as much as the rest of taking an answer. Any thread. Floor: api.
#ifndef LODE_API_PLAIN_H
#define LODE_API_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

// Is it an object that wire_parse() takes, and that wire_dump() would write byte for byte the same?
// Line ends behind it count for nothing. bytes[len] must be '\0'. What has white space, escapes of
// other than controls, fractions or great numbers is not plain: the parser has to read it.
bool plain_is(const char *bytes, size_t len);
// Behind the value at p; NULL where it never ends. What is not plain may be skipped wrongly, but
// never past its '\0'.
const char *plain_skip(const char *p);
// Of plain JSON. The value of the object at p that has this key, which has no escapes; NULL where p
// is NULL, no object, or lacks it.
const char *plain_member(const char *p, const char *key);
// Several at once: a value for each of n keys, and what is behind the object; NULL where p is none.
const char *plain_members(const char *p, const char *const *keys, size_t n, const char **values);
// The first element of the list at p; NULL where p is NULL, no list, or an empty one.
const char *plain_first(const char *p);

#endif
