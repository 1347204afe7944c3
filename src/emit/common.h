/*
 * common.h
 *
 * What objects of all kinds have: owner, privileges, comment, security labels
 * and the extensions that they depend on.
 */
#ifndef ZM_COMMON_H
#define ZM_COMMON_H

#include "emit/emit.h"

/* common.c: all of these, for an object that was made or that changes. */
extern void zm_emit_common(ZmEmit *emit, const ZmChange *change);

/* privileges.c */
extern void zm_emit_privileges(ZmEmit *emit, const ZmChange *change);
/* Turns one list of privileges into another; ahead of each statement stands
 * prefix (NULL: none), on is what it is about, as "TABLE s.t"; for a column,
 * column is its name, quoted.  owner is the role that "owner" means. */
extern void zm_emit_grants(ZmEmit *emit, const ZmObject *object, List *have,
						   List *want, const char *prefix, const char *on,
						   const char *column, const char *owner);

/* What the server gives by default to objects of that kind. */
extern List *zm_built_in_privileges(const ZmKind *kind);

#endif /* ZM_COMMON_H */
