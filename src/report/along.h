/*
 * along.h
 *
 * What is called after a table or its columns, and has another name with them.
 */
#ifndef ZM_ALONG_H
#define ZM_ALONG_H

#include "object/object.h"

typedef struct ZmRenamed
{
	const ZmObject *old;
	const ZmObject *new;
} ZmRenamed;

/* On the tables of these identities, which they have in both schemas: what the
 * target has under other names only (ZmRenamed *). */
extern List *zm_renamed_along(const ZmSchema *source, const ZmSchema *target,
							  List *tables);

#endif /* ZM_ALONG_H */
