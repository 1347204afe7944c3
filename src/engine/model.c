/*
 * model.c
 *
 * Changing the model, the desired schema.
 *
 * Rule: what is stored parses; whether it can be run is known when it is.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/lock.h"
#include "engine/model.h"
#include "script/script.h"

static List *sorted(List *pieces);
static int compare_names(const ListCell *left, const ListCell *right);
static void check_names(List *pieces);
static ZmModelChange *change(const ZmModelPiece *old, const ZmModelPiece *new);
static const char *apply(const ZmModelPiece *old, const ZmModelPiece *new);
static void check(const char *name, const char *ddl);

const char *
zm_model_set(const char *name, const char *ddl)
{
	ZmModelPiece new = {pstrdup(name), ddl ? pstrdup(ddl) : NULL};
	const ZmModelPiece *old = NULL;
	ListCell *lc;

	zm_lock_for_authoring();
	check_names(list_make1(&new));
	foreach (lc, zm_store_model())
	{
		if (strcmp(((ZmModelPiece *) lfirst(lc))->name, name) == 0)
			old = lfirst(lc);
	}
	if (old == NULL && ddl == NULL)
		return "unchanged";
	return apply(old, ddl ? &new : NULL);
}

/* Two lists in the order of names, side by side. */
List *
zm_model_replace(List *pieces)
{
	List *changes = NIL;
	List *model;
	int i = 0;
	int j = 0;

	zm_lock_for_authoring();
	model = zm_store_model();
	pieces = sorted(pieces);
	check_names(pieces);
	while (i < list_length(model) || j < list_length(pieces))
	{
		const ZmModelPiece *old =
			i < list_length(model) ? list_nth(model, i) : NULL;
		const ZmModelPiece *new =
			j < list_length(pieces) ? list_nth(pieces, j) : NULL;
		int order = old == NULL	  ? 1
					: new == NULL ? -1
								  : strcmp(old->name, new->name);

		CHECK_FOR_INTERRUPTS();
		if (order <= 0)
			i++;
		if (order >= 0)
			j++;
		changes = lappend(
			changes, change(order <= 0 ? old : NULL, order >= 0 ? new : NULL));
	}
	return changes;
}

static List *
sorted(List *pieces)
{
	List *copy = list_copy(pieces);

	list_sort(copy, compare_names);
	return copy;
}

static int
compare_names(const ListCell *left, const ListCell *right)
{
	return strcmp(((ZmModelPiece *) lfirst(left))->name,
				  ((ZmModelPiece *) lfirst(right))->name);
}

static void
check_names(List *pieces)
{
	const ZmModelPiece *last = NULL;
	ListCell *lc;

	foreach (lc, pieces)
	{
		const ZmModelPiece *piece = lfirst(lc);

		if (piece->name[0] == '\0')
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("a model piece needs a name")));
		if (last && strcmp(last->name, piece->name) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("model piece \"%s\" comes twice", piece->name)));
		last = piece;
	}
}

static ZmModelChange *
change(const ZmModelPiece *old, const ZmModelPiece *new)
{
	ZmModelChange *change = palloc(sizeof(ZmModelChange));

	change->name = new ? new->name : old->name;
	change->action = apply(old, new);
	return change;
}

/* One of the two may be NULL. */
static const char *
apply(const ZmModelPiece *old, const ZmModelPiece *new)
{
	if (new == NULL)
	{
		zm_store_set_model(old->name, NULL);
		return "removed";
	}
	if (old && strcmp(old->ddl, new->ddl) == 0)
		return "unchanged";
	check(new->name, new->ddl);
	zm_store_set_model(new->name, new->ddl);
	return old ? "updated" : "added";
}

static void
check(const char *name, const char *ddl)
{
	ZmScript *script = zm_script_from_cstring(ddl, strlen(ddl));
	ErrorData *error;
	int line;

	error = zm_script_check(script, true, &line);
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
