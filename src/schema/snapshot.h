/*
 * snapshot.h
 *
 * A picture of the current database, read from its catalogs.
 *
 * Everything that DDL can make, in all schemas but the server's own and this
 * extension's; what belongs to an extension is left out, the extension itself
 * is an object.  Temporary objects are left out.
 *
 * Rule: a fixed number of queries, whatever the size of the schema, under one
 * snapshot and with an empty search_path, so that every definition names what
 * it means in full.  What the catalogs hold and no query here knows is named
 * in a warning.
 */
#ifndef ZM_SNAPSHOT_H
#define ZM_SNAPSHOT_H

#include "object/object.h"

/* In the current context, indexed.  Needs a transaction. */
extern ZmSchema *zm_snapshot(void);

/* The same as canonical text. */
extern char *zm_snapshot_text(void);

#endif /* ZM_SNAPSHOT_H */
