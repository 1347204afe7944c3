/*
 * environment.h
 *
 * What a script finds when it starts.
 */
#ifndef ZM_ENVIRONMENT_H
#define ZM_ENVIRONMENT_H

#include "utils/guc.h"

/*
 * lock_timeout, the role and the tenant's search_path.  In a transaction, and
 * for as long as the action says: GUC_ACTION_SAVE until the caller's nest
 * level ends, GUC_ACTION_SET for the session.  Raises 3F000 or 42501 where
 * the tenant's schema is not there or cannot be used.
 */
extern void zm_set_environment(const char *tenant, GucAction action);

#endif /* ZM_ENVIRONMENT_H */
