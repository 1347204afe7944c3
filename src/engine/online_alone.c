/*
 * online_alone.c
 *
 * Statements that take transactions of their own.
 *
 * Rule: before such a statement a row is committed that says it has started,
 * and its last transaction takes the row along that says it is done.  Where
 * only the first is found, the catalogs tell what became of it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "nodes/makefuncs.h"
#include "storage/proc.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "engine/online_internal.h"
#include "engine/unfinished.h"
#include "guc.h"
#include "util/fault.h"
#include "worker/statement.h"

static bool is_started(const ZmPassage *passage);
static void start(ZmPassage *passage, const ZmStatement *statement,
				  Node *node);
static void refuse_invalid(Node *statement);
static void clear_up(ZmPassage *passage, List *remains);
static bool drops_partitioned_index(Node *statement);
static Oid dropped_index(Node *statement);
static void be_patient(ZmPassage *passage, Node *statement);

void
zm_online_run_alone(ZmPassage *passage, const ZmStatement *statement,
					RawStmt *raw)
{
	Node *node = raw->stmt;
	bool resumed = is_started(passage);

	passage->started = node;
	passage->resumed = resumed;
	if (!resumed)
		start(passage, statement, node);
	else
		zm_take_up_object(node, passage->current.object);
	if (resumed && !zm_is_partitioned_index(node))
		clear_up(passage, zm_remains(node));

	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	zm_fault_point();
	if (zm_is_partitioned_index(node))
		zm_online_make_partitioned_index(passage, (IndexStmt *) node,
										 statement->text, resumed);
	else if (!resumed || !zm_effect_is_there(node))
		zm_online_run_by_itself(passage, raw, statement->text);
	passage->commit_is_due = true;
}

void
zm_online_clear_up_edited(ZmPassage *passage, const ZmStatement *statement)
{
	uint8 digest[PG_SHA256_DIGEST_LENGTH] = {0};

	if (!is_started(passage))
		return;
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	if (statement)
		zm_statement_digest(statement, digest);
	if (memcmp(digest, passage->committed.started_digest, sizeof(digest)) == 0)
		return;
	clear_up(passage,
			 list_concat(zm_partitioned_remains(passage->current.object),
						 zm_object_remains(passage->current.object)));
	passage->current.object = NULL;
	zm_passage_commit(passage, ZM_PROGRESS_READY);
}

void
zm_online_run_by_itself(ZmPassage *passage, RawStmt *raw, const char *text)
{
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	be_patient(passage, raw->stmt);
	if (drops_partitioned_index(raw->stmt))
	{
		((DropStmt *) raw->stmt)->concurrent = false;
		zm_online_lock_partitions(dropped_index(raw->stmt));
	}
	(void) zm_statement_run(raw, text, true);
	zm_online_be_impatient(passage);
	zm_fault_point();
}

void
zm_online_run_sql(ZmPassage *passage, const char *sql)
{
	zm_online_run_by_itself(passage,
							linitial_node(RawStmt, pg_parse_query(sql)), sql);
	zm_passage_commit_nothing(passage);
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
}

/* After an error, too: the statement may have committed the setting. */
void
zm_online_be_impatient(ZmPassage *passage)
{
	if (!passage->patient)
		return;
	(void) set_config_option("lock_timeout", psprintf("%d", zm_lock_timeout),
							 PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SET, true,
							 0, false);
	passage->patient = false;
}

static bool
is_started(const ZmPassage *passage)
{
	return passage->stored &&
		   passage->committed.statement == passage->current.statement &&
		   strcmp(passage->committed.state, ZM_PROGRESS_STARTED) == 0;
}

/*
 * Where what it is to make is there already, it is not of our making, and the
 * server says so.
 */
static void
start(ZmPassage *passage, const ZmStatement *statement, Node *node)
{
	bool there;
	MemoryContext saved;

	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	passage->current.object = zm_name_object(node);
	there = zm_is_there_already(node);
	refuse_invalid(node);
	memset(passage->current.started_digest, 0, PG_SHA256_DIGEST_LENGTH);
	zm_statement_digest(statement, passage->current.started_digest);
	if (passage->current.object)
	{
		saved = MemoryContextSwitchTo(passage->context);
		passage->current.object = pstrdup(passage->current.object);
		MemoryContextSwitchTo(saved);
	}
	zm_passage_commit(passage,
					  there ? ZM_PROGRESS_READY : ZM_PROGRESS_STARTED);
}

/*
 * The server passes over an index that it finds, though it may be of no use,
 * and the revision would count as applied.
 */
static void
refuse_invalid(Node *statement)
{
	Oid index;

	if (!IsA(statement, IndexStmt) ||
		!((IndexStmt *) statement)->if_not_exists ||
		zm_is_partitioned_index(statement))
		return;
	index = zm_made_index((IndexStmt *) statement);
	if (!OidIsValid(index) || zm_effect_is_there(statement))
		return;
	ereport(
		ERROR,
		(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
		 errmsg("index %s exists, but is not valid", zm_qualified_name(index)),
		 errdetail("Somebody is still building it, or has failed to."),
		 errhint("If nobody is: DROP INDEX CONCURRENTLY %s, and call "
				 "again.",
				 zm_qualified_name(index))));
}

/* Each of what has to be run first, by itself. */
static void
clear_up(ZmPassage *passage, List *remains)
{
	ListCell *lc;

	zm_passage_commit_nothing(passage);
	foreach (lc, remains)
	{
		zm_fault_point();
		zm_online_run_sql(passage, lfirst(lc));
	}
	zm_passage_commit_nothing(passage);
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
}

/*
 * The server refuses to do it concurrently, and a part of such an index can
 * be neither dropped nor detached by itself.  Dropping it takes a strong lock
 * on the table and all partitions, but for no longer than the catalogs take
 * to change.
 */
static bool
drops_partitioned_index(Node *statement)
{
	return IsA(statement, DropStmt) && zm_is_concurrent(statement) &&
		   get_rel_relkind(dropped_index(statement)) ==
			   RELKIND_PARTITIONED_INDEX;
}

static Oid
dropped_index(Node *statement)
{
	List *name = linitial(castNode(DropStmt, statement)->objects);

	return RangeVarGetRelid(makeRangeVarFromNameList(name), NoLock, true);
}

/* A script's own lock_timeout stands. */
static void
be_patient(ZmPassage *passage, Node *statement)
{
	if (zm_lock_timeout == 0 || LockTimeout != zm_lock_timeout ||
		!zm_waits_harmlessly(statement) || drops_partitioned_index(statement))
		return;
	(void) set_config_option("lock_timeout", "0", PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SET, true, 0, false);
	passage->patient = true;
}
