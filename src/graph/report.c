/*
 * report.c
 *
 * Faults of identifiers, told in full.
 *
 * Alembic says "can't locate revision" for nearly all of them.  Here the
 * cases are kept apart: unknown, ambiguous, several heads; the argument's
 * fault or the database's; and where something close exists it is named.
 * Nothing in this file is fast or needs to be.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/varlena.h"

#include "errors.h"
#include "graph/graph_internal.h"

/* Longer lists are cut. */
#define NAMES_SHOWN 10

/* Names further apart than this are not alike. */
#define ALIKE_DISTANCE 2
#define ALIKE_LONGEST 255

/* Labels tried for a hint. */
#define LABELS_TRIED 20

#define PURGE_HINT                                             \
	"Load the missing revision, or set the version anew with " \
	"zishu_stamp(..., purge => true)."

static char *quote_names(List *names);
static char *hint_for_unknown(const ZmGraph *graph, const char *name);
static const char *find_alike(const ZmGraph *graph, const char *name);
static int distance(const char *a, const char *b);
static char *label_for_head(const ZmGraph *graph, const ZmRevs *heads);

/*
 * "a", "b" and 3 more
 */
char *
zm_quote_revs(const ZmGraph *graph, const ZmRevs *revs)
{
	List *names = NIL;

	for (int i = 0; i < revs->count; i++)
		names = lappend(names, zm_id(graph, revs->revs[i]));
	return quote_names(names);
}

char *
zm_quote_origin(const ZmGraph *graph, const ZmOrigin *origin)
{
	if (origin->rows == NULL)
		return psprintf("\"%s\"", origin->text);
	if (origin->rows->count == 0)
		return pstrdup("nothing");
	return zm_quote_revs(graph, origin->rows);
}

static char *
quote_names(List *names)
{
	StringInfoData text;
	int n = list_length(names);
	int shown = n > NAMES_SHOWN ? NAMES_SHOWN : n;

	initStringInfo(&text);
	for (int i = 0; i < shown; i++)
	{
		if (i > 0)
			appendStringInfoString(&text, i == n - 1 ? " and " : ", ");
		appendStringInfo(&text, "\"%s\"", (char *) list_nth(names, i));
	}
	if (n > shown)
		appendStringInfo(&text, " and %d more", n - shown);
	return text.data;
}

/*
 * No revision or label has this name, nor starts with it.
 */
void
zm_report_not_found(const ZmGraph *graph, const char *name, ZmWhose whose)
{
	char *hint;

	if (whose == ZM_ROW)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_REVISION_NOT_FOUND),
				 errmsg("the database is at revision \"%s\", which does not "
						"exist",
						name),
				 errdetail("A version row names it, but no such revision "
						   "is stored."),
				 errhint(PURGE_HINT)));
	hint = hint_for_unknown(graph, name);
	ereport(ERROR, (errcode(ERRCODE_ZM_REVISION_NOT_FOUND),
					whose == ZM_BRANCH
						? errmsg("branch \"%s\" does not exist", name)
						: errmsg("revision \"%s\" does not exist", name),
					hint == NULL ? 0 : errhint("%s", hint)));
}

/*
 * Several names start with this one.
 */
void
zm_report_ambiguous(const ZmGraph *graph, const char *name, List *candidates,
					ZmWhose whose)
{
	ereport(ERROR,
			(errcode(ERRCODE_ZM_AMBIGUOUS_REVISION),
			 whose == ZM_ROW
				 ? errmsg("the database is at revision \"%s\", which is "
						  "ambiguous",
						  name)
			 : whose == ZM_BRANCH
				 ? errmsg("branch \"%s\" is ambiguous", name)
				 : errmsg("revision \"%s\" is ambiguous", name),
			 errdetail("It could be %s.", quote_names(candidates)),
			 whose == ZM_ROW ? errhint(PURGE_HINT)
							 : errhint("Type more of the name.")));
}

/*
 * One revision is needed and ident stands for several.
 */
void
zm_report_multiple_heads(const ZmGraph *graph, const char *ident,
						 const ZmRevs *heads)
{
	char *label = label_for_head(graph, heads);
	Size length = strlen(ident);
	StringInfoData hint;

	initStringInfo(&hint);
	appendStringInfoString(&hint, "Name one of them");
	if (label != NULL)
		appendStringInfo(&hint, ", for example as \"%s@head\"", label);
	if (length >= 4 && strcmp(ident + length - 4, "head") == 0)
		appendStringInfo(&hint,
						 ", or write \"%ss\" where all of them are "
						 "meant",
						 ident);
	ereport(ERROR,
			(errcode(ERRCODE_ZM_MULTIPLE_HEADS),
			 errmsg("\"%s\" stands for several revisions", ident),
			 errdetail("The heads are %s.", zm_quote_revs(graph, heads)),
			 errhint("%s.", hint.data)));
}

void
zm_report_empty(const char *what)
{
	ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_IDENTIFIER),
					errmsg("%s must not be empty", what)));
}

/*
 * One of several revisions that must stand side by side implies another.
 */
void
zm_report_overlap(const ZmGraph *graph, ZmRev lower, ZmRev upper,
				  const char *message, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_ZM_OVERLAPPING_VERSIONS), errmsg("%s", message),
			 errdetail("Revision \"%s\" already includes \"%s\".",
					   zm_id(graph, upper), zm_id(graph, lower)),
			 errhint("%s", hint)));
}

/*
 * What to do about an unknown name, or NULL.
 */
static char *
hint_for_unknown(const ZmGraph *graph, const char *name)
{
	ZmRelative relative;
	const char *alike;

	if (strchr(name, ':') != NULL)
		return pstrdup("A range is not understood here.");
	if (zm_parse_relative(name, &relative))
		return pstrdup("Relative revisions are understood as targets of "
					   "upgrade and downgrade and as the upper end of a "
					   "history range, counting from letters, digits and "
					   "underscores.");
	alike = find_alike(graph, name);
	if (alike == NULL)
		return NULL;
	if (strncmp(alike, name, strlen(name)) == 0)
		return pg_mbstrlen(alike) < ZM_PREFIX_CANDIDATE_LENGTH
				   ? psprintf("A name as short as \"%s\" must be typed in "
							  "full.",
							  alike)
				   : psprintf("\"%s\" is not in that branch.", alike);
	return psprintf("Perhaps you meant \"%s\".", alike);
}

/*
 * The id or label that is most like name, or NULL: one that starts with it
 * but is too short to be found so, one in other letter case, or one with a
 * slip of the key.
 */
static const char *
find_alike(const ZmGraph *graph, const char *name)
{
	const char *best = NULL;
	int best_distance = ALIKE_DISTANCE + 1;

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmNode *node = &graph->nodes[rev];

		for (int i = -1; i < node->nlabels; i++)
		{
			const char *candidate = i < 0 ? node->id : node->labels[i];
			int d = distance(name, candidate);

			if (d < best_distance)
			{
				best = candidate;
				best_distance = d;
			}
		}
	}
	return best;
}

static int
distance(const char *name, const char *candidate)
{
	int name_length = strlen(name);
	int length = strlen(candidate);

	if (strncmp(candidate, name, name_length) == 0 ||
		pg_strncasecmp(candidate, name, name_length) == 0)
		return 0;
	if (name_length > ALIKE_LONGEST || length > ALIKE_LONGEST ||
		name_length <= ALIKE_DISTANCE * 2 ||
		abs(name_length - length) > ALIKE_DISTANCE * 4)
		return ALIKE_DISTANCE + 1;
	return varstr_levenshtein_less_equal(name, name_length, candidate, length,
										 1, 1, 1, ALIKE_DISTANCE, true);
}

/*
 * A label that picks exactly one of several heads, or NULL.
 */
static char *
label_for_head(const ZmGraph *graph, const ZmRevs *heads)
{
	List **labels = zm_graph_labels(graph);
	int tried = 0;

	for (int i = 0; i < heads->count; i++)
	{
		ListCell *cell;

		foreach (cell, labels[heads->revs[i]])
		{
			char *label = lfirst(cell);
			ZmRev declared_by = zm_name_find(graph, label, NULL);
			ZmRevs of = {1, &declared_by};
			bool *related;
			int n = 0;

			if (tried++ == LABELS_TRIED)
				return NULL;
			related = zm_related(graph, &of, false);
			for (int j = 0; j < heads->count; j++)
				n += related[heads->revs[j]] ? 1 : 0;
			pfree(related);
			if (n == 1)
				return label;
		}
	}
	return NULL;
}
