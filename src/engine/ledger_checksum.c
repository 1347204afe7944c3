/*
 * ledger_checksum.c
 *
 * The checksums that other tools keep of their files.
 *
 * Rule: only sums of a file's bytes or lines are compared, against the script
 * as it is stored, in UTF-8 as the file was.
 */
#include "postgres.h"

#include "common/cryptohash.h"
#include "common/sha2.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "engine/ledger.h"
#include "util/crc.h"

static char *hash_of(pg_cryptohash_type type, int digest_length,
					 const char *text, Size length);

char *
zm_ledger_checksum(ZmChecksum kind, const ZmScript *script)
{
	char *text = pg_server_to_any(script->text, script->length, PG_UTF8);
	Size length = text == script->text ? script->length : strlen(text);

	switch (kind)
	{
		case ZM_CHECKSUM_NONE:
			break;
		case ZM_CHECKSUM_SHA256_HEX:
			return hash_of(PG_SHA256, PG_SHA256_DIGEST_LENGTH, text, length);
		case ZM_CHECKSUM_SHA384_HEX:
			return hash_of(PG_SHA384, PG_SHA384_DIGEST_LENGTH, text, length);
		case ZM_CHECKSUM_CRC32_LINES:
			return psprintf("%d", zm_crc_of_lines(text, length));
	}
	return NULL;
}

static char *
hash_of(pg_cryptohash_type type, int digest_length, const char *text,
		Size length)
{
	uint8 digest[PG_SHA384_DIGEST_LENGTH];
	char *hex = palloc(2 * digest_length + 1);
	pg_cryptohash_ctx *hash = pg_cryptohash_create(type);

	if (hash == NULL || pg_cryptohash_init(hash) < 0 ||
		pg_cryptohash_update(hash, (const uint8 *) text, length) < 0 ||
		pg_cryptohash_final(hash, digest, digest_length) < 0)
		elog(ERROR, "could not compute a checksum");
	pg_cryptohash_free(hash);
	hex[hex_encode((const char *) digest, digest_length, hex)] = '\0';
	return hex;
}
