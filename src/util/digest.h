/*
 * digest.h
 *
 * Digests as text.
 */
#ifndef ZM_DIGEST_H
#define ZM_DIGEST_H

#include "common/cryptohash.h"

/* A part of what a digest is of. */
typedef struct ZmDigestPart
{
	const char *data;
	Size length;
} ZmDigestPart;

/*
 * The digest of parts, one behind the other, in hexadecimal digits or in
 * base 64; SHA-1, SHA-256 or SHA-384.  Results are in the current memory
 * context.  Raise an error if the server cannot compute it.
 */
extern char *zm_digest_hex(pg_cryptohash_type type, const ZmDigestPart *parts,
						   int nparts);
extern char *zm_digest_base64(pg_cryptohash_type type,
							  const ZmDigestPart *parts, int nparts);

#endif /* ZM_DIGEST_H */
