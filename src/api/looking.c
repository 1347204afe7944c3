/*
 * looking.c
 *
 * zishu_current, zishu_history, zishu_heads, zishu_branches, zishu_show,
 * zishu_graph, zishu_status, zishu_validate.
 *
 * Rule: one reading of the graph and one of the version rows answer each
 * question; nothing is locked or changed.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "api/args.h"
#include "engine/running.h"
#include "engine/validate.h"
#include "report/page.h"
#include "store/store.h"
#include "util/arrays.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_current);
PG_FUNCTION_INFO_V1(zishu_history);
PG_FUNCTION_INFO_V1(zishu_heads);
PG_FUNCTION_INFO_V1(zishu_branches);
PG_FUNCTION_INFO_V1(zishu_show);
PG_FUNCTION_INFO_V1(zishu_graph);
PG_FUNCTION_INFO_V1(zishu_status);
PG_FUNCTION_INFO_V1(zishu_report);
PG_FUNCTION_INFO_V1(zishu_validate);

/* What every listing looks at. */
typedef struct View
{
	ZmGraph *graph;
	ZmRevs rows;
	bool *current; /* is it a version row? by revision */
	bool *applied;
	List **labels;
	TimestampTz *created_at;
} View;

/* How strictly the version rows are read. */
typedef enum RowPolicy
{
	ALL_ROWS,  /* an unknown one is an error */
	KNOWN_ROWS /* what is asked does not depend on them: pass it over */
} RowPolicy;

/* The row of zishu_status(), filled from left to right. */
typedef struct Status
{
	int next;
	Datum values[19];
	bool nulls[19];
} Status;

static void status_put(Status *status, Datum value);
static void status_put_text(Status *status, const char *text);
static void status_put_nulls(Status *status, int n);
static void put_last_event(Status *status, const ZmLastEvent *event);
static void put_running(Status *status, const ZmRunning *running);
static void put_unfinished(Status *status, const ZmProgress *progress);
static void view_read(View *view, const char *tenant, RowPolicy policy);
static void put_description(ZmRowSet *rows, const View *view, ZmRev rev);
static char **ids_of(const ZmGraph *graph, const ZmRevs *revs);
static int count_pending(const View *view);
static void put_problem(const char *revision, const char *problem,
						const char *detail, void *arg);

/* zishu_current(tenant) */
Datum
zishu_current(PG_FUNCTION_ARGS)
{
	ZmRowSet rows;
	ZmRevs revs;
	View view;

	zm_rowset_begin(&rows, fcinfo);
	view_read(&view, zm_arg_text(fcinfo, 0, "tenant"), ALL_ROWS);
	revs = zm_current(view.graph, &view.rows);
	for (int i = 0; i < revs.count; i++)
	{
		const ZmNode *node = zm_graph_node(view.graph, revs.revs[i]);

		zm_rowset_put_text(&rows, node->id);
		zm_rowset_put_text(&rows, node->message);
		zm_rowset_put(
			&rows, BoolGetDatum(zm_graph_is_head(view.graph, revs.revs[i])));
		zm_rowset_finish_row(&rows);
	}
	return (Datum) 0;
}

/* zishu_history(range, tenant) */
Datum
zishu_history(PG_FUNCTION_ARGS)
{
	char *range = zm_arg_string(fcinfo, 0);
	char *tenant = zm_arg_text(fcinfo, 1, "tenant");
	ZmRowSet rows;
	ZmRevs revs;
	View view;

	zm_rowset_begin(&rows, fcinfo);
	view_read(&view, tenant,
			  range && strstr(range, "current") ? ALL_ROWS : KNOWN_ROWS);
	revs = zm_history(view.graph, &view.rows, range);
	for (int i = 0; i < revs.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		put_description(&rows, &view, revs.revs[i]);
		zm_rowset_finish_row(&rows);
	}
	return (Datum) 0;
}

/* zishu_heads(resolve_dependencies, tenant) */
Datum
zishu_heads(PG_FUNCTION_ARGS)
{
	ZmRowSet rows;
	ZmRevs revs;
	View view;

	zm_rowset_begin(&rows, fcinfo);
	view_read(&view, zm_arg_text(fcinfo, 1, "tenant"), KNOWN_ROWS);
	revs = zm_graph_heads(view.graph, zm_arg_bool(fcinfo, 0));
	for (int i = 0; i < revs.count; i++)
	{
		ZmRev rev = revs.revs[i];
		const ZmNode *node = zm_graph_node(view.graph, rev);

		zm_rowset_put_text(&rows, node->id);
		zm_rowset_put_text(&rows, node->message);
		zm_rowset_put(&rows, zm_text_array_from_list(view.labels[rev]));
		zm_rowset_put(&rows, BoolGetDatum(view.current[rev]));
		zm_rowset_finish_row(&rows);
	}
	return (Datum) 0;
}

/* zishu_branches() */
Datum
zishu_branches(PG_FUNCTION_ARGS)
{
	ZmGraph *graph = zm_store_graph(NULL);
	ZmRevs revs = zm_branchpoints(graph);
	ZmRowSet rows;

	zm_rowset_begin(&rows, fcinfo);
	for (int i = 0; i < revs.count; i++)
	{
		const ZmNode *node = zm_graph_node(graph, revs.revs[i]);

		zm_rowset_put_text(&rows, node->id);
		zm_rowset_put_text(&rows, node->message);
		zm_rowset_put_texts(&rows, node->next.count,
							ids_of(graph, &node->next));
		zm_rowset_finish_row(&rows);
	}
	return (Datum) 0;
}

/* zishu_show(revision, tenant) */
Datum
zishu_show(PG_FUNCTION_ARGS)
{
	char *ident = zm_arg_text(fcinfo, 0, "revision");
	ZmRowSet rows;
	ZmRevs revs;
	View view;

	zm_rowset_begin(&rows, fcinfo);
	view_read(&view, zm_arg_text(fcinfo, 1, "tenant"),
			  strcmp(ident, "current") == 0 ? ALL_ROWS : KNOWN_ROWS);
	revs = zm_show(view.graph, &view.rows, ident);
	for (int i = 0; i < revs.count; i++)
	{
		const ZmNode *node = zm_graph_node(view.graph, revs.revs[i]);
		ZmStoredRevision *revision = zm_store_revision(node->id);

		put_description(&rows, &view, revs.revs[i]);
		zm_rowset_put_text(&rows, revision->upgrade->text);
		zm_rowset_put_text(
			&rows, revision->downgrade ? revision->downgrade->text : NULL);
		zm_rowset_finish_row(&rows);
	}
	return (Datum) 0;
}

/* zishu_graph(format, tenant) */
Datum
zishu_graph(PG_FUNCTION_ARGS)
{
	char *format = zm_arg_text(fcinfo, 0, "format");
	ZmRowSet rows;
	List *lines;
	ListCell *lc;
	View view;

	zm_rowset_begin(&rows, fcinfo);
	view_read(&view, zm_arg_text(fcinfo, 1, "tenant"), KNOWN_ROWS);
	if (strcmp(format, "text") == 0)
		lines = zm_draw_text(view.graph, &view.rows);
	else if (strcmp(format, "dot") == 0)
		lines = zm_draw_dot(view.graph, &view.rows);
	else if (strcmp(format, "mermaid") == 0)
		lines = zm_draw_mermaid(view.graph, &view.rows);
	else if (strcmp(format, "svg") == 0)
		lines = zm_draw_svg(view.graph, &view.rows);
	else
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("unknown format \"%s\"", format),
						errhint("The formats are \"text\", \"dot\", "
								"\"mermaid\" and \"svg\".")));
	foreach (lc, lines)
	{
		zm_rowset_put_text(&rows, lfirst(lc));
		zm_rowset_finish_row(&rows);
	}
	return (Datum) 0;
}

/* zishu_report(tenant) */
Datum
zishu_report(PG_FUNCTION_ARGS)
{
	char *tenant = zm_arg_text(fcinfo, 0, "tenant");

	PG_RETURN_TEXT_P(cstring_to_text(zm_report_page(tenant)));
}

/* zishu_status(tenant) */
Datum
zishu_status(PG_FUNCTION_ARGS)
{
	char *tenant = zm_arg_text(fcinfo, 0, "tenant");
	ZmRunning *running;
	Status status = {0};
	TupleDesc desc;
	ZmRevs heads;
	int nrows;
	char **names;
	View view;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	view_read(&view, tenant, KNOWN_ROWS);
	heads = zm_graph_heads(view.graph, false);
	names = zm_store_versions(tenant, &nrows);
	running = zm_running(view.graph, tenant);

	status_put(&status, zm_text_array(nrows, names));
	status_put(&status,
			   zm_text_array(heads.count, ids_of(view.graph, &heads)));
	status_put(&status, Int32GetDatum(count_pending(&view)));
	put_last_event(&status, zm_store_last_event(tenant));
	put_running(&status, running);
	/* What is being worked on is not left behind. */
	put_unfinished(&status, running && running->online
								? NULL
								: zm_store_progress(tenant));
	Assert(status.next == desc->natts);
	PG_RETURN_DATUM(HeapTupleGetDatum(
		heap_form_tuple(BlessTupleDesc(desc), status.values, status.nulls)));
}

static void
status_put(Status *status, Datum value)
{
	status->values[status->next++] = value;
}

static void
status_put_text(Status *status, const char *text)
{
	if (text)
		status_put(status, CStringGetTextDatum(text));
	else
		status_put_nulls(status, 1);
}

static void
status_put_nulls(Status *status, int n)
{
	while (n-- > 0)
		status->nulls[status->next++] = true;
}

static void
put_last_event(Status *status, const ZmLastEvent *event)
{
	if (event == NULL)
	{
		status_put_nulls(status, 5);
		return;
	}
	status_put_text(status, event->revision);
	status_put_text(status, event->action);
	status_put_text(status, event->outcome);
	status_put(status, TimestampTzGetDatum(event->at));
	status_put_text(status, event->user_role);
}

static void
put_running(Status *status, const ZmRunning *running)
{
	if (running == NULL)
	{
		status_put_nulls(status, 8);
		return;
	}
	status_put(status, Int32GetDatum(running->pid));
	status_put_text(status, running->revision);
	status_put_text(status, running->step);
	status_put_text(status, running->statement);
	status_put(status, TimestampTzGetDatum(running->since));
	if (running->rows >= 0)
		status_put(status, Int64GetDatum(running->rows));
	else
		status_put_nulls(status, 1);
	status_put(status, PointerGetDatum(running->blockers));
	status_put_text(status, running->progress);
}

static void
put_unfinished(Status *status, const ZmProgress *progress)
{
	if (progress == NULL)
	{
		status_put_nulls(status, 3);
		return;
	}
	status_put_text(status, progress->revision);
	status_put_text(status, psprintf("%d of %d", progress->statement,
									 progress->statements));
	status_put_text(status,
					zm_store_may_read_errors() ? progress->error : NULL);
}

/* zishu_validate(tenant) */
Datum
zishu_validate(PG_FUNCTION_ARGS)
{
	ZmRowSet rows;

	zm_rowset_begin(&rows, fcinfo);
	zm_validate(zm_arg_text(fcinfo, 0, "tenant"), put_problem, &rows);
	return (Datum) 0;
}

static void
view_read(View *view, const char *tenant, RowPolicy policy)
{
	view->graph = zm_store_graph(&view->created_at);
	if (policy == ALL_ROWS)
	{
		int n;
		char **names = zm_store_versions(tenant, &n);

		view->rows = zm_resolve_rows(view->graph, n, names);
	}
	else
		view->rows = zm_store_known_versions(view->graph, tenant);
	view->applied = zm_graph_applied(view->graph, &view->rows);
	view->labels = zm_graph_labels(view->graph);

	view->current = palloc0(zm_graph_size(view->graph) + 1);
	for (int i = 0; i < view->rows.count; i++)
		view->current[view->rows.revs[i]] = true;
}

/* The columns of zishu_history(), which zishu_show() has, too. */
static void
put_description(ZmRowSet *rows, const View *view, ZmRev rev)
{
	const ZmNode *node = zm_graph_node(view->graph, rev);

	zm_rowset_put_text(rows, node->id);
	zm_rowset_put_texts(rows, node->ndown, node->down_ids);
	zm_rowset_put_texts(rows, node->ndepends, node->depend_names);
	zm_rowset_put(rows, zm_text_array_from_list(view->labels[rev]));
	zm_rowset_put_text(rows, node->message);
	zm_rowset_put(rows, BoolGetDatum(zm_graph_is_head(view->graph, rev)));
	zm_rowset_put(rows, BoolGetDatum(node->next.count > 1));
	zm_rowset_put(rows, BoolGetDatum(node->ndown > 1));
	zm_rowset_put(rows, BoolGetDatum(view->current[rev]));
	zm_rowset_put(rows, BoolGetDatum(view->applied[rev]));
	zm_rowset_put(rows, TimestampTzGetDatum(view->created_at[rev]));
}

static char **
ids_of(const ZmGraph *graph, const ZmRevs *revs)
{
	char **ids = palloc(sizeof(char *) * (revs->count + 1));

	for (int i = 0; i < revs->count; i++)
		ids[i] = zm_graph_node(graph, revs->revs[i])->id;
	return ids;
}

static int
count_pending(const View *view)
{
	int pending = 0;

	for (ZmRev rev = 0; rev < zm_graph_size(view->graph); rev++)
	{
		if (!view->applied[rev])
			pending++;
	}
	return pending;
}

static void
put_problem(const char *revision, const char *problem, const char *detail,
			void *arg)
{
	ZmRowSet *rows = arg;

	zm_rowset_put_text(rows, revision);
	zm_rowset_put_text(rows, problem);
	zm_rowset_put_text(rows, detail);
	zm_rowset_finish_row(rows);
}
