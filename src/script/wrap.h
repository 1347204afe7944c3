/*
 * wrap.h
 *
 * Scripts that bring a transaction of their own.
 */
#ifndef ZM_WRAP_H
#define ZM_WRAP_H

#include "script/script.h"

/* As zm_strip_transaction(), for a script that is in a buffer already. */
extern bool zm_script_is_wrapped(ZmScript *script, Size *start, Size *end);

/* How far a plain BEGIN and COMMIT around everything else have come. */
typedef enum ZmWrapping
{
	ZM_NOT_WRAPPED,
	ZM_BEGUN,
	ZM_COMMITTED
} ZmWrapping;

/*
 * Goes on to a statement of the script, and to its end.  Raises 2D000 for
 * BEGIN that is not the first, COMMIT that is not the last, the one without
 * the other, and all other control of transactions.
 */
extern void zm_wrapping_follow(ZmWrapping *wrapping, int number,
							   const RawStmt *raw);
extern void zm_wrapping_end(ZmWrapping wrapping);

#endif /* ZM_WRAP_H */
