/*
 * rules_link.c
 *
 * Links of tables to those above them: what must be there when they are made.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool link_stays_without(const ZmDiff *diff, const ZmObject *link,
							   const ZmObject *needed);
static List *awaited_by_partition(const ZmDiff *diff, const ZmObject *link);
static List *add_attached_below(const ZmDiff *diff, List *attached,
								const ZmObject *index);

const ZmRules zm_rules_inheritance = {.stays = link_stays_without,
									  .awaits = zm_awaited_by_link};

const ZmRules zm_rules_partition = {.replaces = zm_replaces_partition,
									.stays = link_stays_without,
									.disregards = zm_link_disregards_key,
									.awaits = awaited_by_partition};

/* A table must have what its parent asks for before it is linked to it. */
static bool
link_stays_without(const ZmDiff *diff, const ZmObject *link,
				   const ZmObject *needed)
{
	return needed->kind == zm_kind(ZM_KIND_CONSTRAINT) ||
		   needed->kind == zm_kind(ZM_KIND_INDEX) ||
		   needed->kind == zm_kind(ZM_KIND_FOREIGN_KEY);
}

/* A partition with partitions that it has already: its indexes are of use to
 * its parent when theirs are attached to them. */
static List *
awaited_by_partition(const ZmDiff *diff, const ZmObject *link)
{
	List *awaited = zm_awaited_by_link(diff, link);
	ListCell *lc;

	if (!zm_is_partitioned(link->parent) ||
		zm_schema_find(diff->new, link->kind, link->identity) != link)
		return awaited;
	foreach (lc, link->parent->children)
	{
		const ZmObject *index = lfirst(lc);

		if (zm_is_index(index) && zm_attached_to(index))
			awaited = add_attached_below(diff, awaited, index);
	}
	return awaited;
}

static List *
add_attached_below(const ZmDiff *diff, List *attached, const ZmObject *index)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, index->dependents)
	{
		ZmObject *below = lfirst(lc);

		if (!zm_is_index(below) || zm_attached_to(below) != index ||
			!zm_link_stays(diff, zm_table_partition(below->parent)))
			continue;
		attached = lappend(attached, below);
		attached = add_attached_below(diff, attached, below);
	}
	return attached;
}
