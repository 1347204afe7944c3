/*
 * refuse.c
 *
 * What cannot run inside a migration's transaction, and what to do instead.
 *
 * Rule: no refusal without a way out.
 */
#include "postgres.h"

#include "engine/refuse.h"
#include "errors.h"

void
zm_refuse_statement(int elevel, ZmStatementClass class, const char *command)
{
	switch (class)
	{
		case ZM_TOP_LEVEL:
			ereport(elevel,
					(errcode(ERRCODE_ZM_NEEDS_ONLINE),
					 errmsg("%s cannot run inside a transaction", command),
					 errdetail("zishu_upgrade() and zishu_downgrade() run "
							   "everything in the caller's transaction."),
					 errhint("CALL zishu_upgrade_online() or "
							 "zishu_downgrade_online() runs such statements "
							 "by themselves.")));
			break;
		case ZM_TRANSACTION_BEGIN:
		case ZM_TRANSACTION_COMMIT:
		case ZM_TRANSACTION_OTHER:
			ereport(
				elevel,
				(errcode(ERRCODE_INVALID_TRANSACTION_TERMINATION),
				 errmsg("%s is not allowed in a migration script", command),
				 errdetail("A migration is one transaction, and the "
						   "ledger is part of it."),
				 errhint("Leave it out. What must be committed "
						 "separately belongs into a revision of its "
						 "own.")));
			break;
		case ZM_COPY_CLIENT:
			ereport(
				elevel,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("%s is not possible in a migration script", command),
				 errdetail("A script runs inside the server, where there "
						   "is no client to copy from or to."),
				 errhint("Write INSERT ... VALUES, or COPY from a file "
						 "on the server (pg_dump --inserts makes the "
						 "former).")));
			break;
		case ZM_TRANSACTIONAL:
			break;
	}
}

void
zm_refuse_repeat(void)
{
	ereport(
		ERROR,
		(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		 errmsg("\"-- zishu:repeat\" is not possible in a script for psql"),
		 errdetail("psql would run the statement once."),
		 errhint("Write a DO block with a loop.")));
}

void
zm_refuse_irreversible(const char *revision)
{
	ereport(ERROR, (errcode(ERRCODE_ZM_IRREVERSIBLE_REVISION),
					errmsg("revision \"%s\" cannot be reverted", revision),
					errdetail("It was stored without a downgrade script."),
					errhint("Stop above it, or give it a downgrade script.")));
}

const char *
zm_hint_fewer_locks(bool up)
{
	return up ? "Migrate in several transactions: zishu_upgrade('+500') a few "
				"times, or CALL zishu_upgrade_online(), which commits per "
				"revision. Or raise max_locks_per_transaction."
			  : "Migrate in several transactions: zishu_downgrade('-500') a "
				"few times, or CALL zishu_downgrade_online(), which commits "
				"per revision. Or raise max_locks_per_transaction.";
}

void
zm_add_hint(ErrorData *error, bool up)
{
	const char *hint = NULL;

	switch (error->sqlerrcode)
	{
		case ERRCODE_OUT_OF_MEMORY:
			/* Of the several things that can run out, the lock table. */
			if (error->hint &&
				strstr(error->hint, "max_locks_per_transaction"))
				hint = zm_hint_fewer_locks(up);
			break;
		case ERRCODE_OBJECT_IN_USE: /* pending trigger events, mostly */
			hint = up ? "Migrate in two transactions: zishu_upgrade() to the "
						"revision before this one, commit, and go on; CALL "
						"zishu_upgrade_online() does so by itself."
					  : "Migrate in two transactions: zishu_downgrade() to "
						"this revision, commit, and go on; CALL "
						"zishu_downgrade_online() does so by itself.";
			break;
		case ERRCODE_UNSAFE_NEW_ENUM_VALUE_USAGE:
			hint =
				up ? "CALL zishu_upgrade_online() commits behind each new "
					 "value. So does zishu_upgrade() to the revision that "
					 "adds it, before the next."
				   : "CALL zishu_downgrade_online() commits behind each new "
					 "value. So does zishu_downgrade() to this revision, "
					 "if another one adds it.";
			break;
		case ERRCODE_ACTIVE_SQL_TRANSACTION:
			hint = "CALL zishu_upgrade_online() or zishu_downgrade_online() "
				   "runs such statements by themselves.";
			break;
		case ERRCODE_LOCK_NOT_AVAILABLE:
			hint = "Another session holds the lock. Try again later, or "
				   "raise zishu_migrate.lock_timeout.";
			break;
	}
	if (hint)
		error->hint =
			error->hint ? psprintf("%s %s", error->hint, hint) : pstrdup(hint);
}
