/*
 * draw_diagram.c
 *
 * The graph for programs that draw: Graphviz and Mermaid.
 *
 * Newest on top, an arrow from each revision to what it revises, a dashed
 * one to what it depends on.  Ids and messages are anyone's text, so that
 * every character that means something to the other program is escaped.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "graph/graph_internal.h"

static bool *current_flags(const ZmGraph *graph, const ZmRevs *rows);
static char *dot_quote(const char *text);
static char *dot_node(const ZmGraph *graph, ZmRev rev, bool is_current);
static char *mermaid_escape(const char *text);
static char *mermaid_node(const ZmGraph *graph, ZmRev rev, bool is_current);

List *
zm_draw_dot(const ZmGraph *graph, const ZmRevs *rows)
{
	bool *is_current = current_flags(graph, rows);
	List *lines = list_make2("digraph revisions {",
							 "  node [shape=box, fontname=\"monospace\"];");

	for (ZmRev rev = graph->nnodes - 1; rev >= 0; rev--)
		lines = lappend(lines, dot_node(graph, rev, is_current[rev]));
	for (ZmRev rev = graph->nnodes - 1; rev >= 0; rev--)
	{
		const ZmRevs *needed = &graph->all_down[rev];

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < needed->count; i++)
			lines = lappend(
				lines,
				psprintf("  %s -> %s%s;", dot_quote(zm_id(graph, rev)),
						 dot_quote(zm_id(graph, needed->revs[i])),
						 i < graph->nparents[rev] ? "" : " [style=dashed]"));
	}
	return lappend(lines, "}");
}

List *
zm_draw_mermaid(const ZmGraph *graph, const ZmRevs *rows)
{
	bool *is_current = current_flags(graph, rows);
	List *lines = list_make1("flowchart TD");

	for (ZmRev rev = graph->nnodes - 1; rev >= 0; rev--)
		lines = lappend(lines, mermaid_node(graph, rev, is_current[rev]));
	for (ZmRev rev = graph->nnodes - 1; rev >= 0; rev--)
	{
		const ZmRevs *needed = &graph->all_down[rev];

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < needed->count; i++)
			lines = lappend(lines,
							psprintf("  n%d %s n%d", rev,
									 i < graph->nparents[rev] ? "-->" : "-.->",
									 needed->revs[i]));
	}
	lines = lappend(lines, "  classDef head stroke-width:3px");
	return lappend(lines, "  classDef current fill:#cde,stroke-width:3px");
}

static bool *
current_flags(const ZmGraph *graph, const ZmRevs *rows)
{
	bool *flags = ZM_ARRAY0(bool, graph->nnodes);

	for (int i = 0; i < rows->count; i++)
		flags[rows->revs[i]] = true;
	return flags;
}

/*
 * Graphviz reads entities as HTML does, and a line each here.
 */
static char *
dot_quote(const char *text)
{
	StringInfoData quoted;

	initStringInfo(&quoted);
	appendStringInfoChar(&quoted, '"');
	for (const char *p = text; *p != '\0'; p++)
	{
		if (*p == '\n')
			appendStringInfoString(&quoted, "\\n");
		else if (*p == '&')
			appendStringInfoString(&quoted, "&amp;");
		else if (*p == '"' || *p == '\\')
			appendStringInfo(&quoted, "\\%c", *p);
		else if (*p == '\r')
			appendStringInfoString(&quoted, "&#13;");
		else
			appendStringInfoChar(&quoted, *p);
	}
	appendStringInfoChar(&quoted, '"');
	return quoted.data;
}

static char *
dot_node(const ZmGraph *graph, ZmRev rev, bool is_current)
{
	const ZmNode *node = &graph->nodes[rev];
	char *id = dot_quote(node->id);
	StringInfoData line;

	initStringInfo(&line);
	appendStringInfo(&line, "  %s [label=%s", id, id);
	if (node->message != NULL && node->message[0] != '\0')
	{
		char *message = dot_quote(node->message);

		/* One label of two lines: the quotes between the two go. */
		line.data[--line.len] = '\0';
		appendStringInfo(&line, "\\n%s", message + 1);
	}
	if (is_current)
		appendStringInfoString(&line, ", style=filled, "
									  "fillcolor=lightblue");
	if (zm_graph_is_head(graph, rev))
		appendStringInfoString(&line, ", penwidth=2");
	appendStringInfoString(&line, "];");
	return line.data;
}

/*
 * Inside of quotes Mermaid takes "#" as the start of an entity, and the text
 * ends up in HTML.
 */
static char *
mermaid_escape(const char *text)
{
	StringInfoData escaped;

	initStringInfo(&escaped);
	for (const char *p = text; *p != '\0'; p++)
	{
		if (*p == '\n' || *p == '\r')
			appendStringInfoChar(&escaped, ' ');
		else if (strchr("\"#&<>`\\*_~%$", *p) != NULL)
			appendStringInfo(&escaped, "#%d;", *p);
		else
			appendStringInfoChar(&escaped, *p);
	}
	return escaped.data;
}

static char *
mermaid_node(const ZmGraph *graph, ZmRev rev, bool is_current)
{
	const ZmNode *node = &graph->nodes[rev];
	bool has_message = node->message != NULL && node->message[0] != '\0';

	return psprintf("  n%d[\"%s%s%s\"]%s", rev, mermaid_escape(node->id),
					has_message ? "<br>" : "",
					has_message ? mermaid_escape(node->message) : "",
					is_current					   ? ":::current"
					: zm_graph_is_head(graph, rev) ? ":::head"
												   : "");
}
