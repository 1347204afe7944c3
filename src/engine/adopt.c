/*
 * adopt.c
 *
 * Taking over what another tool has applied.
 *
 * Rule: the ledger is taken at its word or not at all.  Every entry must be a
 * revision that is stored, applied without fault, and standing on others that
 * are applied; whatever is not so is told in one error, and nothing is
 * guessed.  What was applied here and is not in the ledger stays: revisions
 * of our own come after a tool's.  Only the table that is kept in step with
 * the version rows tells of everything, and takes away, too.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/hsearch.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "engine/adopt.h"
#include "engine/ledger.h"
#include "engine/lock.h"
#include "engine/stamp.h"
#include "errors.h"
#include "import/import.h"
#include "store/alembic_table.h"
#include "store/store.h"

/* So many problems are named in a message. */
#define MAX_NAMED 20

/* What is known of a revision, by its index in the graph. */
typedef struct Standing
{
	ZmLedgerEntry *entry; /* that names it, NULL: none */
	bool applied;		  /* afterwards */
	bool is_head;
	bool was_applied; /* by the version rows before */
	List *checksums;  /* of the stored script, char *; NIL: none wanted */
	bool has_digests;
	ZmDigests digests;
} Standing;

typedef struct Adoption
{
	const ZmLedger *ledger;
	const char *tenant;
	bool tells_all; /* what is not in the ledger is not applied */
	ZmGraph *graph;
	TimestampTz *created_at;
	int size;			 /* of the graph */
	Standing *standings; /* so many */
	char **before;		 /* version rows */
	int nbefore;
	char **heads; /* version rows afterwards */
	int nheads;
	MemoryContext context;
	int nproblems;
	StringInfoData problems;
} Adoption;

/* As long as a checksum, and a character for the kind of key. */
#define KEY_SIZE 128

/* A revision by its number, its content or the time it was made. */
typedef struct KnownRevision
{
	char key[KEY_SIZE];
	ZmRev rev;
	bool ambiguous;
} KnownRevision;

static void place_entries(Adoption *adoption, List *entries);
static ZmRev find_revision(const Adoption *adoption, HTAB *known,
						   const ZmLedgerEntry *entry);
static bool is_named(const Adoption *adoption, ZmRev rev,
					 const ZmLedgerEntry *entry);
static HTAB *index_revisions(const Adoption *adoption);
static void add_known(HTAB *known, const char *key, ZmRev rev);
static ZmRev find_known(HTAB *known, const char *key);
static bool number_key(const char *id, char key[KEY_SIZE]);
static void content_key(const char *checksum, char key[KEY_SIZE]);
static void time_key(TimestampTz at, char key[KEY_SIZE]);
static void mark_applied(Adoption *adoption);
static void find_heads(Adoption *adoption);
static void problem(Adoption *adoption, const char *what, const char *name);
pg_noreturn static void refuse(const Adoption *adoption);
static void read_scripts(Adoption *adoption);
static void read_script(ZmStoredRevision *revision, void *arg);
static bool has_checksum(const Standing *standing, const ZmLedgerEntry *entry);
static bool differs(const Adoption *adoption, ZmRev rev);
static void warn_of_differences(const Adoption *adoption);
static void add_events(const Adoption *adoption, const ZmStamped *stamped);
static List *report(const Adoption *adoption);
static ZmAdopted *report_revision(const Adoption *adoption, ZmRev rev);

List *
zm_adopt(const char *tool, const char *relation, bool dry_run,
		 const char *tenant)
{
	Adoption adoption = {.ledger = zm_ledger_find(tool), .tenant = tenant};
	List *entries;
	Oid relid;

	if (!dry_run)
		zm_lock_for_migration(tenant);
	entries = zm_ledger_read(adoption.ledger, relation, tenant, &relid);
	adoption.tells_all =
		tenant[0] == '\0' && relid == zm_alembic_table_relid();
	adoption.graph = zm_store_graph(&adoption.created_at);
	adoption.size = zm_graph_size(adoption.graph);
	adoption.standings =
		palloc_extended(sizeof(Standing) * (adoption.size + 1),
						MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	adoption.before = zm_store_versions(tenant, &adoption.nbefore);
	adoption.context = CurrentMemoryContext;
	initStringInfo(&adoption.problems);
	if (!adoption.tells_all)
		(void) zm_resolve_rows(adoption.graph, adoption.nbefore,
							   adoption.before);

	if (adoption.ledger->by_content)
		zm_store_each_revision(-1, NULL, read_script, &adoption);
	place_entries(&adoption, entries);
	mark_applied(&adoption);
	if (adoption.nproblems > 0)
		refuse(&adoption);
	find_heads(&adoption);
	read_scripts(&adoption);
	warn_of_differences(&adoption);
	if (!dry_run)
	{
		ZmStamped stamped =
			zm_stamp_rows(tenant, adoption.nbefore, adoption.before,
						  adoption.nheads, adoption.heads, false);

		add_events(&adoption, &stamped);
	}
	return report(&adoption);
}

static void
place_entries(Adoption *adoption, List *entries)
{
	HTAB *known = index_revisions(adoption);
	ListCell *lc;

	foreach (lc, entries)
	{
		ZmLedgerEntry *entry = lfirst(lc);
		ZmRev rev;

		CHECK_FOR_INTERRUPTS();
		rev = find_revision(adoption, known, entry);
		if (rev != ZM_BASE && adoption->standings[rev].entry)
			problem(adoption, "same revision as another", entry->entry);
		else if (rev != ZM_BASE)
			adoption->standings[rev].entry = entry;
		else if (entry->fault == NULL)
			problem(adoption, "unknown", entry->entry);
		if (entry->fault)
			problem(adoption, entry->fault, entry->entry);
	}
	hash_destroy(known);
}

/* By what tells more than a name, by the best of its names that is stored,
 * else by a number of that value. */
static ZmRev
find_revision(const Adoption *adoption, HTAB *known,
			  const ZmLedgerEntry *entry)
{
	ZmRev rev = ZM_BASE;
	char key[KEY_SIZE];

	if (adoption->ledger->by_content && entry->checksum)
	{
		content_key(entry->checksum, key);
		rev = find_known(known, key);
	}
	if (rev == ZM_BASE && entry->has_made)
	{
		time_key(entry->made, key);
		rev = find_known(known, key);
		if (rev != ZM_BASE && !is_named(adoption, rev, entry))
			rev = ZM_BASE;
	}
	for (int i = 0; i < entry->nids && rev == ZM_BASE; i++)
		rev = zm_graph_find(adoption->graph, entry->ids[i]);
	for (int i = 0; i < entry->nids && rev == ZM_BASE; i++)
	{
		if (number_key(entry->ids[i], key))
			rev = find_known(known, key);
	}
	return rev;
}

/* Where entries have names: is it the name's, with a suffix or without? */
static bool
is_named(const Adoption *adoption, ZmRev rev, const ZmLedgerEntry *entry)
{
	const char *name = zm_legal_id(entry->entry);

	return adoption->ledger->by_content ||
		   strncmp(zm_graph_node(adoption->graph, rev)->id, name,
				   strlen(name)) == 0;
}

/*
 * By number, too: some tools keep numbers that file names have with zeros in
 * front, or the other way round.
 */
static HTAB *
index_revisions(const Adoption *adoption)
{
	HASHCTL control = {.keysize = KEY_SIZE,
					   .entrysize = sizeof(KnownRevision),
					   .hcxt = CurrentMemoryContext};
	HTAB *known = hash_create("known revisions", 256, &control,
							  HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	char key[KEY_SIZE];

	for (ZmRev rev = 0; rev < adoption->size; rev++)
	{
		ListCell *lc;

		if (number_key(zm_graph_node(adoption->graph, rev)->id, key))
			add_known(known, key, rev);
		if (adoption->ledger->by_time)
		{
			time_key(adoption->created_at[rev], key);
			add_known(known, key, rev);
		}
		if (!adoption->ledger->by_content)
			continue;
		foreach (lc, adoption->standings[rev].checksums)
		{
			content_key(lfirst(lc), key);
			add_known(known, key, rev);
		}
	}
	return known;
}

static void
add_known(HTAB *known, const char *key, ZmRev rev)
{
	bool exists;
	KnownRevision *entry = hash_search(known, key, HASH_ENTER, &exists);

	entry->ambiguous = exists && (entry->ambiguous || entry->rev != rev);
	entry->rev = rev;
}

/* The only one. */
static ZmRev
find_known(HTAB *known, const char *key)
{
	const KnownRevision *found = hash_search(known, key, HASH_FIND, NULL);

	return found && !found->ambiguous ? found->rev : ZM_BASE;
}

/* Are these digits and nothing else?  Then without the zeros in front. */
static bool
number_key(const char *id, char key[KEY_SIZE])
{
	const char *digits = id + strspn(id, "0");

	if (*id == '\0' || digits[strspn(digits, "0123456789")] != '\0' ||
		strlen(digits) >= NAMEDATALEN)
		return false;
	snprintf(key, KEY_SIZE, "#%s", digits);
	return true;
}

static void
content_key(const char *checksum, char key[KEY_SIZE])
{
	snprintf(key, KEY_SIZE, "=%s", checksum);
	for (char *c = key; *c; c++)
		*c = pg_ascii_tolower((unsigned char) *c);
}

static void
time_key(TimestampTz at, char key[KEY_SIZE])
{
	snprintf(key, KEY_SIZE, "@" INT64_FORMAT, at);
}

/* What the entries name, and below those that stand for it, all of that.
 * What others stand on must be named itself. */
static void
mark_applied(Adoption *adoption)
{
	const ZmGraph *graph = adoption->graph;
	ZmRevs named = {0, palloc(sizeof(ZmRev) * (adoption->size + 1))};
	ZmRevs whole = {0, palloc(sizeof(ZmRev) * (adoption->size + 1))};
	ZmRevs before = zm_store_known_versions(graph, adoption->tenant);
	bool *was_applied = zm_graph_applied(graph, &before);
	bool *wanted;
	bool *below;

	for (ZmRev rev = 0; rev < adoption->size; rev++)
	{
		Standing *standing = &adoption->standings[rev];

		standing->was_applied = was_applied[rev];
		if (standing->entry == NULL)
			continue;
		named.revs[named.count++] = rev;
		if (standing->entry->below)
			whole.revs[whole.count++] = rev;
	}
	wanted = zm_graph_applied(graph, &named);
	below = zm_graph_applied(graph, &whole);
	for (ZmRev rev = 0; rev < adoption->size; rev++)
	{
		Standing *standing = &adoption->standings[rev];

		standing->applied = standing->entry || below[rev] ||
							(standing->was_applied && !adoption->tells_all);
		if (wanted[rev] && !standing->applied)
			problem(adoption, "missing below others",
					zm_graph_node(graph, rev)->id);
	}
}

static void
find_heads(Adoption *adoption)
{
	adoption->heads = palloc(sizeof(char *) * (adoption->size + 1));
	for (ZmRev rev = 0; rev < adoption->size; rev++)
	{
		const ZmNode *node = zm_graph_node(adoption->graph, rev);
		bool covered = false;

		for (int i = 0; i < node->all_next.count; i++)
			covered |= adoption->standings[node->all_next.revs[i]].applied;
		if (!adoption->standings[rev].applied || covered)
			continue;
		adoption->standings[rev].is_head = true;
		adoption->heads[adoption->nheads++] = node->id;
	}
}

static void
problem(Adoption *adoption, const char *what, const char *name)
{
	if (adoption->nproblems++ < MAX_NAMED)
		appendStringInfo(&adoption->problems, "%s%s: \"%s\"",
						 adoption->nproblems > 1 ? "\n" : "", what, name);
}

static void
refuse(const Adoption *adoption)
{
	StringInfoData detail;

	initStringInfo(&detail);
	appendStringInfoString(&detail, adoption->problems.data);
	if (adoption->nproblems > MAX_NAMED)
		appendStringInfo(&detail, "\nand %d more",
						 adoption->nproblems - MAX_NAMED);
	ereport(ERROR, (errcode(ERRCODE_ZM_LEDGER_DIFFERS),
					errmsg("the ledger of %s cannot be adopted",
						   adoption->ledger->tool),
					errdetail("%s", detail.data),
					errhint("Import the tool's whole history first; what is "
							"missing or failed, apply and put in order with "
							"the tool itself.")));
}

/* One pass for the digests that events keep, and the tool's own checksum. */
static void
read_scripts(Adoption *adoption)
{
	char **ids = palloc(sizeof(char *) * (adoption->size + 1));
	int n = 0;

	for (ZmRev rev = 0; rev < adoption->size; rev++)
	{
		if (adoption->standings[rev].entry)
			ids[n++] = zm_graph_node(adoption->graph, rev)->id;
	}
	zm_store_each_revision(n, ids, read_script, adoption);
}

static void
read_script(ZmStoredRevision *revision, void *arg)
{
	Adoption *adoption = arg;
	ZmRev rev = zm_graph_find(adoption->graph, revision->id);
	Standing *standing;
	List *checksums;
	MemoryContext saved;
	ListCell *lc;

	CHECK_FOR_INTERRUPTS();
	if (rev == ZM_BASE) /* a dry run locks nothing: it has come since */
		return;
	standing = &adoption->standings[rev];
	zm_revision_digests(revision);
	standing->has_digests = true;
	standing->digests = revision->digests;
	checksums =
		zm_ledger_checksums(adoption->ledger->checksum, revision->upgrade);
	saved = MemoryContextSwitchTo(adoption->context);
	standing->checksums = NIL;
	foreach (lc, checksums)
		standing->checksums =
			lappend(standing->checksums, pstrdup(lfirst(lc)));
	MemoryContextSwitchTo(saved);
}

static bool
has_checksum(const Standing *standing, const ZmLedgerEntry *entry)
{
	ListCell *lc;

	foreach (lc, standing->checksums)
	{
		if (entry->checksum && pg_strcasecmp(lfirst(lc), entry->checksum) == 0)
			return true;
	}
	return false;
}

/* Where both are known. */
static bool
differs(const Adoption *adoption, ZmRev rev)
{
	const Standing *standing = &adoption->standings[rev];

	return standing->checksums && standing->entry &&
		   standing->entry->checksum &&
		   !has_checksum(standing, standing->entry);
}

/*
 * No error: importing may have taken off a BEGIN and COMMIT, or filled in
 * placeholders.
 */
static void
warn_of_differences(const Adoption *adoption)
{
	StringInfoData names;
	int n = 0;

	initStringInfo(&names);
	for (ZmRev rev = 0; rev < adoption->size; rev++)
	{
		if (!differs(adoption, rev) || n++ >= MAX_NAMED)
			continue;
		appendStringInfo(&names, "%s\"%s\"", n > 1 ? ", " : "",
						 zm_graph_node(adoption->graph, rev)->id);
	}
	if (n > MAX_NAMED)
		appendStringInfo(&names, " and %d more", n - MAX_NAMED);
	if (n > 0)
		ereport(WARNING,
				(errmsg("scripts are not byte for byte what %s has applied",
						adoption->ledger->tool),
				 errdetail("Their checksums differ: %s.", names.data),
				 errhint("Importing leaves out an outer BEGIN and COMMIT and "
						 "psql's commands; if that is not it, compare the "
						 "scripts with the tool's files.")));
}

/* One for each entry that is new here, and for each row that went for good. */
static void
add_events(const Adoption *adoption, const ZmStamped *stamped)
{
	ZmEvent *events = palloc_extended(sizeof(ZmEvent) * (adoption->size + 1),
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	ZmEvent *gone = palloc0(sizeof(ZmEvent) * (stamped->nremoved + 1));
	TimestampTz now = GetCurrentTimestamp();
	int n = 0;
	int ngone = 0;

	for (int i = 0; i < stamped->nremoved; i++)
	{
		ZmRev rev = zm_graph_find(adoption->graph, stamped->removed[i]);

		if (rev == ZM_BASE || !adoption->standings[rev].applied)
			gone[ngone++] = (ZmEvent){.revision = stamped->removed[i],
									  .at = now,
									  .statements = -1,
									  .elapsed = -1};
	}
	for (ZmRev rev = 0; rev < adoption->size; rev++)
	{
		const Standing *standing = &adoption->standings[rev];
		const ZmLedgerEntry *entry = standing->entry;

		if (entry && !standing->was_applied)
			events[n++] =
				(ZmEvent){.revision = zm_graph_node(adoption->graph, rev)->id,
						  .at = entry->has_at ? entry->at : now,
						  .statements = -1,
						  .elapsed = -1,
						  .has_digests = standing->has_digests,
						  .digests = standing->digests};
	}
	if (n + ngone > 0)
	{
		ZmEvent *last = n > 0 ? &events[n - 1] : &gone[ngone - 1];

		last->has_heads = true;
		last->nheads = adoption->nheads;
		last->heads_after = adoption->heads;
	}
	zm_store_add_events(adoption->tenant, "unstamp", ngone, gone);
	zm_store_add_events(adoption->tenant, "adopt", n, events);
}

/* Rows that name unknown revisions come last. */
static List *
report(const Adoption *adoption)
{
	List *rows = NIL;

	for (ZmRev rev = 0; rev < adoption->size; rev++)
	{
		const Standing *standing = &adoption->standings[rev];

		if (standing->applied || standing->was_applied)
			rows = lappend(rows, report_revision(adoption, rev));
	}
	for (int i = 0; i < adoption->nbefore; i++)
	{
		ZmAdopted *row;

		if (zm_graph_find(adoption->graph, adoption->before[i]) != ZM_BASE)
			continue;
		row = palloc0(sizeof(ZmAdopted));
		row->revision = adoption->before[i];
		row->action = "remove";
		rows = lappend(rows, row);
	}
	return rows;
}

static ZmAdopted *
report_revision(const Adoption *adoption, ZmRev rev)
{
	const Standing *standing = &adoption->standings[rev];
	const ZmLedgerEntry *entry = standing->entry;
	ZmAdopted *row = palloc0(sizeof(ZmAdopted));

	row->revision = zm_graph_node(adoption->graph, rev)->id;
	row->is_head = standing->is_head;
	if (!standing->applied)
		row->action = "remove";
	else
		row->action = standing->was_applied ? "keep" : "adopt";
	if (entry == NULL)
		return row;
	row->entry = entry->entry;
	row->has_at = entry->has_at;
	row->at = entry->at;
	if (standing->checksums && entry->checksum)
		row->checksum = differs(adoption, rev) ? "differs" : "same";
	return row;
}
