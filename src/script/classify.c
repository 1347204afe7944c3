/*
 * classify.c
 *
 * What may be done with a statement.
 *
 * The engine must know before anything runs which statements cannot run in a
 * transaction, and which would end it.  The server says so only when it runs
 * them, in PreventInTransactionBlock() and in SPI.
 *
 * Rule: the class comes from the parse tree.  needs_top_level() is kept
 * beside the calls of PreventInTransactionBlock() in PostgreSQL 15 to 19.
 * What the tree does not tell, as a REINDEX or CLUSTER of a table that is
 * partitioned, counts as transactional, and the server's error stands; where
 * it depends on whether a subscription has a slot, we assume that it has.
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "tcop/utility.h"

#include "compat.h"
#include "script/parse.h"
#include "script/script.h"

static ZmStatementClass transaction_class(TransactionStmt *statement);
static ZmStatementClass copy_class(CopyStmt *statement, const char **command);
static bool needs_top_level(Node *statement, const char **command);
static bool is_top_level_reindex(ReindexStmt *statement, const char **command);
static bool detaches_concurrently(AlterTableStmt *statement);
static bool creates_slot(CreateSubscriptionStmt *statement);
static bool touches_publisher(AlterSubscriptionStmt *statement);
static bool is_set(List *options, const char *name, bool otherwise);
static bool is_given(List *options, const char *name);

ZmStatementClass
zm_classify(const char *text, const char **command, RawStmt **parsetree)
{
	RawStmt *raw = zm_parse(text);
	Node *statement;

	if (parsetree)
		*parsetree = raw;
	*command = "";
	if (raw == NULL)
		return ZM_TRANSACTIONAL;

	statement = raw->stmt;
	*command = GetCommandTagName(CreateCommandTag(statement));
	if (IsA(statement, TransactionStmt))
		return transaction_class((TransactionStmt *) statement);
	if (IsA(statement, CopyStmt))
		return copy_class((CopyStmt *) statement, command);
	if (needs_top_level(statement, command))
		return ZM_TOP_LEVEL;
	return ZM_TRANSACTIONAL;
}

bool
zm_is_concurrent(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
			return ((IndexStmt *) statement)->concurrent;
		case T_DropStmt:
			return ((DropStmt *) statement)->concurrent;
		case T_ReindexStmt:
			return is_set(((ReindexStmt *) statement)->params, "concurrently",
						  false);
		case T_AlterTableStmt:
			return detaches_concurrently((AlterTableStmt *) statement);
		default:
			return false;
	}
}

static ZmStatementClass
transaction_class(TransactionStmt *statement)
{
	switch (statement->kind)
	{
		case TRANS_STMT_BEGIN:
		case TRANS_STMT_START:
			return ZM_TRANSACTION_BEGIN;
		case TRANS_STMT_COMMIT:
			return ZM_TRANSACTION_COMMIT;
		default:
			return ZM_TRANSACTION_OTHER;
	}
}

/* With a file or a program COPY runs in the server alone. */
static ZmStatementClass
copy_class(CopyStmt *statement, const char **command)
{
	if (statement->filename != NULL)
		return ZM_TRANSACTIONAL;
	*command = statement->is_from ? "COPY FROM STDIN" : "COPY TO STDOUT";
	return ZM_COPY_CLIENT;
}

/*
 * One case per kind of statement that the server may refuse in a transaction
 * block or a function.  *command is changed where the tag says too little.
 */
static bool
needs_top_level(Node *statement, const char **command)
{
	switch (nodeTag(statement))
	{
		case T_AlterSystemStmt:
		case T_CreatedbStmt:
		case T_DropdbStmt:
		case T_CreateTableSpaceStmt:
		case T_DropTableSpaceStmt:
		case T_DropSubscriptionStmt:
			return true;

		case T_AlterDatabaseStmt:
			if (!is_given(((AlterDatabaseStmt *) statement)->options,
						  "tablespace"))
				return false;
			*command = "ALTER DATABASE SET TABLESPACE";
			return true;

		case T_IndexStmt:
			if (!zm_is_concurrent(statement))
				return false;
			*command = "CREATE INDEX CONCURRENTLY";
			return true;

		case T_DropStmt:
			if (!zm_is_concurrent(statement))
				return false;
			*command = "DROP INDEX CONCURRENTLY";
			return true;

		case T_ReindexStmt:
			return is_top_level_reindex((ReindexStmt *) statement, command);

		case T_AlterTableStmt:
			if (!zm_is_concurrent(statement))
				return false;
			*command = "ALTER TABLE ... DETACH PARTITION CONCURRENTLY";
			return true;

		case T_VacuumStmt: /* also ANALYZE */
			return ((VacuumStmt *) statement)->is_vacuumcmd;

		case T_RepackStmt: /* also CLUSTER */
			return ((RepackStmt *) statement)->relation == NULL ||
				   is_set(((RepackStmt *) statement)->params, "concurrently",
						  false);

		case T_DiscardStmt:
			return ((DiscardStmt *) statement)->target == DISCARD_ALL;

		case T_CreateSubscriptionStmt:
			return creates_slot((CreateSubscriptionStmt *) statement);

		case T_AlterSubscriptionStmt:
			return touches_publisher((AlterSubscriptionStmt *) statement);

		default:
			/* WAIT FOR came with 19; its node has no name before. */
			return strcmp(*command, "WAIT") == 0;
	}
}

static bool
is_top_level_reindex(ReindexStmt *statement, const char **command)
{
	if (zm_is_concurrent((Node *) statement))
	{
		*command = "REINDEX CONCURRENTLY";
		return true;
	}
	switch (statement->kind)
	{
		case REINDEX_OBJECT_SCHEMA:
			*command = "REINDEX SCHEMA";
			return true;
		case REINDEX_OBJECT_SYSTEM:
			*command = "REINDEX SYSTEM";
			return true;
		case REINDEX_OBJECT_DATABASE:
			*command = "REINDEX DATABASE";
			return true;
		default:
			return false;
	}
}

static bool
detaches_concurrently(AlterTableStmt *statement)
{
	ListCell *lc;

	foreach (lc, statement->cmds)
	{
		AlterTableCmd *cmd = lfirst_node(AlterTableCmd, lc);

		if (cmd->subtype == AT_DetachPartition &&
			castNode(PartitionCmd, cmd->def)->concurrent)
			return true;
	}
	return false;
}

/* Without a connection there is no slot to create. */
static bool
creates_slot(CreateSubscriptionStmt *statement)
{
	bool connect = is_set(statement->options, "connect", true);

	return is_set(statement->options, "create_slot", connect);
}

static bool
touches_publisher(AlterSubscriptionStmt *statement)
{
	switch (statement->kind)
	{
		case ALTER_SUBSCRIPTION_SET_PUBLICATION:
		case ALTER_SUBSCRIPTION_ADD_PUBLICATION:
		case ALTER_SUBSCRIPTION_DROP_PUBLICATION:
			return is_set(statement->options, "refresh", true);
		case ALTER_SUBSCRIPTION_REFRESH_PUBLICATION:
			return true;
		case ALTER_SUBSCRIPTION_OPTIONS: /* these two are kept in the slot */
			return is_given(statement->options, "failover") ||
				   is_given(statement->options, "two_phase");
		default:
			return false;
	}
}

/* A boolean option; the last one counts, as in the server. */
static bool
is_set(List *options, const char *name, bool otherwise)
{
	ListCell *lc;

	foreach (lc, options)
	{
		DefElem *option = lfirst_node(DefElem, lc);

		if (strcmp(option->defname, name) == 0)
			otherwise = defGetBoolean(option);
	}
	return otherwise;
}

static bool
is_given(List *options, const char *name)
{
	ListCell *lc;

	foreach (lc, options)
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, name) == 0)
			return true;
	}
	return false;
}
