/*
 * emit_sequence.c
 *
 * Statements for sequences, those of identities too.
 *
 * Where a sequence stands is not a part of the schema, but it is not lost
 * where a sequence becomes an identity or the other way, and a new one that
 * gives numbers to a column with rows does not start below them.
 *
 * Where the type of an identity's column changes, the server gives it to the
 * sequence as well, and refuses if the sequence's limits are beyond it.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "diff/types.h"
#include "emit/emitters.h"

static void create_sequence(ZmEmit *emit, const ZmChange *change, List *parts);
static void complete_sequence(ZmEmit *emit, const ZmChange *change);
static void alter_sequence(ZmEmit *emit, const ZmChange *change);
static bool is_let_go(const ZmEmit *emit, const ZmChange *change);
static void link_to_column(ZmEmit *emit, const ZmChange *change);
static const char *next_owner(const ZmEmit *emit, const ZmChange *change);
static void drop_sequence(ZmEmit *emit, const ZmChange *change);
static bool hands_over(const ZmEmit *emit, const ZmChange *change);
static bool column_stays(const ZmEmit *emit, const ZmObject *column, bool old);
static void take_over(ZmEmit *emit, const ZmChange *change);
static void continue_column(ZmEmit *emit, const ZmObject *sequence,
							const ZmObject *column);
static void go_on_behind_rows(ZmEmit *emit, const ZmObject *sequence,
							  const ZmObject *column);
static void count_on(ZmEmit *emit, const ZmObject *sequence,
					 const ZmObject *column);
static bool is_number(const ZmObject *object);
static void add_identity(ZmEmit *emit, const ZmObject *new,
						 const ZmObject *column);
static void drop_identity(ZmEmit *emit, const ZmObject *old,
						  const ZmObject *column);
static char *options_of(const ZmObject *sequence);
static char *settings_of(const ZmObject *sequence);
static char *values_of(const ZmObject *sequence, const char *const words[][2],
					   int count);
static char *options_changed(const ZmEmit *emit, const ZmObject *old,
							 const ZmObject *new);
static bool keeps_identity(const ZmEmit *emit, const ZmObject *column);
static bool has_own_type(const ZmObject *sequence);
static void set_own_type(ZmEmit *emit, const ZmObject *sequence);
static bool is_retyped(const ZmEmit *emit, const ZmObject *sequence);
static void add_type(StringInfo text, const ZmObject *old,
					 const ZmObject *sequence);
static void add_limit(StringInfo text, const ZmObject *sequence,
					  const char *attribute, const char *word);
static bool limits_differ(const ZmObject *old, const ZmObject *new);
static bool only_widens(const ZmObject *old, const ZmObject *new);
static void make_room(ZmEmit *emit, const ZmObject *old, const ZmObject *new,
					  int64 low, int64 high);
static const char *wider_type(const ZmObject *left, const ZmObject *right);
static bool descends(const ZmObject *sequence);
static int64 least(const ZmObject *sequence);
static int64 greatest(const ZmObject *sequence);
static int64 least_of(const char *type);
static int64 greatest_of(const char *type);
static int64 start(const ZmObject *sequence);

const ZmEmitter zm_emitter_sequence = {.create = create_sequence,
									   .complete = complete_sequence,
									   .alter = alter_sequence,
									   .drop = drop_sequence};

char *
zm_identity_clause(const ZmObject *sequence)
{
	const ZmObject *column = zm_sequence_column(sequence);
	StringInfoData text;
	char *options = options_of(sequence);
	char *usual = zm_qualified(
		column->parent->schema,
		psprintf("%s_%s_seq", column->parent->name, column->name));

	/* What its own type allows may be beyond the column's. */
	if (has_own_type(sequence))
		options = "";
	initStringInfo(&text);
	appendStringInfo(&text, "GENERATED %s AS IDENTITY",
					 zm_is(sequence, "generated", "always") ? "ALWAYS"
															: "BY DEFAULT");
	if (strcmp(usual, sequence->identity) == 0)
	{
		if (*options)
			appendStringInfo(&text, " (%s)", options + 1);
	}
	else
		appendStringInfo(&text, " (SEQUENCE NAME %s%s)", sequence->identity,
						 options);
	return text.data;
}

void
zm_emit_identity_rest(ZmEmit *emit, const ZmObject *column)
{
	const ZmObject *sequence = zm_identity_sequence(column);

	if (sequence == NULL)
		return;
	if (has_own_type(sequence))
		set_own_type(emit, sequence);
	zm_emit_sequence_persistence(emit, sequence,
								 zm_get(column->parent, "persistence"));
}

/* Has the sequence of an identity another type than the column?  One that
 * came with LIKE is a bigint. */
static bool
has_own_type(const ZmObject *sequence)
{
	const char *type = zm_get(sequence, "type");

	return !zm_is(zm_sequence_column(sequence), "type",
				  type ? type : "bigint");
}

/* With all that the clause has left out; a column that was added has taken
 * numbers for the rows that are there. */
static void
set_own_type(ZmEmit *emit, const ZmObject *sequence)
{
	const ZmObject *column = zm_sequence_column(sequence);
	StringInfoData text;

	initStringInfo(&text);
	add_type(&text, NULL, sequence);
	if (zm_get(sequence, "start") == NULL)
		appendStringInfo(&text, " START WITH " INT64_FORMAT, start(sequence));
	zm_emit(emit, "alter", sequence, "ALTER SEQUENCE %s%s%s RESTART",
			sequence->identity, text.data, settings_of(sequence));
	if (zm_new_twin(emit->diff, column->parent) &&
		zm_new_twin(emit->diff, column) == NULL)
		go_on_behind_rows(emit, sequence, column);
}

void
zm_emit_sequence_persistence(ZmEmit *emit, const ZmObject *sequence,
							 const char *have)
{
	const char *want = zm_get(sequence, "persistence");

	if (!zm_same_text(have, want))
		zm_emit(emit, "alter", sequence, "ALTER SEQUENCE %s SET %s",
				sequence->identity, want ? "UNLOGGED" : "LOGGED");
}

void
zm_emit_identity_before_type(ZmEmit *emit, const ZmChange *change)
{
	const char *type = zm_get(change->new, "type");
	const ZmObject *old = zm_identity_sequence(change->old);
	const ZmObject *new = zm_identity_sequence(change->new);
	int64 low;
	int64 high;

	if (!keeps_identity(emit, change->new))
		return;
	/* Limits that are the old type's become the new one's. */
	if ((zm_get(old, "minimum") == NULL || least(old) >= least_of(type)) &&
		(zm_get(old, "maximum") == NULL || greatest(old) <= greatest_of(type)))
		return;
	low = Max(least(new), least_of(type));
	high = Min(greatest(new), greatest_of(type));
	make_room(emit, old, new, low, high);
	zm_emit(emit, "alter", new,
			"ALTER SEQUENCE %s MINVALUE " INT64_FORMAT
			" MAXVALUE " INT64_FORMAT " START WITH " INT64_FORMAT,
			new->identity, low, high, Min(Max(start(new), low), high));
}

void
zm_emit_identity_behind_type(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = zm_identity_sequence(change->new);
	StringInfoData text;

	if (!keeps_identity(emit, change->new) || zm_new_change(emit->diff, new))
		return;
	if (!has_own_type(new))
		return;
	initStringInfo(&text);
	add_type(&text, zm_identity_sequence(change->old), new);
	zm_emit(emit, "alter", new, "ALTER SEQUENCE %s%s", new->identity,
			text.data);
}

/* Has the column an identity that was there before and is not made anew? */
static bool
keeps_identity(const ZmEmit *emit, const ZmObject *column)
{
	const ZmObject *sequence = zm_identity_sequence(column);
	const ZmObject *before =
		sequence ? zm_new_twin(emit->diff, sequence) : NULL;
	const ZmChange *change =
		sequence ? zm_new_change(emit->diff, sequence) : NULL;

	return before && zm_get(before, "generated") &&
		   (change == NULL || !change->replaced);
}

/* Does the type of the column that it is the identity of change? */
static bool
is_retyped(const ZmEmit *emit, const ZmObject *sequence)
{
	const ZmObject *column =
		zm_get(sequence, "generated") ? zm_sequence_column(sequence) : NULL;
	const ZmObject *before = column ? zm_new_twin(emit->diff, column) : NULL;

	return before && zm_differs(before, column, "type");
}

static void
create_sequence(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const ZmObject *column = zm_sequence_column(new);
	const char *type = zm_get(new, "type");

	if (zm_get(new, "generated"))
		add_identity(emit, new, column);
	else
		zm_emit(emit, "create", new, "CREATE %sSEQUENCE %s%s%s%s",
				zm_get(new, "persistence") ? "UNLOGGED " : "", new->identity,
				type ? " AS " : "", type ? type : "", options_of(new));
	if (hands_over(emit, change))
		take_over(emit, change);
	else if (zm_get(new, "generated"))
		continue_column(emit, new, column);
}

static void
complete_sequence(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;

	link_to_column(emit, change);
	if (zm_change_comes(change) && !hands_over(emit, change))
		continue_column(emit, new, zm_sequence_column(new));
}

static void
alter_sequence(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	char *options = options_changed(emit, old, new);

	if (zm_differs(old, new, "generated"))
	{
		const ZmObject *column = zm_sequence_column(new);

		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER %s %s ALTER COLUMN %s SET GENERATED %s",
							 column->parent->kind->sql,
							 column->parent->identity,
							 zm_identifier(column->name),
							 zm_is(new, "generated", "always") ? "ALWAYS"
															   : "BY DEFAULT"),
					 "ACCESS EXCLUSIVE", column->parent);
	}
	if (limits_differ(old, new) && !only_widens(old, new))
		make_room(emit, old, new, least(new), greatest(new));
	if (*options)
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s%s", new->identity,
				options);
	zm_emit_sequence_persistence(emit, new, zm_get(old, "persistence"));
	if (is_let_go(emit, change))
		zm_emit(emit, "alter", new, "ALTER SEQUENCE %s OWNED BY NONE",
				new->identity);
}

/* One that stays must not go with its column, and gets another owner only when
 * it has no column. */
static bool
is_let_go(const ZmEmit *emit, const ZmChange *change)
{
	if (zm_get(change->old, "owned by") == NULL ||
		!zm_differs(change->old, change->new, "owned by"))
		return false;
	return zm_get(change->new, "owned by") == NULL ||
		   !column_stays(emit, zm_sequence_column(change->old), true) ||
		   next_owner(emit, change) != NULL;
}

static void
link_to_column(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const char *owner = next_owner(emit, change);

	if (owner)
		zm_emit(emit, "owner", new, "ALTER SEQUENCE %s OWNER TO %s",
				new->identity, zm_identifier(owner));
	zm_emit(emit, "alter", new, "ALTER SEQUENCE %s OWNED BY %s", new->identity,
			zm_get(new, "owned by"));
}

/* The server refuses to link a sequence to a table that belongs to somebody
 * else; NULL: it does not. */
static const char *
next_owner(const ZmEmit *emit, const ZmChange *change)
{
	const ZmDiffOptions *options = emit->diff->options;
	const ZmObject *new = change->new;
	const ZmObject *table = zm_sequence_column(new)->parent;
	const ZmObject *before = zm_new_twin(emit->diff, table);
	const char *have =
		change->old ? change->old->attributes[ZM_OWNER] : options->role;
	const char *want = before ? before->attributes[ZM_OWNER] : options->role;

	if (options->owners)
		want = table->attributes[ZM_OWNER];
	if (options->owners && (change->old == NULL || change->replaced))
		have = new->attributes[ZM_OWNER];
	return want && have && strcmp(want, have) != 0 ? want : NULL;
}

static void
drop_sequence(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *column = zm_sequence_column(old);

	if (hands_over(emit, change))
		zm_emit(emit, "alter", old, "ALTER SEQUENCE %s RENAME TO %s",
				old->identity, zm_identifier(zm_aside_name(emit->diff, old)));
	else if (zm_get(old, "generated"))
		drop_identity(emit, old, column);
	else
		zm_emit(emit, "drop", old, "DROP SEQUENCE %s%s", old->identity,
				change->cascade ? " CASCADE" : "");
}

/* Is the same column served before by a sequence and behind by an identity of
 * that name, or the other way round? */
static bool
hands_over(const ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *before;
	const ZmObject *after;

	if (change->old == NULL || change->new == NULL || !change->replaced)
		return false;
	before = zm_sequence_column(change->old);
	after = zm_sequence_column(change->new);
	if (before && after && zm_new_twin(emit->diff, after) != before)
		return false;
	return (before == NULL || column_stays(emit, before, true)) &&
		   (after == NULL || column_stays(emit, after, false));
}

static bool
column_stays(const ZmEmit *emit, const ZmObject *column, bool old)
{
	const ZmChange *change = old ? zm_old_change(emit->diff, column)
								 : zm_new_change(emit->diff, column);

	return change == NULL || zm_change_stays(change);
}

/* From the old sequence, which was renamed for that, unless it has not begun
 * or is where the new one cannot be. */
static void
take_over(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	char *aside = zm_qualified(old->schema, zm_aside_name(emit->diff, old));

	zm_emit(emit, "alter", new,
			"SELECT pg_catalog.setval(%s, last_value, is_called) FROM %s "
			"WHERE last_value BETWEEN " INT64_FORMAT " AND " INT64_FORMAT
			" AND (is_called OR last_value <> " INT64_FORMAT ")",
			zm_literal(new->identity), aside, least(new), greatest(new),
			start(old));
	if (zm_get(old, "generated"))
		drop_identity(emit, old, zm_sequence_column(old));
	else
		zm_emit(emit, "drop", old, "DROP SEQUENCE %s", aside);
}

/* A sequence that is new to a column goes on behind the rows that are there, if
 * it can. */
static void
continue_column(ZmEmit *emit, const ZmObject *sequence, const ZmObject *column)
{
	const ZmObject *before = zm_new_twin(emit->diff, column);

	if (before && column_stays(emit, column, false) &&
		column->parent->kind == zm_kind(ZM_KIND_TABLE) && is_number(column))
		go_on_behind_rows(emit, sequence, column);
}

static void
go_on_behind_rows(ZmEmit *emit, const ZmObject *sequence,
				  const ZmObject *column)
{
	bool down = descends(sequence);

	zm_emit(emit, "alter", sequence,
			"SELECT pg_catalog.setval(%s, m::bigint) "
			"FROM (SELECT pg_catalog.%s(%s) AS m FROM %s) AS last "
			"WHERE m BETWEEN " INT64_FORMAT " AND " INT64_FORMAT,
			zm_literal(sequence->identity), down ? "min" : "max",
			zm_identifier(column->name), column->parent->identity,
			down ? least(sequence) : start(sequence),
			down ? start(sequence) : greatest(sequence));
}

void
zm_emit_count_on(ZmEmit *emit, const ZmObject *table, const ZmObject *parent)
{
	ListCell *lc;

	foreach (lc, parent->children)
	{
		const ZmObject *column = lfirst(lc);
		const ZmObject *own;
		ListCell *dependent;

		if (!zm_is_kind(column, ZM_KIND_COLUMN) || !is_number(column))
			continue;
		own = zm_table_column(table, column->name);
		if (own == NULL || !column_stays(emit, own, false))
			continue;
		foreach (dependent, column->dependents)
		{
			const ZmObject *sequence = lfirst(dependent);

			if (zm_is_kind(sequence, ZM_KIND_SEQUENCE) &&
				zm_sequence_column(sequence) == column &&
				zm_change_comes(zm_new_change(emit->diff, sequence)))
				count_on(emit, sequence, own);
		}
	}
}

/* From the last number in the table, if it is beyond what the sequence has. */
static void
count_on(ZmEmit *emit, const ZmObject *sequence, const ZmObject *column)
{
	bool down = descends(sequence);

	zm_emit(emit, "alter", sequence,
			"SELECT pg_catalog.setval(%s, m::bigint) "
			"FROM (SELECT pg_catalog.%s(%s) AS m FROM %s) AS last, %s "
			"WHERE m BETWEEN %s AND %s",
			zm_literal(sequence->identity), down ? "min" : "max",
			zm_identifier(column->name), column->parent->identity,
			sequence->identity,
			down ? psprintf(INT64_FORMAT, least(sequence)) : "last_value",
			down ? "last_value" : psprintf(INT64_FORMAT, greatest(sequence)));
}

/* A column of any type can own a sequence.  A domain stands for its type. */
static bool
is_number(const ZmObject *object)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, object->needs)
	{
		const ZmObject *needed = lfirst(lc);

		if (zm_is_kind(needed, ZM_KIND_DOMAIN) &&
			zm_is(object, "type", needed->identity))
			return is_number(needed);
	}
	return zm_types_comparable(zm_get(object, "type"), "bigint");
}

void
zm_emit_add_identity(ZmEmit *emit, const ZmObject *column)
{
	add_identity(emit, zm_identity_sequence(column), column);
}

static void
add_identity(ZmEmit *emit, const ZmObject *new, const ZmObject *column)
{
	zm_emit_lock(zm_emit(emit, "alter", new,
						 "ALTER %s %s ALTER COLUMN %s ADD %s",
						 column->parent->kind->sql, column->parent->identity,
						 zm_identifier(column->name), zm_identity_clause(new)),
				 "ACCESS EXCLUSIVE", column->parent);
	zm_emit_identity_rest(emit, column);
}

static void
drop_identity(ZmEmit *emit, const ZmObject *old, const ZmObject *column)
{
	zm_emit_lock(zm_emit(emit, "alter", old,
						 "ALTER %s %s ALTER COLUMN %s DROP IDENTITY",
						 column->parent->kind->sql, column->parent->identity,
						 zm_identifier(column->name)),
				 "ACCESS EXCLUSIVE", column->parent);
}

/* Behind CREATE SEQUENCE and its type. */
static char *
options_of(const ZmObject *sequence)
{
	static const char *const words[][2] = {{"minimum", "MINVALUE"},
										   {"maximum", "MAXVALUE"}};

	return psprintf("%s%s", values_of(sequence, words, lengthof(words)),
					settings_of(sequence));
}

/* But for the type and its limits. */
static char *
settings_of(const ZmObject *sequence)
{
	static const char *const words[][2] = {{"increment", "INCREMENT BY"},
										   {"start", "START WITH"},
										   {"cache", "CACHE"}};
	char *values = values_of(sequence, words, lengthof(words));

	return zm_flag(sequence, "cycle") ? psprintf("%s CYCLE", values) : values;
}

static char *
values_of(const ZmObject *sequence, const char *const words[][2], int count)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < count; i++)
	{
		const char *value = zm_get(sequence, words[i][0]);

		if (value)
			appendStringInfo(&text, " %s %s", words[i][1], value);
	}
	return text.data;
}

/* Behind ALTER SEQUENCE. */
static char *
options_changed(const ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	StringInfoData text;
	const char *value;

	initStringInfo(&text);
	if (zm_differs(old, new, "type") || is_retyped(emit, new))
		add_type(&text, old, new);
	else if (limits_differ(old, new))
	{
		add_limit(&text, new, "minimum", "MINVALUE");
		add_limit(&text, new, "maximum", "MAXVALUE");
	}
	if (zm_differs(old, new, "increment"))
	{
		value = zm_get(new, "increment");
		appendStringInfo(&text, " INCREMENT BY %s", value ? value : "1");
	}
	if (start(old) != start(new))
		appendStringInfo(&text, " START WITH " INT64_FORMAT, start(new));
	if (zm_differs(old, new, "cache"))
	{
		value = zm_get(new, "cache");
		appendStringInfo(&text, " CACHE %s", value ? value : "1");
	}
	if (zm_differs(old, new, "cycle"))
		appendStringInfoString(&text,
							   zm_flag(new, "cycle") ? " CYCLE" : " NO CYCLE");
	return text.data;
}

/* With the limits, which would else follow from the type that it had.  NO ...
 * means those of the type for one that has gone or goes down, if it was at the
 * end of its type.  Without an old one, it is as its column has made it. */
static void
add_type(StringInfo text, const ZmObject *old, const ZmObject *sequence)
{
	const char *type = zm_get(sequence, "type");

	appendStringInfo(text, " AS %s", type ? type : "bigint");
	if (descends(sequence) || (old && descends(old)))
	{
		appendStringInfo(text,
						 " MINVALUE " INT64_FORMAT " MAXVALUE " INT64_FORMAT,
						 least(sequence), greatest(sequence));
		return;
	}
	add_limit(text, sequence, "minimum", "MINVALUE");
	add_limit(text, sequence, "maximum", "MAXVALUE");
}

static void
add_limit(StringInfo text, const ZmObject *sequence, const char *attribute,
		  const char *word)
{
	const char *value = zm_get(sequence, attribute);

	if (value)
		appendStringInfo(text, " %s %s", word, value);
	else
		appendStringInfo(text, " NO %s", word);
}

static bool
limits_differ(const ZmObject *old, const ZmObject *new)
{
	return least(old) != least(new) || greatest(old) != greatest(new) ||
		   start(old) != start(new);
}

/* Does it stand where it can stand then, whatever it has given? */
static bool
only_widens(const ZmObject *old, const ZmObject *new)
{
	return least(new) <= least(old) && greatest(new) >= greatest(old) &&
		   start(new) == start(old);
}

/*
 * Before its limits change to these: a sequence that was not asked yet starts
 * at its new start, and so does one that stands outside of the new limits,
 * which the server would refuse.  Both limits must hold for that, so one that
 * leaves the old ones is widened first.
 */
static void
make_room(ZmEmit *emit, const ZmObject *old, const ZmObject *new, int64 low,
		  int64 high)
{
	int64 lowest = Min(least(old), low);
	int64 highest = Max(greatest(old), high);

	if (is_retyped(emit, new) || lowest != least(old) ||
		highest != greatest(old))
		zm_emit(emit, "alter", new,
				"ALTER SEQUENCE %s AS %s MINVALUE " INT64_FORMAT
				" MAXVALUE " INT64_FORMAT,
				new->identity, wider_type(old, new), lowest, highest);
	zm_emit(emit, "alter", new,
			"SELECT pg_catalog.setval(%s, " INT64_FORMAT ", false) FROM %s "
			"WHERE last_value NOT BETWEEN " INT64_FORMAT " AND " INT64_FORMAT
			" OR (last_value = " INT64_FORMAT " AND NOT is_called)",
			zm_literal(new->identity), Min(Max(start(new), low), high),
			new->identity, low, high, start(old));
}

static const char *
wider_type(const ZmObject *left, const ZmObject *right)
{
	const char *types[] = {zm_get(left, "type"), zm_get(right, "type")};

	if (types[0] == NULL || types[1] == NULL)
		return "bigint";
	return strcmp(types[0], "integer") == 0 ? types[0] : types[1];
}

static bool
descends(const ZmObject *sequence)
{
	const char *increment = zm_get(sequence, "increment");

	return increment && increment[0] == '-';
}

static int64
least(const ZmObject *sequence)
{
	const char *minimum = zm_get(sequence, "minimum");

	if (minimum)
		return strtoi64(minimum, NULL, 10);
	return descends(sequence) ? least_of(zm_get(sequence, "type")) : 1;
}

static int64
greatest(const ZmObject *sequence)
{
	const char *maximum = zm_get(sequence, "maximum");

	if (maximum)
		return strtoi64(maximum, NULL, 10);
	return descends(sequence) ? -1 : greatest_of(zm_get(sequence, "type"));
}

/* NULL: bigint. */
static int64
least_of(const char *type)
{
	if (type && strcmp(type, "smallint") == 0)
		return PG_INT16_MIN;
	return type && strcmp(type, "integer") == 0 ? PG_INT32_MIN : PG_INT64_MIN;
}

static int64
greatest_of(const char *type)
{
	if (type && strcmp(type, "smallint") == 0)
		return PG_INT16_MAX;
	return type && strcmp(type, "integer") == 0 ? PG_INT32_MAX : PG_INT64_MAX;
}

static int64
start(const ZmObject *sequence)
{
	const char *value = zm_get(sequence, "start");

	if (value)
		return strtoi64(value, NULL, 10);
	return descends(sequence) ? greatest(sequence) : least(sequence);
}
