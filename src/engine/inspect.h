/*
 * inspect.h
 *
 * Reading a script without running it.
 */
#ifndef ZM_INSPECT_H
#define ZM_INSPECT_H

#include "script/script.h"

/* What for: it decides which statements are refused. */
typedef enum ZmInspectPurpose
{
	ZM_INSPECT_RUN,		 /* to run in the caller's transaction: all refused */
	ZM_INSPECT_ONLINE,	 /* to run online: top-level ones are fine */
	ZM_INSPECT_AUTHORED, /* to be stored: what can never run is warned of */
	ZM_INSPECT_OFFLINE,	 /* to be run by psql: top-level ones are fine */
	ZM_INSPECT_EXPORT	 /* the same, and the caller minds what repeats */
} ZmInspectPurpose;

typedef struct ZmInspection
{
	int statements;
	int64 locks;		   /* estimated entries in the lock table */
	bool top_level;		   /* has statements that need the top level */
	bool changes_settings; /* OFFLINE: SET or set_config() */
	bool makes_temporary;  /* OFFLINE */
	bool terminated;	   /* the last statement ends with ';' */
} ZmInspection;

/*
 * Parses every statement.  Syntax errors and refusals are raised with the
 * place in the script and a line that names action, revision and message.
 */
extern void zm_inspect_script(ZmScript *script, const char *action,
							  const char *revision, const char *message,
							  ZmInspectPurpose purpose,
							  ZmInspection *inspection);

/*
 * The same, showing each statement that is not refused.  What the visitor
 * allocates is gone when it returns.
 */
typedef void (*ZmStatementVisitor)(const ZmStatement *statement,
								   ZmStatementClass class, RawStmt *raw,
								   void *arg);
extern void zm_inspect_each(ZmScript *script, const char *action,
							const char *revision, const char *message,
							ZmInspectPurpose purpose, ZmInspection *inspection,
							ZmStatementVisitor visitor, void *arg);

#endif /* ZM_INSPECT_H */
