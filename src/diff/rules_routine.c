/*
 * rules_routine.c
 *
 * Functions and procedures: what CREATE OR REPLACE can do.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/rules.h"

static bool replaces_routine(const ZmDiff *diff, const ZmObject *old,
							 const ZmObject *new);
static bool routine_disturbs(const ZmDiff *diff, const ZmObject *old,
							 const ZmObject *new, const ZmObject *dependent);
static bool routine_holds_place(const ZmObject *routine);
static bool routine_place_needs(const ZmObject *needed);
static List *awaited_by_routine(const ZmDiff *diff, const ZmObject *routine);
static void add_parts(List **parts, const ZmObject *object);

const ZmRules zm_rules_routine = {.replaces = replaces_routine,
								  .disturbs = routine_disturbs,
								  .holds_place = routine_holds_place,
								  .place_needs = routine_place_needs,
								  .awaits = awaited_by_routine};

/* Defaults may be added and changed, not taken away. */
static bool
replaces_routine(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const char *before = zm_get(old, "default count");
	const char *after = zm_get(new, "default count");

	return (before ? atoi(before) : 0) > (after ? atoi(after) : 0);
}

/* Until its function has its last shape, and so has all that may be used in
 * there, an event trigger could fail at any statement. */
static bool
routine_disturbs(const ZmDiff *diff, const ZmObject *old, const ZmObject *new,
				 const ZmObject *dependent)
{
	return zm_is_kind(dependent, ZM_KIND_EVENT_TRIGGER) && old &&
		   zm_differs(old, new, "definition");
}

/* Its body, or what its defaults are, can come later; not that of a function
 * in a library, which is looked up at once. */
static bool
routine_holds_place(const ZmObject *routine)
{
	return zm_is(routine, "body form", "atomic") ||
		   (zm_get(routine, "default count") &&
			!zm_is(routine, "language", "c") &&
			!zm_is(routine, "language", "internal"));
}

/* What can stand in its signature, rows among them, and its language. */
static bool
routine_place_needs(const ZmObject *needed)
{
	return needed->kind->names == ZM_NAMES_TYPE ||
		   needed->kind->names == ZM_NAMES_RELATION ||
		   zm_is_kind(needed, ZM_KIND_SCHEMA) ||
		   zm_is_kind(needed, ZM_KIND_LANGUAGE) ||
		   zm_is_kind(needed, ZM_KIND_EXTENSION);
}

static List *
awaited_by_routine(const ZmDiff *diff, const ZmObject *routine)
{
	return zm_stores_expression(routine)
			   ? zm_awaited_by_original(diff, routine)
			   : NIL;
}

List *
zm_parts_of_rows(const ZmObject *object)
{
	List *parts = NIL;

	add_parts(&parts, object);
	return parts;
}

/* Those of the rows within them, too. */
static void
add_parts(List **parts, const ZmObject *object)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, object->needs)
	{
		const ZmObject *type = lfirst(lc);
		ListCell *child;

		if (zm_is_kind(type, ZM_KIND_DOMAIN) ||
			zm_is_kind(type, ZM_KIND_RANGE))
			add_parts(parts, type);
		if (!zm_is_kind(type, ZM_KIND_TABLE) &&
			!zm_is_kind(type, ZM_KIND_FOREIGN_TABLE) &&
			!zm_is_kind(type, ZM_KIND_COMPOSITE_TYPE))
			continue;
		foreach (child, type->children)
		{
			ZmObject *part = lfirst(child);

			if ((!zm_is_kind(part, ZM_KIND_COLUMN) &&
				 !zm_is_kind(part, ZM_KIND_ATTRIBUTE)) ||
				list_member_ptr(*parts, part))
				continue;
			*parts = lappend(*parts, part);
			add_parts(parts, part);
		}
	}
}

bool
zm_stores_expression(const ZmObject *object)
{
	switch (zm_kind_id(object->kind))
	{
		case ZM_KIND_FUNCTION:
		case ZM_KIND_PROCEDURE:
			return zm_is(object, "body form", "atomic") ||
				   zm_get(object, "default count");
		case ZM_KIND_DEFAULT:
		case ZM_KIND_POLICY:
		case ZM_KIND_RULE:
		case ZM_KIND_VIEW:
		case ZM_KIND_MATERIALIZED_VIEW:
			return true;
		default:
			return false;
	}
}
