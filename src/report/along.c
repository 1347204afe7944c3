/*
 * along.c
 *
 * What is called after a table or its columns, and has another name with them.
 *
 * Rule: only what hangs on a table that a hint is about, and differs from what
 * the model has there by its name alone: keys, checks, indexes and the sequences
 * of its columns.  The server copies the names of the first two to partitions.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "emit/emit.h"
#include "report/along.h"

static List *pairs_of(const ZmSchema *source, const ZmSchema *target,
					  List *old, List *new, List *found);
static const ZmObject *counterpart(const ZmObject *old, const ZmSchema *source,
								   List *new, List *found);
static bool is_taken(const ZmObject *new, List *found);
static bool has_own_name(const ZmObject *object);
static List *sequences_of(const ZmSchema *schema, const ZmObject *table);

List *
zm_renamed_along(const ZmSchema *source, const ZmSchema *target, List *tables)
{
	List *found = NIL;
	ListCell *lc;

	foreach (lc, tables)
	{
		const ZmObject *old =
			zm_schema_find(source, zm_kind(ZM_KIND_TABLE), lfirst(lc));
		const ZmObject *new =
			zm_schema_find(target, zm_kind(ZM_KIND_TABLE), lfirst(lc));

		if (old == NULL || new == NULL)
			continue;
		found = pairs_of(source, target, old->children, new->children, found);
		found = pairs_of(source, target, sequences_of(source, old),
						 sequences_of(target, new), found);
	}
	return found;
}

static List *
pairs_of(const ZmSchema *source, const ZmSchema *target, List *old, List *new,
		 List *found)
{
	ListCell *lc;

	foreach (lc, old)
	{
		const ZmObject *object = lfirst(lc);
		const ZmObject *other;

		if (!has_own_name(object) ||
			zm_schema_find(target, object->kind, object->identity))
			continue;
		other = counterpart(object, source, new, found);
		if (other)
		{
			ZmRenamed *pair = palloc(sizeof(ZmRenamed));

			pair->old = object;
			pair->new = other;
			found = lappend(found, pair);
		}
	}
	return found;
}

/* What is new there, and the same but for its name. */
static const ZmObject *
counterpart(const ZmObject *old, const ZmSchema *source, List *new,
			List *found)
{
	ListCell *lc;

	foreach (lc, new)
	{
		const ZmObject *other = lfirst(lc);

		if (other->kind == old->kind && zm_is_same_but_name(old, other) &&
			!zm_schema_find(source, other->kind, other->identity) &&
			!is_taken(other, found))
			return other;
	}
	return NULL;
}

static bool
is_taken(const ZmObject *new, List *found)
{
	ListCell *lc;

	foreach (lc, found)
	{
		if (((const ZmRenamed *) lfirst(lc))->new == new)
			return true;
	}
	return false;
}

/* What is a copy of a parent's or a partitioned table's gets its name there. */
static bool
has_own_name(const ZmObject *object)
{
	switch (zm_kind_id(object->kind))
	{
		case ZM_KIND_CONSTRAINT:
			return zm_get(object, "inherited") == NULL &&
				   zm_get(object, "of partitioned") == NULL;
		case ZM_KIND_FOREIGN_KEY:
		case ZM_KIND_INDEX:
			return zm_get(object, "of partitioned") == NULL;
		case ZM_KIND_SEQUENCE:
			return true;
		default:
			return false;
	}
}

static List *
sequences_of(const ZmSchema *schema, const ZmObject *table)
{
	List *sequences = NIL;
	ListCell *lc;

	foreach (lc, schema->objects)
	{
		ZmObject *object = lfirst(lc);
		const ZmObject *column = zm_is_kind(object, ZM_KIND_SEQUENCE)
									 ? zm_sequence_column(object)
									 : NULL;

		if (column && column->parent == table)
			sequences = lappend(sequences, object);
	}
	return sequences;
}
