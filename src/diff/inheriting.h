/*
 * inheriting.h
 *
 * Tables under tables: which column comes from which.
 *
 * A link is an inheritance or partition object.  Only links that are there
 * before, throughout and after pass on what is done to a parent.
 */
#ifndef ZM_INHERITING_H
#define ZM_INHERITING_H

#include "diff/diff.h"

extern bool zm_is_link(const ZmObject *object);
/* Does the link hold throughout? */
extern bool zm_link_stays(const ZmDiff *diff, const ZmObject *link);
/* The same, asked before all changes are known; NULL is none. */
extern bool zm_link_is_kept(const ZmDiff *diff, const ZmObject *link);
/* Does the link leave, and the table stay?  Does it come, for a table that is
 * there? */
extern bool zm_is_taken_off(const ZmDiff *diff, const ZmObject *link);
extern bool zm_is_put_under(const ZmDiff *diff, const ZmObject *link);
extern bool zm_is_partitioned(const ZmObject *table);
/* The table above, of the same schema; NULL: it is not in the schema. */
extern ZmObject *zm_link_parent(const ZmObject *link);
/* The table's place in a partitioned table; under that table; NULL: none. */
extern ZmObject *zm_table_partition(const ZmObject *table);
extern ZmObject *zm_table_link(const ZmObject *table, const ZmObject *parent);
/* The column of that name; NULL: there is none. */
extern ZmObject *zm_table_column(const ZmObject *table, const char *name);

/* The columns of the same schema that this one comes from, or that come from
 * it, over links that stay. */
extern List *zm_parent_columns(const ZmDiff *diff, const ZmObject *column);
extern List *zm_child_columns(const ZmDiff *diff, const ZmObject *column);
/* The columns that a new one comes from and that were there before: what is
 * done to these is done to it, too. */
extern List *zm_standing_parent_columns(const ZmDiff *diff,
										const ZmObject *column);
/* Has the table any under it, before or after? */
extern bool zm_has_children(const ZmDiff *diff, const ZmObject *table);

/* Adds all partitions of a table, those of its partitions too. */
extern List *zm_add_partitions(List *tables, const ZmObject *table);
/* Does a foreign key that stays reference it, or a table that it is a
 * partition of? */
extern bool zm_is_referenced(const ZmDiff *diff, const ZmObject *table);
/* Does a partitioned table need it to know where a row belongs?  The server
 * does not alter such a column. */
extern bool zm_is_partition_key(const ZmObject *column);
/* Is it a table of a composite type? */
extern bool zm_is_typed(const ZmObject *table);
/* The attribute of its table's type that a column is altered with, unasked;
 * NULL: it is not one of a typed table, or its table leaves the type meanwhile.
 * old says of which side the column is. */
extern ZmObject *zm_followed_attribute(const ZmDiff *diff,
									   const ZmObject *column, bool old);
/* Does a table that stays become one of a type, or of the type's successor? */
extern bool zm_becomes_typed(const ZmChange *change);
/* Does a table that stays cease to be one of the type that it has? */
extern bool zm_leaves_type(const ZmChange *change);
/* Is it the column of a table, not of a view? */
extern bool zm_is_table_column(const ZmObject *column);
/* Does a column that stays become one of another type or collation? */
extern bool zm_column_moves(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new);
/* The name of the constraint by which a column is not null; NULL: it may be
 * null, or the server knows no such constraint. */
extern const char *zm_not_null_name(const ZmObject *column);
/* Is the column not null, and those of tables below with it? */
extern bool zm_hands_down_not_null(const ZmObject *column);
/* The column whose numbers a sequence gives; NULL: it is owned by none. */
extern ZmObject *zm_sequence_column(const ZmObject *sequence);
/* The sequence of a column's identity; NULL: it has none. */
extern ZmObject *zm_identity_sequence(const ZmObject *column);

#endif /* ZM_INHERITING_H */
