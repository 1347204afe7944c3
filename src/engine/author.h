/*
 * author.h
 *
 * Taking revisions in, changing them, and giving them out again.
 */
#ifndef ZM_AUTHOR_H
#define ZM_AUTHOR_H

#include "graph/graph.h"
#include "script/script.h"
#include "store/store.h"

/*
 * Each takes the authoring lock first and returns the revision's full id.
 * wanted->id may be NULL: one is made.  Scripts are parsed; a syntax error is
 * raised with its place.
 */
extern char *zm_author_revision(ZmNewRevision *wanted, const char *message,
								const char *upgrade, const char *downgrade);
extern char *zm_author_edit(const char *ident, const char *upgrade,
							const char *downgrade, const char *message);
extern char *zm_author_remove(const char *ident);

/* What became of a file that was taken in. */
typedef struct ZmAccepted
{
	const char *revision;
	const char *action; /* added, updated, unchanged */
} ZmAccepted;

/*
 * Takes revision files in, all or none of them; returns a ZmAccepted for
 * each, in order.
 */
extern List *zm_accept_files(List *files);

/* A stored revision as a file, in the current context. */
extern ZmRevisionFile *zm_file_of_revision(const ZmStoredRevision *revision);

#endif /* ZM_AUTHOR_H */
