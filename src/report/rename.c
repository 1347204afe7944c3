/*
 * rename.c
 *
 * Renames that the model's hints ask for.
 */
#include "postgres.h"

#include "parser/scansup.h"

#include "emit/emit.h"
#include "report/autogenerate.h"
#include "report/rename.h"
#include "report/state.h"
#include "scratch/scratch.h"
#include "store/store.h"

typedef struct Hint
{
	List *kinds; /* const ZmKind * that it can mean */
	char *old_identity;
	char *new_name; /* quoted where need be */
} Hint;

/* A hint that holds: the object as it was, and its name then. */
typedef struct Rename
{
	ZmObject *object;
	const char *new_name; /* quoted where need be */
} Rename;

static Hint *parse(const char *text);
static const char *parse_kind(const char *text, List **kinds);
static const char *last_blank(const char *text);
static List *find_renames(ZmSchema **source, const ZmSchema *target,
						  List *hints);
static Rename *follow(const Hint *hint, const ZmSchema *source,
					  const ZmSchema *target);
static char *renamed(const ZmObject *object, const char *new_name);
static const char *arguments_of(const char *identity);
static ZmStatementOut *forth(const Rename *rename);
static ZmStatementOut *back(const Rename *rename);
static ZmStatementOut *statement_for(const ZmObject *object,
									 const char *identity, const char *name,
									 const char *new_name);
static char *rename_text(const ZmObject *object, const char *identity,
						 const char *name, const char *new_name);
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
	List *parsed = NIL;
	List *renames;
	List *statements = NIL;
	ListCell *lc;

	foreach (lc, hints)
		parsed = lappend(parsed, parse(lfirst(lc)));
	renames = find_renames(source, target, parsed);
	if (renames != NIL)
	{
		foreach (lc, renames)
			statements = lappend(statements, forth(lfirst(lc)));
		return statements;
	}
	/* The way back undoes them, the last one first. */
	renames = find_renames(&target, *source, parsed);
	foreach (lc, renames)
		statements = lcons(back(lfirst(lc)), statements);
	if (statements != NIL)
		*source = apply(*source, statements);
	return statements;
}

/* The renames that the hints ask for from one schema to another, which is then
 * as it is behind them.  A hint can build on another one: each round follows
 * those that hold by then. */
static List *
find_renames(ZmSchema **source, const ZmSchema *target, List *hints)
{
	List *all = NIL;

	for (int round = 0; round <= list_length(hints); round++)
	{
		List *statements = NIL;
		ListCell *lc;

		foreach (lc, hints)
		{
			Rename *rename = follow(lfirst(lc), *source, target);

			if (rename == NULL)
				continue;
			all = lappend(all, rename);
			statements = lappend(statements, forth(rename));
		}
		if (statements == NIL)
			break;
		*source = apply(*source, statements);
	}
	return all;
}

/* "KIND OLD NEW", where OLD and the quotes of names can hold blanks. */
static Hint *
parse(const char *text)
{
	Hint *hint = palloc(sizeof(Hint));
	const char *rest = parse_kind(text, &hint->kinds);
	const char *blank = rest ? last_blank(rest) : NULL;
	int length;

	if (blank == NULL)
		ereport(ERROR, (errcode(ERRCODE_SYNTAX_ERROR),
						errmsg("a hint in the model cannot be understood: "
							   "\"-- zishu:rename%s\"",
							   text),
						errhint("Write -- zishu:rename KIND OLD NEW, as in "
								"\"-- zishu:rename column public.users.name "
								"full_name\".")));
	length = blank - rest;
	while (length > 0 && scanner_isspace(rest[length - 1]))
		length--;
	hint->old_identity = pnstrdup(rest, length);
	hint->new_name = pstrdup(blank + 1);
	return hint;
}

/* "type" and "constraint" stand for several kinds; returns what follows. */
static const char *
parse_kind(const char *text, List **kinds)
{
	Size length = 0;

	while (scanner_isspace(*text))
		text++;
	*kinds = NIL;
	for (int i = 0; i < ZM_KIND_COUNT; i++)
	{
		const ZmKind *kind = zm_kind(i);
		const char *names[2] = {kind->name, NULL};

		if (kind->sql && strcmp(kind->sql, "TYPE") == 0)
			names[1] = "type";
		if (kind->sql && strcmp(kind->sql, "CONSTRAINT") == 0)
			names[1] = "constraint";
		for (int j = 0; j < 2 && names[j]; j++)
		{
			Size n = strlen(names[j]);

			if (strncmp(text, names[j], n) != 0 || !scanner_isspace(text[n]) ||
				n < length)
				continue;
			*kinds = n > length ? NIL : *kinds;
			length = n;
			*kinds =
				list_append_unique_ptr(*kinds, unconstify(ZmKind *, kind));
		}
	}
	if (length == 0)
		return NULL;
	text += length;
	while (scanner_isspace(*text))
		text++;
	return text;
}

/* The last blank outside of quotes that something follows. */
static const char *
last_blank(const char *text)
{
	const char *last = NULL;
	bool quoted = false;

	for (const char *c = text; *c; c++)
	{
		if (*c == '"')
			quoted = !quoted;
		else if (!quoted && scanner_isspace(*c) && c > text && c[1] != '\0' &&
				 !scanner_isspace(c[1]))
			last = c;
	}
	return last;
}

/* The rename that the hint asks for here; or NULL. */
static Rename *
follow(const Hint *hint, const ZmSchema *source, const ZmSchema *target)
{
	ListCell *lc;

	foreach (lc, hint->kinds)
	{
		const ZmKind *kind = lfirst(lc);
		ZmObject *old = zm_schema_find(source, kind, hint->old_identity);
		char *identity = old ? renamed(old, hint->new_name) : NULL;
		Rename *rename;

		if (old == NULL || zm_schema_find(source, kind, identity) ||
			zm_schema_find(target, kind, hint->old_identity) ||
			!zm_schema_find(target, kind, identity))
			continue;
		rename = palloc(sizeof(Rename));
		rename->object = old;
		rename->new_name = hint->new_name;
		return rename;
	}
	return NULL;
}

/* The identity of an object under another name. */
static char *
renamed(const ZmObject *object, const char *new_name)
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
			return psprintf("%s%s%s%s",
							object->schema ? zm_identifier(object->schema)
										   : "",
							object->schema ? "." : "", new_name,
							arguments_of(object->identity));
	}
}

/* What stands behind the name of a function. */
static const char *
arguments_of(const char *identity)
{
	bool quoted = false;

	for (const char *c = identity; *c; c++)
	{
		if (*c == '"')
			quoted = !quoted;
		else if (!quoted && *c == '(')
			return c;
	}
	return "";
}

static ZmStatementOut *
forth(const Rename *rename)
{
	const ZmObject *object = rename->object;

	return statement_for(object, object->identity, zm_identifier(object->name),
						 rename->new_name);
}

static ZmStatementOut *
back(const Rename *rename)
{
	const ZmObject *object = rename->object;

	return statement_for(object, renamed(object, rename->new_name),
						 rename->new_name, zm_identifier(object->name));
}

/* identity and name are what the object is called by now. */
static ZmStatementOut *
statement_for(const ZmObject *object, const char *identity, const char *name,
			  const char *new_name)
{
	ZmStatementOut *statement = palloc0(sizeof(ZmStatementOut));
	const ZmObject *whole = zm_owner_object(object);

	statement->change = "rename";
	statement->object = object;
	statement->statement = rename_text(object, identity, name, new_name);
	/* Of an index, neither who reads nor who writes is kept waiting. */
	if (whole->kind->with_table && !zm_is_kind(object, ZM_KIND_INDEX))
		zm_emit_lock(statement, "ACCESS EXCLUSIVE", whole);
	return statement;
}

static char *
rename_text(const ZmObject *object, const char *identity, const char *name,
			const char *new_name)
{
	const ZmObject *parent = object->parent;

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
