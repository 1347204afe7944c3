/*
 * match.c
 *
 * Which object of one schema is which of the other.
 *
 * By kind and identity; parts only if what they are parts of is the same, so
 * that the columns of a table are not those of a view that took its name.  A
 * type may become one of another kind under the columns that use it, so types
 * match across kinds.
 */
#include "postgres.h"

#include "diff/diff_internal.h"

static ZmObject *find_twin(const ZmDiff *diff, const ZmObject *old);
static ZmObject *find_in_namespace(const ZmSchema *schema,
								   const ZmObject *object);

void
zm_diff_match(ZmDiff *diff)
{
	ListCell *lc;

	/* Parents stand before their parts but for those whose kind says
	 * otherwise, so the parent's match is made on the way. */
	foreach (lc, diff->old->objects)
		(void) find_twin(diff, lfirst(lc));
}

ZmObject *
zm_diff_heir(const ZmDiff *diff, const ZmObject *old)
{
	ZmObject *twin = zm_old_twin(diff, old);
	ZmObject *same;

	if (twin)
		return twin;
	same = zm_schema_find(diff->new, old->kind, old->identity);
	return same ? same : find_in_namespace(diff->new, old);
}

static ZmObject *
find_twin(const ZmDiff *diff, const ZmObject *old)
{
	ZmObject *twin = zm_old_twin(diff, old);

	if (twin)
		return twin;
	twin = zm_schema_find(diff->new, old->kind, old->identity);
	if (twin == NULL && old->kind->names == ZM_NAMES_TYPE)
		twin = find_in_namespace(diff->new, old);
	if (twin == NULL)
		return NULL;
	if ((old->parent == NULL) != (twin->parent == NULL))
		return NULL;
	if (old->parent && find_twin(diff, old->parent) != twin->parent)
		return NULL;
	diff->old_twins[old->position] = twin;
	diff->new_twins[twin->position] = unconstify(ZmObject *, old);
	return twin;
}

/* One of another kind whose name excludes this one's. */
static ZmObject *
find_in_namespace(const ZmSchema *schema, const ZmObject *object)
{
	if (object->kind->names == ZM_NAMES_OWN)
		return NULL;
	for (int i = 0; i < ZM_KIND_COUNT; i++)
	{
		const ZmKind *kind = zm_kind(i);
		ZmObject *found;

		if (kind == object->kind || kind->names != object->kind->names)
			continue;
		found = zm_schema_find(schema, kind, object->identity);
		if (found)
			return found;
	}
	return NULL;
}
