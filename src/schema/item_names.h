/*
 * item_names.h
 *
 * Names that the items of SELECT get when the server's text is read.
 */
#ifndef ZM_ITEM_NAMES_H
#define ZM_ITEM_NAMES_H

#include "script/scan.h"

/* SQL that the server has printed, by its tokens. */
typedef struct ZmSqlTokens
{
	const char *sql;
	ZmToken *tokens; /* ends with that of the end */
	int count;		 /* without that one */
	int *closing;	 /* by opening bracket: the one that closes it, or -1 */
} ZmSqlTokens;

/* Can there be such items? */
extern bool zm_may_lack_names(const char *sql);

/* By the last token of each item that is printed without its name although it
 * gets one: that name, as it is written.  NULL at all others. */
extern char **zm_item_names(const ZmSqlTokens *text);

#endif /* ZM_ITEM_NAMES_H */
