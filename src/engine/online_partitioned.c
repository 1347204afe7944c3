/*
 * online_partitioned.c
 *
 * CREATE INDEX CONCURRENTLY on a partitioned table, which the server refuses.
 *
 * The parent's index is made without those of the partitions, theirs are made
 * concurrently and attached one by one, and with the last one it becomes
 * valid.  Rule: where it stands is read from the catalogs alone, anew for each
 * partition, so it can be interrupted anywhere, and partitions may come and go
 * meanwhile.
 */
#include "postgres.h"

#include "access/attmap.h"
#include "access/genam.h"
#include "access/relation.h"
#include "access/table.h"
#include "catalog/index.h"
#include "catalog/namespace.h"
#include "catalog/partition.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_utilcmd.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "compat.h"
#include "engine/online_internal.h"
#include "engine/unfinished.h"
#include "util/fault.h"
#include "worker/statement.h"

/* What a partition has that is like the parent's index. */
typedef struct Likeness
{
	Oid index; /* InvalidOid: nothing */
	bool attached;
	bool valid;
} Likeness;

static void refuse_foreign(Oid table);
static Oid make_parent(ZmPassage *passage, IndexStmt *statement,
					   const char *name);
static bool complete(ZmPassage *passage, Oid table, Oid index);
static bool complete_partition(ZmPassage *passage, Oid partition, Oid index);
static Likeness find_likeness(Oid partition, Oid index);
static bool is_like(Relation partition, Relation candidate, Relation table,
					Relation index);
static void make_index(ZmPassage *passage, Oid partition, Oid index);
static IndexStmt *clone(Oid partition, Oid index);
static void run_node(ZmPassage *passage, Node *node, const char *text);
static char *name_of(Oid relation);

bool
zm_is_partitioned_index(Node *statement)
{
	const IndexStmt *index = (IndexStmt *) statement;

	return IsA(statement, IndexStmt) && index->concurrent &&
		   index->relation->inh &&
		   get_rel_relkind(RangeVarGetRelid(index->relation, NoLock, true)) ==
			   RELKIND_PARTITIONED_TABLE;
}

void
zm_online_make_partitioned_index(ZmPassage *passage, IndexStmt *statement,
								 const char *name)
{
	Oid table = RangeVarGetRelid(statement->relation, NoLock, false);
	Oid index;

	refuse_foreign(table);
	index = get_relname_relid(name, get_rel_namespace(table));
	if (!OidIsValid(index))
		index = make_parent(passage, statement, name);
	/* Once more for partitions that have come meanwhile. */
	while (complete(passage, table, index))
		CHECK_FOR_INTERRUPTS();
	zm_passage_begin(passage);
}

/* With one of these the parent's index would never become valid. */
static void
refuse_foreign(Oid table)
{
	ListCell *lc;

	foreach (lc, find_all_inheritors(table, NoLock, NULL))
	{
		if (get_rel_relkind(lfirst_oid(lc)) != RELKIND_FOREIGN_TABLE)
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot create an index on partitioned table \"%s\" "
						"concurrently",
						get_rel_name(table)),
				 errdetail("Its partition \"%s\" is a foreign table.",
						   get_rel_name(lfirst_oid(lc))),
				 errhint("Create indexes on the other partitions "
						 "concurrently, and then the one on the parent "
						 "without CONCURRENTLY: it takes over what is "
						 "there.")));
	}
}

static Oid
make_parent(ZmPassage *passage, IndexStmt *statement, const char *name)
{
	IndexStmt *only = copyObject(statement);
	Oid table;

	only->idxname = pstrdup(name);
	only->concurrent = false;
	only->if_not_exists = false;
	only->relation->inh = false;
	run_node(passage, (Node *) only,
			 psprintf("CREATE INDEX %s ON ONLY %s", quote_identifier(name),
					  quote_identifier(statement->relation->relname)));
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	table = RangeVarGetRelid(statement->relation, NoLock, false);
	return get_relname_relid(name, get_rel_namespace(table));
}

/* Returns whether there was anything to do. */
static bool
complete(ZmPassage *passage, Oid table, Oid index)
{
	MemoryContext context = AllocSetContextCreate(passage->statement_context,
												  "zishu_migrate partitions",
												  ALLOCSET_DEFAULT_SIZES);
	bool changed = false;
	List *partitions;
	ListCell *lc;

	check_stack_depth();
	zm_passage_begin(passage);
	MemoryContextSwitchTo(context);
	partitions = find_inheritance_children(table, NoLock);
	foreach (lc, partitions)
	{
		CHECK_FOR_INTERRUPTS();
		changed |= complete_partition(passage, lfirst_oid(lc), index);
	}
	MemoryContextSwitchTo(passage->statement_context);
	MemoryContextDelete(context);
	return changed;
}

static bool
complete_partition(ZmPassage *passage, Oid partition, Oid index)
{
	Likeness found;
	bool changed;
	char kind;

	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	kind = get_rel_relkind(partition);
	if (kind == '\0' || !get_rel_relispartition(partition))
		return false;
	found = find_likeness(partition, index);
	changed = !found.attached;
	if (OidIsValid(found.index) && !found.attached && !found.valid &&
		kind != RELKIND_PARTITIONED_TABLE)
	{
		zm_online_run_sql(passage, psprintf("DROP INDEX CONCURRENTLY %s",
											name_of(found.index)));
		found.index = InvalidOid;
	}
	if (!OidIsValid(found.index))
	{
		make_index(passage, partition, index);
		found = find_likeness(partition, index);
	}
	if (!found.attached && OidIsValid(found.index))
		zm_online_run_sql(passage,
						  psprintf("ALTER INDEX %s ATTACH PARTITION %s",
								   name_of(index), name_of(found.index)));
	if (kind == RELKIND_PARTITIONED_TABLE && OidIsValid(found.index))
		changed |= complete(passage, partition, found.index);
	return changed;
}

static Likeness
find_likeness(Oid partition, Oid index)
{
	Likeness found = {InvalidOid, false, false};
	Relation relation = table_open(partition, AccessShareLock);
	Relation parent = index_open(index, AccessShareLock);
	Relation table = table_open(parent->rd_index->indrelid, AccessShareLock);
	ListCell *lc;

	foreach (lc, RelationGetIndexList(relation))
	{
		Relation candidate = index_open(lfirst_oid(lc), AccessShareLock);
		bool child = candidate->rd_rel->relispartition;

		if (child &&
			get_partition_parent(RelationGetRelid(candidate), true) == index)
			found.attached = true;
		if (found.attached ||
			(!child && is_like(relation, candidate, table, parent)))
		{
			found.index = RelationGetRelid(candidate);
			found.valid = candidate->rd_index->indisvalid;
		}
		index_close(candidate, AccessShareLock);
		/* An invalid one goes only where there is no other. */
		if (found.attached || found.valid)
			break;
	}
	table_close(table, AccessShareLock);
	index_close(parent, AccessShareLock);
	table_close(relation, AccessShareLock);
	return found;
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

static void
make_index(ZmPassage *passage, Oid partition, Oid index)
{
	IndexStmt *statement = clone(partition, index);
	bool leaf = get_rel_relkind(partition) != RELKIND_PARTITIONED_TABLE;

	statement->concurrent = leaf;
	statement->relation->inh = leaf;
	run_node(passage, (Node *) statement,
			 psprintf("CREATE INDEX %sON %s%s", leaf ? "CONCURRENTLY " : "",
					  leaf ? "" : "ONLY ", name_of(partition)));
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
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

/* In transactions of its own. */
static void
run_node(ZmPassage *passage, Node *node, const char *text)
{
	RawStmt *raw = makeNode(RawStmt);

	raw->stmt = node;
	zm_online_run_by_itself(passage, raw, text);
}

static char *
name_of(Oid relation)
{
	return quote_qualified_identifier(
		get_namespace_name(get_rel_namespace(relation)),
		get_rel_name(relation));
}
