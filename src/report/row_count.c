/*
 * row_count.c
 *
 * How many rows a table has.
 *
 * Rule: the server's own estimate, never a scan: it is told beside a
 * statement that nobody has run yet.
 */
#include "postgres.h"

#include "access/relation.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "storage/bufmgr.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/varlena.h"

#include "report/row_count.h"

/* A page has about this many rows, if nothing better is known. */
#define ROWS_PER_PAGE 100

double
zm_row_count(const char *table)
{
	List *names = textToQualifiedNameList(cstring_to_text(table));
	Oid oid = RangeVarGetRelid(makeRangeVarFromNameList(names), NoLock, true);
	Relation relation;
	double rows;

	if (!OidIsValid(oid))
		return -1;
	relation = try_relation_open(oid, AccessShareLock);
	if (relation == NULL)
		return -1;
	rows = relation->rd_rel->reltuples;
	if (!RELKIND_HAS_STORAGE(relation->rd_rel->relkind))
		rows = -1;
	else if (rows < 0)
		rows = (double) RelationGetNumberOfBlocks(relation) * ROWS_PER_PAGE;
	relation_close(relation, AccessShareLock);
	return rows;
}
