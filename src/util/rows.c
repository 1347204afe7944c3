/*
 * rows.c
 *
 * Rows of a set-returning function.
 *
 * Rule: rows go into the tuplestore as they are made, and what was allocated
 * for a row is freed with it, so that a long listing needs no more memory
 * than the store may use.
 */
#include "postgres.h"

#include "funcapi.h"
#include "nodes/execnodes.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "util/arrays.h"
#include "util/rows.h"

void
zm_rowset_begin(ZmRowSet *rows, FunctionCallInfo fcinfo)
{
	/* A function with a single column returns no row type. */
	bool scalar = get_call_result_type(fcinfo, NULL, NULL) == TYPEFUNC_SCALAR;

	InitMaterializedSRF(fcinfo, scalar ? MAT_SRF_USE_EXPECTED_DESC : 0);
	rows->rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	rows->next = 0;
}

void
zm_rowset_put(ZmRowSet *rows, Datum value)
{
	Assert(rows->next < (int) lengthof(rows->values));
	rows->values[rows->next] = value;
	rows->nulls[rows->next++] = false;
}

void
zm_rowset_put_null(ZmRowSet *rows)
{
	Assert(rows->next < (int) lengthof(rows->values));
	rows->values[rows->next] = (Datum) 0;
	rows->nulls[rows->next++] = true;
}

void
zm_rowset_put_text(ZmRowSet *rows, const char *value)
{
	if (value == NULL)
		zm_rowset_put_null(rows);
	else
		zm_rowset_put(rows, CStringGetTextDatum(value));
}

void
zm_rowset_put_texts(ZmRowSet *rows, int n, char **values)
{
	zm_rowset_put(rows, zm_text_array(n, values));
}

void
zm_rowset_finish_row(ZmRowSet *rows)
{
	TupleDesc desc = rows->rsinfo->setDesc;

	Assert(rows->next == desc->natts);
	tuplestore_putvalues(rows->rsinfo->setResult, desc, rows->values,
						 rows->nulls);
	for (int i = 0; i < rows->next; i++)
	{
		if (!rows->nulls[i] && !TupleDescAttr(desc, i)->attbyval)
			pfree(DatumGetPointer(rows->values[i]));
	}
	rows->next = 0;
}
