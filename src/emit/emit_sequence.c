/*
 * emit_sequence.c
 *
 * Statements for sequences.
 *
 * What a sequence stands at is not a part of the schema, but a new one that
 * feeds a column with rows must not start below them.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_sequence(ZmEmit *emit, const ZmChange *change, List *parts);
static void complete_sequence(ZmEmit *emit, const ZmChange *change);
static void alter_sequence(ZmEmit *emit, const ZmChange *change);
static void add_identity(ZmEmit *emit, const ZmObject *sequence);
static char *without_type(char *parameters);
static const char *identity_word(const ZmObject *sequence);
static void convert(ZmEmit *emit, const ZmChange *change);
static void convert_parameters(ZmEmit *emit, const ZmObject *new);
static void drop_sequence(ZmEmit *emit, const ZmChange *change);
static void add_parameters(StringInfo text, const ZmObject *old,
						   const ZmObject *new);
static void add_parameter(StringInfo text, const ZmObject *old,
						  const ZmObject *new, const char *attribute,
						  const char *words, const char *none);
static const ZmObject *owner_column(const ZmObject *sequence);

const ZmEmitter zm_emitter_sequence = {.create = create_sequence,
									   .complete = complete_sequence,
									   .alter = alter_sequence,
									   .drop = drop_sequence};

static void
create_sequence(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	StringInfoData text;

	if (zm_get(new, "generated"))
	{
		add_identity(emit, new);
		return;
	}
	initStringInfo(&text);
	appendStringInfo(&text, "CREATE %sSEQUENCE %s",
					 zm_get(new, "persistence") ? "UNLOGGED " : "",
					 new->identity);
	add_parameters(&text, NULL, new);
	zm_emit(emit, "create", new, "%s", text.data);
}

static void
complete_sequence(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const ZmObject *column = owner_column(new);

	zm_emit(emit, "alter", new, "ALTER SEQUENCE %s OWNED BY %s", new->identity,
			column->identity);
	if (zm_new_twin(emit->diff, column) &&
		(zm_new_change(emit->diff, column) == NULL ||
		 !zm_new_change(emit->diff, column)->replaced) &&
		!zm_flag(new, "cycle"))
		zm_emit_continue(emit, new, zm_literal(new->identity), column);
}

void
zm_emit_continue(ZmEmit *emit, const ZmObject *object, const char *sequence,
				 const ZmObject *column)
{
	const char *name = zm_identifier(column->name);

	zm_emit(emit, "alter", object,
			"SELECT pg_catalog.setval(%s, m) "
			"FROM (SELECT pg_catalog.max(%s) AS m FROM %s) AS x "
			"WHERE m IS NOT NULL",
			sequence, name, column->parent->identity);
}

static void
alter_sequence(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	StringInfoData text;

	if ((zm_get(old, "generated") == NULL) !=
		(zm_get(new, "generated") == NULL))
	{
		convert(emit, change);
		return;
	}
	initStringInfo(&text);
	add_parameters(&text, old, new);
	if (zm_differs(old, new, "generated"))
		zm_emit(emit, "alter", new,
				"ALTER TABLE %s ALTER COLUMN %s SET GENERATED %s",
				owner_column(new)->parent->identity,
				zm_identifier(owner_column(new)->name), identity_word(new));
	if (text.len > 0)
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s%s", new->identity,
				text.data);
	if (zm_differs(old, new, "persistence"))
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s SET %s", new->identity,
				zm_get(new, "persistence") ? "UNLOGGED" : "LOGGED");
	if (zm_differs(old, new, "owned by") && zm_get(new, "generated") == NULL)
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s OWNED BY %s",
				new->identity,
				zm_get(new, "owned by") ? zm_get(new, "owned by") : "NONE");
}

/* A column becomes, or is made, an identity. */
static void
add_identity(ZmEmit *emit, const ZmObject *sequence)
{
	const ZmObject *column = owner_column(sequence);
	StringInfoData text;

	initStringInfo(&text);
	add_parameters(&text, NULL, sequence);
	zm_emit_lock(zm_emit(emit, "create", sequence,
						 "ALTER TABLE %s ALTER COLUMN %s "
						 "ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s%s)",
						 column->parent->identity, zm_identifier(column->name),
						 identity_word(sequence), sequence->identity,
						 without_type(text.data)),
				 "ACCESS EXCLUSIVE", column->parent);
	if (zm_get(sequence, "persistence"))
		zm_emit(emit, "alter", sequence, "ALTER SEQUENCE %s SET UNLOGGED",
				sequence->identity);
	if (zm_new_twin(emit->diff, column) &&
		!(zm_new_change(emit->diff, column) &&
		  zm_new_change(emit->diff, column)->replaced))
		zm_emit_continue(emit, sequence, zm_literal(sequence->identity),
						 column);
}

/* The type of an identity's sequence is its column's. */
static char *
without_type(char *parameters)
{
	static const char *const types[] = {" AS smallint", " AS integer",
										" AS bigint"};

	for (int i = 0; i < lengthof(types); i++)
	{
		if (strncmp(parameters, types[i], strlen(types[i])) == 0)
			return parameters + strlen(types[i]);
	}
	return parameters;
}

static const char *
identity_word(const ZmObject *sequence)
{
	return zm_is(sequence, "generated", "always") ? "ALWAYS" : "BY DEFAULT";
}

/*
 * From a sequence of its own to an identity's, or back.  The two are not of
 * one make, so a new one goes on where the old one stands.
 */
static void
convert(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	char *aside = zm_aside_name(emit->diff, change->old);
	char *old_name = zm_qualified(new->schema, aside);
	const ZmObject *column;

	if (zm_get(new, "generated"))
	{
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s OWNED BY NONE",
				new->identity);
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s RENAME TO %s",
				new->identity, zm_identifier(aside));
		add_identity(emit, new);
		zm_emit(emit, "alter", new,
				"SELECT pg_catalog.setval(%s, last_value, is_called) FROM %s",
				zm_literal(new->identity), old_name);
		zm_emit(emit, "drop", change->old, "DROP SEQUENCE %s", old_name);
		return;
	}
	column = owner_column(change->old);
	zm_emit(emit, "create", new, "CREATE SEQUENCE %s", old_name);
	zm_emit(emit, "alter", new,
			"SELECT pg_catalog.setval(%s, last_value, is_called) FROM %s",
			zm_literal(old_name), new->identity);
	zm_emit(emit, "alter", new, "ALTER TABLE %s ALTER COLUMN %s DROP IDENTITY",
			column->parent->identity, zm_identifier(column->name));
	zm_emit(emit, "alter", new, "ALTER SEQUENCE %s RENAME TO %s", old_name,
			zm_identifier(new->name));
	convert_parameters(emit, new);
}

static void
convert_parameters(ZmEmit *emit, const ZmObject *new)
{
	StringInfoData text;

	initStringInfo(&text);
	add_parameters(&text, NULL, new);
	if (text.len > 0)
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s%s", new->identity,
				text.data);
	if (zm_get(new, "persistence"))
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s SET UNLOGGED",
				new->identity);
	if (zm_get(new, "owned by"))
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s OWNED BY %s",
				new->identity, zm_get(new, "owned by"));
}

static void
drop_sequence(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;

	if (zm_get(old, "generated"))
		zm_emit(emit, "drop", old,
				"ALTER TABLE %s ALTER COLUMN %s DROP IDENTITY",
				owner_column(old)->parent->identity,
				zm_identifier(owner_column(old)->name));
	else
		zm_emit(emit, "drop", old, "DROP SEQUENCE %s%s", old->identity,
				change->cascade ? " CASCADE" : "");
}

/* All that a new sequence has, or what sets it apart from the old one. */
static void
add_parameters(StringInfo text, const ZmObject *old, const ZmObject *new)
{
	add_parameter(text, old, new, "type", "AS", "AS bigint");
	add_parameter(text, old, new, "increment", "INCREMENT BY",
				  "INCREMENT BY 1");
	add_parameter(text, old, new, "minimum", "MINVALUE", "NO MINVALUE");
	add_parameter(text, old, new, "maximum", "MAXVALUE", "NO MAXVALUE");
	if (old == NULL || zm_get(new, "start"))
		add_parameter(text, old, new, "start", "START WITH", NULL);
	else if (zm_differs(old, new, "start"))
		appendStringInfo(
			text, " START WITH %s",
			zm_get(new, "increment") && zm_get(new, "increment")[0] == '-'
				? (zm_get(new, "maximum") ? zm_get(new, "maximum") : "-1")
				: (zm_get(new, "minimum") ? zm_get(new, "minimum") : "1"));
	add_parameter(text, old, new, "cache", "CACHE", "CACHE 1");
	if (zm_flag(new, "cycle") != (old && zm_flag(old, "cycle")))
		appendStringInfoString(text,
							   zm_flag(new, "cycle") ? " CYCLE" : " NO CYCLE");
}

static void
add_parameter(StringInfo text, const ZmObject *old, const ZmObject *new,
			  const char *attribute, const char *words, const char *none)
{
	const char *value = zm_get(new, attribute);

	if (zm_same_text(value, old ? zm_get(old, attribute) : NULL))
		return;
	if (value)
		appendStringInfo(text, " %s %s", words, value);
	else if (none)
		appendStringInfo(text, " %s", none);
}

static const ZmObject *
owner_column(const ZmObject *sequence)
{
	ListCell *lc;

	foreach (lc, sequence->needs)
	{
		const ZmObject *needed = lfirst(lc);

		if (needed->kind == zm_kind(ZM_KIND_COLUMN) &&
			strcmp(needed->identity, zm_get(sequence, "owned by")) == 0)
			return needed;
	}
	elog(ERROR, "sequence %s is owned by what it does not need",
		 sequence->identity);
}
