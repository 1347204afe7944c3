/*
 * conversion.c
 *
 * How the values of a column come to another type.
 *
 * Rule: a cast that users made is there while the column is altered, be it one
 * of the new schema or one that is about to go.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "diff/types.h"

static ZmObject *cast_of(const ZmDiff *diff, const ZmChange *change,
						 bool *old);
static bool has_extension_cast(const ZmObject *old, const ZmObject *new);
static bool is_cast_of_needed(const ZmObject *column, const char *cast);
static const char *type_within(const ZmObject *column);
static const ZmObject *made_of(const ZmObject *column, bool *array);
static bool type_moves(const ZmDiff *diff, const ZmObject *object);

/* A domain is taken for what it is made of, unless that is made anew. */
char *
zm_column_conversion(const ZmDiff *diff, const ZmChange *change,
					 const char *name)
{
	const char *type = zm_get(change->new, "type");
	const char *from = type_within(change->old);
	const char *to = type_within(change->new);
	bool moves = type_moves(diff, made_of(change->old, NULL));
	bool old;
	char *value;

	if (!zm_is_kind(change->new->parent, ZM_KIND_TABLE))
		return NULL;
	if (change->texts)
		return psprintf("%s::%s", name, type);
	if (moves && !zm_types_nest(from, to))
		return psprintf("%s::text::%s", name, type);
	value = zm_type_conversion(name, from, to,
							   !moves && cast_of(diff, change, &old), moves);
	if (value && !moves && has_extension_cast(change->old, change->new))
		value = zm_type_conversion(name, from, to, true, false);
	if (value == NULL || made_of(change->new, NULL) == change->new)
		return value;
	return psprintf("%s::%s", value, type);
}

/* The cast that it takes, if it is on the same side. */
List *
zm_awaited_by_column(const ZmDiff *diff, const ZmObject *column)
{
	bool is_old =
		zm_schema_find(diff->old, column->kind, column->identity) == column;
	const ZmChange *change =
		is_old ? zm_old_change(diff, column) : zm_new_change(diff, column);
	bool old;
	ZmObject *cast;

	if (!zm_change_stays(change) || !zm_is_table_column(column) ||
		!zm_differs(change->old, change->new, "type"))
		return NIL;
	cast = cast_of(diff, change, &old);
	return cast && old == is_old ? list_make1(cast) : NIL;
}

/* What users made to come from the one type to the other. */
static ZmObject *
cast_of(const ZmDiff *diff, const ZmChange *change, bool *old)
{
	const char *from = type_within(change->old);
	const char *to = type_within(change->new);

	do
	{
		const ZmKind *kind = zm_kind(ZM_KIND_CAST);
		ZmObject *cast =
			zm_schema_find(diff->new, kind, zm_type_cast(from, to));

		*old = cast == NULL;
		if (cast == NULL)
			cast = zm_schema_find(diff->old, kind, zm_type_cast(from, to));
		if (cast)
			return cast;
	} while (zm_type_elements(&from, &to));
	return NULL;
}

/* Or an extension has for that, which one of the two is of. */
static bool
has_extension_cast(const ZmObject *old, const ZmObject *new)
{
	const char *from = type_within(old);
	const char *to = type_within(new);

	do
	{
		char *cast = zm_type_cast(from, to);

		if (is_cast_of_needed(made_of(old, NULL), cast) ||
			is_cast_of_needed(made_of(new, NULL), cast))
			return true;
	} while (zm_type_elements(&from, &to));
	return false;
}

static bool
is_cast_of_needed(const ZmObject *column, const char *cast)
{
	ListCell *lc;

	foreach (lc, column->needs)
	{
		const ZmObject *extension = lfirst(lc);
		ListCell *other;

		if (!zm_is_kind(extension, ZM_KIND_EXTENSION))
			continue;
		foreach (other, zm_get_list(extension, "casts"))
		{
			if (strcmp(lfirst(other), cast) == 0)
				return true;
		}
	}
	return false;
}

static const char *
type_within(const ZmObject *column)
{
	bool array = false;
	const ZmObject *within = made_of(column, &array);

	return psprintf("%s%s", zm_get(within, "type"), array ? "[]" : "");
}

/* What a column, or each element of it, is made of. */
static const ZmObject *
made_of(const ZmObject *column, bool *array)
{
	const ZmObject *base = zm_domain_base(column);
	const ZmObject *element = zm_domain_of_elements(base);
	const ZmObject *within = element ? zm_domain_base(element) : NULL;

	/* Arrays of arrays are none of more dimensions. */
	if (within == NULL || strchr(zm_get(within, "type"), '['))
		return base;
	if (array)
		*array = true;
	return within;
}

/* Is its type one that is made anew? */
static bool
type_moves(const ZmDiff *diff, const ZmObject *object)
{
	ListCell *lc;

	foreach (lc, object->needs)
	{
		const ZmObject *needed = lfirst(lc);
		const ZmChange *change = zm_old_change(diff, needed);

		if ((needed->kind->names == ZM_NAMES_TYPE ||
			 zm_is_of_rows(object, needed)) &&
			change && change->replaced)
			return true;
	}
	return false;
}
