/*
 * ledger_checksum.c
 *
 * The checksums that other tools keep of their files.
 *
 * Importing makes line ends LF and drops blank lines at both ends, which such
 * sums count.  Rule: only sums of a file's bytes or lines are compared, and
 * they are the same if some file that differs in no more than line ends and
 * the number of the last ones has them.  Files are in UTF-8.
 */
#include "postgres.h"

#include "common/cryptohash.h"
#include "common/sha2.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "engine/ledger.h"
#include "util/crc.h"

/* So many line ends a file may have behind its last line. */
#define MAX_LAST_ENDS 2

static List *hashes_of(pg_cryptohash_type type, int digest_length,
					   const char *text, Size length, const char *end);
static char *hash_of(pg_cryptohash_type type, int digest_length,
					 const char *text, Size length, const char *end,
					 int nends);
static char *with_crlf(const char *text, Size *length);

List *
zm_ledger_checksums(ZmChecksum kind, const ZmScript *script)
{
	char *text = pg_server_to_any(script->text, script->length, PG_UTF8);
	Size length = text == script->text ? script->length : strlen(text);
	pg_cryptohash_type type = PG_SHA256;
	int digest_length = PG_SHA256_DIGEST_LENGTH;
	List *sums;

	if (kind == ZM_CHECKSUM_NONE)
		return NIL;
	if (kind == ZM_CHECKSUM_CRC32_LINES)
		return list_make1(psprintf("%d", zm_crc_of_lines(text, length)));
	if (kind == ZM_CHECKSUM_SHA384_HEX)
	{
		type = PG_SHA384;
		digest_length = PG_SHA384_DIGEST_LENGTH;
	}
	sums = hashes_of(type, digest_length, text, length, "\n");
	text = with_crlf(text, &length);
	return list_concat(sums,
					   hashes_of(type, digest_length, text, length, "\r\n"));
}

static List *
hashes_of(pg_cryptohash_type type, int digest_length, const char *text,
		  Size length, const char *end)
{
	List *sums = NIL;

	for (int n = 0; n <= MAX_LAST_ENDS; n++)
		sums =
			lappend(sums, hash_of(type, digest_length, text, length, end, n));
	return sums;
}

static char *
hash_of(pg_cryptohash_type type, int digest_length, const char *text,
		Size length, const char *end, int nends)
{
	uint8 digest[PG_SHA384_DIGEST_LENGTH];
	char *hex = palloc(2 * digest_length + 1);
	pg_cryptohash_ctx *hash = pg_cryptohash_create(type);
	bool well = hash != NULL && pg_cryptohash_init(hash) >= 0 &&
				pg_cryptohash_update(hash, (const uint8 *) text, length) >= 0;

	for (int i = 0; i < nends && well; i++)
		well =
			pg_cryptohash_update(hash, (const uint8 *) end, strlen(end)) >= 0;
	if (!well || pg_cryptohash_final(hash, digest, digest_length) < 0)
		elog(ERROR, "could not compute a checksum");
	pg_cryptohash_free(hash);
	hex[hex_encode((const char *) digest, digest_length, hex)] = '\0';
	return hex;
}

static char *
with_crlf(const char *text, Size *length)
{
	char *copy = palloc_extended(2 * *length + 1, MCXT_ALLOC_HUGE);
	char *to = copy;

	for (Size i = 0; i < *length; i++)
	{
		if (text[i] == '\n')
			*to++ = '\r';
		*to++ = text[i];
	}
	*to = '\0';
	*length = to - copy;
	return copy;
}
