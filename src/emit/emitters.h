/*
 * emitters.h
 *
 * The emitters, a file per family of kinds.
 */
#ifndef ZM_EMITTERS_H
#define ZM_EMITTERS_H

#include "emit/emit.h"

extern const ZmEmitter zm_emitter_schema; /* emit_schema.c */
extern const ZmEmitter zm_emitter_extension;
extern const ZmEmitter zm_emitter_privileges;
extern const ZmEmitter zm_emitter_default_privileges; /* emit_privileges.c */
extern const ZmEmitter zm_emitter_language;			  /* emit_language.c */
extern const ZmEmitter zm_emitter_access_method;
extern const ZmEmitter zm_emitter_transform;
extern const ZmEmitter zm_emitter_collation; /* emit_collation.c */
extern const ZmEmitter zm_emitter_conversion;
extern const ZmEmitter zm_emitter_enum; /* emit_type.c */
extern const ZmEmitter zm_emitter_composite_type;
extern const ZmEmitter zm_emitter_attribute;
extern const ZmEmitter zm_emitter_shell_type; /* emit_base_type.c */
extern const ZmEmitter zm_emitter_range;
extern const ZmEmitter zm_emitter_base_type;
extern const ZmEmitter zm_emitter_domain; /* emit_domain.c */
extern const ZmEmitter zm_emitter_domain_constraint;
extern const ZmEmitter zm_emitter_foreign_data_wrapper; /* emit_foreign.c */
extern const ZmEmitter zm_emitter_server;
extern const ZmEmitter zm_emitter_user_mapping;
extern const ZmEmitter zm_emitter_sequence; /* emit_sequence.c */
extern const ZmEmitter zm_emitter_table;	/* emit_table.c */
extern const ZmEmitter zm_emitter_foreign_table;
extern const ZmEmitter zm_emitter_inheritance;
extern const ZmEmitter zm_emitter_partition;
extern const ZmEmitter zm_emitter_column; /* emit_column.c */
extern const ZmEmitter zm_emitter_default;
extern const ZmEmitter zm_emitter_constraint; /* emit_constraint.c */
extern const ZmEmitter zm_emitter_foreign_key;
extern const ZmEmitter zm_emitter_index; /* emit_index.c */
extern const ZmEmitter zm_emitter_statistics;
extern const ZmEmitter zm_emitter_view; /* emit_view.c */
extern const ZmEmitter zm_emitter_materialized_view;
extern const ZmEmitter zm_emitter_rule; /* emit_trigger.c */
extern const ZmEmitter zm_emitter_trigger;
extern const ZmEmitter zm_emitter_partition_trigger;
extern const ZmEmitter zm_emitter_event_trigger;
extern const ZmEmitter zm_emitter_policy;  /* emit_policy.c */
extern const ZmEmitter zm_emitter_routine; /* emit_routine.c */
extern const ZmEmitter zm_emitter_aggregate;
extern const ZmEmitter zm_emitter_operator; /* emit_operator.c */
extern const ZmEmitter zm_emitter_operator_family;
extern const ZmEmitter zm_emitter_operator_family_members;
extern const ZmEmitter zm_emitter_operator_class;
extern const ZmEmitter zm_emitter_cast;
extern const ZmEmitter zm_emitter_text_search_parser; /* emit_text_search.c */
extern const ZmEmitter zm_emitter_text_search_template;
extern const ZmEmitter zm_emitter_text_search_dictionary;
extern const ZmEmitter zm_emitter_text_search_configuration;
extern const ZmEmitter zm_emitter_publication; /* emit_publication.c */
extern const ZmEmitter zm_emitter_publication_table;
extern const ZmEmitter zm_emitter_publication_schema;
extern const ZmEmitter zm_emitter_subscription;

/*
 * What the families need of each other.
 */

/* commits.c: marks the statements behind which there must be a commit. */
extern void zm_mark_commits(ZmEmit *emit);

/* rewrites.c: has a table written anew once for all of its columns. */
extern void zm_join_rewrites(ZmEmit *emit);

/* key_locks.c: what a column that gets another type, as it was, a partition that
 * comes or leaves, and a table that goes lock besides. */
extern void zm_note_key_locks_of_drop(const ZmEmit *emit,
									  ZmStatementOut *statement,
									  const ZmObject *table);
extern void zm_note_key_locks_of_type(const ZmEmit *emit,
									  ZmStatementOut *statement,
									  const ZmObject *old);
extern void zm_note_key_locks_of_partition(const ZmEmit *emit,
										   ZmStatementOut *statement,
										   const ZmObject *link, bool comes);

/* emit_table.c: the storage parameters that a table gets. */
extern void zm_emit_set_options(ZmEmit *emit, const ZmObject *old,
								const ZmObject *new);

/* emit_constraint.c: a constraint as CREATE TABLE and ADD take it; and what
 * these cannot say of it. */
extern char *zm_constraint_clause(const ZmObject *constraint);
extern void zm_emit_constraint_rest(ZmEmit *emit, const ZmObject *constraint);
/* object: the constraint, or the column that it is of. */
extern void zm_emit_validate(ZmEmit *emit, const ZmObject *object,
							 const char *name);

/* Foreign keys of a table that are alike and get under those of the parent when
 * it becomes a partition: for that they are called in the order of those, and
 * then what they are to be called. */
extern void zm_emit_copies_in_order(ZmEmit *emit, const ZmObject *table,
									bool before);

/* key_copies.c: makes sure that no copy of a foreign key, which schemas do not
 * tell, has this name where the object, a part of a table, is to have it. */
extern void zm_emit_free_name(ZmEmit *emit, const ZmObject *object,
							  const char *name);

/* emit_index.c, about indexes and constraints that have one: its name, as an
 * index; " WITH (...)" or nothing. */
extern char *zm_index_name(const ZmObject *index);
extern char *zm_index_options(const ZmObject *index);
/* The index of a table with this mark ("clustered", "replica identity"). */
extern const ZmObject *zm_table_index(const ZmObject *table, const char *mark);
/* Was a table of the new schema there before, with its rows? */
extern bool zm_table_stands(const ZmDiff *diff, const ZmObject *table);
/* Is the new one to be built before the old one is dropped? */
extern bool zm_index_swaps(const ZmEmit *emit, const ZmChange *change);
/* What can be altered; old is NULL if it has just been made. */
extern void zm_emit_index_rest(ZmEmit *emit, const ZmObject *old,
							   const ZmObject *new);
extern void zm_emit_index_attach(ZmEmit *emit, const ZmObject *index);
/* Ahead of its drop. */
extern void zm_emit_index_leaves(ZmEmit *emit, const ZmObject *old);

/* emit_column.c: a column as CREATE TABLE and ADD COLUMN take it, and what of
 * that stands behind its type; value is what DEFAULT is followed by, or NULL.
 */
extern char *zm_column_clause(ZmEmit *emit, const ZmObject *column,
							  const char *value);
extern char *zm_column_constraints(ZmEmit *emit, const ZmObject *column,
								   const char *value);
/* What these cannot say: storage and compression; statistics and options.
 * have is a column whose settings it has already, NULL: it is new.  Does so
 * for materialized views, too. */
extern void zm_emit_column_storage(ZmEmit *emit, const ZmObject *have,
								   const ZmObject *want);
extern void zm_emit_column_options(ZmEmit *emit, const ZmObject *have,
								   const ZmObject *want);
/* Both, for a new one. */
extern void zm_emit_column_rest(ZmEmit *emit, const ZmObject *column);
/* The expression of a column's default; NULL: none.  With parts, one that is
 * not among them does not count. */
extern const char *zm_column_default(const ZmObject *column, List *parts);

/* ALTER TABLE ... ALTER COLUMN; with only, tables below are left alone. */
extern ZmStatementOut *zm_alter_column(ZmEmit *emit, const ZmObject *column,
									   bool only, const char *format, ...)
	pg_attribute_printf(4, 5);

/* emit_not_null.c: " NOT NULL", by the name that its constraint is to have, or
 * nothing; and what that cannot say of a column that has just been made, or all
 * if it was not said. */
extern char *zm_not_null_clause(ZmEmit *emit, const ZmObject *column);
extern void zm_emit_not_null_rest(ZmEmit *emit, const ZmObject *column,
								  bool said);
/* What is to be altered. */
extern void zm_emit_not_null(ZmEmit *emit, const ZmObject *old,
							 const ZmObject *new);
/* Puts a column right that has just been made under others: above is the one
 * by which it is not null by now; NULL: none. */
extern void zm_emit_not_null_below(ZmEmit *emit, const ZmObject *above,
								   const ZmObject *column);

/* emit_not_null_name.c: how the constraint is called when the statements so far
 * have been run; NULL: there is none. */
extern const char *zm_not_null_name_now(const ZmEmit *emit,
										const ZmObject *column);
/* Says how it is called from now on; NULL: it is gone. */
extern void zm_not_null_named(ZmEmit *emit, const ZmObject *column,
							  const char *name);
/* ... that it has been made by now, as the column says; has it been? */
extern void zm_not_null_made(ZmEmit *emit, const ZmObject *column);
extern bool zm_not_null_is_made(const ZmEmit *emit, const ZmObject *column);
/* ... that a column of the old schema has been altered to be null, and those
 * below that had it from there. */
extern void zm_not_null_dropped(ZmEmit *emit, const ZmObject *old);
/* Do tables below have it by now from this column; they shall, or no longer. */
extern bool zm_not_null_inherits_now(const ZmEmit *emit,
									 const ZmObject *column);
extern void zm_emit_not_null_inherit(ZmEmit *emit, const ZmObject *column,
									 bool inherit);
/* Is it certain that the server finds this name?  It takes one that no
 * constraint in the schema has. */
extern bool zm_not_null_is_usual(ZmEmit *emit, const ZmObject *column);
/* Makes sure that no not-null constraint that is to lose that name later has it
 * where the object, a part of a table, is to have it. */
extern void zm_free_not_null_name(ZmEmit *emit, const ZmObject *object,
								  const char *name);
extern void zm_rename_not_null(ZmEmit *emit, const ZmObject *old,
							   const ZmObject *new);
/* Of a table that is to be put under others, or of a column that is to get its
 * constraint from others: nothing renames them after that. */
extern void zm_settle_not_null_names(ZmEmit *emit, const ZmObject *table);
extern void zm_settle_not_null_name(ZmEmit *emit, const ZmObject *column);

/* emit_type.c: the columns that are of a type, or of arrays of it, become text
 * before it is dropped. */
extern void zm_emit_detour(ZmEmit *emit, const ZmChange *type);

/* column_hazard.c: what a new column with this default, and another type of a
 * table's column, mean for the rows. */
extern void zm_emit_new_column_hazard(ZmStatementOut *statement,
									  const ZmObject *column,
									  const char *value);
extern void zm_emit_type_hazard(const ZmEmit *emit, ZmStatementOut *statement,
								const ZmChange *change, bool converts);


/* rename_hint.c: says which hint to write if what is dropped looks like
 * something that is made. */
extern void zm_emit_rename_hint(ZmEmit *emit, ZmStatementOut *statement,
								const ZmObject *old);
/* The same for the labels of an enum. */
extern void zm_emit_label_hints(ZmStatementOut *statement, const ZmObject *old,
								const ZmObject *new);

/* emit_sequence.c: "GENERATED ALWAYS AS IDENTITY (...)" for the sequence of an
 * identity. */
extern char *zm_identity_clause(const ZmObject *sequence);
/* The identity of a column that has been added without it. */
extern void zm_emit_add_identity(ZmEmit *emit, const ZmObject *column);
/* The sequences that are made with a table go on behind the rows of one that
 * becomes a partition of it. */
extern void zm_emit_count_on(ZmEmit *emit, const ZmObject *table,
							 const ZmObject *parent);
/* What that clause cannot say of it, if the column has one. */
extern void zm_emit_identity_rest(ZmEmit *emit, const ZmObject *column);
/* Logged or unlogged, if it is not that already. */
extern void zm_emit_sequence_persistence(ZmEmit *emit,
										 const ZmObject *sequence,
										 const char *have);
/* Before and behind the statement that changes the type of a column: what its
 * identity, if it keeps one, needs for that. */
extern void zm_emit_identity_before_type(ZmEmit *emit, const ZmChange *change);
extern void zm_emit_identity_behind_type(ZmEmit *emit, const ZmChange *change);

#endif /* ZM_EMITTERS_H */
