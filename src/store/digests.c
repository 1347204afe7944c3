/*
 * digests.c
 *
 * Digests as bytea.
 *
 * Rule: a column that does not hold a digest is no error; whoever asked finds
 * that none is known.
 */
#include "postgres.h"

#include "fmgr.h"

#include "compat.h"

#include "store/digests.h"

static bool read_digest(Datum value, uint8 digest[PG_SHA256_DIGEST_LENGTH]);

Datum
zm_digest_datum(const uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	bytea *result = palloc(VARHDRSZ + PG_SHA256_DIGEST_LENGTH);

	SET_VARSIZE(result, VARHDRSZ + PG_SHA256_DIGEST_LENGTH);
	memcpy(VARDATA(result), digest, PG_SHA256_DIGEST_LENGTH);
	return PointerGetDatum(result);
}

bool
zm_read_digests(const Datum *values, const bool *isnull, ZmDigests *digests)
{
	return !isnull[0] && !isnull[1] &&
		   read_digest(values[0], digests->exact) &&
		   read_digest(values[1], digests->tokens);
}

static bool
read_digest(Datum value, uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	bytea *bytes = DatumGetByteaPP(value);

	if (VARSIZE_ANY_EXHDR(bytes) != PG_SHA256_DIGEST_LENGTH)
		return false;
	memcpy(digest, VARDATA_ANY(bytes), PG_SHA256_DIGEST_LENGTH);
	return true;
}
