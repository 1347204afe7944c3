/*
 * rules_type.c
 *
 * Types: what can be altered while columns use them.
 */
#include "postgres.h"

#include "diff/rules.h"

static bool replaces_enum(const ZmDiff *diff, const ZmObject *old,
						  const ZmObject *new);
static bool replaces_attribute(const ZmDiff *diff, const ZmObject *old,
							   const ZmObject *new);
static bool folds_domain_constraint(const ZmObject *constraint);
static bool loses_validity(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new);
static bool is_function(const ZmObject *object, const ZmObject *needed);

const ZmRules zm_rules_enum = {.replaces = replaces_enum};
const ZmRules zm_rules_domain = {0};
const ZmRules zm_rules_domain_constraint = {.replaces = loses_validity,
											.folds = folds_domain_constraint};
const ZmRules zm_rules_composite_type = {0};
const ZmRules zm_rules_attribute = {.replaces = replaces_attribute};
const ZmRules zm_rules_base_type = {.late = is_function};

/* Labels can be added, anywhere, but not removed or moved. */
static bool
replaces_enum(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	List *labels = zm_get_list(new, "labels");
	ListCell *next = list_head(labels);
	ListCell *lc;

	foreach (lc, zm_get_list(old, "labels"))
	{
		while (next && strcmp(lfirst(next), lfirst(lc)) != 0)
			next = lnext(labels, next);
		if (next == NULL)
			return true;
		next = lnext(labels, next);
	}
	return false;
}

/* The server refuses to while a table's column is of the type. */
static bool
replaces_attribute(const ZmDiff *diff, const ZmObject *old,
				   const ZmObject *new)
{
	ListCell *lc;

	if (!zm_differs(old, new, "type") && !zm_differs(old, new, "collation"))
		return false;
	foreach (lc, old->parent->dependents)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_COLUMN))
			return true;
	}
	return false;
}

static bool
folds_domain_constraint(const ZmObject *constraint)
{
	return zm_flag(constraint, "validated");
}

static bool
loses_validity(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return zm_flag(old, "validated") && !zm_flag(new, "validated");
}

/* It is a mere name until the functions that read and write it are there. */
static bool
is_function(const ZmObject *object, const ZmObject *needed)
{
	return zm_is_kind(needed, ZM_KIND_FUNCTION);
}
