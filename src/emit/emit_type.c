/*
 * emit_type.c
 *
 * Statements for enum and composite types.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "emit/emitters.h"

static void create_enum(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_enum(ZmEmit *emit, const ZmChange *change);
static void create_composite(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static List *in_layout_of_old(const ZmDiff *diff, List *attributes);
static void put_aside_composite(ZmEmit *emit, const ZmChange *change);
static void align_attributes(ZmEmit *emit, const ZmChange *change);
static char *attribute_clause(const ZmObject *attribute);
static void create_attribute(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static void settle_typed_columns(ZmEmit *emit, const ZmObject *attribute);
static void alter_attribute(ZmEmit *emit, const ZmChange *change);
static void drop_attribute(ZmEmit *emit, const ZmChange *change);

const ZmEmitter zm_emitter_enum = {.create = create_enum, .alter = alter_enum};
const ZmEmitter zm_emitter_composite_type = {.create = create_composite,
											 .aside = put_aside_composite};
const ZmEmitter zm_emitter_attribute = {.create = create_attribute,
										.alter = alter_attribute,
										.drop = drop_attribute};

void
zm_emit_detour(ZmEmit *emit, const ZmChange *type)
{
	ListCell *lc;

	if (zm_is_kind(type->old, ZM_KIND_COMPOSITE_TYPE))
		align_attributes(emit, type);
	foreach (lc, type->old->dependents)
	{
		const ZmObject *column = lfirst(lc);
		const ZmChange *change = zm_old_change(emit->diff, column);
		ZmStatementOut *statement;

		if (change == NULL || !change->retyped ||
			!zm_is_kind(column, ZM_KIND_COLUMN) ||
			zm_parent_columns(emit->diff, column) != NIL)
			continue;
		statement =
			zm_emit(emit, "alter", column,
					"ALTER TABLE %s ALTER COLUMN %s TYPE text USING %s::text",
					column->parent->identity, zm_identifier(column->name),
					zm_identifier(column->name));
		zm_emit_lock(statement, "ACCESS EXCLUSIVE", column->parent);
		zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
	}
}

static void
create_enum(ZmEmit *emit, const ZmChange *change, List *parts)
{
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, zm_get_list(change->new, "labels"))
		appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "",
						 zm_literal(lfirst(lc)));
	zm_emit(emit, "create", change->new, "CREATE TYPE %s AS ENUM (%s)",
			change->new->identity, text.data);
}

/*
 * Each new label goes behind the one before it, which is there by then; those
 * at the very start go before the first that was there.
 */
static void
alter_enum(ZmEmit *emit, const ZmChange *change)
{
	List *before = zm_get_list(change->old, "labels");
	const char *previous = NULL;
	ZmStatementOut *statement = NULL;
	ListCell *lc;

	foreach (lc, zm_get_list(change->new, "labels"))
	{
		const char *label = lfirst(lc);
		const char *anchor = previous;

		previous = label;
		if (zm_list_has(before, label))
			continue;
		if (anchor == NULL && before)
			statement = zm_emit(emit, "alter", change->new,
								"ALTER TYPE %s ADD VALUE %s BEFORE %s",
								change->new->identity, zm_literal(label),
								zm_literal(linitial(before)));
		else
			statement = zm_emit(
				emit, "alter", change->new, "ALTER TYPE %s ADD VALUE %s%s%s",
				change->new->identity, zm_literal(label),
				anchor ? " AFTER " : "", anchor ? zm_literal(anchor) : "");
		statement->adds_label = label;
	}
}

static void
create_composite(ZmEmit *emit, const ZmChange *change, List *parts)
{
	StringInfoData text;
	List *attributes = NIL;
	ListCell *lc;

	foreach (lc, parts)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_ATTRIBUTE))
			attributes = lappend(attributes, lfirst(lc));
	}
	if (change->aside || change->detour)
		attributes = in_layout_of_old(emit->diff, attributes);
	else
		list_sort(attributes, zm_by_place);
	initStringInfo(&text);
	foreach (lc, attributes)
		appendStringInfo(&text, "%s\n    %s", text.len > 0 ? "," : "",
						 attribute_clause(lfirst(lc)));
	zm_emit(emit, "create", change->new, "CREATE TYPE %s AS (%s%s)",
			change->new->identity, text.data, text.len > 0 ? "\n" : "");
}

/* Kept attributes as they were, new ones behind: as ALTER TYPE would have it,
 * so that the values' text means the same to both types. */
static List *
in_layout_of_old(const ZmDiff *diff, List *attributes)
{
	List *kept = NIL;
	List *added = NIL;
	ListCell *lc;

	foreach (lc, attributes)
	{
		ZmObject *old = zm_new_twin(diff, lfirst(lc));

		if (old)
			kept = lappend(kept, old);
		else
			added = lappend(added, lfirst(lc));
	}
	list_sort(kept, zm_by_place);
	foreach (lc, kept)
		lfirst(lc) = zm_old_twin(diff, lfirst(lc));
	return list_concat(kept, added);
}

static void
put_aside_composite(ZmEmit *emit, const ZmChange *change)
{
	align_attributes(emit, change);
	zm_emit(emit, "alter", change->old, "ALTER TYPE %s RENAME TO %s",
			change->old->identity,
			zm_identifier(zm_aside_name(emit->diff, change->old)));
}

/* Gives the old type the attributes of the new one; values of those that are
 * added are null whatever their type. */
static void
align_attributes(ZmEmit *emit, const ZmChange *change)
{
	ListCell *lc;

	if (change->old->kind != change->new->kind)
		return;
	foreach (lc, change->old->children)
	{
		if (zm_old_twin(emit->diff, lfirst(lc)) == NULL)
			drop_attribute(emit, zm_old_change(emit->diff, lfirst(lc)));
	}
	foreach (lc, change->new->children)
	{
		const ZmObject *attribute = lfirst(lc);

		if (zm_new_twin(emit->diff, attribute) == NULL)
			zm_emit(emit, "alter", change->old,
					"ALTER TYPE %s ADD ATTRIBUTE %s text CASCADE",
					change->old->identity, zm_identifier(attribute->name));
	}
}

static char *
attribute_clause(const ZmObject *attribute)
{
	const char *collation = zm_get(attribute, "collation");

	return psprintf("%s %s%s%s", zm_identifier(attribute->name),
					zm_get(attribute, "type"), collation ? " COLLATE " : "",
					collation ? collation : "");
}

static void
create_attribute(ZmEmit *emit, const ZmChange *change, List *parts)
{
	zm_emit(emit, "create", change->new,
			"ALTER TYPE %s ADD ATTRIBUTE %s CASCADE",
			change->new->parent->identity, attribute_clause(change->new));
	settle_typed_columns(emit, change->new);
}

/* Tables of the type got the attribute as a column, and may say more of it. */
static void
settle_typed_columns(ZmEmit *emit, const ZmObject *attribute)
{
	ListCell *lc;

	foreach (lc, attribute->parent->dependents)
	{
		const ZmObject *table = lfirst(lc);
		const ZmObject *column;

		if (!zm_is_typed(table) || !zm_table_stands(emit->diff, table))
			continue;
		column = zm_table_column(table, attribute->name);
		if (column == NULL ||
			zm_followed_attribute(emit->diff, column, false) != attribute)
			continue;
		zm_emit_column_rest(emit, column);
		zm_emit_not_null_rest(emit, column, false);
	}
}

static void
alter_attribute(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const char *collation = zm_get(new, "collation");

	zm_emit(emit, "alter", new,
			"ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s%s%s CASCADE",
			new->parent->identity, zm_identifier(new->name),
			zm_get(new, "type"), collation ? " COLLATE " : "",
			collation ? collation : "");
}

static void
drop_attribute(ZmEmit *emit, const ZmChange *change)
{
	zm_emit_hazard(zm_emit(emit, "drop", change->old,
						   "ALTER TYPE %s DROP ATTRIBUTE %s CASCADE",
						   change->old->parent->identity,
						   zm_identifier(change->old->name)),
				   ZM_HAZARD_DATA_LOSS);
}
