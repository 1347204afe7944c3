/*
 * classify.c
 *
 * What may be done with a statement.
 *
 * The engine must know before anything runs which statements cannot run in a
 * transaction, and which would end it.  The server says so only when it runs
 * them, in PreventInTransactionBlock() and in SPI.
 *
 * Rule: the class comes from the parse tree.  top_level_command() below is
 * kept beside the calls of PreventInTransactionBlock() in the server, those
 * of PostgreSQL 15 to 19; what depends on the catalog (REINDEX or CLUSTER of
 * a partitioned table) counts as transactional and the server's error stands.
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "parser/parser.h"
#include "tcop/utility.h"

#include "compat.h"
#include "script/quiet.h"
#include "script/script.h"

static ZmStatementClass transaction_class(TransactionStmt *statement);
static bool top_level_command(Node *statement, const char **command);
static bool needs_top_level(Node *statement, const char *tag,
							const char **command);
static bool is_concurrent_reindex(ReindexStmt *statement,
								  const char **command);
static bool is_concurrent_detach(AlterTableStmt *statement);
static bool is_multiple_repack(RepackStmt *statement);
static bool creates_slot(CreateSubscriptionStmt *statement);
static bool touches_slot(AlterSubscriptionStmt *statement);
static bool boolean_option(List *options, const char *name, bool otherwise);
static bool has_option(List *options, const char *name);

ZmStatementClass
zm_classify(const char *text, const char **command, RawStmt **parsetree)
{
	RawStmt *raw = zm_parse(text, true);
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
	{
		CopyStmt *copy = (CopyStmt *) statement;

		if (copy->filename != NULL)
			return ZM_TRANSACTIONAL;
		*command = copy->is_from ? "COPY FROM STDIN" : "COPY TO STDOUT";
		return ZM_COPY_CLIENT;
	}
	return top_level_command(statement, command) ? ZM_TOP_LEVEL
												 : ZM_TRANSACTIONAL;
}
