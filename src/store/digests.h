/*
 * digests.h
 *
 * Digests as bytea.
 */
#ifndef ZM_DIGESTS_H
#define ZM_DIGESTS_H

#include "store/store.h"

extern Datum zm_digest_datum(const uint8 digest[PG_SHA256_DIGEST_LENGTH]);

/*
 * Two neighbouring bytea columns, exact and token digest, as digests; false
 * if either is null or not a digest.
 */
extern bool zm_read_digests(const Datum *values, const bool *isnull,
							ZmDigests *digests);

#endif /* ZM_DIGESTS_H */
