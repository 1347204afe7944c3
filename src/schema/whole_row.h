/*
 * whole_row.h
 *
 * Bodies of functions that give the rows of a table as they are.
 */
#ifndef ZM_WHOLE_ROW_H
#define ZM_WHOLE_ROW_H

#include "nodes/parsenodes.h"

/* Does the query give all columns of tables, nothing else and in their order,
 * whose rows are of this type? */
extern bool zm_gives_whole_rows(const Query *query, Oid type);

/* Have it give them as rows. */
extern void zm_say_whole_rows(Query *query);

/* The names of the columns (char *) of a table's rows, sorted. */
extern List *zm_row_columns(Oid type);

#endif /* ZM_WHOLE_ROW_H */
