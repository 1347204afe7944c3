/*
 * found_instead.c
 *
 * Indexes that the server would take for others when a table is attached, or
 * make.
 *
 * It puts the first index of the table that is like the parent's under that
 * one, and nobody can say which is to be it.  An index that is to stay the
 * table's own, while another one like it is to be put there, must therefore not
 * be there yet: it is made behind.  If there is none, the server makes one: the
 * parent's must not be there yet either, where the table is to be without.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool comes(const ZmDiff *diff, const ZmObject *link);
static bool is_anew(const ZmDiff *diff, const ZmObject *new);
static bool are_alike(const ZmObject *index, const ZmObject *other);
static bool is_unique(const ZmObject *index);
static char *columns_of(const ZmObject *index);
static void leave_out(char *text, const char *part);

bool
zm_is_found_instead(const ZmDiff *diff, const ZmObject *new)
{
	const ZmObject *link = zm_table_partition(new->parent);
	ListCell *lc;

	if (link == NULL || zm_get(new, "of partitioned") || !comes(diff, link))
		return false;
	foreach (lc, new->parent->children)
	{
		const ZmObject *other = lfirst(lc);

		if (zm_is_index(other) && zm_attached_to(other) &&
			are_alike(other, new))
			return true;
	}
	return false;
}

bool
zm_is_made_unasked(const ZmDiff *diff, const ZmObject *new)
{
	ListCell *lc;

	if (!zm_is_partitioned(new->parent) || !zm_flag(new, "invalid"))
		return false;
	foreach (lc, new->parent->dependents)
	{
		const ZmObject *link = lfirst(lc);

		if (zm_is_kind(link, ZM_KIND_PARTITION) &&
			zm_link_parent(link) == new->parent && comes(diff, link) &&
			zm_attached_in(link->parent, new) == NULL)
			return true;
	}
	return false;
}

/* Asked before all changes are known, too. */
static bool
comes(const ZmDiff *diff, const ZmObject *link)
{
	return zm_change_comes(zm_new_change(diff, link)) || is_anew(diff, link) ||
		   is_anew(diff, link->parent) || is_anew(diff, zm_link_parent(link));
}

static bool
is_anew(const ZmDiff *diff, const ZmObject *new)
{
	const ZmObject *twin = zm_new_twin(diff, new);

	return twin == NULL || zm_must_replace(diff, twin, new);
}

/* As the server compares them, which does not look at the order of values; at
 * worst, two are taken for alike that are not. */
static bool
are_alike(const ZmObject *index, const ZmObject *other)
{
	return is_unique(index) == is_unique(other) &&
		   zm_same_text(zm_get(index, "predicate"),
						zm_get(other, "predicate")) &&
		   strcmp(columns_of(index), columns_of(other)) == 0;
}

static bool
is_unique(const ZmObject *index)
{
	return zm_is_kind(index, ZM_KIND_INDEX)
			   ? zm_flag(index, "unique")
			   : zm_is(index, "type", "unique") ||
					 zm_is(index, "type", "primary key");
}

/* What its definition says, from the first column on. */
static char *
columns_of(const ZmObject *index)
{
	const char *columns = strchr(zm_get(index, "definition"), '(');
	char *text = pstrdup(columns ? columns : "");

	leave_out(text, " DESC");
	leave_out(text, " NULLS FIRST");
	leave_out(text, " NULLS LAST");
	return text;
}

static void
leave_out(char *text, const char *part)
{
	size_t length = strlen(part);

	for (char *at = strstr(text, part); at; at = strstr(at, part))
		memmove(at, at + length, strlen(at + length) + 1);
}
