/*
 * string_hash.h
 *
 * Hash tables by strings of any length.
 */
#ifndef ZM_STRING_HASH_H
#define ZM_STRING_HASH_H

#include "utils/hsearch.h"

/* In the current context.  An entry begins with its key, a char *, which is
 * what hash_search() takes a pointer to, and which must live as long. */
extern HTAB *zm_string_hash(const char *name, Size entry_size);

#endif /* ZM_STRING_HASH_H */
