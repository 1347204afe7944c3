/*
 * insert.h
 *
 * Adding many rows to a table of ours.
 */
#ifndef ZM_INSERT_H
#define ZM_INSERT_H

/*
 * Makes a row: values and nulls have a place for each of the columns that are
 * named.  Called in memory that is given back after each row.
 */
typedef void (*ZmInsertFill)(int row, Datum *values, bool *nulls, void *arg);

/*
 * Adds n rows to zishu_migrate.<table>, with defaults, constraints, triggers
 * and indexes as INSERT has them; the command after it sees them.  The rights
 * are not looked at, as the owner has them: to be called within a scope.
 */
extern void zm_insert(const char *table, int ncolumns,
					  const char *const *columns, int n, ZmInsertFill fill,
					  void *arg);

#endif /* ZM_INSERT_H */
