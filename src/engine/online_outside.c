/*
 * online_outside.c
 *
 * What an interrupted statement may have left where no catalog shows it: in
 * the server's file system, or on another server.
 *
 * Rule: it is not ours to remove, for it may be somebody else's.  It is named,
 * with what to do about it.
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "common/relpath.h"
#include "nodes/parsenodes.h"
#include "utils/builtins.h"

#include "engine/online_internal.h"

static char *directory_hint(const CreateTableSpaceStmt *statement);
static char *new_slot_hint(const CreateSubscriptionStmt *statement);
static char *old_slot_hint(const DropSubscriptionStmt *statement);

char *
zm_online_outside_hint(const Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CreateTableSpaceStmt:
			return directory_hint((const CreateTableSpaceStmt *) statement);
		case T_CreateSubscriptionStmt:
			return new_slot_hint((const CreateSubscriptionStmt *) statement);
		case T_DropSubscriptionStmt:
			return old_slot_hint((const DropSubscriptionStmt *) statement);
		default:
			return NULL;
	}
}

static char *
directory_hint(const CreateTableSpaceStmt *statement)
{
	return psprintf("The interrupted run may have left the directory \"%s\" "
					"in \"%s\": remove it, if it is empty and no tablespace "
					"is there.",
					TABLESPACE_VERSION_DIRECTORY, statement->location);
}

static char *
new_slot_hint(const CreateSubscriptionStmt *statement)
{
	const char *slot = statement->subname;
	ListCell *lc;

	foreach (lc, statement->options)
	{
		DefElem *option = lfirst(lc);

		if (strcmp(option->defname, "slot_name") == 0 && option->arg)
			slot = defGetString(option);
	}
	return psprintf("The interrupted run may have left its slot on the "
					"publisher; to drop it there: "
					"SELECT pg_drop_replication_slot(%s).",
					quote_literal_cstr(slot));
}

static char *
old_slot_hint(const DropSubscriptionStmt *statement)
{
	const char *name = quote_identifier(statement->subname);

	return psprintf("The interrupted run may have dropped the slot on the "
					"publisher already; if it is gone: ALTER SUBSCRIPTION %s "
					"DISABLE, and ALTER SUBSCRIPTION %s SET (slot_name = "
					"NONE).",
					name, name);
}
