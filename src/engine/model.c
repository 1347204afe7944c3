/*
 * model.c
 *
 * Changing the model, the desired schema.
 *
 * Rule: what is stored parses; whether it can be run is known when it is.
 */
#include "postgres.h"

#include "engine/lock.h"
#include "engine/model.h"
#include "script/script.h"
#include "script/wrap.h"

static const char *set(List *model, const char *name, const char *ddl);
static const ZmModelPiece *find(List *model, const char *name);
static void check(const char *name, const char *ddl);
static ZmModelChange *change(const char *name, const char *action);

const char *
zm_model_set(const char *name, const char *ddl)
{
	zm_lock_for_authoring();
	return set(zm_store_model(), name, ddl);
}

List *
zm_model_replace(List *pieces)
{
	List *changes = NIL;
	List *model;
	ListCell *lc;

	zm_lock_for_authoring();
	model = zm_store_model();
	foreach (lc, pieces)
	{
		const ZmModelPiece *piece = lfirst(lc);

		changes = lappend(
			changes, change(piece->name, set(model, piece->name, piece->ddl)));
	}
	foreach (lc, model)
	{
		const ZmModelPiece *piece = lfirst(lc);

		if (find(pieces, piece->name) == NULL)
			changes = lappend(
				changes, change(piece->name, set(model, piece->name, NULL)));
	}
	return changes;
}

static const char *
set(List *model, const char *name, const char *ddl)
{
	const ZmModelPiece *piece = find(model, name);

	if (ddl == NULL && piece == NULL)
		return "unchanged";
	if (ddl && piece && strcmp(piece->ddl, ddl) == 0)
		return "unchanged";
	if (ddl)
		check(name, ddl);
	zm_store_set_model(name, ddl);
	return ddl == NULL ? "removed" : piece ? "updated" : "added";
}

static const ZmModelPiece *
find(List *model, const char *name)
{
	ListCell *lc;

	foreach (lc, model)
	{
		const ZmModelPiece *piece = lfirst(lc);

		if (strcmp(piece->name, name) == 0)
			return piece;
	}
	return NULL;
}

static void
check(const char *name, const char *ddl)
{
	ZmScript *script = zm_script_from_cstring(ddl, strlen(ddl));
	ErrorData *error;
	int line;

	zm_script_unwrap(script);
	error = zm_script_check(script, &line);
	if (error == NULL)
	{
		zm_script_free(script);
		return;
	}
	if (error->cursorpos > 0)
	{
		error->internalpos = error->cursorpos;
		error->internalquery = pstrdup(ddl);
		error->cursorpos = 0;
	}
	error->context = line > 0
						 ? psprintf("model piece \"%s\", line %d", name, line)
						 : psprintf("model piece \"%s\"", name);
	ReThrowError(error);
}

static ZmModelChange *
change(const char *name, const char *action)
{
	ZmModelChange *change = palloc(sizeof(ZmModelChange));

	change->name = name;
	change->action = action;
	return change;
}
