/*
 * rules.h
 *
 * What the differ must know of single kinds.
 *
 * Every rule is optional; without any, a kind's fixed attributes make it anew,
 * others alter it in place, and an alteration disturbs nobody.
 */
#ifndef ZM_RULES_H
#define ZM_RULES_H

#include "diff/diff.h"

typedef struct ZmRules
{
	/* Must it be made anew, although no fixed attribute, or none at all,
	 * differs? */
	bool (*replaces)(const ZmDiff *diff, const ZmObject *old,
					 const ZmObject *new);

	/* Is there nothing to be done if these two differ in that attribute, because
	 * no statement makes the one of the other? */
	bool (*overlooks)(const ZmObject *old, const ZmObject *new,
					  const char *attribute);

	/* When old is altered to new, or new is added (old is NULL): must this
	 * dependent or child of old, or dependent of what it is a part of, be
	 * dropped before and made again behind? */
	bool (*disturbs)(const ZmDiff *diff, const ZmObject *old,
					 const ZmObject *new, const ZmObject *dependent);

	/* Can the object that it is a part of not take this new one while it is in
	 * use, and must itself be made anew? */
	bool (*outgrows)(const ZmDiff *diff, const ZmObject *new);

	/*
	 * Is this need satisfied only by the COMPLETE step, so that the object can
	 * be made before what it needs?  (a sequence and its owner column, a base
	 * type and its functions)
	 */
	bool (*late)(const ZmObject *object, const ZmObject *needed);

	/* May it be said in its parent's CREATE?  (for kinds that fold) */
	bool (*folds)(const ZmObject *object);

	/*
	 * The object of the same schema whose step of this phase does the same for
	 * this one, unasked; NULL: none.  (a column inherited from a parent table,
	 * a partition's index)  object belongs to the old schema in a DROP, to the
	 * new one in a CREATE; only these two phases are asked for: an emitter
	 * leaves out of an alteration what another one brings along.
	 */
	ZmObject *(*carrier)(const ZmDiff *diff, const ZmObject *object,
						 ZmPhase phase);

	/* Does it not matter for the order that it needs that one? */
	bool (*disregards)(const ZmDiff *diff, const ZmObject *object,
					   const ZmObject *needed);

	/* Does it stay when that leaves which it needs, because it needs it only
	 * while it is made, or is taken off it before?  (a partition its indexes) */
	bool (*stays)(const ZmDiff *diff, const ZmObject *object,
				  const ZmObject *needed);

	/* Can others use it before its COMPLETE step? */
	bool usable_early;

	/* Can it be altered while others use it that are about to go? */
	bool alters_in_use;

	/*
	 * Objects of the same schema that must have got their last shape before
	 * this one is made or altered, and that keep their old one until it is
	 * dropped, although it does not need them.  (a partition and its indexes)
	 */
	List *(*awaits)(const ZmDiff *diff, const ZmObject *object);

	/*
	 * Objects of the same schema that pass on what is done to them: altered or
	 * dropped before this one is altered, but made only then, for they find it
	 * there.  (the column of a parent table)
	 */
	List *(*obeys)(const ZmDiff *diff, const ZmObject *object);

	/* Can it be made without its definition at first?  (a view or a function
	 * in a cycle) */
	bool (*holds_place)(const ZmObject *object);

	/* What is made so: does it need that already? */
	bool (*place_needs)(const ZmObject *needed);
} ZmRules;

extern const ZmRules *zm_rules(const ZmKind *kind);

/* One per kind that has any, beside the others of its family. */
extern const ZmRules zm_rules_extension; /* rules_database.c */
extern const ZmRules zm_rules_language;
extern const ZmRules zm_rules_subscription;
extern const ZmRules zm_rules_table; /* rules_table.c */
extern const ZmRules zm_rules_column;
extern const ZmRules zm_rules_default;
extern const ZmRules zm_rules_constraint; /* rules_constraint.c */
extern const ZmRules zm_rules_index;
extern const ZmRules zm_rules_foreign_key; /* rules_foreign_key.c */
extern const ZmRules zm_rules_inheritance; /* rules_link.c */
extern const ZmRules zm_rules_partition;
extern const ZmRules zm_rules_sequence; /* rules_sequence.c */
extern const ZmRules zm_rules_view;		/* rules_view.c */
extern const ZmRules zm_rules_materialized_view;
extern const ZmRules zm_rules_rule;
extern const ZmRules zm_rules_trigger;
extern const ZmRules zm_rules_partition_trigger;
extern const ZmRules zm_rules_policy;
extern const ZmRules zm_rules_routine;	/* rules_routine.c */
extern const ZmRules zm_rules_operator; /* rules_operator.c */
extern const ZmRules zm_rules_operator_family;
extern const ZmRules zm_rules_foreign_data_wrapper; /* rules_foreign.c */
extern const ZmRules zm_rules_enum;					/* rules_type.c */
extern const ZmRules zm_rules_domain;
extern const ZmRules zm_rules_domain_constraint;
extern const ZmRules zm_rules_attribute;
extern const ZmRules zm_rules_range;
extern const ZmRules zm_rules_base_type;

/*
 * rules_constraint.c: questions that emitters have too.
 */

/* Is it a primary key, a unique or an exclusion constraint? */
extern bool zm_constraint_has_index(const ZmObject *constraint);
/* The constraint of a parent table that this check comes from; NULL: none. */
extern ZmObject *zm_constraint_inherited_from(const ZmObject *constraint);
/* Is it valid, though it comes from one that is not? */
extern bool zm_is_validated_below(const ZmObject *constraint);
/* Does it become one that is not valid? */
extern bool zm_becomes_unchecked(const ZmObject *old, const ZmObject *new);
/* Is it put under that one, or found by it, only when both are there? */
extern bool zm_is_attached_later(const ZmObject *object,
								 const ZmObject *needed);
/* The one of the parent that takes an index along when it is dropped. */
extern ZmObject *zm_index_carrier(const ZmDiff *diff, const ZmObject *index,
								  ZmPhase phase);

/*
 * rules_foreign_key.c
 */

/* The table that a foreign key refers to. */
extern ZmObject *zm_referenced_table(const ZmObject *key);
/* Does a link come or go without regard to a key, because that comes and goes
 * with the parent's while the table is a partition, or because the link brings
 * it along? */
extern bool zm_link_disregards_key(const ZmDiff *diff, const ZmObject *link,
								   const ZmObject *needed);

/*
 * attached.c: what hangs on an index, a constraint or a foreign key of the
 * parent table.
 */

/* An index, or a constraint that may have one? */
extern bool zm_is_index(const ZmObject *object);
/* Two foreign keys that read the same? */
extern bool zm_keys_alike(const ZmObject *key, const ZmObject *other);
/* The index, constraint or foreign key of the parent table that this one of a
 * partition is attached to; NULL: none. */
extern ZmObject *zm_attached_to(const ZmObject *index);
/* The one of that partition that is attached to parent; NULL: none. */
extern ZmObject *zm_attached_in(const ZmObject *table, const ZmObject *parent);
/* The copies of foreign keys in the table of this one that read as it does, by
 * the names of those that they are copies of. */
extern List *zm_copies_alike(const ZmObject *key);
/* Are they called in another order than those?  The server lets each one of the
 * parent's, by name, have the first one that it finds, by name, too. */
extern bool zm_crosses_copies(const ZmObject *key);
/* Does an index that is attached to it, or to one of those, belong to a
 * constraint? */
extern bool zm_has_key_below(const ZmObject *index);
/* One that is dropped, or made, under one of the parent that stays: what takes
 * its place, or whose place it takes; or NULL. */
extern ZmObject *zm_attached_heir(const ZmDiff *diff, const ZmObject *index,
								  bool old);
/* Do both hang on the same one, whatever that is called?  As far as that stays,
 * and the partitions do; asked before all changes are known, too. */
extern bool zm_hangs_on_same(const ZmDiff *diff, const ZmObject *old,
							 const ZmObject *new);
/* Is it no longer under that one of the parent, though the table is still its
 * partition?  It cannot be taken off, and leaves with that one. */
extern bool zm_is_torn_off(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new);
/* Is it free of what it hung on, and of all that becomes of that, because the
 * table is taken off before? */
extern bool zm_is_let_go(const ZmDiff *diff, const ZmObject *object,
						 const ZmObject *needed);

/* found_instead.c: would the server take this one of the new schema, which is
 * to stay the table's own, for another one when it attaches the table?  Asked
 * before all changes are known, too. */
extern bool zm_is_found_instead(const ZmDiff *diff, const ZmObject *new);
/* Would the server give a table that it attaches one for this one of the parent,
 * though it is to have none? */
extern bool zm_is_made_unasked(const ZmDiff *diff, const ZmObject *new);

/* rules_table.c: does a generated column become a plain one, with its values? */
extern bool zm_keeps_what_it_got(const ZmDiff *diff, const ZmObject *column);
/* What both kinds of links await. */
extern List *zm_awaited_by_link(const ZmDiff *diff, const ZmObject *link);

/* partitions_exchanged.c: do tables become, or cease to be, partitions of those
 * between which this foreign key is, so that it cannot stay?  Asked before all
 * changes are known. */
extern bool zm_partitions_are_exchanged(const ZmDiff *diff,
										const ZmObject *old,
										const ZmObject *new);

/* partitions_renamed.c: does the table have a constraint in the way of one from
 * above that is renamed? */
extern bool zm_replaces_partition(const ZmDiff *diff, const ZmObject *old,
								  const ZmObject *new);

/* rules_table.c: can it have a row of a table that it needs in it, as a
 * value? */
extern bool zm_uses_rows(const ZmObject *object);

/* row_holders.c: the columns of tables and materialized views that hold rows of
 * this one, be it in arrays or within other types, of the same schema.  Are
 * there any, for it or a table below? */
extern List *zm_row_holders(const ZmObject *table);
/* Domains in whose defaults there are some. */
extern List *zm_rows_in_defaults(const ZmObject *table);
/* What else can have some in expressions, within values of other types. */
extern List *zm_rows_within_others(const ZmObject *type);
extern bool zm_rows_are_held(const ZmDiff *diff, const ZmObject *table);
/* Does the change of a column write its table anew, whatever is tried? */
extern bool zm_writes_anew(const ZmDiff *diff, const ZmChange *change);

/* rules_routine.c: does it keep an expression in which a value of a type that
 * it needs can stand?  The server then alters no part of the type. */
extern bool zm_stores_expression(const ZmObject *object);
/* All columns or attributes of the row types that it needs. */
extern List *zm_parts_of_rows(const ZmObject *object);

/* rules_type.c: does a domain need that one, if at all, for its default, and
 * not what it needs without one? */
extern bool zm_is_needed_by_default(const ZmObject *domain,
									const ZmObject *needed);

/* rules_type.c: is the type of a column or a domain that of the rows of a table
 * or the like, or an array of these? */
extern bool zm_is_of_rows(const ZmObject *object, const ZmObject *relation);
/* The same of a type by its name. */
extern bool zm_is_or_array(const char *type, const char *element);

/* rules_type.c: the domain that is the type of a column or another domain, of
 * the same schema; NULL: its type is none. */
extern const ZmObject *zm_domain_of(const ZmObject *object);
/* The same of the elements, if it is an array. */
extern const ZmObject *zm_domain_of_elements(const ZmObject *object);
/* What a column or a domain is made of: the innermost domain, whose type is
 * none; itself if its type is none. */
extern const ZmObject *zm_domain_base(const ZmObject *object);

/* conversion.c: the expression that gives a column's new value, of its quoted
 * name; NULL: the old one is assigned. */
extern char *zm_column_conversion(const ZmDiff *diff, const ZmChange *change,
								  const char *name);
/* The cast that the column's alteration takes, if it is of the same schema. */
extern List *zm_awaited_by_column(const ZmDiff *diff, const ZmObject *column);

/* rules_operator.c: the operator that this one calls its commutator or negator,
 * of the same schema; NULL: it has none, or one that is not in it.  Most call
 * each other so. */
extern ZmObject *zm_operator_partner(const ZmSchema *schema,
									 const ZmObject *op, const char *link);

/* originals.c: the text that an attribute of a view, a rule, a policy or a
 * function of the new schema is made from, and what that awaits. */
extern const char *zm_written(const ZmDiff *diff, const ZmObject *object,
							  const char *attribute);
extern List *zm_awaited_by_original(const ZmDiff *diff,
									const ZmObject *object);
/* The columns or attributes of something, in their order. */
extern List *zm_columns_in_order(const ZmObject *relation);

/* rules_foreign.c: does a wrapper get its validator only when everything below
 * it has its options? */
extern bool zm_validates_last(const ZmChange *change);

/* rules_sequence.c: does a sequence that is there come to a column, in the
 * end? */
extern bool zm_links_last(const ZmChange *change);

/* rules_database.c: has the type of a column another name only because its
 * extension moves to another schema? */
extern bool zm_type_moves_along(const ZmDiff *diff, const ZmObject *old,
								const ZmObject *new);

#endif /* ZM_RULES_H */
