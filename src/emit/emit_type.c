/*
 * emit_type.c
 *
 * Statements for enum, composite, range, base and shell types.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_shell(ZmEmit *emit, const ZmChange *change, List *parts);
static void create_enum(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_enum(ZmEmit *emit, const ZmChange *change);
static bool has(List *labels, const char *label);
static void create_composite(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static int by_place(const ListCell *left, const ListCell *right);
static char *attribute_clause(const ZmObject *attribute);
static void create_attribute(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static void alter_attribute(ZmEmit *emit, const ZmChange *change);
static void drop_attribute(ZmEmit *emit, const ZmChange *change);
static void create_range(ZmEmit *emit, const ZmChange *change, List *parts);
static void put_aside_range(ZmEmit *emit, const ZmChange *change);
static void complete_base(ZmEmit *emit, const ZmChange *change);
static void alter_base(ZmEmit *emit, const ZmChange *change);
static void drop_base(ZmEmit *emit, const ZmChange *change);

const ZmEmitter zm_emitter_shell_type = {.create = create_shell};
const ZmEmitter zm_emitter_enum = {.create = create_enum, .alter = alter_enum};
const ZmEmitter zm_emitter_composite_type = {.create = create_composite};
const ZmEmitter zm_emitter_attribute = {.create = create_attribute,
										.alter = alter_attribute,
										.drop = drop_attribute};
const ZmEmitter zm_emitter_range = {.create = create_range,
									.aside = put_aside_range};
const ZmEmitter zm_emitter_base_type = {.create = create_shell,
										.complete = complete_base,
										.alter = alter_base,
										.drop = drop_base};

static void
create_shell(ZmEmit *emit, const ZmChange *change, List *parts)
{
	zm_emit(emit, "create", change->new, "CREATE TYPE %s",
			change->new->identity);
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
		if (has(before, label))
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

static bool
has(List *labels, const char *label)
{
	ListCell *lc;

	foreach (lc, labels)
	{
		if (strcmp(lfirst(lc), label) == 0)
			return true;
	}
	return false;
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
	list_sort(attributes, by_place);
	initStringInfo(&text);
	foreach (lc, attributes)
		appendStringInfo(&text, "%s\n    %s", text.len > 0 ? "," : "",
						 attribute_clause(lfirst(lc)));
	zm_emit(emit, "create", change->new, "CREATE TYPE %s AS (%s%s)",
			change->new->identity, text.data, text.len > 0 ? "\n" : "");
}

static int
by_place(const ListCell *left, const ListCell *right)
{
	return atoi(zm_get(lfirst(left), "position")) -
		   atoi(zm_get(lfirst(right), "position"));
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

static void
create_range(ZmEmit *emit, const ZmChange *change, List *parts)
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
}

/* Its multirange makes room too; the constructors, which are named as the
 * types are, take other arguments or belong to other types. */
static void
put_aside_range(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const char *multirange = zm_get(old, "multirange");
	char *aside = zm_aside_name(emit->diff, old);

	zm_emit(emit, "alter", old, "ALTER TYPE %s RENAME TO %s", old->identity,
			zm_identifier(aside));
	zm_emit(emit, "alter", old, "ALTER TYPE %s RENAME TO %s", multirange,
			zm_identifier(psprintf("m_%s", aside)));
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

/* Type and functions hold each other. */
static void
drop_base(ZmEmit *emit, const ZmChange *change)
{
	zm_emit(emit, "drop", change->old, "DROP TYPE %s CASCADE",
			change->old->identity);
}
