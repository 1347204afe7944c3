/*
 * emit_base_type.c
 *
 * Statements for shell, base and range types.
 *
 * A base type and the functions that read and write it name each other: it is
 * made as a shell, then the functions, then it is completed.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_shell(ZmEmit *emit, const ZmChange *change, List *parts);
static void complete_base(ZmEmit *emit, const ZmChange *change);
static void alter_base(ZmEmit *emit, const ZmChange *change);
static bool is_always_shell(const ZmObject *new);
static void create_range(ZmEmit *emit, const ZmChange *change, List *parts);
static bool names_itself(const ZmObject *new);
static void complete_range(ZmEmit *emit, const ZmChange *change);
static void alter_range(ZmEmit *emit, const ZmChange *change);
static void comment_multirange(ZmEmit *emit, const ZmObject *old,
							   const ZmObject *new);
static void put_aside_range(ZmEmit *emit, const ZmChange *change);
static void rename_constructor(ZmEmit *emit, const ZmObject *range,
							   const char *name, const char *arguments,
							   const char *new_name);

const ZmEmitter zm_emitter_shell_type = {.create = create_shell};
const ZmEmitter zm_emitter_base_type = {.create = create_shell,
										.complete = complete_base,
										.is_shell = is_always_shell,
										.alter = alter_base};
const ZmEmitter zm_emitter_range = {.create = create_range,
									.complete = complete_range,
									.alter = alter_range,
									.is_shell = names_itself,
									.aside = put_aside_range};

static void
create_shell(ZmEmit *emit, const ZmChange *change, List *parts)
{
	zm_emit(emit, "create", change->new, "CREATE TYPE %s",
			change->new->identity);
}

static void
complete_base(ZmEmit *emit, const ZmChange *change)
{
	static const char *const words[][2] = {
		{"receive", "RECEIVE"},		  {"send", "SEND"},
		{"typmod in", "TYPMOD_IN"},	  {"typmod out", "TYPMOD_OUT"},
		{"analyze", "ANALYZE"},		  {"subscript", "SUBSCRIPT"},
		{"length", "INTERNALLENGTH"}, {"alignment", "ALIGNMENT"},
		{"storage", "STORAGE"},		  {"element", "ELEMENT"}};
	const ZmObject *new = change->new;
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < lengthof(words); i++)
	{
		const char *value = zm_get(new, words[i][0]);

		if (value)
			appendStringInfo(&text, ",\n    %s = %s", words[i][1], value);
	}
	if (zm_flag(new, "passed by value"))
		appendStringInfoString(&text, ",\n    PASSEDBYVALUE");
	appendStringInfo(&text, ",\n    CATEGORY = %s, PREFERRED = %s",
					 zm_literal(zm_get(new, "category")),
					 zm_flag(new, "preferred") ? "true" : "false");
	if (zm_get(new, "default"))
		appendStringInfo(&text, ",\n    DEFAULT = %s",
						 zm_literal(zm_get(new, "default")));
	appendStringInfo(&text, ",\n    DELIMITER = %s, COLLATABLE = %s",
					 zm_literal(zm_get(new, "delimiter")),
					 zm_flag(new, "collatable") ? "true" : "false");
	zm_emit(emit, "create", new,
			"CREATE TYPE %s (\n    INPUT = %s,\n    OUTPUT = %s%s\n)",
			new->identity, zm_get(new, "input"), zm_get(new, "output"),
			text.data);
}

static void
alter_base(ZmEmit *emit, const ZmChange *change)
{
	static const char *const words[][2] = {
		{"receive", "RECEIVE"},		{"send", "SEND"},
		{"typmod in", "TYPMOD_IN"}, {"typmod out", "TYPMOD_OUT"},
		{"analyze", "ANALYZE"},		{"subscript", "SUBSCRIPT"},
		{"storage", "STORAGE"}};
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < lengthof(words); i++)
	{
		const char *value = zm_get(change->new, words[i][0]);

		if (zm_differs(change->old, change->new, words[i][0]))
			appendStringInfo(&text, "%s%s = %s", text.len > 0 ? ", " : "",
							 words[i][1], value ? value : "NONE");
	}
	zm_emit(emit, "alter", change->new, "ALTER TYPE %s SET (%s)",
			change->new->identity, text.data);
}

static bool
is_always_shell(const ZmObject *new)
{
	return true;
}

static void
create_range(ZmEmit *emit, const ZmChange *change, List *parts)
{
	if (names_itself(change->new))
		create_shell(emit, change, parts);
	else
		complete_range(emit, change);
}

/* Its canonical function takes and returns the range. */
static bool
names_itself(const ZmObject *new)
{
	return zm_get(new, "canonical") != NULL;
}

static void
complete_range(ZmEmit *emit, const ZmChange *change)
{
	static const char *const words[][2] = {
		{"operator class", "SUBTYPE_OPCLASS"},
		{"collation", "COLLATION"},
		{"canonical", "CANONICAL"},
		{"subtype diff", "SUBTYPE_DIFF"},
		{"multirange", "MULTIRANGE_TYPE_NAME"}};
	const ZmObject *new = change->new;
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < lengthof(words); i++)
	{
		const char *value = zm_get(new, words[i][0]);

		if (value)
			appendStringInfo(&text, ",\n    %s = %s", words[i][1], value);
	}
	zm_emit(emit, "create", new,
			"CREATE TYPE %s AS RANGE (\n    SUBTYPE = %s%s\n)", new->identity,
			zm_get(new, "subtype"), text.data);
	comment_multirange(emit, NULL, change->new);
}

static void
alter_range(ZmEmit *emit, const ZmChange *change)
{
	comment_multirange(emit, change->old, change->new);
}

/* The type of its multiranges can have a comment of its own. */
static void
comment_multirange(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	const char *comment = zm_get(new, "multirange comment");

	if (!zm_same_text(old ? zm_get(old, "multirange comment") : NULL, comment))
		zm_emit(emit, "comment", new, "COMMENT ON TYPE %s IS %s",
				zm_get(new, "multirange"),
				comment ? zm_literal(comment) : "NULL");
}

/*
 * Its multirange makes room too, and so do the functions that make values of
 * both: they are called as the types are and live where the range does.
 */
static void
put_aside_range(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const char *multirange = zm_get(old, "multirange");
	const char *subtype = zm_get(old, "subtype");
	const char *range_name = zm_identifier(old->name);
	const char *multirange_name = zm_last_name(multirange);
	char *aside = zm_aside_name(emit->diff, old);
	char *multirange_aside = zm_identifier(psprintf("m_%s", aside));

	aside = zm_identifier(aside);
	rename_constructor(emit, old, range_name,
					   psprintf("%s, %s", subtype, subtype), aside);
	rename_constructor(emit, old, range_name,
					   psprintf("%s, %s, text", subtype, subtype), aside);
	rename_constructor(emit, old, multirange_name, "", multirange_aside);
	rename_constructor(emit, old, multirange_name, old->identity,
					   multirange_aside);
	rename_constructor(emit, old, multirange_name,
					   psprintf("%s[]", old->identity), multirange_aside);
	zm_emit(emit, "alter", old, "ALTER TYPE %s RENAME TO %s", old->identity,
			aside);
	zm_emit(emit, "alter", old, "ALTER TYPE %s RENAME TO %s", multirange,
			multirange_aside);
}

static void
rename_constructor(ZmEmit *emit, const ZmObject *range, const char *name,
				   const char *arguments, const char *new_name)
{
	zm_emit(emit, "alter", range, "ALTER FUNCTION %s.%s(%s) RENAME TO %s",
			zm_identifier(range->schema), name, arguments, new_name);
}
