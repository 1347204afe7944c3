/*
 * rules_operator.c
 *
 * Operators, and the links between them; and operator families, whose members
 * come later.
 *
 * Who makes, or alters, the one of two that call each other commutator or
 * negator links the other one, too.  That one calls the other, and not the
 * other way, comes from a CREATE ahead of the other's, and from nothing else:
 * the other needs it then (depends.c).
 */
#include "postgres.h"

#include "compat.h"
#include "diff/rules.h"

static bool replaces_operator(const ZmDiff *diff, const ZmObject *old,
							  const ZmObject *new);
static bool replaces_link(const ZmDiff *diff, const ZmObject *old,
						  const ZmObject *new, const char *link);
static bool points_back(const ZmSchema *schema, const ZmObject *op,
						const char *link);
static bool comes_under_another(const ZmObject *old, const ZmObject *new);
static bool is_member(const ZmObject *object, const ZmObject *needed);

const ZmRules zm_rules_operator = {.replaces = replaces_operator};

const ZmRules zm_rules_operator_family = {.late = is_member};

ZmObject *
zm_operator_partner(const ZmSchema *schema, const ZmObject *op,
					const char *link)
{
	const char *name = zm_get(op, link);
	const char *left = zm_get(op, "left");
	const char *right = zm_get(op, "right");

	if (name == NULL)
		return NULL;
	if (left == NULL)
		left = "NONE";
	if (strcmp(link, "commutator") == 0)
	{
		const char *turned = left;

		left = right;
		right = turned;
	}
	return zm_schema_find(schema, op->kind,
						  psprintf("%s (%s, %s)", name, left, right));
}

static bool
replaces_operator(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	static const char *const marks[] = {"hashes", "merges"};

	for (int i = 0; i < lengthof(marks); i++)
	{
		if (zm_differs(old, new, marks[i]) &&
			!(ZM_HAS_OPERATOR_LINKS && zm_flag(new, marks[i])))
			return true;
	}
	return replaces_link(diff, old, new, "commutator") ||
		   replaces_link(diff, old, new, "negator") ||
		   comes_under_another(old, new);
}

/* A link is given to what has none, and taken by dropping the partner. */
static bool
replaces_link(const ZmDiff *diff, const ZmObject *old, const ZmObject *new,
			  const char *link)
{
	const ZmObject *partner = zm_operator_partner(diff->old, old, link);
	const ZmObject *after = partner ? zm_old_twin(diff, partner) : NULL;

	/* A link from one side only hangs in the air when the other is dropped. */
	if (partner && !points_back(diff->old, old, link) &&
		(after == NULL || zm_objects_differ(diff, partner, after)))
		return true;
	if (!zm_differs(old, new, link))
		return false;
	if (zm_get(new, link) == NULL)
		return partner == NULL || after || !points_back(diff->old, old, link);
	if (zm_get(old, link) || !points_back(diff->new, new, link))
		return true;
	partner = zm_operator_partner(diff->new, new, link);
	return !ZM_HAS_OPERATOR_LINKS && zm_new_twin(diff, partner);
}

static bool
points_back(const ZmSchema *schema, const ZmObject *op, const char *link)
{
	const ZmObject *partner = zm_operator_partner(schema, op, link);

	return partner && zm_operator_partner(schema, partner, link) == op;
}

/* Is there now one that calls this one, which must not be there before? */
static bool
comes_under_another(const ZmObject *old, const ZmObject *new)
{
	ListCell *lc;

	foreach (lc, new->needs)
	{
		const ZmObject *other = lfirst(lc);
		bool found = false;
		ListCell *before;

		if (other->kind != new->kind)
			continue;
		foreach (before, old->needs)
		{
			const ZmObject *needed = lfirst(before);

			if (needed->kind == other->kind &&
				strcmp(needed->identity, other->identity) == 0)
				found = true;
		}
		if (!found)
			return true;
	}
	return false;
}

/* Its members are added when the family is there. */
static bool
is_member(const ZmObject *object, const ZmObject *needed)
{
	return zm_is_kind(needed, ZM_KIND_OPERATOR) ||
		   zm_is_kind(needed, ZM_KIND_FUNCTION) ||
		   zm_is_kind(needed, ZM_KIND_OPERATOR_FAMILY);
}
