/*
 * unit.c
 *
 * Names, headers and refusals of exported units.
 *
 * Rule: whatever an id or a message holds, a name is safe in every file
 * system and shell, and a header stays a comment.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "export/export.h"
#include "script/script.h"

/* Room is left for a version, a direction and a part. */
#define NAME_BYTES 180

static void append_names(StringInfo out, const char *key, int n, char **names);
static void append_line(StringInfo out, const char *key, const char *value);
static void append_graph(StringInfo out, const ZmGraph *graph,
						 const ZmNode *node);

char *
zm_unit_name(const ZmNode *node, int part, int parts)
{
	char *name = zm_revision_file_name(node->id, node->message);
	int length = strlen(name) - strlen(".sql");

	name[pg_mbcliplen(name, length, NAME_BYTES)] = '\0';
	for (char *at = name; *at; at++)
	{
		if (!IS_HIGHBIT_SET(*at) && !isalnum((unsigned char) *at) &&
			strchr("_-.", *at) == NULL)
			*at = '_';
	}
	return parts > 1 ? psprintf("%s_part%d", name, part) : name;
}

char *
zm_unit_header(const ZmGraph *graph, ZmRev rev, int part, int parts)
{
	const ZmNode *node = zm_graph_node(graph, rev);
	StringInfoData out;

	initStringInfo(&out);
	append_line(&out, "revision", node->id);
	if (node->message && node->message[0] != '\0')
		append_line(&out, "message", node->message);
	append_names(&out, "revises", node->ndown, node->down_ids);
	append_names(&out, "depends on", node->ndepends, node->depend_names);
	append_names(&out, "branch labels", node->nlabels, node->labels);
	append_graph(&out, graph, node);
	if (parts > 1)
		appendStringInfo(&out, "-- part: %d of %d\n", part, parts);
	return out.data;
}

/* Where the graph is not a line. */
static void
append_graph(StringInfo out, const ZmGraph *graph, const ZmNode *node)
{
	if (node->ndown > 1)
		appendStringInfoString(out, "-- merge point: branches end here\n");
	if (node->next.count > 1)
	{
		char **ids = palloc(sizeof(char *) * node->next.count);

		for (int i = 0; i < node->next.count; i++)
			ids[i] = zm_graph_node(graph, node->next.revs[i])->id;
		append_names(out, "branch point of", node->next.count, ids);
	}
}

static void
append_names(StringInfo out, const char *key, int n, char **names)
{
	StringInfoData list;

	if (n == 0)
		return;
	initStringInfo(&list);
	for (int i = 0; i < n; i++)
		appendStringInfo(&list, "%s%s", i > 0 ? ", " : "", names[i]);
	append_line(out, key, list.data);
}

static void
append_line(StringInfo out, const char *key, const char *value)
{
	appendStringInfo(out, "-- %s: ", key);
	for (; *value; value++)
		appendStringInfoChar(out, (unsigned char) *value < ' ' ? ' ' : *value);
	appendStringInfoChar(out, '\n');
}

char *
zm_irreversible_statement(const char *revision)
{
	char *message = psprintf("revision \"%s\" cannot be reverted", revision);
	char *body = psprintf("BEGIN RAISE EXCEPTION USING MESSAGE = %s; END",
						  quote_literal_cstr(message));

	/* A line of its own must not be made of what the id says. */
	for (char *at = body; *at; at++)
	{
		if (*at == '\n' || *at == '\r')
			*at = ' ';
	}
	return psprintf("DO %s;\n", quote_literal_cstr(body));
}

const char *
zm_piece_text(const ZmPiece *piece)
{
	return piece ? piece->text : "";
}
