/*
 * digest.c
 *
 * Digests as text, as other tools write them into files and tables.
 *
 * Rule: nothing is put together first; what is digested may be large.
 */
#include "postgres.h"

#include "common/base64.h"
#include "common/sha1.h"
#include "common/sha2.h"

#include "util/digest.h"

#define MAX_DIGEST PG_SHA384_DIGEST_LENGTH

static int digest_of(pg_cryptohash_type type, const ZmDigestPart *parts,
					 int nparts, uint8 digest[MAX_DIGEST]);

char *
zm_digest_hex(pg_cryptohash_type type, const ZmDigestPart *parts, int nparts)
{
	static const char digits[] = "0123456789abcdef";
	uint8 digest[MAX_DIGEST];
	int length = digest_of(type, parts, nparts, digest);
	char *hex = palloc(2 * length + 1);

	for (int i = 0; i < length; i++)
	{
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[2 * length] = '\0';
	return hex;
}

char *
zm_digest_base64(pg_cryptohash_type type, const ZmDigestPart *parts,
				 int nparts)
{
	uint8 digest[MAX_DIGEST];
	int length = digest_of(type, parts, nparts, digest);
	int size = pg_b64_enc_len(length);
	char *text = palloc(size + 1);

	size = pg_b64_encode((void *) digest, length, text, size);
	text[Max(size, 0)] = '\0';
	return text;
}

static int
digest_of(pg_cryptohash_type type, const ZmDigestPart *parts, int nparts,
		  uint8 digest[MAX_DIGEST])
{
	int length = type == PG_SHA1	 ? SHA1_DIGEST_LENGTH
				 : type == PG_SHA256 ? PG_SHA256_DIGEST_LENGTH
									 : PG_SHA384_DIGEST_LENGTH;
	pg_cryptohash_ctx *hash = pg_cryptohash_create(type);
	bool well = hash != NULL && pg_cryptohash_init(hash) >= 0;

	for (int i = 0; i < nparts && well; i++)
		well = pg_cryptohash_update(hash, (const uint8 *) parts[i].data,
									parts[i].length) >= 0;
	if (!well || pg_cryptohash_final(hash, digest, length) < 0)
		elog(ERROR, "could not compute a digest");
	pg_cryptohash_free(hash);
	return length;
}
