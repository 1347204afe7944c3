/*
 * accept.c
 *
 * Taking revision files in.
 *
 * Rule: all of the files or none; loading the same files again changes
 * nothing; and what is applied anywhere stays what it is, but for layout,
 * comments and words.  The graph is checked as it would be with all files in
 * it, so that their order does not matter.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "engine/author.h"
#include "engine/lock.h"
#include "errors.h"
#include "util/arrays.h"
#include "util/times.h"

/* A file on its way in. */
typedef struct Arrival
{
	const ZmRevisionFile *file;
	ZmStoredRevision revision; /* as it is to be stored */
	bool is_new;
	bool applied;			/* anywhere */
	bool changed;			/* differs from what is stored */
	bool conflicts;			/* applied, and not what is stored */
	bool moved;				/* its place in the graph is another */
	const char *lost_label; /* that something applied depends on */
	const char *needed_by;
} Arrival;

typedef struct Comparison
{
	Arrival **arrivals;	  /* those that are stored already */
	const ZmGraph *graph; /* as it would be */
	const bool *applied;  /* by revision of that */
} Comparison;

static void fill_arrival(Arrival *arrival, const ZmRevisionFile *file);
static TimestampTz parse_created(const ZmRevisionFile *file);
static void created_error_callback(void *arg);
static char **list_to_strings(List *list, int *n);
static void refuse_duplicates(int n, Arrival *arrivals);
static int compare_arrivals(const void *a, const void *b);
static void place_in_graph(int n, Arrival *arrivals, Comparison *comparison);
static void compare_with_stored(int n, Arrival *arrivals,
								Comparison *comparison);
static void find_lost_label(Arrival *arrival, const ZmStoredRevision *stored,
							const Comparison *comparison);
static const char *who_depends_on(const char *label,
								  const Comparison *comparison);
static void compare_one(ZmStoredRevision *stored, void *arg);
static void compare_with_applied(int n, Arrival *arrivals);
static void refuse_conflicts(int n, Arrival *arrivals);
static bool same_place(const ZmStoredRevision *a, const ZmStoredRevision *b);
static bool same_strings(int n, char **a, int m, char **b);
static bool same_frame(List *a, List *b);
static void warn_of_bad_scripts(const Arrival *arrival);
static void warn_of_bad_script(const Arrival *arrival, const char *text,
							   const char *direction);
static int lines_above(const ZmRevisionFile *file, const char *script);
static int count_lines(const char *text);
static void note_unwrapped(const ZmRevisionFile *file, const char *direction);
static List *store_arrivals(int n, Arrival *arrivals);

List *
zm_accept_files(List *files)
{
	int n = list_length(files);
	Arrival *arrivals = palloc0(sizeof(Arrival) * (n + 1));
	Comparison comparison = {0};
	ListCell *lc;

	zm_lock_for_authoring();
	foreach (lc, files)
		fill_arrival(&arrivals[foreach_current_index(lc)], lfirst(lc));
	refuse_duplicates(n, arrivals);
	place_in_graph(n, arrivals, &comparison);
	compare_with_stored(n, arrivals, &comparison);
	return store_arrivals(n, arrivals);
}

static void
fill_arrival(Arrival *arrival, const ZmRevisionFile *file)
{
	ZmStoredRevision *revision = &arrival->revision;

	CHECK_FOR_INTERRUPTS();
	arrival->file = file;
	revision->id = file->revision;
	revision->down_ids = list_to_strings(file->revises, &revision->ndown);
	revision->depend_names =
		list_to_strings(file->depends_on, &revision->ndepends);
	revision->labels =
		list_to_strings(file->branch_labels, &revision->nlabels);
	revision->message = file->message;
	revision->upgrade =
		zm_script_from_cstring(file->upgrade, strlen(file->upgrade));
	if (file->downgrade)
		revision->downgrade =
			zm_script_from_cstring(file->downgrade, strlen(file->downgrade));
	if (file->created)
	{
		revision->has_created_at = true;
		revision->created_at = parse_created(file);
	}
	revision->source = pstrdup(file->name);
	revision->frame = file->frame;
}

static TimestampTz
parse_created(const ZmRevisionFile *file)
{
	ErrorContextCallback callback = {
		.previous = error_context_stack,
		.callback = created_error_callback,
		.arg = unconstify(ZmRevisionFile *, file),
	};
	Datum result;

	error_context_stack = &callback;
	result =
		DirectFunctionCall3(timestamptz_in, CStringGetDatum(file->created),
							ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	error_context_stack = callback.previous;
	return DatumGetTimestampTz(result);
}

static void
created_error_callback(void *arg)
{
	const ZmRevisionFile *file = arg;

	errcode(ERRCODE_ZM_INVALID_REVISION_FILE);
	errcontext("header key \"created\", line %d of revision file \"%s\"",
			   file->created_line, file->name);
}

static char **
list_to_strings(List *list, int *n)
{
	char **strings = palloc(sizeof(char *) * (list_length(list) + 1));
	ListCell *lc;

	*n = 0;
	foreach (lc, list)
		strings[(*n)++] = lfirst(lc);
	return strings;
}

static void
refuse_duplicates(int n, Arrival *arrivals)
{
	Arrival **sorted = palloc(sizeof(Arrival *) * (n + 1));

	for (int i = 0; i < n; i++)
		sorted[i] = &arrivals[i];
	qsort(sorted, n, sizeof(Arrival *), compare_arrivals);
	for (int i = 1; i < n; i++)
	{
		if (strcmp(sorted[i - 1]->revision.id, sorted[i]->revision.id) == 0)
			ereport(
				ERROR,
				(errcode(ERRCODE_ZM_DUPLICATE_REVISION),
				 errmsg("revision \"%s\" comes twice", sorted[i]->revision.id),
				 errdetail("It is in the files \"%s\" and \"%s\".",
						   sorted[i - 1]->file->name, sorted[i]->file->name)));
	}
}

static int
compare_arrivals(const void *a, const void *b)
{
	const Arrival *left = *(Arrival *const *) a;
	const Arrival *right = *(Arrival *const *) b;

	return strcmp(left->revision.id, right->revision.id);
}

/* Checks the graph with the files in it, and finds what is applied. */
static void
place_in_graph(int n, Arrival *arrivals, Comparison *comparison)
{
	ZmNode *nodes = palloc0(sizeof(ZmNode) * (n + 1));
	bool *is_new = palloc(sizeof(bool) * (n + 1));
	ZmGraph *graph;
	ZmRevs rows;
	bool *applied;

	for (int i = 0; i < n; i++)
	{
		const ZmStoredRevision *revision = &arrivals[i].revision;

		nodes[i].id = revision->id;
		nodes[i].ndown = revision->ndown;
		nodes[i].down_ids = revision->down_ids;
		nodes[i].ndepends = revision->ndepends;
		nodes[i].depend_names = revision->depend_names;
		nodes[i].nlabels = revision->nlabels;
		nodes[i].labels = revision->labels;
		nodes[i].message = revision->message;
	}
	graph = zm_store_graph_with(n, nodes, is_new);
	/* A row that names no revision is for others to report: this may be what
	 * brings the revision back. */
	rows = zm_store_known_versions(graph, NULL);
	applied = zm_graph_applied(graph, &rows);
	for (int i = 0; i < n; i++)
	{
		arrivals[i].is_new = is_new[i];
		arrivals[i].applied =
			applied[zm_graph_find(graph, arrivals[i].revision.id)];
	}
	comparison->graph = graph;
	comparison->applied = applied;
}

static void
compare_with_stored(int n, Arrival *arrivals, Comparison *comparison)
{
	char **ids = palloc(sizeof(char *) * (n + 1));
	int nstored = 0;

	comparison->arrivals = palloc(sizeof(Arrival *) * (n + 1));
	for (int i = 0; i < n; i++)
	{
		zm_revision_digests(&arrivals[i].revision);
		if (arrivals[i].is_new)
			continue;
		comparison->arrivals[nstored] = &arrivals[i];
		ids[nstored++] = arrivals[i].revision.id;
	}
	if (nstored > 0)
		zm_store_each_revision(nstored, ids, compare_one, comparison);
	compare_with_applied(n, arrivals);
	refuse_conflicts(n, arrivals);
}

static void
compare_one(ZmStoredRevision *stored, void *arg)
{
	Comparison *comparison = arg;
	Arrival *arrival = comparison->arrivals[stored->index];
	ZmStoredRevision *revision = &arrival->revision;
	bool same_bytes;
	bool same_meaning;

	CHECK_FOR_INTERRUPTS();
	/* By the scripts as they are: the row's digests may be out of date. */
	zm_revision_digests(stored);
	same_bytes = memcmp(stored->digests.exact, revision->digests.exact,
						PG_SHA256_DIGEST_LENGTH) == 0;
	same_meaning = memcmp(stored->digests.tokens, revision->digests.tokens,
						  PG_SHA256_DIGEST_LENGTH) == 0 &&
				   same_place(stored, revision);
	arrival->changed = !same_bytes || !same_meaning ||
					   strcmp(stored->message, revision->message) != 0 ||
					   !same_strings(stored->nlabels, stored->labels,
									 revision->nlabels, revision->labels) ||
					   !same_frame(stored->frame, revision->frame) ||
					   stored->source == NULL ||
					   strcmp(stored->source, revision->source) != 0;

	find_lost_label(arrival, stored, comparison);
	arrival->moved = !same_place(stored, revision);
	arrival->conflicts = arrival->applied && !same_meaning;
}

/*
 * With a label that something applied depends on, what is applied would go
 * over to another revision, which may never have run.
 */
static void
find_lost_label(Arrival *arrival, const ZmStoredRevision *stored,
				const Comparison *comparison)
{
	int nlost;
	char **lost = zm_strings_minus(stored->nlabels, stored->labels,
								   arrival->revision.nlabels,
								   arrival->revision.labels, &nlost);

	for (int i = 0; i < nlost && arrival->lost_label == NULL; i++)
	{
		arrival->needed_by = who_depends_on(lost[i], comparison);
		if (arrival->needed_by)
			arrival->lost_label = pstrdup(lost[i]);
	}
}

static const char *
who_depends_on(const char *label, const Comparison *comparison)
{
	for (ZmRev rev = 0; rev < zm_graph_size(comparison->graph); rev++)
	{
		const ZmNode *node = zm_graph_node(comparison->graph, rev);

		for (int i = 0; i < node->ndepends; i++)
		{
			if (comparison->applied[rev] &&
				strcmp(node->depend_names[i], label) == 0)
				return node->id;
		}
	}
	return NULL;
}

/*
 * What was applied is told by the events.  A row that was changed or deleted
 * behind our back is put right by the file that was applied, and by no other.
 */
static void
compare_with_applied(int n, Arrival *arrivals)
{
	Arrival **asked = palloc(sizeof(Arrival *) * (n + 1));
	char **ids = palloc(sizeof(char *) * (n + 1));
	ZmEvent *found = palloc0(sizeof(ZmEvent) * (n + 1));
	int nasked = 0;

	for (int i = 0; i < n; i++)
	{
		if (!arrivals[i].applied ||
			(!arrivals[i].conflicts && !arrivals[i].is_new))
			continue;
		asked[nasked] = &arrivals[i];
		ids[nasked++] = arrivals[i].revision.id;
	}
	zm_store_applied_digests(NULL, nasked, ids, found);
	for (int i = 0; i < nasked; i++)
	{
		if (found[i].has_digests)
			asked[i]->conflicts =
				asked[i]->moved ||
				memcmp(asked[i]->revision.digests.tokens,
					   found[i].digests.tokens, PG_SHA256_DIGEST_LENGTH) != 0;
	}
}

static void
refuse_conflicts(int n, Arrival *arrivals)
{
	for (int i = 0; i < n; i++)
	{
		if (arrivals[i].lost_label)
			ereport(ERROR,
					(errcode(ERRCODE_ZM_SCRIPT_CHANGED),
					 errmsg("revision \"%s\" cannot lose the branch label "
							"\"%s\"",
							arrivals[i].revision.id, arrivals[i].lost_label),
					 errdetail("The revision \"%s\", which is applied, "
							   "depends on it.",
							   arrivals[i].needed_by),
					 errhint("Put the label back into the file \"%s\".",
							 arrivals[i].file->name)));
		if (!arrivals[i].conflicts)
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_ZM_SCRIPT_CHANGED),
				 errmsg("revision \"%s\" is applied and has changed",
						arrivals[i].revision.id),
				 errdetail("In the file \"%s\" more than layout and comments "
						   "differs from what was applied.",
						   arrivals[i].file->name),
				 errhint("Restore the file, and write the change as a new "
						 "revision.")));
	}
}

static bool
same_place(const ZmStoredRevision *a, const ZmStoredRevision *b)
{
	return same_strings(a->ndown, a->down_ids, b->ndown, b->down_ids) &&
		   same_strings(a->ndepends, a->depend_names, b->ndepends,
						b->depend_names);
}

static bool
same_strings(int n, char **a, int m, char **b)
{
	if (n != m)
		return false;
	for (int i = 0; i < n; i++)
	{
		if (strcmp(a[i], b[i]) != 0)
			return false;
	}
	return true;
}

static bool
same_frame(List *a, List *b)
{
	ListCell *left;
	ListCell *right;

	if (list_length(a) != list_length(b))
		return false;
	forboth (left, a, right, b)
	{
		if (strcmp(lfirst(left), lfirst(right)) != 0)
			return false;
	}
	return true;
}

/* Histories of other tools have scripts that never ran: they are kept. */
static void
warn_of_bad_scripts(const Arrival *arrival)
{
	warn_of_bad_script(arrival, arrival->file->upgrade, "upgrade");
	if (arrival->file->downgrade)
		warn_of_bad_script(arrival, arrival->file->downgrade, "downgrade");
}

static void
warn_of_bad_script(const Arrival *arrival, const char *text,
				   const char *direction)
{
	int line;
	ErrorData *error = zm_script_check(
		zm_script_from_cstring(text, strlen(text)), false, &line);

	if (error == NULL)
		return;
	if (line > 0 && arrival->file->frame != NIL)
		line += lines_above(arrival->file, text);
	ereport(
		WARNING,
		(errcode(error->sqlerrcode),
		 errmsg("the %s script of revision \"%s\" cannot run: %s", direction,
				arrival->revision.id, error->message),
		 line == 0 ? errdetail("File \"%s\".", arrival->file->name)
		 : arrival->file->frame != NIL
			 ? errdetail("File \"%s\", line %d.", arrival->file->name, line)
			 : errdetail("File \"%s\", line %d of the script.",
						 arrival->file->name, line),
		 errhint("It is stored as it is, and refused before it runs.")));
}

/* How many lines of the file are above this one of its scripts. */
static int
lines_above(const ZmRevisionFile *file, const char *script)
{
	int lines = count_lines(linitial(file->frame));

	if (script == file->upgrade)
		return lines;
	return lines + count_lines(file->upgrade) +
		   count_lines(lsecond(file->frame));
}

static int
count_lines(const char *text)
{
	int lines = 0;

	while ((text = strchr(text, '\n')) != NULL)
	{
		text++;
		lines++;
	}
	return lines;
}

static void
note_unwrapped(const ZmRevisionFile *file, const char *direction)
{
	ereport(NOTICE,
			(errmsg("revision file \"%s\": the %s script is taken without "
					"its BEGIN and COMMIT",
					file->name, direction),
			 errdetail("Every script runs in a transaction.")));
}

static List *
store_arrivals(int n, Arrival *arrivals)
{
	List *inserts = NIL;
	List *updates = NIL;
	List *result = NIL;

	for (int i = 0; i < n; i++)
	{
		ZmAccepted *accepted = palloc(sizeof(ZmAccepted));
		Arrival *arrival = &arrivals[i];

		accepted->revision = arrival->revision.id;
		accepted->action = arrival->is_new	  ? "added"
						   : arrival->changed ? "updated"
											  : "unchanged";
		result = lappend(result, accepted);
		if (arrival->is_new)
			inserts = lappend(inserts, &arrival->revision);
		else if (arrival->changed)
			updates = lappend(updates, &arrival->revision);
		if (!arrival->is_new && !arrival->changed)
			continue;
		if (arrival->file->upgrade_unwrapped)
			note_unwrapped(arrival->file, "upgrade");
		if (arrival->file->downgrade_unwrapped)
			note_unwrapped(arrival->file, "downgrade");
		warn_of_bad_scripts(arrival);
	}
	zm_store_insert_revisions(inserts);
	zm_store_update_revisions(updates);
	return result;
}

ZmRevisionFile *
zm_file_of_revision(const ZmStoredRevision *revision)
{
	ZmRevisionFile *file = palloc0(sizeof(ZmRevisionFile));

	/* Another tool may have its files in directories of their own. */
	file->name = revision->source && strchr(revision->source, '/') == NULL
					 ? revision->source
					 : zm_revision_file_name(revision->id, revision->message);
	file->revision = revision->id;
	for (int i = 0; i < revision->ndown; i++)
		file->revises = lappend(file->revises, revision->down_ids[i]);
	for (int i = 0; i < revision->ndepends; i++)
		file->depends_on =
			lappend(file->depends_on, revision->depend_names[i]);
	for (int i = 0; i < revision->nlabels; i++)
		file->branch_labels =
			lappend(file->branch_labels, revision->labels[i]);
	file->created = zm_utc_text(revision->created_at);
	file->message = revision->message;
	file->upgrade = revision->upgrade->text;
	if (revision->downgrade)
		file->downgrade = revision->downgrade->text;
	file->frame = revision->frame;
	return file;
}
