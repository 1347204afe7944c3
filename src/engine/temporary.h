/*
 * temporary.h
 *
 * Temporary objects that scripts leave behind.
 */
#ifndef ZM_TEMPORARY_H
#define ZM_TEMPORARY_H

#include "catalog/dependency.h"

/* Made once before the first script of a run. */
typedef struct ZmTemporaryWatch
{
	int nkept; /* the caller's own temporary objects */
	ObjectAddress *kept;
	int flags; /* of the transaction, while a script runs */
} ZmTemporaryWatch;

extern ZmTemporaryWatch *zm_temporary_watch(void);

/* Around each script; the second drops what the script left behind. */
extern void zm_temporary_begin(ZmTemporaryWatch *watch);
extern void zm_temporary_end(ZmTemporaryWatch *watch);

/* After an error in between: gives the transaction its flags back. */
extern void zm_temporary_give_up(ZmTemporaryWatch *watch);

#endif /* ZM_TEMPORARY_H */
