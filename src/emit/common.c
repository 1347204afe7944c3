/*
 * common.c
 *
 * Owner, comment, security labels and extension dependencies of any object.
 *
 * Rule: an object that had to be made anew gets back what it had; what the
 * settings say not to compare is then taken from the old object.
 */
#include "postgres.h"

#include "emit/common.h"

static void emit_owner(ZmEmit *emit, const ZmChange *change);
static bool owner_follows(const ZmChange *change);
static void emit_comment(ZmEmit *emit, const ZmChange *change);
static void emit_labels(ZmEmit *emit, const ZmChange *change);
static void emit_label(ZmEmit *emit, const ZmObject *object, const char *label,
					   bool set);
static void emit_extensions(ZmEmit *emit, const ZmChange *change);
static bool is_written_over(const ZmChange *change);
static void emit_extension(ZmEmit *emit, const ZmObject *object,
						   const char *extension, const char *no);
static const char *value_before(const ZmChange *change, int attribute);

void
zm_emit_common(ZmEmit *emit, const ZmChange *change)
{
	emit_owner(emit, change);
	if (change->new->kind->acl_type != 0)
		zm_emit_privileges(emit, change);
	if (change->new->kind->sql == NULL)
		return;
	emit_comment(emit, change);
	emit_labels(emit, change);
	emit_extensions(emit, change);
}

static void
emit_owner(ZmEmit *emit, const ZmChange *change)
{
	const ZmDiffOptions *options = emit->diff->options;
	const ZmObject *new = change->new;
	const char *want = new->attributes[ZM_OWNER];
	const char *have;
	ZmStatementOut *statement;

	if (!new->kind->has_owner || owner_follows(change))
		return;
	if (!options->owners)
		want = change->old ? change->old->attributes[ZM_OWNER] : NULL;
	if (change->old && !change->replaced)
		have = change->old->attributes[ZM_OWNER];
	else
		have = options->role;
	if (want == NULL || have == NULL || strcmp(want, have) == 0)
		return;
	statement = zm_emit(emit, "owner", new, "ALTER %s %s OWNER TO %s",
						new->kind->sql, new->identity, zm_identifier(want));
	if ((zm_is_kind(new, ZM_KIND_TABLE) ||
		 zm_is_kind(new, ZM_KIND_FOREIGN_TABLE) ||
		 zm_is_kind(new, ZM_KIND_MATERIALIZED_VIEW)) &&
		change->old && !change->replaced)
		zm_emit_lock(statement, "ACCESS EXCLUSIVE", new);
}

/* A sequence has the owner of the table that it is linked to, and gets it when
 * it is. */
static bool
owner_follows(const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;

	if (!zm_is_kind(new, ZM_KIND_SEQUENCE))
		return false;
	return zm_get(new, "generated") ||
		   (old && !change->replaced && zm_get(new, "owned by"));
}

static void
emit_comment(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const char *want = new->attributes[ZM_COMMENT];

	if (zm_same_text(value_before(change, ZM_COMMENT), want))
		return;
	zm_emit(emit, "comment", new, "COMMENT ON %s %s IS %s", new->kind->sql,
			new->identity, want ? zm_literal(want) : "NULL");
}

static void
emit_labels(ZmEmit *emit, const ZmChange *change)
{
	List *have = zm_list(value_before(change, ZM_SECURITY_LABELS));
	List *want = zm_list(change->new->attributes[ZM_SECURITY_LABELS]);
	ListCell *lc;

	foreach (lc, have)
	{
		if (!zm_list_has(want, lfirst(lc)))
			emit_label(emit, change->new, lfirst(lc), false);
	}
	foreach (lc, want)
	{
		if (!zm_list_has(have, lfirst(lc)))
			emit_label(emit, change->new, lfirst(lc), true);
	}
}

/* A label is "provider=label". */
static void
emit_label(ZmEmit *emit, const ZmObject *object, const char *label, bool set)
{
	const char *equals = strchr(label, '=');
	char *provider = pnstrdup(label, equals - label);

	zm_emit(emit, "label", object, "SECURITY LABEL FOR %s ON %s %s IS %s",
			zm_identifier(provider), object->kind->sql, object->identity,
			set ? zm_literal(equals + 1) : "NULL");
}

static void
emit_extensions(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	List *have = is_written_over(change)
					 ? NIL
					 : zm_list(value_before(change, ZM_EXTENSIONS));
	List *want = zm_list(new->attributes[ZM_EXTENSIONS]);
	ListCell *lc;

	foreach (lc, have)
	{
		if (!zm_list_has(want, lfirst(lc)))
			emit_extension(emit, new, lfirst(lc), "NO ");
	}
	foreach (lc, want)
	{
		if (!zm_list_has(have, lfirst(lc)))
			emit_extension(emit, new, lfirst(lc), "");
	}
}

/* CREATE OR REPLACE takes away that a function, a procedure or a trigger
 * depends on extensions. */
static bool
is_written_over(const ZmChange *change)
{
	return change->old && change->structural &&
		   (zm_is_kind(change->new, ZM_KIND_FUNCTION) ||
			zm_is_kind(change->new, ZM_KIND_PROCEDURE) ||
			(zm_is_kind(change->new, ZM_KIND_TRIGGER) &&
			 zm_differs(change->old, change->new, "definition")));
}

/* It is the index of a constraint that depends on one. */
static void
emit_extension(ZmEmit *emit, const ZmObject *object, const char *extension,
			   const char *no)
{
	bool index = object->kind == zm_kind(ZM_KIND_CONSTRAINT);

	zm_emit(emit, "alter", object, "ALTER %s %s %sDEPENDS ON EXTENSION %s",
			index ? "INDEX" : object->kind->sql,
			index ? zm_qualified(object->schema, object->name)
				  : object->identity,
			no, zm_identifier(extension));
}

/* NULL for an object that has just been made. */
static const char *
value_before(const ZmChange *change, int attribute)
{
	if (change->old == NULL || change->replaced)
		return NULL;
	return change->old->attributes[attribute];
}
