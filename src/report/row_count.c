/*
 * row_count.c
 *
 * How many rows a table has.
 *
 * Rule: never more than a glance: it is told beside a statement that nobody
 * has run yet.
 */
#include "postgres.h"

#include "access/relation.h"
#include "access/tableam.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/varlena.h"

#include "compat.h"
#include "report/row_count.h"

/* Tables up to this many pages are counted. */
#define FEW_PAGES 1000

/* A page has about this many rows, if nothing better is known. */
#define ROWS_PER_PAGE 100

static char *in_words(Relation relation);
static double count(Relation relation);

char *
zm_row_count(const char *table)
{
	List *names = textToQualifiedNameList(cstring_to_text(table));
	Oid oid = RangeVarGetRelid(makeRangeVarFromNameList(names), NoLock, true);
	Relation relation =
		OidIsValid(oid) ? try_relation_open(oid, AccessShareLock) : NULL;
	char *words = NULL;

	if (relation == NULL)
		return NULL;
	if (relation->rd_rel->relkind == RELKIND_RELATION)
		words = in_words(relation);
	relation_close(relation, AccessShareLock);
	return words;
}

static char *
in_words(Relation relation)
{
	BlockNumber pages = RelationGetNumberOfBlocks(relation);
	double rows = relation->rd_rel->reltuples;

	if (pages <= FEW_PAGES &&
		pg_class_aclcheck(RelationGetRelid(relation), GetUserId(),
						  ACL_SELECT) == ACLCHECK_OK)
	{
		rows = count(relation);
		return psprintf("%.0f row%s", rows, rows == 1 ? "" : "s");
	}
	return psprintf("about %.0f rows",
					rows >= 0 ? rows : (double) pages * ROWS_PER_PAGE);
}

static double
count(Relation relation)
{
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	TableScanDesc scan =
		zm_table_beginscan(relation, GetActiveSnapshot(), 0, NULL);
	double rows = 0;

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		rows++;
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	return rows;
}
