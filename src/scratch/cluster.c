/*
 * cluster.c
 *
 * Keeping what is done in a scratch database within it.
 *
 * Roles, tablespaces, databases and the server's own settings are shared by
 * all databases, and a script that is merely tried out must not change them.
 * Models and histories have such statements all the same (CREATE ROLE before
 * a GRANT, ALTER DATABASE ... SET), and what else they make does not depend on
 * them once the role is there.
 *
 * Rule: a statement that acts on the cluster alone is passed over, with a
 * warning; one that acts on the database as well is refused.  This holds for
 * those within functions and DO blocks, too, hence a hook; it is set in the
 * builder's process alone.
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "nodes/makefuncs.h"
#include "tcop/cmdtag.h"
#include "tcop/utility.h"

#include "scratch/scratch_internal.h"

static void guard_utility(PlannedStmt *planned, const char *query,
						  bool read_only, ProcessUtilityContext context,
						  ParamListInfo params, QueryEnvironment *environment,
						  DestReceiver *dest, QueryCompletion *completion);
static bool acts_on_cluster(Node *statement);
static bool is_shared(ObjectType type);
static bool acts_on_both(Node *statement);
static PlannedStmt *disconnect(PlannedStmt *planned);

static ProcessUtility_hook_type next_hook = NULL;

void
zm_protect_cluster(void)
{
	next_hook = ProcessUtility_hook;
	ProcessUtility_hook = guard_utility;
}

static void
guard_utility(PlannedStmt *planned, const char *query, bool read_only,
			  ProcessUtilityContext context, ParamListInfo params,
			  QueryEnvironment *environment, DestReceiver *dest,
			  QueryCompletion *completion)
{
	Node *statement = planned->utilityStmt;

	if (acts_on_cluster(statement))
	{
		ereport(WARNING,
				(errmsg("%s is passed over in a scratch database",
						GetCommandTagName(CreateCommandTag(statement))),
				 errdetail("It would change what all databases share.")));
		return;
	}
	if (acts_on_both(statement))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("%s is not possible in a scratch database",
						GetCommandTagName(CreateCommandTag(statement))),
				 errdetail("It would also change what all databases share."),
				 errhint("Use ALTER ... OWNER TO, REVOKE or DROP for the "
						 "objects that are meant.")));
	if (IsA(statement, CreateSubscriptionStmt))
		planned = disconnect(planned);

	if (next_hook)
		next_hook(planned, query, read_only, context, params, environment,
				  dest, completion);
	else
		standard_ProcessUtility(planned, query, read_only, context, params,
								environment, dest, completion);
}

static bool
acts_on_cluster(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CreateRoleStmt:
		case T_AlterRoleStmt:
		case T_AlterRoleSetStmt:
		case T_DropRoleStmt:
		case T_GrantRoleStmt:
		case T_CreatedbStmt:
		case T_AlterDatabaseStmt:
		case T_AlterDatabaseSetStmt:
		case T_AlterDatabaseRefreshCollStmt:
		case T_DropdbStmt:
		case T_CreateTableSpaceStmt:
		case T_AlterTableSpaceOptionsStmt:
		case T_DropTableSpaceStmt:
		case T_AlterSystemStmt:
			return true;
		case T_GrantStmt:
			return is_shared(((GrantStmt *) statement)->objtype);
		case T_CommentStmt:
			return is_shared(((CommentStmt *) statement)->objtype);
		case T_SecLabelStmt:
			return is_shared(((SecLabelStmt *) statement)->objtype);
		case T_RenameStmt:
			return is_shared(((RenameStmt *) statement)->renameType);
		case T_AlterOwnerStmt:
			return is_shared(((AlterOwnerStmt *) statement)->objectType);
		default:
			return false;
	}
}

static bool
is_shared(ObjectType type)
{
	switch (type)
	{
		case OBJECT_DATABASE:
		case OBJECT_PARAMETER_ACL:
		case OBJECT_ROLE:
		case OBJECT_TABLESPACE:
			return true;
		default:
			return false;
	}
}

static bool
acts_on_both(Node *statement)
{
	return IsA(statement, ReassignOwnedStmt) || IsA(statement, DropOwnedStmt);
}

/* A subscription is made without a word to the publisher. */
static PlannedStmt *
disconnect(PlannedStmt *planned)
{
	PlannedStmt *copy = copyObject(planned);
	CreateSubscriptionStmt *statement =
		castNode(CreateSubscriptionStmt, copy->utilityStmt);
	ListCell *lc;

	foreach (lc, statement->options)
	{
		const char *name = lfirst_node(DefElem, lc)->defname;

		if (strcmp(name, "connect") == 0 || strcmp(name, "enabled") == 0 ||
			strcmp(name, "create_slot") == 0 || strcmp(name, "copy_data") == 0)
			statement->options =
				foreach_delete_current(statement->options, lc);
	}
	statement->options =
		lappend(statement->options,
				makeDefElem("connect", (Node *) makeBoolean(false), -1));
	return copy;
}
