/*
 * key_copies.c
 *
 * Names that copies of foreign keys may have.
 *
 * For each partition of the table that a foreign key refers to, the server
 * keeps a copy of the key with the table that refers.  They are no objects, and
 * how they are called depends on the order in which all came to be; but no
 * constraint of that table can have such a name as long as a copy has it.
 *
 * Rule: whether a copy has the name is seen by the statement when it is run.
 * Only where the server can have given the name to one, or one was seen to have
 * it, is it asked.
 */
#include "postgres.h"

#include "commands/defrem.h"

#include "diff/rules.h"
#include "emit/emitters.h"

#define DIGITS "0123456789"

static bool may_have_copy(const ZmEmit *emit, const ZmObject *table,
						  const ZmObject *object, const char *name);
static bool is_there(const ZmEmit *emit, const ZmObject *key);
static bool names_copy(const ZmObject *key, const char *name);
static bool is_chosen(const ZmObject *key, const char *name);
static bool is_numbered(const ZmObject *key, const char *name);
static int length_without(const char *name, const char *ending);
static char *quoted_body(const char *body);

void
zm_emit_free_name(ZmEmit *emit, const ZmObject *object, const char *name)
{
	const ZmObject *table = object->parent;
	const ZmObject *before = zm_new_twin(emit->diff, table);
	ZmStatementOut *statement;
	char *body;

	if (!may_have_copy(emit, table, object, name) &&
		!(before && may_have_copy(emit, before, object, name)))
		return;
	body = psprintf(
		"\nDECLARE\n    statement text;\nBEGIN\n"
		"    FOR statement IN\n"
		"        SELECT pg_catalog.format("
		"'ALTER TABLE %%s RENAME CONSTRAINT %%I TO %%I',\n"
		"            copy.conrelid::pg_catalog.regclass, copy.conname, "
		"'copy_' || copy.oid)\n"
		"        FROM pg_catalog.pg_constraint copy\n"
		"            JOIN pg_catalog.pg_constraint key "
		"ON key.oid = copy.conparentid\n"
		"        WHERE copy.conrelid = %s::pg_catalog.regclass\n"
		"            AND copy.conname = %s AND copy.contype = 'f'\n"
		"            AND (key.conrelid = copy.conrelid "
		"OR key.confrelid <> copy.confrelid)\n"
		"    LOOP\n        EXECUTE statement;\n    END LOOP;\nEND\n",
		zm_literal(table->identity), zm_literal(name));
	statement = zm_emit(emit, "rename", object, "DO %s", quoted_body(body));
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
	zm_emit_note(statement,
				 "gives another name to the copy of a foreign key that has "
				 "the name %s",
				 zm_identifier(name));
}

static bool
may_have_copy(const ZmEmit *emit, const ZmObject *table,
			  const ZmObject *object, const char *name)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *key = lfirst(lc);

		if (key != object && zm_is_kind(key, ZM_KIND_FOREIGN_KEY) &&
			names_copy(key, name) && is_there(emit, key))
			return true;
	}
	return false;
}

/* Not yet dropped, or made by now. */
static bool
is_there(const ZmEmit *emit, const ZmObject *key)
{
	const ZmChange *change =
		zm_schema_find(emit->diff->old, key->kind, key->identity) == key
			? zm_old_change(emit->diff, key)
			: zm_new_change(emit->diff, key);
	bool old = change && change->old == key;
	ListCell *lc;

	if (old ? !zm_change_leaves(change) : !zm_change_comes(change))
		return true;
	foreach (lc, emit->statements)
	{
		if (((const ZmStatementOut *) lfirst(lc))->object == key)
			return !old;
	}
	/* One that is itself a copy comes without a statement. */
	return old || zm_attached_to(key);
}

static bool
names_copy(const ZmObject *key, const char *name)
{
	return zm_get(key, "copied by") &&
		   (is_chosen(key, name) || is_numbered(key, name) ||
			zm_list_has(zm_get_list(key, "copies"), name));
}

/* As the server makes up a name: by table and columns, ... */
static bool
is_chosen(const ZmObject *key, const char *name)
{
	const char *number = name + length_without(name, DIGITS);
	char *chosen = makeObjectName(key->parent->name, zm_get(key, "copied by"),
								  psprintf("fkey%s", number));

	return strcmp(chosen, name) == 0;
}

/* ... or, since version 18, by the key: with numbers behind its name, of which
 * the end can be cut off. */
static bool
is_numbered(const ZmObject *key, const char *name)
{
	int length = length_without(name, DIGITS "_");

	return name[length] && (strncmp(key->name, name, length) == 0) &&
		   (key->name[length + strspn(key->name + length, DIGITS "_")] ==
				'\0' ||
			strlen(key->name) + strlen(name + length) >= NAMEDATALEN);
}

/* How long the name is without what of these characters it ends with. */
static int
length_without(const char *name, const char *ending)
{
	int length = strlen(name);

	while (length > 0 && strchr(ending, name[length - 1]))
		length--;
	return length;
}

static char *
quoted_body(const char *body)
{
	return strstr(body, "$$") ? zm_literal(body) : psprintf("$$%s$$", body);
}
