/*
 * online_partitioned.c
 *
 * CREATE INDEX CONCURRENTLY on a partitioned table, which the server refuses.
 *
 * The parent's index is made without those of the partitions, theirs are made
 * concurrently and attached one by one, and with the last one it becomes
 * valid.
 *
 * Rule: where it stands is read from the catalogs alone, anew for each
 * partition, so it can be interrupted anywhere, and partitions may come and go
 * meanwhile.  Whatever takes a lock is committed before the next thing is
 * begun: an index that took hours to build is not lost when attaching it has
 * to wait, and writers of the parent don't wait for a build.
 */
#include "postgres.h"

#include "access/attmap.h"
#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/index.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/partition.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_inherits.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_utilcmd.h"
#include "storage/lmgr.h"
#include "storage/proc.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"
#include "utils/varlena.h"

#include "compat.h"
#include "engine/online_internal.h"
#include "engine/unfinished.h"

typedef struct Work
{
	ZmPassage *passage;
	Oid top; /* the index of the whole */
	int npartitions;
	int ndone;
	TimestampTz told;
} Work;

/* What a partition has that is like the parent's index. */
typedef struct Likeness
{
	Oid index; /* InvalidOid: nothing */
	bool attached;
	bool valid;
} Likeness;

static void set_lock_timeout(int timeout);
static void make(Work *work, IndexStmt *statement, const char *text,
				 bool resumed);
static void refuse_unique_on_foreign(const IndexStmt *statement, Oid table);
static Oid make_parent(Work *work, IndexStmt *statement, const char *text);
static void complete_all(Work *work, Oid table, Oid index);
static bool complete(Work *work, Oid table, Oid index);
static bool complete_partition(Work *work, Oid table, Oid partition,
							   Oid index);
static bool find_likeness(Oid table, Oid partition, Oid index,
						  Likeness *found);
static void compare(Relation partition, Oid index, Likeness *found);
static List *all_indexes(Oid table);
static bool is_like(Relation partition, Relation candidate, Relation table,
					Relation index);
static bool is_abandoned(Oid table, Oid partition, Oid index, Likeness *found);
static void refuse_invalid(Oid partition, Oid found, Oid index);
static void make_index(Work *work, Oid partition, Oid index);
static IndexStmt *clone(Oid partition, Oid index);
static bool is_valid(Oid index);
static bool make_valid(Work *work, Oid table, Oid index);
static bool is_complete(Oid table, Oid index);
static void run_node(Work *work, Node *node, const char *text);
static void tell(Work *work);
static void start_afresh(Work *work);

bool
zm_is_partitioned_index(Node *statement)
{
	const IndexStmt *index = (IndexStmt *) statement;

	return IsA(statement, IndexStmt) && index->concurrent &&
		   index->relation->inh &&
		   get_rel_relkind(RangeVarGetRelid(index->relation, NoLock, true)) ==
			   RELKIND_PARTITIONED_TABLE;
}

/* What is needed for one partition is freed after it. */
void
zm_online_make_partitioned_index(ZmPassage *passage, IndexStmt *statement,
								 const char *text, bool resumed)
{
	MemoryContext whole = passage->statement_context;
	Work work = {.passage = passage, .told = GetCurrentTimestamp()};

	passage->statement_context = AllocSetContextCreate(
		whole, "zishu_migrate partition", ALLOCSET_DEFAULT_SIZES);
	PG_TRY();
	{
		make(&work, statement, text, resumed);
	}
	PG_FINALLY();
	{
		passage->statement_context = whole;
	}
	PG_END_TRY();
	zm_passage_begin(passage);
	MemoryContextSwitchTo(whole);
}

List *
zm_partitioned_remains(const char *object)
{
	List *remains = NIL;
	ListCell *lc;
	Oid index;
	Oid table;

	if (object == NULL)
		return NIL;
	index = RangeVarGetRelid(makeRangeVarFromNameList(textToQualifiedNameList(
								 cstring_to_text(object))),
							 NoLock, true);
	if (get_rel_relkind(index) != RELKIND_PARTITIONED_INDEX || is_valid(index))
		return NIL;
	table = IndexGetRelation(index, false);
	foreach (lc, find_all_inheritors(table, NoLock, NULL))
	{
		Relation partition = try_table_open(lfirst_oid(lc), AccessShareLock);
		Likeness found = {0};

		if (partition == NULL)
			continue;
		if (RelationGetRelid(partition) != table)
			compare(partition, index, &found);
		if (OidIsValid(found.index) && !found.valid)
			remains =
				lappend(remains, psprintf("DROP INDEX CONCURRENTLY %s",
										  zm_qualified_name(found.index)));
		table_close(partition, AccessShareLock);
	}
	return remains;
}

/*
 * With the first lock it stands in the way of everybody, and by itself each
 * of the others may take lock_timeout.  Who may not drop the index may not
 * lock the tables for it; the server says so.
 */
void
zm_online_lock_partitions(Oid index)
{
	TimestampTz end =
		TimestampTzPlusMilliseconds(GetCurrentTimestamp(), LockTimeout);
	int timeout = LockTimeout;
	Oid table = IndexGetRelation(index, false);
	ListCell *lc;

	if (timeout == 0 || !zm_owns_relation(index, GetUserId()))
		return;
	LockRelationOid(table, AccessExclusiveLock);
	foreach (lc, find_all_inheritors(table, NoLock, NULL))
	{
		if (ConditionalLockRelationOid(lfirst_oid(lc), AccessExclusiveLock))
			continue;
		/* An error takes the setting back. */
		set_lock_timeout(Max(
			1, TimestampDifferenceMilliseconds(GetCurrentTimestamp(), end)));
		LockRelationOid(lfirst_oid(lc), AccessExclusiveLock);
	}
	set_lock_timeout(timeout);
}

static void
set_lock_timeout(int timeout)
{
	(void) set_config_option("lock_timeout", psprintf("%d", timeout),
							 PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SET, true,
							 0, false);
}

/*
 * Without an index of our own by that name the server decides: it makes it,
 * passes over it because of IF NOT EXISTS, or raises an error.
 */
static void
make(Work *work, IndexStmt *statement, const char *text, bool resumed)
{
	Oid table = RangeVarGetRelid(statement->relation, NoLock, false);

	refuse_unique_on_foreign(statement, table);
	if (resumed)
		work->top = zm_made_index(statement);
	if (!OidIsValid(work->top))
		work->top = make_parent(work, statement, text);
	if (!OidIsValid(work->top))
		return;
	complete_all(work, table, work->top);
}

static void
refuse_unique_on_foreign(const IndexStmt *statement, Oid table)
{
	ListCell *lc;

	if (!statement->unique)
		return;
	foreach (lc, find_all_inheritors(table, NoLock, NULL))
	{
		if (get_rel_relkind(lfirst_oid(lc)) != RELKIND_FOREIGN_TABLE)
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("cannot create unique index on partitioned table "
						"\"%s\"",
						get_rel_name(table)),
				 errdetail("Its partition \"%s\" is a foreign table.",
						   get_rel_name(lfirst_oid(lc)))));
	}
}

/* Returns InvalidOid if there was something by that name. */
static Oid
make_parent(Work *work, IndexStmt *statement, const char *text)
{
	IndexStmt *only = copyObject(statement);
	Oid table = RangeVarGetRelid(statement->relation, NoLock, false);
	bool taken = OidIsValid(
		get_relname_relid(statement->idxname, get_rel_namespace(table)));

	only->concurrent = false;
	only->relation->inh = false;
	run_node(work, (Node *) only, text);
	return taken ? InvalidOid : zm_made_index(statement);
}

/* Once more for partitions that have come meanwhile. */
static void
complete_all(Work *work, Oid table, Oid index)
{
	check_stack_depth();
	while (complete(work, table, index))
		CHECK_FOR_INTERRUPTS();
}

/* Returns whether there was anything to do. */
static bool
complete(Work *work, Oid table, Oid index)
{
	MemoryContext context = AllocSetContextCreate(work->passage->context,
												  "zishu_migrate partitions",
												  ALLOCSET_DEFAULT_SIZES);
	bool changed = false;
	List *partitions;
	ListCell *lc;

	start_afresh(work);
	if (index == work->top)
	{
		work->npartitions =
			list_length(find_all_inheritors(table, NoLock, NULL)) - 1;
		work->ndone = 0;
	}
	MemoryContextSwitchTo(context);
	partitions = find_inheritance_children(table, NoLock);
	foreach (lc, partitions)
	{
		CHECK_FOR_INTERRUPTS();
		changed |= complete_partition(work, table, lfirst_oid(lc), index);
		tell(work);
	}
	start_afresh(work);
	MemoryContextDelete(context);
	return changed || make_valid(work, table, index);
}

/*
 * One that has partitions itself is attached when it is complete: with the
 * last index below it the server makes those above valid in turn, and locks
 * their tables for that against everybody, while it keeps others from that
 * last one.
 */
static bool
complete_partition(Work *work, Oid table, Oid partition, Oid index)
{
	bool leaf = get_rel_relkind(partition) != RELKIND_PARTITIONED_TABLE;
	Likeness found;
	bool changed;

	start_afresh(work);
	work->ndone++;
	if (get_rel_relkind(partition) == RELKIND_FOREIGN_TABLE ||
		!find_likeness(table, partition, index, &found))
		return false;
	changed = !found.attached;
	if (leaf && OidIsValid(found.index) && !found.valid)
	{
		if (!is_abandoned(table, partition, index, &found))
			return true;
		zm_online_run_sql(work->passage,
						  psprintf("DROP INDEX CONCURRENTLY %s",
								   zm_qualified_name(found.index)));
		found.index = InvalidOid;
	}
	if (!OidIsValid(found.index))
	{
		make_index(work, partition, index);
		if (!find_likeness(table, partition, index, &found))
			return true;
	}
	if (!OidIsValid(found.index))
		return true;
	if (!leaf && !found.valid)
		complete_all(work, partition, found.index);
	if (!found.attached)
		zm_online_run_sql(work->passage,
						  psprintf("ALTER INDEX %s ATTACH PARTITION %s",
								   zm_qualified_name(index),
								   zm_qualified_name(found.index)));
	return changed;
}

/*
 * Returns false if it is no partition of the table any more: what is made for
 * an index is put right by whoever attaches a partition.
 */
static bool
find_likeness(Oid table, Oid partition, Oid index, Likeness *found)
{
	Relation relation = try_table_open(partition, AccessShareLock);
	bool is_partition;

	memset(found, 0, sizeof(Likeness));
	if (relation == NULL)
		return false;
	is_partition = relation->rd_rel->relispartition &&
				   get_partition_parent(partition, true) == table &&
				   !PartitionHasPendingDetach(partition);
	if (is_partition)
	{
		found->index = index_get_partition(relation, index);
		found->attached = OidIsValid(found->index);
		if (found->attached)
			found->valid = is_valid(found->index);
		else
			compare(relation, index, found);
	}
	table_close(relation, AccessShareLock);
	return is_partition;
}

/* An invalid one counts only where there is no other. */
static void
compare(Relation partition, Oid index, Likeness *found)
{
	Relation parent = index_open(index, AccessShareLock);
	Relation table = table_open(parent->rd_index->indrelid, AccessShareLock);
	ListCell *lc;

	/* Expressions are simplified for the comparison. */
	PushActiveSnapshot(GetTransactionSnapshot());
	foreach (lc, all_indexes(RelationGetRelid(partition)))
	{
		Relation candidate =
			try_relation_open(lfirst_oid(lc), AccessShareLock);

		if (candidate == NULL)
			continue;
		if (!candidate->rd_rel->relispartition &&
			is_like(partition, candidate, table, parent))
		{
			found->index = RelationGetRelid(candidate);
			found->valid = candidate->rd_index->indisvalid;
		}
		relation_close(candidate, AccessShareLock);
		if (found->valid)
			break;
	}
	PopActiveSnapshot();
	table_close(table, AccessShareLock);
	index_close(parent, AccessShareLock);
}

/* Also those that the relation cache leaves out, as being dropped: who began
 * to drop one may be gone. */
static List *
all_indexes(Oid table)
{
	Relation catalog = table_open(IndexRelationId, AccessShareLock);
	List *indexes = NIL;
	SysScanDesc scan;
	ScanKeyData key;
	HeapTuple tuple;

	ScanKeyInit(&key, Anum_pg_index_indrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(table));
	scan =
		systable_beginscan(catalog, IndexIndrelidIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		indexes = lappend_oid(indexes,
							  ((Form_pg_index) GETSTRUCT(tuple))->indexrelid);
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return indexes;
}

/* As the server sees it when it looks for an index to attach. */
static bool
is_like(Relation partition, Relation candidate, Relation table, Relation index)
{
	AttrMap *map =
		zm_attribute_map(RelationGetDescr(partition), RelationGetDescr(table));

	return CompareIndexInfo(BuildIndexInfo(candidate), BuildIndexInfo(index),
							candidate->rd_indcollation, index->rd_indcollation,
							candidate->rd_opfamily, index->rd_opfamily, map);
}

/*
 * Another session may be building it: then it is valid, or gone, once we have
 * the lock that both take, and keep until it is dropped.
 */
static bool
is_abandoned(Oid table, Oid partition, Oid index, Likeness *found)
{
	if (found->attached)
		refuse_invalid(partition, found->index, index);
	LockRelationOid(partition, ShareUpdateExclusiveLock);
	return find_likeness(table, partition, index, found) &&
		   OidIsValid(found->index) && !found->attached && !found->valid;
}

/* As nobody but the one who attached it can have meant. */
static void
refuse_invalid(Oid partition, Oid found, Oid index)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("index \"%s\" of partition \"%s\" is not valid",
					get_rel_name(found), get_rel_name(partition)),
			 errdetail("It is attached to \"%s\", so it cannot be dropped and "
					   "built again.",
					   get_rel_name(index)),
			 errhint("REINDEX INDEX CONCURRENTLY %s makes it valid.",
					 zm_qualified_name(found))));
}

static void
make_index(Work *work, Oid partition, Oid index)
{
	IndexStmt *statement = clone(partition, index);
	bool leaf = get_rel_relkind(partition) != RELKIND_PARTITIONED_TABLE;

	statement->concurrent = leaf;
	statement->relation->inh = leaf;
	run_node(work, (Node *) statement,
			 psprintf("CREATE INDEX %sON %s%s", leaf ? "CONCURRENTLY " : "",
					  leaf ? "" : "ONLY ", zm_qualified_name(partition)));
}

static IndexStmt *
clone(Oid partition, Oid index)
{
	Relation relation = table_open(partition, AccessShareLock);
	Relation parent = index_open(index, AccessShareLock);
	Relation table = table_open(parent->rd_index->indrelid, AccessShareLock);
	Oid constraint;
	IndexStmt *statement = generateClonedIndexStmt(
		makeRangeVar(get_namespace_name(RelationGetNamespace(relation)),
					 pstrdup(RelationGetRelationName(relation)), -1),
		parent,
		zm_attribute_map(RelationGetDescr(relation), RelationGetDescr(table)),
		&constraint);

	table_close(table, AccessShareLock);
	index_close(parent, AccessShareLock);
	table_close(relation, AccessShareLock);
	return statement;
}

static bool
is_valid(Oid index)
{
	Relation relation = index_open(index, AccessShareLock);
	bool valid = relation->rd_index->indisvalid;

	index_close(relation, AccessShareLock);
	return valid;
}

/*
 * Attaching the last index does it, but neither where a partition has none,
 * being a foreign table, nor where the last one without was detached.  Who
 * attaches a partition takes this lock, too.  Returns whether there is more
 * to do.
 */
static bool
make_valid(Work *work, Oid table, Oid index)
{
	if (is_valid(index))
		return false;
	LockRelationOid(table, ShareUpdateExclusiveLock);
	LockRelationOid(index, ShareUpdateExclusiveLock);
	if (!is_complete(table, index))
		return true;
	if (is_valid(index))
		return false;
	if (!zm_owns_relation(index, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_INDEX, get_rel_name(index));
	index_set_state_flags(index, INDEX_CREATE_SET_VALID);
	CacheInvalidateRelcacheByRelid(table);
	start_afresh(work);
	return false;
}

static bool
is_complete(Oid table, Oid index)
{
	bool complete = true;
	ListCell *lc;

	foreach (lc, find_inheritance_children(table, NoLock))
	{
		Relation partition = try_table_open(lfirst_oid(lc), AccessShareLock);
		Oid attached;

		if (partition == NULL)
			continue;
		/* One whose end is near does not count. */
		if (PartitionHasPendingDetach(lfirst_oid(lc)))
		{
			table_close(partition, AccessShareLock);
			continue;
		}
		attached = index_get_partition(partition, index);
		if (partition->rd_rel->relkind != RELKIND_FOREIGN_TABLE)
			complete = OidIsValid(attached) && is_valid(attached);
		table_close(partition, AccessShareLock);
		if (!complete)
			break;
	}
	return complete;
}

/* In transactions of its own. */
static void
run_node(Work *work, Node *node, const char *text)
{
	RawStmt *raw = makeNode(RawStmt);

	raw->stmt = node;
	zm_passage_commit_nothing(work->passage);
	zm_online_run_by_itself(work->passage, raw, text);
	zm_passage_commit_nothing(work->passage);
	zm_passage_begin(work->passage);
	MemoryContextSwitchTo(work->passage->statement_context);
}

static void
tell(Work *work)
{
	if (!TimestampDifferenceExceeds(work->told, GetCurrentTimestamp(),
									ZM_TELL_INTERVAL))
		return;
	work->told = GetCurrentTimestamp();
	ereport(
		NOTICE,
		(errmsg("index \"%s\": %d of %d partitions", get_rel_name(work->top),
				Min(work->ndone, work->npartitions), work->npartitions)));
}

/* Without the locks and the memory of what was done before. */
static void
start_afresh(Work *work)
{
	ZmPassage *passage = work->passage;

	zm_passage_commit_nothing(passage);
	MemoryContextReset(passage->statement_context);
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
}
