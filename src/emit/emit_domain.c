/*
 * emit_domain.c
 *
 * Statements for domains and their constraints.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"

static void create_domain(ZmEmit *emit, const ZmChange *change, List *parts);
static bool has_late_default(const ZmObject *domain);
static void complete_domain(ZmEmit *emit, const ZmChange *change);
static void alter_domain(ZmEmit *emit, const ZmChange *change);
static void reads_columns(const ZmEmit *emit, ZmStatementOut *statement,
						  const ZmObject *domain);
static void lock_columns(const ZmEmit *emit, ZmStatementOut *statement,
						 const ZmObject *domain);
static void put_domain_aside(ZmEmit *emit, const ZmChange *change);
static void create_constraint(ZmEmit *emit, const ZmChange *change,
							  List *parts);
static void alter_constraint(ZmEmit *emit, const ZmChange *change);
static void drop_constraint(ZmEmit *emit, const ZmChange *change);

const ZmEmitter zm_emitter_domain = {.create = create_domain,
									 .complete = complete_domain,
									 .alter = alter_domain,
									 .aside = put_domain_aside};

const ZmEmitter zm_emitter_domain_constraint = {.create = create_constraint,
												.alter = alter_constraint,
												.drop = drop_constraint};

static void
create_domain(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	if (zm_get(new, "collation"))
		appendStringInfo(&text, " COLLATE %s", zm_get(new, "collation"));
	if (zm_get(new, "default") && !has_late_default(new))
		appendStringInfo(&text, " DEFAULT %s", zm_spelled(new, "default"));
	if (zm_flag(new, "not null"))
		appendStringInfoString(&text, " NOT NULL");
	foreach (lc, parts)
	{
		const ZmObject *part = lfirst(lc);

		appendStringInfo(&text, "\n    CONSTRAINT %s %s",
						 zm_identifier(part->name),
						 zm_spelled(part, "definition"));
	}
	zm_emit(emit, "create", new, "CREATE DOMAIN %s AS %s%s", new->identity,
			zm_get(new, "type"), text.data);
}

/* Does it call a function that names the domain? */
static bool
has_late_default(const ZmObject *domain)
{
	ListCell *lc;

	foreach (lc, domain->needs)
	{
		if (zm_rules_domain.late(domain, lfirst(lc)))
			return true;
	}
	return false;
}

static void
complete_domain(ZmEmit *emit, const ZmChange *change)
{
	zm_emit(emit, "alter", change->new, "ALTER DOMAIN %s SET DEFAULT %s",
			change->new->identity, zm_spelled(change->new, "default"));
}

static void
alter_domain(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const char *value = zm_spelled(new, "default");

	if (change->bare ? value != NULL : zm_differs(change->old, new, "default"))
		zm_emit(emit, "alter", new, "ALTER DOMAIN %s %s DEFAULT%s%s",
				new->identity, value ? "SET" : "DROP", value ? " " : "",
				value ? value : "");
	if (zm_differs(change->old, new, "not null"))
	{
		ZmStatementOut *statement =
			zm_emit(emit, "alter", new, "ALTER DOMAIN %s %s NOT NULL",
					new->identity, zm_flag(new, "not null") ? "SET" : "DROP");

		if (zm_flag(new, "not null"))
			reads_columns(emit, statement, new);
	}
}

/* All rows that have columns of the domain are checked, or of one over it. */
static void
reads_columns(const ZmEmit *emit, ZmStatementOut *statement,
			  const ZmObject *domain)
{
	zm_emit_hazard(statement, ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
	lock_columns(emit, statement, domain);
}

static void
lock_columns(const ZmEmit *emit, ZmStatementOut *statement,
			 const ZmObject *domain)
{
	ListCell *lc;

	foreach (lc, domain->dependents)
	{
		const ZmObject *user = lfirst(lc);

		if (zm_is_kind(user, ZM_KIND_DOMAIN) && zm_domain_of(user) == domain)
			lock_columns(emit, statement, user);
		if (!zm_is_kind(user, ZM_KIND_COLUMN) ||
			zm_domain_of(user) != domain || zm_is_partitioned(user->parent) ||
			!(zm_is_kind(user->parent, ZM_KIND_TABLE) ||
			  zm_is_kind(user->parent, ZM_KIND_MATERIALIZED_VIEW)) ||
			!zm_table_stands(emit->diff, user->parent))
			continue;
		zm_emit_note(statement, "SHARE lock on %s", user->parent->identity);
	}
}

/* Its default goes ahead of what it needs, be it that its columns are about to
 * leave the domain, or that rows change that are in it. */
static void
put_domain_aside(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;

	if (zm_get(old, "default"))
		zm_emit(emit, "alter", old, "ALTER DOMAIN %s DROP DEFAULT",
				old->identity);
	if (change->aside)
		zm_emit(emit, "alter", old, "ALTER DOMAIN %s RENAME TO %s",
				old->identity, zm_identifier(zm_aside_name(emit->diff, old)));
}

static void
create_constraint(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	ZmStatementOut *statement =
		zm_emit(emit, "create", new, "ALTER DOMAIN %s ADD CONSTRAINT %s %s%s",
				new->parent->identity, zm_identifier(new->name),
				zm_spelled(new, "definition"),
				zm_flag(new, "validated") ? "" : " NOT VALID");

	if (zm_flag(new, "validated"))
		reads_columns(emit, statement, new->parent);
}

static void
alter_constraint(ZmEmit *emit, const ZmChange *change)
{
	reads_columns(emit,
				  zm_emit(emit, "validate", change->new,
						  "ALTER DOMAIN %s VALIDATE CONSTRAINT %s",
						  change->new->parent->identity,
						  zm_identifier(change->new->name)),
				  change->new->parent);
}

static void
drop_constraint(ZmEmit *emit, const ZmChange *change)
{
	zm_emit(emit, "drop", change->old, "ALTER DOMAIN %s DROP CONSTRAINT %s",
			change->old->parent->identity, zm_identifier(change->old->name));
}
