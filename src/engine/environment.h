/*
 * environment.h
 *
 * What a script finds when it starts.
 */
#ifndef ZM_ENVIRONMENT_H
#define ZM_ENVIRONMENT_H

#include "utils/guc.h"

/* What a script found when it started. */
typedef struct ZmEnvironment
{
	char *lock_timeout; /* NULL: the session's */
	char *search_path;	/* NULL: the session's */
} ZmEnvironment;

/*
 * Sets lock_timeout, the role and the tenant's search_path, and returns what
 * is set, in the current context.  In a transaction, and for as long as the
 * action says: GUC_ACTION_SAVE until the caller's nest level ends,
 * GUC_ACTION_SET for the session.  Raises 3F000 or 42501 where the tenant's
 * schema is not there or cannot be used.
 */
extern ZmEnvironment *zm_set_environment(const char *tenant, GucAction action);

/*
 * After a statement, in its transaction: sets again what it has reset, but for
 * the role.  In a nest level of zm_set_environment()'s, or for the session.
 */
extern void zm_mend_environment(const ZmEnvironment *environment);

#endif /* ZM_ENVIRONMENT_H */
