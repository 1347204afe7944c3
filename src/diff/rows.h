/*
 * rows.h
 *
 * Rows as values: which columns hold rows of which tables.
 *
 * The server leaves a table alone, where it has to go through its rows, while
 * columns hold rows of it, be it inside of arrays, domains, ranges and other
 * types.  Such columns hold texts in the meantime; what uses them is not there
 * then.
 */
#ifndef ZM_ROWS_H
#define ZM_ROWS_H

#include "diff/diff.h"

/* The columns with rows of a table of the old schema, or of one under it, in
 * them, those first that hold rows in which the others are.  Columns that are
 * altered with those of a parent table are left out. */
extern List *zm_row_holders(const ZmDiff *diff, const ZmObject *table);
/* The tables of whose rows a column holds any, and what passes on to these. */
extern List *zm_rows_held(const ZmObject *column);
/* Does the server go through the rows for this alteration of a column (old is
 * NULL: for its addition)? */
extern bool zm_goes_through_rows(const ZmDiff *diff, const ZmObject *old,
								 const ZmObject *new);
/* Does it keep a column from becoming text and what it was again? */
extern bool zm_keeps_from_text(const ZmObject *user);

#endif /* ZM_ROWS_H */
