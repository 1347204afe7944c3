/*
 * index.c
 *
 * What is known by a name.
 *
 * Rule: names are not copied; they must live as long as the index.  And it is
 * made of headers alone, unlike util/string_hash.c: importers are fuzzed without
 * a server around them.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "import/import.h"

typedef struct IndexEntry
{
	const char *name;
	uint32 hash;
	void *value;
	char status; /* of simplehash */
} IndexEntry;

#define SH_PREFIX namehash
#define SH_ELEMENT_TYPE IndexEntry
#define SH_KEY_TYPE const char *
#define SH_KEY name
#define SH_HASH_KEY(table, key) \
	hash_bytes((const unsigned char *) (key), (int) strlen(key))
#define SH_EQUAL(table, a, b) (strcmp(a, b) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, entry) ((entry)->hash)
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

struct ZmIndex
{
	namehash_hash *table;
};

ZmIndex *
zm_index_create(int expected)
{
	ZmIndex *index = palloc(sizeof(ZmIndex));

	index->table =
		namehash_create(CurrentMemoryContext, Max(expected, 1), NULL);
	return index;
}

void *
zm_index_find(const ZmIndex *index, const char *name)
{
	const IndexEntry *entry = namehash_lookup(index->table, name);

	return entry ? entry->value : NULL;
}

void *
zm_index_put(ZmIndex *index, const char *name, void *value)
{
	bool found;
	IndexEntry *entry = namehash_insert(index->table, name, &found);
	void *previous = found ? entry->value : NULL;

	entry->value = value;
	return previous;
}
