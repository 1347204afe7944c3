/*
 * class_needs.c
 *
 * What sorts and compares by a type's default operator class.
 *
 * A query that orders, groups or tells values apart, and statistics of columns,
 * ask the server for the class when they are written, and it keeps no word of
 * that: a query is noted to need the operators, statistics only the columns.
 * So a query that needs an operator of a default class is taken to need that
 * class, too, and statistics that of the types of their columns.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "schema/reading.h"

static List *find_classes(const ZmReading *reading);
static void add_users(ZmReading *reading, ZmObject *class);
static List *all_needs(ZmObject *object, List *found);
static bool holds_query(const ZmObject *object);
static bool uses_operator_of(const ZmObject *object, const ZmObject *class);
static bool is_statistics_of(const ZmObject *object, const ZmObject *class);
static bool has_type_of(const ZmObject *object, const ZmObject *class);

void
zm_read_class_needs(ZmReading *reading)
{
	List *classes = find_classes(reading);
	ListCell *lc;

	foreach (lc, classes)
		add_users(reading, lfirst(lc));
	list_free(classes);
}

static List *
find_classes(const ZmReading *reading)
{
	List *classes = NIL;
	ListCell *lc;

	foreach (lc, reading->objects)
	{
		ZmObject *object = ((ZmReadObject *) lfirst(lc))->object;

		if (zm_is_kind(object, ZM_KIND_OPERATOR_CLASS) &&
			zm_flag(object, "default") &&
			(zm_is(object, "access method", "btree") ||
			 zm_is(object, "access method", "hash")))
			classes = lappend(classes, object);
	}
	return classes;
}

/* What the class is made of does not need it. */
static void
add_users(ZmReading *reading, ZmObject *class)
{
	List *parts = all_needs(class, NIL);
	MemoryContext saved;
	ListCell *lc;

	foreach (lc, reading->objects)
	{
		ZmObject *object = ((ZmReadObject *) lfirst(lc))->object;

		CHECK_FOR_INTERRUPTS();
		if (!(holds_query(object) ? uses_operator_of(object, class)
								  : is_statistics_of(object, class)) ||
			list_member_ptr(parts, object))
			continue;
		saved = MemoryContextSwitchTo(reading->context);
		object->needs = lappend(object->needs, class);
		MemoryContextSwitchTo(saved);
	}
	list_free(parts);
}

static List *
all_needs(ZmObject *object, List *found)
{
	ListCell *lc;

	check_stack_depth();
	if (list_member_ptr(found, object))
		return found;
	found = lappend(found, object);
	foreach (lc, object->needs)
		found = all_needs(lfirst(lc), found);
	return found;
}

static bool
holds_query(const ZmObject *object)
{
	switch (zm_kind_id(object->kind))
	{
		case ZM_KIND_VIEW:
		case ZM_KIND_MATERIALIZED_VIEW:
		case ZM_KIND_RULE:
		case ZM_KIND_POLICY:
			return true;
		case ZM_KIND_FUNCTION:
		case ZM_KIND_PROCEDURE:
			return zm_is(object, "body form", "atomic");
		default:
			return false;
	}
}

static bool
uses_operator_of(const ZmObject *object, const ZmObject *class)
{
	ListCell *lc;

	foreach (lc, object->needs)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_OPERATOR) &&
			list_member_ptr(class->needs, lfirst(lc)))
			return true;
	}
	return false;
}

static bool
is_statistics_of(const ZmObject *object, const ZmObject *class)
{
	ListCell *lc;

	if (!zm_is_kind(object, ZM_KIND_STATISTICS))
		return false;
	foreach (lc, object->needs)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_COLUMN) &&
			has_type_of(lfirst(lc), class))
			return true;
	}
	return false;
}

/* Is it of the class's type, or of a domain over that? */
static bool
has_type_of(const ZmObject *object, const ZmObject *class)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, object->needs)
	{
		const ZmObject *type = lfirst(lc);

		if (type->kind->names == ZM_NAMES_TYPE &&
			(zm_is(class, "type", type->identity) || has_type_of(type, class)))
			return true;
	}
	return false;
}
