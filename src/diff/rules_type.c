/*
 * rules_type.c
 *
 * Types: what can be altered while columns use them.
 *
 * Rule: what the server refuses because some table holds values of the type,
 * be it inside of arrays or of other types, makes the type anew.
 */
#include "postgres.h"

#include "diff/rules.h"

static bool replaces_enum(const ZmDiff *diff, const ZmObject *old,
						  const ZmObject *new);
static bool replaces_domain(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new);
static bool replaces_domain_constraint(const ZmDiff *diff, const ZmObject *old,
									   const ZmObject *new);
static bool outgrows_domain(const ZmDiff *diff, const ZmObject *new);
static bool folds_domain_constraint(const ZmObject *constraint);
static bool replaces_attribute(const ZmDiff *diff, const ZmObject *old,
							   const ZmObject *new);
static bool disturbs_attribute(const ZmDiff *diff, const ZmObject *old,
							   const ZmObject *new, const ZmObject *dependent);
static const ZmObject *domain_in(const ZmObject *object, const char *behind);
static bool works_for(const ZmObject *object, const ZmObject *needed);
static bool is_stored(const ZmObject *type);
static bool is_stored_inside(const ZmObject *domain);
static bool has_storage(const ZmObject *column);

const ZmRules zm_rules_enum = {.replaces = replaces_enum,
							   .alters_in_use = true};
const ZmRules zm_rules_domain = {.replaces = replaces_domain,
								 .late = works_for};
const ZmRules zm_rules_domain_constraint = {.replaces =
												replaces_domain_constraint,
											.outgrows = outgrows_domain,
											.folds = folds_domain_constraint};
const ZmRules zm_rules_attribute = {.replaces = replaces_attribute,
									.disturbs = disturbs_attribute};
const ZmRules zm_rules_range = {.late = works_for};
const ZmRules zm_rules_base_type = {.late = works_for};

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

/* Values inside of something else are not looked at by the server. */
static bool
replaces_domain(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return !zm_flag(old, "not null") && zm_flag(new, "not null") &&
		   is_stored_inside(old);
}

static bool
replaces_domain_constraint(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new)
{
	if (zm_flag(old, "validated"))
		return !zm_flag(new, "validated");
	return zm_flag(new, "validated") && is_stored_inside(old->parent);
}

static bool
outgrows_domain(const ZmDiff *diff, const ZmObject *new)
{
	return zm_flag(new, "validated") &&
		   is_stored_inside(zm_new_twin(diff, new->parent));
}

static bool
folds_domain_constraint(const ZmObject *constraint)
{
	return zm_flag(constraint, "validated");
}

static bool
replaces_attribute(const ZmDiff *diff, const ZmObject *old,
				   const ZmObject *new)
{
	return (zm_differs(old, new, "type") ||
			zm_differs(old, new, "collation")) &&
		   is_stored(old->parent);
}

/* The columns of typed tables follow; nothing that reads the attribute, or has
 * a value of the type in it, may be there meanwhile. */
static bool
disturbs_attribute(const ZmDiff *diff, const ZmObject *old,
				   const ZmObject *new, const ZmObject *dependent)
{
	if (old == NULL ||
		(!zm_differs(old, new, "type") && !zm_differs(old, new, "collation")))
		return false;
	return zm_needs(dependent, old) || zm_stores_expression(dependent) ||
		   zm_uses_rows(dependent);
}

const ZmObject *
zm_domain_of(const ZmObject *object)
{
	return domain_in(object, "");
}

const ZmObject *
zm_domain_of_elements(const ZmObject *object)
{
	return domain_in(object, "[]");
}

const ZmObject *
zm_domain_base(const ZmObject *object)
{
	for (const ZmObject *domain = zm_domain_of(object); domain;
		 domain = zm_domain_of(domain))
		object = domain;
	return object;
}

static const ZmObject *
domain_in(const ZmObject *object, const char *behind)
{
	ListCell *lc;

	foreach (lc, object->needs)
	{
		const ZmObject *needed = lfirst(lc);

		if (zm_is_kind(needed, ZM_KIND_DOMAIN) &&
			zm_is(object, "type", psprintf("%s%s", needed->identity, behind)))
			return needed;
	}
	return NULL;
}

/* The functions that make a type what it is, or a domain's default, have its
 * name among their own types; it is no more than a name until they are there. */
static bool
works_for(const ZmObject *object, const ZmObject *needed)
{
	return zm_is_kind(needed, ZM_KIND_FUNCTION) && zm_needs(needed, object);
}

/* Are there rows with values of the type, or with values that have some? */
static bool
is_stored(const ZmObject *type)
{
	ListCell *lc;

	foreach (lc, type->dependents)
	{
		const ZmObject *dependent = lfirst(lc);

		if (has_storage(dependent))
			return true;
		if (zm_is_kind(dependent, ZM_KIND_ATTRIBUTE))
			dependent = dependent->parent;
		if (dependent->kind->names == ZM_NAMES_TYPE && is_stored(dependent))
			return true;
	}
	return false;
}

/* Are there such rows with the domain's values inside of arrays and the
 * like? */
static bool
is_stored_inside(const ZmObject *domain)
{
	ListCell *lc;

	foreach (lc, domain->dependents)
	{
		const ZmObject *dependent = lfirst(lc);
		bool plain = zm_is_kind(dependent, ZM_KIND_COLUMN) ||
							 zm_is_kind(dependent, ZM_KIND_DOMAIN)
						 ? zm_is(dependent, "type", domain->identity)
						 : false;

		if (has_storage(dependent) && !plain)
			return true;
		if (zm_is_kind(dependent, ZM_KIND_ATTRIBUTE))
			dependent = dependent->parent;
		if (dependent->kind->names != ZM_NAMES_TYPE)
			continue;
		if (plain ? is_stored_inside(dependent) : is_stored(dependent))
			return true;
	}
	return false;
}

static bool
has_storage(const ZmObject *column)
{
	return zm_is_kind(column, ZM_KIND_COLUMN) &&
		   (zm_is_kind(column->parent, ZM_KIND_TABLE) ||
			zm_is_kind(column->parent, ZM_KIND_MATERIALIZED_VIEW));
}

bool
zm_is_needed_by_default(const ZmObject *domain, const ZmObject *needed)
{
	return zm_is_kind(domain, ZM_KIND_DOMAIN) &&
		   needed->kind->names != ZM_NAMES_TYPE &&
		   !zm_is_kind(needed, ZM_KIND_SCHEMA) &&
		   !zm_is_kind(needed, ZM_KIND_COLLATION) &&
		   !zm_is_of_rows(domain, needed);
}

bool
zm_is_of_rows(const ZmObject *object, const ZmObject *relation)
{
	return relation->kind->names == ZM_NAMES_RELATION &&
		   zm_is_or_array(zm_get(object, "type"), relation->identity);
}

bool
zm_is_or_array(const char *type, const char *element)
{
	Size length = strlen(element);

	return strncmp(type, element, length) == 0 &&
		   (type[length] == '\0' || strcmp(type + length, "[]") == 0);
}
