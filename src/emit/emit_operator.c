/*
 * emit_operator.c
 *
 * Statements for operators, their classes and families, and casts.
 */
#include "postgres.h"

#include "diff/rules.h"
#include "emit/emitters.h"

static const char *const member_attributes[] = {"operators", "functions"};

static void create_operator(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_operator(ZmEmit *emit, const ZmChange *change);
static void set_estimator(StringInfo text, const ZmChange *change,
						  const char *attribute, const char *word);
static void set_link(ZmEmit *emit, StringInfo text, const ZmChange *change,
					 const char *attribute, const char *word);
static char *reference(const char *qualified);
static void create_family(ZmEmit *emit, const ZmChange *change, List *parts);
static bool has_late_members(const ZmObject *family);
static void alter_family(ZmEmit *emit, const ZmChange *change);
static void create_family_members(ZmEmit *emit, const ZmChange *change,
								  List *parts);
static void drop_family_members(ZmEmit *emit, const ZmChange *change);
static void alter_members(ZmEmit *emit, const ZmObject *family,
						  const char *attribute, List *old, List *new);
static char *dropped_member(const char *member);
static const char *added_member(const char *member);
static void create_class(ZmEmit *emit, const ZmChange *change, List *parts);
static void create_cast(ZmEmit *emit, const ZmChange *change, List *parts);

const ZmEmitter zm_emitter_operator = {.create = create_operator,
									   .alter = alter_operator};

const ZmEmitter zm_emitter_operator_family = {
	.create = create_family, .complete = alter_family, .alter = alter_family};

const ZmEmitter zm_emitter_operator_family_members = {
	.create = create_family_members,
	.alter = alter_family,
	.drop = drop_family_members};

const ZmEmitter zm_emitter_operator_class = {.create = create_class};

const ZmEmitter zm_emitter_cast = {.create = create_cast};

/*
 * The partner that is made last links the two; the first one must not make the
 * second as a mere name.
 */
static void
create_operator(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "CREATE OPERATOR %s.%s (\n    FUNCTION = %s",
					 zm_identifier(new->schema), new->name,
					 zm_get(new, "function"));
	if (zm_get(new, "left"))
		appendStringInfo(&text, ",\n    LEFTARG = %s", zm_get(new, "left"));
	appendStringInfo(&text, ",\n    RIGHTARG = %s", zm_get(new, "right"));
	if (zm_get(new, "commutator"))
		appendStringInfo(&text, ",\n    COMMUTATOR = %s",
						 reference(zm_get(new, "commutator")));
	if (zm_get(new, "negator"))
		appendStringInfo(&text, ",\n    NEGATOR = %s",
						 reference(zm_get(new, "negator")));
	if (zm_get(new, "restrict"))
		appendStringInfo(&text, ",\n    RESTRICT = %s",
						 zm_get(new, "restrict"));
	if (zm_get(new, "join"))
		appendStringInfo(&text, ",\n    JOIN = %s", zm_get(new, "join"));
	if (zm_flag(new, "hashes"))
		appendStringInfoString(&text, ",\n    HASHES");
	if (zm_flag(new, "merges"))
		appendStringInfoString(&text, ",\n    MERGES");
	zm_emit(emit, "create", new, "%s\n)", text.data);
}

static void
alter_operator(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	StringInfoData text;

	initStringInfo(&text);
	set_estimator(&text, change, "restrict", "RESTRICT");
	set_estimator(&text, change, "join", "JOIN");
	set_link(emit, &text, change, "commutator", "COMMUTATOR");
	set_link(emit, &text, change, "negator", "NEGATOR");
	if (zm_differs(change->old, new, "hashes"))
		appendStringInfoString(&text, ", HASHES");
	if (zm_differs(change->old, new, "merges"))
		appendStringInfoString(&text, ", MERGES");
	if (text.len > 0)
		zm_emit(emit, "alter", new, "ALTER OPERATOR %s SET (%s)",
				new->identity, text.data + strlen(", "));
}

static void
set_estimator(StringInfo text, const ZmChange *change, const char *attribute,
			  const char *word)
{
	const char *function = zm_get(change->new, attribute);

	if (zm_differs(change->old, change->new, attribute))
		appendStringInfo(text, ", %s = %s", word,
						 function ? function : "NONE");
}

/* Nothing is to be said of a link that the partner's CREATE, ALTER or DROP
 * makes or takes. */
static void
set_link(ZmEmit *emit, StringInfo text, const ZmChange *change,
		 const char *attribute, const char *word)
{
	const ZmObject *new = change->new;
	const ZmObject *partner =
		zm_operator_partner(emit->diff->new, new, attribute);
	const ZmObject *before;

	if (partner == NULL || !zm_differs(change->old, new, attribute) ||
		zm_change_comes(zm_new_change(emit->diff, partner)))
		return;
	before = zm_new_twin(emit->diff, partner);
	if (zm_differs(before, partner, attribute) &&
		partner->position < new->position)
		return;
	appendStringInfo(text, ", %s = %s", word,
					 reference(zm_get(new, attribute)));
}

static char *
reference(const char *qualified)
{
	return psprintf("OPERATOR(%s)", qualified);
}

static void
create_family(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;

	zm_emit(emit, "create", new, "CREATE OPERATOR FAMILY %s", new->identity);
	if (!has_late_members(new))
		alter_family(emit, change);
}

/* Is there a step of its own for them? */
static bool
has_late_members(const ZmObject *family)
{
	ListCell *lc;

	foreach (lc, family->needs)
	{
		if (zm_rules_operator_family.late(family, lfirst(lc)))
			return true;
	}
	return false;
}

static void
alter_family(ZmEmit *emit, const ZmChange *change)
{
	for (int i = 0; i < lengthof(member_attributes); i++)
		alter_members(emit, change->new, member_attributes[i],
					  change->old && !change->replaced
						  ? zm_get_list(change->old, member_attributes[i])
						  : NIL,
					  zm_get_list(change->new, member_attributes[i]));
}

static void
create_family_members(ZmEmit *emit, const ZmChange *change, List *parts)
{
	alter_family(emit, change);
}

static void
drop_family_members(ZmEmit *emit, const ZmChange *change)
{
	for (int i = 0; i < lengthof(member_attributes); i++)
		alter_members(emit, change->old, member_attributes[i],
					  zm_get_list(change->old, member_attributes[i]), NIL);
}

static void
alter_members(ZmEmit *emit, const ZmObject *family, const char *attribute,
			  List *old, List *new)
{
	ListCell *lc;

	foreach (lc, old)
	{
		if (!zm_list_has(new, lfirst(lc)))
			zm_emit(emit, "alter", family, "ALTER OPERATOR FAMILY %s DROP %s",
					family->identity, dropped_member(lfirst(lc)));
	}
	foreach (lc, new)
	{
		if (!zm_list_has(old, lfirst(lc)))
			zm_emit(emit, "alter", family, "ALTER OPERATOR FAMILY %s ADD %s",
					family->identity, added_member(lfirst(lc)));
	}
}

/* A member is what DROP takes, a TAB, what ADD takes. */
static char *
dropped_member(const char *member)
{
	return pnstrdup(member, strchr(member, '\t') - member);
}

static const char *
added_member(const char *member)
{
	return strchr(member, '\t') + 1;
}

static void
create_class(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	List *members = list_concat(zm_get_list(new, "operators"),
								zm_get_list(new, "functions"));
	const char *storage = zm_get(new, "storage");
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, members)
		appendStringInfo(&text, "%s\n    %s", text.len > 0 ? "," : "",
						 added_member(lfirst(lc)));
	/* Something must be said; that it stores its own type goes without. */
	if (storage == NULL && members == NIL)
		storage = zm_get(new, "type");
	if (storage)
		appendStringInfo(&text, "%s\n    STORAGE %s", text.len > 0 ? "," : "",
						 storage);
	zm_emit(emit, "create", new,
			"CREATE OPERATOR CLASS %s %sFOR TYPE %s USING %s FAMILY %s AS%s",
			zm_qualified(new->schema, new->name),
			zm_flag(new, "default") ? "DEFAULT " : "", zm_get(new, "type"),
			zm_identifier(zm_get(new, "access method")), zm_get(new, "family"),
			text.data);
}

static void
create_cast(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const char *context = zm_get(new, "context");
	char *how;

	if (zm_is(new, "method", "function"))
		how = psprintf("WITH FUNCTION %s", zm_get(new, "function"));
	else if (zm_is(new, "method", "inout"))
		how = "WITH INOUT";
	else
		how = "WITHOUT FUNCTION";
	zm_emit(emit, "create", new, "CREATE CAST %s %s%s", new->identity, how,
			context == NULL					   ? ""
			: strcmp(context, "implicit") == 0 ? " AS IMPLICIT"
											   : " AS ASSIGNMENT");
}
