/*
 * rename_hint.c
 *
 * Drops that look like one half of a rename.
 *
 * Rule: a rename is never guessed; the statement that would lose the rows says
 * what to write if it was meant to be one.
 */
#include "postgres.h"

#include "emit/emitters.h"

/* So many candidates are looked at. */
#define MAX_CANDIDATES 100

static const ZmObject *look_alike(const ZmEmit *emit, const ZmObject *old);
static const ZmObject *like_column(const ZmEmit *emit, const ZmObject *old);
static const ZmObject *like_table(const ZmEmit *emit, const ZmObject *old);
static bool same_columns(const ZmObject *left, const ZmObject *right);

void
zm_emit_rename_hint(ZmEmit *emit, ZmStatementOut *statement,
					const ZmObject *old)
{
	const ZmObject *other = look_alike(emit, old);

	if (other)
		zm_emit_note(statement,
					 "if it became %s, say so in the model: "
					 "-- zishu:rename %s %s %s",
					 other->identity, old->kind->name, old->identity,
					 zm_identifier(other->name));
}

static const ZmObject *
look_alike(const ZmEmit *emit, const ZmObject *old)
{
	return old->kind == zm_kind(ZM_KIND_COLUMN) ? like_column(emit, old)
												: like_table(emit, old);
}

/* A new column of the same table and type. */
static const ZmObject *
like_column(const ZmEmit *emit, const ZmObject *old)
{
	const ZmObject *table = zm_old_twin(emit->diff, old->parent);
	ListCell *lc;

	if (table == NULL)
		return NULL;
	foreach (lc, table->children)
	{
		const ZmObject *new = lfirst(lc);

		if (new->kind == old->kind && zm_new_twin(emit->diff, new) == NULL &&
			!zm_differs(old, new, "type"))
			return new;
	}
	return NULL;
}

/* A new table of the same schema with the same columns. */
static const ZmObject *
like_table(const ZmEmit *emit, const ZmObject *old)
{
	int looked = 0;
	ListCell *lc;

	foreach (lc, emit->diff->changes)
	{
		const ZmChange *change = lfirst(lc);

		if (change->old || change->new->kind != old->kind ||
			!zm_same_text(change->new->schema, old->schema))
			continue;
		if (same_columns(old, change->new))
			return change->new;
		if (++looked == MAX_CANDIDATES)
			break;
	}
	return NULL;
}

static bool
same_columns(const ZmObject *left, const ZmObject *right)
{
	ListCell *l = list_head(left->children);
	ListCell *r = list_head(right->children);

	for (;;)
	{
		const ZmObject *lo = l ? lfirst(l) : NULL;
		const ZmObject *ro = r ? lfirst(r) : NULL;

		if (lo && lo->kind != zm_kind(ZM_KIND_COLUMN))
			lo = NULL;
		if (ro && ro->kind != zm_kind(ZM_KIND_COLUMN))
			ro = NULL;
		if (lo == NULL || ro == NULL)
			return lo == ro;
		if (strcmp(lo->name, ro->name) != 0 || zm_differs(lo, ro, "type"))
			return false;
		l = lnext(left->children, l);
		r = lnext(right->children, r);
	}
}
