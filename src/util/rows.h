/*
 * rows.h
 *
 * Rows of a set-returning function.
 */
#ifndef ZM_ROWS_H
#define ZM_ROWS_H

#include "fmgr.h"

/* A row being put together, column by column, left to right. */
typedef struct ZmRowSet
{
	struct ReturnSetInfo *rsinfo;
	int next;
	Datum values[16];
	bool nulls[16];
} ZmRowSet;

/* Makes the function return rows in materialize mode. */
extern void zm_rowset_begin(ZmRowSet *rows, FunctionCallInfo fcinfo);
extern void zm_rowset_put(ZmRowSet *rows, Datum value);
extern void zm_rowset_put_null(ZmRowSet *rows);
extern void zm_rowset_put_text(ZmRowSet *rows, const char *value);
extern void zm_rowset_put_texts(ZmRowSet *rows, int n, char **values);
/* Stores the row, all of whose columns have been put. */
extern void zm_rowset_finish_row(ZmRowSet *rows);

#endif /* ZM_ROWS_H */
