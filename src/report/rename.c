/*
 * rename.c
 *
 * Renames that the model's hints ask for.
 */
#include "postgres.h"

#include "emit/emit.h"
#include "report/along.h"
#include "report/autogenerate.h"
#include "report/model_hint.h"
#include "report/rename.h"
#include "report/state.h"
#include "scratch/scratch.h"
#include "store/store.h"

/* One statement that a hint asks for: another name, another schema, another
 * label of an enum, or first of all a schema that is not there yet.  Names are
 * quoted where need be. */
typedef enum StepKind
{
	STEP_NAME,
	STEP_SCHEMA,
	STEP_LABEL,
	STEP_NEW_SCHEMA
} StepKind;

typedef struct Step
{
	StepKind kind;
	const ZmObject *object;	  /* as it was */
	const char *identity;	  /* what it is called before */
	const char *new_identity; /* ... and after this step */
	const char *name;		  /* of the object, its schema or label, before */
	const char *new_name;
} Step;

static List *find_steps(ZmSchema **source, const ZmSchema *target,
						List *hints);
static List *follow_all(List *hints, const ZmSchema *source,
						const ZmSchema *target, bool make_schemas);
static List *follow_along(List *steps, const ZmSchema *source,
						  const ZmSchema *target);
static List *tables_of(List *steps);
static List *add_name(List *names, const char *name);
static List *follow(const ZmModelHint *hint, const ZmSchema *source,
					const ZmSchema *target);
static List *follow_label(const ZmModelHint *hint, const ZmSchema *source,
						  const ZmSchema *target);
static bool has_label(const ZmObject *type, const char *label);
static bool can_follow(const ZmModelHint *hint, const ZmObject *old);
static List *steps_for(const ZmObject *old, const ZmModelHint *hint,
					   const ZmSchema *source);
static bool is_taken(const ZmSchema *source, const char *identity);
static const ZmObject *missing_schema(List *steps, const ZmSchema *source,
									  const ZmSchema *target);
static List *with_new_schema(List *steps, const ZmObject *schema);
static char *called(const ZmObject *object, const char *schema,
					const char *new_name);
static const char *behind_name(const char *identity);
static List *statements_forth(List *steps);
static List *statements_back(List *steps, const ZmSchema *source,
							 const ZmSchema *target);
static bool was_renamed(List *steps, const char *schema);
static ZmStatementOut *statement_for(const Step *step, bool back);
static char *step_text(const Step *step, bool back);
static ZmStatementOut *new_schema(const ZmObject *schema);
static ZmSchema *apply(ZmSchema *source, List *statements);

List *
zm_model_hints(void)
{
	List *hints = NIL;
	ListCell *lc;

	foreach (lc, zm_store_model())
	{
		const ZmModelPiece *piece = lfirst(lc);
		ZmScript *script =
			zm_script_from_cstring(piece->ddl, strlen(piece->ddl));

		hints = list_concat(hints, zm_script_renames(script));
	}
	return hints;
}

List *
zm_renames(ZmSchema **source, ZmSchema *target, List *hints)
{
	ZmSchema *was = target;
	List *parsed = NIL;
	List *steps;
	List *statements;
	ListCell *lc;

	foreach (lc, hints)
		parsed = lappend(parsed, zm_model_hint(lfirst(lc)));
	steps = find_steps(source, target, parsed);
	if (steps != NIL)
		return statements_forth(steps);
	/* The way back undoes them, the last one first. */
	steps = find_steps(&was, *source, parsed);
	statements = statements_back(steps, *source, target);
	if (statements != NIL)
		*source = apply(*source, statements);
	return statements;
}

/* The steps that the hints ask for from one schema to another, which is then
 * as it is behind them.  A hint can build on another one: each round follows
 * those that hold by then; a schema is made only if none gets its name; and at
 * last comes what is called after tables and columns that are renamed. */
static List *
find_steps(ZmSchema **source, const ZmSchema *target, List *hints)
{
	List *all = NIL;

	for (int round = 0; round <= list_length(hints) + 1; round++)
	{
		List *steps = follow_all(hints, *source, target, false);

		if (steps == NIL)
			steps = follow_all(hints, *source, target, true);
		if (steps == NIL)
			steps = follow_along(all, *source, target);
		if (steps == NIL)
			break;
		*source = apply(*source, statements_forth(steps));
		all = list_concat(all, steps);
	}
	return all;
}

static List *
follow_along(List *steps, const ZmSchema *source, const ZmSchema *target)
{
	List *along = NIL;
	ListCell *lc;

	foreach (lc, zm_renamed_along(source, target, tables_of(steps)))
	{
		const ZmRenamed *renamed = lfirst(lc);
		Step *step = palloc0(sizeof(Step));

		step->kind = STEP_NAME;
		step->object = renamed->old;
		step->identity = renamed->old->identity;
		step->new_identity = renamed->new->identity;
		step->name = zm_identifier(renamed->old->name);
		step->new_name = zm_identifier(renamed->new->name);
		along = lappend(along, step);
	}
	return along;
}

/* The tables that the steps are about, as they are called behind them. */
static List *
tables_of(List *steps)
{
	List *tables = NIL;
	ListCell *lc;

	foreach (lc, steps)
	{
		const Step *step = lfirst(lc);

		if (zm_is_kind(step->object, ZM_KIND_TABLE))
			tables = add_name(tables, step->new_identity);
		else if (zm_is_kind(step->object, ZM_KIND_COLUMN))
			tables = add_name(tables, step->object->parent->identity);
	}
	return tables;
}

static List *
add_name(List *names, const char *name)
{
	ListCell *lc;

	foreach (lc, names)
	{
		if (strcmp(lfirst(lc), name) == 0)
			return names;
	}
	return lappend(names, unconstify(char *, name));
}

static List *
follow_all(List *hints, const ZmSchema *source, const ZmSchema *target,
		   bool make_schemas)
{
	List *all = NIL;
	ListCell *lc;

	foreach (lc, hints)
	{
		List *steps = follow(lfirst(lc), source, target);
		const ZmObject *missing = missing_schema(steps, source, target);

		if (missing && !make_schemas)
			continue;
		if (missing)
			all = with_new_schema(all, missing);
		all = list_concat(all, steps);
	}
	return all;
}

/* The steps that the hint asks for here. */
static List *
follow(const ZmModelHint *hint, const ZmSchema *source, const ZmSchema *target)
{
	ListCell *lc;

	if (hint->old_label)
		return follow_label(hint, source, target);
	foreach (lc, hint->kinds)
	{
		const ZmKind *kind = lfirst(lc);
		ZmObject *old = zm_schema_find(source, kind, hint->old_identity);
		char *identity;

		if (old == NULL || !can_follow(hint, old))
			continue;
		identity = called(old, hint->new_schema, hint->new_name);
		if (zm_schema_find(source, kind, identity) ||
			zm_schema_find(target, kind, hint->old_identity) ||
			!zm_schema_find(target, kind, identity))
			continue;
		return steps_for(old, hint, source);
	}
	return NIL;
}

static List *
follow_label(const ZmModelHint *hint, const ZmSchema *source,
			 const ZmSchema *target)
{
	const ZmKind *kind = zm_kind(ZM_KIND_ENUM);
	ZmObject *old = zm_schema_find(source, kind, hint->old_identity);
	ZmObject *new = zm_schema_find(target, kind, hint->old_identity);
	Step *step;

	if (old == NULL || new == NULL || !has_label(old, hint->old_label) ||
		has_label(old, hint->new_name) || has_label(new, hint->old_label) ||
		!has_label(new, hint->new_name))
		return NIL;
	step = palloc0(sizeof(Step));
	step->kind = STEP_LABEL;
	step->object = old;
	step->identity = step->new_identity = old->identity;
	step->name = zm_literal(hint->old_label);
	step->new_name = zm_literal(hint->new_name);
	return list_make1(step);
}

static bool
has_label(const ZmObject *type, const char *label)
{
	return zm_list_has(zm_get_list(type, "labels"), label);
}

/* What hangs on a table is where the table is, but for statistics; an operator
 * cannot be renamed.  Of a range type the server would leave the multirange type
 * and the functions of their names behind: what is of it gets another type. */
static bool
can_follow(const ZmModelHint *hint, const ZmObject *old)
{
	if (zm_is_kind(old, ZM_KIND_OPERATOR) || zm_is_kind(old, ZM_KIND_RANGE))
		return false;
	return hint->new_schema == NULL || zm_is_kind(old, ZM_KIND_STATISTICS) ||
		   (old->schema && old->parent == NULL &&
			!zm_is_kind(old, ZM_KIND_INDEX));
}

/* Two if both schema and name change; what has the old name in the new schema
 * must not be met on the way. */
static List *
steps_for(const ZmObject *old, const ZmModelHint *hint, const ZmSchema *source)
{
	const char *schema = old->schema ? zm_identifier(old->schema) : NULL;
	const char *name = zm_identifier(old->name);
	bool moves = hint->new_schema && strcmp(hint->new_schema, schema) != 0;
	bool changes = strcmp(hint->new_name, name) != 0;
	Step *move = palloc0(sizeof(Step));
	Step *rename = palloc0(sizeof(Step));
	char *half = called(old, hint->new_schema, name);
	bool name_first = moves && changes && is_taken(source, half);

	if (name_first)
		half = called(old, NULL, hint->new_name);
	move->kind = STEP_SCHEMA;
	rename->kind = STEP_NAME;
	move->object = rename->object = old;
	move->identity = rename->identity = old->identity;
	move->new_identity = rename->new_identity =
		called(old, hint->new_schema, hint->new_name);
	move->name = schema;
	move->new_name = hint->new_schema;
	rename->name = name;
	rename->new_name = hint->new_name;
	if (!moves || !changes)
		return list_make1(moves ? move : rename);
	if (name_first)
	{
		rename->new_identity = move->identity = half;
		return list_make2(rename, move);
	}
	move->new_identity = rename->identity = half;
	return list_make2(move, rename);
}

static bool
is_taken(const ZmSchema *source, const char *identity)
{
	for (int i = 0; i < ZM_KIND_COUNT; i++)
	{
		if (zm_schema_find(source, zm_kind(i), identity))
			return true;
	}
	return false;
}

/* The schema that something is to be moved into, if it is not there; one of an
 * extension is in neither. */
static const ZmObject *
missing_schema(List *steps, const ZmSchema *source, const ZmSchema *target)
{
	const ZmKind *kind = zm_kind(ZM_KIND_SCHEMA);
	ListCell *lc;

	foreach (lc, steps)
	{
		const Step *step = lfirst(lc);

		if (step->kind == STEP_SCHEMA &&
			!zm_schema_find(source, kind, step->new_name))
			return zm_schema_find(target, kind, step->new_name);
	}
	return NULL;
}

static List *
with_new_schema(List *steps, const ZmObject *schema)
{
	Step *step;
	ListCell *lc;

	foreach (lc, steps)
	{
		step = lfirst(lc);
		if (step->kind == STEP_NEW_SCHEMA && step->object == schema)
			return steps;
	}
	step = palloc0(sizeof(Step));
	step->kind = STEP_NEW_SCHEMA;
	step->object = schema;
	return lappend(steps, step);
}

/* The identity of an object under another name, and in another schema if one
 * is given. */
static char *
called(const ZmObject *object, const char *schema, const char *new_name)
{
	const ZmObject *parent = object->parent;

	switch (zm_kind_id(object->kind))
	{
		case ZM_KIND_COLUMN:
		case ZM_KIND_ATTRIBUTE:
			return psprintf("%s.%s", parent->identity, new_name);
		case ZM_KIND_CONSTRAINT:
		case ZM_KIND_FOREIGN_KEY:
		case ZM_KIND_TRIGGER:
		case ZM_KIND_POLICY:
		case ZM_KIND_RULE:
			return psprintf("%s ON %s", new_name, parent->identity);
		case ZM_KIND_DOMAIN_CONSTRAINT:
			return psprintf("%s ON DOMAIN %s", new_name, parent->identity);
		default:
			if (schema == NULL && object->schema)
				schema = zm_identifier(object->schema);
			return psprintf("%s%s%s%s", schema ? schema : "",
							schema ? "." : "", new_name,
							behind_name(object->identity));
	}
}

/* What stands behind the name: the arguments of a function, or the access method
 * that something is for. */
static const char *
behind_name(const char *identity)
{
	bool quoted = false;

	for (const char *c = identity; *c; c++)
	{
		if (*c == '"')
			quoted = !quoted;
		else if (!quoted && (*c == '(' || *c == ' '))
			return c;
	}
	return "";
}

static List *
statements_forth(List *steps)
{
	List *statements = NIL;
	ListCell *lc;

	foreach (lc, steps)
		statements = lappend(statements, statement_for(lfirst(lc), false));
	return statements;
}

/* A schema that was made goes with the other differences; one that is gone is
 * made for what gets back there, unless it has only had another name. */
static List *
statements_back(List *steps, const ZmSchema *source, const ZmSchema *target)
{
	const ZmKind *kind = zm_kind(ZM_KIND_SCHEMA);
	List *statements = NIL;
	List *schemas = NIL;

	for (int i = list_length(steps) - 1; i >= 0; i--)
	{
		const Step *step = list_nth(steps, i);

		if (step->kind == STEP_NEW_SCHEMA)
			continue;
		if (step->kind == STEP_SCHEMA &&
			!zm_schema_find(source, kind, step->name) &&
			!was_renamed(steps, step->name))
		{
			ZmObject *schema = zm_schema_find(target, kind, step->name);

			if (schema && !list_member_ptr(schemas, schema))
				statements = lappend(statements, new_schema(schema));
			schemas = list_append_unique_ptr(schemas, schema);
		}
		statements = lappend(statements, statement_for(step, true));
	}
	return statements;
}

static bool
was_renamed(List *steps, const char *schema)
{
	ListCell *lc;

	foreach (lc, steps)
	{
		const Step *step = lfirst(lc);

		if (step->kind == STEP_NAME &&
			zm_is_kind(step->object, ZM_KIND_SCHEMA) &&
			strcmp(step->name, schema) == 0)
			return true;
	}
	return false;
}

static ZmStatementOut *
statement_for(const Step *step, bool back)
{
	ZmStatementOut *statement;
	const ZmObject *whole;

	if (step->kind == STEP_NEW_SCHEMA)
		return new_schema(step->object);
	statement = palloc0(sizeof(ZmStatementOut));
	whole = zm_owner_object(step->object);
	statement->change = "rename";
	statement->object = step->object;
	statement->statement = step_text(step, back);
	/* Of an index or statistics, neither who reads nor who writes waits. */
	if (whole->kind->with_table && !zm_is_kind(step->object, ZM_KIND_INDEX) &&
		!zm_is_kind(step->object, ZM_KIND_STATISTICS))
		zm_emit_lock(statement, "ACCESS EXCLUSIVE", whole);
	return statement;
}

static char *
step_text(const Step *step, bool back)
{
	const ZmObject *object = step->object;
	const ZmObject *parent = object->parent;
	const char *identity = back ? step->new_identity : step->identity;
	const char *name = back ? step->new_name : step->name;
	const char *new_name = back ? step->name : step->new_name;

	if (step->kind == STEP_SCHEMA)
		return psprintf("ALTER %s %s SET SCHEMA %s", object->kind->sql,
						identity, new_name);
	if (step->kind == STEP_LABEL)
		return psprintf("ALTER TYPE %s RENAME VALUE %s TO %s", identity, name,
						new_name);
	switch (zm_kind_id(object->kind))
	{
		case ZM_KIND_COLUMN:
			return psprintf("ALTER %s %s RENAME COLUMN %s TO %s",
							parent->kind->sql, parent->identity, name,
							new_name);
		case ZM_KIND_ATTRIBUTE:
			return psprintf("ALTER TYPE %s RENAME ATTRIBUTE %s TO %s CASCADE",
							parent->identity, name, new_name);
		case ZM_KIND_CONSTRAINT:
		case ZM_KIND_FOREIGN_KEY:
		case ZM_KIND_DOMAIN_CONSTRAINT:
			return psprintf("ALTER %s %s RENAME CONSTRAINT %s TO %s",
							parent->kind->sql, parent->identity, name,
							new_name);
		default:
			return psprintf("ALTER %s %s RENAME TO %s", object->kind->sql,
							identity, new_name);
	}
}

static ZmStatementOut *
new_schema(const ZmObject *schema)
{
	ZmStatementOut *statement = palloc0(sizeof(ZmStatementOut));

	statement->change = "create";
	statement->object = schema;
	statement->statement = psprintf("CREATE SCHEMA %s", schema->identity);
	return statement;
}

/* The source in a scratch database, and what becomes of it there. */
static ZmSchema *
apply(ZmSchema *source, List *statements)
{
	ZmScratchStep copy = {.label = "copy of the schema"};
	ZmScratchStep rename = {.label = "renames that the model asks for",
							.snapshot = true};
	ZmDifference renames = {.statements = statements};

	copy.script = zm_difference_script(
		zm_difference(zm_state("empty"), source, false), NULL);
	for (int i = 0; i < list_length(statements); i++)
		renames.hazards = lappend(renames.hazards, NULL);
	rename.script = zm_difference_script(&renames, NULL);
	return zm_schema_in(
		linitial(zm_scratch_run(list_make2(&copy, &rename), NULL)));
}
