/*
 * emit_view.c
 *
 * Statements for views and materialized views.
 */
#include "postgres.h"

#include "diff/rules.h"
#include "emit/emitters.h"

static void create_view(ZmEmit *emit, const ZmChange *change, List *parts);
static void complete_view(ZmEmit *emit, const ZmChange *change);
static void alter_view(ZmEmit *emit, const ZmChange *change);
static void define_view(ZmEmit *emit, const ZmObject *view, bool replace);
static char *placeholder(const ZmObject *view);
static char *options_clause(List *options);
static void create_matview(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_matview(ZmEmit *emit, const ZmChange *change);
static void rewrites(ZmStatementOut *statement, const ZmObject *view);
static void refresh(ZmEmit *emit, const ZmObject *view);
static char *query_of(const ZmEmit *emit, const ZmObject *view);

const ZmEmitter zm_emitter_view = {
	.create = create_view, .complete = complete_view, .alter = alter_view};

const ZmEmitter zm_emitter_materialized_view = {.create = create_matview,
												.alter = alter_matview};

static void
create_view(ZmEmit *emit, const ZmChange *change, List *parts)
{
	if (change->placeholder)
		zm_emit(emit, "create", change->new, "CREATE VIEW %s AS\n%s",
				change->new->identity, placeholder(change->new));
	else
		define_view(emit, change->new, false);
}

static void
complete_view(ZmEmit *emit, const ZmChange *change)
{
	define_view(emit, change->new, true);
}

/* CREATE OR REPLACE sets the options too. */
static void
alter_view(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	List *before = zm_get_list(change->old, "options");
	List *after = zm_get_list(new, "options");
	char *reset;
	char *set;

	if (zm_differs(change->old, new, "definition"))
	{
		define_view(emit, new, true);
		return;
	}
	reset = zm_options_reset(before, after);
	set = zm_options_set(before, after);
	if (reset)
		zm_emit(emit, "alter", new, "ALTER VIEW %s RESET (%s)", new->identity,
				reset);
	if (set)
		zm_emit(emit, "alter", new, "ALTER VIEW %s SET (%s)", new->identity,
				set);
}

static void
define_view(ZmEmit *emit, const ZmObject *view, bool replace)
{
	zm_emit(emit, replace ? "replace" : "create", view,
			"CREATE %sVIEW %s%s AS\n%s", replace ? "OR REPLACE " : "",
			view->identity, options_clause(zm_get_list(view, "options")),
			query_of(emit, view));
}

/* The columns of the view, and nothing that they come from. */
static char *
placeholder(const ZmObject *view)
{
	StringInfoData text;
	List *columns = NIL;
	ListCell *lc;

	foreach (lc, view->children)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_COLUMN))
			columns = lappend(columns, lfirst(lc));
	}
	list_sort(columns, zm_by_place);
	initStringInfo(&text);
	foreach (lc, columns)
	{
		const ZmObject *column = lfirst(lc);
		const char *collation = zm_get(column, "collation");

		appendStringInfo(
			&text, "%s NULL::%s%s%s AS %s", text.len > 0 ? ",\n   " : "SELECT",
			zm_get(column, "type"), collation ? " COLLATE " : "",
			collation ? collation : "", zm_identifier(column->name));
	}
	return text.len > 0 ? text.data : "SELECT";
}

static char *
options_clause(List *options)
{
	if (options == NIL)
		return "";
	return psprintf(" WITH (%s)", zm_storage_options(options));
}

static void
create_matview(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const char *method = zm_get(new, "access method");
	const char *tablespace = zm_get(new, "tablespace");
	ZmStatementOut *statement = zm_emit(
		emit, "create", new, "CREATE MATERIALIZED VIEW %s%s%s%s%s AS\n%s\n%s",
		new->identity,
		method ? psprintf(" USING %s", zm_identifier(method)) : "",
		options_clause(zm_storage_parameters(new)),
		tablespace ? " TABLESPACE " : "",
		tablespace ? zm_identifier(tablespace) : "", query_of(emit, new),
		zm_flag(new, "populated") ? "WITH DATA" : "WITH NO DATA");

	if (zm_flag(new, "populated"))
		zm_emit_note(statement, "runs the query of the view");
	for (ListCell *lc = list_head(new->children); lc;
		 lc = lnext(new->children, lc))
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_COLUMN))
			zm_emit_column_rest(emit, lfirst(lc));
	}
}

static void
alter_matview(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	List *before = zm_storage_parameters(old);
	List *after = zm_storage_parameters(new);
	char *reset = zm_options_reset(before, after);
	char *set = zm_options_set(before, after);

	if (zm_differs(old, new, "access method"))
		rewrites(zm_emit(emit, "alter", new,
						 "ALTER MATERIALIZED VIEW %s SET ACCESS METHOD %s",
						 new->identity,
						 zm_get(new, "access method")
							 ? zm_identifier(zm_get(new, "access method"))
							 : "heap"),
				 new);
	if (zm_differs(old, new, "tablespace"))
		rewrites(zm_emit(emit, "alter", new,
						 "ALTER MATERIALIZED VIEW %s SET TABLESPACE %s",
						 new->identity,
						 zm_get(new, "tablespace")
							 ? zm_identifier(zm_get(new, "tablespace"))
							 : "pg_default"),
				 new);
	if (reset)
		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER MATERIALIZED VIEW %s RESET (%s)",
							 new->identity, reset),
					 "SHARE UPDATE EXCLUSIVE", new);
	if (set)
		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER MATERIALIZED VIEW %s SET (%s)",
							 new->identity, set),
					 "SHARE UPDATE EXCLUSIVE", new);
	if (zm_flag(old, "populated") != zm_flag(new, "populated"))
		refresh(emit, new);
}

static void
rewrites(ZmStatementOut *statement, const ZmObject *view)
{
	zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", view);
}

static void
refresh(ZmEmit *emit, const ZmObject *view)
{
	bool populated = zm_flag(view, "populated");
	ZmStatementOut *statement =
		zm_emit(emit, "alter", view, "REFRESH MATERIALIZED VIEW %s%s",
				view->identity, populated ? "" : " WITH NO DATA");

	if (populated)
		zm_emit_note(statement, "runs the query of the view");
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", view);
}

/* The server ends it with a semicolon. */
static char *
query_of(const ZmEmit *emit, const ZmObject *view)
{
	const char *definition = zm_written(emit->diff, view, "definition");
	Size length = strlen(definition);

	if (length > 0 && definition[length - 1] == ';')
		length--;
	return pnstrdup(definition, length);
}
