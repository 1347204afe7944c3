/*
 * string_hash.c
 *
 * Hash tables by strings of any length: the server's own by strings take only
 * those of a fixed size.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "util/string_hash.h"

static uint32 hash_string(const void *key, Size size);
static int match_strings(const void *left, const void *right, Size size);

HTAB *
zm_string_hash(const char *name, Size entry_size)
{
	HASHCTL control = {.keysize = sizeof(char *),
					   .entrysize = entry_size,
					   .hash = hash_string,
					   .match = match_strings,
					   .hcxt = CurrentMemoryContext};

	return hash_create(name, 256, &control,
					   HASH_ELEM | HASH_FUNCTION | HASH_COMPARE |
						   HASH_CONTEXT);
}

static uint32
hash_string(const void *key, Size size)
{
	const char *string = *(const char *const *) key;

	return hash_bytes((const unsigned char *) string, strlen(string));
}

static int
match_strings(const void *left, const void *right, Size size)
{
	return strcmp(*(const char *const *) left, *(const char *const *) right);
}
